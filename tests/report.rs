//! What the report promises: whole files, inert names, the same bytes, calm charts.

use std::fs;
use std::path::{Path, PathBuf};

use crate::report_story::{HOSTILE, Invented};
use ecotone::report::chart::{CHARTS, render_png, render_svg, shown};
use ecotone::report::findings::{agrees, verdict};
use ecotone::report::reading::Estimate;
use ecotone::report::{ManifestFacts, ReportError, publish, write::write_atomic};
use ecotone::scenario::{Bound, Role};
use ecotone::table::{Cell, Cells, Kind, Table, Unit};

const PLAIN: [&str; 2] = ["NetEase Cloud Music", "QQ Music"];

pub fn facts() -> ManifestFacts {
    ManifestFacts { threads: 2, started: String::new(), seconds: vec![("simulate".to_owned(), 1.5)] }
}

/// Every file below a folder with its bytes, by relative path.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Published into the build folder, where it can be looked at.
#[test]
fn a_report_holds_every_table_and_chart_and_the_manifest_names_them() {
    for (name, platforms, replications) in [("plain", &PLAIN[..], 20), ("hostile", &HOSTILE[..], 1)] {
        let invented = Invented::new(platforms, replications);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report").join(name);
        let published = publish(&invented.story(), &folder, true, &facts()).unwrap();
        let on_disk = contents(&folder);
        assert_eq!(on_disk.len(), published.files.len());
        for table in &invented.tables {
            assert!(folder.join(format!("tables/{}.csv", table.name)).is_file());
        }
        for chart in shown(&invented.story()) {
            assert!(folder.join(format!("charts/{}.svg", chart.name)).is_file());
            assert!(folder.join(format!("charts/{}.png", chart.name)).is_file());
        }
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
        for file in manifest["files"].as_array().unwrap() {
            let bytes = fs::read(folder.join(file["path"].as_str().unwrap())).unwrap();
            assert_eq!(file["bytes"], bytes.len());
            assert_eq!(file["blake3"], blake3::hash(&bytes).to_hex().as_str());
        }
        assert_eq!(manifest["settings"], invented.resolved);
    }
}

#[test]
fn two_reports_of_one_story_differ_at_most_in_the_manifest() {
    let invented = Invented::new(&PLAIN, 20);
    let place = tempfile::tempdir().unwrap();
    let (first, second) = (place.path().join("a"), place.path().join("b"));
    publish(&invented.story(), &first, false, &facts()).unwrap();
    let slower = ManifestFacts { threads: 64, ..facts() };
    publish(&invented.story(), &second, false, &slower).unwrap();
    let (first, second) = (contents(&first), contents(&second));
    assert_eq!(first.len(), second.len());
    for ((path, bytes), (other_path, other_bytes)) in first.iter().zip(&second) {
        assert_eq!(path, other_path);
        assert!(bytes == other_bytes || path.ends_with("manifest.json"), "{} differs", path.display());
    }
}

#[test]
fn charts_have_names_of_their_own() {
    let mut names: Vec<&str> = CHARTS.iter().map(|chart| chart.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CHARTS.len());
}

/// A minimal reader of XML: balanced tags, no raw `<` or `&` in text or attributes.
pub fn assert_well_formed(text: &str, what: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        assert_escaped(&rest[..start], what);
        let end = rest[start..].find('>').unwrap_or_else(|| panic!("{what}: a tag without end")) + start;
        let tag = &rest[start + 1..end];
        assert!(!tag.contains('<'), "{what}: < inside a tag: {tag}");
        assert_escaped(tag, what);
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or("").to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_ref(), Some(&name), "{what}: closing tag");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{what}: left open: {open:?}");
}

fn assert_escaped(text: &str, what: &str) {
    for (position, _) in text.match_indices('&') {
        let entity = &text[position..];
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"];
        assert!(known.iter().any(|it| entity.starts_with(it)), "{what}: raw & before {entity}");
    }
    let hidden = |letter: char| letter.is_control() && letter != '\n';
    assert!(!text.contains(hidden), "{what}: control character");
    assert!(!text.contains(['\u{202e}', '\u{202a}', '\u{200f}']), "{what}: direction mark");
}

#[test]
fn names_with_markup_are_inert_in_svg() {
    let invented = Invented::new(&HOSTILE, 5);
    for chart in CHARTS {
        let svg = render_svg(chart, &invented.story()).unwrap();
        assert!(!svg.contains("<script"), "{}", chart.name);
        assert_well_formed(&svg, chart.name);
    }
}

