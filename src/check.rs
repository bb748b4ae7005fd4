//! Checks: each says, for one kind of defect, where a report contradicts itself.

use crate::finding::{Finding, Severity};

/// One check: a short file in `check/` whose `//!` lines are its manual page.
///
/// The file `check/sum/parts_differ_from_total.rs` exports `pub const CHECK: Check`, and [`registry`] lists it.
#[derive(Clone, Copy)]
pub struct Check {
    /// `sum/parts_differ_from_total`
    pub name: &'static str,
    /// The severity its findings have at most.
    pub severity: Severity,
    /// One English sentence: what is wrong.
    pub summary_en: &'static str,
    /// The source text of its own file (`include_str!`); its `//!` lines are the manual page.
    pub source: &'static str,
    /// Finds the defects.
    pub run: fn(&crate::Report) -> Vec<Finding>,
}

/// All checks, in the order of the families in the manual.
pub fn registry() -> &'static [Check] {
    &[]
}
