//! Comma- and tab-separated tables.

use super::{Budget, Grid};
use crate::error::{Error, Result};
use std::path::Path;

/// Largest file.
const MAX_BYTES: usize = 64 << 20;

pub(super) fn grid(path: &Path, bytes: &[u8]) -> Result<Grid> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::new(path, "表格文件过大 (file too large)"));
    }
    let text = decode(bytes);
    let tabs = text.lines().take(20).filter(|line| line.contains('\t')).count();
    let commas = text.lines().take(20).filter(|line| line.contains(',')).count();
    let separator = if tabs > commas { '\t' } else { ',' };
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
    let mut grid = Grid { name: name.unwrap_or_default(), ..Grid::default() };
    let (mut row, mut col, mut quoted, mut field) = (0, 0, false, String::new());
    let mut chars = text.chars().peekable();
    let mut budget = Budget::new();
    let mut put = |row: u32, col, field: &mut String, grid: &mut Grid| {
        let text = std::mem::take(field);
        if text.trim().is_empty() {
            return Ok(());
        }
        let numeric = text.trim().replace(',', "").parse::<f64>().is_ok();
        budget.take(path, &format!("第 {} 行", row + 1), text.len())?;
        grid.set(row, col, text, numeric);
        Ok(())
    };
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            '\n' if !quoted => {
                put(row, col, &mut field, &mut grid)?;
                (row, col) = (row + 1, 0);
            }
            '\r' if !quoted => {}
            c if c == separator && !quoted => {
                put(row, col, &mut field, &mut grid)?;
                col += 1;
            }
            c => field.push(c),
        }
    }
    put(row, col, &mut field, &mut grid)?;
    Ok(grid)
}

fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_string(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}