#[test]
fn names_with_markup_are_inert_on_the_page() {
    let mut invented = Invented::new(&HOSTILE, 5);
    invented.warnings = vec!["<img src=x onerror=alert(1)>".to_owned()];
    invented.remarks = serde_json::json!({ "choice.beta_c": "<img src=y>\u{202e}{{ 8 * 8 }}" });
    invented.scenario.title = "</title><script>alert(2)</script>".to_owned();
    invented.scenario.question = "\"><svg onload=alert(3)>{{ 7 * 7 }}".to_owned();
    let place = tempfile::tempdir().unwrap();
    publish(&invented.story(), &place.path().join("out"), false, &facts()).unwrap();
    let page = fs::read_to_string(place.path().join("out/report.html")).unwrap();
    for live in ["<img", "<svg onload", "javascript:", "http://www.w3.org/1999", "<script>alert"] {
        assert!(!page.contains(live), "{live}");
    }
    assert_eq!(page.matches("<script>").count(), 1, "the page's own script alone");
    let readings = "<script type=\"application/json\" class=\"readings\">";
    assert_eq!(page.matches("<script").count(), 1 + page.matches(readings).count());
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(!page.contains(['\u{202e}', '\u{7}']), "nothing reorders or hides text");
    assert!(page.contains("{{ 7 * 7 }}"), "text is never a template");
    assert!(page.contains("<td>&lt;img src=y&gt; {{ 8 * 8 }}<"), "nor is a comment of the file");
    // The only address on a page that needs no network is the name of the SVG language.
    let addresses = page.matches("http").count();
    assert_eq!(
        addresses,
        page.matches("http://www.w3.org/2000/svg").count() + page.matches("http-equiv").count()
    );
}

#[test]
fn a_spreadsheet_finds_no_formula_in_text_cells() {
    let mut table = Table::new(
        "evil",
        "=1+1",
        &[
            ("name", Kind::Text, Unit::Label),
            ("age", Kind::Integer, Unit::Days),
            ("value", Kind::Number, Unit::Share),
        ],
    );
    for (text, value) in [
        ("=1+1", -0.5),
        ("+1", 0.1),
        ("-1", f64::NAN),
        ("@SUM(1)", 1e-300),
        ("\tx", 0.25),
        ("\rx", 1.0),
        ("a,\"b\"\nc", 2.0),
    ] {
        table.push(&[Cell::Text(text), Cell::Integer(-3), Cell::Number(value)]);
    }
    let text = String::from_utf8(ecotone::report::csv::table_bytes(&table).unwrap()).unwrap();
    let expected = "name,age,value\n'=1+1,-3,-0.5\n'+1,-3,0.1\n'-1,-3,\n'@SUM(1),-3,0.000";
    assert!(text.starts_with(expected), "{text}");
    assert!(text.contains("\n'\tx,-3,0.25\n\"'\rx\",-3,1\n\"a,\"\"b\"\"\nc\",-3,2\n"), "{text:?}");
    let columns = String::from_utf8(ecotone::report::csv::dictionary_bytes(&[table]).unwrap()).unwrap();
    assert_eq!(
        columns,
        "table,column,unit,title\nevil,name,label,'=1+1\nevil,age,days,'=1+1\nevil,value,share,'=1+1\n"
    );
}

#[test]
fn csv_numbers_read_back_to_the_same_bits() {
    let values = [0.1 + 0.2, 1.0 / 3.0, f64::MIN_POSITIVE, f64::MAX, -0.0, 123_456_789.123_456_79];
    let mut table = Table::new("exact", "Exact", &[("value", Kind::Number, Unit::Ratio)]);
    for value in values {
        table.push(&[Cell::Number(value)]);
    }
    let text = String::from_utf8(ecotone::report::csv::table_bytes(&table).unwrap()).unwrap();
    let read: Vec<u64> = text.lines().skip(1).map(|line| line.parse::<f64>().unwrap().to_bits()).collect();
    assert_eq!(read, values.map(f64::to_bits));
}

