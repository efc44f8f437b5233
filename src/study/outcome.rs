//! Single numbers that a study asks of every run: `retention_180:netease`, `share:tencent`, `hhi`.

use crate::scenario::{ActivityMode, Scenario};
use crate::table::{Cells, Table, Unit};

mod naming;

use naming::{check_audience, check_platform, check_reach, find};

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
    /// The first value of an age at which at most one half is left; not defined where more is left to the end.
    Half(&'static str),
    /// The only row.
    Only,
    /// The sum of the last twelve rows; not defined if one of them is not.
    Year,
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
        Reading::At(_) | Reading::Half(_) => Some("all joiners"),
        _ => None,
    };
    OutcomeKind { name, title, unit, table, column, reading, cohort }
}

/// Every outcome that can be named, in the order in which it is listed.
#[rustfmt::skip]
pub const OUTCOMES: &[OutcomeKind] = &[
    kind("share", "share of platform users at the end", Unit::Share, ("activity", "share_home"), Reading::Last),
    kind("mau_share", "share of monthly active users at the end", Unit::Share, ("activity", "share_mau"), Reading::Last),
    kind("users", "users at the end", Unit::People, ("activity", "users"), Reading::Last),
    kind("mau", "monthly active users at the end", Unit::People, ("activity", "mau"), Reading::Last),
    kind("dau", "daily active users at the end", Unit::People, ("activity", "dau"), Reading::Last),
    kind("stickiness", "daily over monthly active users at the end", Unit::Ratio, ("activity", "stickiness"), Reading::Last),
    kind("payers", "payers at the end", Unit::People, ("activity", "payers"), Reading::Last),
    kind("paid_ratio", "payers over monthly active users at the end", Unit::Ratio, ("activity", "paid_ratio"), Reading::Last),
    kind("retention_N", "share still at home N days after joining", Unit::Share, ("home_survival", "survival"), Reading::At("age")),
    kind("median_stay", "days after joining until half have left", Unit::Days, ("home_survival", "survival"), Reading::Half("age")),
    kind("active_N", "share active on day N after joining", Unit::Share, ("retention", "classic"), Reading::At("age")),
    kind("rolling_N", "share active on day N after joining or later", Unit::Share, ("retention", "rolling"), Reading::At("age")),
    kind("conversion_N", "share that has paid within N days of joining", Unit::Share, ("conversion", "converted"), Reading::At("age")),
    kind("members_N", "share of new members still paying at billing cycle N", Unit::Share, ("member_retention", "survival"), Reading::At("cycle")),
    kind("revenue", "subscription revenue over the whole run", Unit::Money, ("money", "revenue"), Reading::Sum),
    kind("arppu", "revenue per payer and month over the whole run", Unit::MoneyPerMonth, ("money", "revenue"), Reading::Ratio("payers")),
    kind("arpu", "revenue per monthly active user and month over the whole run", Unit::MoneyPerMonth, ("money", "revenue"), Reading::Ratio("mau")),
    kind("profit", "profit of the last 12 calendar months, as far as simulated", Unit::Balance, ("profit", "profit"), Reading::Year),
    kind("ltv", "lifetime value of a new member, observed months", Unit::Money, ("lifetime_value", "ltv_observed"), Reading::Only),
    kind("arrivals", "people who came over the whole run", Unit::People, ("flows", "arrivals"), Reading::Sum),
    kind("departures", "people who left over the whole run", Unit::People, ("flows", "departures"), Reading::Sum),
    kind("overlap", "share of the users at the end who use another platform too", Unit::Share, ("overlap", "share_elsewhere"), Reading::Last),
    kind("nps", "residents who would surely stay less those who might not, at the end", Unit::Score, ("nps_proxy", "nps"), Reading::Only),
    kind("success", "probability that the entrant holds measures.success_share at the horizon", Unit::Probability, ("entrant_success", "success"), Reading::Only),
    kind("hhi", "concentration of homes (Herfindahl-Hirschman) at the end", Unit::Ratio, ("concentration", "hhi_home"), Reading::Last),
];

