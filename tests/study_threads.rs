//! Promise: every study gives the same tables on any number of threads.

use crate::study_market::{ends, folder, tables};

const STUDIES: [&str; 5] = [
    "compare market.toml --set events[1].share=0.2 --of share:beta --of retention_30:beta",
    "sweep market.toml --vary choice.beta_s=0,1 --vary choice.kappa_0=1,2 --of share:beta",
    "sensitivity market.toml --vary choice.beta_s=0..0.8 --vary choice.kappa_0=1..2 --trajectories 2 --of share:beta",
    "sensitivity market.toml --vary choice.beta_s=0..0.8 --vary choice.kappa_0=1..2 --method sobol --base 4 --of share:beta",
    "decompose market.toml --between beta alpha --of share",
];

#[test]
fn thread_count_changes_no_table_of_a_study() {
    let folder = folder();
    for (at, study) in STUDIES.iter().enumerate() {
        let of = |threads: u32| {
            // A store of its own, so that every run is simulated.
            let name = format!("{at}-{threads}");
            let words = format!(
                "{study} --users 400 --days 40 --replications 2 --threads {threads} --store s{name} --out {name} -q"
            );
            ends(0, folder.path(), &words);
            tables(&folder.path().join(name))
        };
        let one = of(1);
        for threads in [2, 3] {
            assert!(of(threads) == one, "{study}: other tables on {threads} threads");
        }
    }
}
