//! The guide and the README say what the code says.

use std::path::Path;

use ecotone::dynamics::PHASES;
use ecotone::equations::utility::TERMS;
use ecotone::measure::MEASURES;
use ecotone::scenario::templates;

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
fn the_readme_names_every_table() {
    let readme = read("README.md");
    for measure in MEASURES {
        assert!(readme.contains(&format!("`{}`", measure.name)), "{}", measure.name);
    }
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
