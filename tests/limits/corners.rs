//! Terms at zero are switched off exactly, and nobody moves where nobody can.

use crate::plain::{duopoly, scenario};
use ecotone::engine::{Run, simulate};
use serde_json::{Value, json};

/// Settings by their JSON pointers, with new values.
type Changes<'a> = &'a [(&'a str, f64)];

fn run(settings: &Value) -> Run {
    simulate(&scenario(settings), 0, &|_| true).unwrap()
}

fn market() -> Value {
    let mut settings = duopoly(20_000, 60);
    settings["users"]["types"] = json!(64);
    settings
}

fn with(settings: &Value, changes: Changes) -> Value {
    let mut settings = settings.clone();
    for (pointer, value) in changes {
        *settings.pointer_mut(pointer).expect("a setting") = json!(value);
    }
    settings
}

fn moves(run: &Run) -> u64 {
    run.panel.moves.iter().map(|&count| u64::from(count)).sum()
}

/// Moves from one place to another, all days and classes.
fn flow(run: &Run, from: usize, to: usize) -> u64 {
    let cells = (0..60).flat_map(|day| (0..run.classes.len()).map(move |class| (day, class)));
    cells.map(|(day, class)| run.panel.moves(day, class, from, to)).sum()
}

#[test]
fn without_reconsidering_nobody_ever_moves() {
    let still = run(&with(&market(), &[("/choice/lambda_0", 0.0), ("/choice/lambda_e", 0.0)]));
    assert_eq!((moves(&still), still.decisions), (0, 0));
    assert!(moves(&run(&market())) > 0);
}

/// Word of mouth without a first mover stays silent.
#[test]
fn word_of_mouth_alone_starts_nothing() {
    let changes = [("/choice/lambda_0", 0.0), ("/choice/lambda_e", 0.0), ("/choice/lambda_w", 1.0)];
    assert_eq!(run(&with(&market(), &changes)).decisions, 0);
}

#[test]
fn where_moving_costs_too_much_nobody_moves() {
    let costs = [("/choice/kappa_0", 1e6), ("/choice/kappa_q", 1e6), ("/choice/varrho", 0.0)];
    let stuck = run(&with(&market(), &costs));
    assert_eq!(moves(&stuck), 0);
    assert!(stuck.decisions > 10_000);
}

#[test]
fn where_quitting_costs_too_much_nobody_quits() {
    let run = run(&with(&market(), &[("/choice/kappa_q", 1e6)]));
    assert_eq!(flow(&run, 1, 0) + flow(&run, 2, 0), 0);
    assert!(moves(&run) > 0);
}

/// A platform that nobody knows wins only its own.
#[test]
fn an_unknown_platform_gains_nobody_new() {
    let mut settings = with(&market(), &[("/platforms/1/aware", 0.0), ("/choice/omega", 0.0)]);
    settings["events"] = json!([]);
    let run = run(&settings);
    let joined = flow(&run, 0, 2) + flow(&run, 1, 2);
    let returned: u64 = run.panel.winbacks.iter().skip(2).step_by(3).map(|&count| u64::from(count)).sum();
    assert_eq!(joined, returned);
}

/// The two sides reach the same market by different settings: with the weight at 0 what it would weigh must
/// not matter, to the last count.
#[test]
fn a_term_with_weight_zero_leaves_no_trace() {
    let no_ties = [
        ("/choice/beta_s", 0.0),
        ("/choice/omega", 0.0),
        ("/activity/psi_s", 0.0),
        ("/plans/w_i", 0.0),
        ("/plans/w_v", 0.0),
    ];
    let mut well_mixed = with(&market(), &no_ties);
    well_mixed["ties"]["kind"] = json!("well_mixed");
    let mut ring = well_mixed.clone();
    ring["ties"]["kind"] = json!("watts_strogatz");
    let no_ties = with(&market(), &no_ties);
    same(&no_ties, &well_mixed);
    same(&no_ties, &ring);
    same(&no_ties, &with(&no_ties, &[("/choice/tau_t", 0.0), ("/platforms/1/open", 1.0)]));
}

#[test]
fn a_setting_that_nothing_reads_leaves_no_trace() {
    let quiet = with(&market(), &[("/choice/lambda_e", 0.0)]);
    let pairs: &[(Changes, Changes)] = &[
        (&[("/choice/beta_r", 0.0)], &[("/platforms/0/recommender", 1.0)]),
        (
            &[("/choice/beta_u", 0.0), ("/activity/psi_u", 0.0)],
            &[("/platforms/1/y0", 0.0), ("/community/delta_k", 0.5), ("/choice/k_ref", 1.0)],
        ),
        (
            &[("/choice/beta_c", 0.0), ("/activity/psi_m", 0.0), ("/plans/w_g", 0.0)],
            &[("/choice/chi", 0.0), ("/platforms/0/free_catalogue", 0.1)],
        ),
        (&[("/choice/kappa_h", 0.0)], &[("/choice/delta_h", 0.5), ("/choice/portability", 1.0)]),
        (&[("/plans/w_f", 0.0)], &[("/platforms/0/basic/feature", 3.0)]),
        (&[("/plans/w_i", 0.0)], &[("/platforms/1/premium/identity", 0.0)]),
        (&[("/plans/w_a", 0.0)], &[("/platforms/0/ad_load", 1.0)]),
        (&[("/activity/psi_f", 0.0)], &[("/events/1/effect/feature/pulse", 2.0)]),
        (&[("/users/price_sensitivity", 0.0)], &[("/users/price_log_sd", 2.0)]),
        (&[], &[("/choice/tau_e", 1.0)]),
    ];
    for (off, unread) in pairs {
        let settings = with(&quiet, off);
        same(&settings, &with(&settings, unread));
    }
}

/// Portability of 1 is no lock-in at all for those whom nobody remembers.
#[test]
fn full_portability_is_no_lock_in() {
    let base = with(&market(), &[("/choice/varrho", 0.0)]);
    same(&with(&base, &[("/choice/portability", 1.0)]), &with(&base, &[("/choice/kappa_h", 0.0)]));
}

/// Same panel, spells, attendance and decisions (prices and motives may be listed differently).
#[track_caller]
fn same(first: &Value, second: &Value) {
    let (first, second) = (run(first), run(second));
    assert_eq!(first.panel.home, second.panel.home);
    assert_eq!(first.panel.active, second.panel.active);
    assert_eq!(first.panel.moves, second.panel.moves);
    assert_eq!(first.spells, second.spells);
    assert_eq!(first.attendance, second.attendance);
    assert_eq!(first.decisions, second.decisions);
    assert!(moves(&first) > 0);
}
