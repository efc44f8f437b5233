//! Which other names a reader of an explanation may want: those that it mentions, and those that mention it.

use crate::cli::entries::Entry;
use crate::scenario::settings::{self, SETTINGS, Setting};

/// Names that are offered.
const MOST: usize = 8;

/// Names to look at after the explanation of a name, each as `ecotone explain` takes it.
pub fn see_also(name: &str, told: &str, entries: &[Entry]) -> Vec<String> {
    let key = name.rsplit('.').next().unwrap_or(name);
    let words = names_in(told);
    let mentioned = SETTINGS.iter().filter(|setting| is_meant(setting, &words)).map(|setting| setting.path);
    let entries_in = entries.iter().filter(|entry| words.contains(&entry.name)).map(|entry| entry.name);
    let is_back = |text: &str| names_in(text).contains(&key);
    let back = entries.iter().filter(|entry| is_back(&entry.text)).map(|entry| entry.name);
    let settings_back =
        SETTINGS.iter().filter(|setting| is_back(setting.meaning)).map(|setting| setting.path);
    let mut found: Vec<String> = Vec::new();
    for other in entries_in.chain(back).chain(mentioned).chain(settings_back) {
        let is_told = told.lines().any(|line| line == other || line.starts_with(&format!("{other},")));
        if other != name && !is_told && !found.iter().any(|known| known == other) {
            found.push(other.to_owned());
        }
    }
    found.truncate(MOST);
    found
}

/// Whether one of the words is the setting: its path, or its last part where no other setting shares that.
fn is_meant(setting: &Setting, words: &[&str]) -> bool {
    words.contains(&setting.path)
        || words.contains(&setting.key()) && settings::find(setting.key()).is_ok_and(|found| found.len() == 1)
}

/// The words of a text that can only be names: with `_`, a dot inside or a digit.
fn names_in(text: &str) -> Vec<&str> {
    let is_part = |letter: char| letter.is_alphanumeric() || "_.[]".contains(letter);
    let words = text.split(|letter| !is_part(letter)).map(|word| word.trim_matches('.'));
    let is_name = |word: &&str| {
        let begins = word.starts_with(|letter: char| letter.is_alphabetic());
        begins && word.contains(|letter: char| letter == '_' || letter == '.' || letter.is_ascii_digit())
    };
    words.filter(is_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::entries::entries;

    #[test]
    fn a_setting_and_the_term_that_it_weighs_point_at_each_other() {
        let entries = entries();
        let of = |name: &str| entries.iter().find(|entry| entry.name == name).map(|entry| entry.text.clone());
        assert!(
            see_also("choice.beta_s", "choice.beta_s\n  Worth.\n", &entries).contains(&"ties".to_owned())
        );
        let ties = see_also("ties", &of("ties").expect("a term"), &entries);
        assert!(ties.contains(&"choice.beta_s".to_owned()), "{ties:?}");
    }

    #[test]
    fn common_words_are_no_names() {
        assert_eq!(
            names_in("The price of ties. E.g. run.confidence, y0 and `nps_proxy`."),
            ["E.g", "run.confidence", "y0", "nps_proxy"]
        );
    }
}
