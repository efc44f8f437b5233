//! Charts by age: staying, converting, paying on, coming back.

use crate::report::Story;
use crate::report::chart::compose::{
    EVERYBODY, bands, by_platform, cohort, cohort_words, crowd, keep_sellers, panels, platform_of, sheet,
    short, unbanded, until,
};
use crate::report::chart::panel::{Across, Panel};
use crate::report::chart::scale::Measure;
use crate::report::chart::series::Series;
use crate::report::chart::sheet::Sheet;
use crate::report::findings::{self, both, extremes};
use crate::report::reading::{Estimate, Point, curve, number, rows, table, trim};
use crate::report::wording::{label, percent, sells};

/// Home retention per platform.
pub fn home_survival(story: &Story) -> Sheet {
    let cohort = cohort(story, "home_survival");
    let mut series = by_platform(story, "home_survival", &[EVERYBODY, ("cohort", cohort)], "age", "survival");
    let note = if series.iter().any(|one| one.points.iter().any(|point| point.y.has_band())) {
        bands(story)
    } else {
        greenwood(story, cohort, &mut series);
        "One replication; bands: Greenwood, they describe this one simulated market.".to_owned()
    };
    let title = compared(story, "After 90 days", "joiners are still at home", |name| {
        findings::home_retention(story, name, 90)
    });
    let subtitle = format!(
        "{}: share still at home by age (Kaplan-Meier). {note}{}",
        cohort_words(cohort),
        crowd(story)
    );
    let sheet = sheet(story, &title.unwrap_or_else(|| "Who stays at home".to_owned()), &subtitle);
    panels(sheet, &[ages(series, "days since joining")], "nobody's stay was observed")
}

/// Replaces absent bands by the within-run ones.
fn greenwood(story: &Story, cohort: &str, series: &mut [Series]) {
    let Some(table) = table(story, "home_survival") else { return };
    for one in series {
        let Some(platform) = platform_of(story, one) else { continue };
        let wanted = [("platform", platform), EVERYBODY, ("cohort", cohort)];
        let point = |row: usize| Point {
            x: number(table, "age", row),
            y: Estimate {
                value: number(table, "survival", row),
                low: number(table, "greenwood_low", row),
                high: number(table, "greenwood_high", row),
            },
        };
        one.points = rows(table, &wanted).into_iter().map(point).collect();
        trim(&mut one.points);
    }
}

/// First payment per platform.
pub fn conversion(story: &Story) -> Sheet {
    let cohort = cohort(story, "conversion");
    let mut series = by_platform(story, "conversion", &[EVERYBODY, ("cohort", cohort)], "age", "converted");
    keep_sellers(story, &mut series);
    let title = compared(story, "Within 180 days", "joiners have paid", |name| {
        findings::conversion(story, name, 180).filter(|_| sells(story.scenario, name))
    });
    let subtitle = format!(
        "{}: share with a first payment by age (Aalen-Johansen, leaving competes). {}{}",
        cohort_words(cohort),
        bands(story),
        crowd(story)
    );
    let sheet = sheet(story, &title.unwrap_or_else(|| "From free to paid".to_owned()), &subtitle);
    panels(sheet, &[ages(series, "days since joining")], "nobody could convert")
}

/// Members still paying, with the fitted curve.
pub fn member_retention(story: &Story) -> Sheet {
    let cohort = cohort(story, "member_retention");
    let keys = [EVERYBODY, ("cohort", cohort)];
    let mut series = by_platform(story, "member_retention", &keys, "cycle", "survival");
    for one in &mut series {
        one.dotted = true;
        one.width = 0.9;
        one.dash = &[];
    }
    let mut fits = Vec::new();
    let mut told = Vec::new();
    for (fit, dash, words) in
        [("sbg", &[6.0, 3.0][..], "dashed: fitted sBG"), ("bdw", &[1.5, 2.5][..], "dotted: fitted BdW")]
    {
        let before = fits.len();
        for fitted in by_platform(story, "member_retention", &keys, "cycle", fit) {
            let points = unbanded(&fitted.points);
            if !points.is_empty() {
                fits.push(Series { name: String::new(), dash, width: 1.5, points, ..fitted });
            }
        }
        told.extend((fits.len() > before).then_some(words));
    }
    let key = if told.is_empty() { "no fit: too few members".to_owned() } else { told.join(", ") };
    series.extend(fits);
    let is_new = cohort == "all joiners";
    let verb = if is_new { "new members still pay" } else { "members of the first day still pay" };
    let title = compared(story, "At the twelfth cycle", verb, |name| findings::membership(story, name, 12));
    let subtitle = format!(
        "{}: share still paying by 30-day billing cycle. Dots: simulated; {key}. {}",
        if is_new { "Everybody who subscribed during the run" } else { "Members of the first day" },
        bands(story)
    );
    let sheet = sheet(story, &title.unwrap_or_else(|| "Members who keep paying".to_owned()), &subtitle);
    panels(sheet, &[ages(series, "billing cycle (30 days)")], "nobody subscribed")
}

/// Classic and rolling day-n retention.
pub fn classic_retention(story: &Story) -> Sheet {
    let cohort = cohort(story, "retention");
    let keys = [EVERYBODY, ("cohort", cohort)];
    let mut classic = by_platform(story, "retention", &keys, "age", "classic");
    let mut rolling = by_platform(story, "retention", &keys, "age", "rolling");
    for one in &mut classic {
        one.width = 1.5;
    }
    for one in &mut rolling {
        one.width = 1.5;
        let Some(platform) = platform_of(story, one) else { continue };
        let wanted = [("platform", platform), EVERYBODY, ("cohort", cohort)];
        let near = curve(story, "retention", &wanted, "age", "near_horizon");
        let first = near.iter().find(|point| point.y.value > 0.5).map_or(f64::INFINITY, |point| point.x);
        one.points.retain(|point| point.x < first);
        trim(&mut one.points);
    }
    let last = story.scenario.measures.retention_days;
    let panel = |heading: &str, series| Panel {
        heading: heading.to_owned(),
        ..ages(until(series, f64::from(last)), "days since joining")
    };
    let subtitle =
        format!("{}: share active, by age. {}{}", cohort_words(cohort), bands(story), crowd(story));
    let title = compared(story, "On day 30", "joiners are active", |name| {
        let wanted = [("platform", name), EVERYBODY, ("cohort", cohort)];
        crate::report::reading::at(story, "retention", &wanted, ("age", 30), "classic")
    });
    let sheet = sheet(story, &title.unwrap_or_else(|| "Day-n retention".to_owned()), &subtitle);
    let both =
        [panel("Classic: active on that day", classic), panel("Rolling: active then or later", rolling)];
    panels(sheet, &both, "activity was not simulated")
}

fn ages(series: Vec<Series>, title: &str) -> Panel {
    Panel {
        heading: String::new(),
        across: Across::Numbers(title.to_owned()),
        measure: Measure::Percent,
        holds: 0.0,
        series,
        flags: Vec::new(),
        published: Vec::new(),
    }
}

/// "After 90 days 74.1 % of joiners are still at home at NetEase, 69.3 % at QQ Music".
fn compared(
    story: &Story,
    opening: &str,
    verb: &str,
    value: impl Fn(&str) -> Option<Estimate>,
) -> Option<String> {
    let [(best, high), (worst, low)] = extremes(story, value)?;
    let name = |name: &str| short(story, label(story.scenario, name), 230.0, 18.0);
    let first = format!("{opening}, {} of {verb} at {}", percent(high, 1), name(best));
    let second = format!("{} at {}", percent(low, 1), name(worst));
    Some(both(story, best == worst, first, second))
}
