//! Single numbers that a study asks of every run: `retention_180:netease`, `share:tencent`, `hhi`.

use crate::scenario::fault::{nearest, suggest};
use crate::scenario::{ActivityMode, Scenario};
use crate::table::{Cells, Table, Unit};

/// How an outcome is read off the rows of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// The last defined value.
    Last,
    /// The sum of the defined values.
    Sum,
    /// The sum of the defined values over that of another column.
    Ratio(&'static str),
    /// The value at an age; the name ends in it.
    At(&'static str),
    /// The only row.
    Only,
    /// The sum over the rows of the last month, one a rival.
    LastMonth,
}

/// A kind of outcome that can be named.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeKind {
    /// Its name; `N` stands for a number of days or cycles.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Unit of the number.
    pub unit: Unit,
    table: &'static str,
    column: &'static str,
    reading: Reading,
    cohort: Option<&'static str>,
}

const fn kind(
    name: &'static str,
    title: &'static str,
    unit: Unit,
    (table, column): (&'static str, &'static str),
    reading: Reading,
) -> OutcomeKind {
    let cohort = match reading {
        Reading::At(_) => Some("all joiners"),
        _ => None,
    };
    OutcomeKind { name, title, unit, table, column, reading, cohort }
}

/// Every outcome that can be named, in the order in which it is listed.
#[rustfmt::skip]
pub const OUTCOMES: &[OutcomeKind] = &[
    kind("share", "share of platform users at the end", Unit::Share, ("activity", "share_home"), Reading::Last),
    kind("users", "users at the end", Unit::People, ("activity", "users"), Reading::Last),
    kind("mau", "monthly active users at the end", Unit::People, ("activity", "mau"), Reading::Last),
    kind("dau", "daily active users at the end", Unit::People, ("activity", "dau"), Reading::Last),
    kind("stickiness", "daily over monthly active users at the end", Unit::Ratio, ("activity", "stickiness"), Reading::Last),
    kind("payers", "payers at the end", Unit::People, ("activity", "payers"), Reading::Last),
    kind("paid_ratio", "payers over monthly active users at the end", Unit::Ratio, ("activity", "paid_ratio"), Reading::Last),
    kind("retention_N", "share still at home N days after joining", Unit::Share, ("home_survival", "survival"), Reading::At("age")),
    kind("active_N", "share active on day N after joining", Unit::Share, ("retention", "classic"), Reading::At("age")),
    kind("rolling_N", "share active on day N after joining or later", Unit::Share, ("retention", "rolling"), Reading::At("age")),
    kind("conversion_N", "share that has paid within N days of joining", Unit::Share, ("conversion", "converted"), Reading::At("age")),
    kind("members_N", "share of new members still paying at billing cycle N", Unit::Share, ("member_retention", "survival"), Reading::At("cycle")),
    kind("overlap", "share of users who use a rival too at the end", Unit::Share, ("overlap", "share_of_users"), Reading::LastMonth),
    kind("revenue", "subscription revenue over the whole run", Unit::Money, ("money", "revenue"), Reading::Sum),
    kind("arppu", "revenue per payer and month over the whole run", Unit::MoneyPerMonth, ("money", "revenue"), Reading::Ratio("payers")),
    kind("arpu", "revenue per monthly active user and month over the whole run", Unit::MoneyPerMonth, ("money", "revenue"), Reading::Ratio("mau")),
    kind("ltv", "lifetime value of a new member, observed months", Unit::Money, ("lifetime_value", "ltv_observed"), Reading::Only),
    kind("arrivals", "people who came over the whole run", Unit::People, ("flows", "arrivals"), Reading::Sum),
    kind("departures", "people who left over the whole run", Unit::People, ("flows", "departures"), Reading::Sum),
    kind("hhi", "concentration of homes (Herfindahl-Hirschman) at the end", Unit::Ratio, ("concentration", "hhi_home"), Reading::Last),
];

/// One outcome of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// As the user names it: `retention_180:netease`.
    pub name: String,
    /// What it is: *180-day …*, without the platform.
    pub title: String,
    /// Name of the platform; empty for the whole market.
    pub platform: String,
    /// Name of the audience.
    pub audience: String,
    /// Unit of the number.
    pub unit: Unit,
    table: &'static str,
    column: &'static str,
    reading: Reading,
    cohort: Option<&'static str>,
    age: i64,
}

