//! `gouji corpus panel`: agency × year × indicator, amounts in yuan.

use crate::cli::{Failure, Outcome, output};
use gouji::corpus::{Choice, Corpus, Panel, panel, spreadsheet_cell};
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// The corpus
    #[arg(value_name = "DB")]
    corpus: PathBuf,
    /// Columns: NAME, NAME@FUND, NAME:BASIS, e.g. expenditure/this_year@general
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    indicator: Vec<String>,
    /// Only agencies whose name holds this
    #[arg(long)]
    agency: Option<String>,
    /// Only these years
    #[arg(long, value_name = "YEAR", value_delimiter = ',')]
    year: Vec<i32>,
    /// CSV, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Csv,
    Jsonl,
}

pub fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let corpus = Corpus::open(&arguments.corpus)?;
    let choice =
        Choice { indicators: arguments.indicator, agency: arguments.agency, years: arguments.year };
    let panel = panel(&corpus, &choice)?;
    let text = match arguments.format {
        Format::Csv => csv(&panel),
        Format::Jsonl => jsonl(&panel),
    };
    output::write(text.as_bytes(), arguments.output.as_deref())?;
    Ok(Outcome::Clean)
}

fn csv(panel: &Panel) -> String {
    let mut out = String::from("\u{feff}agency,year,kind,reports,conflicts");
    for column in &panel.columns {
        out.push(',');
        out.push_str(&spreadsheet_cell(column, false));
    }
    out.push_str("\r\n");
    for line in &panel.lines {
        let agency = spreadsheet_cell(&line.agency, false);
        let (year, kind) = (line.year, &line.kind);
        let _ = write!(out, "{agency},{year},{kind},{},{}", line.reports, line.conflicts);
        for value in &line.values {
            out.push(',');
            if let Some(fen) = value {
                yuan(&mut out, *fen);
            }
        }
        out.push_str("\r\n");
    }
    out
}

fn jsonl(panel: &Panel) -> String {
    let mut out = String::new();
    for line in &panel.lines {
        let mut row = serde_json::json!({
            "agency": line.agency, "year": line.year, "kind": line.kind,
            "reports": line.reports, "conflicts": line.conflicts,
        });
        for (column, value) in panel.columns.iter().zip(&line.values) {
            if let Some(fen) = value {
                let mut amount = String::new();
                yuan(&mut amount, *fen);
                row[column] = amount.into();
            }
        }
        let _ = writeln!(out, "{row}");
    }
    out
}

/// Fen as yuan: `51805900.00`.
fn yuan(out: &mut String, fen: i64) {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    let _ = write!(out, "{sign}{}.{:02}", fen / 100, fen % 100);
}
