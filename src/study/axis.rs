//! A varied setting, or several that move together: values listed, or a range from low to high.

use crate::maths::{exp, ln};
use crate::scenario::document::{Data, Patch};
use crate::scenario::settings::{self, Kind};
use crate::study::values::Setting;

/// Settings that no simulated number follows from, by path.
const IDLE: [&str; 5] = ["name", "title", "question", "sources", "run.confidence"];

/// Most levels that one axis may have.
const MOST_LEVELS: usize = 10_000;
/// Levels of a range that does not say.
const USUAL_LEVELS: usize = 5;

/// One axis of a design.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Paths of the settings that it moves.
    pub paths: Vec<String>,
    /// The values that it takes.
    pub levels: Levels,
}

/// The values of an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// Listed; shape levels × paths.
    Values(Vec<Vec<Data>>),
    /// Evenly from `low` to `high`, both included; `log`: evenly in the logarithm.
    Range {
        /// First value.
        low: f64,
        /// Last value.
        high: f64,
        /// Number of levels in a grid; `None`: not said.
        steps: Option<usize>,
        /// Whether levels have constant ratios.
        log: bool,
    },
}

/// Settings that trials share, so that they differ in nothing but what is varied.
const SHARED: [&str; 3] = ["run.replications", "run.first_replication", "run.seed"];

/// Why a text is no axis: the rule and its remedy.
pub type Misread = (String, String);

impl Axis {
    /// Reads `PATH=1,2,5`, `PATH=0..1/5`, `PATH=0.01..1/5/log`, or `PATH,PATH=1:4,2:5` for linked settings.
    ///
    /// # Errors
    /// The rule that the text breaks, and its remedy.
    ///
    /// ```
    /// use ecotone::study::axis::Axis;
    /// let axis = Axis::parse("choice.beta_s=0..1/3").unwrap();
    /// assert_eq!(axis.patches(1, "sweep")[0].value.written(), "0.5");
    /// ```
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let Some((paths, levels)) = text.split_once('=') else {
            return Err((
                "a path, an equals sign and values are needed".to_owned(),
                "e.g. choice.beta_s=0..1/5".to_owned(),
            ));
        };
        let paths: Vec<String> = paths.split(',').map(|path| path.trim().to_owned()).collect();
        if paths.iter().any(String::is_empty) {
            return Err(("the path is empty".to_owned(), "e.g. choice.beta_s=0..1/5".to_owned()));
        }
        for (at, path) in paths.iter().enumerate() {
            known(path)?;
            if IDLE.contains(&path.as_str()) || path.ends_with(".label") {
                let rule = format!("`{path}` changes no simulation: every level would give the same runs");
                return Err((rule, "vary a setting of the market, its platforms or its users".to_owned()));
            }
            if paths[..at].contains(path) {
                return Err((format!("`{path}` is varied twice"), "name it once".to_owned()));
            }
        }
        let levels = match levels.split_once("..") {
            Some((low, rest)) => range(low, rest, paths.len())?,
            None => listed(levels, paths.len())?,
        };
        Self { paths, levels }.distinct()
    }

    /// The axis with levels that all differ: a range that does not say how many takes no more than there are whole
    /// numbers.
    fn distinct(mut self) -> Result<Self, Misread> {
        let is_free = matches!(self.levels, Levels::Range { steps: None, .. });
        while let Some(twice) = self.repeated() {
            let fewer = self.count() - 1;
            match &mut self.levels {
                Levels::Range { steps, .. } if is_free => *steps = Some(fewer),
                _ => {
                    return Err((
                        format!("the level {twice} comes twice"),
                        "every level makes runs of its own; give each once".to_owned(),
                    ));
                }
            }
        }
        Ok(self)
    }

    /// The first level that was there before.
    fn repeated(&self) -> Option<String> {
        let written: Vec<String> = (0..self.count()).map(|level| self.written(level)).collect();
        let again = (1..written.len()).find(|&level| written[..level].contains(&written[level]));
        again.map(|level| written[level].clone())
    }

    /// A level of the grid as it is written.
    fn written(&self, level: usize) -> String {
        let values: Vec<String> = self.patches(level, "").iter().map(|patch| patch.value.written()).collect();
        values.join(":")
    }

    /// Number of levels in a grid.
    pub fn count(&self) -> usize {
        match &self.levels {
            Levels::Values(values) => values.len(),
            Levels::Range { steps, .. } => steps.unwrap_or(USUAL_LEVELS),
        }
    }

    /// Whether values are listed, so that there is no order between them.
    pub fn is_listed(&self) -> bool {
        matches!(self.levels, Levels::Values(_))
    }

    /// The patches of a level of the grid.
    pub fn patches(&self, level: usize, origin: &str) -> Vec<Patch> {
        match &self.levels {
            Levels::Values(values) => self.set(&values[level], origin),
            Levels::Range { .. } => {
                let last = self.count().saturating_sub(1).max(1);
                self.ranged(level as f64 / last as f64, origin)
            }
        }
    }

    /// The patches of a place in the unit interval.
    pub fn patches_at(&self, u: f64, origin: &str) -> Vec<Patch> {
        match &self.levels {
            Levels::Values(values) => {
                let level = (u * values.len() as f64) as usize;
                self.set(&values[level.min(values.len() - 1)], origin)
            }
            Levels::Range { .. } => self.ranged(u, origin),
        }
    }

    fn set(&self, values: &[Data], origin: &str) -> Vec<Patch> {
        let patch = |(path, value): (&String, &Data)| Patch {
            path: path.clone(),
            value: value.clone(),
            origin: origin.to_owned(),
        };
        self.paths.iter().zip(values).map(patch).collect()
    }

    fn ranged(&self, u: f64, origin: &str) -> Vec<Patch> {
        let Levels::Range { low, high, log, .. } = self.levels else { return Vec::new() };
        let value = match (u, log) {
            (0.0, _) => low,
            (1.0, _) => high,
            (_, true) => exp(ln(low) + u * (ln(high) - ln(low))),
            (_, false) => low + u * (high - low),
        };
        self.paths
            .iter()
            .map(|path| Patch {
                path: path.clone(),
                value: number_at(path, value),
                origin: origin.to_owned(),
            })
            .collect()
    }
}

