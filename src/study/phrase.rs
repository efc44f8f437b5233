//! What a study found, in words with intervals.

use crate::scenario::document::CONTROL;
use crate::scenario::{Effect, Event, Scenario};
use crate::study::outcome::Outcome;
use crate::table::{Table, Unit};

/// Heading of a study: the scenario's own, and what is asked of it.
pub fn heading(scenario: &Scenario, what: &str) -> String {
    let title = if scenario.title.is_empty() { &scenario.name } else { &scenario.title };
    format!("{title}: {what}")
}

/// An amount with its unit: `12.3 %`, `4.56 M`, `15.00 RMB`.
pub fn amount(scenario: &Scenario, unit: Unit, value: f64) -> String {
    match unit {
        _ if value.is_nan() => "not defined".to_owned(),
        Unit::Share | Unit::Probability => format!("{:.1} %", value * 100.0),
        Unit::People | Unit::PeopleChange | Unit::Count => scaled(value),
        Unit::Money | Unit::Balance | Unit::MoneyPerMonth => {
            format!("{} {}", scaled(value), scenario.market.currency)
        }
        _ => format!("{value:.3}"),
    }
}

/// A difference with its sign: `+1.2 points`, `-3.4 k`.
pub fn difference(scenario: &Scenario, unit: Unit, value: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    match unit {
        _ if value.is_nan() => "not defined".to_owned(),
        Unit::Share | Unit::Probability => format!("{sign}{:.2} points", value * 100.0),
        _ => format!("{sign}{}", amount(scenario, unit, value)),
    }
}

/// A difference with the ends of its interval: `+1.2 points (0.9 to 1.5)`.
pub fn difference_with_interval(scenario: &Scenario, unit: Unit, [value, low, high]: [f64; 3]) -> String {
    let point = difference(scenario, unit, value);
    if low.is_nan() || high.is_nan() {
        return point;
    }
    let bare = |end: f64| difference(scenario, unit, end).trim_end_matches(" points").to_owned();
    format!("{point} ({} to {})", bare(low), bare(high))
}

/// An outcome with its platform: *NetEase's share still at home 180 days after joining*.
pub fn outcome(scenario: &Scenario, outcome: &Outcome) -> String {
    let found = scenario.platforms.iter().find(|platform| platform.name == outcome.platform);
    let whose = whose(found.map_or("the market", |platform| platform.label.as_str()));
    let among = if outcome.audience == "everybody" {
        String::new()
    } else {
        format!(" among {}", scenario.audience_label(&outcome.audience))
    };
    format!("{whose} {}{among}", outcome.title)
}

/// A name as an owner; one that ends in s takes the apostrophe alone.
///
/// ```
/// use ecotone::study::phrase::whose;
/// assert_eq!(whose("NetEase Cloud Music"), "NetEase Cloud Music's");
/// assert_eq!(whose("Tencent's apps"), "Tencent's apps'");
/// ```
pub fn whose(name: &str) -> String {
    format!("{name}{}", if name.ends_with('s') { "'" } else { "'s" })
}

/// A treatment with what it is set against, unless that is the control: *Ties off, lost, against Ties off*.
pub fn contrast(treatment: &str, against: &str) -> String {
    if against.is_empty() || against == CONTROL {
        treatment.to_owned()
    } else {
        format!("{treatment}, against {against}")
    }
}

