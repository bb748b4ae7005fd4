//! OpenDocument sheets: the shown text stands in the file.

use super::{Budget, Grid};
use crate::document::container::Container;
use crate::document::xml::{Node, Xml};
use crate::error::{Error, Result};
use std::collections::HashSet;
use std::path::Path;

/// Most column definitions of one sheet.
const MAX_COLS: usize = 1000;

pub(super) fn grids(path: &Path, bytes: &[u8]) -> Result<Vec<Grid>> {
    let mut container = Container::open(path, bytes)?;
    let content = container
        .get("content.xml")?
        .ok_or_else(|| Error::new(path, "缺少 content.xml (no content part)"))?;
    let xml = Xml::parse(&content).map_err(|why| Error::new(path, why).at("content.xml"))?;
    let Some(sheets) = xml.root().find("spreadsheet") else { return Ok(Vec::new()) };
    let unseen = unseen(&xml);
    let mut out = Vec::new();
    let mut budget = Budget::new();
    for table in sheets.children().filter(|node| node.name() == "table") {
        let mut grid =
            Grid { name: table.attr("name").unwrap_or("").to_string(), ..Grid::default() };
        grid.hidden = table.attr("style-name").is_some_and(|style| unseen.contains(style));
        columns(table, &mut grid);
        let mut row = 0u32;
        for node in table.descendants().filter(|node| node.name() == "table-row") {
            let repeat = number(node, "number-rows-repeated");
            let hidden = node.attr("visibility").is_some_and(|v| v != "visible");
            let mut col = 0u32;
            for cell in node.children() {
                let wide = number(cell, "number-columns-repeated");
                let text = text(cell);
                if cell.name() == "table-cell" && !text.trim().is_empty() {
                    let numeric = cell.attr("value-type").is_some_and(|kind| kind != "string");
                    for y in 0..repeat.min(1000) {
                        if hidden {
                            grid.hidden_rows.insert(row.saturating_add(y));
                        }
                        for x in 0..wide.min(1000) {
                            budget.take(path, &grid.name, text.len())?;
                            let (row, col) = (row.saturating_add(y), col.saturating_add(x));
                            grid.set(row, col, text.clone(), numeric);
                        }
                    }
                }
                let (w, h) =
                    (number(cell, "number-columns-spanned"), number(cell, "number-rows-spanned"));
                if w > 1 || h > 1 {
                    grid.merges.push((
                        row,
                        col,
                        row.saturating_add(h - 1),
                        col.saturating_add(w - 1),
                    ));
                }
                col = col.saturating_add(wide);
            }
            row = row.saturating_add(repeat);
        }
        out.push(grid);
    }
    Ok(out)
}

/// The styles of sheets that are not shown.
fn unseen(xml: &Xml) -> HashSet<&str> {
    let styles = xml.root().descendants().filter(|node| node.name() == "style");
    let hidden = styles.filter(|style| {
        let properties = style.child("table-properties");
        properties.and_then(|node| node.attr("display")) == Some("false")
    });
    hidden.filter_map(|style| style.attr("name")).collect()
}

/// Marks hidden columns.
fn columns(table: Node, grid: &mut Grid) {
    let mut col = 0u32;
    for node in table.descendants().filter(|node| node.name() == "table-column").take(MAX_COLS) {
        let end = col.saturating_add(number(node, "number-columns-repeated"));
        if node.attr("visibility").is_some_and(|v| v != "visible") {
            grid.hide_cols(col, end - 1);
        }
        col = end;
    }
}

fn number(node: Node, name: &str) -> u32 {
    node.attr(name).and_then(|value| value.parse().ok()).unwrap_or(1).clamp(1, 1 << 20)
}

fn text(cell: Node) -> String {
    let paragraphs = cell.children().filter(|node| node.name() == "p");
    let lines: Vec<String> = paragraphs
        .map(|p| p.text() + &p.descendants().map(Node::text).collect::<String>())
        .collect();
    lines.join("\n")
}
