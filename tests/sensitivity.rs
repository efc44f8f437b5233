//! Promise: designs, sensitivity and shares give the closed-form numbers, and those of SALib and scipy on the
//! same points.

use ecotone::random::law::uniform32;
use ecotone::random::philox::block;
use ecotone::stats::design::sobol::sobol;
use ecotone::stats::sensitivity::morris::{screen, trajectories};
use ecotone::stats::sensitivity::saltelli::{Indices, design, indices};
use ecotone::stats::sensitivity::{Bootstrap, morris};
use ecotone::stats::shapley::shapley;

const BOOTSTRAP: Bootstrap = Bootstrap { resamples: 1000, confidence: 0.95 };

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} ± {tolerance}");
}

/// Independent draws of a test, for resamples.
fn draw(resample: u64, position: usize) -> f64 {
    uniform32(block([resample as u32, position as u32, 0, 0], [7, 0])[0])
}

/// Random bits of a digital shift.
fn shift(dimension: usize) -> u32 {
    block([dimension as u32, 0, 1, 0], [7, 0])[0]
}

/// Indices of a model over a plain Sobol sequence.
fn over_sobol(rows: usize, settings: usize, model: impl Fn(&[f64]) -> f64) -> Vec<Indices> {
    let outputs: Vec<f64> = design(&sobol(rows, 2 * settings, |_| 0)).iter().map(|x| model(x)).collect();
    indices(&outputs, settings, BOOTSTRAP, draw)
}

fn square(x: f64) -> f64 {
    x * x
}

#[test]
fn v14_ishigami() {
    // y = sin x1 + a sin^2 x2 + b x3^4 sin x1 with x in -pi..pi, a = 7, b = 0.1.
    let model = |point: &[f64]| {
        let x = [0, 1, 2].map(|at| core::f64::consts::PI * (2.0 * point[at] - 1.0));
        libm::sin(x[0]) * (1.0 + 0.1 * square(square(x[2]))) + 7.0 * square(libm::sin(x[1]))
    };
    let outputs: Vec<f64> = design(&sobol(1 << 14, 6, shift)).iter().map(|x| model(x)).collect();
    let expected = [(0.3139051911, 0.5575888552), (0.4424111448, 0.4424111448), (0.0, 0.2436836641)];
    for (found, (first, total)) in indices(&outputs, 3, BOOTSTRAP, draw).iter().zip(expected) {
        close(found.first.point, first, 0.02);
        close(found.total.point, total, 0.02);
        assert!(found.first.low <= first && first <= found.first.high, "{found:?}");
        assert!(found.total.low <= total && total <= found.total.high, "{found:?}");
    }
}