/// Refuses what is no whole path of a setting, and what a single trial cannot have for itself.
///
/// # Errors
/// The rule, and its remedy.
pub fn known(path: &str) -> Result<(), Misread> {
    let unknown = format!("no setting is named `{path}`");
    let meant = |name: &&str| format!("did you mean `{name}`?");
    match settings::find(path) {
        _ if SHARED.contains(&path) => Err((
            format!("`{path}` is one number for all trials"),
            format!("set it with --{}", path["run.".len()..].replace('_', "-")),
        )),
        // Its last word alone finds a setting for `explain`; to set it, the document needs the way there.
        Ok(found) if !path.contains('.') && found[0].path != path => Err((unknown, meant(&found[0].path))),
        Ok(_) => Ok(()),
        Err(near) => Err((unknown, near.first().map_or(String::new(), meant))),
    }
}

/// A number as the setting takes it: whole where it must be, else with nine significant digits, so that the
/// command that repeats a run can be read.
pub fn number_at(path: &str, value: f64) -> Data {
    let is_whole =
        settings::find(path).is_ok_and(|found| found.iter().all(|it| matches!(it.kind, Kind::Integer(..))));
    if is_whole {
        return Data::Integer(value.round() as i128);
    }
    let short: f64 = format!("{value:.8e}").parse().unwrap_or(value);
    Data::Number(short)
}

fn range(low: &str, rest: &str, paths: usize) -> Result<Levels, Misread> {
    let example = || "e.g. choice.beta_s=0..1/5 or choice.kappa_0=0.1..10/5/log".to_owned();
    if paths > 1 {
        return Err(("linked settings need listed values".to_owned(), "e.g. a,b=1:4,2:5".to_owned()));
    }
    let mut words = rest.split('/');
    let read = |word: &str| word.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let (Some(low), Some(high)) = (read(low), words.next().and_then(read)) else {
        return Err(("a range goes from one number to another".to_owned(), example()));
    };
    let (mut steps, mut log) = (None, false);
    for word in words.map(str::trim) {
        match (word, word.parse::<usize>()) {
            ("log", _) => log = true,
            (_, Ok(count)) if (1..=MOST_LEVELS).contains(&count) => steps = Some(count),
            _ => {
                return Err((
                    format!("`{word}` is neither a number of levels (1 to {MOST_LEVELS}) nor `log`"),
                    example(),
                ));
            }
        }
    }
    if low >= high {
        return Err((format!("the range {low}..{high} does not rise"), example()));
    }
    if log && low <= 0.0 {
        return Err((
            format!("a logarithmic range cannot begin at {low}"),
            "begin above 0, or leave out /log".to_owned(),
        ));
    }
    Ok(Levels::Range { low, high, steps, log })
}

