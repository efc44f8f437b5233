//! `ecotone schema`: the JSON Schema of a scenario, for editors that complete and check while you type.

use anyhow::Result;

use crate::cli::ending::Ending;
use crate::cli::speak;
use crate::scenario::schema as scenario_schema;

/// What follows the help.
pub const EXAMPLES: &str = "\
Examples:
  ecotone schema > scenario.schema.json
      then put  #:schema ./scenario.schema.json  as the first line of a scenario:
      editors with a TOML language server then complete names and show meanings";

/// Prints the schema.
pub fn schema() -> Result<Ending> {
    speak::say_json(&scenario_schema::schema())?;
    Ok(Ending::Done)
}
