//! Time of studies: many small runs side by side, bare and through a batch with its store.
//!
//! `cargo bench --bench study` prints runs per second of a market of 10,000 users over a year. Quote the ratio of
//! the two: it is what a study costs beyond its runs.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ecotone::engine::simulate;
use ecotone::measure::measure_named;
use ecotone::parallel::{map_indices, with_threads};
use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::study::batch::{Desk, Fate, Keeps, execute, jobs};
use ecotone::study::outcome::{tables_of, usual};
use ecotone::study::record;
use ecotone::study::trial::Trial;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Runs of a study: enough that the last one does not keep a processor alone for long.
const RUNS: u32 = 16;

/// The market of `first_try` with so many users, for a year.
fn trial() -> Trial {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first_try.toml");
    let mut document = Document::load(&path).expect("a scenario of the repository");
    document
        .apply(&[Patch::new("market.users", "10000", "bench"), Patch::new("market.days", "365", "bench")]);
    Trial::new("bench", Vec::new(), check(&document).expect("a sound scenario"))
}

fn studies(criterion: &mut Criterion) {
    let trials = [trial()];
    let outcomes = usual(&trials[0].scenario);
    let keeps = Keeps::Outcomes(outcomes.clone());
    let store = tempfile::tempdir().expect("a temporary folder");
    let written = AtomicU64::new(0);
    let mut group = criterion.benchmark_group("study of small runs");
    group.sample_size(10).throughput(Throughput::Elements(u64::from(RUNS)));
    let names = tables_of(&outcomes);
    group.bench_function("bare", |bencher| {
        let one = |replication: usize| {
            let scenario = &trials[0].scenario;
            let run = simulate(scenario, replication as u32, &|_| true).expect("not stopped");
            let tables = measure_named(scenario, &run, &names);
            outcomes.iter().map(|outcome| outcome.read(&tables)).sum::<f64>()
        };
        bencher.iter(|| with_threads(0, || map_indices(RUNS as usize, one)));
    });
    group.bench_function("batch with store", |bencher| {
        let desk = Desk {
            recall: &|_| None,
            keep: &|digest, tables| {
                // A new name every time: a study never writes a run twice.
                let number = written.fetch_add(1, Ordering::Relaxed);
                let path = store.path().join(format!("{digest}-{number}"));
                let partial = path.with_extension("partial");
                fs::write(&partial, record::write(digest, tables)).expect("room for a record");
                fs::rename(&partial, &path).expect("a record in place");
            },
            tick: &|_| true,
            simulate,
        };
        bencher.iter(|| {
            let fates = with_threads(0, || execute(&jobs(&trials, RUNS), &keeps, desk));
            assert!(fates.iter().all(|fate| matches!(fate, Fate::Done(_))));
        });
    });
    group.finish();
}

criterion_group!(benches, studies);
criterion_main!(benches);
