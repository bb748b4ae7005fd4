//! Workbooks (`.xlsx .xls .et .ods .csv`): what a person sees in each sheet, as titles, tables and notes.

mod csv;
pub(crate) mod format;
mod layout;
mod ods;
mod xls;
mod xlsx;

use super::{Builder, Document, Format, ReadOptions, Source};
use crate::error::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Most cells with text of one workbook.
const MAX_CELLS: usize = 200_000;
/// Most bytes of text of one workbook; a text that many cells share counts for each of them.
const MAX_TEXT: usize = 24 << 20;

/// A cell as it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
struct Shown {
    text: String,
    numeric: bool,
}

/// A sheet as it is shown.
#[derive(Debug, Default)]
struct Grid {
    name: String,
    hidden: bool,
    /// Cells with text by row and column, both 0-based.
    cells: BTreeMap<(u32, u32), Shown>,
    /// First and last row and column of each merged area.
    merges: Vec<(u32, u32, u32, u32)>,
    hidden_rows: BTreeSet<u32>,
    /// First and last of each run of hidden columns.
    hidden_cols: Vec<(u32, u32)>,
    /// Parts with charts, in order.
    charts: Vec<Vec<u8>>,
}

/// What a workbook may still hold.
struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    fn new() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT }
    }

    /// Takes a cell with a text of `length` bytes.
    fn take(&mut self, path: &Path, sheet: &str, length: usize) -> Result<()> {
        match (self.cells.checked_sub(1), self.text.checked_sub(length)) {
            (Some(cells), Some(text)) => *self = Self { cells, text },
            _ => {
                let why = format!(
                    "单元格过多：超过 {MAX_CELLS} 个或 {} MB (too many cells)",
                    MAX_TEXT >> 20
                );
                return Err(Error::new(path, why).at(sheet));
            }
        }
        Ok(())
    }
}

impl Grid {
    fn hide_cols(&mut self, from: u32, to: u32) {
        if !self.hidden_cols.iter().any(|run| run.0 <= from && to <= run.1) {
            self.hidden_cols.push((from, to));
        }
    }

    fn is_hidden_col(&self, col: u32) -> bool {
        self.hidden_cols.iter().any(|run| (run.0..=run.1).contains(&col))
    }

    fn set(&mut self, row: u32, col: u32, text: String, numeric: bool) {
        if !text.trim().is_empty() {
            self.cells.insert((row, col), Shown { text, numeric });
        }
    }
}

/// Reads a workbook of any kind; the kind is found by content.
///
/// # Errors
/// The file is damaged, encrypted, or holds an absurd number of cells.
pub fn read(path: &Path, bytes: &[u8], options: &ReadOptions) -> Result<Document> {
    let (format, grids) = grids(path, bytes, options)?;
    let mut builder = Builder::new(Source::new(path, format, bytes));
    for grid in grids {
        layout::lay_out(grid, &mut builder);
    }
    Ok(builder.finish())
}

/// Hands the visible sheets of a workbook embedded in a document to its builder.
pub(super) fn embedded(path: &Path, bytes: &[u8], builder: &mut Builder) -> Result<()> {
    // Old containers hold the file in a stream of its own.
    let package = super::ole::stream(bytes, "Package");
    let bytes = package.as_deref().unwrap_or(bytes);
    let (_, grids) = grids(path, bytes, &ReadOptions::default())?;
    for grid in grids.into_iter().filter(|grid| !grid.hidden) {
        layout::lay_out(grid, builder);
    }
    Ok(())
}

fn grids(path: &Path, bytes: &[u8], _options: &ReadOptions) -> Result<(Format, Vec<Grid>)> {
    let (format, grids) = if bytes.starts_with(b"PK") {
        let container = super::container::Container::open(path, bytes)?;
        if container.has("content.xml") {
            (Format::Ods, ods::grids(path, bytes)?)
        } else {
            (Format::Xlsx, xlsx::grids(path, bytes)?)
        }
    } else if bytes.starts_with(&super::ole::MAGIC) || bytes.first() == Some(&0x09) {
        (Format::Xls, xls::grids(path, bytes)?)
    } else {
        (Format::Csv, vec![csv::grid(path, bytes)?])
    };
    Ok((format, grids))
}

/// `Sheet1!C7` of a 0-based row and column.
fn place(sheet: &str, row: u32, col: u32) -> String {
    let mut letters = Vec::new();
    let mut left = col + 1;
    while left > 0 {
        letters.push((b'A' + ((left - 1) % 26) as u8) as char);
        left = (left - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{sheet}!{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn places_of_cells() {
        assert_eq!(place("公开01表", 6, 2), "公开01表!C7");
        assert_eq!(place("S", 0, 26), "S!AA1");
    }
}
