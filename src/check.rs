//! Checks: each says, for one kind of defect, where a report contradicts itself.

mod change;
mod claim;
#[allow(clippy::tabs_in_doc_comments)]
mod code;
mod completion;
#[allow(clippy::tabs_in_doc_comments)]
mod echo;
mod form;
#[allow(clippy::tabs_in_doc_comments)] // the examples are tables of flattened text
mod indicator;
pub mod page;
#[allow(clippy::tabs_in_doc_comments)]
mod period;
mod selection;
mod share;
mod sum;
#[allow(clippy::tabs_in_doc_comments)]
mod table;
#[allow(clippy::tabs_in_doc_comments)]
mod tie;
mod unit;

pub use indicator::compared as compared_indicators;
pub use page::Page;
pub use selection::{Selection, all, unknown};

use crate::Report;
use crate::diagnosis::Root;
use crate::document::Span;
use crate::finding::{Finding, Severity};
use crate::relation::Relation;
use crate::table::row_of;
use rayon::prelude::*;
use std::collections::HashMap;

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
    /// Finds the defects, or words those that relations show.
    pub run: Run,
}

/// How a check works.
#[derive(Clone, Copy)]
pub enum Run {
    /// It finds its defects in the report by itself.
    Report(fn(&Report) -> Vec<Finding>),
    /// It words a relation that fails; which relation shows a defect best is decided by diagnosis.
    Relation(fn(&Report, &Relation) -> claim::Words),
}

impl Check {
    /// Its manual page.
    pub fn page(&self) -> Page {
        Page::parse(self.source)
    }

    /// A finding about words, without figures, told in Chinese and in English.
    fn finding(&self, at: Span, (message, message_en): (String, String)) -> Finding {
        Finding {
            check: self.name,
            severity: self.severity,
            message,
            message_en,
            arithmetic: String::new(),
            arithmetic_en: String::new(),
            at,
            evidence: Vec::new(),
            suggestion: None,
            follows: Vec::new(),
        }
    }

    /// The part of its name before the stroke: `sum`.
    pub fn family(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }
}

/// All checks, in the order of the families in the manual.
pub fn registry() -> &'static [Check] {
    &[
        sum::parts_differ_from_total::CHECK,
        sum::part_exceeds_total::CHECK,
        sum::class_differs_from_items::CHECK,
        sum::identity_broken::CHECK,
        sum::changes_differ_from_total::CHECK,
        sum::formula_differs::CHECK,
        share::share_differs::CHECK,
        share::shares_do_not_sum::CHECK,
        share::small_business_shares_differ::CHECK,
        change::amount_differs::CHECK,
        change::rate_differs::CHECK,
        change::growth_from_nothing::CHECK,
        change::wrong_direction::CHECK,
        change::said_same_but_differs::CHECK,
        change::unchanged_from_nothing::CHECK,
        completion::percentage_differs::CHECK,
        completion::comparison_differs::CHECK,
        completion::rate_differs_from_counts::CHECK,
        echo::said_twice_differently::CHECK,
        echo::chart_differs::CHECK,
        echo::units_said_to_be_none::CHECK,
        unit::wrong_unit::CHECK,
        unit::points_for_percent::CHECK,
        unit::missing_unit::CHECK,
        period::heading_of_another_year::CHECK,
        period::compared_with_another_year::CHECK,
        period::as_of_another_year::CHECK,
        period::compared_with_itself::CHECK,
        period::figure_of_this_year::CHECK,
        code::name_differs::CHECK,
        code::code_differs::CHECK,
        code::name_differs_from_table::CHECK,
        code::name_misspelt::CHECK,
        table::rows_do_not_add::CHECK,
        table::columns_do_not_add::CHECK,
        table::classes_differ_from_items::CHECK,
        table::two_sides_differ::CHECK,
        table::line_number_breaks::CHECK,
        tie::narrative_differs_from_table::CHECK,
        tie::table_shows_nothing::CHECK,
        tie::tables_differ::CHECK,
        tie::listed_item_is_nothing::CHECK,
        tie::said_to_be_none::CHECK,
        form::doubled_punctuation::CHECK,
        form::unmatched_brackets::CHECK,
        form::document_number_brackets::CHECK,
        form::template_residue::CHECK,
        form::duplicated_paragraph::CHECK,
        form::heading_out_of_order::CHECK,
        form::sentence_breaks_off::CHECK,
        form::contents_differ_from_body::CHECK,
        form::missing_section::CHECK,
        form::glossary_differs_from_items::CHECK,
        indicator::weights_do_not_sum::CHECK,
        indicator::caption_differs_from_parts::CHECK,
        indicator::score_exceeds_weight::CHECK,
        indicator::scores_do_not_sum::CHECK,
        indicator::points_differ_from_weight::CHECK,
        indicator::levels_do_not_sum::CHECK,
        indicator::grade_differs_from_score::CHECK,
        indicator::missed_target_called_complete::CHECK,
        indicator::unit_differs::CHECK,
        indicator::deadline_missed::CHECK,
        indicator::execution_rate_wrong::CHECK,
        indicator::funds_do_not_sum::CHECK,
        indicator::source_exceeds_total::CHECK,
        indicator::amount_differs_from_narrative::CHECK,
        indicator::amount_differs_from_table::CHECK,
        indicator::score_differs_from_narrative::CHECK,
        indicator::row_differs_from_narrative::CHECK,
        indicator::formula_below_weight::CHECK,
        indicator::problem_denied::CHECK,
        indicator::praise_denied::CHECK,
        indicator::shortfall_denied::CHECK,
        indicator::increase_is_level::CHECK,
        indicator::type_differs_from_narrative::CHECK,
        indicator::period_excludes_deadline::CHECK,
    ]
}

