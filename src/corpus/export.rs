//! Export: the tables of a corpus as parquet, CSV or JSON lines, with a page that explains them beside the data.
//!
//! Rows come in the order of the reports' content hashes: two corpora of the same reports give the same files.

mod csv;
mod jsonl;
mod parquet;
pub mod tables;

pub use csv::spreadsheet_cell;

use super::Corpus;
use crate::error::{Error, Result};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement};
use rust_decimal::Decimal;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tables::{Column, FAILURES, Kind, REPORT, TABLES, Table};

/// Digits after the point of exported decimals.
const SCALE: u32 = 12;

/// A format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One folder a table, partitioned by year and kind of report.
    Parquet,
    /// One file a table, as Excel opens it.
    Csv,
    /// One file a table, one object a line.
    Jsonl,
}

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Null,
    Text(String),
    Integer(i64),
    Decimal(Decimal),
    Real(f64),
    Flag(bool),
}

/// Takes the rows of one table.
trait Sink {
    fn row(&mut self, row: &[Value]) -> std::io::Result<()>;
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}

/// Writes all tables into an empty folder; gives the rows of each.
///
/// # Errors
/// The folder is not empty or cannot be written to, or the corpus is damaged.
pub fn export(corpus: &Corpus, format: Format, folder: &Path) -> Result<Vec<(&'static str, u64)>> {
    let bad = |error: std::io::Error| Error::new(folder, error.to_string());
    std::fs::create_dir_all(folder).map_err(bad)?;
    if std::fs::read_dir(folder).map_err(bad)?.next().is_some() {
        return Err(Error::new(folder, "目录非空 (the folder is not empty)"));
    }
    let counts = Export { corpus, format, folder }.run();
    let counts = counts.map_err(|error| match error {
        Trouble::Store(error) => corpus.fault(&error),
        Trouble::Write(error) => bad(error),
    })?;
    std::fs::write(folder.join("README.md"), readme(format)).map_err(bad)?;
    Ok(counts)
}

enum Trouble {
    Store(rusqlite::Error),
    Write(std::io::Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error)
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Write(error)
    }
}

struct Export<'a> {
    corpus: &'a Corpus,
    format: Format,
    folder: &'a Path,
}

/// Year and kind of a report.
type Part = (Option<i64>, String);

