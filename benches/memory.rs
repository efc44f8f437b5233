//! Memory of a founded world per user: `cargo bench --bench memory` (Linux) prints measured bytes beside the
//! columns' 16 + 3.

use ecotone::dynamics::step;
use ecotone::parallel::with_threads;
use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, Patch};
use ecotone::world::founding::found;
use std::path::Path;

fn main() {
    println!("{:>12} {:>16} {:>16}", "users", "founded, B/user", "30 days, B/user");
    for users in [100_000_u64, 1_000_000, 10_000_000] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/netease_vs_tencent.toml");
        let mut document = Document::load(&path).expect("a scenario of the repository");
        document.apply(&[Patch::new("market.users", &users.to_string(), "bench")]);
        let scenario = check(&document).expect("a sound scenario").scenario;
        with_threads(2, || {
            let before = resident();
            let mut world = found(&scenario, 0);
            let founded = resident() - before;
            (0..30).for_each(|_| step(&mut world, &scenario));
            let lived = resident() - before;
            println!("{users:>12} {:>16.1} {:>16.1}", founded / users as f64, lived / users as f64);
        });
    }
}

/// Resident memory of this process, bytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|word| word.parse().ok());
    kilobytes.unwrap_or(f64::NAN) * 1024.0
}