/// The effects of the treatments on one outcome, in one sentence: with several treatments the largest clear one and
/// how many of the others are clear. Without an interval no direction is claimed.
pub fn effects(scenario: &Scenario, asked: &Outcome, effects: &Table) -> String {
    let mut rows = effects.rows_where(&[("outcome", &asked.name)]);
    let ends = |row: usize| effects.estimate("effect", row);
    if rows.len() > 1 {
        rows.retain(|&row| !ends(row)[0].is_nan());
        rows.sort_by(|&a, &b| {
            let size = |row: usize| (is_clear(ends(row)), ends(row)[0].abs());
            let ((a_clear, a_size), (b_clear, b_size)) = (size(a), size(b));
            b_clear.cmp(&a_clear).then(b_size.total_cmp(&a_size))
        });
    }
    let what = outcome(scenario, asked);
    let Some((&first, others)) = rows.split_first() else {
        return format!("No treatment has a defined effect on {what}.");
    };
    let percent = scenario.run.confidence * 100.0;
    let how = if ends(first)[1].is_nan() {
        String::new()
    } else {
        format!(" ({percent:.0} % interval on pairs of runs that share their chance)")
    };
    let one = effect(scenario, asked, (effects, first));
    let clear = others.iter().filter(|&&row| is_clear(ends(row))).count();
    let rest = match others.len() {
        0 => String::new(),
        count if !is_clear(ends(first)) => {
            format!("; none of the {} effects on it is clear", count + 1)
        }
        1 => format!("; the other effect on it {} clear", if clear == 1 { "is" } else { "is not" }),
        count => {
            let clear = match clear {
                0 => "none is".to_owned(),
                1 => "1 is".to_owned(),
                more => format!("{more} are"),
            };
            format!(", the largest clear effect; of the other {count} effects on it {clear} clear")
        }
    };
    capital(&format!("{one}{how}{rest}."))
}

/// Whether the interval of an effect leaves out zero; without an interval nobody knows, and one without width only says that
/// pairs are too few to differ.
pub fn is_clear([value, low, high]: [f64; 3]) -> bool {
    !value.is_nan() && low < high && (low > 0.0 || high < 0.0)
}

/// The effect of one treatment in words.
fn effect(scenario: &Scenario, asked: &Outcome, (effects, row): (&Table, usize)) -> String {
    let [value, low, high] = effects.estimate("effect", row);
    let name = match (effects.word("treatment", row), effects.word("against", row)) {
        (treatment, CONTROL) => format!("“{treatment}”"),
        (treatment, against) => format!("“{treatment}”, against “{against}”,"),
    };
    let what = outcome(scenario, asked);
    let by = difference_with_interval(scenario, asked.unit, [value, low, high]);
    match () {
        () if value.is_nan() => format!("{name} has no defined effect on {what}"),
        () if [value, low, high] == [0.0; 3] => format!("{name} leaves {what} unchanged"),
        () if low.is_nan() => {
            format!("the one pair with {name} differs in {what} by {by}, which may be chance")
        }
        () if low > 0.0 => format!("{name} raises {what}: {by}"),
        () if high < 0.0 => format!("{name} lowers {what}: {by}"),
        () => format!("{name} does not clearly change {what}: {by}"),
    }
}

/// What the only treatment does to a further outcome, beside a headline that says what intervals are.
pub fn also(scenario: &Scenario, asked: &Outcome, effects: &Table) -> String {
    let rows = effects.rows_where(&[("outcome", &asked.name)]);
    rows.first()
        .map_or(String::new(), |&row| format!("{}.", capital(&effect(scenario, asked, (effects, row)))))
}

/// What a comparison of these treatments is called.
pub fn comparison(treatments: &[&str]) -> String {
    match treatments {
        [only] => format!("what “{only}” changes"),
        many => format!("what {} treatments change", many.len()),
    }
}

/// The outcome that a comparison tells first when nobody asked for one: the retention or share that the
/// treatments move most clearly, of the `treated` platform where they change one alone. Platforms that a treatment
/// closes are left out where others remain: that their users go is no finding.
pub fn clearest<'a>(
    outcomes: &'a [Outcome],
    effects: &Table,
    (closed, treated): (&[&str], Option<&str>),
) -> Option<&'a Outcome> {
    let clearness = |outcome: &Outcome| {
        let rows = effects.rows_where(&[("outcome", &outcome.name)]);
        let one = |&row: &usize| {
            let [value, low, high] = effects.estimate("effect", row);
            (value / (high - low)).abs()
        };
        rows.iter().map(one).filter(|value| value.is_finite()).fold(0.0, f64::max)
    };
    let is_open = |outcome: &&Outcome| !closed.contains(&outcome.platform.as_str());
    let is_headline =
        |outcome: &&Outcome| ["retention_", "share:"].iter().any(|word| outcome.name.starts_with(word));
    let headlines = outcomes.iter().filter(is_headline).filter(is_open);
    let rank = |outcome: &Outcome| (treated == Some(outcome.platform.as_str()), clearness(outcome));
    let found = headlines.max_by(|a, b| {
        let ((a_own, a_clear), (b_own, b_clear)) = (rank(a), rank(b));
        a_own.cmp(&b_own).then(a_clear.total_cmp(&b_clear))
    });
    found.or_else(|| outcomes.iter().find(is_open)).or(outcomes.first())
}

