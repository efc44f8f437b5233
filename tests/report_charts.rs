//! What single charts of a run promise: their numbers, and that they stay away where they say nothing.

use crate::report::{copy_rows, fill_numbers, keep_rows};
use crate::report_story::Invented;
use ecotone::report::chart::sheet::{Anchor, Shape, Sheet};
use ecotone::report::chart::{CHARTS, render_svg, shown};
use ecotone::report::summary;
use ecotone::scenario::Audience;
use ecotone::table::Cells;

const PLAIN: [&str; 2] = ["Alpha", "Beta"];

fn sheet(name: &str, invented: &Invented) -> Sheet {
    (CHARTS.iter().find(|chart| chart.name == name).unwrap().draw)(&invented.story())
}

fn sheet_svg(name: &str) -> String {
    let chart = CHARTS.iter().find(|chart| chart.name == name).unwrap();
    render_svg(chart, &Invented::new(&PLAIN, 20).story()).unwrap()
}

/// What a pointer reads at the first place whose name holds all of these words.
fn value(sheet: &Sheet, words: &[&str]) -> String {
    let found = sheet.facts.spots.iter().find(|spot| words.iter().all(|word| spot.what.contains(word)));
    found.unwrap_or_else(|| panic!("{words:?}: {:?}", sheet.facts.spots)).value.clone()
}

/// The charts that a story shows after these columns of a table were filled with a number.
fn shown_with(table: &str, columns: &str, number: f64) -> Vec<&'static str> {
    let mut invented = Invented::new(&PLAIN, 20);
    let table = invented.tables.iter_mut().find(|it| it.name == table).unwrap();
    for column in table.columns.iter_mut().filter(|column| column.name.starts_with(columns)) {
        if let Cells::Number(values) = &mut column.cells {
            values.fill(number);
        }
    }
    shown(&invented.story()).into_iter().map(|chart| chart.name).collect()
}

#[test]
fn charts_with_nothing_to_say_stay_away() {
    let cases = [
        ("reasons", "moves", 0.0, &["reasons"][..]),
        ("overlap", "shared", 0.0, &["overlap", "second_homes"]),
        ("profit", "cost_", 0.0, &["profit"]),
        ("originals_breakeven", "share_needed", f64::NAN, &["originals_breakeven"]),
        ("coexistence", "alpha", f64::NAN, &["coexistence"]),
        ("gratifications", "superiority", f64::NAN, &["gratifications"]),
        ("nps_proxy", "nps", f64::NAN, &["promoters"]),
        ("budget_returns", "roi", f64::NAN, &["budget_returns"]),
        ("entrant_success", "success", f64::NAN, &["entrant_success"]),
        ("audience_niche", "pianka", f64::NAN, &["audience_niche"]),
    ];
    let all = shown_with("targets", "no column", 0.0);
    for (table, columns, number, absent) in cases {
        assert!(
            absent.iter().all(|name| all.contains(name)),
            "{absent:?} are drawn where they say something"
        );
        let left = shown_with(table, columns, number);
        assert!(absent.iter().all(|name| !left.contains(name)), "{table}: {left:?}");
        assert_eq!(left.len() + absent.len(), all.len(), "{table}: only its own charts go");
    }
    let mut empty = Invented::new(&PLAIN, 20);
    empty.tables.iter_mut().for_each(|table| keep_rows(table, 0));
    let left: Vec<&str> = shown(&empty.story()).into_iter().map(|chart| chart.name).collect();
    for (_, _, _, absent) in cases {
        assert!(absent.iter().all(|name| !left.contains(name)), "{left:?}");
    }
}

/// The invented table: those who leave Alpha for a rival gain 1.2 nats of catalogue, within 10 %; size counts for nothing.
#[test]
fn reasons_are_told_in_words_with_their_intervals() {
    let sheet = sheet("reasons", &Invented::new(&PLAIN, 20));
    assert_eq!(value(&sheet, &["switched from Alpha", "catalogue"]), "+1.20 (+1.08 to +1.32)");
    assert_eq!(value(&sheet, &["switched from Beta", "friends and ties"]), "-0.40 (-0.36 to -0.44)");
    assert!(sheet.facts.spots.iter().all(|spot| !spot.what.contains("sheer size")));
    assert_eq!(
        sheet.title,
        "Luck apart, catalogue pulled most on those who switched from Alpha, community content on those who switched from Beta"
    );
}