fn listed(text: &str, paths: usize) -> Result<Levels, Misread> {
    if text.trim().is_empty() {
        return Err((
            "no value is given".to_owned(),
            "e.g. choice.beta_s=0,0.5,1 or choice.beta_s=0..1/5".to_owned(),
        ));
    }
    let mut values = Vec::new();
    for level in text.split(',') {
        let words: Vec<&str> = if paths == 1 { vec![level] } else { level.split(':').collect() };
        if words.len() != paths || words.iter().any(|word| word.trim().is_empty()) {
            return Err((
                format!("`{}` gives {} for {paths} settings", level.trim(), words.len()),
                "values are separated by commas, those of linked settings by colons: a,b=1:4,2:5".to_owned(),
            ));
        }
        values.push(words.iter().map(|word| Patch::new("", word.trim(), "").value).collect());
    }
    if values.len() > MOST_LEVELS {
        return Err((
            format!("{} levels are more than {MOST_LEVELS}", values.len()),
            "use a coarser grid".to_owned(),
        ));
    }
    Ok(Levels::Values(values))
}

/// The settings of a trial as they stand in tables.
pub fn settings_of(patches: &[Patch]) -> Vec<Setting> {
    let setting = |patch: &Patch| {
        let number = match patch.value {
            Data::Number(number) => Some(number),
            Data::Integer(number) => Some(number as f64),
            _ => None,
        };
        Setting { text: patch.value.written().trim_matches('"').to_owned(), number }
    };
    patches.iter().map(setting).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(axis: &Axis) -> Vec<String> {
        (0..axis.count()).map(|level| axis.written(level)).collect()
    }

    #[test]
    fn lists_ranges_and_linked_settings_are_read() {
        let axis = |text: &str| Axis::parse(text).unwrap();
        assert_eq!(written(&axis("choice.beta_s=0,0.5,1")), ["0", "0.5", "1"]);
        assert_eq!(written(&axis("choice.beta_s=0..1/3")), ["0.0", "0.5", "1.0"]);
        assert_eq!(written(&axis("choice.kappa_0=0.1..10/3/log")), ["0.1", "1.0", "10.0"]);
        assert_eq!(written(&axis("market.users=10..20/3")), ["10", "15", "20"]);
        assert_eq!(written(&axis("market.users=1..3")), ["1", "2", "3"]);
        assert_eq!(written(&axis("market.users=1..4/log")), ["1", "2", "3", "4"]);
        assert_eq!(written(&axis("choice.beta_s,choice.beta_r=0:1,1:0")), ["0:1", "1:0"]);
        assert_eq!(written(&axis("ties.kind=matching,well_mixed")), ["\"matching\"", "\"well_mixed\""]);
        assert_eq!(written(&axis("platforms.x.premium.price=8,12")), ["8", "12"]);
    }

    #[test]
    fn wrong_axes_are_told_with_a_remedy() {
        for (text, rule) in [
            ("choice.beta_s", "equals sign"),
            ("choice.beta_ss=1,2", "no setting is named"),
            ("beta_s=1,2", "no setting is named"),
            ("price=1,2", "no setting is named"),
            ("choice.beta_s,choice.beta_s=1:2,2:1", "varied twice"),
            ("run.replications=1,2", "one number for all trials"),
            ("run.seed=1..3", "one number for all trials"),
            ("run.first_replication=0,5", "one number for all trials"),
            ("choice.beta_s=1,0.5,1", "the level 1 comes twice"),
            ("market.users=1..3/5", "the level 2 comes twice"),
            ("choice.beta_s,choice.beta_r=1:2,1:2", "the level 1:2 comes twice"),
            ("choice.beta_s=1..0/3", "does not rise"),
            ("choice.beta_s=0..1/3/log", "cannot begin at 0"),
            ("choice.beta_s=0..1/many", "neither a number"),
            ("choice.beta_s=0..inf", "from one number to another"),
            ("choice.beta_s,choice.beta_r=1:2,3", "gives 1 for 2 settings"),
            ("choice.beta_s=1,,2", "gives 1 for 1 settings"),
        ] {
            let (told, _) = Axis::parse(text).unwrap_err();
            assert!(told.contains(rule), "{text}: {told}");
        }
    }
}
