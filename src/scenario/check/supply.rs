//! Supply: who owns each genre, who licenses it; no genre and no platform may be without.

use super::{Findings, at, element_path, elements, names_of};
use crate::scenario::document::{Data, Entry, Node};
use crate::scenario::settings::SETTINGS;

/// Rounding that shares written by hand may carry.
const TOLERANCE: f64 = 1e-6;

/// Fills the tables of shares for every name, and checks that everything has a supply.
pub fn check(tree: &mut Node, findings: &mut Findings) {
    warn_of_omissions(tree, findings);
    fill(tree);
    splits(tree, findings);
    ownership(tree, findings);
    if let Some(supply) = Supply::of(tree) {
        supply.genres(findings);
        supply.platforms(findings);
    }
}

/// A licence left out is none: said aloud when somebody else has it.
fn warn_of_omissions(tree: &Node, findings: &mut Findings) {
    let Some(holders) = names_of(tree, "rights_holders") else { return };
    let platforms = elements(tree, "platforms");
    let is_licensed = |holder: &str| {
        let licences = platforms.iter().filter_map(|(_, platform)| platform.get("licences"));
        licences.filter_map(|node| node.get(holder).unwrap_or(node).number()).any(|share| share > 0.0)
    };
    for (path, platform) in &platforms {
        let Some(licences) = platform.get("licences").filter(|node| !node.entries().is_empty()) else {
            continue;
        };
        let names = |given: bool| -> Vec<&str> {
            holders.iter().copied().filter(|name| licences.get(name).is_some() == given).collect()
        };
        let (given, omitted) = (names(true), names(false));
        if omitted.iter().any(|holder| is_licensed(holder)) {
            let verb = if omitted.len() == 1 { "is" } else { "are" };
            findings.warn(format!(
                "{path}.licences: {} only: {} {verb} 0 here; write `{} = 0` if that is meant",
                given.join(", "),
                omitted.join(", "),
                omitted[0]
            ));
        }
    }
}

/// Turns every share into a full table by name; tables with faults become `Bad`.
fn fill(tree: &mut Node) {
    for setting in SETTINGS {
        let Some((target, _)) = setting.kind.by_name() else { continue };
        let names = names_of(tree, target).map(|names| names.iter().map(|&name| name.to_owned()).collect());
        let (list, table) = setting.parent().split_once("[]").unwrap_or((setting.parent(), ""));
        let elements = tree.get_mut(list).map(Node::elements_mut).unwrap_or_default();
        for element in elements {
            let element = match table.strip_prefix('.') {
                Some(table) => element.get_mut(table),
                None => Some(element),
            };
            let Some(element) = element else { continue };
            if let Some(node) = element.get_mut(setting.key()) {
                node.data = full(node, names.as_ref());
            }
        }
    }
}

/// Money must go to some genre.
fn splits(tree: &Node, findings: &mut Findings) {
    let mut refuse = |path: String, node: Option<&Node>| {
        let Some(node) = node else { return };
        let shares: Vec<Option<f64>> = node.entries().iter().map(|entry| entry.node.number()).collect();
        if !shares.is_empty() && shares.iter().all(|share| *share == Some(0.0)) {
            let remedy = "leave it out to spread the money as the genres' weights, or give one a share";
            findings.place(&node.place, &path, "is nothing for every genre", remedy);
        }
    };
    for (path, platform) in elements(tree, "platforms") {
        let split = platform.get("budget").and_then(|budget| budget.get("originals_genres"));
        refuse(format!("{path}.budget.originals_genres"), split);
    }
    for (path, event) in elements(tree, "events") {
        refuse(format!("{path}.genres"), event.get("genres"));
    }
}

fn full(node: &Node, names: Option<&Vec<String>>) -> Data {
    let Some(names) = names else { return Data::Bad };
    let is_faulty = |entry: &Entry| entry.node.number().is_none() || !names.contains(&entry.key);
    if node.data == Data::Bad || node.entries().iter().any(is_faulty) {
        return Data::Bad;
    }
    let shares = names.iter().map(|name| {
        let own = node.get(name).cloned();
        let all = node.number().unwrap_or(0.0);
        let share = own.unwrap_or_else(|| Node { data: Data::Number(all), place: node.place.clone() });
        Entry { key: name.clone(), place: share.place.clone(), node: share }
    });
    Data::Table(shares.collect())
}

