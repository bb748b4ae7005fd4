//! Tables of Word: cells over several columns (`gridSpan`) and rows (`vMerge`), tables inside cells.

use super::numbering::{on, value};
use super::{Aside, Reader};
use crate::document::caption::{self, Lone};
use crate::document::xml::Node;
use crate::document::{Origin, RawCell, RawTable, Run};
use std::collections::HashMap;

/// Most columns one cell may span; Word itself stops at 63.
const MAX_SPAN: u32 = 63;

impl<'x> Reader<'x, '_> {
    pub(super) fn table(&mut self, node: Node<'x>) {
        self.flow.end(&mut self.builder, crate::document::BlockKind::Paragraph);
        let rows: Vec<Node<'x>> = rows(node);
        if let [row] = rows[..]
            && let [cell] = cells(row)[..]
        {
            // A frame around text, not a table.
            self.blocks(cell, false);
            return self.asides();
        }
        let mut table = RawTable { rows: rows.len() as u32, ..RawTable::default() };
        let mut merged: HashMap<u32, usize> = HashMap::new();
        let mut headers = 0;
        for (index, row) in rows.iter().enumerate() {
            let properties = row.child("trPr");
            if properties.and_then(|node| node.child("tblHeader")).is_some_and(on)
                && headers == index as u32
            {
                headers += 1;
            }
            let before = properties.and_then(|node| node.child("gridBefore"));
            let mut col = span(value(before), 0);
            for cell in cells(*row) {
                let properties = cell.child("tcPr");
                let get = |name| properties.and_then(|node| node.child(name));
                let colspan = span(value(get("gridSpan")), 1).max(1);
                let sideways = get("hMerge").map(|node| node.attr("val").unwrap_or("continue"));
                if sideways == Some("continue")
                    && let Some(last) = table.cells.last_mut()
                    && last.row == index as u32
                {
                    last.colspan += colspan;
                    col += colspan;
                    continue;
                }
                let merge = get("vMerge").map(|node| node.attr("val").unwrap_or("continue"));
                if merge == Some("continue")
                    && let Some(at) = merged.get(&col)
                    && let Some(above) = table.cells.get_mut(*at)
                    && above.row + above.rowspan == index as u32
                {
                    above.rowspan += 1;
                    col += colspan;
                    continue;
                }
                let text = self.cell_text(cell);
                let runs = if text.is_empty() {
                    Vec::new()
                } else {
                    vec![Run { text, origin: Origin::default() }]
                };
                if merge.is_some() {
                    merged.insert(col, table.cells.len());
                } else {
                    merged.remove(&col);
                }
                let row = index as u32;
                table.cells.push(RawCell { row, col, rowspan: 1, colspan, runs });
                col += colspan;
                table.cols = table.cols.max(col);
            }
            table.cols = table.cols.max(col);
        }
        table.header_rows = (headers > 0).then_some(headers);
        if table.cols > 0 && table.cells.iter().any(|cell| !cell.runs.is_empty()) {
            caption::table(&mut self.builder, table, Lone::WholeRow);
        }
        self.asides();
    }

    /// The text of a cell, its paragraphs on lines of their own; tables inside follow the table around them.
    fn cell_text(&mut self, cell: Node<'x>) -> String {
        let mut out = String::new();
        for node in cell.children() {
            let piece = match node.name() {
                "p" => {
                    let properties = node.child("pPr");
                    let style =
                        value(properties.and_then(|node| node.child("pStyle"))).unwrap_or("");
                    let label = self.list_label(properties, style);
                    let text = self.inline(node);
                    match label {
                        Some(label) if !text.trim().is_empty() => label + &text,
                        _ => text,
                    }
                }
                "tbl" => {
                    self.asides.push(Aside::Blocks(node));
                    continue;
                }
                "sdt" => match node.child("sdtContent") {
                    Some(content) => self.cell_text(content),
                    None => continue,
                },
                "ins" | "moveTo" | "customXml" => self.cell_text(node),
                _ => continue,
            };
            if !piece.trim().is_empty() {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(piece.trim());
            }
        }
        out
    }
}

fn span(text: Option<&str>, default: u32) -> u32 {
    text.and_then(|text| text.parse().ok()).unwrap_or(default).min(MAX_SPAN)
}

/// The rows that are accepted and shown.
fn rows(table: Node) -> Vec<Node> {
    let mut out = Vec::new();
    for node in table.children() {
        match node.name() {
            "tr" => {
                let gone = node.child("trPr").is_some_and(|properties| {
                    properties.child("del").is_some() || properties.child("hidden").is_some_and(on)
                });
                if !gone {
                    out.push(node);
                }
            }
            "sdt" => out.extend(node.child("sdtContent").into_iter().flat_map(rows)),
            "ins" | "moveTo" | "customXml" => out.extend(rows(node)),
            _ => {}
        }
    }
    out
}

fn cells(row: Node) -> Vec<Node> {
    let mut out = Vec::new();
    for node in row.children() {
        match node.name() {
            "tc" => out.push(node),
            "sdt" => out.extend(node.child("sdtContent").into_iter().flat_map(cells)),
            "ins" | "moveTo" | "customXml" => out.extend(cells(node)),
            _ => {}
        }
    }
    out
}
