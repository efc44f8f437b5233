//! Bad files beside the exact message that each must give.
//!
//! The cases stand in `faults/*.txt`, written by hand: a file, `---`, and the first line of every fault.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use ecotone::scenario::check::check;
use ecotone::scenario::document::{Document, LARGEST, Patch};
use ecotone::scenario::fault::Fault;

const TOP: &str = "schema = 1\nname = \"t\"\nmarket = { users = 100, days = 10 }\n";
const END: &str = "[[platforms]]\nname = \"p\"\nlicences = 1.0\n";

fn parse(text: &str) -> Document {
    Document::parse(text, "f.toml", Path::new("."))
}

fn headlines(text: &str) -> Vec<String> {
    let faults = check(&parse(text)).err().unwrap_or_default();
    faults.iter().map(Fault::headline).collect()
}

fn expand(case: &str) -> String {
    let sixteen: String = (1..=16).map(|n| format!("{{ name = \"p{n}\", licences = 1 }},\n")).collect();
    case.replace("@top\n", TOP).replace("@end\n", END).replace("@sixteen\n", &sixteen)
}

/// Runs the cases of a file; every mismatch is shown.
fn cases(text: &str) -> usize {
    let mut wrong = String::new();
    let cases: Vec<&str> = text.split("\n=== ").skip(1).collect();
    for case in &cases {
        let (name, rest) = case.split_once('\n').expect("a name");
        let (file, expected) = rest.split_once("---\n").expect("what is expected");
        let expected: Vec<&str> = expected.lines().filter(|line| !line.is_empty()).collect();
        assert!(!expected.is_empty(), "{name}: expects nothing");
        let found = headlines(&expand(file));
        if found != expected {
            wrong += &format!("{name}\n  expected {expected:#?}\n  found    {found:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    cases.len()
}

#[test]
fn every_bad_value_gives_its_message() {
    assert!(cases(include_str!("faults/values.txt")) >= 25);
}

#[test]
fn every_contradiction_between_values_gives_its_message() {
    assert!(cases(include_str!("faults/sections.txt")) >= 20);
}

#[test]
fn every_bad_event_gives_its_message() {
    assert!(cases(include_str!("faults/events.txt")) >= 15);
}

#[test]
fn a_fault_prints_its_line_carets_and_remedy() {
    let text = format!("{TOP}[[platforms]]\nname = \"netease\"\nlicences = 1\npremium = {{ price = -3 }}\n");
    let fault = &check(&parse(&text)).unwrap_err()[0];
    let expected = "\
f.toml:7:21: platforms.netease.premium.price = -3: must be >= 0 (currency per month)
  7 | premium = { price = -3 }
    |                     ^^
  help: Price of the premium plan.";
    assert_eq!(fault.to_string(), expected);
    let fault = &check(&parse(&format!("{TOP}[choice]\nbeta_ss = 1\n{END}"))).unwrap_err()[0];
    assert!(fault.remedy.starts_with("did you mean `beta_s`? known: lambda_0, "), "{}", fault.remedy);
    let fault = &check(&parse(&format!("{TOP}beta_s = 1\n{END}"))).unwrap_err()[0];
    assert_eq!(fault.remedy, "it belongs elsewhere: choice.beta_s");
}

#[test]
fn a_remedy_tells_meaning_and_default() {
    let fault = &check(&parse(&format!("{TOP}choice = {{ varrho = 2 }}\n{END}"))).unwrap_err()[0];
    assert_eq!(fault.remedy, "Share of the cost waived on return to a remembered account. Default: 0.5.");
}

#[test]
fn a_mark_of_byte_order_is_no_fault() {
    assert_eq!(headlines(&format!("\u{FEFF}{TOP}{END}")), Vec::<String>::new());
}

#[test]
fn windows_line_ends_change_no_position() {
    let text = format!("{TOP}[choice]\nbeta_s = -1\n{END}").replace('\n', "\r\n");
    let fault = &check(&parse(&text)).unwrap_err()[0];
    assert_eq!(fault.headline(), "f.toml:5:10: choice.beta_s = -1: must be >= 0 (nat per unit tie share)");
    assert_eq!(fault.excerpt, Some(["beta_s = -1".to_owned(), "         ^^".to_owned()]));
}

#[test]
fn syntax_faults_come_all_at_once_and_alone() {
    let found = check(&parse("schema = 1\nname = \n[market\nusers = 5\n")).unwrap_err();
    let lines: Vec<usize> = found.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 3]);
    assert!(found.iter().all(|fault| fault.rule.starts_with("not TOML: ")), "{found:#?}");
    let twice = check(&parse("schema = 1\nschema = 1\n")).unwrap_err();
    assert_eq!(twice[0].headline(), "f.toml:2:1: not TOML: duplicate key");
}

#[test]
fn an_empty_file_lacks_everything_required() {
    let expected = [
        "f.toml:1:1: schema: missing",
        "f.toml:1:1: name: missing",
        "f.toml:1:1: market: missing",
        "f.toml:1:1: platforms: missing",
    ];
    assert_eq!(headlines(""), expected);
}

#[test]
fn deep_nesting_is_refused_without_harm() {
    for text in [
        format!("x = {}1{}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("x = {}1{}", "{a=".repeat(10_000), "}".repeat(10_000)),
        format!("[{}]\n", vec!["a"; 10_000].join(".")),
    ] {
        let faults = check(&parse(&text)).unwrap_err();
        assert!(faults.iter().any(|fault| fault.rule.contains("recursion")), "{:?}", faults[0].rule);
    }
}

#[test]
fn bombs_are_refused_before_they_are_parsed() {
    let expected = ["f.toml: holds more than 100000 lines, values and separators"];
    for bomb in ["\n", "=\n", "[", "a=1\n", "[[platforms]]\n", "a."] {
        assert_eq!(headlines(&bomb.repeat(100_001)), expected, "{bomb:?}");
    }
}

#[test]
fn a_flood_of_faults_is_cut() {
    let flood: String = (0..5000).map(|n| format!("k{n} = 1\n")).collect();
    let faults = check(&parse(&format!("{flood}{TOP}{END}"))).unwrap_err();
    assert_eq!(faults.len(), 201);
    assert_eq!(faults[200].headline(), "f.toml: 4800 more faults");
}

/// Loads bytes from a file and gives the message.
fn load(bytes: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let message = match Document::load(file.path()) {
        Ok(document) => check(&document).unwrap_err()[0].headline(),
        Err(faults) => faults[0].headline(),
    };
    message.replace(&file.path().display().to_string(), "f.toml")
}

#[test]
fn files_that_are_no_scenario_are_refused_by_name() {
    assert_eq!(load(&[0xff, 0xfe, 0, 1]), "f.toml: is not UTF-8 text (first at byte 0, line 1)");
    assert_eq!(load(b"schema = 1\n\xc3("), "f.toml: is not UTF-8 text (first at byte 11, line 2)");
    let size = usize::try_from(LARGEST).unwrap();
    assert_eq!(load(&vec![b'#'; size + 1]), "f.toml: is larger than 4 MiB");
    assert_eq!(load(&vec![b'#'; size]), "f.toml:1:1: schema: missing");
    assert!(load(&[0; 100]).starts_with("f.toml:1:1: not TOML: "), "{}", load(&[0; 100]));
    let missing = Document::load(Path::new("nonesuch.toml")).unwrap_err();
    assert!(
        missing[0].headline().starts_with("nonesuch.toml: cannot be read: "),
        "{}",
        missing[0].headline()
    );
    let folder = Document::load(Path::new("tests")).unwrap_err();
    assert_eq!(folder[0].headline(), "tests: is a folder");
}

fn warnings(text: &str) -> Vec<String> {
    check(&parse(text)).unwrap_or_else(|faults| panic!("{}", faults[0])).warnings
}

#[test]
fn figures_in_another_unit_are_warned_of() {
    let target = |measure: &str, value: f64| {
        let (market, period) = (TOP.replace("days", "population = 1e6, days"), "from = 0\nto = 9");
        let head = format!(
            "{market}{END}initial = {{ share = 0.5 }}\n[[targets]]\nplatform = \"p\"\nmeasure = \"{measure}\"\n{period}\n"
        );
        warnings(&format!("{head}value = {value}\nsource = \"s\"\n"))
    };
    let expected = "targets[1].value = 182.6: less than the 10000 people whom one simulated user stands for; give \
                    people, not millions: 1.5e6 is 1.5 million";
    assert_eq!(target("mau", 182.6), [expected]);
    let expected = "targets[1].value = 2000000: more people than market.population = 1000000; raise the population \
                    or give the figure in people";
    assert_eq!(target("payers", 2e6), [expected]);
    for (measure, value) in
        [("mau", 1e6), ("payers", 1e4), ("payers", 0.0), ("arppu", 9.0), ("stickiness", 1.0)]
    {
        assert_eq!(target(measure, value), Vec::<String>::new(), "{measure} {value}");
    }
}

#[test]
fn omitted_rights_holders_are_warned_of_when_somebody_has_them() {
    let holders = ["majors", "sm", "indie"].map(|name| format!("[[rights_holders]]\nname = \"{name}\"\n"));
    let holders =
        format!("{}share = 0.5\n{}share = 0.3\n{}share = 0.2\n", holders[0], holders[1], holders[2]);
    let platforms = |p: &str, q: &str| {
        let platform = |name, licences| {
            format!("[[platforms]]\nname = \"{name}\"\nlicences = {licences}\ninitial = {{ share = 0.5 }}\n")
        };
        warnings(&format!("{TOP}{holders}{}{}", platform("p", p), platform("q", q)))
    };
    let expected = "platforms.p.licences: majors only: sm, indie are 0 here; write `sm = 0` if that is meant";
    assert_eq!(platforms("{ majors = 0.9 }", "0.5"), [expected]);
    let expected = "platforms.p.licences: majors, indie only: sm is 0 here; write `sm = 0` if that is meant";
    assert_eq!(platforms("{ majors = 0.9, indie = 0 }", "{ sm = 1, majors = 1, indie = 0 }"), [expected]);
    assert_eq!(platforms("{ majors = 0.9 }", "{ majors = 0.5 }"), Vec::<String>::new());
    assert_eq!(platforms("{ majors = 0.9, sm = 0, indie = 0 }", "0.5"), Vec::<String>::new());
}

/// Two events past a horizon that an option shortens are named, four are counted.
#[test]
fn many_warnings_of_one_kind_become_one() {
    let told = |events: usize| {
        let ban = |day| format!("[[events]]\nkind = \"exclusivity_ban\"\nday = {day}\nshare = 0.9\n");
        let events: String = (0..events).map(|index| ban(5 + index)).collect();
        let mut document = parse(&format!(
            "{TOP}[[platforms]]\nname = \"p\"\nlicences = 1\ninitial = {{ share = 1 }}\n{events}"
        ));
        document.apply(&[Patch::new("market.days", "3", "--days")]);
        check(&document).unwrap_or_else(|faults| panic!("{}", faults[0])).warnings
    };
    let one = |number: usize| format!("events[{number}]: left out, it lies past the shortened horizon");
    assert_eq!(told(2), [one(1), one(2)]);
    assert_eq!(
        told(4),
        ["events: 4 are left out, they lie past the shortened horizon; the first is events[1]"]
    );
}

fn patched(patches: &[Patch]) -> Result<ecotone::scenario::Scenario, Vec<String>> {
    let platforms = "[[platforms]]\nname = \"netease\"\nlicences = 1\npremium = { price = 9 }\n";
    let events = "[[events]]\nkind = \"exclusivity_ban\"\nlabel = \"ban\"\nday = 5\nshare = 0.9\n";
    let market = TOP.replace("days = 10", "end = \"2025-01-31\"");
    let mut document = parse(&format!("{market}{platforms}{events}"));
    document.apply(patches);
    check(&document)
        .map(|checked| checked.scenario)
        .map_err(|faults| faults.iter().map(Fault::headline).collect())
}

#[test]
fn patches_reach_every_setting() {
    let scenario = patched(&[
        Patch::new("market.users", "1e6", "--users"),
        Patch::new("market.days", "40", "--days"),
        Patch::new("run.seed", "7", "--seed"),
        Patch::number("platforms.netease.premium.price", 3.5, "sweep"),
        Patch::new("platforms.netease.basic.price", "1", "--set"),
        Patch::new("platforms[1].label", "Cloud", "--set"),
        Patch::new("events.ban.day", "6", "--set"),
        Patch::new("events[1].share", "0.5", "--set"),
        Patch::new("market.start", "2024-02-28", "--set"),
    ])
    .unwrap();
    assert_eq!((scenario.market.users, scenario.market.days, scenario.run.seed), (1_000_000, 40, 7));
    let platform = &scenario.platforms[0];
    assert_eq!(platform.premium.as_ref().unwrap().price, 3.5);
    assert_eq!(platform.basic.as_ref().unwrap().price, 1.0);
    assert_eq!(platform.label, "Cloud");
    assert_eq!(scenario.events[0].day, 6);
    assert_eq!(scenario.market.start, "2024-02-28");
}

#[test]
fn wrong_patches_name_their_option() {
    let found = patched(&[
        Patch::new("market.users", "-5", "--users"),
        Patch::new("run.seeds", "1", "--set"),
        Patch::new("platforms.neteas.alpha", "1", "--set"),
        Patch::new("events[2].share", "1", "--set"),
        Patch::new("choice.beta_s", "strong", "--set"),
    ]);
    let expected = [
        "--set: platforms.neteas.alpha = 1: no element is named `neteas`",
        "--set: events[2].share = 1: `events` has 1 elements, counted from 1",
        "--users: market.users = -5: must be >= 1 (users)",
        "--set: run.seeds: unknown setting",
        "--set: choice.beta_s = \"strong\": must be a number (nat per unit tie share), not text",
    ];
    let found: BTreeSet<String> = found.unwrap_err().into_iter().collect();
    assert_eq!(found, expected.map(str::to_owned).into());
}

#[test]
fn a_shortened_horizon_leaves_late_events_out() {
    let scenario = patched(&[Patch::new("market.days", "3", "--days")]).unwrap();
    assert_eq!(scenario.events, []);
}

/// Checks a scenario whose edge list holds these bytes.
fn edges(name: &str, bytes: &[u8]) -> Result<Vec<[u32; 2]>, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ties.txt"), bytes).unwrap();
    let text = format!("{TOP}ties = {{ kind = \"edge_list\", file = \"{name}\" }}\n{END}");
    let checked = check(&Document::parse(&text, "f.toml", folder.path()));
    checked
        .map(|checked| checked.scenario.ties.edges)
        .map_err(|faults| faults.iter().map(Fault::headline).collect())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn edge_lists_are_read_plain_and_compressed() {
    let list = b"# ties\n3 1\n\n0,2 # friends\r\n99\t0\n";
    let expected = Ok(vec![[0, 2], [0, 99], [1, 3]]);
    assert_eq!(edges("ties.txt", list), expected);
    assert_eq!(edges("./ties.txt", &gzip(list)), expected);
}

#[test]
fn bad_edges_name_their_line() {
    let found = edges("ties.txt", b"1 1\n0 100\n1 2\n2 1\n1\n1 2 3\na b\n-1 2\n").unwrap_err();
    let expected = [
        "ties.txt:1:1: 1 1: ties a user to itself",
        "ties.txt:2:1: 0 100: user 100 does not exist: numbers run from 0 to 99",
        "ties.txt:5:1: 1: must be two user numbers",
        "ties.txt:6:1: 1 2 3: must be two user numbers",
        "ties.txt:7:1: a b: must be two user numbers",
        "ties.txt:8:1: -1 2: must be two user numbers",
        "ties.txt:4:1: 1 2: the tie stands on line 3 already (ties have no direction)",
    ];
    assert_eq!(found, expected);
    let many = edges("ties.txt", "1 1\n".repeat(50).as_bytes()).unwrap_err();
    assert_eq!(many.len(), 21);
    assert_eq!(many[20], "ties.txt: 30 more faults in this file");
}

#[test]
fn one_user_may_know_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let list: String = (1..1000).map(|n| format!("0 {n}\n")).collect();
    fs::write(folder.path().join("ties.txt"), list).unwrap();
    let top = TOP.replace("100", "1000");
    let text = format!("{top}ties = {{ kind = \"edge_list\", file = \"ties.txt\" }}\n{END}");
    let checked = check(&Document::parse(&text, "f.toml", folder.path())).unwrap();
    assert_eq!(checked.scenario.ties.edges.len(), 999);
}

#[test]
fn edge_lists_cannot_leave_the_folder_or_explode() {
    let out = "leads out of the scenario's folder";
    for name in ["/etc/passwd", "../ties.txt", "a/../../ties.txt", "..\\\\ties.txt"] {
        let found = edges(name, b"").unwrap_err();
        assert!(found.len() == 1 && found[0].ends_with(out), "{found:?}");
    }
    assert!(edges("nonesuch.txt", b"").unwrap_err()[0].starts_with("nonesuch.txt: cannot be read: "));
    let bomb = edges("ties.txt", &gzip(&vec![0; 1 << 26])).unwrap_err();
    assert_eq!(bomb, ["ties.txt:1:1: the line is longer than 4096 bytes"]);
    let bomb = edges("ties.txt", &gzip(&vec![b'\n'; 1 << 26])).unwrap_err();
    assert_eq!(bomb, ["ties.txt:78287:1: more than 78286 lines for 100 users"]);
    let words = [vec![b'#'; 3000], vec![b'\n']].concat();
    let bomb = edges("ties.txt", &gzip(&words.repeat(1 << 14))).unwrap_err();
    assert!(bomb.len() == 1 && bomb[0].contains("expands to more than "), "{bomb:?}");
    assert_eq!(edges("ties.txt", b"# nobody\n").unwrap_err(), ["ties.txt: holds no tie"]);
    let flood: String = (0..99).flat_map(|a| (a + 1..100).map(move |b| format!("{a} {b}\n"))).collect();
    assert!(edges("ties.txt", flood.repeat(3).as_bytes()).unwrap_err()[0].contains("more than 12750 edges"));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_refused() {
    let (home, away) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(away.path().join("far.txt"), "0 1\n").unwrap();
    std::os::unix::fs::symlink(away.path().join("far.txt"), home.path().join("ties.txt")).unwrap();
    let text = format!("{TOP}ties = {{ kind = \"edge_list\", file = \"ties.txt\" }}\n{END}");
    let faults = check(&Document::parse(&text, "f.toml", home.path())).unwrap_err();
    assert_eq!(faults[0].headline(), "ties.txt: leads out of the scenario's folder");
}
