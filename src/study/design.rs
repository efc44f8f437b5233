//! What a comparison sets against what: contrasts of two trials, and crosses of four.

use crate::scenario::document::{CONTROL, Treatment};

/// Two trials whose paired difference is an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contrast {
    /// Number of the trial with the treatment.
    pub treated: usize,
    /// Number of the trial that it is set against; 0 is the control.
    pub against: usize,
}

/// Four trials that show whether a treatment does the same under a condition as without it; the fourth is the control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cross {
    /// Number of the trial with the treatment alone.
    pub alone: usize,
    /// Number of the trial with the condition alone.
    pub condition: usize,
    /// Number of the trial with both.
    pub both: usize,
}

/// What is set against what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Design {
    /// One for each effect, in the order of the tables.
    pub contrasts: Vec<Contrast>,
    /// One for each interaction.
    pub crosses: Vec<Cross>,
}

impl Design {
    /// Every trial after the first against the first, the control.
    pub fn against_control(trials: usize) -> Self {
        let contrasts = (1..trials).map(|treated| Contrast { treated, against: 0 }).collect();
        Self { contrasts, crosses: Vec::new() }
    }

    /// What the treatments of a file declare: trial 0 is the control, then one a treatment, in their order.
    ///
    /// A cross is a treatment that is set against another one and changes exactly what that one and a third change.
    pub fn declared(treatments: &[Treatment]) -> Self {
        let place = |name: &str| {
            let found = treatments.iter().position(|treatment| treatment.name == name);
            if name == CONTROL { Some(0) } else { found.map(|at| at + 1) }
        };
        let mut design = Self::default();
        for (at, treatment) in treatments.iter().enumerate() {
            for against in treatment.against.iter().filter_map(|name| place(name)) {
                design.contrasts.push(Contrast { treated: at + 1, against });
                let Some(condition) = against.checked_sub(1) else { continue };
                let alone = treatments.iter().position(|it| joins(&treatments[condition], it, treatment));
                design.crosses.extend(alone.map(|alone| Cross {
                    alone: alone + 1,
                    condition: against,
                    both: at + 1,
                }));
            }
        }
        design
    }
}

/// Whether a treatment changes all that two others change, which have nothing in common, and nothing else.
fn joins(condition: &Treatment, alone: &Treatment, both: &Treatment) -> bool {
    let mut changes: Vec<&String> = condition.changes.iter().chain(&alone.changes).collect();
    changes.sort_unstable();
    !alone.changes.is_empty() && both.changes.iter().eq(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn treatment(name: &str, against: &[&str], changes: &[&str]) -> Treatment {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Treatment { against: owned(against), changes: owned(changes), ..Treatment::named(name) }
    }

    #[test]
    fn a_cross_is_a_treatment_that_joins_what_two_others_change() {
        let found = Design::declared(&[
            treatment("loss", &[CONTROL], &["event 1"]),
            treatment("off", &[CONTROL], &["a = 0", "b = 2"]),
            treatment("off_loss", &[CONTROL, "off"], &["a = 0", "b = 2", "event 1"]),
            // Another event, a setting that both change, nothing more than the condition: no cross.
            treatment("off_other", &["off"], &["a = 0", "b = 2", "event 2"]),
            treatment("again", &["off"], &["a = 0", "b = 2"]),
        ]);
        let contrast = |treated, against| Contrast { treated, against };
        let expected = [(1, 0), (2, 0), (3, 0), (3, 2), (4, 2), (5, 2)].map(|(a, b)| contrast(a, b));
        assert_eq!(found.contrasts, expected);
        assert_eq!(found.crosses, [Cross { alone: 1, condition: 2, both: 3 }]);
    }
}
