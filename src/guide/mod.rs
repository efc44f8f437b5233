//! The guide, in prose. `ecotone guide` writes all but architecture and recipes as one page, with the reference made from
//! the program's tables beside it.
//!
//! - [`tutorial`]: from a question to a slide for the board, in four lessons.
//! - [`how_to`]: one page for each thing that somebody wants to get done.
//! - [`results`]: what a result holds.
//! - [`reading`]: how to read the curves; [`uncertainty`]: what the intervals hold; [`limits`]: what the model cannot tell.
//! - [`model`]: what is simulated, in the form of the ODD protocol, with every equation as implemented.
//! - [`architecture`]: the rooms of the program, what a day does, and who may know whom.
//! - [`recipes`]: how to add a term, an event, a measure, a chart or a setting.
//! - [`decisions`]: what was decided, and why.
//! - [`studies`]: what each study computes and writes, with formulas and sources.
//! - [`catalogue`]: ready-made questions, a scenario file each, with what theory expects and what came out.
//! - [`validation`]: what is tested against what, and how to repeat it.

#[doc = include_str!("tutorial/tutorial.md")]
#[doc = include_str!("../../docs/home_survival.svg")]
pub mod tutorial {
    #[doc = include_str!("tutorial/change.md")]
    pub mod change {}

    #[doc = include_str!("tutorial/certainty.md")]
    #[doc = include_str!("../../docs/phase_diagram.svg")]
    pub mod certainty {}

    #[doc = include_str!("tutorial/slide.md")]
    pub mod slide {}
}

/// One page for each thing that somebody wants to get done.
pub mod how_to {
    #[doc = include_str!("how_to/write_a_scenario.md")]
    pub mod write_a_scenario {}

    #[doc = include_str!("how_to/ask_what_if.md")]
    pub mod ask_what_if {}

    #[doc = include_str!("how_to/lose_a_licence.md")]
    pub mod lose_a_licence {}

    #[doc = include_str!("how_to/find_thresholds.md")]
    pub mod find_thresholds {}

    #[doc = include_str!("how_to/test_robustness.md")]
    pub mod test_robustness {}

    #[doc = include_str!("how_to/calibrate_to_figures.md")]
    pub mod calibrate_to_figures {}

    #[doc = include_str!("how_to/use_several_machines.md")]
    pub mod use_several_machines {}

    #[doc = include_str!("how_to/analyse_elsewhere.md")]
    pub mod analyse_elsewhere {}

    #[doc = include_str!("how_to/make_slides_and_pdf.md")]
    pub mod make_slides_and_pdf {}

    #[doc = include_str!("how_to/read_json.md")]
    pub mod read_json {}
}

#[doc = include_str!("results.md")]
pub mod results {}

#[doc = include_str!("reading.md")]
pub mod reading {}

#[doc = include_str!("uncertainty.md")]
pub mod uncertainty {}

#[doc = include_str!("limits.md")]
pub mod limits {}

#[doc = include_str!("model.md")]
pub mod model {}

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("recipes.md")]
pub mod recipes {}

#[doc = include_str!("decisions.md")]
pub mod decisions {}

#[doc = include_str!("studies.md")]
pub mod studies {}

#[doc = include_str!("validation.md")]
pub mod validation {}

#[doc = include_str!("catalogue/index.md")]
pub mod catalogue {
    #[doc = include_str!("catalogue/netease_vs_tencent.md")]
    #[doc = include_str!("../../docs/catalogue/netease_vs_tencent.svg")]
    pub mod netease_vs_tencent {}

    #[doc = include_str!("catalogue/netease_vs_tencent_2017.md")]
    #[doc = include_str!("../../docs/catalogue/netease_vs_tencent_2017.svg")]
    pub mod netease_vs_tencent_2017 {}

    #[doc = include_str!("catalogue/moat_decomposition.md")]
    #[doc = include_str!("../../docs/catalogue/moat_decomposition.svg")]
    pub mod moat_decomposition {}

    #[doc = include_str!("catalogue/sm_catalogue_loss.md")]
    #[doc = include_str!("../../docs/catalogue/sm_catalogue_loss.svg")]
    pub mod sm_catalogue_loss {}

    #[doc = include_str!("catalogue/exclusive_to_open.md")]
    #[doc = include_str!("../../docs/catalogue/exclusive_to_open.svg")]
    pub mod exclusive_to_open {}

    #[doc = include_str!("catalogue/stone_project.md")]
    #[doc = include_str!("../../docs/catalogue/stone_project.svg")]
    pub mod stone_project {}

    #[doc = include_str!("catalogue/four_platforms.md")]
    #[doc = include_str!("../../docs/catalogue/four_platforms.svg")]
    pub mod four_platforms {}

    #[doc = include_str!("catalogue/community_only_niche.md")]
    #[doc = include_str!("../../docs/catalogue/community_only_niche.svg")]
    pub mod community_only_niche {}

    #[doc = include_str!("catalogue/critical_mass.md")]
    #[doc = include_str!("../../docs/catalogue/critical_mass.svg")]
    pub mod critical_mass {}

    #[doc = include_str!("catalogue/short_video_entrant.md")]
    #[doc = include_str!("../../docs/catalogue/short_video_entrant.svg")]
    pub mod short_video_entrant {}

    #[doc = include_str!("catalogue/price_war.md")]
    #[doc = include_str!("../../docs/catalogue/price_war.svg")]
    pub mod price_war {}

    #[doc = include_str!("catalogue/interoperability.md")]
    #[doc = include_str!("../../docs/catalogue/interoperability.svg")]
    pub mod interoperability {}

    #[doc = include_str!("catalogue/ai_dj_launch.md")]
    #[doc = include_str!("../../docs/catalogue/ai_dj_launch.svg")]
    pub mod ai_dj_launch {}

    #[doc = include_str!("catalogue/kkbox_partnership.md")]
    #[doc = include_str!("../../docs/catalogue/kkbox_partnership.svg")]
    pub mod kkbox_partnership {}

    #[doc = include_str!("catalogue/kol_signing.md")]
    #[doc = include_str!("../../docs/catalogue/kol_signing.svg")]
    pub mod kol_signing {}
}
