//! One report, one year.

pub mod as_of_another_year;
pub mod compared_with_another_year;
pub mod compared_with_itself;
pub mod figure_of_this_year;
pub mod heading_of_another_year;

use super::Check;
use crate::document::{Document, ReportKind, Span};
use crate::finding::{Finding, Suggestion};

/// The year of final accounts.
fn accounts_year(document: &Document) -> Option<i32> {
    document.report.year.filter(|_| document.report.kind == ReportKind::FinalAccounts)
}

/// A finding about a year that should be another.
fn finding(check: &Check, at: Span, quote: &str, right: i32, zh: String, en: String) -> Finding {
    Finding {
        suggestion: Some(Suggestion {
            at: Span { start: at.start, end: at.start + 4 },
            quote: quote.get(..4).unwrap_or(quote).to_string(),
            replace_with: right.to_string(),
            because: "年份未更新".into(),
            because_en: "the year was not updated".into(),
            repairs: 1,
        }),
        ..check.finding(at, (zh, en))
    }
}
