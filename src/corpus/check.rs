//! Checks over many reports: what one report of an agency says of another.
//!
//! Each is a [`Check`] like those of one report, with a page of its own; it reads figures (all mentions of an indicator
//! taken together) instead of a report. What cannot be compared with certainty is passed over and counted.

pub mod accounts_differ_from_budget;
pub mod department_differs_from_units;
mod figures;
pub mod last_year_differs;
pub mod published_twice;

pub use figures::{Found, Reports, Side};

use super::Corpus;
use crate::check::{Check, Run, Selection};
use crate::document::Format;
use crate::error::Result;
use crate::report::Lang;
use crate::report::json::{CheckOutput, CheckedReport, Coverage, FindingEntry, Meta, SourceFile};
use std::collections::BTreeMap;

/// A check over many reports.
#[derive(Clone, Copy)]
pub struct CorpusCheck {
    /// Name, severity, page.
    pub check: Check,
    /// Finds the defects, and counts what was compared.
    pub run: fn(&Reports<'_>) -> rusqlite::Result<Found>,
}

/// All checks over many reports.
pub fn registry() -> &'static [CorpusCheck] {
    &[
        last_year_differs::CHECK,
        accounts_differ_from_budget::CHECK,
        department_differs_from_units::CHECK,
        published_twice::CHECK,
    ]
}

/// Their pages, for the table of all checks.
pub const PAGES: [&Check; 4] = [
    &last_year_differs::CHECK.check,
    &accounts_differ_from_budget::CHECK.check,
    &department_differs_from_units::CHECK.check,
    &published_twice::CHECK.check,
];

/// A check of one report finds nothing where a check of many is meant.
pub(in crate::corpus) const NOTHING: Run = Run::Report(|_| Vec::new());

/// What a check over many reports compared.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Compared {
    /// The check.
    pub check: &'static str,
    /// Pairs of reports (or departments) that could be compared.
    pub pairs: u64,
    /// Figures compared with a definite answer.
    pub figures: u64,
}

/// Runs the selected checks over a corpus: findings by report, and what was compared.
///
/// # Errors
/// The corpus is damaged.
pub fn check(
    corpus: &Corpus,
    selection: &Selection,
    lang: Lang,
) -> Result<(CheckOutput, Vec<Compared>)> {
    let fault = |error: rusqlite::Error| corpus.fault(&error);
    let reports = Reports::new(corpus, lang).map_err(fault)?;
    let mut by_report: BTreeMap<i64, Vec<FindingEntry>> = BTreeMap::new();
    let mut compared = Vec::new();
    for check in registry().iter().filter(|check| selection.takes(check.check.name)) {
        let found = (check.run)(&reports).map_err(fault)?;
        for (report, finding) in found.findings {
            by_report.entry(report).or_default().push(finding);
        }
        let (pairs, figures) = (found.pairs, found.figures);
        compared.push(Compared { check: check.check.name, pairs, figures });
    }
    let mut checked = Vec::with_capacity(by_report.len());
    for (report, findings) in by_report {
        checked.push(report_of(corpus, report, findings).map_err(fault)?);
    }
    checked.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    Ok((CheckOutput::new(checked, Vec::new()), compared))
}

/// A report with what was found in it.
pub(super) fn report_of(
    corpus: &Corpus,
    report: i64,
    findings: Vec<FindingEntry>,
) -> rusqlite::Result<CheckedReport> {
    let sql = "SELECT coalesce(f.path, ''), coalesce(f.sha256, ''), r.format, r.bytes, r.pages, r.kind, r.agency, r.year, \
               r.unit, r.numbers, r.read, r.bound, r.checked FROM reports r \
               LEFT JOIN files f ON f.path = (SELECT min(path) FROM files WHERE report = r.id AND part = 0) \
               WHERE r.id = ?";
    corpus.connection.query_row(sql, [report], |row| {
        let format: String = row.get(2)?;
        let count = |at: usize| row.get::<_, i64>(at).map(|count| count as usize);
        Ok(CheckedReport {
            source: SourceFile {
                path: row.get(0)?,
                sha256: row.get(1)?,
                format: Format::ALL
                    .iter()
                    .map(|known| known.name())
                    .find(|name| *name == format)
                    .unwrap_or("text"),
                bytes: row.get::<_, i64>(3)? as u64,
                pages: row.get(4)?,
            },
            report: Meta {
                kind: figures::kind(&row.get::<_, String>(5)?),
                agency: row.get(6)?,
                year: row.get(7)?,
                unit: row.get(8)?,
            },
            coverage: Coverage {
                numbers: count(9)?,
                read: count(10)?,
                bound: count(11)?,
                checked: count(12)?,
            },
            findings,
            waived: Vec::new(),
            gaps: Vec::new(),
        })
    })
}
