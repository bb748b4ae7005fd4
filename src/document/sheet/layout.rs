//! From a sheet to blocks: title, unit and note rows become paragraphs around the table they belong to.

use super::{Grid, Shown, place};
use crate::document::xml::Xml;
use crate::document::{BlockKind, Builder, Origin, RawCell, RawTable, Run, chart};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Beyond this many positions only cells with text are handed over.
const MAX_POSITIONS: usize = 400_000;

/// Hands a sheet to the builder.
pub(super) fn lay_out(mut grid: Grid, builder: &mut Builder) {
    let name = grid.name.clone();
    let charts = std::mem::take(&mut grid.charts);
    let mut rows: BTreeMap<u32, Vec<(u32, Shown)>> = BTreeMap::new();
    let mut unseen: BTreeMap<u32, Vec<(u32, Shown)>> = BTreeMap::new();
    for ((row, col), shown) in std::mem::take(&mut grid.cells) {
        if grid.hidden_cols.contains(&col) {
            continue;
        }
        let rows = if grid.hidden_rows.contains(&row) { &mut unseen } else { &mut rows };
        rows.entry(row).or_default().push((col, shown));
    }
    for segment in segments(rows) {
        section(&segment, &grid, builder);
    }
    if !unseen.is_empty() {
        table(&unseen.into_iter().collect::<Vec<_>>(), &grid, true, builder);
    }
    for bytes in charts {
        if let Ok(xml) = Xml::parse(&bytes) {
            let origin = Origin { cell: Some(name.as_str().into()), ..Origin::default() };
            chart::read(&xml, builder, &origin);
        }
    }
}

type Row = (u32, Vec<(u32, Shown)>);

/// Splits the rows where blank rows are followed by the title of another table.
fn segments(rows: BTreeMap<u32, Vec<(u32, Shown)>>) -> Vec<Vec<Row>> {
    let rows: Vec<Row> = rows.into_iter().collect();
    let mut out: Vec<Vec<Row>> = Vec::new();
    let mut seen_table = false;
    for (index, row) in rows.iter().enumerate() {
        let blank_before = index > 0 && row.0 > rows[index - 1].0 + 1;
        let title = matches!(&row.1[..], [(_, shown)] if !shown.numeric && !is_note(&shown.text));
        let table_follows = rows[index + 1..].iter().take(4).any(|row| row.1.len() > 1);
        if out.is_empty() || blank_before && title && table_follows && seen_table {
            out.push(Vec::new());
            seen_table = false;
        }
        seen_table |= row.1.len() > 1;
        if let Some(segment) = out.last_mut() {
            segment.push(row.clone());
        }
    }
    out
}

fn section(rows: &[Row], grid: &Grid, builder: &mut Builder) {
    let last = rows.len();
    let grid_like = |row: &Row| row.1.len() > 1 && !is_caption(row);
    let from = rows.iter().position(grid_like).unwrap_or(last);
    let mut from = from;
    // A lone header cell merged over several columns right above the grid belongs to it only if it is no title.
    let mut to = last;
    while to > from + 1 {
        let row = &rows[to - 1];
        let lone = row.1.len() == 1 && (is_note(&row.1[0].1.text) || is_long(&row.1[0].1.text));
        if lone || signature(row) {
            to -= 1;
        } else {
            break;
        }
    }
    if from < last && to <= from {
        from = last;
        to = last;
    }
    if from == 0 && !default_name(&grid.name) {
        paragraph(builder, &grid.name, &grid.name);
    }
    for row in &rows[..from] {
        captions(row, grid, builder);
    }
    if from < to {
        table(&rows[from..to], grid, grid.hidden, builder);
    }
    for row in &rows[to.max(from)..] {
        captions(row, grid, builder);
    }
}

fn captions(row: &Row, grid: &Grid, builder: &mut Builder) {
    for (col, shown) in &row.1 {
        paragraph(builder, &shown.text, &place(&grid.name, row.0, *col));
    }
}

fn paragraph(builder: &mut Builder, text: &str, place: &str) {
    let origin = Origin { cell: Some(place.into()), ..Origin::default() };
    for line in text.split('\n') {
        builder.run(line.trim(), origin.clone());
        builder.end(BlockKind::Paragraph);
    }
}

