//! Treatments against a control, or against each other, under the same chance: effects are intervals on paired
//! differences.

use crate::scenario::{Event, Scenario};
use crate::stats::intervals::Interval;
use crate::stats::pairing::{Paired, difference_in_differences, paired};
use crate::study::batch::{Fate, Job};
use crate::study::design::{Contrast, Design};
use crate::study::outcome::Outcome;
use crate::study::trial::Trial;
use crate::study::values::{Values, labels, results, within};
use crate::table::{Cell, Kind, Table, Unit};

mod curves;
mod since;

pub use since::WINDOW;

/// Runs of a comparison: trial 0 is the control.
pub struct Comparison<'a> {
    /// The control, then the treatments.
    pub trials: &'a [Trial],
    /// What is set against what.
    pub design: &'a Design,
    /// What was run.
    pub jobs: &'a [Job<'a>],
    /// What became of it.
    pub fates: &'a [Fate],
    /// What is asked.
    pub outcomes: &'a [Outcome],
    /// Level of the intervals.
    pub confidence: f64,
    /// Day of a difference in differences; `None` when the scenarios declare none.
    pub since: Option<u32>,
}

impl Comparison<'_> {
    /// Tables `effects`, `effect_curves`, `difference_in_differences` (when there is a date), `interactions` (when
    /// the design has a cross) and `results`.
    pub fn tables(&self) -> Vec<Table> {
        let values = Values::read(self.trials.len(), self.jobs, self.fates, self.outcomes);
        let mut tables = vec![self.effects(&values), self.curves()];
        tables.extend(self.since.map(|day| self.differences(day)));
        tables.extend((!self.design.crosses.is_empty()).then(|| self.interactions(&values)));
        tables.push(results(&labels(self.trials), &values, self.outcomes));
        tables
    }

    fn effects(&self, values: &Values) -> Table {
        let mut columns = vec![text("treatment"), text("against"), text("outcome")];
        columns.extend(SIDES);
        columns.push(number("variance_ratio"));
        columns.push(("replications", Kind::Integer, Unit::Count));
        let mut table =
            Table::new("effects", "Effects of the treatments on each outcome, by pairs", &columns);
        for contrast in &self.design.contrasts {
            for (asked, outcome) in self.outcomes.iter().enumerate() {
                let [control, treated] = values.together([contrast.against, contrast.treated], asked);
                let mut found = paired(&control, &treated, self.confidence);
                found.control = within(outcome.unit, found.control);
                found.treated = within(outcome.unit, found.treated);
                let mut row = self.named(contrast).to_vec();
                row.push((&outcome.name).into());
                row.extend(sides(&found));
                row.extend([found.variance_ratio.into(), (control.len() as i64).into()]);
                table.push(&row);
            }
        }
        table
    }

    /// How much a treatment does under a condition beyond what it does without it, in the same replications.
    fn interactions(&self, values: &Values) -> Table {
        let columns = [
            text("treatment"),
            text("condition"),
            text("outcome"),
            number("effect_alone"),
            number("effect_under_condition"),
            number("interaction"),
            number("interaction_low"),
            number("interaction_high"),
            ("replications", Kind::Integer, Unit::Count),
        ];
        let title = "Effects under a condition less the same effects without it, by replications";
        let mut table = Table::new("interactions", title, &columns);
        for cross in &self.design.crosses {
            for (asked, outcome) in self.outcomes.iter().enumerate() {
                let trials = [0, cross.alone, cross.condition, cross.both];
                let [control, alone, condition, both] = values.together(trials, asked);
                let effect =
                    |without: &[f64], with: &[f64]| paired(without, with, self.confidence).effect.point;
                let (plain, conditional) = (effect(&control, &alone), effect(&condition, &both));
                let found =
                    difference_in_differences([&control, &alone], [&condition, &both], self.confidence);
                let mut row: Vec<Cell> = vec![
                    (&self.trials[cross.alone].label).into(),
                    (&self.trials[cross.condition].label).into(),
                    (&outcome.name).into(),
                ];
                row.extend([plain, conditional, found.point, found.low, found.high].map(Cell::Number));
                row.push((control.len() as i64).into());
                table.push(&row);
            }
        }
        table
    }

    /// The treatment of a contrast and what it is set against.
    fn named(&self, contrast: &Contrast) -> [Cell<'_>; 2] {
        [contrast.treated, contrast.against].map(|at| (&self.trials[at].label).into())
    }

    /// The tables of the pairs of a contrast, the side without the treatment first, in the order of replications.
    fn pairs(&self, contrast: &Contrast) -> Vec<(&[Table], &[Table])> {
        let done = |at: usize| {
            let mine = self.jobs.iter().zip(self.fates).filter(move |(job, _)| job.at == at);
            mine.filter_map(|(job, fate)| {
                if let Fate::Done(tables) = fate { Some((job.replication, tables.as_slice())) } else { None }
            })
        };
        let treated: Vec<(u32, &[Table])> = done(contrast.treated).collect();
        let partner = |replication: u32| treated.iter().find(|(other, _)| *other == replication);
        let control = done(contrast.against);
        control.filter_map(|(replication, tables)| Some((tables, partner(replication)?.1))).collect()
    }

    /// The platforms that all trials have.
    fn platforms(&self) -> impl Iterator<Item = &str> {
        let names = self.trials[0].scenario.platforms.iter().map(|platform| platform.name.as_str());
        names.filter(|name| {
            let has = |trial: &Trial| trial.scenario.platforms.iter().any(|platform| platform.name == *name);
            self.trials.iter().all(has)
        })
    }
}

