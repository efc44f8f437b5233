//! Time of writing a report: tables, charts, page and manifest of a duopoly with 20 replications.
//!
//! `cargo bench --bench report` prints the time from finished tables to a folder on disk; it should stay below 2 s.

use criterion::{Criterion, criterion_group, criterion_main};
use ecotone::report::{ManifestFacts, Story, publish};
use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::scenario::templates;
use ecotone::study::replicate::replicate;
use std::path::Path;

fn report(criterion: &mut Criterion) {
    let text = templates::template("duopoly").expect("a template of that name");
    let mut document = Document::parse(text, "duopoly.toml", Path::new("."));
    document.apply(&[Patch::new("run.replications", "20", "bench")]);
    let checked = check(&document).expect("a sound scenario");
    let tables = replicate(&checked.scenario, &|_, _| true).expect("not stopped");
    let story = Story {
        scenario: &checked.scenario,
        resolved: &checked.resolved,
        remarks: &checked.remarks,
        tables: &tables,
        warnings: &[],
        version: env!("CARGO_PKG_VERSION"),
        digest: "0000",
        command: "ecotone run duopoly.toml",
        precision: &serde_json::Value::Null,
    };
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = place.path().join("out");
    let mut group = criterion.benchmark_group("report");
    group.sample_size(10);
    group.bench_function("duopoly, 20 replications", |bencher| {
        bencher
            .iter(|| publish(&story, &folder, true, &ManifestFacts::default()).expect("room for a report"));
    });
    group.finish();
}

criterion_group!(benches, report);
criterion_main!(benches);
