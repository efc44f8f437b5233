//! The tables of the report page: few rows, plain words; the full tables are files.

use minijinja::Value;

use crate::report::Story;
use crate::report::chart::targets::period;
use crate::report::findings::{bound_mark, published_as, role_words, verdict};
use crate::report::listing::{Listing, heads, shown, with_interval};
use crate::report::reading::{estimate, number, rows, table, word};
use crate::report::wording::{grouped, label, measure_name, measure_value, money, people, percent};
use crate::table::Table;

/// All tables that have a row.
pub fn tables(story: &Story) -> Vec<Value> {
    shown([targets(story), member_fit(story), money_by_year(story), migration(story)])
}

fn targets(story: &Story) -> Option<Listing> {
    let table = table(story, "targets")?;
    let row = |row: usize| {
        let measure = word(table, "measure", row);
        let (published, simulated) = (number(table, "published", row), estimate(table, "simulated", row));
        let write = |value| measure_value(measure, value, &story.scenario.market.currency);
        let (bound, role) = published_as(story, table, row);
        vec![
            label(story.scenario, word(table, "platform", row)).to_owned(),
            measure_name(measure).to_owned(),
            period(word(table, "from", row), word(table, "to", row)),
            format!("{}{}", bound_mark(bound), write(published)),
            with_interval(&simulated, write),
            role_words(role).to_owned(),
            verdict(bound, published, &simulated),
            word(table, "source", row).to_owned(),
        ]
    };
    Some(Listing {
        title: "Published and simulated figures".to_owned(),
        note: "The verdict compares the simulated figure with the published one: within 10 % (and inside the band), or how \
               far off; a band that holds a figure further away leaves the matter open. Predicted figures were left out of the fit and test the model; fitted ones were \
               used to choose settings; given ones are inputs and test nothing."
            .to_owned(),
        file: "targets",
        head: heads(&["Platform", "Measure", "Period", "Published", "Simulated", "Role", "Verdict", "Source"]),
        rows: (0..table.rows()).map(row).collect(),
    })
}

fn member_fit(story: &Story) -> Option<Listing> {
    let table = table(story, "member_fit")?;
    let defined = |row: &usize| number(table, "sbg_alpha", *row).is_finite();
    let row = |row: usize| {
        let mut cells = vec![
            label(story.scenario, word(table, "platform", row)).to_owned(),
            story.scenario.audience_label(word(table, "audience", row)).to_owned(),
            word(table, "cohort", row).to_owned(),
        ];
        for column in ["sbg_alpha", "sbg_beta", "bdw_alpha", "bdw_beta", "bdw_c"] {
            cells.push(grouped(number(table, column, row), 3));
        }
        cells
    };
    Some(Listing {
        title: "Fitted member retention".to_owned(),
        note: "Shifted beta-geometric (sBG) and beta discrete Weibull (BdW) by maximum likelihood. An exponent c \
               below 1 means that members become more loyal than the mix alone explains."
            .to_owned(),
        file: "member_fit",
        head: heads(&["Platform", "Audience", "Cohort", "sBG α", "sBG β", "BdW α", "BdW β", "BdW c"]),
        rows: (0..table.rows()).filter(defined).map(row).collect(),
    })
}

/// Sums revenue and averages the rest over the months of each calendar year.
fn money_by_year(story: &Story) -> Option<Listing> {
    let table = table(story, "money")?;
    let currency = &story.scenario.market.currency;
    let mut lines = Vec::new();
    for platform in &story.scenario.platforms {
        let found = rows(table, &[("platform", &platform.name), ("audience", "everybody")]);
        let mut years: Vec<&str> =
            found.iter().filter_map(|&row| word(table, "month", row).get(..4)).collect();
        years.dedup();
        for year in years {
            let months: Vec<usize> =
                found.iter().copied().filter(|&row| word(table, "month", row).starts_with(year)).collect();
            lines.push(vec![
                label(story.scenario, &platform.name).to_owned(),
                year.to_owned(),
                months.len().to_string(),
                money(sum(table, "revenue", &months), currency),
                people(sum(table, "payers", &months) / months.len() as f64),
                percent(sum(table, "paid_ratio", &months) / months.len() as f64, 1),
                money(sum(table, "revenue", &months) / sum(table, "payers", &months), currency),
            ]);
        }
    }
    Some(Listing {
        title: "Money by year".to_owned(),
        note:
            "Revenue is the sum of the simulated months of the year; payers and paid ratio are their mean; \
               revenue per payer is per month. Means over replications."
                .to_owned(),
        file: "money",
        head: heads(&[
            "Platform",
            "Year",
            "Months",
            "Revenue",
            "Payers",
            "Paid ratio",
            "Per payer and month",
        ]),
        rows: lines,
    })
}

fn sum(table: &Table, column: &str, rows: &[usize]) -> f64 {
    rows.iter().map(|&row| number(table, column, row)).filter(|value| value.is_finite()).sum()
}

fn migration(story: &Story) -> Option<Listing> {
    let table = table(story, "migration")?;
    let mut found = rows(table, &[("period", "whole run"), ("audience", "everybody")]);
    found.retain(|&row| {
        number(table, "moves", row) > 0.0 && word(table, "from", row) != word(table, "to", row)
    });
    found.sort_by(|&a, &b| {
        let moves = |row| number(table, "moves", row);
        moves(b).total_cmp(&moves(a))
    });
    let row = |row: usize| {
        vec![
            label(story.scenario, word(table, "from", row)).to_owned(),
            label(story.scenario, word(table, "to", row)).to_owned(),
            with_interval(&estimate(table, "moves", row), people),
            percent(number(table, "monthly_rate", row), 2),
            percent(number(table, "diversion", row), 0),
        ]
    };
    Some(Listing {
        title: "Moves of home over the whole run".to_owned(),
        note: "The rate is per month spent at the origin. Diversion is the share of the origin's leavers who chose \
               this destination."
            .to_owned(),
        file: "migration",
        head: heads(&["From", "To", "Moves", "Monthly rate", "Diversion"]),
        rows: found.into_iter().map(row).collect(),
    })
}
