//! Promise: a calibration finds the settings from which the figures came.

use std::fs;

use crate::study_market::{MARKET, ends, number, row, rows};

/// Figures of both platforms: what a publisher might tell.
fn targets(values: &[f64]) -> String {
    let names = [("alpha", "mau"), ("beta", "mau"), ("alpha", "payers"), ("beta", "payers")];
    let target = |((platform, measure), value): (&(&str, &str), &f64)| {
        format!(
            "\n[[targets]]\nplatform = \"{platform}\"\nmeasure = \"{measure}\"\nfrom = 30\nto = 59\nvalue = {value:?}\n\
             source = \"simulated\"\nrole = \"fitted\"\n"
        )
    };
    names.iter().zip(values).map(target).collect()
}

/// The market's own settings are the truth; the figures come from another seed.
#[test]
fn known_settings_are_recovered_from_simulated_figures() {
    let place = tempfile::tempdir().unwrap();
    let write = |values: &[f64]| {
        fs::write(place.path().join("market.toml"), MARKET.to_owned() + &targets(values)).unwrap();
    };
    write(&[500.0; 4]);
    ends(0, place.path(), "run market.toml --seed 99 --replications 8 --out truth");
    let simulated = rows(&place.path().join("truth"), "targets");
    let values: Vec<f64> = simulated.iter().map(|row| number(row, "simulated")).collect();
    assert_eq!(values.len(), 4);
    write(&values);
    let free = "--free platforms.alpha.alpha=-6..-1 --free plans.w0_premium=-3..1";
    let line = format!("calibrate market.toml {free} --replications 2 --populations 5 --out fit --store s");
    ends(0, place.path(), &line);
    let settings = rows(&place.path().join("fit"), "settings");
    for (name, truth) in [("platforms.alpha.alpha", -3.4), ("plans.w0_premium", -1.0)] {
        let found = row(&settings, &[("setting", name)]);
        let [low, high] = ["mean_low", "mean_high"].map(|column| number(found, column));
        assert!(low < truth && truth < high, "{name}: {low} to {high}, in truth {truth}");
    }
    let posterior = rows(&place.path().join("fit"), "posterior");
    assert_eq!(posterior.len(), 200);
    assert!(place.path().join("fit/fitted.toml").is_file());
    ends(0, place.path(), "check fit/fitted.toml");
}

/// The next trials of a calibration depend on the results of all trials before them.
#[test]
fn a_calibration_in_parts_is_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("market.toml"), MARKET.to_owned() + &targets(&[500.0; 4])).unwrap();
    let line = "calibrate market.toml --free platforms.alpha.alpha=-6..-1 --shard 1/2";
    let (_, said) = ends(2, place.path(), line);
    assert!(
        said.contains("--shard: a calibration looks at results before it knows the next trials"),
        "{said}"
    );
    assert!(said.contains("leave it out; --threads"), "{said}");
    assert!(!place.path().join("output").exists(), "nothing was begun");
}
