//! E13: whether a platform becomes the second home of somebody who stays at home.

/// Log-odds of keeping a second home before taste and luck:
/// `c beta_c (m[p+j] - m[p]) + mu_s beta_s z s[j] - kappa_2 + kappa_2' known`.
///
/// `gain` is what the second catalogue adds, `c beta_c (m[p+j] - m[p])`, nats; `social` is `mu_s beta_s z s[j]`, nats;
/// `hassle` is kappa_2 less what a remembered account saves, nats.
///
/// ```
/// // A catalogue that adds a quarter at weight 4, half the ties at mu_s beta_s = .4, hassle 2.7 less 1.
/// let log_odds = ecotone::equations::second_home::log_odds(4.0 * 0.25, 0.4 * 0.5, 2.7 - 1.0);
/// assert!((log_odds + 0.5).abs() < 1e-12);
/// ```
pub fn log_odds(gain: f64, social: f64, hassle: f64) -> f64 {
    gain + social - hassle
}

/// Coverage of a genre by two platforms together: `1 - (1 - A[p])(1 - A[j])`.
///
/// ```
/// assert_eq!(ecotone::equations::second_home::together(0.5, 0.5), 0.75);
/// ```
pub fn together(home: f64, second: f64) -> f64 {
    1.0 - (1.0 - home) * (1.0 - second)
}
