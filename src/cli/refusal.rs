//! Why the program will not start a piece of work: what is wrong and how to put it right.

use serde_json::json;

use crate::cli::columns::counted;
use crate::cli::ending::Ending;
use crate::cli::speak::{self, Tone};
use crate::scenario::fault::Fault;

/// A reason not to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Faults of the scenario, as they will be shown.
    Faults(Vec<String>),
    /// Anything else that the user can put right.
    Reason {
        /// What is wrong.
        what: String,
        /// What to do about it.
        remedy: String,
    },
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Refusal::from(vec![fault])
    }
}

impl From<Vec<Fault>> for Refusal {
    fn from(faults: Vec<Fault>) -> Self {
        Refusal::Faults(faults.iter().map(ToString::to_string).collect())
    }
}

/// Both, or the faults of both.
///
/// # Errors
/// The refusals of whichever failed.
pub fn both<A, B>(one: Result<A, Refusal>, other: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(refusal), other) => Err(refusal.and(other.err().as_ref())),
        (Ok(_), Err(refusal)) => Err(refusal),
    }
}

impl Refusal {
    /// A reason with its remedy.
    pub fn reason(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Refusal::Reason { what: what.into(), remedy: remedy.into() }
    }

    /// This one and another: all faults at once.
    pub fn and(self, other: Option<&Refusal>) -> Self {
        match other {
            None => self,
            Some(other) => Refusal::Faults([self.faults(), other.clone().faults()].concat()),
        }
    }

    /// As texts of faults.
    fn faults(self) -> Vec<String> {
        match self {
            Refusal::Faults(faults) => faults,
            Refusal::Reason { what, remedy } => vec![format!("{what}\n  help: {remedy}")],
        }
    }

    /// Tells a person, on standard error.
    pub fn tell(&self) -> Ending {
        match self {
            Refusal::Faults(faults) => {
                faults.iter().for_each(|fault| speak::tell_fault(fault));
                let count = counted(faults.len() as u64, "fault");
                speak::tell(Tone::Bad, &count, "nothing was simulated or written");
            }
            Refusal::Reason { what, remedy } => {
                speak::tell(Tone::Bad, "refused", &format!("{what}\n  help: {remedy}"));
            }
        }
        Ending::Fault
    }

    /// Tells a program, as one JSON object on standard output.
    pub fn tell_json(&self) -> std::io::Result<Ending> {
        speak::say_json(&match self {
            Refusal::Faults(faults) => json!({ "status": "refused", "sound": false, "faults": faults }),
            Refusal::Reason { what, remedy } => {
                json!({ "status": "refused", "refused": what, "remedy": remedy })
            }
        })?;
        Ok(Ending::Fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_faults_of_both_are_told_at_once() {
        let reason = || Refusal::reason("the market tips", "weaken the ties");
        let faults = || Refusal::Faults(vec!["users: missing".to_owned()]);
        assert_eq!(both::<u8, u8>(Ok(1), Ok(2)), Ok((1, 2)));
        assert_eq!(both::<u8, u8>(Ok(1), Err(reason())), Err(reason()));
        assert_eq!(both::<u8, u8>(Err(faults()), Ok(1)), Err(faults()));
        let all = ["users: missing".to_owned(), "the market tips\n  help: weaken the ties".to_owned()];
        assert_eq!(both::<u8, u8>(Err(faults()), Err(reason())), Err(Refusal::Faults(all.to_vec())));
    }
}