/// 17.2 million of 200 and of 100 million, in halves because each of two platforms shares with one rival.
#[test]
fn overlap_is_told_on_both_bases_and_reach_counts_once() {
    let sheet = sheet("overlap", &Invented::new(&PLAIN, 20));
    assert_eq!(
        sheet.title,
        "4.3\u{202f}% of Alpha's users also use Beta; of Beta's users, 8.6\u{202f}% also use Alpha"
    );
    assert!(value(&sheet, &["Alpha + Beta"]).starts_with("291 million ("), "200 + 100 - 8.6");
    assert!(value(&sheet, &["Beta's users", "no other"]).starts_with("91.4\u{202f}%"));
}

/// A title read *Tencent's apps's users*.
#[test]
fn a_name_that_ends_in_s_owns_with_an_apostrophe_alone() {
    let invented = Invented::new(&["Tencent's apps", "Beta"], 20);
    assert_eq!(
        sheet("overlap", &invented).title,
        "4.3\u{202f}% of Tencent's apps' users also use Beta; of Beta's users, 8.6\u{202f}% also use Tencent's apps"
    );
    for chart in CHARTS {
        let sheet = (chart.draw)(&invented.story());
        let spots = sheet.facts.spots.iter().map(|spot| &spot.what);
        for text in spots.chain([&sheet.title, &sheet.subtitle]) {
            assert!(!text.contains("s's"), "{}: {text}", chart.name);
        }
    }
}

/// January 2021, Alpha: 100 + 20 - 60 - 10 - 10 - 0 - 15 - 5 = 20 million.
#[test]
fn profit_is_read_beside_what_it_is_made_of() {
    let sheet = sheet("profit", &Invented::new(&PLAIN, 20));
    let read = |series: &str| {
        let number = sheet.facts.series.iter().position(|(name, _)| name == series).unwrap();
        let probe = &sheet.facts.probes[0];
        let track = probe.tracks.iter().find(|track| track.series == number).unwrap();
        (probe.stops[0].1.clone(), track.readings[0].clone().unwrap().1)
    };
    let (month, profit) = read("profit");
    assert_eq!(month, "2021-01");
    assert!(profit.starts_with("20.0 million\u{a0}CNY ("), "{profit}");
    assert_eq!(read("licences").1, "-60.0 million\u{a0}CNY");
    assert!(sheet.facts.is_divided(), "every part can be hidden");
}

/// Sizes alone 0.8 and 0.4, overlaps 0.7 and 0.8: pressures 0.7 * 0.4 / 0.8 and 0.8 * 0.8 / 0.4.
#[test]
fn a_pair_stands_where_its_pressures_are() {
    let sheet = sheet("coexistence", &Invented::new(&PLAIN, 20));
    assert_eq!(value(&sheet, &["Alpha · Beta"]), "Alpha displaces Beta; pressures 0.35 and 1.60");
    assert_eq!(sheet.title, "Alpha leaves Beta no room");
}

/// Superiority in music: 0.45 + 3 / 8 for Alpha, so that nobody may score Beta higher: 0.45 - 3 / 8.
#[test]
fn who_serves_a_want_better_fills_the_bar() {
    let sheet = sheet("gratifications", &Invented::new(&PLAIN, 1));
    assert_eq!(value(&sheet, &["music", "Alpha serves better"]), "82.5\u{202f}%");
    assert_eq!(value(&sheet, &["music", "Beta serves better"]), "7.5\u{202f}%");
    assert_eq!(value(&sheet, &["music", "no difference"]), "10.0\u{202f}%");
    assert_eq!(value(&sheet, &["Alpha", "company", "breadth"]), "80.0\u{202f}%");
}

/// The invented table: there at the end in 70 % of replications, in 10 % once, in 20 % never; 1 March is day 59.
#[test]
fn an_entrant_is_split_by_how_far_it_came() {
    let sheet = sheet("entrant_success", &Invented::new(&PLAIN, 20));
    assert_eq!(
        value(&sheet, &["Alpha", "5\u{202f}% or more at the end"]),
        "70.0\u{202f}% (63\u{202f}% to 77\u{202f}%)"
    );
    assert_eq!(value(&sheet, &["Alpha", "once, and fell back"]), "10.0\u{202f}%");
    assert_eq!(value(&sheet, &["Alpha", "never"]), "20.0\u{202f}%");
    assert_eq!(
        sheet.title,
        "In 70\u{202f}% of the replications, Alpha ends with 5\u{202f}% of platform users or more"
    );
    let svg = sheet_svg("entrant_success");
    assert!(svg.contains("enters 2021-03-01, ends with 6.2\u{202f}%"));
    assert!(
        svg.contains("70\u{202f}% succeed")
            && svg.contains("63\u{202f}% to 77\u{202f}%; 95\u{202f}% survive")
    );
}

