//! E7: the user's own stock on a platform (playlists, history, comments), in 0..=1.

/// Stock tomorrow: `H <- (1 - delta) H + delta x`, x the expected activity.
///
/// ```
/// // V22: from 0, ninety days at activity .2 and ninety at .5, delta 1/60.
/// use ecotone::equations::stock::tomorrow;
/// let after = |from, days, activity| (0..days).fold(from, |h, _| tomorrow(h, activity, 1.0 / 60.0));
/// let (h30, h90) = (after(0.0, 30, 0.2), after(0.0, 90, 0.2));
/// assert!((h30 - 0.079_203_922_1).abs() < 1e-9 && (h90 - 0.155_934_519_6).abs() < 1e-9);
/// assert!((after(h90, 90, 0.5) - 0.424_192_946_6).abs() < 1e-9);
/// ```
pub fn tomorrow(today: f64, activity: f64, delta: f64) -> f64 {
    (1.0 - delta) * today + delta * activity
}

/// Stock after some days without touching it: `H(t) = (1-delta)^n (H(t0) - D(t0)) + D(t)`, where D is the
/// stock of an imaginary user of the type who was there all the time. Exact by E7.
///
/// ```
/// // V22: 90 days at .2, then 30 days at .5.
/// let (d0, delta) = (0.2, 1.0 / 60.0);
/// let kept = (0..120).fold(1.0, |kept, _| kept * (1.0 - delta));
/// let d = (0..30).fold(d0, |d, _| ecotone::equations::stock::tomorrow(d, 0.5, delta));
/// let h = ecotone::equations::stock::later(0.0 - d0, kept, d);
/// assert!((h - 0.292_191_197_2).abs() < 1e-9);
/// ```
#[inline(always)]
pub fn later(excess: f64, kept: f64, always_there: f64) -> f64 {
    kept * excess + always_there
}
