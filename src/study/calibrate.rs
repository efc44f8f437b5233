//! Calibration: settings fitted to published figures, a posterior sample, and what the figures identify.

use crate::scenario::{Bound, Role, Scenario, Target};
use crate::stats::intervals::mean_and_deviation;
use crate::stats::search::{self, Posterior, Search, weighted_quantile};
use crate::study::batch::{Fate, Job};
use crate::study::free::Free;
use crate::table::{Cell, Kind, Table, Unit};

/// The measure that holds the published figures and what a run gives for them.
pub const TARGETS: &str = "targets";

/// Simulated figures of every trial: the mean over its replications, in the order of the scenario's targets.
/// `None` when a run failed; shape trials × targets.
pub fn figures(trials: usize, jobs: &[Job], fates: &[Fate]) -> Vec<Option<Vec<f64>>> {
    let mut sums: Vec<Option<(Vec<f64>, f64)>> = vec![None; trials];
    let mut failed = vec![false; trials];
    for (job, fate) in jobs.iter().zip(fates) {
        let Some(found) = simulated(fate) else {
            failed[job.at] = true;
            continue;
        };
        let (sum, count) = sums[job.at].get_or_insert_with(|| (vec![0.0; found.len()], 0.0));
        sum.iter_mut().zip(&found).for_each(|(sum, value)| *sum += value);
        *count += 1.0;
    }
    let mean = |(sum, is_failed): (Option<(Vec<f64>, f64)>, bool)| {
        let (sum, count) = sum.filter(|_| !is_failed)?;
        Some(sum.into_iter().map(|sum| sum / count).collect())
    };
    sums.into_iter().zip(failed).map(mean).collect()
}

/// The figures of one run.
fn simulated(fate: &Fate) -> Option<Vec<f64>> {
    let Fate::Done(tables) = fate else { return None };
    tables.iter().find(|table| table.name == TARGETS).map(|table| table.numbers("simulated").to_vec())
}

/// Standard deviation of every figure over the runs of a pilot, as the noise of a mean of so many replications.
pub fn noise(fates: &[Fate], replications: u32) -> Vec<f64> {
    let runs: Vec<Vec<f64>> = fates.iter().filter_map(simulated).collect();
    let of = |at: usize| {
        let (_, deviation) = mean_and_deviation(&runs.iter().map(|run| run[at]).collect::<Vec<f64>>());
        if deviation.is_nan() { 0.0 } else { deviation / crate::maths::sqrt(f64::from(replications)) }
    };
    (0..runs.first().map_or(0, Vec::len)).map(of).collect()
}

/// Which of the scenario's targets are fitted: those with that role.
pub fn fitted(scenario: &Scenario) -> Vec<usize> {
    let is_fitted = |(_, target): &(usize, &Target)| target.role == Role::Fitted;
    scenario.targets.iter().enumerate().filter(is_fitted).map(|(at, _)| at).collect()
}

/// A target as the search takes it: tolerance is a share of the published figure.
pub fn target(target: &Target, tolerance: f64, noise: f64) -> search::Target {
    let bound = match target.bound {
        Bound::Value => search::Bound::Equal,
        Bound::AtLeast => search::Bound::AtLeast,
        Bound::AtMost => search::Bound::AtMost,
    };
    search::Target { published: target.value, tolerance: tolerance * target.value.abs(), noise, bound }
}

/// What a calibration found, to be told in tables.
pub struct Fitted<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The free settings.
    pub free: &'a [Free],
    /// The best point.
    pub search: &'a Search,
    /// The posterior sample.
    pub posterior: &'a Posterior,
    /// All figures of every trial of the posterior; shape trials × targets.
    pub figures: &'a [Option<Vec<f64>>],
    /// Tolerance of every target as a share of the published figure.
    pub tolerances: &'a [f64],
    /// Chance in every figure, one standard deviation; it is part of the misses beside the tolerance.
    pub noise: &'a [f64],
    /// All figures of the best point.
    pub best: Option<Vec<f64>>,
}