/// Shares of every genre must sum to 1 over the rights holders.
fn ownership(tree: &Node, findings: &mut Findings) {
    let Some(genres) = names_of(tree, "genres") else { return };
    let Some(shares) = columns(tree, "rights_holders", "share") else { return };
    for (number, genre) in genres.iter().enumerate() {
        let sum: f64 = shares.iter().map(|table| table[number]).sum();
        if (sum - 1.0).abs() > TOLERANCE {
            let path = format!("rights_holders.*.share.{genre}");
            let remedy =
                "the rights holders share all of a genre's demand; add one named others for the rest";
            let holders = tree.get("rights_holders").map(Node::elements).unwrap_or_default();
            if let Some(last) = holders.last() {
                let place = at(last.get("share").unwrap_or(last), last);
                findings.place(place, &path, format!("the shares sum to {}: must be 1", round(sum)), remedy);
            }
        }
    }
}

/// Shares of every element, as rows of numbers; `None` when one was reported.
fn columns(tree: &Node, list: &str, key: &str) -> Option<Vec<Vec<f64>>> {
    let list = tree.get(list).filter(|list| list.data != Data::Bad)?;
    let row = |element: &Node| {
        let table = element.get(key)?;
        if !matches!(table.data, Data::Table(_)) {
            return None;
        }
        table.entries().iter().map(|entry| entry.node.number()).collect::<Option<Vec<f64>>>()
    };
    list.elements().iter().map(row).collect()
}

/// What every platform offers at the start or by an event, when nothing of it was reported.
struct Supply<'a> {
    tree: &'a Node,
    /// w; shape holders × genres.
    owned: Vec<Vec<f64>>,
    /// L; shape platforms × holders, the greatest share of the run.
    licences: Vec<Vec<f64>>,
    /// O; shape platforms × genres.
    originals: Vec<Vec<f64>>,
}

impl<'a> Supply<'a> {
    fn of(tree: &'a Node) -> Option<Self> {
        let owned = columns(tree, "rights_holders", "share")?;
        let mut licences = columns(tree, "platforms", "licences")?;
        let originals = columns(tree, "platforms", "originals")?;
        let (platforms, holders) = (names_of(tree, "platforms")?, names_of(tree, "rights_holders")?);
        for event in tree.get("events").map(Node::elements).unwrap_or_default() {
            let receiver = event.text_of("to").or(event.text_of("platform"));
            let platform = platforms.iter().position(|&name| Some(name) == receiver);
            let holder = holders.iter().position(|&name| Some(name) == event.text_of("holder"));
            if let (Some(platform), Some(holder), Some(share)) = (platform, holder, event.number_of("share"))
            {
                licences[platform][holder] = licences[platform][holder].max(share);
            }
        }
        Some(Self { tree, owned, licences, originals })
    }

    fn genres(&self, findings: &mut Findings) {
        let genres = self.tree.get("genres").map(Node::elements).unwrap_or_default();
        for (number, genre) in genres.iter().enumerate() {
            let licensed = self.licences.iter().any(|shares| {
                shares.iter().zip(&self.owned).any(|(share, owned)| share * owned[number] > 0.0)
            });
            let original = self.originals.iter().any(|shares| shares[number] > 0.0);
            if !licensed && !original {
                let path = element_path("genres", number, genre);
                let remedy = "license one of its rights holders, or give a platform originals";
                findings.place(&genre.place, &path, "genre without supply: no platform offers it", remedy);
            }
        }
    }

    fn platforms(&self, findings: &mut Findings) {
        let platforms = self.tree.get("platforms").map(Node::elements).unwrap_or_default();
        for (number, platform) in platforms.iter().enumerate() {
            let shares = self.licences[number].iter().chain(&self.originals[number]);
            if shares.sum::<f64>() == 0.0 {
                let path = element_path("platforms", number, platform);
                let remedy = "give it licences, for example licences = 0.9, or originals";
                findings.place(
                    &platform.place,
                    &path,
                    "empty platform: neither licences nor originals",
                    remedy,
                );
            }
        }
    }
}

/// A sum without the dust of rounding.
fn round(x: f64) -> f64 {
    (x * 1e9).round() / 1e9
}