impl Export<'_> {
    fn run(&self) -> std::result::Result<Vec<(&'static str, u64)>, Trouble> {
        let connection = &self.corpus.connection;
        // One state of the corpus, though somebody may be adding to it.
        let _snapshot = connection.unchecked_transaction()?;
        let mut counts: Vec<(&'static str, u64)> =
            TABLES.iter().map(|table| (table.name, 0)).collect();
        let parts = "SELECT DISTINCT year, kind FROM reports ORDER BY 1, 2";
        let mut parts = connection.prepare(parts)?;
        let parts: Vec<Part> = parts
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        match self.format {
            Format::Parquet => {
                for part in &parts {
                    self.tables(connection, Some(part), &mut counts)?;
                }
            }
            _ => self.tables(connection, None, &mut counts)?,
        }
        let mut sink = self.sink(&FAILURES, None, false)?;
        let mut statement = connection.prepare(FAILURES.sql)?;
        let count = rows(&mut statement, [], &[], FAILURES.columns, &mut *sink)?;
        sink.finish()?;
        counts.push((FAILURES.name, count));
        Ok(counts)
    }

    /// All tables of the reports of a partition, or of all reports.
    fn tables(
        &self,
        connection: &Connection,
        part: Option<&Part>,
        counts: &mut [(&'static str, u64)],
    ) -> std::result::Result<(), Trouble> {
        let mut sinks = Vec::with_capacity(TABLES.len());
        for table in TABLES {
            sinks.push((self.sink(table, part, true)?, connection.prepare(table.sql)?));
        }
        let reports = "SELECT id, key, year, kind FROM reports WHERE ?1 OR (year IS ?2 AND kind = ?3) ORDER BY key";
        let mut reports = connection.prepare(reports)?;
        let (year, kind) = part.map_or((None, ""), |(year, kind)| (*year, kind.as_str()));
        let mut reports = reports.query((part.is_none(), year, kind))?;
        while let Some(report) = reports.next()? {
            let id: i64 = report.get(0)?;
            let mut head = vec![Value::Text(report.get(1)?)];
            if part.is_none() {
                head.push(report.get::<_, Option<i64>>(2)?.map_or(Value::Null, Value::Integer));
                head.push(Value::Text(report.get(3)?));
            }
            for ((table, (sink, statement)), count) in
                TABLES.iter().zip(&mut sinks).zip(counts.iter_mut())
            {
                count.1 += rows(statement, [id], &head, table.columns, &mut **sink)?;
            }
        }
        for (sink, _) in sinks {
            sink.finish()?;
        }
        Ok(())
    }

    fn sink(
        &self,
        table: &Table,
        part: Option<&Part>,
        report: bool,
    ) -> std::io::Result<Box<dyn Sink>> {
        let head = match (report, self.format) {
            (false, _) => 0,
            (true, Format::Parquet) => 1,
            (true, _) => REPORT.len(),
        };
        let columns: Vec<Column> = REPORT[..head].iter().chain(table.columns).copied().collect();
        let path = |extension: &str| self.folder.join(format!("{}.{extension}", table.name));
        Ok(match self.format {
            Format::Csv => Box::new(csv::Csv::new(&path("csv"), columns)?),
            Format::Jsonl => Box::new(jsonl::Lines::new(&path("jsonl"), columns)?),
            Format::Parquet => {
                let folder = self.partition(table, part);
                std::fs::create_dir_all(&folder)?;
                let path = folder.join(format!("{}.parquet", table.name));
                Box::new(parquet::Parquet::new(&path, table.name, &columns)?)
            }
        })
    }

    /// `facts/report_year=2024/report_kind=final_accounts`, as Hive, Spark and DuckDB read it.
    fn partition(&self, table: &Table, part: Option<&Part>) -> PathBuf {
        let folder = self.folder.join(table.name);
        let Some((year, kind)) = part else { return folder };
        let year = year.unwrap_or(0);
        folder.join(format!("report_year={year}")).join(format!("report_kind={kind}"))
    }
}

fn rows(
    statement: &mut Statement<'_>,
    with: impl rusqlite::Params,
    head: &[Value],
    columns: &[Column],
    sink: &mut dyn Sink,
) -> std::result::Result<u64, Trouble> {
    let mut count = 0;
    let mut found = statement.query(with)?;
    let mut row = head.to_vec();
    while let Some(values) = found.next()? {
        row.truncate(head.len());
        for (at, column) in columns.iter().enumerate() {
            row.push(value(values.get_ref(at)?, column));
        }
        sink.row(&row)?;
        count += 1;
    }
    Ok(count)
}

/// A value of the store as the column's kind; an amount in whole fen becomes yuan.
fn value(value: ValueRef<'_>, column: &Column) -> Value {
    match (column.kind, value) {
        (Kind::Integer, ValueRef::Integer(number)) => Value::Integer(number),
        (Kind::Flag, ValueRef::Integer(flag)) => Value::Flag(flag != 0),
        (Kind::Real, ValueRef::Real(number)) => Value::Real(number),
        (Kind::Decimal, ValueRef::Integer(fen)) => Value::Decimal(Decimal::new(fen, 2)),
        (Kind::Decimal, ValueRef::Text(text)) => {
            let number =
                std::str::from_utf8(text).ok().and_then(|text| text.parse::<Decimal>().ok());
            match number.map(|number| number.normalize()).filter(|number| number.scale() <= SCALE) {
                Some(number) => Value::Decimal(number),
                None => Value::Null,
            }
        }
        (Kind::Text, ValueRef::Text(text)) => {
            Value::Text(String::from_utf8_lossy(text).into_owned())
        }
        _ => Value::Null,
    }
}

/// The page beside the data.
pub fn readme(format: Format) -> String {
    let mut page = String::from("# A corpus of public-finance reports, exported by gouji\n\n");
    page.push_str(match format {
        Format::Parquet => {
            "One folder a table, partitioned by `report_year` (0 for reports that name none) and `report_kind`. Decimals are `DECIMAL(38, 12)`.\n\n\
             ```sql\n-- DuckDB\nSELECT agency, sum(f.yuan) FROM 'figures/**/*.parquet' f JOIN 'reports/**/*.parquet' USING (report) \
             GROUP BY agency;\n```\n\n```python\n# pandas, Spark\npandas.read_parquet(\"facts\")\nspark.read.parquet(\"facts\")\n```\n"
        }
        Format::Csv => {
            "One UTF-8 file a table with a byte order mark, as Excel opens it. Text that a spreadsheet would take for a formula \
             (it begins with `=`, `+`, `-` or `@`) has an apostrophe before it.\n"
        }
        Format::Jsonl => "One file a table, one object a line. Decimals are strings; absent values are left out.\n",
    });
    page.push_str("\nAmounts are exact; a printed amount stands for a range, half of its last printed place (`place`) to either side.\n");
    for table in TABLES.iter().chain([&FAILURES]) {
        let _ = write!(
            page,
            "\n## {}\n\n{}\n\n| column | type | meaning |\n|---|---|---|\n",
            table.name, table.about
        );
        let head: &[Column] = if table.name == FAILURES.name { &[] } else { &REPORT };
        for column in head.iter().chain(table.columns) {
            let kind = match column.kind {
                Kind::Text => "text",
                Kind::Integer => "integer",
                Kind::Decimal => "decimal",
                Kind::Real => "real",
                Kind::Flag => "boolean",
            };
            let _ = writeln!(
                page,
                "| `{}` | {kind} | {} |",
                column.name,
                column.about.replace('|', "\\|")
            );
        }
    }
    page
}
