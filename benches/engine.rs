//! Time of the engine: the yardstick "choice on a network" beside a plain-Rust program of the same model, the
//! duopoly at several sizes, with every term on, its phases, and a small run from founding to horizon.
//!
//! `cargo bench --bench engine` prints times per user-day; quote ratios within one run, machines differ.
//! `ECOTONE_BENCH_LARGE=1` adds ten million users.

mod luck;
mod plain;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ecotone::dynamics::{PHASES, step};
use ecotone::engine::simulate;
use ecotone::parallel::with_threads;
use ecotone::random::{Chance, NameKey};
use ecotone::scenario::Scenario;
use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::world::World;
use ecotone::world::founding::found;
use std::path::Path;
use std::time::{Duration, Instant};

const YARDSTICK_USERS: u64 = 1_000_000;

/// A scenario of the repository at another size.
fn scenario(path: &str, users: u64) -> Scenario {
    with(path, users, &[])
}

/// The same with other settings.
fn with(path: &str, users: u64, settings: &[(&str, &str)]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut document = Document::load(&path).expect("a scenario of the repository");
    document.apply(&[Patch::new("market.users", &users.to_string(), "bench")]);
    let patches: Vec<Patch> = settings.iter().map(|(path, value)| Patch::new(path, value, "bench")).collect();
    document.apply(&patches);
    check(&document).expect("a sound scenario").scenario
}

/// Days of a world, founded anew when its horizon is reached; only the days are timed.
struct Days<'a> {
    scenario: &'a Scenario,
    world: World,
}

impl<'a> Days<'a> {
    fn new(scenario: &'a Scenario) -> Self {
        Self { scenario, world: found(scenario, 0) }
    }

    fn time(&mut self, days: u64, mut day: impl FnMut(&mut World, &Scenario) -> Duration) -> Duration {
        let mut total = Duration::ZERO;
        for _ in 0..days {
            if self.world.day == self.scenario.market.days {
                self.world = found(self.scenario, 0);
            }
            total += day(&mut self.world, self.scenario);
        }
        total
    }
}

fn whole_day(world: &mut World, scenario: &Scenario) -> Duration {
    let clock = Instant::now();
    step(world, scenario);
    clock.elapsed()
}

/// Choice on a network: this engine on one and two threads, the same model written plainly, and the part of the engine's
/// work that its promises ask for.
fn yardstick(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("yardstick");
    group.throughput(Throughput::Elements(YARDSTICK_USERS)).sample_size(10);
    let scenario = scenario("benches/yardstick.toml", YARDSTICK_USERS);
    for threads in [1, 2] {
        let mut days = Days::new(&scenario);
        group.bench_function(BenchmarkId::new("ecotone", threads), |bencher| {
            bencher.iter_custom(|rounds| with_threads(threads, || days.time(rounds, whole_day)));
        });
    }
    let mut market = plain::Market::new(YARDSTICK_USERS as usize, 1);
    group.bench_function(BenchmarkId::new("plain rust", 1), |bencher| bencher.iter(|| market.step()));
    let (chance, names) = (Chance::new(1, 0), ["a", "b", "c", "d"].map(NameKey::new));
    group.bench_function(BenchmarkId::new("luck alone", 1), |bencher| {
        let mut day = 0;
        bencher.iter(|| {
            day += 1;
            luck::day(chance, &names, YARDSTICK_USERS as u32, day)
        });
    });
    group.finish();
}

/// The shipped duopoly, every core term on, activity for every user, on two threads.
fn duopoly(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("duopoly day");
    let large = std::env::var_os("ECOTONE_BENCH_LARGE").is_some();
    let sizes = [100_000, 1_000_000, 10_000_000];
    for users in sizes.into_iter().filter(|&users| large || users < 10_000_000) {
        let scenario = scenario("scenarios/netease_vs_tencent.toml", users);
        group.throughput(Throughput::Elements(users)).sample_size(10);
        let mut days = Days::new(&scenario);
        group.bench_function(BenchmarkId::from_parameter(users), |bencher| {
            bencher.iter_custom(|rounds| with_threads(2, || days.time(rounds, whole_day)));
        });
    }
    group.finish();
}

/// What every term beyond the core needs to be on in the shipped duopoly: second homes, the loop of content, originals
/// that money makes, budgets that follow returns.
const ALL_TERMS: [(&str, &str); 16] = [
    ("second_home.allowed", "true"),
    ("community.nu", "1"),
    ("supply.eta_o", "20"),
    ("supply.delta_o", "0.001"),
    ("supply.licences_scale", "5"),
    ("supply.community_scale", "2"),
    ("supply.marketing_scale", "3"),
    ("supply.eta_x", "0.5"),
    ("platforms.netease.budget.licences", "4e8"),
    ("platforms.netease.budget.originals", "2e8"),
    ("platforms.netease.budget.community", "1e8"),
    ("platforms.netease.budget.marketing", "1e8"),
    ("platforms.tencent.budget.licences", "4e8"),
    ("platforms.tencent.budget.originals", "2e8"),
    ("platforms.tencent.budget.community", "1e8"),
    ("platforms.tencent.budget.marketing", "1e8"),
];

/// The shipped duopoly as it is, and with every term beyond the core, on one thread.
fn terms(criterion: &mut Criterion) {
    const USERS: u64 = 200_000;
    let mut group = criterion.benchmark_group("terms");
    group.throughput(Throughput::Elements(USERS)).sample_size(10);
    for (name, terms) in [("core", &[][..]), ("all", &ALL_TERMS[..])] {
        let scenario = with("scenarios/netease_vs_tencent.toml", USERS, terms);
        let mut days = Days::new(&scenario);
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| with_threads(1, || days.time(rounds, whole_day)));
        });
    }
    group.finish();
}

/// Each phase of the duopoly's day at a million users, on one thread.
fn phases(criterion: &mut Criterion) {
    const USERS: u64 = 1_000_000;
    let mut group = criterion.benchmark_group("phase");
    group.throughput(Throughput::Elements(USERS)).sample_size(10);
    let scenario = scenario("scenarios/netease_vs_tencent.toml", USERS);
    let mut days = Days::new(&scenario);
    for phase in PHASES {
        let day = |world: &mut World, scenario: &Scenario| timed_phase(world, scenario, phase.name);
        group.bench_function(phase.name, |bencher| {
            bencher.iter_custom(|rounds| with_threads(1, || days.time(rounds, day)));
        });
    }
    group.finish();
}

/// Simulates a day and tells how long one of its phases took.
fn timed_phase(world: &mut World, scenario: &Scenario, name: &str) -> Duration {
    let mut taken = Duration::ZERO;
    for phase in PHASES {
        let clock = Instant::now();
        (phase.run)(world, scenario);
        if phase.name == name {
            taken = clock.elapsed();
        }
    }
    world.day += 1;
    taken
}

/// Ten thousand users for a year, founding included: one run of a study.
fn small(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("small run");
    let mut scenario = scenario("scenarios/first_try.toml", 10_000);
    scenario.market.days = 365;
    group.throughput(Throughput::Elements(10_000 * 365)).sample_size(10);
    group.bench_function("10,000 users, 365 days", |bencher| {
        bencher.iter(|| with_threads(1, || simulate(&scenario, 0, &|_| true)));
    });
    group.finish();
}

criterion_group!(benches, yardstick, duopoly, terms, phases, small);
criterion_main!(benches);
