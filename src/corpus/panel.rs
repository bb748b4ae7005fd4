//! The panel: one row an agency, year and kind of report, one column an indicator, amounts in yuan.

use super::Corpus;
use crate::error::Result;
use rayon::prelude::*;
use rusqlite::OptionalExtension;
use std::collections::HashMap;
use std::path::Path;

/// The columns of a panel nobody chose columns for.
pub const INDICATORS: [&str; 12] = [
    "revenue/total",
    "expenditure/total",
    "revenue/this_year",
    "expenditure/this_year",
    "expenditure/basic",
    "expenditure/project",
    "expenditure/this_year@general",
    "expenditure/this_year@government_fund",
    "three_public/total",
    "three_public/reception",
    "operation/total",
    "procurement/total",
];

/// What a panel shows.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Indicators, each `NAME`, `NAME@FUND`, `NAME:BASIS` or `NAME@FUND:BASIS`; without a fund only figures that name
    /// none, without a basis that of the kind of report. Empty takes [`INDICATORS`].
    pub indicators: Vec<String>,
    /// Only agencies whose name holds this.
    pub agency: Option<String>,
    /// Only these years.
    pub years: Vec<i32>,
}

/// One row of a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The agency.
    pub agency: String,
    /// The year.
    pub year: i32,
    /// `final_accounts`, `budget`, `performance`, `other`.
    pub kind: String,
    /// How many reports there are of this agency, year and kind; the one stored last is shown.
    pub reports: u32,
    /// Columns whose mentions in the report exclude each other: left empty.
    pub conflicts: u32,
    /// Amounts in fen, one a column.
    pub values: Vec<Option<i64>>,
}

/// An agency × year × indicator table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// The columns.
    pub columns: Vec<String>,
    /// The rows by agency, year and kind.
    pub lines: Vec<Line>,
}

/// Makes a panel.
///
/// # Errors
/// The corpus is damaged.
pub fn panel(corpus: &Corpus, choice: &Choice) -> Result<Panel> {
    let fault = |error: rusqlite::Error| corpus.fault(&error);
    let columns: Vec<String> = match choice.indicators.is_empty() {
        true => INDICATORS.iter().map(|name| (*name).to_string()).collect(),
        false => choice.indicators.clone(),
    };
    let (mut lines, rows) = lines(corpus, choice, columns.len()).map_err(fault)?;
    let path = corpus.path();
    let values: Vec<Vec<Cell>> =
        columns.par_iter().map(|column| read(path, column)).collect::<Result<_>>()?;
    for (at, values) in values.into_iter().enumerate() {
        for Cell { report, basis, year, fen, agree } in values {
            let Some(line) = rows.get(report as usize).and_then(|row| lines.get_mut(*row as usize))
            else {
                continue;
            };
            let own = basis.is_none_or(|basis| basis == own_basis(&line.kind));
            if year != line.year || !own {
                continue;
            }
            match agree {
                true => line.values[at] = fen,
                false => line.conflicts += 1,
            }
        }
    }
    lines.sort_by(|a, b| (&a.agency, a.year, &a.kind).cmp(&(&b.agency, b.year, &b.kind)));
    Ok(Panel { columns, lines })
}

/// The stage a report of this kind is about.
fn own_basis(kind: &str) -> Basis {
    match kind {
        "budget" => Basis::Budget,
        _ => Basis::Final,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Basis {
    Budget,
    Final,
    Other,
}

/// A figure of a column.
struct Cell {
    report: i64,
    /// `None` if the column names a basis itself.
    basis: Option<Basis>,
    year: i32,
    fen: Option<i64>,
    agree: bool,
}

/// The empty rows, and for each report the row that shows it (or none: a number beyond them).
fn lines(
    corpus: &Corpus,
    choice: &Choice,
    columns: usize,
) -> rusqlite::Result<(Vec<Line>, Vec<u32>)> {
    let sql = "SELECT id, agency, year, kind FROM reports WHERE agency IS NOT NULL AND year IS NOT NULL ORDER BY id DESC";
    let mut statement = corpus.connection.prepare(sql)?;
    let mut reports = statement.query([])?;
    let mut lines: Vec<Line> = Vec::new();
    let mut seen: HashMap<(String, i32, String), usize> = HashMap::new();
    let mut rows = Vec::new();
    while let Some(report) = reports.next()? {
        let (id, agency): (i64, String) = (report.get(0)?, report.get(1)?);
        let (year, kind): (i32, String) = (report.get(2)?, report.get(3)?);
        let wanted = choice.agency.as_ref().is_none_or(|wanted| agency.contains(wanted.as_str()));
        if !wanted || !(choice.years.is_empty() || choice.years.contains(&year)) {
            continue;
        }
        if let Some(row) = seen.get(&(agency.clone(), year, kind.clone())) {
            lines[*row].reports += 1;
            continue;
        }
        if rows.len() <= id as usize {
            rows.resize(id as usize + 1, u32::MAX);
        }
        rows[id as usize] = lines.len() as u32;
        seen.insert((agency.clone(), year, kind.clone()), lines.len());
        let values = vec![None; columns];
        lines.push(Line { agency, year, kind, reports: 1, conflicts: 0, values });
    }
    Ok((lines, rows))
}

/// The figures of a column, by a connection of its own.
fn read(path: &Path, column: &str) -> Result<Vec<Cell>> {
    let corpus = Corpus::open(path)?;
    let cells = || {
        let (name, basis) = column.split_once(':').map_or((column, None), |(a, b)| (a, Some(b)));
        let (name, fund) = name.split_once('@').map_or((name, None), |(a, b)| (a, Some(b)));
        let number = |name: &str| {
            let find = "SELECT id FROM name WHERE name = ?";
            corpus.connection.query_row(find, [name], |row| row.get::<_, i64>(0)).optional()
        };
        let Some(indicator) = number(name)? else { return Ok(Vec::new()) };
        let fund = match fund {
            Some(fund) => number(fund)?.unwrap_or(-1),
            None => 0,
        };
        let (budget, done) = (number("budget")?, number("final")?);
        let named = basis.map(number).transpose()?.flatten();
        let sql = "SELECT report, basis, year, fen, agree FROM figure WHERE indicator = ?1 AND fund = ?2 AND derived = 0 \
                   UNION ALL \
                   SELECT report, basis, year, fen, agree FROM figure_new WHERE indicator = ?1 AND fund = ?2 AND derived = 0";
        let mut statement = corpus.connection.prepare(sql)?;
        let mut found = statement.query([indicator, fund])?;
        let mut cells = Vec::new();
        while let Some(row) = found.next()? {
            let stage: Option<i64> = row.get(1)?;
            let stage = match basis {
                Some(_) if stage != named => continue,
                Some(_) => None,
                None if stage == budget => Some(Basis::Budget),
                None if stage == done => Some(Basis::Final),
                None => Some(Basis::Other),
            };
            cells.push(Cell {
                report: row.get(0)?,
                basis: stage,
                year: row.get(2)?,
                fen: row.get(3)?,
                agree: row.get(4)?,
            });
        }
        Ok(cells)
    };
    cells().map_err(|error: rusqlite::Error| corpus.fault(&error))
}
