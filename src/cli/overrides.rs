//! Settings given on the command line: patches of the document, checked like the file itself.

use crate::cli::refusal::Refusal;
use crate::scenario::document::Patch;

/// Options that change settings of the scenario.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Overrides {
    /// Seed of all chance [sets run.seed]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub seed: Option<String>,
    /// Independent repetitions; more give narrower bands [sets run.replications]
    #[arg(long, value_name = "R", allow_hyphen_values = true)]
    pub replications: Option<String>,
    /// Number of the first replication; with --replications 1 it repeats one of a batch [sets run.first_replication]
    #[arg(long, value_name = "K", allow_hyphen_values = true)]
    pub first_replication: Option<String>,
    /// Simulated users; the results keep the scale of market.population [sets market.users]
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub users: Option<String>,
    /// Simulated days [sets market.days]
    #[arg(long, value_name = "D", allow_hyphen_values = true)]
    pub days: Option<String>,
    /// Any setting by its path, e.g. platforms.netease.premium.price=12; may be repeated
    #[arg(long, value_name = "PATH=VALUE", allow_hyphen_values = true)]
    pub set: Vec<String>,
    /// A treatment that the file declares, instead of its control
    #[arg(long, value_name = "NAME")]
    pub treatment: Option<String>,
}

impl Overrides {
    /// The settings to change, in the order in which they take effect.
    pub fn patches(&self) -> Result<Vec<Patch>, Refusal> {
        let named = self
            .named()
            .into_iter()
            .filter_map(|(option, path, value)| Some(Ok(Patch::new(path, value?, option))));
        named.chain(self.set.iter().map(|pair| split(pair))).collect()
    }

    /// The options as they were typed, for the command that a report shows.
    pub fn words(&self) -> Vec<String> {
        let named = self.named().into_iter().filter_map(|(option, _, value)| Some((option, value?)));
        let set = self.set.iter().map(|pair| ("--set", pair.as_str()));
        let treatment = self.treatment.iter().map(|name| ("--treatment", name.as_str()));
        named
            .chain(set)
            .chain(treatment)
            .flat_map(|(option, value)| [option.to_owned(), quoted(value)])
            .collect()
    }

    fn named(&self) -> [(&'static str, &'static str, Option<&str>); 5] {
        [
            ("--seed", "run.seed", self.seed.as_deref()),
            ("--replications", "run.replications", self.replications.as_deref()),
            ("--first-replication", "run.first_replication", self.first_replication.as_deref()),
            ("--users", "market.users", self.users.as_deref()),
            ("--days", "market.days", self.days.as_deref()),
        ]
    }
}

fn split(pair: &str) -> Result<Patch, Refusal> {
    match pair.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => {
            let path = path.trim();
            Ok(Patch::new(path, value.trim(), &format!("--set {path}")))
        }
        _ => Err(Refusal::reason(
            format!("--set {pair}: a path, an equals sign and a value are needed"),
            "for example --set choice.beta_s=0.5",
        )),
    }
}

/// A word as a POSIX shell takes it.
pub fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,+@%".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The words of a command that was put together from [`quoted`] ones.
pub fn unquoted(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let (mut inside, mut letters) = (false, command.chars());
    while let Some(letter) = letters.next() {
        let word = words.last_mut().expect("a word");
        match letter {
            '\'' => inside = !inside,
            '\\' if !inside => word.extend(letters.next()),
            ' ' if !inside => words.push(String::new()),
            letter => word.push(letter),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        let patch = split("platforms.a.label = x=y").unwrap();
        assert_eq!(patch, Patch::new("platforms.a.label", "x=y", "--set platforms.a.label"));
    }

    #[test]
    fn a_pair_without_path_or_equals_sign_is_refused() {
        assert!(split("choice.beta_s").is_err());
        assert!(split("=1").is_err());
    }

    #[test]
    fn shown_commands_survive_a_shell() {
        assert_eq!(quoted("choice.beta_s=0.5"), "choice.beta_s=0.5");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("$(x)"), "'$(x)'");
        assert_eq!(quoted(""), "''");
        let words = ["choice.beta_s=0.5", "it's 'so'", "", "$(x)", "a\\b"];
        let command = words.map(quoted).join(" ");
        assert_eq!(unquoted(&command), words);
    }
}