/// Names of the platforms that close in a scenario.
pub fn closing(scenario: &Scenario) -> Vec<&str> {
    let one = |event: &Event| match event.effect {
        Effect::Exit { platform } => Some(scenario.platforms[platform].name.as_str()),
        _ => None,
    };
    scenario.events.iter().filter_map(one).collect()
}

/// What moving each setting over its whole range does to the first outcome, in one sentence.
pub fn ranges(scenario: &Scenario, outcomes: &[Outcome], ranges: &Table) -> String {
    let Some(first) = outcomes.first() else { return String::new() };
    let percent = scenario.run.confidence * 100.0;
    let one = |row: usize| {
        let ends = ranges.estimate("effect", row);
        let clear = if ends[1] > 0.0 || ends[2] < 0.0 || ends[1].is_nan() {
            ""
        } else {
            ", not clearly different from 0"
        };
        format!(
            "{} from {} to {}: {}{clear}",
            ranges.word("setting", row),
            ranges.word("from", row),
            ranges.word("to", row),
            difference_with_interval(scenario, first.unit, ends)
        )
    };
    let rows = ranges.rows_where(&[("outcome", &first.name)]);
    let others = if rows.len() > 1 { "mean over the other settings, " } else { "" };
    let parts: Vec<String> = rows.into_iter().map(one).collect();
    let what = capital(&outcome(scenario, first));
    format!("{what} changes with {} ({others}{percent:.0} % intervals on pairs).", parts.join("; with "))
}

/// An amount with the ends of its interval.
pub fn with_interval(scenario: &Scenario, unit: Unit, [value, low, high]: [f64; 3]) -> String {
    let point = amount(scenario, unit, value);
    if low.is_nan() || high.is_nan() {
        return point;
    }
    format!("{point} ({} to {})", amount(scenario, unit, low), amount(scenario, unit, high))
}

/// Where the first outcome is lowest and highest, in one sentence.
pub fn extremes(scenario: &Scenario, outcomes: &[Outcome], summary: &Table, labels: &[&str]) -> String {
    let Some(first) = outcomes.first() else { return String::new() };
    let mean = |row: usize| summary.numbers("mean")[row];
    let mut rows = summary.rows_where(&[("outcome", &first.name)]);
    rows.retain(|&row| !mean(row).is_nan());
    rows.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)));
    let (Some(&least), Some(&most)) = (rows.first(), rows.last()) else {
        return format!("{} is defined in no trial.", capital(&outcome(scenario, first)));
    };
    let at = |row: usize| {
        let ends = summary.estimate("mean", row);
        let place = labels[summary.integers("point")[row] as usize];
        format!("{} at {place}", with_interval(scenario, first.unit, ends))
    };
    let percent = scenario.run.confidence * 100.0;
    let what = capital(&outcome(scenario, first));
    if least == most {
        return format!("{what} is {}.", at(least));
    }
    let count = rows.len();
    format!(
        "{what} is lowest with {} and highest with {}, of {count} trials ({percent:.0} % intervals over \
         replications; extremes of many trials are partly luck).",
        at(least),
        at(most)
    )
}