/// Why a name is no outcome: the rule and its remedy.
pub type Misnamed = (String, String);

impl Outcome {
    /// The outcome of a name `KIND:PLATFORM` or `KIND:PLATFORM@AUDIENCE`; `hhi` stands alone.
    ///
    /// # Errors
    /// The rule that the name breaks, and its remedy.
    pub fn parse(name: &str, scenario: &Scenario) -> Result<Self, Misnamed> {
        let (rest, audience) = name.split_once('@').unwrap_or((name, "everybody"));
        let (word, platform) = rest.split_once(':').unwrap_or((rest, ""));
        let (kind, age) = find(word)?;
        check_platform(kind, word, platform, scenario)?;
        check_audience(audience, scenario)?;
        check_reach(kind, age, scenario)?;
        Ok(Self {
            name: name.to_owned(),
            title: kind.title.replacen('N', &age.to_string(), 1),
            platform: platform.to_owned(),
            audience: audience.to_owned(),
            unit: kind.unit,
            table: kind.table,
            column: kind.column,
            reading: kind.reading,
            cohort: kind.cohort,
            age,
        })
    }

    /// The same outcome of another platform.
    pub fn of(&self, platform: &str) -> Self {
        let word = self.name.split([':', '@']).next().unwrap_or_default();
        let suffix = if self.audience == "everybody" { String::new() } else { format!("@{}", self.audience) };
        Self { name: format!("{word}:{platform}{suffix}"), platform: platform.to_owned(), ..self.clone() }
    }

    /// What a run gives; NaN where it is not defined.
    pub fn read(&self, tables: &[Table]) -> f64 {
        let Some(table) = tables.iter().find(|table| table.name == self.table) else { return f64::NAN };
        let rows = self.rows(table);
        let column = table.numbers(self.column);
        let defined = || rows.iter().map(|&row| column[row]).filter(|value| !value.is_nan());
        match self.reading {
            Reading::Last => defined().next_back().unwrap_or(f64::NAN),
            Reading::Sum => defined().sum(),
            Reading::Only => defined().next().unwrap_or(f64::NAN),
            Reading::LastMonth => last_month(table, &rows, column),
            Reading::Ratio(below) => {
                let below = table.numbers(below);
                let both = || rows.iter().copied().filter(|&row| !(column[row] / below[row]).is_nan());
                let sum = |values: &[f64]| both().map(|row| values[row]).sum::<f64>();
                sum(column) / sum(below)
            }
            Reading::At(key) => {
                let ages = table.integers(key);
                rows.iter().find(|&&row| ages[row] == self.age).map_or(f64::NAN, |&row| column[row])
            }
        }
    }

    fn rows(&self, table: &Table) -> Vec<usize> {
        let mut wanted = vec![("audience", self.audience.as_str())];
        if !self.platform.is_empty() {
            wanted.push(("platform", self.platform.as_str()));
        }
        wanted.extend(self.cohort.map(|cohort| ("cohort", cohort)));
        let is_there = |(column, word): &(&str, &str)| {
            matches!(table.column(column).map(|it| &it.cells),
                Some(Cells::Text { words, .. }) if words.iter().any(|known| known == word))
        };
        if wanted.iter().all(is_there) { table.rows_where(&wanted) } else { Vec::new() }
    }
}

/// The sum of the defined values over the rows of the last month; NaN where there are none.
fn last_month(table: &Table, rows: &[usize], column: &[f64]) -> f64 {
    let Some(&last) = rows.last() else { return f64::NAN };
    let month = table.word("month", last);
    let values = rows.iter().filter(|&&row| table.word("month", row) == month).map(|&row| column[row]);
    values.filter(|value| !value.is_nan()).reduce(|sum, value| sum + value).unwrap_or(f64::NAN)
}

/// The measures that some outcomes read, each once.
pub fn tables_of(outcomes: &[Outcome]) -> Vec<&'static str> {
    let mut tables: Vec<&'static str> = outcomes.iter().map(|outcome| outcome.table).collect();
    tables.sort_unstable();
    tables.dedup();
    tables
}

