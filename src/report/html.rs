//! The report page: one file that opens anywhere and needs no network.

use minijinja::{AutoEscape, Environment, Value, context};

use crate::report::answer::answer;
use crate::report::chart::compose::bands;
use crate::report::chart::look::Theme;
use crate::report::chart::palette;
use crate::report::departures::departures;
use crate::report::figure::figure;
use crate::report::picture::Leaf;
use crate::report::wording::{
    NO_PLAN, event_name, event_sentence, grouped, isolated, label, money, people, percent, plain, sells,
};
use crate::report::{ReportError, Story, cards, caution, policy, summary};
use crate::scenario::ActivityMode;
use crate::scenario::calendar::Calendar;
use crate::study::phrase::capital;

/// The first of the limits of every page.
pub(super) const NO_FORECAST: &str = "These numbers describe a simulated market. They show what follows from the \
                                      scenario's assumptions; they are not observations and not a forecast.";

const TEMPLATE: &str = include_str!("report.html");

/// What pages are made of besides their own template.
const PARTS: [(&str, &str); 8] = [
    ("head", include_str!("parts/head.html")),
    ("foot", include_str!("parts/foot.html")),
    ("departures", include_str!("parts/departures.html")),
    ("style", include_str!("page.css")),
    ("warnings", include_str!("parts/warnings.html")),
    ("figures", include_str!("parts/figures.html")),
    ("tables", include_str!("parts/tables.html")),
    ("files", include_str!("parts/files.html")),
];

/// The page.
///
/// # Errors
/// When the template fails: a bug.
pub fn page(story: &Story, leaves: &[Leaf]) -> Result<String, ReportError> {
    let scenario = story.scenario;
    let facts = context! {
        title => heading(story),
        question => scenario.question.clone(),
        sources => scenario.sources.clone(),
        scenario => scenario.name.clone(),
        version => story.version,
        digest => story.digest,
        command => story.command,
        seed => scenario.run.seed.to_string(),
        bands => bands(story),
        limits => limits(story),
        warnings => warnings(story),
        cards => cards::cards(story),
        setting => setting(story),
        platforms => platforms(story),
        events => events(story),
        tables => summary::tables(story),
        charts => leaves.iter().map(|leaf| figure(leaf, story.tables)).collect::<Vec<Value>>(),
        answer => answer(story),
        departures => departures(story.resolved, story.remarks),
        files => story.tables.iter().map(file).collect::<Vec<Value>>(),
    };
    render(TEMPLATE, facts)
}

/// A template filled with facts, every text escaped and without letters that hide or reorder others.
///
/// # Errors
/// When the template fails: a bug.
pub(super) fn render(template: &str, facts: Value) -> Result<String, ReportError> {
    let failure = |error: minijinja::Error| ReportError::Encode {
        name: "report.html".into(),
        message: error.to_string(),
    };
    let mut environment = Environment::new();
    // The engine guesses from the template's name; a rename must not switch escaping off.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, part) in PARTS {
        environment.add_template(name, part).map_err(failure)?;
    }
    environment.add_template("page", template).map_err(failure)?;
    environment.add_global("script", Value::from_safe_string(policy::SCRIPT.to_owned()));
    environment.add_global("policy", Value::from_safe_string(policy::policy()));
    environment.add_global("colours", Value::from_safe_string(palette::style()));
    let page =
        environment.get_template("page").and_then(|template| template.render(facts)).map_err(failure)?;
    // What could hide or reorder text goes, wherever it came from.
    let line = |line: &str| match plain(line) {
        // A command is copied: no sign that cannot be seen.
        command if command.starts_with("<pre>") => command,
        shown => isolated(&shown),
    };
    Ok(page.split('\n').map(line).collect::<Vec<String>>().join("\n"))
}

/// The page in a theme; without one it follows its reader's system.
pub(super) fn themed(page: &str, theme: Option<Theme>) -> String {
    let word = match theme {
        None => return page.to_owned(),
        Some(Theme::Light) => "light",
        Some(Theme::Dark) => "dark",
    };
    page.replacen("<html lang=\"en\">", &format!("<html lang=\"en\" data-theme=\"{word}\">"), 1)
}

fn heading(story: &Story) -> String {
    let scenario = story.scenario;
    if scenario.title.is_empty() { scenario.name.clone() } else { scenario.title.clone() }
}

/// A table in the list of files.
pub(super) fn file(table: &crate::table::Table) -> Value {
    context! { name => table.name.clone(), title => table.title.clone(), rows => grouped(table.rows() as f64, 0) }
}

