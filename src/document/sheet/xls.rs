//! Excel 97–2003 and ET workbooks: cells by office_oxide, number formats and hidden rows by our own pass.

use super::{Budget, Grid, format};
use crate::document::{guarded, ole};
use crate::error::{Error, Result};
use office_oxide::xls::{CellValue, XlsDocument};
use std::collections::{BTreeSet, HashMap};
use std::io::Cursor;
use std::path::Path;

/// Hidden rows, and first and last of each run of hidden columns.
type Unseen = (BTreeSet<u32>, Vec<(u32, u32)>);

/// What the records say about looks.
#[derive(Default)]
struct Looks {
    codes: HashMap<u16, String>,
    /// Format id of each XF.
    xf: Vec<u16>,
    epoch_1904: bool,
    /// Hidden rows and columns of each sheet, by its order.
    hidden: Vec<Unseen>,
}

pub(super) fn grids(path: &Path, bytes: &[u8]) -> Result<Vec<Grid>> {
    ole::limit();
    let opened = guarded(|| XlsDocument::from_reader(Cursor::new(bytes.to_vec())))
        .ok_or_else(|| Error::new(path, "工作簿损坏 (damaged workbook)"))?;
    let workbook = opened.map_err(|error| {
        let text = error.to_string();
        let why = if text.to_lowercase().contains("encrypt") {
            "工作簿已加密，无法读取 (encrypted workbook)".to_string()
        } else {
            format!("工作簿损坏 (damaged workbook: {text})")
        };
        Error::new(path, why)
    })?;
    let stream = ole::stream(bytes, "Workbook").or_else(|| ole::stream(bytes, "Book"));
    let looks = looks(stream.as_deref().unwrap_or(bytes));
    let mut budget = Budget::new();
    let mut out = Vec::new();
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let mut grid = Grid { name: sheet.name.clone(), hidden: sheet.hidden, ..Grid::default() };
        for (row, cells) in sheet.rows.iter().enumerate() {
            for (col, value) in cells.iter().enumerate() {
                let xf = sheet.xf.get(row).and_then(|xf| xf.get(col)).copied().unwrap_or(0);
                let (text, numeric) = match value {
                    CellValue::Number(number) => (looks.show(*number, xf), true),
                    CellValue::Empty => continue,
                    other => (other.as_text(), false),
                };
                budget.take(path, &sheet.name, text.len())?;
                grid.set(row as u32, col as u32, text, numeric);
            }
        }
        let area = |m: &(u16, u16, u16, u16)| (m.0.into(), m.2.into(), m.1.into(), m.3.into());
        grid.merges = sheet.merged_cells.iter().map(area).collect();
        if let Some((rows, cols)) = looks.hidden.get(index) {
            grid.hidden_rows = rows.clone();
            cols.iter().for_each(|(from, to)| grid.hide_cols(*from, *to));
        }
        out.push(grid);
    }
    Ok(out)
}

impl Looks {
    fn show(&self, value: f64, xf: u16) -> String {
        let id = self.xf.get(usize::from(xf)).copied().unwrap_or(0);
        let code = match self.codes.get(&id) {
            Some(code) => code.as_str(),
            None => format::builtin(id.into()),
        };
        format::show(value, code, self.epoch_1904)
    }
}

/// Walks the records of the workbook stream: `FORMAT`, `XF`, `DATEMODE`, `ROW`, `COLINFO`.
fn looks(stream: &[u8]) -> Looks {
    let mut out = Looks::default();
    let (mut at, mut depth, mut globals) = (0, 0u32, true);
    while let Some(head) = stream.get(at..at + 4) {
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let Some(data) = stream.get(at + 4..at + 4 + length) else { break };
        at += 4 + length;
        let word = |i: usize| data.get(i..i + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]));
        match kind {
            0x0809 => {
                depth += 1;
                if depth == 1 && word(2) != 0x0005 {
                    globals = false;
                    out.hidden.push(Default::default());
                }
            }
            0x000A => depth = depth.saturating_sub(1),
            0x041E if globals => {
                if let Some(code) = format_code(data) {
                    out.codes.insert(word(0), code);
                }
            }
            0x00E0 if globals => out.xf.push(word(2)),
            0x0022 if globals => out.epoch_1904 = word(0) == 1,
            // fDyZero of ROW
            0x0208 if depth == 1 && word(12) & 0x20 != 0 => {
                if let Some((rows, _)) = out.hidden.last_mut() {
                    rows.insert(word(0).into());
                }
            }
            0x007D if depth == 1 && word(8) & 1 != 0 => {
                if let Some((_, cols)) = out.hidden.last_mut() {
                    cols.push((word(0).into(), word(2).min(255).into()));
                }
            }
            _ => {}
        }
    }
    out
}

fn format_code(data: &[u8]) -> Option<String> {
    let count = usize::from(u16::from_le_bytes([*data.get(2)?, *data.get(3)?]));
    let text = data.get(5..)?;
    if data.get(4)? & 1 == 0 {
        return Some(text.iter().take(count).map(|b| char::from(*b)).collect());
    }
    let units: Vec<u16> =
        text.chunks_exact(2).take(count).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}