/// Tables that tell of everybody only.
const WITHOUT_AUDIENCES: [&str; 2] = ["profit", "entrant_success"];

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
        check_audience((kind, word), audience, scenario)?;
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
            Reading::Year if rows.is_empty() => f64::NAN,
            Reading::Year => rows.iter().rev().take(12).map(|&row| column[row]).sum(),
            Reading::Ratio(below) => {
                let below = table.numbers(below);
                let both = || rows.iter().copied().filter(|&row| !(column[row] / below[row]).is_nan());
                let sum = |values: &[f64]| both().map(|row| values[row]).sum::<f64>();
                sum(column) / sum(below)
            }
            Reading::Half(key) => {
                let half = rows.iter().find(|&&row| column[row] <= 0.5);
                half.map_or(f64::NAN, |&row| table.integers(key)[row] as f64)
            }
            Reading::At(key) => {
                let ages = table.integers(key);
                rows.iter().find(|&&row| ages[row] == self.age).map_or(f64::NAN, |&row| column[row])
            }
        }
    }

    fn rows(&self, table: &Table) -> Vec<usize> {
        let mut wanted = Vec::new();
        if !WITHOUT_AUDIENCES.contains(&self.table) {
            wanted.push(("audience", self.audience.as_str()));
        }
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

/// The measures that some outcomes read, each once.
pub fn tables_of(outcomes: &[Outcome]) -> Vec<&'static str> {
    let mut tables: Vec<&'static str> = outcomes.iter().map(|outcome| outcome.table).collect();
    tables.sort_unstable();
    tables.dedup();
    tables
}

/// What a study shows when nobody asked for anything: who has the users, who keeps them, who is paid, and what.
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
        let paid = ["payers", "revenue"].map(str::to_owned).into_iter().filter(|_| sells);
        names.iter().cloned().chain(paid).map(|word| format!("{word}:{}", platform.name)).collect::<Vec<_>>()
    };
    let all = scenario.platforms.iter().flat_map(of_platform);
    all.filter_map(|name| Outcome::parse(&name, scenario).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::simulate;
    use crate::measure::fixture::scenario;
    use crate::measure::{measure_all, measure_named};
    use crate::scenario::{Effect, Event};
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

    /// Rows of a table by hand: month or day, then a value of p1.
    fn written(name: &str, columns: &[(&str, Unit)], values: &[f64]) -> Table {
        let mut shape = vec![("month", Kind::Text, Unit::Date), ("platform", Kind::Text, Unit::Label)];
        shape.push(("audience", Kind::Text, Unit::Label));
        shape.extend(columns.iter().map(|&(column, unit)| (column, Kind::Number, unit)));
        let mut table = Table::new(name, "", &shape);
        for (month, &value) in values.iter().enumerate() {
            table.push(&[(&format!("{month}")).into(), "p1".into(), "everybody".into(), value.into()]);
        }
        table
    }

    #[test]
    fn a_year_of_profit_is_its_last_twelve_months() {
        let scenario = scenario(70, 2);
        let profit = Outcome::parse("profit:p1", &scenario).unwrap();
        let of = |values: &[f64]| profit.read(&[written("profit", &[("profit", Unit::Balance)], values)]);
        // 2 + 3 + … + 13.
        assert_eq!(of(&(0..14).map(f64::from).collect::<Vec<_>>()), 90.0);
        assert_eq!(of(&[1.0, -3.0]), -2.0);
        assert!(of(&[1.0, f64::NAN]).is_nan() && of(&[]).is_nan());
    }

    #[test]
    fn overlap_score_and_share_are_those_of_the_end() {
        let scenario = scenario(70, 2);
        let read = |word: &str, table: Table| Outcome::parse(word, &scenario).unwrap().read(&[table]);
        let share = |name, column| written(name, &[(column, Unit::Share)], &[0.1, 0.3]);
        assert_eq!(read("overlap:p1", share("overlap", "share_elsewhere")), 0.3);
        assert_eq!(read("mau_share:p1", share("activity", "share_mau")), 0.3);
        assert_eq!(read("nps:p1", written("nps_proxy", &[("nps", Unit::Ratio)], &[-0.2])), -0.2);
    }

    #[test]
    fn only_entrants_succeed() {
        let mut scenario = scenario(70, 2);
        let (rule, _) = Outcome::parse("success:p2", &scenario).unwrap_err();
        assert!(rule.contains("does not enter"), "{rule}");
        let label = String::new();
        scenario.events.push(Event { day: 9, label, effect: Effect::Entry { platform: 1 } });
        let success = Outcome::parse("success:p2", &scenario).unwrap();
        let run = simulate(&scenario, 0, &|_| true).unwrap();
        assert!([0.0, 1.0].contains(&success.read(&measure_all(&scenario, &run))));
        assert!(Outcome::parse("success:p1", &scenario).is_err());
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
            (format!("profit:{platform}@nobody"), "leave out @nobody"),
            (format!("success:{platform}"), "kind entry"),
        ];
        for (name, remedy) in cases {
            let (rule, help) = Outcome::parse(&name, &scenario).unwrap_err();
            assert!(help.contains(remedy), "{name}: {rule} / {help}");
        }
    }
}