/// The invented market watches 100,000 users where a million are usual, sells in CNY and draws from seed 42.
#[test]
fn settings_are_told_with_their_units_and_without_what_only_names_things() {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.remarks = serde_json::json!({ "run.seed": "chosen by dice" });
    let place = tempfile::tempdir().unwrap();
    publish(&invented.story(), &place.path().join("out"), false, &facts()).unwrap();
    let page = fs::read_to_string(place.path().join("out/report.html")).unwrap();
    let settings = page.split("id=\"settings\"").nth(1).unwrap().split("</section>").next().unwrap();
    let row = |place: &str| {
        let found = settings.lines().find(|line| line.contains(&format!("<code>{place}</code>")));
        found.unwrap_or_else(|| panic!("{place} is missing")).to_owned()
    };
    assert!(row("measures.<wbr>panel_users").contains("<td>100,000 users</td>"));
    let seed = row("run.<wbr>seed");
    assert!(seed.contains("<td>42</td>") && seed.contains("<td>chosen by dice<"), "{seed}");
    for names in ["<wbr>label<", "<code>title<", "<code>question<"] {
        assert!(!settings.contains(names), "{names}");
    }
}

/// The story with every table changed.
fn changed(change: impl Fn(&mut Table)) -> Invented {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.tables.iter_mut().for_each(change);
    invented
}

pub fn keep_rows(table: &mut Table, count: usize) {
    for column in &mut table.columns {
        match &mut column.cells {
            Cells::Text { codes, .. } => codes.truncate(count),
            Cells::Integer(values) => values.truncate(count),
            Cells::Number(values) => values.truncate(count),
        }
    }
}

pub fn fill_numbers(table: &mut Table, value: f64) {
    for column in &mut table.columns {
        if let Cells::Number(values) = &mut column.cells {
            values.fill(value);
        }
    }
}

#[test]
fn charts_without_data_say_so_calmly() {
    let mut none = Invented::new(&PLAIN, 20);
    none.tables.clear();
    let empty = changed(|table| keep_rows(table, 0));
    let undefined = changed(|table| fill_numbers(table, f64::NAN));
    for invented in [none, empty, undefined] {
        for chart in CHARTS {
            let svg = render_svg(chart, &invented.story()).unwrap();
            assert!(svg.contains("No data: "), "{}", chart.name);
            assert!(!svg.contains("NaN") && !svg.contains("inf,"), "{}", chart.name);
        }
    }
}

#[test]
fn odd_numbers_are_drawn_or_cut_but_never_hang_or_panic() {
    for value in [f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, -1.0, 0.0] {
        let invented = changed(|table| fill_numbers(table, value));
        for chart in CHARTS {
            assert_well_formed(&render_svg(chart, &invented.story()).unwrap(), chart.name);
        }
    }
    let single = changed(|table| keep_rows(table, 1));
    for chart in CHARTS {
        assert_well_formed(&render_svg(chart, &single.story()).unwrap(), chart.name);
    }
}

#[test]
fn a_png_is_sixteen_hundred_pixels_wide_and_neither_blank_nor_black() {
    let invented = Invented::new(&PLAIN, 20);
    let bytes = render_png(&CHARTS[0], &invented.story()).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (1600, 900));
    let dark = pixels.chunks(3).filter(|pixel| pixel.iter().all(|&part| part < 100)).count();
    assert!((1000..144_000).contains(&dark), "{dark} dark pixels");
    assert_eq!(pixels[..3], [255, 255, 255]);
}

