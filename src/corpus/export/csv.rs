//! CSV as Excel opens it: a byte order mark, CRLF, and no cell that is a formula.

use super::{Column, Kind, Sink, Value};
use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::Path;

/// A CSV file.
pub(super) struct Csv {
    out: BufWriter<File>,
    columns: Vec<Column>,
}

impl Csv {
    pub fn new(path: &Path, columns: Vec<Column>) -> Result<Self> {
        let mut out = BufWriter::new(File::create(path)?);
        out.write_all("\u{feff}".as_bytes())?;
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        write!(out, "{}\r\n", names.join(","))?;
        Ok(Self { out, columns })
    }
}

impl Sink for Csv {
    fn row(&mut self, row: &[Value]) -> Result<()> {
        for (at, value) in row.iter().enumerate() {
            if at > 0 {
                self.out.write_all(b",")?;
            }
            match value {
                Value::Null => {}
                Value::Text(text) => {
                    let plain = self.columns.get(at).is_none_or(|column| column.kind != Kind::Text);
                    write!(self.out, "{}", spreadsheet_cell(text, plain))?;
                }
                Value::Integer(number) => write!(self.out, "{number}")?,
                Value::Decimal(number) => write!(self.out, "{number}")?,
                Value::Real(number) => write!(self.out, "{number:.1}")?,
                Value::Flag(flag) => write!(self.out, "{flag}")?,
            }
        }
        self.out.write_all(b"\r\n")
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.out.flush()
    }
}

/// A cell of a CSV file; words that a spreadsheet would run as a formula get an apostrophe before them, unless the
/// cell is `plain` (a number).
pub fn spreadsheet_cell(text: &str, plain: bool) -> String {
    let number =
        text.trim_start_matches(['-', '+']).chars().all(|c| c.is_ascii_digit() || c == '.');
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula && !number && !plain { "'" } else { "" };
    match text.contains([',', '"', '\n', '\r', '\t']) || text.starts_with(' ') {
        true => format!("\"{guard}{}\"", text.replace('"', "\"\"")),
        false => format!("{guard}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_numbers_are_not() {
        assert_eq!(spreadsheet_cell("=1+1", false), "'=1+1");
        assert_eq!(spreadsheet_cell("@SUM(A1)", false), "'@SUM(A1)");
        assert_eq!(spreadsheet_cell("+cmd|' /C calc'!A0", false), "'+cmd|' /C calc'!A0");
        assert_eq!(spreadsheet_cell("-2+3", false), "'-2+3");
        assert_eq!(spreadsheet_cell("-", false), "-");
        assert_eq!(spreadsheet_cell("-12.50", false), "-12.50");
        assert_eq!(spreadsheet_cell("\t=1", false), "\"'\t=1\"");
        assert_eq!(spreadsheet_cell("a,\"b\"", false), "\"a,\"\"b\"\"\"");
    }
}
