//! How far a fitted figure may be off.

use crate::measure::targets::measure_name;
use crate::scenario::Scenario;
use crate::scenario::fault::{Fault, suggest};

/// Measures that can have a tolerance.
const MEASURES: [&str; 6] = ["mau", "stickiness", "paid_ratio", "payers", "arppu", "*"];
/// Tolerance where nothing is said, a share of the published figure. Source: assumption; publishers round, and
/// define their figures in their own ways.
const USUAL: f64 = 0.05;

/// Tolerances by measure, shares of the published figures.
pub struct Tolerances(Vec<(String, f64)>);

impl Tolerances {
    /// Reads `MEASURE=SHARE` words.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn parse(words: &[String]) -> Result<Self, Vec<Fault>> {
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        for word in words {
            let mut refuse = |rule: &str, remedy: String| {
                faults.push(Fault { value: word.clone(), ..Fault::of_file("--tolerance", rule, &remedy) });
            };
            let Some((measure, share)) = word.split_once('=') else {
                refuse("a measure, an equals sign and a share are needed", "e.g. mau=0.03".to_owned());
                continue;
            };
            let measure = measure.trim();
            match share.trim().parse::<f64>() {
                _ if !MEASURES.contains(&measure) => {
                    refuse("no measure of targets has that name", suggest(measure, &MEASURES))
                }
                Ok(share) if share > 0.0 && share <= 10.0 => found.push((measure.to_owned(), share)),
                _ => refuse("a tolerance is a share > 0 and <= 10", "e.g. mau=0.03 for 3 %".to_owned()),
            }
        }
        if faults.is_empty() { Ok(Self(found)) } else { Err(faults) }
    }

    /// The tolerance of every target of a scenario.
    pub fn of(&self, scenario: &Scenario) -> Vec<f64> {
        let said =
            |name: &str| self.0.iter().rev().find(|(measure, _)| measure == name).map(|(_, share)| *share);
        let rest = said("*").unwrap_or(USUAL);
        scenario.targets.iter().map(|target| said(measure_name(target.measure)).unwrap_or(rest)).collect()
    }
}
