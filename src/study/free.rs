//! A free setting of a calibration with its prior.

use crate::scenario::document::Patch;
use crate::stats::search::{Law, Prior};
use crate::study::axis::{Misread, number_at};

/// A setting, or several that move together, and what is known of it before.
#[derive(Clone, Debug, PartialEq)]
pub struct Free {
    /// Paths of the settings; all take the same value.
    pub paths: Vec<String>,
    /// The prior.
    pub prior: Prior,
}

/// How a prior is written.
const FORMS: &str = "write PATH=LOW..HIGH, PATH=LOW..HIGH/log, PATH=normal(MEAN,DEVIATION)@LOW..HIGH or \
                     PATH=lognormal(MEDIAN,SPREAD)@LOW..HIGH";

impl Free {
    /// Reads `PATH=LOW..HIGH`, `…/log`, `PATH=normal(MEAN,DEVIATION)@LOW..HIGH`, `PATH=lognormal(…)@…`; several
    /// paths are joined by `+`.
    ///
    /// # Errors
    /// The rule that the text breaks, and its remedy.
    ///
    /// ```
    /// use ecotone::study::free::Free;
    /// let free = Free::parse("choice.beta_s=normal(0.6,0.2)@0..1").unwrap();
    /// assert_eq!(free.prior.range(), [0.0, 1.0]);
    /// ```
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let wrong = |rule: String| (rule, FORMS.to_owned());
        let Some((paths, law)) = text.split_once('=') else {
            return Err(wrong("a path, an equals sign and a prior are needed".to_owned()));
        };
        let paths: Vec<String> = paths.split('+').map(|path| path.trim().to_owned()).collect();
        for path in &paths {
            crate::study::axis::known(path)?;
        }
        let (shape, range) = law.rsplit_once('@').unwrap_or(("", law));
        let (range, scale) = range.split_once('/').unwrap_or((range, ""));
        let ends = range.split_once("..").and_then(|(low, high)| Some((number(low)?, number(high)?)));
        let Some((low, high)) = ends else {
            return Err(wrong(format!("`{range}` is no range from one number to another")));
        };
        let law = match (shape.trim(), scale.trim()) {
            ("", "") => Law::Uniform,
            ("", "log") => Law::LogUniform,
            (shape, "") => bell(shape).ok_or_else(|| wrong(format!("`{shape}` is no prior")))?,
            _ => return Err(wrong(format!("`{text}` is no prior"))),
        };
        let prior = Prior::new(law, low, high).map_err(|fault| wrong(fault.to_string()))?;
        Ok(Self { paths, prior })
    }

    /// What tables call it.
    pub fn name(&self) -> String {
        self.paths.join("+")
    }

    /// The patches that set it.
    pub fn patches(&self, value: f64) -> Vec<Patch> {
        let patch = |path: &String| Patch {
            path: path.clone(),
            value: number_at(path, value),
            origin: "calibrate".to_owned(),
        };
        self.paths.iter().map(patch).collect()
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// `normal(a,b)` or `lognormal(a,b)`.
fn bell(text: &str) -> Option<Law> {
    let (name, rest) = text.split_once('(')?;
    let (first, second) = rest.strip_suffix(')')?.split_once(',')?;
    let (first, second) = (number(first)?, number(second)?);
    match name.trim() {
        "normal" => Some(Law::Normal { mean: first, deviation: second }),
        "lognormal" => Some(Law::LogNormal { median: first, spread: second }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priors_are_read() {
        for (text, law) in [
            ("choice.beta_s=0..1", Law::Uniform),
            ("choice.kappa_0=0.1..10/log", Law::LogUniform),
            ("choice.beta_s=normal(0.5,0.1)@0..1", Law::Normal { mean: 0.5, deviation: 0.1 }),
            ("choice.beta_s=lognormal(0.5,0.1)@0.1..1", Law::LogNormal { median: 0.5, spread: 0.1 }),
        ] {
            assert_eq!(Free::parse(text).unwrap().prior.law(), law, "{text}");
        }
        let both = Free::parse("platforms.a.alpha+platforms.b.alpha=-1..1").unwrap();
        assert_eq!(both.patches(0.5).len(), 2);
    }

    #[test]
    fn wrong_priors_are_told() {
        for text in [
            "choice.beta_s",
            "choice.beta=0..1",
            "choice.beta_s=1..0",
            "choice.beta_s=0..1/log",
            "choice.beta_s=gamma(1,2)@0..1",
            "choice.beta_s=normal(1)@0..1",
        ] {
            assert!(Free::parse(text).is_err(), "{text}");
        }
    }
}
