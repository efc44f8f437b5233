//! Numbers and names as words for a reader.

use crate::scenario::{Effect, Event, Pick, Scenario, TargetMeasure};

/// The place of people who use no platform.
pub const NOWHERE: &str = "no platform";

/// Stands where a number is not defined.
pub const ABSENT: &str = "–";

/// Stands where a platform has nothing to pay for.
pub const NO_PLAN: &str = "no plan on sale";

/// A share with its percent sign; `decimals` after the point.
///
/// ```
/// assert_eq!(ecotone::report::wording::percent(0.6123, 1), "61.2\u{202f}%");
/// ```
pub fn percent(share: f64, decimals: usize) -> String {
    if share.is_finite() { format!("{:.decimals$}\u{202f}%", clean(100.0 * share)) } else { ABSENT.into() }
}

/// A number of people to three digits.
///
/// ```
/// use ecotone::report::wording::people;
/// assert_eq!(people(182_400_000.0), "182 million");
/// assert_eq!(people(12_345.4), "12,345");
/// ```
pub fn people(count: f64) -> String {
    let size = count.abs();
    if !count.is_finite() {
        ABSENT.into()
    } else if size >= 0.9995e9 {
        format!("{} billion", digits(count / 1e9))
    } else if size >= 0.9995e6 {
        format!("{} million", digits(count / 1e6))
    } else {
        grouped(count, 0)
    }
}

/// An amount with its currency.
pub fn money(amount: f64, currency: &str) -> String {
    let size = amount.abs();
    if !amount.is_finite() {
        ABSENT.into()
    } else if size >= 0.9995e6 {
        format!("{}\u{a0}{currency}", people(amount))
    } else {
        format!("{}\u{a0}{currency}", grouped(amount, if size < 1000.0 { 2 } else { 0 }))
    }
}

/// A plain number with thousands separators.
///
/// ```
/// assert_eq!(ecotone::report::wording::grouped(-1234567.891, 1), "-1,234,567.9");
/// ```
pub fn grouped(number: f64, decimals: usize) -> String {
    if !number.is_finite() {
        return ABSENT.into();
    }
    let plain = format!("{:.decimals$}", clean(number));
    let (sign, unsigned) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_at(unsigned.find('.').unwrap_or(unsigned.len()));
    let mut text = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + fraction
}

/// Three significant digits, no exponent, for numbers of ordinary size.
fn digits(number: f64) -> String {
    let decimals = match number.abs() {
        size if size < 9.995 => 2,
        size if size < 99.95 => 1,
        _ => 0,
    };
    grouped(number, decimals)
}

/// Turns the negative zero, and what would print like it, into zero.
fn clean(number: f64) -> f64 {
    if number.abs() < 5e-7 { 0.0 } else { number }
}

/// An interval in words, or nothing when either end is undefined.
pub fn interval(low: f64, high: f64, write: impl Fn(f64) -> String) -> String {
    if low.is_finite() && high.is_finite() {
        format!("{} to {}", write(low), write(high))
    } else {
        String::new()
    }
}

/// Removes what could hide, reorder or end text: control characters and direction marks.
pub fn plain(text: &str) -> String {
    text.chars().map(|letter| if is_hidden(letter) { ' ' } else { letter }).collect()
}

/// Isolates words written from right to left, so that numbers and units beside them keep their place.
///
/// ```
/// use ecotone::report::wording::isolated;
/// assert_eq!(isolated("37.9 عود %"), "37.9 \u{2068}عود\u{2069} %");
/// assert_eq!(isolated("QQ Music 网易云"), "QQ Music 网易云");
/// ```
pub fn isolated(text: &str) -> String {
    let mut isolated = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_leftward) {
        let run = &rest[start..];
        // Blanks between two such words belong to the run.
        let inside = |letter: char| is_leftward(letter) || letter == ' ';
        let end = run.find(|letter| !inside(letter)).unwrap_or(run.len());
        let words = run[..end].trim_end_matches(' ');
        isolated += &format!("{}\u{2068}{words}\u{2069}", &rest[..start]);
        rest = &run[words.len()..];
    }
    isolated + rest
}

