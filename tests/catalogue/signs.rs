//! The signs that the pages of the catalogue tell.

const UP: f64 = 1.0;
const DOWN: f64 = -1.0;

/// A file, run for so many days (0: as many as it says), and the signs of effects told on its page whose interval at
/// full size excludes 0: name of the treatment, outcome, sign.
pub type Signs = (&'static str, u32, &'static [(&'static str, &'static str, f64)]);

/// The signs, a file each.
pub const SIGNS: &[Signs] = &[
    (
        "netease_vs_tencent_2017",
        0,
        &[
            ("no_takedowns", "share:netease", UP),
            ("no_cross_licensing", "overlap:netease", UP),
            ("no_cross_licensing", "share:netease", DOWN),
            ("nothing_withheld", "overlap:netease", DOWN),
            ("nothing_withheld", "users:netease", UP),
            ("no_second_homes", "mau:netease", DOWN),
            ("no_second_homes", "users:tencent", UP),
        ],
    ),
    (
        "sm_catalogue_loss",
        0,
        &[
            ("loss", "share:netease", DOWN),
            ("loss", "share:netease@kpop_listeners", DOWN),
            ("loss", "payers:netease", DOWN),
            ("loss_60_days", "share:netease", DOWN),
            ("loss_60_days", "payers:netease", DOWN),
            ("portability", "retention_90:netease", DOWN),
            ("portability", "payers:netease", DOWN),
        ],
    ),
    (
        "exclusive_to_open",
        0,
        &[
            ("no_2018", "share:netease", DOWN),
            ("no_2018", "users:tencent", UP),
            ("no_2021", "share:netease", DOWN),
            ("neither", "share:netease", DOWN),
            ("neither", "payers:netease", DOWN),
            ("neither", "revenue:tencent", UP),
            ("all_in_2018", "share:netease", UP),
            ("all_in_2018", "payers:netease", UP),
        ],
    ),
    ("stone_project", 0, &[("on_high", "share:netease", UP), ("on_high", "revenue:tencent", DOWN)]),
    (
        "four_platforms",
        0,
        &[
            ("without_spotify", "users:netease", UP),
            ("without_netease", "users:spotify", UP),
            ("without_soundcloud", "share:mixcloud@longform_listeners", UP),
            ("without_mixcloud", "users:soundcloud", UP),
        ],
    ),
    (
        "community_only_niche",
        0,
        &[
            ("seed_0_1", "users:niche", DOWN),
            ("seed_3", "users:niche", UP),
            ("seed_10", "users:niche", UP),
            ("seed_10", "users:catalogue", DOWN),
        ],
    ),
    (
        "critical_mass",
        0,
        &[
            ("circles", "users:salon", UP),
            ("many", "users:salon", UP),
            ("many_circles", "users:salon", UP),
            ("many_circles", "arrivals:salon", UP),
            ("strong", "users:salon", DOWN),
        ],
    ),
    (
        "short_video_entrant",
        0,
        &[
            ("no_catalogue", "users:entrant", UP),
            ("no_catalogue", "users:netease", DOWN),
            ("some_catalogue", "users:entrant", UP),
            ("some_catalogue", "users:tencent", DOWN),
            ("like_netease", "users:netease", DOWN),
            ("like_netease", "payers:netease", DOWN),
            ("like_netease", "retention_90:netease", DOWN),
        ],
    ),
    (
        "price_war",
        0,
        &[
            ("discount", "revenue:netease", DOWN),
            ("discount", "payers:netease", UP),
            ("discount", "share:netease", UP),
            ("matched", "revenue:netease", DOWN),
            ("matched", "revenue:tencent", DOWN),
            ("matched", "payers:tencent", UP),
            ("quarter", "revenue:netease", DOWN),
        ],
    ),
    (
        "interoperability",
        0,
        &[
            ("half", "share:netease", UP),
            ("data", "share:netease", UP),
            ("data", "users:tencent", DOWN),
            ("data", "payers:netease", DOWN),
            ("ties", "share:netease", UP),
            ("ties", "users:netease", UP),
            ("ties", "payers:netease", UP),
            ("data_and_ties", "hhi", DOWN),
        ],
    ),
    (
        "ai_dj_launch",
        0,
        &[
            ("alone", "payers:netease", UP),
            ("alone", "users:netease", UP),
            ("alone", "share:netease", UP),
            ("copied", "payers:netease", UP),
            ("copied", "payers:tencent", UP),
            ("alone_recommender", "users:netease", UP),
            ("copied_recommender", "users:netease", DOWN),
            ("copied_recommender", "users:tencent", UP),
        ],
    ),
    (
        "kkbox_partnership",
        0,
        &[
            ("songs", "users:kkbox", UP),
            ("originals", "users:kkbox", UP),
            ("all", "users:kkbox", UP),
            ("all", "users:tencent", DOWN),
        ],
    ),
    (
        "kol_signing",
        0,
        &[
            ("stars", "users:netease", UP),
            ("stars", "payers:netease", UP),
            ("ordinary", "users:netease", UP),
            ("many_ordinary", "users:netease", UP),
            ("many_ordinary", "payers:netease", UP),
            ("podcast", "arrivals:netease", UP),
        ],
    ),
];

/// What a page says of two treatments: file, outcome, the one that has less of it, the one that has more. Where the
/// second is a condition and the first a change under it, the order is the sign of the change under that condition.
pub const ORDER: [(&str, &str, &str, &str); 26] = [
    ("sm_catalogue_loss", "share:netease", "loss", "loss_60_days"),
    ("sm_catalogue_loss", "share:netease@kpop_listeners", "loss", "loss_60_days"),
    ("sm_catalogue_loss", "share:netease", "ties_off_loss", "ties_off"),
    ("sm_catalogue_loss", "share:netease@kpop_listeners", "ties_off_loss", "ties_off"),
    ("sm_catalogue_loss", "share:netease", "ties_off_60_days", "ties_off"),
    ("sm_catalogue_loss", "share:netease", "portability_loss", "portability"),
    ("sm_catalogue_loss", "share:netease@kpop_listeners", "portability_loss", "portability"),
    ("sm_catalogue_loss", "share:netease", "portability_matched_loss", "portability_matched"),
    ("exclusive_to_open", "share:netease", "neither", "no_2018"),
    ("critical_mass", "users:salon", "strong", "strong_circles"),
    ("kol_signing", "users:netease", "ordinary", "many_ordinary"),
    ("critical_mass", "users:salon", "many", "many_circles"),
    ("short_video_entrant", "users:entrant", "no_catalogue", "some_catalogue"),
    ("price_war", "share:netease", "matched", "discount"),
    ("price_war", "payers:netease", "matched", "discount"),
    ("price_war", "revenue:tencent", "matched", "discount"),
    ("interoperability", "share:netease", "data", "ties"),
    ("interoperability", "share:netease", "data", "data_and_ties"),
    ("interoperability", "share:netease", "ties", "data_and_ties"),
    ("interoperability", "users:netease", "data", "data_and_ties"),
    ("ai_dj_launch", "share:netease", "copied", "alone"),
    ("ai_dj_launch", "users:netease", "copied", "alone"),
    ("ai_dj_launch", "payers:tencent", "alone", "copied"),
    ("ai_dj_launch", "users:netease", "copied_recommender", "alone_recommender"),
    ("ai_dj_launch", "users:tencent", "alone_recommender", "copied_recommender"),
    ("kol_signing", "users:netease", "ordinary", "stars"),
];