#[test]
fn fifteen_platforms_and_forty_events_still_fit() {
    let names: Vec<String> =
        (1..=15).map(|index| format!("Platform number {index} of a crowded market")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut invented = Invented::new(&names, 20);
    let event = invented.scenario.events[0].clone();
    invented.scenario.events =
        (0..40).map(|index| ecotone::scenario::Event { day: index * 25, ..event.clone() }).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report/crowd");
    publish(&invented.story(), &folder, true, &facts()).unwrap();
    let svg = fs::read_to_string(folder.join("charts/share.svg")).unwrap();
    assert!(svg.contains("The 6 platforms that end highest are labelled"));
    assert!(svg.contains(">40<"), "forty events are numbered");
}

/// The bytes as an open nameless file.
#[cfg(feature = "parquet")]
fn on_disk(bytes: &[u8]) -> fs::File {
    use std::io::Write;
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_keeps_rows_nulls_units_and_words() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    let mut table = Table::new(
        "small",
        "A small table",
        &[
            ("name", Kind::Text, Unit::Label),
            ("age", Kind::Integer, Unit::Days),
            ("value", Kind::Number, Unit::Share),
        ],
    );
    for (name, age, value) in [("网易", 1, 0.5), ("b", -2, f64::NAN), ("网易", 3, 0.25)] {
        table.push(&[Cell::Text(name), Cell::Integer(age), Cell::Number(value)]);
    }
    let bytes = ecotone::report::parquet::table_bytes(&table).unwrap();
    assert_eq!(bytes, ecotone::report::parquet::table_bytes(&table).unwrap());
    let reader = SerializedFileReader::new(on_disk(&bytes)).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 3);
    let facts = reader.metadata().file_metadata().key_value_metadata().unwrap();
    assert!(facts.iter().any(|fact| fact.key == "unit.value" && fact.value.as_deref() == Some("share")));
    let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
    let names: Vec<&String> = rows.iter().map(|row| row.get_string(0).unwrap()).collect();
    assert_eq!(names, ["网易", "b", "网易"]);
    assert_eq!(rows.iter().map(|row| row.get_long(1).unwrap()).collect::<Vec<_>>(), [1, -2, 3]);
    assert!(rows[1].get_double(2).is_err(), "undefined is null");
    assert_eq!(rows[2].get_double(2).unwrap(), 0.25);
    keep_rows(&mut table, 0);
    let empty =
        SerializedFileReader::new(on_disk(&ecotone::report::parquet::table_bytes(&table).unwrap())).unwrap();
    assert_eq!(empty.metadata().file_metadata().num_rows(), 0);
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link() {
    let place = tempfile::tempdir().unwrap();
    let target = place.path().join("precious");
    fs::write(&target, "old").unwrap();
    let link = place.path().join("link");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let error = write_atomic(&link, b"new").unwrap_err();
    assert!(matches!(error, ReportError::Link { .. }));
    assert!(error.to_string().contains("link"), "names the file");
    assert_eq!(fs::read_to_string(&target).unwrap(), "old");
    let folder = place.path().join("folder");
    fs::create_dir(&folder).unwrap();
    let folder_link = place.path().join("folder-link");
    std::os::unix::fs::symlink(&folder, &folder_link).unwrap();
    let invented = Invented::new(&PLAIN, 1);
    let error = publish(&invented.story(), &folder_link, true, &facts()).unwrap_err();
    assert!(matches!(error, ReportError::Link { .. }));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_failed_write_names_the_file_and_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let missing = place.path().join("no such folder").join("table.csv");
    let error = write_atomic(&missing, b"x").unwrap_err();
    assert!(error.to_string().contains("table.csv"), "{error}");
    let folder = place.path().join("taken");
    fs::create_dir(&folder).unwrap();
    let error = write_atomic(&folder, b"x").unwrap_err();
    assert!(error.to_string().contains("taken"), "{error}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "no temporary file is left");
}

#[test]
fn only_an_earlier_report_is_replaced_and_never_the_files_of_others() {
    let invented = Invented::new(&PLAIN, 1);
    let story = invented.story();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    publish(&story, &out, false, &facts()).unwrap();
    fs::write(out.join("stray.txt"), "stray").unwrap();
    assert!(matches!(publish(&story, &out, false, &facts()), Err(ReportError::Occupied { .. })));
    assert!(out.join("stray.txt").exists());
    let refused = publish(&story, &out, true, &facts()).unwrap_err();
    assert!(refused.to_string().contains("stray.txt"), "{refused}");
    assert_eq!(fs::read_to_string(out.join("stray.txt")).unwrap(), "stray");
    fs::remove_file(out.join("stray.txt")).unwrap();
    publish(&story, &out, true, &facts()).unwrap();
    let other = place.path().join("thesis");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("chapter.txt"), "years of work").unwrap();
    assert!(matches!(publish(&story, &other, true, &facts()), Err(ReportError::Foreign { .. })));
    assert_eq!(fs::read_to_string(other.join("chapter.txt")).unwrap(), "years of work");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2, "no hidden sibling is left");
}

#[test]
fn a_failed_report_keeps_the_old_one() {
    let invented = Invented::new(&PLAIN, 1);
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    publish(&invented.story(), &out, false, &facts()).unwrap();
    let before = contents(&out);
    let mut broken = Invented::new(&PLAIN, 1);
    broken.tables[3].name = "no/such/folder".to_owned();
    assert!(publish(&broken.story(), &out, true, &facts()).is_err());
    assert_eq!(contents(&out), before);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "the half-built folder is gone");
}

