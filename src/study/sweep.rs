//! Settings over levels: designs of trials, and what the outcomes do on them.

use crate::random::address::mix;
use crate::scenario::document::Patch;
use crate::stats::design::grid::grid;
use crate::stats::design::latin_hypercube::latin_hypercube;
use crate::stats::design::sobol::sobol;
use crate::stats::intervals::{Interval, t_interval};
use crate::study::axis::{Axis, settings_of};
use crate::study::outcome::Outcome;
use crate::study::values::{Values, Varied, interval};
use crate::table::{Cell, Kind, Table, Unit};

/// How the trials fill the space of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Every combination of levels.
    Grid,
    /// The first levels together, the second levels together …
    Linked,
    /// A Latin hypercube: every axis is cut into as many strata as there are points, each used once.
    LatinHypercube,
    /// The Sobol sequence, shifted by the seed.
    Sobol,
}

/// The patches of every trial, in order.
///
/// `points` counts those of the hypercube and the sequence, `seed` decides their chance; both say nothing to
/// the other designs.
///
/// # Errors
/// When linked axes differ in length: the rule and its remedy.
pub fn points(
    axes: &[Axis],
    design: Design,
    points: usize,
    seed: u64,
) -> Result<Vec<Vec<Patch>>, (String, String)> {
    let levels: Vec<usize> = axes.iter().map(Axis::count).collect();
    let at_levels = |chosen: &[usize]| -> Vec<Patch> {
        axes.iter().zip(chosen).flat_map(|(axis, &level)| axis.patches(level, "sweep")).collect()
    };
    let bits = |a: usize, b: usize| {
        mix(mix(seed ^ 0x5eed_0f5e_ed0f_5eed).wrapping_add(mix((a as u64) << 32 | b as u64)))
    };
    let in_cube = |cube: Vec<Vec<f64>>| cube.iter().map(|point| place(axes, point)).collect();
    Ok(match design {
        Design::Grid => grid(&levels).iter().map(|chosen| at_levels(chosen)).collect(),
        Design::Linked => {
            if levels.iter().any(|&count| count != levels[0]) {
                let counts: Vec<String> = levels.iter().map(usize::to_string).collect();
                return Err((
                    format!("linked settings have {} levels", counts.join(", ")),
                    "give each as many".to_owned(),
                ));
            }
            (0..levels.first().copied().unwrap_or(0))
                .map(|level| at_levels(&vec![level; axes.len()]))
                .collect()
        }
        Design::LatinHypercube => in_cube(latin_hypercube(points, axes.len(), |a, b| {
            (bits(a, b) >> 11) as f64 / 9_007_199_254_740_992.0
        })),
        Design::Sobol => in_cube(sobol(points, axes.len(), |dimension| bits(dimension, 1) as u32)),
    })
}

/// The patches of a point of the unit cube.
pub fn place(axes: &[Axis], point: &[f64]) -> Vec<Patch> {
    axes.iter().zip(point).flat_map(|(axis, &u)| axis.patches_at(u, "study")).collect()
}

/// The varied settings of all trials.
pub fn varied(axes: &[Axis], points: &[Vec<Patch>]) -> Varied {
    Varied {
        paths: axes.iter().flat_map(|axis| axis.paths.iter().cloned()).collect(),
        points: points.iter().map(|patches| settings_of(patches)).collect(),
    }
}

/// What a trial is called: its settings.
pub fn label(patches: &[Patch]) -> String {
    let one = |patch: &Patch| format!("{} = {}", patch.path, patch.value.written());
    patches.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Table `summary`: the mean of every outcome in every trial, with its interval over replications.
pub fn summary(varied: &Varied, values: &Values, outcomes: &[Outcome], confidence: f64) -> Table {
    let mut columns = vec![("point", Kind::Integer, Unit::Count)];
    columns.extend(varied.columns());
    let number = |name| (name, Kind::Number, Unit::Ratio);
    columns.extend([
        ("outcome", Kind::Text, Unit::Label),
        number("mean"),
        number("mean_low"),
        number("mean_high"),
    ]);
    columns.push(("replications", Kind::Integer, Unit::Count));
    let mut table = Table::new("summary", "Outcomes by varied setting, means over replications", &columns);
    for point in 0..varied.points.len() {
        for (at, outcome) in outcomes.iter().enumerate() {
            let found = values.of(point, at);
            let Interval { point: mean, low, high } = interval(outcome.unit, &found, confidence);
            let mut row: Vec<Cell> = vec![(point as i64).into()];
            row.extend(varied.cells(point));
            row.extend([
                (&outcome.name).into(),
                mean.into(),
                low.into(),
                high.into(),
                (found.len() as i64).into(),
            ]);
            table.push(&row);
        }
    }
    table
}

/// Table `ranges` of a grid: what moving a setting from its first to its last level does to every outcome, mean
/// over the levels of all others, interval over replications. Both ends share every draw.
pub fn ranges(axes: &[Axis], values: &Values, outcomes: &[Outcome], confidence: f64) -> Table {
    let text = |name| (name, Kind::Text, Unit::Label);
    let number = |name| (name, Kind::Number, Unit::Ratio);
    let columns = [
        text("outcome"),
        text("setting"),
        text("from"),
        text("to"),
        number("effect"),
        number("effect_low"),
        number("effect_high"),
    ];
    let mut table =
        Table::new("ranges", "Effect of each setting from its first to its last level, by pairs", &columns);
    let levels: Vec<usize> = axes.iter().map(Axis::count).collect();
    let places = grid(&levels);
    for (at, outcome) in outcomes.iter().enumerate() {
        for (moved, axis) in axes.iter().enumerate() {
            let last = levels[moved] - 1;
            let pairs: Vec<(usize, usize)> = places
                .iter()
                .enumerate()
                .filter(|(_, place)| place[moved] == 0)
                .filter_map(|(first, place)| {
                    let mut other = place.clone();
                    other[moved] = last;
                    Some((first, places.iter().position(|candidate| *candidate == other)?))
                })
                .collect();
            let found = mean_difference(&pairs, values, at, confidence);
            let end = |level: usize| {
                let words: Vec<String> =
                    axis.patches(level, "").iter().map(|patch| patch.value.written()).collect();
                words.join(":")
            };
            let numbers = [found.point, found.low, found.high].map(Cell::Number);
            let (name, from, to) = (axis.paths.join("+"), end(0), end(last));
            let keys: [Cell; 4] = [(&outcome.name).into(), (&name).into(), (&from).into(), (&to).into()];
            table.push(&[&keys[..], &numbers[..]].concat());
        }
    }
    table
}

/// Second minus first of every pair of trials, averaged within a replication; only whole replications count.
fn mean_difference(pairs: &[(usize, usize)], values: &Values, outcome: usize, confidence: f64) -> Interval {
    let replications = values.runs.first().map(Vec::as_slice).unwrap_or_default();
    let of = |trial: usize, replication: u32| {
        let run = values.runs[trial].iter().find(|run| run.replication == replication)?;
        Some(run.values[outcome])
    };
    let mean = |replication: u32| {
        let sum: Option<f64> = pairs
            .iter()
            .map(|&(first, second)| Some(of(second, replication)? - of(first, replication)?))
            .sum();
        Some(sum? / pairs.len() as f64)
    };
    let means: Vec<f64> = replications.iter().filter_map(|run| mean(run.replication)).collect();
    t_interval(&means, confidence)
}