/// The G function of Sobol with a = 0, 1, 4.5, 9.
fn g_function(x: &[f64]) -> f64 {
    [0.0, 1.0, 4.5, 9.0].iter().zip(x).map(|(a, x)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

#[test]
fn shares_of_the_g_function_are_those_of_salib() {
    // SALib 1.6.0, analyze.sobol on the outputs of these 256 rows (scipy 1.17.1, stats.qmc.Sobol,
    // scramble=False); half widths from its 2000 resamples.
    let first = [0.697009511646115, 0.17106408695886158, 0.023409419628510342, 0.005812084578723587];
    let total = [0.7691962871087007, 0.22255933476904927, 0.03059572669795081, 0.009904785453536059];
    let first_half = [0.16069990694907033, 0.08041604755246427, 0.027487758289937762, 0.013574926153911215];
    let total_half = [0.16736678680822917, 0.061387356197860815, 0.008052614553260822, 0.002958856408832545];
    let found = over_sobol(256, 4, g_function);
    for (at, found) in found.iter().enumerate() {
        close(found.first.point, first[at], 1e-9);
        close(found.total.point, total[at], 1e-9);
        // Ends from 1000 and 2000 resamples have standard errors of some 4 % and 2 % of the half width: 4 of
        // them.
        let half = |index: ecotone::stats::intervals::Interval| (index.high - index.low) / 2.0;
        close(half(found.first) / first_half[at], 1.0, 0.18);
        close(half(found.total) / total_half[at], 1.0, 0.18);
    }
}

#[test]
fn shares_of_the_g_function_approach_the_closed_form() {
    // V_i = 1 / (3 (1 + a_i)^2), V = prod(1 + V_i) - 1, S_i = V_i / V, T_i = S_i prod of (1 + V_j) over the
    // others.
    let part = [0.0, 1.0, 4.5, 9.0].map(|a| 1.0 / (3.0 * square(1.0 + a)));
    let whole: f64 = part.iter().map(|part| 1.0 + part).product();
    for (found, part) in over_sobol(1 << 14, 4, g_function).iter().zip(part) {
        close(found.first.point, part / (whole - 1.0), 0.01);
        close(found.total.point, part * whole / (1.0 + part) / (whole - 1.0), 0.01);
    }
}

/// Six settings, linear but for two products; far from 0.
fn products(x: &[f64]) -> f64 {
    3.0 * x[0] - 2.0 * x[1] + 4.0 * x[2] * x[3] + 0.5 * x[4] + x[0] * x[5] + 100.0
}

#[test]
fn shares_of_products_are_those_of_salib() {
    // SALib 1.6.0, analyze.sobol on the outputs of these 256 rows.
    let expected = [
        (0.4779128437138891, 0.47942443897779885),
        (0.1532953435778349, 0.15553903766267838),
        (0.17968170184716833, 0.20667923638367441),
        (0.17862155070266794, 0.20190609439287155),
        (0.007523200236215956, 0.009728315519927233),
        (0.006881958146403476, 0.01181790577368252),
    ];
    for (found, (first, total)) in over_sobol(256, 6, products).iter().zip(expected) {
        close(found.first.point, first, 1e-9);
        close(found.total.point, total, 1e-9);
    }
}

/// Draws of the linear congruence x' = 1103515245 x + 12345 mod 2^31, upper 23 bits, `lanes` a trajectory.
fn congruence(seed: u64, count: usize) -> Vec<f64> {
    let mut state = seed;
    let mut next = || {
        state = (1_103_515_245 * state + 12_345) % (1 << 31);
        (state >> 8) as f64 / 8_388_608.0
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn screening_is_that_of_salib() {
    // SALib 1.6.0, analyze.morris on the same 10 trajectories, made in Python from the same draws: mu, mu*,
    // sigma, and the half width of mu* from 4000 resamples.
    let four = [
        [3.6, 3.6, 0.4097575314352403, 0.23759752955149666],
        [-2.0000000000000013, 2.0000000000000013, 1.7568209223157711, 1.027575054871202],
        [0.6666666666666685, 0.6666666666666685, 1.2957670877433978, 0.7616855134169976],
        [1.8666666666666685, 1.8666666666666685, 1.4332902663641869, 0.8431577211890221],
        [0.4999999999999993, 0.4999999999999993, 0.0, 0.0],
        [0.3666666666666686, 0.3666666666666686, 0.33147630867058525, 0.19594245403702684],
    ];
    let eight = [
        [3.6, 3.6, 0.3972695926593176, 0.23079310887804813],
        [-2.0000000000000027, 2.057142857142862, 1.5430334996209238, 0.8520379021564218],
        [0.9142857142857153, 0.9142857142857153, 1.2106856062530014, 0.7150988154872242],
        [2.0571428571428645, 2.0571428571428645, 1.180337781701313, 0.7000655651093107],
        [0.5000000000000032, 0.5000000000000032, 0.0, 0.0],
        [0.4142857142857146, 0.4142857142857146, 0.2813153426236505, 0.16662615377427434],
    ];
    let draws = congruence(12_345, 120);
    for (levels, expected) in [(4, four), (8, eight)] {
        let points = trajectories(10, 6, levels, |trajectory, lane| draws[12 * trajectory + lane]);
        let outputs: Vec<f64> = points.iter().map(|x| products(x) + 5.0 * square(x[1] - 0.5)).collect();
        for (found, expected) in screen(&points, &outputs, BOOTSTRAP, draw).iter().zip(expected) {
            let morris::Screening { mu, mu_star, sigma, effects } = *found;
            close(mu, expected[0], 1e-9);
            close(mu_star.point, expected[1], 1e-9);
            close(sigma, expected[2], 1e-9);
            assert_eq!(effects, 10);
            // BCa ends move with the skewness of ten effects, SALib's are symmetric: only their distance is
            // compared.
            close((mu_star.high - mu_star.low) / 2.0, expected[3], 0.2 * expected[3] + 1e-9);
        }
    }
}

#[test]
fn the_sobol_sequence_is_that_of_scipy() {
    // scipy 1.17.1, stats.qmc.Sobol(d, scramble=False, bits=32); ours stand half a step of 2^-32 further.
    let half_step = 0.5 / 4_294_967_296.0;
    let expected = [
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [0.5, 0.5, 0.5, 0.5, 0.5],
        [0.75, 0.25, 0.25, 0.25, 0.75],
        [0.25, 0.75, 0.75, 0.75, 0.25],
        [0.375, 0.375, 0.625, 0.875, 0.375],
        [0.875, 0.875, 0.125, 0.375, 0.875],
        [0.625, 0.125, 0.875, 0.625, 0.625],
        [0.125, 0.625, 0.375, 0.125, 0.125],
    ];
    let found = sobol(8, 5, |_| 0);
    assert_eq!(found, expected.map(|point| point.map(|place: f64| place + half_step).to_vec()));
    // Point 2730 of 128 dimensions, times 4096: the xor of the first twelve direction numbers of each
    // dimension.
    let point: Vec<u32> = sobol(2731, 128, |_| 0)[2730].iter().map(|place| (place * 4096.0) as u32).collect();
    assert_eq!(point, POINT_2730);
}

#[rustfmt::skip]
const POINT_2730: [u32; 128] = [
    4095, 273, 11, 3327, 2937, 4057, 1303, 639, 1743, 3751, 3027, 3907, 3841, 2291, 1431, 1973,
    3961, 765, 3957, 3701, 3731, 2681, 583, 3015, 3457, 3973, 749, 3651, 3521, 3701, 603, 3241,
    4093, 2255, 3473, 1789, 2755, 1065, 1385, 3557, 3673, 353, 773, 3275, 619, 3261, 1695, 3255,
    2861, 2251, 943, 1077, 2341, 303, 633, 1855, 2011, 31, 4067, 2659, 1589, 3159, 1235, 3701,
    3187, 3317, 2503, 2501, 1923, 673, 3685, 1417, 3471, 31, 3707, 1625, 1589, 437, 3633, 1953,
    263, 2501, 3375, 3913, 923, 3487, 1771, 3563, 2525, 3753, 2153, 1215, 3947, 1427, 1843, 1271,
    1527, 1939, 1317, 2341, 2691, 2053, 3383, 2693, 2967, 877, 141, 1271, 3847, 469, 1293, 3759,
    2749, 2183, 49, 2737, 595, 2193, 2899, 2371, 513, 1121, 859, 2665, 3227, 2377, 3945, 1689,
];

#[test]
fn v18_shapley() {
    // Bits: community 1, catalogue 2, migration cost 4.
    let values = [0.0, 4.0, 6.0, 11.0, 3.0, 9.0, 10.0, 18.0];
    let found = shapley(&values);
    for (found, expected) in found.iter().zip([35.0 / 6.0, 22.0 / 3.0, 29.0 / 6.0]) {
        close(*found, expected, 1e-8);
    }
    for (found, expected) in found.iter().zip([5.8333333333, 7.3333333333, 4.8333333333]) {
        close(*found, expected, 1e-8);
    }
}
