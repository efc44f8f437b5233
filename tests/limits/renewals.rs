//! V05: users whose chances of leaving follow a beta law survive as the shifted-beta-geometric curve.
//!
//! A day stands for a renewal: with lambda_0 = 1 everybody reconsiders every day. The scenario file draws types
//! from normal laws only, so the beta law enters as 4,096 quantiles: the weight of the catalogue of a type,
//! set on the founded world, is the log-odds of staying. Nobody comes back (joining costs 1e9 nats).

use crate::plain::{MILLION, advance, close, founded, logit, plain};
use ecotone::stats::retention_fit::{Cycles, fit_sbg};
use serde_json::json;
use statrs::distribution::{Beta, ContinuousCDF};

const TYPES: usize = 4096;
const RENEWALS: usize = 12;

/// Users still there after each renewal.
fn survivors(alpha: f64, beta: f64) -> Vec<u64> {
    let mut settings = plain(MILLION, RENEWALS as u32, &[0.0]);
    settings["users"]["types"] = json!(TYPES);
    settings["choice"]["beta_c"] = json!(1.0);
    settings["choice"]["kappa_0"] = json!(1e9);
    settings["platforms"][0]["originals"] = json!([1.0]);
    let (scenario, mut world) = founded(&settings);
    let leaving = Beta::new(alpha, beta).expect("positive parameters");
    for (kind, appetite) in world.types.appetite.iter_mut().enumerate() {
        *appetite = -logit(leaving.inverse_cdf((kind as f64 + 0.5) / TYPES as f64));
    }
    let mut living = vec![world.ledger.living(1)];
    for _ in 0..RENEWALS {
        advance(&mut world, &scenario, 1);
        living.push(world.ledger.living(1));
    }
    living
}

/// S and the parameters of the law, from nothing but who is still there.
fn meets(alpha: f64, beta: f64, curve: [f64; RENEWALS + 1]) {
    let living = survivors(alpha, beta);
    for (&count, expected) in living.iter().zip(curve) {
        close(count as f64 / MILLION as f64, expected, 0.0025);
    }
    let mut cycles = Cycles { ended: vec![0; RENEWALS + 1], censored: vec![0; RENEWALS + 1] };
    for renewal in 1..=RENEWALS {
        cycles.ended[renewal] = living[renewal - 1] - living[renewal];
    }
    cycles.censored[RENEWALS] = living[RENEWALS];
    let fit = fit_sbg(&cycles).expect("many left");
    close(fit.alpha, alpha, 0.02 * alpha);
    close(fit.beta, beta, 0.02 * beta);
}

#[test]
fn high_end_subscribers_survive_as_fader_and_hardie_fitted() {
    let curve = [
        1.0,
        0.850_679_26,
        0.746_859_41,
        0.669_788_98,
        0.609_919_13,
        0.561_834_28,
        0.522_215_56,
        0.488_906_41,
        0.460_439_67,
        0.435_779_58,
        0.414_172_39,
        0.395_055_34,
        0.377_999_07,
    ];
    meets(0.668_088, 3.806_095, curve);
}

#[test]
fn regular_subscribers_survive_as_fader_and_hardie_fitted() {
    let curve = [
        1.0,
        0.626_706_05,
        0.473_819_32,
        0.387_973_95,
        0.332_067_91,
        0.292_347_1,
        0.262_455_82,
        0.239_023_62,
        0.220_084_97,
        0.204_410_79,
        0.191_190_19,
        0.179_865,
        0.170_037_46,
    ];
    meets(0.704_077, 1.182_043, curve);
}

/// V05, exact_alpha1_beta1: with the uniform law S(t) = 1 / (1 + t).
#[test]
fn uniform_chances_of_leaving_give_the_harmonic_curve() {
    meets(1.0, 1.0, core::array::from_fn(|renewal| 1.0 / (1.0 + renewal as f64)));
}
