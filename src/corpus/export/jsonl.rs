//! JSON lines: one object a row, decimals as strings, absent values left out.

use super::{Column, Sink, Value};
use std::fs::File;
use std::io::{BufWriter, Result, Write};
use std::path::Path;

/// A file of JSON lines.
pub(super) struct Lines {
    out: BufWriter<File>,
    columns: Vec<Column>,
}

impl Lines {
    pub fn new(path: &Path, columns: Vec<Column>) -> Result<Self> {
        Ok(Self { out: BufWriter::new(File::create(path)?), columns })
    }
}

impl Sink for Lines {
    fn row(&mut self, row: &[Value]) -> Result<()> {
        let mut first = true;
        for (column, value) in self.columns.iter().zip(row) {
            if *value == Value::Null {
                continue;
            }
            write!(self.out, "{}\"{}\":", if first { "{" } else { "," }, column.name)?;
            first = false;
            match value {
                Value::Null => {}
                Value::Text(text) => serde_json::to_writer(&mut self.out, text)?,
                Value::Integer(number) => write!(self.out, "{number}")?,
                Value::Decimal(number) => write!(self.out, "\"{number}\"")?,
                Value::Real(number) => write!(self.out, "{number:.1}")?,
                Value::Flag(flag) => write!(self.out, "{flag}")?,
            }
        }
        self.out.write_all(if first { b"{}\n" } else { b"}\n" })
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.out.flush()
    }
}