/// Leftovers carry the number of a process that cannot exist on Linux (above the largest, 4194304).
#[test]
fn leftovers_of_a_killed_process_are_swept_and_a_displaced_report_returns() {
    let invented = Invented::new(&PLAIN, 1);
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    fs::create_dir(place.path().join(".out.partial-9999999")).unwrap();
    fs::write(place.path().join(".out.partial-9999999/half.csv"), "ha").unwrap();
    let displaced = place.path().join(".out.replaced-9999999");
    fs::create_dir(&displaced).unwrap();
    fs::write(displaced.join("manifest.json"), "{}").unwrap();
    let refused = publish(&invented.story(), &out, false, &facts());
    assert!(matches!(refused, Err(ReportError::Occupied { .. })), "the displaced report is back");
    assert_eq!(fs::read_to_string(out.join("manifest.json")).unwrap(), "{}");
    publish(&invented.story(), &out, true, &facts()).unwrap();
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

/// Bounds by hand: 0.9 * 200 = 180 is the edge of "within 10 %".
#[test]
fn verdicts_say_what_a_reader_would() {
    let estimate = |value: f64, half: f64| Estimate { value, low: value - half, high: value + half };
    assert_eq!(verdict(Bound::Value, 200.0, &estimate(190.0, 40.0)), "inside the band");
    // A band that is wide enough to hold the figure is no agreement.
    let wide = verdict(Bound::Value, 200.0, &estimate(170.0, 40.0));
    assert_eq!(wide, "open: inside a wide band, but simulated 15\u{202f}% too low");
    assert!(!agrees(&wide) && agrees("inside the band"));
    assert_eq!(verdict(Bound::Value, 200.0, &estimate(181.0, 5.0)), "within 10\u{202f}%");
    assert_eq!(
        verdict(Bound::Value, 200.0, &estimate(176.0, 5.0)),
        "disagrees: simulated 12\u{202f}% too low"
    );
    assert_eq!(
        verdict(Bound::Value, 200.0, &Estimate::bare(250.0)),
        "disagrees: simulated 25\u{202f}% too high"
    );
    assert_eq!(verdict(Bound::Value, 0.0, &estimate(1.0, 0.1)), "cannot be compared");
    assert_eq!(verdict(Bound::Value, 200.0, &Estimate::bare(f64::NAN)), "cannot be compared");
}

/// 250 is above a floor of 200 and above a ceiling of 200 by a quarter.
#[test]
fn a_bound_that_is_met_is_no_disagreement() {
    let met = verdict(Bound::AtLeast, 200.0, &Estimate::bare(250.0));
    assert_eq!(met, "met (published as a lower bound)");
    let missed = verdict(Bound::AtMost, 200.0, &Estimate::bare(250.0));
    assert_eq!(missed, "disagrees: simulated 25\u{202f}% too high");
    let met = verdict(Bound::AtMost, 200.0, &Estimate::bare(150.0));
    assert_eq!(met, "met (published as an upper bound)");
}

/// The drawing of a chart of that name.
fn drawn(name: &str, invented: &Invented) -> String {
    let chart = CHARTS.iter().find(|chart| chart.name == name).unwrap();
    render_svg(chart, &invented.story()).unwrap()
}

#[test]
fn inputs_are_not_counted_as_agreement() {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.scenario.targets[0].role = Role::Given;
    invented.scenario.targets[1].role = Role::Predicted;
    let svg = drawn("targets", &invented);
    assert!(svg.contains("0 of 1 predicted figure, 2 of 2 compared figures"), "{svg}");
    assert!(svg.contains("given: tests nothing"));
}

#[test]
fn without_published_figures_their_chart_vanishes() {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.scenario.targets.clear();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    publish(&invented.story(), &out, false, &facts()).unwrap();
    assert!(!out.join("charts/targets.svg").exists());
    assert!(!fs::read_to_string(out.join("report.html")).unwrap().contains("id=\"targets\""));
}

#[test]
fn a_fit_is_named_only_where_it_is_drawn() {
    let mut invented = Invented::new(&PLAIN, 20);
    assert!(drawn("member_retention", &invented).contains("dashed: fitted sBG, dotted: fitted BdW"));
    for table in invented.tables.iter_mut().filter(|table| table.name == "member_retention") {
        for column in table.columns.iter_mut().filter(|column| column.name.starts_with(['b', 's'])) {
            if let (Cells::Number(values), true) = (&mut column.cells, !column.name.starts_with("sur")) {
                values.fill(f64::NAN);
            }
        }
    }
    let svg = drawn("member_retention", &invented);
    assert!(svg.contains("no fit: too few members") && !svg.contains("fitted sBG"));
}

#[test]
fn a_label_may_hold_any_delimiter_and_every_fate_stays_in_the_key() {
    let names = ["Left | right and a good deal more", "90 days", "A third platform with quite a long name"];
    let svg = drawn("causes_of_leaving", &Invented::new(&names, 20));
    assert!(svg.contains("Left | right"));
    assert_eq!(svg.matches("switched to ").count(), 3);
}

#[test]
fn a_platform_without_plans_is_not_a_platform_without_payers() {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.scenario.platforms[1].basic = None;
    invented.scenario.platforms[1].premium = None;
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    publish(&invented.story(), &out, false, &facts()).unwrap();
    assert!(fs::read_to_string(out.join("report.html")).unwrap().contains("no plan on sale"));
    assert!(!drawn("paid_ratio", &invented).contains("QQ Music"));
}

/// The invented paid ratio rises from 14 to 22 %: by more than a third.
#[test]
fn a_transition_and_few_payers_are_warned_of() {
    let mut invented = Invented::new(&PLAIN, 20);
    let warned = ecotone::report::caution::cautions(&invented.story());
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("not a forecast of a steady state"), "{warned:?}");
    invented.scenario.market.users = 1000;
    let warned = ecotone::report::caution::cautions(&invented.story());
    assert!(
        warned.iter().any(|text| text.starts_with("Only about") && text.contains("pay at")),
        "{warned:?}"
    );
}

