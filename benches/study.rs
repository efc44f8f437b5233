//! What a study costs beyond its runs: many small runs bare, and through a batch with its store, by turns.
//!
//! `cargo bench --bench study` prints, for a market of 10,000 users over a year, runs per second, processor time of the
//! batch over that of the bare runs, and how busy the processors are. Processor time is compared, not time on the clock:
//! other work on the machine slows both, but is not counted. How busy the processors are needs an idle machine.

use ecotone::engine::simulate;
use ecotone::measure::measure_named;
use ecotone::parallel::{map_indices, threads, with_threads};
use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::study::batch::{Desk, Fate, Keeps, execute, jobs};
use ecotone::study::outcome::{Outcome, tables_of, usual};
use ecotone::study::record;
use ecotone::study::trial::Trial;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Runs of a study: enough that the last one does not keep a processor alone for long.
const RUNS: u32 = 64;
/// Turns of each kind; the least processor time of each is compared.
const TURNS: usize = 5;
/// Ticks of a second in `/proc/self/stat` (`getconf CLK_TCK`; 100 on every Linux of today).
const TICKS: f64 = 100.0;

/// The market of `first_try` with so many users, for a year.
fn trial() -> Trial {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first_try.toml");
    let mut document = Document::load(&path).expect("a scenario of the repository");
    document
        .apply(&[Patch::new("market.users", "10000", "bench"), Patch::new("market.days", "365", "bench")]);
    Trial::new("bench", Vec::new(), check(&document).expect("a sound scenario"))
}

/// Every run by itself, its outcomes read and dropped.
fn bare(trial: &Trial, outcomes: &[Outcome]) {
    let names = tables_of(outcomes);
    let one = |replication: usize| {
        let run = simulate(&trial.scenario, replication as u32, &|_| true).expect("not stopped");
        let tables = measure_named(&trial.scenario, &run, &names);
        outcomes.iter().map(|outcome| outcome.read(&tables)).sum::<f64>()
    };
    let sums = with_threads(threads(), || map_indices(RUNS as usize, one));
    assert_eq!(sums.len(), RUNS as usize);
}

/// The same runs as a study makes them: each is looked for in a store, and written there when it is done.
fn batch(trials: &[Trial], outcomes: &[Outcome], store: &Path, written: &AtomicU64) {
    let desk = Desk {
        recall: &|digest| {
            assert!(!store.join(digest).exists(), "stored under another name");
            None
        },
        keep: &|digest, tables| {
            // A new name every time: a study never writes a run twice.
            let path = store.join(format!("{digest}-{}", written.fetch_add(1, Ordering::Relaxed)));
            let partial = path.with_extension("partial");
            fs::write(&partial, record::write(digest, tables)).expect("room for a record");
            fs::rename(&partial, &path).expect("a record in place");
        },
        tick: &|_| true,
        simulate,
    };
    let keeps = Keeps::Outcomes(outcomes.to_vec());
    let fates = with_threads(threads(), || execute(&jobs(trials, RUNS), &keeps, desk));
    assert!(fates.iter().all(|fate| matches!(fate, Fate::Done(_))));
}

/// Seconds that all processors have spent on this process, in it and for it; `None` where nobody counts them.
fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold blanks; user and system time are fields 14 and 15 of all.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// Seconds on the clock and of processors.
fn measured(work: impl FnOnce()) -> [f64; 2] {
    let (clock, before) = (Instant::now(), processor_seconds());
    work();
    let spent = processor_seconds().zip(before).map_or(f64::NAN, |(after, before)| after - before);
    [clock.elapsed().as_secs_f64(), spent]
}

fn main() {
    let trials = [trial()];
    let outcomes = usual(&trials[0].scenario);
    let store = tempfile::tempdir().expect("a temporary folder");
    let written = AtomicU64::new(0);
    let mut turns: [Vec<[f64; 2]>; 2] = [Vec::new(), Vec::new()];
    bare(&trials[0], &outcomes);
    for _ in 0..TURNS {
        turns[0].push(measured(|| bare(&trials[0], &outcomes)));
        turns[1].push(measured(|| batch(&trials, &outcomes, store.path(), &written)));
    }
    let least =
        |turns: &[[f64; 2]], which: usize| turns.iter().map(|turn| turn[which]).fold(f64::INFINITY, f64::min);
    for (name, turns) in ["bare runs", "batch with store"].iter().zip(&turns) {
        let busy = turns.iter().map(|[clock, spent]| spent / clock / threads() as f64).fold(0.0, f64::max);
        println!(
            "{name}: {:.1} runs a second on {} threads, {:.1} ms of processor a run, processors {:.0} % busy at best",
            f64::from(RUNS) / least(turns, 0),
            threads(),
            1e3 * least(turns, 1) / f64::from(RUNS),
            100.0 * busy,
        );
    }
    let ratio = least(&turns[1], 1) / least(&turns[0], 1);
    println!("overhead of the batch: {:+.1} % of processor time", 100.0 * (ratio - 1.0));
}
