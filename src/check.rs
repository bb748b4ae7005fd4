//! Checks: each says, for one kind of defect, where a report contradicts itself.

mod form;
#[allow(clippy::tabs_in_doc_comments)] // the examples are tables of flattened text
mod indicator;
pub mod page;
mod selection;

pub use page::Page;
pub use selection::{Selection, all, unknown};

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

impl Check {
    /// Its manual page.
    pub fn page(&self) -> Page {
        Page::parse(self.source)
    }

    /// The part of its name before the stroke: `sum`.
    pub fn family(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }
}

/// All checks, in the order of the families in the manual.
pub fn registry() -> &'static [Check] {
    &[
        form::doubled_punctuation::CHECK,
        form::unmatched_brackets::CHECK,
        form::document_number_brackets::CHECK,
        form::template_residue::CHECK,
        form::duplicated_paragraph::CHECK,
        form::heading_out_of_order::CHECK,
        form::contents_differ_from_body::CHECK,
        form::missing_section::CHECK,
        indicator::weights_do_not_sum::CHECK,
        indicator::caption_differs_from_parts::CHECK,
        indicator::score_exceeds_weight::CHECK,
        indicator::scores_do_not_sum::CHECK,
        indicator::missed_target_called_complete::CHECK,
        indicator::unit_differs::CHECK,
        indicator::deadline_missed::CHECK,
        indicator::execution_rate_wrong::CHECK,
        indicator::funds_do_not_sum::CHECK,
        indicator::amount_differs_from_narrative::CHECK,
        indicator::score_differs_from_narrative::CHECK,
    ]
}

/// Runs the selected checks; findings in document order.
pub fn run(report: &crate::Report, selection: &Selection) -> Vec<Finding> {
    let mut findings: Vec<Finding> = registry()
        .iter()
        .filter(|check| selection.takes(check.name))
        .flat_map(|check| (check.run)(report))
        .collect();
    findings.sort_by_key(|finding| finding.at);
    findings
}