fn default_name(name: &str) -> bool {
    let name = name.to_lowercase();
    name.is_empty()
        || (name.starts_with("sheet") || name.starts_with("工作表"))
            && name.chars().last().is_some_and(|c| c.is_ascii_digit())
}

/// A row above the grid: agency, unit, table number, date.
fn is_caption(row: &Row) -> bool {
    row.1.len() <= 4
        && row.1.iter().any(|(_, shown)| is_caption_text(&shown.text))
        && row.1.iter().all(|(_, shown)| !shown.numeric)
        && row.1.iter().filter(|(_, shown)| !is_caption_text(&shown.text)).count() <= 1
}

fn is_caption_text(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let starts = ["部门", "单位", "编制", "填报", "金额单位", "预算单位", "公开部门", "批复表"];
    let labelled = (text.contains('：') || text.contains(':'))
        && (starts.iter().any(|start| text.starts_with(start)) || text.contains("单位"));
    let number = (text.starts_with("公开") || text.starts_with("附表") || text.starts_with("财决"))
        && text.chars().count() <= 12;
    labelled || number
}

fn is_note(text: &str) -> bool {
    let text = text.trim_start();
    ["注：", "注:", "注 ", "说明", "备注", "附注", "※", "*"].iter().any(|s| text.starts_with(s))
}

fn is_long(text: &str) -> bool {
    text.chars().count() > 30
}

/// `单位负责人：  财务负责人：  填表人：`
fn signature(row: &Row) -> bool {
    row.1.iter().all(|(_, shown)| {
        let text = shown.text.trim();
        !shown.numeric
            && (text.contains("人：") || text.contains("人:") || text.contains("日期："))
            && text.chars().count() < 30
    })
}

/// Hands the grid of `rows` over, without its empty columns.
fn table(rows: &[Row], grid: &Grid, hidden: bool, builder: &mut Builder) {
    let row_index: HashMap<u32, u32> =
        rows.iter().enumerate().map(|(index, row)| (row.0, index as u32)).collect();
    let cols: BTreeSet<u32> = rows.iter().flat_map(|row| row.1.iter().map(|cell| cell.0)).collect();
    let cols: Vec<u32> = cols.into_iter().collect();
    let col_index: HashMap<u32, u32> =
        cols.iter().enumerate().map(|(index, col)| (*col, index as u32)).collect();
    let mut spans: HashMap<(u32, u32), (u32, u32)> = HashMap::new();
    let mut covered: BTreeSet<(u32, u32)> = BTreeSet::new();
    for (top, left, bottom, right) in &grid.merges {
        let from = rows.partition_point(|row| row.0 < *top);
        let to = rows.partition_point(|row| row.0 <= *bottom);
        let first = cols.partition_point(|col| col < left);
        let end = cols.partition_point(|col| col <= right);
        if from >= to || first >= end || (to - from) * (end - first) > MAX_POSITIONS {
            continue;
        }
        spans.insert((from as u32, first as u32), ((to - from) as u32, (end - first) as u32));
        for row in from..to {
            for col in first..end {
                if (row, col) != (from, first) {
                    covered.insert((row as u32, col as u32));
                }
            }
        }
    }
    let mut cells: BTreeMap<(u32, u32), RawCell> = BTreeMap::new();
    let blank = |row: u32, col: u32| {
        let (rowspan, colspan) = spans.get(&(row, col)).copied().unwrap_or((1, 1));
        RawCell { row, col, rowspan, colspan, runs: Vec::new() }
    };
    if rows.len().saturating_mul(cols.len()) <= MAX_POSITIONS {
        for row in 0..rows.len() as u32 {
            for col in 0..cols.len() as u32 {
                if !covered.contains(&(row, col)) {
                    cells.insert((row, col), blank(row, col));
                }
            }
        }
    }
    for (source_row, entries) in rows {
        for (source_col, shown) in entries {
            let at = (row_index[source_row], col_index[source_col]);
            if covered.contains(&at) {
                continue;
            }
            let origin = Origin {
                cell: Some(place(&grid.name, *source_row, *source_col).into()),
                ..Origin::default()
            };
            let cell = cells.entry(at).or_insert_with(|| blank(at.0, at.1));
            cell.runs.push(Run { text: shown.text.trim().to_string(), origin });
        }
    }
    builder.table(RawTable {
        rows: rows.len() as u32,
        cols: cols.len() as u32,
        cells: cells.into_values().collect(),
        hidden,
        ..RawTable::default()
    });
}
