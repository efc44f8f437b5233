//! The chapters in prose, in the order of the handbook.

use super::{Chapter, Part};

/// Heading of the part that is made from tables.
pub(super) const REFERENCE: &str = "Reference";

/// Every part with its chapters in prose; the reference still lacks what tables tell.
pub(super) fn prose() -> Vec<Part> {
    vec![
        Part {
            title: "Tutorial",
            purpose: "From a question to a slide for the board, in four lessons of ten minutes.",
            chapters: tutorial(),
        },
        Part {
            title: "How to",
            purpose: "One page for each thing that somebody wants to get done.",
            chapters: how_to(),
        },
        Part {
            title: REFERENCE,
            purpose: "What every word means; made from the tables that the program reads.",
            chapters: reference(),
        },
        Part {
            title: "Explanation",
            purpose: "How the model works, what its numbers can bear, and what they cannot.",
            chapters: explanation(),
        },
        Part {
            title: "Catalogue",
            purpose: "Ready-made questions, with what theory expects, what came out, and what would refute it.",
            chapters: catalogue(),
        },
    ]
}

fn chapter(name: &str, title: &str, markdown: &str) -> Chapter {
    Chapter { name: name.to_owned(), title: title.to_owned(), markdown: markdown.to_owned() }
}

/// A chapter with a picture at its end.
fn pictured(name: &str, title: &str, markdown: &str, picture: &str) -> Chapter {
    chapter(name, title, &format!("{markdown}\n{picture}\n"))
}

fn tutorial() -> Vec<Chapter> {
    let survival = include_str!("../../../docs/home_survival.svg");
    let diagram = include_str!("../../../docs/phase_diagram.svg");
    vec![
        pictured("tutorial", "A first answer", include_str!("../../guide/tutorial/tutorial.md"), survival),
        chapter("change", "What a change does", include_str!("../../guide/tutorial/change.md")),
        pictured(
            "certainty",
            "How sure the answer is",
            include_str!("../../guide/tutorial/certainty.md"),
            diagram,
        ),
        chapter("slide", "The slide", include_str!("../../guide/tutorial/slide.md")),
    ]
}

#[rustfmt::skip]
fn how_to() -> Vec<Chapter> {
    vec![
        chapter("write_a_scenario", "Write a scenario from public figures", include_str!("../../guide/how_to/write_a_scenario.md")),
        chapter("ask_what_if", "Ask what if", include_str!("../../guide/how_to/ask_what_if.md")),
        chapter("lose_a_licence", "Lose a licence", include_str!("../../guide/how_to/lose_a_licence.md")),
        chapter("find_thresholds", "Find thresholds", include_str!("../../guide/how_to/find_thresholds.md")),
        chapter("test_robustness", "Test whether an answer holds", include_str!("../../guide/how_to/test_robustness.md")),
        chapter("calibrate_to_figures", "Calibrate to published figures", include_str!("../../guide/how_to/calibrate_to_figures.md")),
        chapter("use_several_machines", "Use several machines", include_str!("../../guide/how_to/use_several_machines.md")),
        chapter("analyse_elsewhere", "Use results in pandas, polars, DuckDB and R", include_str!("../../guide/how_to/analyse_elsewhere.md")),
        chapter("make_slides_and_pdf", "Make slides and a PDF", include_str!("../../guide/how_to/make_slides_and_pdf.md")),
        chapter("read_json", "Read results and progress in scripts", include_str!("../../guide/how_to/read_json.md")),
    ]
}

fn reference() -> Vec<Chapter> {
    vec![
        chapter("results", "What a result holds", include_str!("../../guide/results.md")),
        chapter("studies", "What each study computes and writes", include_str!("../../guide/studies.md")),
    ]
}

fn explanation() -> Vec<Chapter> {
    vec![
        chapter("reading", "How to read the curves", include_str!("../../guide/reading.md")),
        chapter("uncertainty", "What the intervals hold", include_str!("../../guide/uncertainty.md")),
        chapter("limits", "Limits", include_str!("../../guide/limits.md")),
        chapter("model", "The model", include_str!("../../guide/model.md")),
        chapter("decisions", "Decisions and their reasons", include_str!("../../guide/decisions.md")),
        chapter("validation", "What is tested against what", include_str!("../../guide/validation.md")),
    ]
}

#[rustfmt::skip]
fn catalogue() -> Vec<Chapter> {
    vec![
        chapter("catalogue", "All questions", include_str!("../../guide/catalogue/index.md")),
        pictured("netease_vs_tencent", "NetEase against Tencent", include_str!("../../guide/catalogue/netease_vs_tencent.md"), include_str!("../../../docs/catalogue/netease_vs_tencent.svg")),
        pictured("netease_vs_tencent_2017", "The licence war of 2017", include_str!("../../guide/catalogue/netease_vs_tencent_2017.md"), include_str!("../../../docs/catalogue/netease_vs_tencent_2017.svg")),
        pictured("moat_decomposition", "What makes the gap", include_str!("../../guide/catalogue/moat_decomposition.md"), include_str!("../../../docs/catalogue/moat_decomposition.svg")),
        pictured("sm_catalogue_loss", "A catalogue is lost", include_str!("../../guide/catalogue/sm_catalogue_loss.md"), include_str!("../../../docs/catalogue/sm_catalogue_loss.svg")),
        pictured("exclusive_to_open", "The end of exclusive licences", include_str!("../../guide/catalogue/exclusive_to_open.md"), include_str!("../../../docs/catalogue/exclusive_to_open.svg")),
        pictured("stone_project", "Originals at RMB 200 M a year", include_str!("../../guide/catalogue/stone_project.md"), include_str!("../../../docs/catalogue/stone_project.svg")),
        pictured("four_platforms", "One of four closes", include_str!("../../guide/catalogue/four_platforms.md"), include_str!("../../../docs/catalogue/four_platforms.svg")),
        pictured("community_only_niche", "A community without licences", include_str!("../../guide/catalogue/community_only_niche.md"), include_str!("../../../docs/catalogue/community_only_niche.svg")),
        pictured("critical_mass", "Critical mass", include_str!("../../guide/catalogue/critical_mass.md"), include_str!("../../../docs/catalogue/critical_mass.svg")),
        pictured("short_video_entrant", "An entrant everybody knows", include_str!("../../guide/catalogue/short_video_entrant.md"), include_str!("../../../docs/catalogue/short_video_entrant.svg")),
        pictured("price_war", "Price war", include_str!("../../guide/catalogue/price_war.md"), include_str!("../../../docs/catalogue/price_war.svg")),
        pictured("interoperability", "Data and relations that travel", include_str!("../../guide/catalogue/interoperability.md"), include_str!("../../../docs/catalogue/interoperability.svg")),
        pictured("ai_dj_launch", "A feature that rivals copy", include_str!("../../guide/catalogue/ai_dj_launch.md"), include_str!("../../../docs/catalogue/ai_dj_launch.svg")),
        pictured("kkbox_partnership", "A partnership", include_str!("../../guide/catalogue/kkbox_partnership.md"), include_str!("../../../docs/catalogue/kkbox_partnership.svg")),
        pictured("kol_signing", "Stars under contract", include_str!("../../guide/catalogue/kol_signing.md"), include_str!("../../../docs/catalogue/kol_signing.svg")),
    ]
}
