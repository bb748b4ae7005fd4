//! What is in a corpus: reports by kind and year, coverage, findings by check, agency and year.

use super::Corpus;
use crate::error::Result;
use serde::Serialize;

/// A line of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What is counted: `sum/parts_differ_from_total`, `2024`, `清河县水务局`.
    pub name: String,
    /// Reports.
    pub reports: i64,
    /// Of these, reports with at least one error.
    pub with_errors: i64,
    /// Errors.
    pub errors: i64,
    /// Warnings and notes.
    pub warnings: i64,
}

/// What is in a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Reports.
    pub reports: i64,
    /// Files they came from, copies included.
    pub files: i64,
    /// Files that could not be read.
    pub failures: i64,
    /// Reports that another version of gouji read.
    pub stale: i64,
    /// Bytes of the files.
    pub bytes: i64,
    /// Agencies.
    pub agencies: i64,
    /// Figures, and of these read, given a meaning, compared.
    pub coverage: [i64; 4],
    /// Rows of tables: passages, numbers, facts, tables, findings.
    pub rows: Vec<(String, i64)>,
    /// By kind of report.
    pub by_kind: Vec<Count>,
    /// By year.
    pub by_year: Vec<Count>,
    /// By check: reports in which it fires, and findings.
    pub by_check: Vec<Count>,
    /// By agency, most errors first.
    pub by_agency: Vec<Count>,
}

/// Counts a corpus; at most `most` agencies.
///
/// # Errors
/// The corpus is damaged.
pub fn stats(corpus: &Corpus, most: usize) -> Result<Stats> {
    read(corpus, most).map_err(|error| corpus.fault(&error))
}

fn read(corpus: &Corpus, most: usize) -> rusqlite::Result<Stats> {
    let connection = &corpus.connection;
    let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let counts = |sql: &str| -> rusqlite::Result<Vec<Count>> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Count {
                name: row.get(0)?,
                reports: row.get(1)?,
                with_errors: row.get(2)?,
                errors: row.get(3)?,
                warnings: row.get(4)?,
            })
        })?;
        rows.collect()
    };
    let grouped = |by: &str, end: &str| {
        counts(&format!(
            "SELECT coalesce(CAST({by} AS TEXT), ''), count(*), count(*) FILTER (WHERE errors > 0), \
             sum(errors), sum(warnings + notes) FROM reports GROUP BY {by} {end}"
        ))
    };
    let coverage = "SELECT coalesce(sum(numbers), 0), coalesce(sum(read), 0), coalesce(sum(bound), 0), \
                    coalesce(sum(checked), 0) FROM reports";
    let rows = [
        "sections",
        "passages",
        "number",
        "fact",
        "tables",
        "codes",
        "indicators",
        "findings",
        "gap",
    ];
    let rows = rows.iter().map(|table| {
        let name = match *table {
            "number" => "numbers",
            "fact" => "facts",
            "gap" => "gaps",
            name => name,
        };
        Ok((name.to_string(), one(&format!("SELECT count(*) FROM {table}"))?))
    });
    Ok(Stats {
        reports: one("SELECT count(*) FROM reports")?,
        files: one("SELECT count(*) FROM files WHERE report IS NOT NULL")?,
        failures: one("SELECT count(*) FROM files WHERE error IS NOT NULL")?,
        stale: connection.query_row(
            "SELECT count(*) FROM reports WHERE reader <> ?",
            [super::reader()],
            |row| row.get(0),
        )?,
        bytes: one("SELECT coalesce(sum(bytes), 0) FROM reports")?,
        agencies: one("SELECT count(DISTINCT agency) FROM reports")?,
        coverage: connection.query_row(coverage, [], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
        })?,
        rows: rows.collect::<rusqlite::Result<_>>()?,
        by_kind: grouped("kind", "ORDER BY 2 DESC, 1")?,
        by_year: grouped("year", "ORDER BY year")?,
        by_check: counts(
            "SELECT \"check\", count(DISTINCT report), count(DISTINCT report) FILTER (WHERE severity = 'error'), \
             count(*) FILTER (WHERE severity = 'error'), count(*) FILTER (WHERE severity <> 'error') \
             FROM findings GROUP BY 1 ORDER BY 4 DESC, 5 DESC, 1",
        )?,
        by_agency: grouped("agency", &format!("ORDER BY 4 DESC, 5 DESC, 1 LIMIT {most}"))?,
    })
}
