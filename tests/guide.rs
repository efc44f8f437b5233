//! The guide, the handbook and the README say what the code says.

use std::path::Path;

use ecotone::dynamics::PHASES;
use ecotone::equations::utility::TERMS;
use ecotone::measure::MEASURES;
use ecotone::report::handbook::{self, Chapter};
use ecotone::scenario::{EVENT_KINDS, check, templates};

/// A file of the project.
fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// The text without line breaks and repeated blanks, so that where a line wraps does not matter.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_readme_shows_the_shortest_scenario() {
    let minimal = templates::template("minimal").expect("the template");
    assert!(read("README.md").contains(&format!("```toml\n{minimal}```\n")));
}

#[test]
fn files_that_the_readme_names_exist() {
    let readme = read("README.md");
    for path in ["docs/home_survival.svg", "scenarios/first_try.toml", "scenarios/everything.toml"] {
        assert!(readme.contains(path), "{path}");
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{path}");
    }
    let words = readme.split(|letter: char| letter.is_whitespace() || "`()[],;'\"".contains(letter));
    let named = words
        .filter(|word| ["scenarios/", "docs/", "src/", "tests/"].iter().any(|room| word.starts_with(room)));
    for path in named.filter(|word| word.contains('.') && !word.contains('*')) {
        let path = path.trim_end_matches(['.', ':']);
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{path}");
    }
}

#[test]
fn every_shipped_study_is_told_of() {
    let told = read("README.md")
        + &read("src/guide/studies.md")
        + &read("src/guide/catalogue/moat_decomposition.md");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies");
    for file in std::fs::read_dir(folder).expect("a folder") {
        let name = file.expect("a file").file_name().into_string().expect("UTF-8");
        assert!(told.contains(&name), "{name}");
    }
}

#[test]
fn the_model_guide_tells_the_phases_in_order() {
    let guide = read("src/guide/model.md");
    let schedule = guide.split("```text").nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    let told: Vec<&str> = schedule.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    let real: Vec<&str> = PHASES.iter().map(|phase| phase.name).collect();
    assert_eq!(told, real);
}

#[test]
fn the_model_guide_holds_every_term_of_the_utility() {
    let guide = flowing(&read("src/guide/model.md"));
    for term in TERMS {
        assert!(guide.contains(term.formula), "{}: {}", term.name, term.formula);
    }
}

#[test]
fn the_recipes_name_files_that_exist() {
    let recipes = read("src/guide/recipes.md");
    let paths = recipes.split('`').filter(|word| {
        let is_path =
            word.starts_with("src/") || word.starts_with("tests/") || word.starts_with("scenarios/");
        is_path && !word.contains(' ')
    });
    let mut count = 0;
    for path in paths {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{path}");
        count += 1;
    }
    assert!(count > 15, "only {count} paths were found");
}

/// All chapters of the handbook but those that the program writes.
fn chapters() -> Vec<Chapter> {
    handbook::parts(Vec::new()).into_iter().flat_map(|part| part.chapters).collect()
}

/// The texts that stand between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once(after).map(|(found, _)| found)).collect()
}

#[test]
fn every_link_of_the_handbook_leads_to_one_place_in_it() {
    let page = handbook::page(&handbook::parts(Vec::new()), "1").expect("a page");
    let places = between(&page, " id=\"", "\"");
    let links = between(&page, " href=\"", "\"");
    for link in &links {
        let place = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads out of the page"));
        assert_eq!(places.iter().filter(|known| **known == place).count(), 1, "{link}");
    }
    let distinct: std::collections::BTreeSet<&str> = links.iter().copied().collect();
    assert!(distinct.len() >= chapters().len(), "a chapter that the contents do not list");
}

#[test]
fn links_between_chapters_are_not_lost() {
    let names: Vec<String> = chapters().into_iter().map(|chapter| chapter.name).collect();
    let mut count = 0;
    for chapter in chapters() {
        for link in between(&chapter.markdown, "](crate::guide::", ")") {
            let name = link.rsplit("::").next().expect("a name");
            assert!(names.iter().any(|known| known == name), "{}: {link} is no chapter", chapter.name);
            count += 1;
        }
    }
    assert!(count > 30, "only {count} links were found");
}

#[test]
fn the_handbook_needs_no_network_and_stays_small() {
    let page = handbook::page(&handbook::parts(Vec::new()), "1").expect("a page");
    assert!(page.contains("default-src 'none'"));
    for part in [" src=\"http", "@import", "url(http", "<link"] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    assert!(page.contains("</html>") && page.contains("<svg"));
}

#[test]
fn every_measure_term_phase_and_outcome_has_its_place_in_the_reference() {
    let text = |name: &str| {
        chapters()
            .into_iter()
            .find(|chapter| chapter.name == name)
            .map(|chapter| chapter.markdown)
            .expect(name)
    };
    let measures = text("measures");
    for measure in MEASURES {
        assert!(measures.contains(&format!("\n# `{}`\n", measure.name)), "{}", measure.name);
    }
    let (terms, phases, outcomes) = (text("terms"), text("phases"), text("outcomes"));
    assert!(TERMS.iter().all(|term| terms.contains(&format!("| `{}` | `{}` |", term.name, term.formula))));
    assert!(PHASES.iter().all(|phase| phases.contains(&format!("| `{}` |", phase.name))));
    for kind in ecotone::study::outcome::OUTCOMES {
        assert!(outcomes.contains(&format!("| `{}` |", kind.name)), "{}", kind.name);
    }
}

#[test]
fn every_kind_of_event_is_told() {
    let told: Vec<&str> = EVENT_KINDS.iter().map(|(kind, _)| *kind).collect();
    let real: Vec<&str> = check::event_kinds().iter().map(|(kind, _)| *kind).collect();
    assert_eq!(told, real);
    let model = read("src/guide/model.md");
    for kind in real {
        assert!(model.contains(&format!("| {kind} |")), "{kind}");
    }
}

#[test]
fn chapters_fit_a_narrow_terminal() {
    for chapter in chapters() {
        let text = handbook::text(&chapter, 60);
        assert!(text.starts_with(&chapter.title), "{}", chapter.name);
        assert!(!text.contains("<svg") && !text.contains("](crate"), "{}", chapter.name);
        // Code and single long words stay as they are.
        let is_long = |line: &&str| {
            !line.starts_with("    ") && line.chars().count() > 60 && line.split_whitespace().count() > 2
        };
        assert_eq!(text.lines().find(is_long), None, "{}", chapter.name);
    }
}

#[test]
fn scenarios_that_chapters_name_exist() {
    let mut count = 0;
    for chapter in chapters() {
        let words = chapter.markdown.split(|letter: char| letter.is_whitespace() || "`(),;".contains(letter));
        for path in words
            .filter(|word| word.starts_with("scenarios/") && word.contains('.') && !word.contains("NAME"))
        {
            let path = path.trim_end_matches(['.', ':']);
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{}: {path}", chapter.name);
            count += 1;
        }
    }
    assert!(count > 10, "only {count} scenarios were found");
}

/// A blank line would end the drawing, for rustdoc and for the handbook.
#[test]
fn pictures_of_the_guide_have_no_blank_lines() {
    for name in ["docs/home_survival.svg", "docs/phase_diagram.svg"] {
        let drawing = read(name);
        assert!(drawing.starts_with("<svg") && drawing.lines().all(|line| !line.trim().is_empty()), "{name}");
    }
}
