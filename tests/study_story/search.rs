//! Invented studies that rank, split, fit and spread.

use super::InventedStudy;

/// One of each.
pub fn all(_names: &[&str]) -> Vec<InventedStudy> {
    Vec::new()
}