impl Fitted<'_> {
    /// Tables `fit`, `settings`, `posterior`, `correlation` and `search`.
    pub fn tables(&self, draws: usize) -> Vec<Table> {
        vec![self.fit(), self.settings(), self.draws(draws), self.correlation(), self.history()]
    }

    /// Every published figure beside what the posterior gives: median and interval over the sample.
    fn fit(&self) -> Table {
        let measures = crate::measure::targets::measure_name;
        let text = |name| (name, Kind::Text, Unit::Label);
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let columns = [
            text("platform"),
            text("measure"),
            ("from", Kind::Text, Unit::Date),
            ("to", Kind::Text, Unit::Date),
            text("role"),
            text("bound"),
            number("published"),
            number("simulated"),
            number("simulated_low"),
            number("simulated_high"),
            number("tolerance"),
            number("noise"),
            number("best"),
        ];
        let mut table =
            Table::new("fit", "Published figures and what the calibrated settings give", &columns);
        let calendar = crate::measure::groups::calendar(self.scenario);
        let tail = (1.0 - self.scenario.run.confidence) / 2.0;
        for (at, target) in self.scenario.targets.iter().enumerate() {
            let (values, weights): (Vec<f64>, Vec<f64>) = self
                .figures
                .iter()
                .zip(&self.posterior.weights)
                .filter_map(|(figures, &weight)| Some((figures.as_ref()?[at], weight)))
                .filter(|(value, weight)| value.is_finite() && *weight > 0.0)
                .unzip();
            let at_probability = |probability: f64| weighted_quantile(&values, &weights, probability);
            let ends = [0.5, tail, 1.0 - tail].map(at_probability);
            let (role, bound) = (role_word(target.role), bound_word(target.bound));
            table.push(&[
                (&self.scenario.platforms[target.platform].name).into(),
                measures(target.measure).into(),
                (&calendar.date(target.from)).into(),
                (&calendar.date(target.to)).into(),
                role.into(),
                bound.into(),
                target.value.into(),
                ends[0].into(),
                ends[1].into(),
                ends[2].into(),
                (self.tolerances[at] * target.value.abs()).into(),
                self.noise[at].into(),
                self.best.as_ref().map_or(f64::NAN, |figures| figures[at]).into(),
            ]);
        }
        table
    }

    fn settings(&self) -> Table {
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let mut columns = vec![("setting", Kind::Text, Unit::Label)];
        columns.extend(
            ["prior_low", "prior_high", "best", "mean", "mean_low", "mean_high", "contraction"].map(number),
        );
        columns.push(("verdict", Kind::Text, Unit::Label));
        let mut table = Table::new("settings", "The free settings before and after", &columns);
        let names: Vec<String> = self.free.iter().map(Free::name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        for (at, found) in self.posterior.findings(self.scenario.run.confidence).iter().enumerate() {
            let [low, high] = self.free[at].prior.range();
            let estimate = found.estimate;
            let numbers = [
                low,
                high,
                self.search.best.point[at],
                estimate.point,
                estimate.low,
                estimate.high,
                found.contraction,
            ];
            let verdict = found.verdict.words(&names);
            let mut row: Vec<Cell> = vec![names[at].into()];
            row.extend(numbers.map(Cell::Number));
            row.push((&verdict).into());
            table.push(&row);
        }
        table
    }

    /// Equally weighted draws, for a fan.
    fn draws(&self, count: usize) -> Table {
        let paths: Vec<&String> = self.free.iter().flat_map(|free| &free.paths).collect();
        let mut columns = vec![("draw", Kind::Integer, Unit::Count), ("weight", Kind::Number, Unit::Share)];
        columns.extend(paths.iter().map(|path| (path.as_str(), Kind::Number, Unit::Ratio)));
        let mut table =
            Table::new("posterior", "Draws from the posterior, each with the same weight", &columns);
        for (draw, at) in self.posterior.draws(count, 0.5).into_iter().enumerate() {
            let mut row: Vec<Cell> = vec![(draw as i64 + 1).into(), (1.0 / count as f64).into()];
            for (free, &value) in self.free.iter().zip(&self.posterior.trials[at].point) {
                row.extend(free.patches(value).iter().map(|patch| Cell::Number(as_number(patch))));
            }
            table.push(&row);
        }
        table
    }

    fn correlation(&self) -> Table {
        let text = |name| (name, Kind::Text, Unit::Label);
        let columns = [text("first"), text("second"), ("correlation", Kind::Number, Unit::Ratio)];
        let mut table = Table::new("correlation", "Correlation of the settings in the posterior", &columns);
        for (first, row) in self.free.iter().zip(self.posterior.correlation()) {
            for (second, value) in self.free.iter().zip(row) {
                table.push(&[(&first.name()).into(), (&second.name()).into(), value.into()]);
            }
        }
        table
    }

    /// How the sample came about.
    fn history(&self) -> Table {
        let count = |name| (name, Kind::Integer, Unit::Count);
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let columns = [
            count("population"),
            number("epsilon"),
            number("effective"),
            count("tried"),
            count("failed"),
            count("accepted"),
        ];
        let mut table = Table::new("search", "Populations of the posterior sample", &columns);
        for (at, found) in self.posterior.generations.iter().enumerate() {
            table.push(&[
                (at as i64).into(),
                found.epsilon.into(),
                found.effective.into(),
                (found.tried as i64).into(),
                (found.failed as i64).into(),
                (found.accepted as i64).into(),
            ]);
        }
        table
    }
}

fn as_number(patch: &crate::scenario::document::Patch) -> f64 {
    crate::study::axis::settings_of(std::slice::from_ref(patch))[0].number.unwrap_or(f64::NAN)
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Compare => "compare",
        Role::Fitted => "fitted",
        Role::Given => "given",
        Role::Predicted => "predicted",
    }
}

fn bound_word(bound: Bound) -> &'static str {
    match bound {
        Bound::Value => "value",
        Bound::AtLeast => "at_least",
        Bound::AtMost => "at_most",
    }
}