/// What a study shows when nobody asked for anything: who has the users, who keeps them, who is paid.
pub fn usual(scenario: &Scenario) -> Vec<Outcome> {
    let age = [180, 90, 30, 7].into_iter().find(|&age| age < scenario.market.days).unwrap_or(1);
    let mut names = vec!["share".to_owned()];
    if age < scenario.market.days {
        names.push(format!("retention_{age}"));
    }
    if scenario.measures.activity != ActivityMode::Off {
        names.push("mau".to_owned());
    }
    let of_platform = |platform: &crate::scenario::Platform| {
        let sells = platform.basic.is_some() || platform.premium.is_some();
        let paid = sells.then(|| "payers".to_owned());
        names.iter().cloned().chain(paid).map(|word| format!("{word}:{}", platform.name)).collect::<Vec<_>>()
    };
    let all = scenario.platforms.iter().flat_map(of_platform);
    all.filter_map(|name| Outcome::parse(&name, scenario).ok()).collect()
}

/// The kind of a word, and the age at its end (0 where there is none).
fn find(word: &str) -> Result<(&'static OutcomeKind, i64), Misnamed> {
    let aged =
        word.rsplit_once('_').and_then(|(stem, age)| Some((format!("{stem}_N"), age.parse::<u32>().ok()?)));
    let exact = OUTCOMES.iter().find(|kind| kind.name == word).map(|kind| (kind, 0));
    let at_age = aged.as_ref().and_then(|(name, age)| {
        OUTCOMES.iter().find(|kind| kind.name == name).map(|kind| (kind, i64::from(*age)))
    });
    match exact.or(at_age) {
        Some((kind, 0)) if matches!(kind.reading, Reading::At(_)) && word == kind.name => {
            Err((format!("`{word}` needs a number of days or cycles"), word.replace("_N", "_90")))
        }
        Some(found) => Ok(found),
        None => {
            let known: Vec<&str> = OUTCOMES.iter().map(|kind| kind.name).collect();
            let near = nearest(word, known.iter().copied());
            let near = near.map_or(String::new(), |name| format!("did you mean `{name}`? "));
            Err((format!("no outcome is named `{word}`"), format!("{near}known: {}", known.join(", "))))
        }
    }
}

fn check_platform(
    kind: &OutcomeKind,
    word: &str,
    platform: &str,
    scenario: &Scenario,
) -> Result<(), Misnamed> {
    let known: Vec<&str> = scenario.platforms.iter().map(|platform| platform.name.as_str()).collect();
    let is_market = kind.table == "concentration";
    match (is_market, platform) {
        (true, "") => Ok(()),
        (true, _) => {
            Err((format!("`{word}` is of the whole market, not of a platform"), format!("write {word}")))
        }
        (false, "") => Err((
            format!("`{word}` needs a platform"),
            format!("write {word}:{}", known.first().copied().unwrap_or("PLATFORM")),
        )),
        (false, _) if known.contains(&platform) => Ok(()),
        _ => Err((format!("no platform is named `{platform}`"), suggest(platform, &known))),
    }
}

fn check_audience(audience: &str, scenario: &Scenario) -> Result<(), Misnamed> {
    let mut known = vec!["everybody"];
    known.extend(scenario.audiences.iter().map(|audience| audience.name.as_str()));
    if known.contains(&audience) {
        return Ok(());
    }
    Err((format!("no audience is named `{audience}`"), suggest(audience, &known)))
}