/// Runs the selected checks; findings in document order.
pub fn run(report: &Report, selection: &Selection) -> Vec<Finding> {
    let checks = || registry().iter().filter(|check| selection.takes(check.name));
    let finders: Vec<fn(&Report) -> Vec<Finding>> = checks()
        .filter_map(|check| match check.run {
            Run::Report(find) => Some(find),
            Run::Relation(_) => None,
        })
        .collect();
    let found: Vec<Vec<Finding>> = finders.into_par_iter().map(|find| find(report)).collect();
    let mut findings: Vec<Finding> = found.into_iter().flatten().collect();
    let related: HashMap<&str, &Check> = checks()
        .filter(|check| matches!(check.run, Run::Relation(_)))
        .map(|check| (check.name, check))
        .collect();
    for root in &report.roots {
        match row_of_wrong_code(report, root, &mut findings) {
            Some(row) => {
                let all = std::iter::once(&root.relation).chain(&root.follows);
                row.follows.extend(all.map(|id| claim::follow(report, &report.relations[*id])));
            }
            None => findings.extend(shown(report, root, &related)),
        }
    }
    findings.retain(|finding| !crate::doubt::shakes(report, finding));
    findings.sort_by_key(|finding| finding.at);
    findings
}

/// What says already that the code of the row that breaks a sum is wrong.
fn row_of_wrong_code<'f>(
    report: &Report,
    root: &Root,
    findings: &'f mut [Finding],
) -> Option<&'f mut Finding> {
    let (_, row) = row_of(report, root.misplaced?)?;
    let codes = findings.iter_mut().filter(|finding| finding.check.starts_with("code/"));
    codes.into_iter().find(|finding| Some(finding.at) == row.code_at)
}

/// The finding of a defect under the first of its relations whose check runs; the others follow from it.
fn shown(report: &Report, root: &Root, checks: &HashMap<&str, &Check>) -> Option<Finding> {
    let relation = |id: usize| &report.relations[id];
    let story = checks.get(root.check(relation(root.relation)));
    let (id, check) = match story {
        Some(check) => (root.relation, check),
        None if root.from_nothing => return None,
        None => root.follows.iter().find_map(|id| Some((*id, checks.get(relation(*id).check)?)))?,
    };
    let mut finding = claim::finding(report, check, root, relation(id));
    let others = root.follows.iter().filter(|other| **other != id);
    finding.follows = others
        .filter(|other| root.from_nothing || checks.contains_key(relation(**other).check))
        .map(|other| claim::follow(report, relation(*other)))
        .collect();
    Some(finding)
}
