//! One trial of a study: a scenario with some settings changed.

use serde_json::Value;

use crate::scenario::Scenario;
use crate::scenario::check::Checked;

/// The program's version and the digest of the sources that make results: stored runs of other code are
/// other runs.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("ECOTONE_SOURCES"));

/// A checked scenario of a study, and what makes it differ from the others.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What a reader calls it.
    pub label: String,
    /// The words of the command line that make it from the base: `--set choice.beta_s=0.5`.
    pub words: Vec<String>,
    /// The scenario.
    pub scenario: Scenario,
    /// Identity of its runs, replication and what is kept aside: program and settings; hexadecimal.
    pub digest: String,
}

impl Trial {
    /// A trial of a checked scenario.
    pub fn new(label: &str, words: Vec<String>, checked: Checked) -> Self {
        let digest = digest(PROGRAM, &checked);
        Self { label: label.to_owned(), words, scenario: checked.scenario, digest }
    }

    /// Number of its first replication.
    pub fn first_replication(&self) -> u32 {
        self.scenario.run.first_replication
    }
}

/// A run is the same whatever the size of its batch, so those settings do not count; ties from a file do.
fn digest(program: &str, checked: &Checked) -> String {
    let mut settings = checked.resolved.clone();
    if let Some(run) = settings.get_mut("run").and_then(Value::as_object_mut) {
        for key in ["replications", "first_replication", "allow_tipping"] {
            run.remove(key);
        }
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(program.as_bytes());
    hasher.update(settings.to_string().as_bytes());
    for [a, b] in &checked.scenario.ties.edges {
        hasher.update(&a.to_le_bytes());
        hasher.update(&b.to_le_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scenario::check::check;
    use crate::scenario::document::Document;
    use crate::scenario::templates::template;

    #[test]
    fn runs_of_another_program_are_other_runs() {
        let text = template("minimal").expect("a template");
        let checked = check(&Document::parse(text, "minimal", Path::new("."))).expect("a sound scenario");
        let ours = digest("0.1.0 a", &checked);
        assert_eq!(digest("0.1.0 a", &checked), ours);
        assert_ne!(digest("0.1.1 a", &checked), ours);
        assert_ne!(digest("0.1.0 b", &checked), ours);
    }

    #[test]
    fn other_ties_of_the_same_file_name_are_another_run() {
        let text = template("minimal").expect("a template");
        let mut checked = check(&Document::parse(text, "minimal", Path::new("."))).expect("a sound scenario");
        let digests = [vec![[0, 1]], vec![[0, 2]], vec![[0, 1], [0, 2]]].map(|edges| {
            checked.scenario.ties.edges = edges;
            digest("x", &checked)
        });
        assert!(digests[0] != digests[1] && digests[1] != digests[2] && digests[0] != digests[2]);
    }
}