/// Alpha's community returns .5 at the first review and half as much again, .75, at the second; Beta everywhere 1 less.
#[test]
fn returns_on_a_budget_are_read_at_the_dates_of_its_reviews() {
    let sheet = sheet("budget_returns", &Invented::new(&PLAIN, 20));
    assert_eq!(
        sheet.title,
        "At the last review a CNY more pays best as Alpha's community: it brings back 1.75\u{a0}CNY"
    );
    let probe = &sheet.facts.probes[0];
    let stops: Vec<&str> = probe.stops.iter().map(|stop| stop.1.as_str()).collect();
    assert_eq!(stops, ["2021-04-01", "2021-06-30"]);
    let read = |probe: usize, lever: &str, stop: usize| {
        let series = sheet.facts.known(lever).unwrap();
        let tracks = &sheet.facts.probes[probe].tracks;
        tracks.iter().find(|track| track.series == series).unwrap().readings[stop].clone().unwrap().1
    };
    assert_eq!(read(0, "community", 0), "+0.50 (+0.45 to +0.55)");
    assert_eq!(read(1, "licences", 1), "40.0\u{202f}% (36.0\u{202f}% to 44.0\u{202f}%)");
    assert_eq!(read(2, "marketing", 0), "-0.90 (-0.81 to -0.99)");
}

/// Alpha spreads over 1.6 of its audiences; Beta, on one alone, presses it with .4, and is pressed with .25.
#[test]
fn audiences_are_told_by_breadth_overlap_and_pressure() {
    let sheet = sheet("audience_niche", &Invented::new(&PLAIN, 20));
    assert_eq!(value(&sheet, &["Alpha → Alpha"]), "1.60 · audiences");
    assert_eq!(value(&sheet, &["Beta → Beta"]), "1.00 · audiences");
    assert_eq!(value(&sheet, &["Alpha → Beta"]), "32.0\u{202f}% · pressure 0.40");
    assert_eq!(value(&sheet, &["Beta → Alpha"]), "32.0\u{202f}% · pressure 0.25");
    assert_eq!(sheet.title, "By audience, Alpha and Beta share 32.0\u{202f}% of their niche");
}

#[test]
fn monstrous_money_is_drawn_inside_the_sheet() {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.tables.iter_mut().for_each(|table| fill_numbers(table, f64::MAX));
    for name in ["profit", "reasons", "overlap", "coexistence"] {
        let sheet = sheet(name, &invented);
        for shape in &sheet.shapes {
            if let ecotone::report::chart::sheet::Shape::Fill { points, .. } = shape {
                let is_on_paper = |&(x, _): &(f64, f64)| !x.is_finite() || (-1.0..=961.0).contains(&x);
                assert!(points.iter().all(is_on_paper), "{name}: {points:?}");
            }
        }
    }
}

/// Two long names that begin alike are cut where they do not differ, in titles, rows and keys.
#[test]
fn names_that_begin_alike_stay_apart() {
    let names =
        ["NetEase Cloud Music International (catalogue)", "NetEase Cloud Music International (community)"];
    let invented = Invented::new(&names, 20);
    let mut cut = 0;
    for chart in CHARTS {
        let sheet = (chart.draw)(&invented.story());
        for text in sheet.title.split("NetEase").skip(1).filter(|text| text.contains('…')) {
            assert!(text.contains("(cat") || text.contains("(com"), "{}: {}", chart.name, sheet.title);
            cut += 1;
        }
    }
    assert!(cut > 9, "{cut} names were cut in titles");
    for (chart, opening) in
        [("promoters", "NetEase"), ("causes_of_leaving", "NetEase"), ("causes_of_leaving", "switched to")]
    {
        let sheet = sheet(chart, &invented);
        let texts = sheet.shapes.iter().filter_map(|shape| match shape {
            // Smaller than a title, whose second line may begin with a name.
            Shape::Text(text) if text.text.starts_with(opening) && text.size < 15.0 => {
                Some(text.text.as_str())
            }
            _ => None,
        });
        let texts: Vec<&str> = texts.collect();
        assert!(texts.len() == 2 && texts[0] != texts[1], "{chart}: {texts:?}");
    }
}