/// The text as a sentence begins.
///
/// ```
/// assert_eq!(ecotone::study::phrase::capital("ärger"), "Ärger");
/// ```
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Three significant digits with k, M or G; whole numbers from 1000 to 9999.
fn scaled(value: f64) -> String {
    // Bounds half a last digit early: what rounds up to the next form is written in it.
    let (scale, letter) = match value.abs() {
        size if size >= 999.5e6 => (1e9, " G"),
        size if size >= 999.5e3 => (1e6, " M"),
        size if size >= 9_999.5 => (1e3, " k"),
        _ => (1.0, ""),
    };
    let shown = value / scale;
    let digits = match shown.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    format!("{shown:.digits$}{letter}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::fixture::{scenario, scenario_with_audiences};
    use crate::table::{Cell, Kind};

    #[test]
    fn amounts_have_three_digits_and_what_rounds_up_changes_form() {
        for (value, expected) in [
            (0.0, "0.00"),
            (9.994, "9.99"),
            (9.996, "10.0"),
            (99.94, "99.9"),
            (99.96, "100"),
            (999.6, "1000"),
            (9_999.4, "9999"),
            (9_999.6, "10.0 k"),
            (999_400.0, "999 k"),
            (999_600.0, "1.00 M"),
            (182_600_000.0, "183 M"),
            (999_600_000.0, "1.00 G"),
            (-12_345.0, "-12.3 k"),
        ] {
            assert_eq!(scaled(value), expected, "{value}");
        }
    }

    #[test]
    fn units_are_written_out() {
        let scenario = scenario(10, 1);
        for (unit, value, one, other) in [
            (Unit::Share, 0.1234, "12.3 %", "+12.34 points"),
            (Unit::People, -1_500_000.0, "-1.50 M", "-1.50 M"),
            (Unit::MoneyPerMonth, 8.5, "8.50 yuan", "+8.50 yuan"),
            (Unit::Ratio, 0.1583, "0.158", "+0.158"),
            (Unit::Share, 0.0, "0.0 %", "0.00 points"),
            (Unit::Money, f64::NAN, "not defined", "not defined"),
        ] {
            assert_eq!(amount(&scenario, unit, value), one);
            assert_eq!(difference(&scenario, unit, value), other);
        }
        let share = |ends| difference_with_interval(&scenario, Unit::Share, ends);
        assert_eq!(share([0.012, -0.009, 0.033]), "+1.20 points (-0.90 to +3.30)");
        assert_eq!(share([0.012, f64::NAN, f64::NAN]), "+1.20 points");
        assert_eq!(with_interval(&scenario, Unit::Share, [0.5, 0.4, 0.6]), "50.0 % (40.0 % to 60.0 %)");
    }

    #[test]
    fn an_effect_is_claimed_only_when_its_interval_leaves_out_zero() {
        let scenario = scenario_with_audiences(10, 2);
        let asked = Outcome::parse("share:p1@pop fans", &scenario).expect("an outcome");
        let columns = [
            ("treatment", Kind::Text, Unit::Label),
            ("against", Kind::Text, Unit::Label),
            ("outcome", Kind::Text, Unit::Label),
            ("effect", Kind::Number, Unit::Ratio),
            ("effect_low", Kind::Number, Unit::Ratio),
            ("effect_high", Kind::Number, Unit::Ratio),
        ];
        let nan = f64::NAN;
        for (ends, words) in [
            ([0.02, 0.01, 0.03], "“loss” raises "),
            ([-0.02, -0.03, -0.01], "“loss” lowers "),
            ([0.02, -0.01, 0.05], "“loss” does not clearly change "),
            ([-0.02, -0.05, 0.01], "“loss” does not clearly change "),
            ([0.02, 0.0, 0.04], "“loss” does not clearly change "),
            ([0.0, 0.0, 0.0], " unchanged"),
            ([nan, nan, nan], "“loss” has no defined effect on "),
            ([0.02, nan, nan], "may be chance"),
            ([-0.02, nan, nan], "may be chance"),
        ] {
            let mut table = Table::new("effects", "", &columns);
            let name = asked.name.as_str();
            let numbers = ends.map(Cell::Number);
            table.push(&[&["loss".into(), CONTROL.into(), name.into()], &numbers[..]].concat());
            table.push(&[
                "loss".into(),
                CONTROL.into(),
                "another".into(),
                9.0.into(),
                9.0.into(),
                9.0.into(),
            ]);
            let said = effects(&scenario, &asked, &table);
            assert!(said.contains(words) && said.contains("among pop fans"), "{ends:?}: {said}");
            assert_eq!(said.contains("95 % interval"), !ends[1].is_nan(), "{said}");
        }
        let mut table = Table::new("effects", "", &columns);
        let name = asked.name.as_str();
        table.push(&["both".into(), "ties off".into(), name.into(), 0.2.into(), 0.1.into(), 0.3.into()]);
        let said = effects(&scenario, &asked, &table);
        assert!(said.starts_with("“both”, against “ties off”, raises "), "{said}");
    }

    #[test]
    fn of_many_effects_the_largest_clear_one_is_told_and_the_others_are_counted() {
        let scenario = scenario(10, 2);
        let asked = Outcome::parse("share:p1", &scenario).expect("an outcome");
        let text = |name| (name, Kind::Text, Unit::Label);
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let columns = [
            text("treatment"),
            text("against"),
            text("outcome"),
            number("effect"),
            number("effect_low"),
            number("effect_high"),
        ];
        let said = |rows: &[(&str, [f64; 3])]| {
            let mut table = Table::new("effects", "", &columns);
            for (name, ends) in rows {
                let words: [Cell; 3] = [(*name).into(), CONTROL.into(), "share:p1".into()];
                table.push(&[&words[..], &ends.map(Cell::Number)[..]].concat());
            }
            effects(&scenario, &asked, &table)
        };
        let vague = ("vague", [0.5, -0.1, 1.1]);
        let (small, large) = (("small", [0.01, 0.005, 0.015]), ("large", [-0.2, -0.3, -0.1]));
        let many = said(&[vague, small, large, ("undefined", [f64::NAN; 3])]);
        assert!(
            many.starts_with("“large” lowers ") && many.ends_with("of the other 2 effects on it 1 is clear."),
            "{many}"
        );
        let none = said(&[vague, ("less", [0.1, -0.1, 0.3])]);
        assert!(
            none.starts_with("“vague” does not clearly change ")
                && none.contains("none of the 2 effects on it is clear"),
            "{none}"
        );
        assert!(said(&[]).starts_with("No treatment has a defined effect on "));
    }

    #[test]
    fn a_closed_platform_does_not_head_a_comparison() {
        let scenario = scenario(10, 2);
        let asked = ["share:p1", "share:p2"].map(|name| Outcome::parse(name, &scenario).expect("an outcome"));
        let text = |name| (name, Kind::Text, Unit::Label);
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let columns = [text("outcome"), number("effect"), number("effect_low"), number("effect_high")];
        let mut table = Table::new("effects", "", &columns);
        table.push(&["share:p1".into(), (-0.5).into(), (-0.51).into(), (-0.49).into()]);
        table.push(&["share:p2".into(), 0.1.into(), 0.0.into(), 0.2.into()]);
        let name =
            |closed: &[&str], treated| clearest(&asked, &table, (closed, treated)).map(|it| it.name.as_str());
        assert_eq!(
            [name(&[], None), name(&["p1"], None), name(&["p1", "p2"], None), name(&[], Some("p2"))],
            [Some("share:p1"), Some("share:p2"), Some("share:p1"), Some("share:p2")]
        );
    }

    #[test]
    fn extremes_are_those_of_the_first_outcome() {
        let scenario = scenario(10, 2);
        let asked = ["share:p1", "share:p2"].map(|name| Outcome::parse(name, &scenario).expect("an outcome"));
        let number = |name| (name, Kind::Number, Unit::Ratio);
        let columns = [
            ("point", Kind::Integer, Unit::Count),
            ("outcome", Kind::Text, Unit::Label),
            number("mean"),
            number("mean_low"),
            number("mean_high"),
        ];
        let mut table = Table::new("summary", "", &columns);
        let nan = f64::NAN;
        for (point, mean, other) in [(0_i64, 0.3, 0.0), (1, nan, 0.9), (2, 0.6, 0.1), (3, 0.2, 0.5)] {
            table.push(&[point.into(), "share:p1".into(), mean.into(), nan.into(), nan.into()]);
            table.push(&[point.into(), "share:p2".into(), other.into(), nan.into(), nan.into()]);
        }
        let said = extremes(&scenario, &asked, &table, &["a", "b", "c", "d"]);
        assert!(said.contains("lowest with 20.0 % at d and highest with 60.0 % at c, of 3 trials"), "{said}");
        let none = extremes(&scenario, &asked, &Table::new("summary", "", &columns), &[]);
        assert!(none.contains("defined in no trial"), "{none}");
    }
}
