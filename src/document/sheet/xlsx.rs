//! Excel workbooks since 2007: cells and formats by calamine, hidden rows and charts by our own pass.

use super::{Budget, Grid, format};
use crate::document::container::{Container, resolve};
use crate::document::docx::relations;
use crate::document::guarded;
use crate::document::xml::Xml;
use crate::error::{Error, Result};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;

/// Most column definitions of one sheet; each may cover every column.
const MAX_COLS: usize = 1000;

pub(super) fn grids(path: &Path, bytes: &[u8]) -> Result<Vec<Grid>> {
    let mut container = Container::open(path, bytes)?;
    container.weigh()?;
    let mut grids = guarded(|| cells(path, bytes))
        .ok_or_else(|| Error::new(path, "工作簿损坏 (damaged workbook)"))??;
    let parts = sheet_parts(&mut container);
    for grid in &mut grids {
        let Some(part) = parts.get(&grid.name) else { continue };
        if let Ok(Some(bytes)) = container.get(part) {
            hidden(&bytes, grid);
        }
        let drawings = relations(&mut container, part);
        let mut drawings: Vec<_> = drawings.values().filter(|t| t.contains("drawing")).collect();
        drawings.sort();
        for drawing in drawings {
            let mut charts: Vec<_> = relations(&mut container, drawing)
                .into_values()
                .filter(|target| target.contains("chart") && target.ends_with(".xml"))
                .collect();
            charts.sort_by_key(|name| (name.len(), name.clone()));
            for chart in charts {
                grid.charts.extend(container.get(&chart).ok().flatten());
            }
        }
    }
    Ok(grids)
}

fn cells(path: &Path, bytes: &[u8]) -> Result<Vec<Grid>> {
    let damaged =
        |error: calamine::XlsxError| Error::new(path, format!("工作簿损坏 (damaged: {error})"));
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let epoch_1904 = book.has_1904_epoch();
    let mut out = Vec::new();
    let mut budget = Budget::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut grid = Grid {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
            ..Grid::default()
        };
        let mut reader = book.worksheet_cells_reader(&sheet.name).map_err(damaged)?;
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
            let (row, col) = cell.get_position();
            let code = || {
                let found = reader.styles().get(style).and_then(|s| s.number_format.clone());
                match found {
                    Some(found) if found.format_id.is_none_or(|id| id >= 164) => found.format_code,
                    Some(found) => match format::builtin(found.format_id.unwrap_or(0)) {
                        "General" if !found.format_code.is_empty() => found.format_code,
                        code => code.to_string(),
                    },
                    None => "General".into(),
                }
            };
            let (text, numeric) = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::Int(value) => (format::show(*value as f64, &code(), epoch_1904), true),
                DataRef::Float(value) => (format::show(*value, &code(), epoch_1904), true),
                DataRef::DateTime(value) => {
                    (format::show(value.as_f64(), &code(), epoch_1904), true)
                }
                DataRef::Bool(value) => (value.to_string().to_uppercase(), false),
                DataRef::String(value) => (value.clone(), false),
                DataRef::SharedString(value) => ((*value).to_string(), false),
                DataRef::DateTimeIso(value) | DataRef::DurationIso(value) => (value.clone(), false),
                DataRef::Error(error) => (error.to_string(), false),
            };
            if !text.trim().is_empty() {
                budget.take(path, &sheet.name, text.len())?;
                grid.set(row, col, text, numeric);
            }
        }
        drop(reader);
        if let Ok(merges) = book.merge_cells_by_sheet_name(&sheet.name) {
            grid.merges = merges.iter().map(|m| (m.start.0, m.start.1, m.end.0, m.end.1)).collect();
        }
        out.push(grid);
    }
    Ok(out)
}

/// The part of each sheet by its name.
fn sheet_parts(container: &mut Container) -> HashMap<String, String> {
    let main = "xl/workbook.xml";
    let targets = relations(container, main);
    let xml = container.get(main).ok().flatten().and_then(|bytes| Xml::parse(&bytes).ok());
    let Some(xml) = xml else { return HashMap::new() };
    xml.root()
        .descendants()
        .filter(|node| node.name() == "sheet")
        .filter_map(|node| {
            let part = targets.get(node.attr("id")?)?;
            Some((node.attr("name")?.to_string(), resolve("", part)))
        })
        .collect()
}

/// Marks hidden rows and columns.
fn hidden(bytes: &[u8], grid: &mut Grid) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut reader = quick_xml::Reader::from_str(text);
    let on = |value: &str| value == "1" || value == "true";
    let (mut row, mut cols) = (0u32, 0);
    while let Ok(event) = reader.read_event() {
        let (Event::Start(node) | Event::Empty(node)) = event else {
            if matches!(event, Event::Eof) {
                break;
            }
            continue;
        };
        let name = node.local_name().into_inner();
        if name != "row" && name != "col" {
            continue;
        }
        let get = |key: &str| {
            let attribute = node.attributes().flatten().find(|a| a.key.as_ref() == key)?;
            Some(attribute.value.into_owned())
        };
        let number = |key: &str| get(key).and_then(|value| value.parse::<u32>().ok());
        let is_hidden = get("hidden").is_some_and(|value| on(&value));
        if name == "row" {
            row = number("r").unwrap_or(row + 1);
            if is_hidden {
                grid.hidden_rows.insert(row.saturating_sub(1));
            }
        } else if is_hidden && cols < MAX_COLS {
            cols += 1;
            let (from, to) = (number("min").unwrap_or(1), number("max").unwrap_or(1));
            grid.hide_cols(from.saturating_sub(1), to.clamp(1, 16_384) - 1);
        }
    }
}
