//! Lists without levels: no row sums up others, so all of them make up the 合计.
//!
//! A table says so by its cells: where every row fills the same two or more label cells (`02-政府履职辅助性服务 |
//! 0203-会计审计服务 | 审计服务`) none can be a subtotal, which has no item to name. Or by its names: goods, works and services
//! are all there is to buy.

use crate::Report;
use crate::document::{Document, TableId};
use crate::table::{Row, RowKind, Side};
use std::collections::HashMap;

/// Whether the rows of a side are a list without levels.
pub(super) fn is_flat(report: &Report, side: &Side) -> bool {
    let items = || side.rows.iter().filter(|row| row.kind == RowKind::Item);
    let plain = |row: &Row| row.code.is_none() && row.parent.is_none() && !row.of_which;
    items().count() > 1 && items().all(plain) && (is_by_kind(side) || fill(&report.document, side))
}

/// Whether the rows are goods, works and services, each once.
fn is_by_kind(side: &Side) -> bool {
    const KINDS: [&str; 3] = ["货物", "工程", "服务"];
    let mut seen = [false; 3];
    let mut items = side.rows.iter().filter(|row| row.kind == RowKind::Item);
    items.all(|row| match KINDS.iter().position(|kind| row.name.ends_with(kind)) {
        Some(kind) => !std::mem::replace(&mut seen[kind], true),
        None => false,
    })
}

/// Whether every row fills the same label cells, two at least, each by itself.
fn fill(document: &Document, side: &Side) -> bool {
    let Some(first) = side.columns.iter().map(|column| column.col).min() else { return false };
    let mut filled: HashMap<(TableId, u32), Vec<u32>> = HashMap::new();
    let mut tables: Vec<TableId> = side.rows.iter().map(|row| row.table).collect();
    tables.dedup();
    for id in tables {
        let table = &document.tables[id as usize];
        for cell in table.cells.iter().filter(|cell| cell.col < first && cell.colspan == 1) {
            let text = document.slice(cell.span);
            // A number before the name says nothing of the level.
            if !text.chars().any(|c| !c.is_ascii() && !c.is_whitespace()) {
                continue;
            }
            for row in cell.row..cell.row + cell.rowspan {
                filled.entry((id, row)).or_default().push(cell.col);
            }
        }
    }
    let mut rows = side
        .rows
        .iter()
        .filter(|row| row.kind == RowKind::Item)
        .map(|row| filled.get(&(row.table, row.row)));
    let Some(Some(like)) = rows.next() else { return false };
    like.len() > 1 && rows.all(|row| row.is_some_and(|row| row == like))
}
