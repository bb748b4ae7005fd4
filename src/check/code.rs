//! Classification codes and their names.

pub mod code_differs;
pub mod name_differs;
pub mod name_differs_from_table;
pub mod name_misspelt;

use super::{Check, Severity};
use crate::Report;
use crate::document::Span;
use crate::finding::{Finding, Suggestion};
use crate::number::NumberId;
use crate::table::{CodeKind, RowKind};

/// A functional code in a row of a table, with the amounts of the row.
struct Printed<'r> {
    /// `2011301`
    code: &'r str,
    /// `行政运行`
    name: &'r str,
    /// The cells of the code, or the name where the row has none.
    at: Span,
    /// The table.
    table: u32,
    /// Its figures.
    values: Vec<NumberId>,
}

/// The rows of all tables that are keyed by one functional code.
fn rows(report: &Report) -> Vec<Printed<'_>> {
    let mut found = Vec::new();
    for shape in &report.tables {
        let function = |kind| kind == Some(CodeKind::Function);
        for side in shape.sides.iter().filter(|side| function(side.codes) && side.code_groups < 2) {
            for row in side.rows.iter().filter(|row| row.kind == RowKind::Item) {
                let Some(code) = row.code.as_deref() else { continue };
                let at = row.code_at.unwrap_or(row.at);
                let values = row.values.iter().flatten().copied().collect();
                found.push(Printed { code, name: &row.name, at, table: row.table, values });
            }
        }
    }
    found
}

/// A finding about a code or its name, with what should stand there.
fn finding(
    check: &Check,
    at: Span,
    messages: (String, String),
    suggestion: Option<Suggestion>,
) -> Finding {
    let severity = check.severity.max(Severity::Warning);
    Finding { severity, suggestion, ..check.finding(at, messages) }
}

/// The repair of a code or name.
fn suggest(report: &Report, at: Span, right: &str, why: (&str, &str)) -> Suggestion {
    Suggestion {
        at,
        quote: report.document.slice(at).to_string(),
        replace_with: right.to_string(),
        because: why.0.to_string(),
        because_en: why.1.to_string(),
        repairs: 1,
    }
}