/// Declares an audience and tells of it what is told of everybody, numbers multiplied by `factor`.
fn add_audience(invented: &mut Invented, name: &str, label: &str, factor: f64) {
    for table in invented.tables.iter_mut().filter(|table| table.column("audience").is_some()) {
        copy_rows(table, "audience", ("everybody", name), factor);
    }
    let (name, label) = (name.to_owned(), label.to_owned());
    invented.scenario.audiences.push(Audience { name, label, genre: 0, min_weight: None });
}

/// Labels of the levels of a chart's vertical axes.
fn levels(sheet: &Sheet) -> Vec<String> {
    let texts = sheet.shapes.iter().filter_map(|shape| match shape {
        Shape::Text(text) if text.anchor == Anchor::End => Some(text.text.clone()),
        _ => None,
    });
    texts.collect()
}

/// Half the share is half the height beside an audience that has the whole; people are scaled by what there is.
#[test]
fn shares_of_audiences_stand_on_one_scale() {
    let mut invented = Invented::new(&PLAIN, 20);
    add_audience(&mut invented, "all", "All", 1.0);
    add_audience(&mut invented, "few", "Few", 0.3);
    for (chart, is_shared) in [
        ("home_survival_by_audience", true),
        ("conversion_by_audience", true),
        ("share_by_audience", true),
        ("paid_ratio_by_audience", true),
        ("monthly_active_by_audience", false),
        ("revenue_by_audience", false),
    ] {
        let levels = levels(&sheet(chart, &invented));
        let (left, right) = levels.split_at(levels.len() / 2);
        assert!(left.len() > 2, "{chart}: {levels:?}");
        assert_eq!(left == right, is_shared, "{chart}: {levels:?}");
    }
}

/// An audience is drawn and listed by its label; tables keep its name.
#[test]
fn audiences_are_shown_by_their_labels() {
    let mut invented = Invented::new(&PLAIN, 20);
    add_audience(&mut invented, "kpop_fans", "K-pop & <i>others</i>", 1.0);
    let by_audience: Vec<_> = CHARTS.iter().filter(|chart| chart.name.ends_with("_by_audience")).collect();
    assert_eq!(by_audience.len(), 6);
    for chart in by_audience {
        let svg = render_svg(chart, &invented.story()).unwrap();
        assert!(svg.contains("K-pop &amp; &lt;i&gt;others"), "{}", chart.name);
        assert!(!svg.contains("kpop_fans") && !svg.contains("<i>"), "{}", chart.name);
    }
    let fits = summary::tables(&invented.story());
    let fits = format!("{fits:?}");
    assert!(fits.contains("K-pop & <i>others</i>") && !fits.contains("kpop_fans"), "{fits}");
}

/// The invented market of 1,096 days ends on 1 January 2024, so that the last of its months is one day.
#[test]
fn sums_by_month_are_drawn_of_whole_months_only() {
    let note = "Months that are not whole are left out.";
    let last = |sheet: &Sheet| sheet.facts.probes[0].stops.last().unwrap().1.clone();
    for name in ["revenue", "arppu", "profit"] {
        let mut invented = Invented::new(&PLAIN, 20);
        let cut = sheet(name, &invented);
        assert_eq!(last(&cut), "2023-12", "{name}");
        assert!(cut.subtitle.contains(note), "{name}: {}", cut.subtitle);
        invented.scenario.market.days = 1095;
        let whole = sheet(name, &invented);
        assert_eq!(last(&whole), "2023-12", "{name}");
        assert!(!whole.subtitle.contains(note), "{name}: {}", whole.subtitle);
        // Within a single month there is nothing better to show.
        invented.scenario.market.days = 20;
        let short = sheet(name, &invented);
        assert_eq!(last(&short), "2021-01", "{name}");
        assert!(!short.subtitle.contains(note), "{name}: {}", short.subtitle);
    }
}

/// Each month is a level stretch: January 2021 begins at the axis, December 2023 ends where it ends.
#[test]
fn steps_reach_the_ends_of_their_months() {
    for name in ["revenue", "arppu"] {
        let sheet = sheet(name, &Invented::new(&PLAIN, 20));
        let plot = sheet.facts.probes[0].plot;
        let long = sheet.shapes.iter().filter_map(|shape| match shape {
            Shape::Line { points, .. } if points.len() > 60 => {
                Some((points[0].0, points[points.len() - 1].0))
            }
            _ => None,
        });
        let ends: Vec<(f64, f64)> = long.collect();
        assert_eq!(ends.len(), 2, "{name}");
        for (first, last) in ends {
            let day = (plot.right - plot.left) / 1095.0;
            assert!((first - plot.left).abs() < 1.5 * day, "{name}: {first} {plot:?}");
            assert!((last - plot.right).abs() < 1.5 * day, "{name}: {last} {plot:?}");
        }
    }
}

