//! A result drawn again from its tables: the same bytes, other looks, careful with other people's changes.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::report::contents;

/// Two platforms, two audiences, an event, published figures: every chart has something to draw.
const MARKET: &str = r#"schema = 1
name = "again"
title = "Drawn again"
question = "Does it look the same?"

[market]
users = 600
days = 120
start = "2021-01-01"

[run]
seed = 5
replications = 3

[[genres]]
name = "folk"
[[genres]]
name = "rock"

[[audiences]]
name = "folk_fans"
genre = "folk"

[[platforms]]
name = "alpha"
label = "=1+1"
licences = { all = 1.0 }  # T149; <script>alert(1)</script> & "more"
[platforms.premium]
price = 10
[platforms.initial]
share = 0.5
premium = 0.1

[[platforms]]
name = "beta"
licences = { all = 0.5 }
[platforms.initial]
share = 0.3

[[events]]
day = 60
kind = "licence"
label = "Licence lost"
platform = "alpha"
holder = "all"
share = 0.5
"#;

fn ecotone(folder: &Path, words: &str) -> Output {
    let mut command = Command::cargo_bin("ecotone").unwrap();
    command.current_dir(folder).args(words.split_whitespace()).output().unwrap()
}

#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[track_caller]
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with a finished run in `out`.
fn market() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("again.toml"), MARKET).unwrap();
    done(&ecotone(folder.path(), "run again.toml --out out --quiet"));
    folder
}

#[test]
fn a_run_drawn_again_is_the_same_bytes() {
    let folder = market();
    let out = folder.path().join("out");
    let before = contents(&out);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(
        page.contains("<td>T149; &lt;script&gt;alert(1)&lt;&#x2f;script&gt; &amp; &quot;more&quot;<"),
        "the file's comment"
    );
    fs::remove_file(folder.path().join("again.toml")).unwrap();
    for (path, _) in before.iter().filter(|(path, _)| path.starts_with("charts")) {
        fs::remove_file(out.join(path)).unwrap();
    }
    done(&ecotone(folder.path(), "report out"));
    let after = contents(&out);
    assert_eq!(before.len(), after.len());
    for ((path, bytes), (other, again)) in before.iter().zip(&after) {
        assert_eq!(path, other);
        assert!(bytes == again, "{} differs", path.display());
    }
}

#[test]
fn a_study_drawn_again_is_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("again.toml"), MARKET).unwrap();
    let words = "sweep again.toml --vary choice.beta_s=0.2,0.8 --replications 2 --out out --quiet";
    done(&ecotone(folder.path(), words));
    let out = folder.path().join("out");
    let before = contents(&out);
    assert!(fs::read_to_string(out.join("report.html")).unwrap().contains("<td>T149; &lt;script"));
    fs::remove_file(folder.path().join("again.toml")).unwrap();
    done(&ecotone(folder.path(), "report out"));
    assert!(before == contents(&out));
}

#[test]
fn themes_sizes_and_single_charts_change_what_was_asked_for() {
    let folder = market();
    let out = folder.path().join("out");
    let page = fs::read(out.join("report.html")).unwrap();
    let untouched = fs::read(out.join("charts/conversion.svg")).unwrap();
    done(&ecotone(folder.path(), "report out --only share --theme dark --format svg"));
    assert_eq!(fs::read(out.join("report.html")).unwrap(), page);
    assert_eq!(fs::read(out.join("charts/conversion.svg")).unwrap(), untouched);
    assert!(fs::read_to_string(out.join("charts/share.svg")).unwrap().contains("fill=\"#14171b\""));
    done(&ecotone(folder.path(), "report out --theme dark"));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("<html lang=\"en\" data-theme=\"dark\">"));
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    assert!(manifest.contains(blake3::hash(page.as_bytes()).to_hex().as_str()));
    assert!(refused(&ecotone(folder.path(), "report out --only shares")).contains("paid_ratio"));
}

#[test]
fn what_was_changed_by_hand_is_not_drawn_over_without_force() {
    let folder = market();
    let out = folder.path().join("out");
    fs::write(out.join("charts/share.svg"), "mine").unwrap();
    assert!(refused(&ecotone(folder.path(), "report out")).contains("charts/share.svg"));
    assert_eq!(fs::read_to_string(out.join("charts/share.svg")).unwrap(), "mine");
    let table = fs::read_to_string(out.join("tables/home_survival.csv")).unwrap();
    fs::write(out.join("tables/home_survival.csv"), table.replace("alpha", "gamma")).unwrap();
    assert!(refused(&ecotone(folder.path(), "report out")).contains("tables/home_survival.csv"));
    done(&ecotone(folder.path(), "report out --force"));
    assert!(fs::read_to_string(out.join("charts/share.svg")).unwrap().starts_with("<svg"));
}

#[test]
fn what_is_no_result_is_told() {
    let folder = market();
    assert!(refused(&ecotone(folder.path(), "report nowhere")).contains("manifest.json"));
    fs::remove_file(folder.path().join("out/tables/share.csv")).unwrap_or_default();
    fs::remove_file(folder.path().join("out/tables/activity.csv")).unwrap();
    assert!(refused(&ecotone(folder.path(), "report out")).contains("activity.csv"));
    fs::write(folder.path().join("out/manifest.json"), "{}").unwrap();
    assert!(refused(&ecotone(folder.path(), "report out")).contains("is not a manifest of Ecotone"));
}

#[test]
fn an_index_lists_every_result_with_its_answer_and_picture() {
    let folder = market();
    done(&ecotone(folder.path(), "run again.toml --quiet --out results/first --set run.seed=6"));
    fs::rename(folder.path().join("out"), folder.path().join("results/a b")).unwrap();
    fs::create_dir_all(folder.path().join("results/empty/.hidden")).unwrap();
    let said = done(&ecotone(folder.path(), "report --index results"));
    assert!(said.contains("2 results"), "{said}");
    let page = fs::read_to_string(folder.path().join("results/index.html")).unwrap();
    for part in
        ["href=\"a%20b/report.html\"", "href=\"first/report.html\"", "Drawn again", "Does it look the same?"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("data:image/png;base64,").count(), 2);
    assert!(page.contains("After 90 days, of those who joined"), "the answer");
    done(&ecotone(folder.path(), "report --index results"));
    fs::write(folder.path().join("results/index.html"), "mine").unwrap();
    assert!(refused(&ecotone(folder.path(), "report --index results")).contains("--force"));
    done(&ecotone(folder.path(), "report --index results --force"));
}

#[test]
fn called_without_a_word_it_says_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let said = done(&ecotone(folder.path(), ""));
    assert!(said.contains("ecotone init") && said.lines().count() < 10, "{said}");
    fs::write(folder.path().join("again.toml"), MARKET).unwrap();
    let said = done(&ecotone(folder.path(), ""));
    assert!(said.contains("ecotone run again.toml"), "{said}");
}
