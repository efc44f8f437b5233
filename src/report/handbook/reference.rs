//! Chapters made from the tables that the program itself reads: settings, events, measures, outcomes, terms, phases.

use super::Chapter;
use crate::dynamics::PHASES;
use crate::equations::utility::TERMS;
use crate::measure::{MEASURES, Measure};
use crate::scenario::settings::{SECTIONS, SETTINGS, Setting, default, has_source, plain, values};
use crate::scenario::{EVENT_KINDS, check};
use crate::study::outcome::OUTCOMES;
use crate::study::phrase::capital;

/// The chapters, in order.
pub(super) fn chapters() -> Vec<Chapter> {
    let chapter = |name: &str, title: &str, markdown: String| Chapter {
        name: name.to_owned(),
        title: title.to_owned(),
        markdown,
    };
    vec![
        chapter("settings", "Settings of a scenario", settings()),
        chapter("events", "Kinds of events", events()),
        chapter("measures", "Measures and their tables", measures()),
        chapter("outcomes", "Outcomes of studies", outcomes()),
        chapter("terms", "Terms of the utility", terms()),
        chapter("phases", "Phases of a day", phases()),
    ]
}

fn settings() -> String {
    let mut text = "Every setting of a scenario file. What a file leaves out has its default. *Usual* values are those that \
                    were meant when the model was written; the checker warns outside them. `ecotone explain NAME` \
                    tells the same of one setting.\n\n"
        .to_owned();
    let top: Vec<&Setting> = SETTINGS.iter().filter(|setting| setting.parent().is_empty()).collect();
    text += &format!("# The file\n\n{}", rows(&top));
    for section in SECTIONS {
        let own: Vec<&Setting> = SETTINGS.iter().filter(|setting| setting.parent() == section.path).collect();
        if !own.is_empty() {
            text += &format!("\n# `{}`\n\n{}\n\n{}", section.path, escaped(section.meaning), rows(&own));
        }
    }
    text
}

fn rows(settings: &[&Setting]) -> String {
    let row = |setting: &&Setting| {
        let usual = setting.plausible.map(|[low, high]| format!("; usual {} to {}", plain(low), plain(high)));
        format!(
            "| `{}` | {} | {} | {}{} | {} |\n",
            setting.key(),
            escaped(setting.meaning),
            escaped(&values(setting)),
            escaped(&default(setting)),
            escaped(&usual.unwrap_or_default()),
            if has_source(setting) { escaped(setting.source) } else { String::new() },
        )
    };
    let head = "| setting | meaning | values | default | source |\n|---|---|---|---|---|\n";
    head.to_owned() + &settings.iter().map(row).collect::<String>()
}

fn events() -> String {
    let intro = "An event stands in a scenario file as `[[events]]` with a `kind`, a `date` (or a `day`, from 0) and, if \
                 wanted, a `label` for charts. It takes effect in the morning of its day. With `treatments = [\"name\"]` it \
                 happens in these treatments only.\n";
    let kind = |&(kind, meaning): &(&str, &str)| {
        let fields = check::event_kinds().iter().find(|(known, _)| *known == kind);
        let fields: Vec<&Setting> = fields
            .iter()
            .flat_map(|(_, fields)| fields.iter())
            .filter_map(|field| SETTINGS.iter().find(|it| it.parent() == "events[]" && it.key() == *field))
            .collect();
        format!("\n# `{kind}`\n\n{}\n\n{}", escaped(meaning), rows(&fields))
    };
    intro.to_owned() + &EVENT_KINDS.iter().map(kind).collect::<String>()
}

fn measures() -> String {
    let intro = "Each measure is a table of a result: a CSV and a Parquet file of its name. A number `x` stands beside `x_low` \
                 and `x_high`, its interval over replications.\n";
    let of = |measure: &Measure| {
        let told = |(what, text): (&str, &str)| format!("- **{}:** {}\n", capital(what), escaped(text));
        let list: String = measure.parts().into_iter().map(told).collect();
        format!("\n# `{}`\n\n{}\n\n{list}", measure.name, escaped(measure.title))
    };
    intro.to_owned() + &MEASURES.iter().map(of).collect::<String>()
}

fn outcomes() -> String {
    let intro = "An outcome is one number of a run, for `--of` of the studies and of `ecotone run` with `--until-halfwidth`. Write it \
                 with its platform: `share:netease`, or with an audience: `share:netease@students`. `N` stands for a number of \
                 days or billing cycles: `retention_90:netease`. `hhi` stands alone.\n\n\
                 | outcome | meaning | unit |\n|---|---|---|\n";
    let row = |kind: &crate::study::outcome::OutcomeKind| {
        format!("| `{}` | {} | {} |\n", kind.name, escaped(kind.title), kind.unit.word())
    };
    intro.to_owned() + &OUTCOMES.iter().map(row).collect::<String>()
}

fn terms() -> String {
    let intro = "What a user weighs when choosing a platform is the sum of these terms (E8 of the model). A term of weight 0 is \
                 exactly 0.\n\n| term | formula | what it stands for | source |\n|---|---|---|---|\n";
    let row = |term: &crate::equations::utility::Term| {
        let (meaning, source) = (escaped(term.meaning), escaped(term.source));
        format!("| `{}` | `{}` | {meaning} | {source} |\n", term.name, term.formula)
    };
    intro.to_owned() + &TERMS.iter().map(row).collect::<String>()
}

fn phases() -> String {
    let intro = "A simulated day, in this order. Everybody reads the end of yesterday; what is decided takes effect in *commit*.\n\n\
                 | no. | phase | what it does |\n|---|---|---|\n";
    let row = |(number, phase): (usize, &crate::dynamics::Phase)| {
        format!("| {number} | `{}` | {} |\n", phase.name, escaped(phase.meaning))
    };
    intro.to_owned() + &PHASES.iter().enumerate().map(row).collect::<String>()
}

/// A text as Markdown that shows it; what stands between backticks stays code.
fn escaped(text: &str) -> String {
    let outside = |text: &str| -> String {
        text.chars()
            .flat_map(|letter| "\\*_[]<>#|".contains(letter).then_some('\\').into_iter().chain([letter]))
            .collect()
    };
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 0 { outside(part) } else { part.replace('|', "\\|") });
    parts.collect::<Vec<String>>().join("`").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_text_are_shown_and_code_stays_code() {
        assert_eq!(escaped("a < b_c, `x_y|z` [1] *"), "a \\< b\\_c, `x_y\\|z` \\[1\\] \\*");
    }

    #[test]
    fn every_setting_and_every_kind_of_event_has_its_row() {
        let (settings, events) = (settings(), events());
        for setting in SETTINGS {
            assert!(settings.contains(&format!("| `{}` | ", setting.key())), "{}", setting.path);
        }
        let rows = settings.lines().filter(|line| line.starts_with("| `")).count();
        assert_eq!(rows, SETTINGS.len(), "a setting in no section");
        for (kind, fields) in check::event_kinds() {
            let own = events.split("\n# ").find(|part| part.starts_with(&format!("`{kind}`"))).expect(kind);
            assert!(fields.iter().all(|field| own.contains(&format!("| `{field}` | "))), "{kind}");
        }
    }
}