/// Those who joined in the second quarter stay a fifth less often than those of the first.
#[test]
fn quarters_that_stay_unlike_are_warned_of() {
    let mut invented = Invented::new(&PLAIN, 20);
    let told = |invented: &Invented| {
        let warned = ecotone::report::caution::cautions(&invented.story());
        warned.into_iter().find(|text| text.starts_with("Retention depends on when people joined"))
    };
    let table = invented.tables.iter_mut().find(|table| table.name == "home_survival").unwrap();
    let row = table.rows_where(&[("platform", PLAIN[0]), ("cohort", "all joiners")])[90];
    let [first, second] =
        [1.0, 0.8].map(|part| format!("{:.1}\u{202f}%", 100.0 * part * table.numbers("survival")[row]));
    for (quarter, part) in [("2021-Q1", 1.0), ("2021-Q2", 0.8)] {
        copy_rows(table, "cohort", ("all joiners", quarter), part);
    }
    let text = told(&invented).expect("a warning");
    assert!(
        text.contains(&format!("{first} of those who joined {} in 2021-Q1", PLAIN[0])),
        "{first}: {text}"
    );
    assert!(text.contains(&format!("but {second} of 2021-Q2")), "{second}: {text}");
    let table = invented.tables.iter_mut().find(|table| table.name == "home_survival").unwrap();
    fill_numbers(table, 0.5);
    assert_eq!(told(&invented), None);
}

/// Tells again, of `to`, what the table tells of `from` in a column, numbers multiplied by `factor`.
pub fn copy_rows(table: &mut Table, column: &str, (from, to): (&str, &str), factor: f64) {
    let rows = table.rows_where(&[(column, from)]);
    for other in &mut table.columns {
        match &mut other.cells {
            Cells::Text { words, codes } if other.name == column => {
                codes.extend(vec![words.len() as u32; rows.len()]);
                words.push(to.to_owned());
            }
            Cells::Text { codes, .. } => codes.extend(rows.iter().map(|&row| codes[row]).collect::<Vec<_>>()),
            Cells::Integer(values) => values.extend(rows.iter().map(|&row| values[row]).collect::<Vec<_>>()),
            Cells::Number(values) => {
                values.extend(rows.iter().map(|&row| factor * values[row]).collect::<Vec<_>>());
            }
        }
    }
}

/// Where the intervals of the highest and of the lowest touch, the order may be chance.
#[test]
fn an_answer_says_where_platforms_are_not_apart() {
    let mut invented = Invented::new(&PLAIN, 20);
    let said = |invented: &Invented| ecotone::report::answer::answer(&invented.story());
    assert!(!said(&invented).contains("not clearly apart"), "{}", said(&invented));
    let table = invented.tables.iter_mut().find(|table| table.name == "home_survival").unwrap();
    fill_numbers(table, 0.5);
    assert!(
        said(&invented).contains("at NetEase Cloud Music and 50.0\u{202f}% (50.0\u{202f}% to 50.0\u{202f}%) at QQ Music, which are not clearly apart, are"),
        "{}",
        said(&invented)
    );
}

#[test]
fn few_events_are_numbered_and_explained_below_the_chart() {
    let svg = drawn("share", &Invented::new(&PLAIN, 20));
    assert!(svg.contains("1  2021-07-25  Exclusivity ends"), "{svg}");
}