/// Label and value pairs about the whole scenario.
fn setting(story: &Story) -> Vec<Value> {
    let scenario = story.scenario;
    let (market, run) = (&scenario.market, &scenario.run);
    let calendar = Calendar::new(&market.start, market.days);
    let activity = match scenario.measures.activity {
        ActivityMode::Full => "every user, every day".to_owned(),
        ActivityMode::Panel if scenario.measures.panel_users >= market.users => {
            format!("all {} users, every day", grouped(market.users as f64, 0))
        }
        ActivityMode::Panel => {
            format!("a random panel of {} users", grouped(scenario.measures.panel_users as f64, 0))
        }
        ActivityMode::Off => "not simulated".to_owned(),
    };
    let pairs = [
        ("Period", format!("{} to {} ({} days)", market.start, calendar.date(market.days - 1), market.days)),
        ("Simulated users", grouped(market.users as f64, 0)),
        ("People they stand for", people(market.population)),
        ("Daily activity", activity),
        ("Replications", run.replications.to_string()),
        ("Interval", percent(run.confidence, 0)),
        ("Seed", run.seed.to_string()),
        ("Currency", market.currency.clone()),
    ];
    pairs.into_iter().map(|(name, value)| context! { name => name, value => value }).collect()
}

fn platforms(story: &Story) -> Vec<Value> {
    let scenario = story.scenario;
    let price = |plan: &Option<crate::scenario::Plan>| {
        plan.as_ref().map_or_else(|| "–".to_owned(), |plan| money(plan.price, &scenario.market.currency))
    };
    let row = |platform: &crate::scenario::Platform| {
        let genres: f64 = scenario.genres.iter().map(|genre| genre.weight).sum();
        let catalogue: f64 = scenario
            .rights_holders
            .iter()
            .zip(&platform.licences)
            .map(|(holder, licence)| {
                let share =
                    holder.share.iter().zip(&scenario.genres).map(|(share, genre)| share * genre.weight);
                licence * share.sum::<f64>() / genres.max(1e-12)
            })
            .sum();
        context! {
            name => label(scenario, &platform.name).to_owned(),
            share => percent(platform.initial.share, 1),
            catalogue => percent(catalogue, 0),
            community => grouped(platform.y0, 3),
            basic => price(&platform.basic),
            premium => price(&platform.premium),
            payers => if sells(scenario, &platform.name) {
                percent(platform.initial.basic + platform.initial.premium, 1)
            } else {
                NO_PLAN.to_owned()
            },
        }
    };
    scenario.platforms.iter().map(row).collect()
}

fn events(story: &Story) -> Vec<Value> {
    let scenario = story.scenario;
    let calendar = Calendar::new(&scenario.market.start, scenario.market.days);
    let row = |(index, event): (usize, &crate::scenario::Event)| {
        let sentence = event_sentence(scenario, event);
        let name = event_name(scenario, event);
        context! {
            number => index + 1,
            date => calendar.date(event.day),
            effect => if name == sentence { String::new() } else { sentence },
            name => name,
        }
    };
    scenario.events.iter().enumerate().map(row).collect()
}

/// The story's warnings and those of the run itself.
fn warnings(story: &Story) -> Vec<Value> {
    story.warnings.iter().cloned().chain(caution::cautions(story)).map(|it| warning(&it)).collect()
}

/// What follows the first line is small print.
pub(super) fn warning(warning: &str) -> Value {
    let (text, small) = warning.split_once('\n').unwrap_or((warning, ""));
    // A path in front stays as it is written in the file.
    let first = text.split(' ').next().unwrap_or_default();
    let is_word = first.chars().all(char::is_alphabetic);
    context! { text => if is_word { capital(text) } else { text.to_owned() }, small => small.to_owned() }
}

/// What a reader must not conclude.
fn limits(story: &Story) -> Vec<String> {
    let run = &story.scenario.run;
    let mut limits = vec![
        NO_FORECAST.to_owned(),
        "Intervals cover chance between replications only, neither uncertain assumptions nor a wrong model. An \
         interval can be narrow around a wrong value."
            .to_owned(),
        "Agreement with published figures is no proof where settings were adjusted to reach them.".to_owned(),
    ];
    if run.replications < 5 {
        let runs = match run.replications {
            1 => "Only one replication was run: there are no intervals.".to_owned(),
            few => format!("Only {few} replications were run: intervals rest on very few markets."),
        };
        limits.push(format!("{runs} Ten or more are usual."));
    }
    if story.scenario.measures.activity == ActivityMode::Off {
        limits.push("Daily activity was switched off: measures of active users are absent.".to_owned());
    }
    limits
}