/// Without a whole month there are only sums over days, and the chart says so.
#[test]
fn a_month_that_is_not_whole_is_named() {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.scenario.market.days = 20;
    for name in ["revenue", "arppu", "profit"] {
        let subtitle = sheet(name, &invented).subtitle;
        assert!(subtitle.contains("No month was simulated whole"), "{name}: {subtitle}");
    }
}

/// Windows of 30 days need 30 days; a shorter run says that, not that nobody was active.
#[test]
fn a_run_shorter_than_the_window_says_so() {
    let mut invented = Invented::new(&PLAIN, 20);
    invented.scenario.market.days = 5;
    invented
        .tables
        .iter_mut()
        .filter(|table| table.name == "activity")
        .for_each(|table| fill_numbers(table, f64::NAN));
    for chart in CHARTS.iter().filter(|chart| ["stickiness", "paid_ratio"].contains(&chart.name)) {
        let svg = render_svg(chart, &invented.story()).unwrap();
        assert!(svg.contains("the run is shorter than the 30 days"), "{}", chart.name);
    }
}

/// Wants that are satisfied alike have no first, and scores that differ by nothing serve nobody better.
#[test]
fn equal_offers_are_not_ranked() {
    let mut invented = Invented::new(&PLAIN, 20);
    let table = invented.tables.iter_mut().find(|table| table.name == "gratifications").unwrap();
    for column in &mut table.columns {
        if let Cells::Number(values) = &mut column.cells {
            let number = if column.name.starts_with("breadth") { 0.35 } else { 0.001 };
            values.fill(number);
        }
    }
    let sheet = sheet("gratifications", &invented);
    assert_eq!(sheet.title, "All wants weighed alike, platforms satisfy 35\u{202f}% of them at most");
    assert_eq!(value(&sheet, &["music", "no difference"]), "100.0\u{202f}%");
}

/// Alpha's profit is 20 million and 1.1 x 2 million more each month. The 37th month, of one day, is not drawn, but what it
/// brings counts: 37 x 20 + (0 + 1 + ... + 36) x 2.2 = 2,205 million.
#[test]
fn what_is_left_over_the_run_counts_every_month() {
    let title = sheet("profit", &Invented::new(&PLAIN, 20)).title;
    assert!(title.starts_with("Over the run Alpha earns 2.21 billion\u{a0}CNY"), "{title}");
}

/// Curves by audience need audiences, what is sold needs a plan, niches need genres, a verdict needs a figure.
#[test]
fn charts_whose_subject_the_scenario_lacks_stay_away() {
    let mut invented = Invented::new(&PLAIN, 20);
    let names = |invented: &Invented| -> Vec<&'static str> {
        shown(&invented.story()).into_iter().map(|chart| chart.name).collect()
    };
    let few = names(&invented);
    assert!(few.iter().all(|name| !name.ends_with("_by_audience")), "{few:?}");
    let (name, label) = ("fans".to_owned(), "fans".to_owned());
    invented.scenario.audiences.push(Audience { name, label, genre: 0, min_weight: None });
    let all = names(&invented);
    assert_eq!(all.iter().filter(|name| name.ends_with("_by_audience")).count(), 6, "{all:?}");
    for platform in &mut invented.scenario.platforms {
        (platform.basic, platform.premium) = (None, None);
    }
    invented.scenario.events.clear();
    let unpaid = names(&invented);
    let gone: Vec<&&str> = all.iter().filter(|name| !unpaid.contains(name)).collect();
    for name in
        ["conversion", "paid_ratio", "revenue", "arppu", "revenue_by_audience", "paid_ratio_by_audience"]
    {
        assert!(gone.contains(&&name), "{name}: {gone:?}");
    }
    assert!(
        ["share", "share_by_audience", "home_survival"].iter().all(|name| unpaid.contains(name)),
        "{unpaid:?}"
    );
    invented.scenario.genres.truncate(1);
    invented.scenario.targets.clear();
    let plain = names(&invented);
    assert!(["niche_map", "niche_overlap", "targets"].iter().all(|name| !plain.contains(name)), "{plain:?}");
}