/// Whether a letter is written from right to left: the blocks of Hebrew, Arabic and their kin.
fn is_leftward(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(letter, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

/// The name of a platform on charts: its label, else its name; who lapsed is
/// [`NOWHERE`], as is the place outside.
pub fn label<'a>(scenario: &'a Scenario, name: &'a str) -> &'a str {
    match scenario.platforms.iter().find(|platform| platform.name == name) {
        Some(platform) if !platform.label.is_empty() => &platform.label,
        None if matches!(name, "outside" | "lapsed") => NOWHERE,
        _ => name,
    }
}

/// Whether a platform has a plan at any time.
pub fn sells(scenario: &Scenario, name: &str) -> bool {
    let found = scenario.platforms.iter().position(|platform| platform.name == name);
    let priced = |index: usize| {
        scenario.events.iter().any(|event| match &event.effect {
            Effect::Price { platform, basic, premium, .. } => {
                *platform == index && (basic.is_some() || premium.is_some())
            }
            _ => false,
        })
    };
    found.is_none_or(|index| {
        let platform = &scenario.platforms[index];
        platform.basic.is_some() || platform.premium.is_some() || priced(index)
    })
}

/// What an event does, in one sentence.
pub fn event_sentence(scenario: &Scenario, event: &Event) -> String {
    let platform = |index: usize| scenario.platforms.get(index).map_or("?", |it| label(scenario, &it.name));
    let holder = |index: usize| scenario.rights_holders.get(index).map_or("?", |it| it.name.as_str());
    match &event.effect {
        Effect::Licence { platform: who, holder: which, share, .. } => {
            format!("{} licenses {} of {}", platform(*who), percent(*share, 0), holder(*which))
        }
        Effect::Sublicence { from, to, holder: which, share, .. } => {
            let share = percent(*share, 0);
            format!("{} sublicenses {share} of its {} to {}", platform(*from), holder(*which), platform(*to))
        }
        Effect::ExclusivityBan { share, .. } => {
            format!("Exclusivity ends: everyone gets at least {} of the best licence", percent(*share, 0))
        }
        Effect::Feature { platform: who, .. } => {
            format!("{} launches a feature: {}", platform(*who), feature(&event.effect))
        }
        Effect::Price { platform: who, basic, premium, ad_load } => {
            let currency = &scenario.market.currency;
            let parts = [
                basic.map(|price| format!("basic {}", money(price, currency))),
                premium.map(|price| format!("premium {}", money(price, currency))),
                ad_load.map(|load| format!("advertising load {}", percent(load, 0))),
            ];
            format!(
                "{} prices: {}",
                platform(*who),
                parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
            )
        }
        Effect::Campaign { platform: who, half_life_days, .. } => {
            format!("{} campaigns; awareness halves every {half_life_days} days", platform(*who))
        }
        Effect::Entry { platform: who } => format!("{} enters the market", platform(*who)),
        Effect::Exit { platform: who } => format!("{} closes", platform(*who)),
        Effect::Portability { portability, ties } => {
            let ties = ties.map(|share| format!(" and {} of taste relations", percent(share, 0)));
            let ties = ties.unwrap_or_default();
            format!("Movers may take along {} of their own stock{ties}", percent(*portability, 0))
        }
        Effect::KolSigning { platform: who, hubs, pick: Pick::Ties, .. } => {
            format!("{} signs the {hubs} users with the most ties", platform(*who))
        }
        Effect::KolSigning { platform: who, hubs, pick: Pick::Chance, .. } => {
            format!("{} signs {hubs} users whom chance picks", platform(*who))
        }
        Effect::OriginalsProgramme { platform: who, per_year, .. } => {
            let amount = money(*per_year, &scenario.market.currency);
            format!("{} spends {amount} a year more on originals", platform(*who))
        }
        Effect::Partnership { platform: who, partner, .. } => {
            format!("{} and {} become partners", platform(*who), platform(*partner))
        }
    }
}

/// What a feature sets, its pulse, and when rivals have it too.
fn feature(effect: &Effect) -> String {
    let Effect::Feature {
        recommender, open, feature, identity, pulse, half_life_days, copy_lag_days, ..
    } = effect
    else {
        return String::new();
    };
    let set = |what: &str, value: &Option<f64>| value.map(|value| format!("{what} becomes {value}"));
    let pulse =
        (*pulse > 0.0).then(|| format!("a pulse of activity of {pulse} halves every {half_life_days} days"));
    let copied = copy_lag_days.map(|days| format!("rivals copy it after {days} days"));
    let parts = [
        set("the recommender", recommender),
        set("openness to ties", open),
        set("the worth of paid features", feature),
        set("identity", identity),
        pulse,
        copied,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nothing changes".to_owned() } else { parts.join(", ") }
}

/// The short name of an event for charts.
pub fn event_name(scenario: &Scenario, event: &Event) -> String {
    if event.label.is_empty() { event_sentence(scenario, event) } else { event.label.clone() }
}

/// The plain name of a measure of published figures, by its word in tables.
pub fn measure_name(word: &str) -> &str {
    match word {
        "mau" => "Monthly active users",
        "stickiness" => "DAU / MAU",
        "paid_ratio" => "Paid ratio",
        "payers" => "Paying users",
        "arppu" => "Revenue per payer",
        other => other,
    }
}

/// A value of a measure of published figures.
pub fn measure_value(word: &str, value: f64, currency: &str) -> String {
    match word {
        "mau" | "payers" => people(value),
        "stickiness" | "paid_ratio" => percent(value, 1),
        "arppu" => money(value, currency),
        _ => grouped(value, 3),
    }
}

/// The word of a measure in tables.
pub fn measure_word(measure: TargetMeasure) -> &'static str {
    match measure {
        TargetMeasure::Mau => "mau",
        TargetMeasure::Stickiness => "stickiness",
        TargetMeasure::PaidRatio => "paid_ratio",
        TargetMeasure::Payers => "payers",
        TargetMeasure::Arppu => "arppu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_says_all_that_it_sets() {
        let feature = |recommender, pulse, copy_lag_days| Effect::Feature {
            platform: 0,
            recommender,
            open: Some(1.0),
            feature: None,
            identity: None,
            pulse,
            half_life_days: 14.0,
            copy_lag_days,
        };
        assert_eq!(super::feature(&feature(None, 0.0, None)), "openness to ties becomes 1");
        assert_eq!(
            super::feature(&feature(Some(0.9), 0.5, Some(60))),
            "the recommender becomes 0.9, openness to ties becomes 1, a pulse of activity of 0.5 halves every 14 days, \
             rivals copy it after 60 days"
        );
    }
}