/// An age that the horizon never reaches would be undefined in every run.
fn check_reach(kind: &OutcomeKind, age: i64, scenario: &Scenario) -> Result<(), Misnamed> {
    let days = i64::from(scenario.market.days);
    let (last, what) = match kind.name {
        "members_N" => (days / 30 - 1, "billing cycle"),
        "active_N" | "rolling_N" => ((days - 1).min(i64::from(scenario.measures.retention_days)), "day"),
        _ => (days - 1, "day"),
    };
    if matches!(kind.reading, Reading::At(_)) && age > last {
        return Err((
            format!(
                "`{}` is never reached: the last {what} that this scenario can tell is {last}",
                kind.name.replacen('N', &age.to_string(), 1)
            ),
            "ask for an earlier one, or simulate more days".to_owned(),
        ));
    }
    let is_off = scenario.measures.activity == ActivityMode::Off;
    if is_off
        && matches!(
            kind.name,
            "mau" | "dau" | "stickiness" | "paid_ratio" | "arpu" | "active_N" | "rolling_N"
        )
    {
        return Err((
            format!("`{}` needs daily activity, which this scenario switches off", kind.name),
            "set measures.activity = \"panel\"".to_owned(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::simulate;
    use crate::measure::fixture::scenario;
    use crate::measure::{measure_all, measure_named};
    use crate::table::Kind;

    #[test]
    fn outcomes_are_cells_of_the_tables() {
        let mut scenario = scenario(70, 2);
        (scenario.market.users, scenario.measures.panel_users) = (400, 400);
        let tables = measure_all(&scenario, &simulate(&scenario, 0, &|_| true).unwrap());
        let name = scenario.platforms[1].name.clone();
        let read = |word: &str| Outcome::parse(&format!("{word}:{name}"), &scenario).unwrap().read(&tables);
        let activity = tables.iter().find(|table| table.name == "activity").unwrap();
        let rows = activity.rows_where(&[("platform", &name), ("audience", "everybody")]);
        assert_eq!(read("users"), activity.numbers("users")[*rows.last().unwrap()]);
        let survival = tables.iter().find(|table| table.name == "home_survival").unwrap();
        let joiners = [("platform", name.as_str()), ("audience", "everybody"), ("cohort", "all joiners")];
        let rows = survival.rows_where(&joiners);
        let row = rows.into_iter().find(|&row| survival.integers("age")[row] == 30).unwrap();
        assert_eq!(read("retention_30"), survival.numbers("survival")[row]);
        let flows = tables.iter().find(|table| table.name == "flows").unwrap();
        let rows = flows.rows_where(&[("platform", &name), ("audience", "everybody")]);
        let sum: f64 = rows.iter().map(|&row| flows.numbers("arrivals")[row]).sum();
        assert_eq!(read("arrivals"), sum);
        assert!(Outcome::parse("hhi", &scenario).unwrap().read(&tables) > 0.0);
    }

    /// Of 100 users of one platform 20 also use the second and 5 the third, so a quarter uses a rival; the month before,
    /// and the other platform's rows, do not count.
    #[test]
    fn overlap_is_with_all_rivals_in_the_last_month() {
        let text = |name| (name, Kind::Text, Unit::Label);
        let columns = [text("month"), text("platform"), text("rival"), text("audience")];
        let share = [("share_of_users", Kind::Number, Unit::Share)];
        let mut table = Table::new("overlap", "", &[&columns[..], &share[..]].concat());
        let rows =
            [("01", "a", "b", 0.9), ("02", "a", "b", 0.2), ("02", "a", "c", 0.05), ("02", "b", "a", 0.4)];
        for (month, platform, rival, value) in rows {
            table.push(&[month.into(), platform.into(), rival.into(), "everybody".into(), value.into()]);
        }
        let mut scenario = scenario(70, 2);
        scenario.platforms[0].name = "a".to_owned();
        let overlap = Outcome::parse("overlap:a", &scenario).unwrap();
        assert_eq!(overlap.read(&[table]), 0.25);
    }

    #[test]
    fn only_the_tables_that_are_read_are_needed() {
        let mut scenario = scenario(70, 2);
        (scenario.market.users, scenario.measures.panel_users) = (400, 400);
        let outcomes = usual(&scenario);
        let run = simulate(&scenario, 0, &|_| true).unwrap();
        let (few, all) =
            (measure_named(&scenario, &run, &tables_of(&outcomes)), measure_all(&scenario, &run));
        assert!(few.len() < all.len() / 4);
        for outcome in outcomes {
            assert_eq!(outcome.read(&few).to_bits(), outcome.read(&all).to_bits(), "{}", outcome.name);
        }
    }

    #[test]
    fn wrong_names_are_told_with_a_remedy() {
        let scenario = scenario(70, 2);
        let platform = &scenario.platforms[0].name;
        let cases = [
            ("shear".to_owned() + ":" + platform, "did you mean `share`"),
            ("share".to_owned(), "write share:"),
            ("share:nobody".to_owned(), "known:"),
            ("retention_N:".to_owned() + platform, "retention_90"),
            ("retention_70:".to_owned() + platform, "simulate more days"),
            ("members_2:".to_owned() + platform, "simulate more days"),
            ("hhi:".to_owned() + platform, "write hhi"),
            (format!("share:{platform}@nobody"), "everybody"),
        ];
        for (name, remedy) in cases {
            let (rule, help) = Outcome::parse(&name, &scenario).unwrap_err();
            assert!(help.contains(remedy), "{name}: {rule} / {help}");
        }
    }
}