/// A column of words.
const fn text(name: &str) -> (&str, Kind, Unit) {
    (name, Kind::Text, Unit::Label)
}

/// A column of numbers.
const fn number(name: &str) -> (&str, Kind, Unit) {
    (name, Kind::Number, Unit::Ratio)
}

/// Columns of both sides and the effect, each with its interval.
const SIDES: [(&str, Kind, Unit); 9] = [
    number("control"),
    number("control_low"),
    number("control_high"),
    number("treated"),
    number("treated_low"),
    number("treated_high"),
    number("effect"),
    number("effect_low"),
    number("effect_high"),
];

fn sides(found: &Paired) -> [Cell<'static>; 9] {
    let [a, b, c] =
        [found.control, found.treated, found.effect].map(|Interval { point, low, high }| [point, low, high]);
    [a[0], a[1], a[2], b[0], b[1], b[2], c[0], c[1], c[2]].map(Cell::Number)
}

/// The first day on which a treatment's events differ from the control's.
pub fn first_difference(control: &Scenario, treatment: &Scenario) -> Option<u32> {
    let lacks = |scenario: &Scenario, event: &Event| !scenario.events.contains(event);
    let only_there = treatment.events.iter().filter(|event| lacks(control, event));
    let only_here = control.events.iter().filter(|event| lacks(treatment, event));
    only_there.chain(only_here).map(|event| event.day).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::scenario;
    use crate::scenario::Effect;

    #[test]
    fn the_first_difference_is_the_first_event_of_one_side_only() {
        let event = |day: u32, label: &str| Event {
            day,
            label: label.to_owned(),
            effect: Effect::Campaign { platform: 0, awareness: 0.5, half_life_days: 9.0 },
        };
        let with = |events: &[Event]| Scenario { events: events.to_vec(), ..scenario(200, 1) };
        let (early, late, other) = (event(10, "early"), event(50, "late"), event(30, "other"));
        let control = with(&[early.clone(), late.clone()]);
        assert_eq!(first_difference(&control, &control), None);
        assert_eq!(first_difference(&control, &with(std::slice::from_ref(&early))), Some(50));
        assert_eq!(
            first_difference(&control, &with(&[early.clone(), other.clone(), late.clone()])),
            Some(30)
        );
        assert_eq!(first_difference(&control, &with(&[other, late])), Some(10));
    }
}
