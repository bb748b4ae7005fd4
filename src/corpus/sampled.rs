//! A spot check over a corpus: how many of its reports have errors, by the findings stored with them.

use super::check::report_of;
use super::{Corpus, sample};
use crate::check::Selection;
use crate::error::Result;
use crate::report::json::{CheckOutput, FindingEntry, Sample};
use crate::report::place::Place;

/// Draws a sample stratified by agency and year, and shows its reports with the findings of the selected checks.
///
/// # Errors
/// The corpus is damaged.
pub fn sampled(
    corpus: &Corpus,
    size: usize,
    seed: u64,
    selection: &Selection,
) -> Result<CheckOutput> {
    let fault = |error: rusqlite::Error| corpus.fault(&error);
    // In the order of the content, so that the same reports give the same sample however they came in.
    let sql = "SELECT id, agency, year FROM reports ORDER BY key";
    let mut statement = corpus.connection.prepare(sql).map_err(fault)?;
    let rows = statement.query_map([], |row| {
        let stratum: (Option<String>, Option<i64>) = (row.get(1)?, row.get(2)?);
        Ok((row.get::<_, i64>(0)?, stratum))
    });
    let rows = rows.and_then(|rows| rows.collect::<rusqlite::Result<Vec<_>>>()).map_err(fault)?;
    let (ids, strata): (Vec<i64>, Vec<_>) = rows.into_iter().unzip();
    let mut reports = Vec::new();
    for at in sample::draw(&strata, size, seed) {
        let findings = stored(corpus, ids[at], selection).map_err(fault)?;
        reports.push(report_of(corpus, ids[at], findings).map_err(fault)?);
    }
    reports.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    let wrong = reports.iter().filter(|r| r.findings.iter().any(|f| f.severity == "error")).count();
    let mut output = CheckOutput::new(reports, Vec::new());
    output.summary.sample = Some(Sample::new(output.reports.len(), ids.len(), seed, wrong));
    Ok(output)
}

/// The findings stored with a report.
fn stored(
    corpus: &Corpus,
    report: i64,
    selection: &Selection,
) -> rusqlite::Result<Vec<FindingEntry>> {
    let sql = "SELECT \"check\", severity, message, arithmetic, section, quote, page, fingerprint FROM findings \
               WHERE report = ? ORDER BY id";
    let mut statement = corpus.connection.prepare_cached(sql)?;
    let rows = statement.query_map([report], |row| {
        let severity: String = row.get(1)?;
        Ok(FindingEntry {
            check: row.get(0)?,
            severity: ["error", "warning"].into_iter().find(|s| *s == severity).unwrap_or("note"),
            message: row.get(2)?,
            arithmetic: row.get(3)?,
            at: Place {
                section: row.get(4)?,
                quote: row.get(5)?,
                page: row.get(6)?,
                ..Place::default()
            },
            evidence: Vec::new(),
            suggestion: None,
            follows: Vec::new(),
            fingerprint: row.get(7)?,
        })
    })?;
    let rows: Vec<FindingEntry> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().filter(|finding| selection.takes(&finding.check)).collect())
}
