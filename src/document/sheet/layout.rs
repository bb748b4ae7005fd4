//! From a sheet to blocks: title, unit and note rows become paragraphs around the table they belong to.

use super::{Grid, Shown, place};
use crate::document::caption::{self, Lone};
use crate::document::xml::Xml;
use crate::document::{BlockKind, Builder, Origin, RawCell, RawTable, Run, chart};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Beyond this many positions only cells with text are handed over.
const MAX_POSITIONS: usize = 400_000;

/// Hands a sheet to the builder.
pub(super) fn lay_out(mut grid: Grid, builder: &mut Builder) {
    let name = grid.name.clone();
    let charts = std::mem::take(&mut grid.charts);
    let (mut rows, mut cut): (BTreeMap<u32, Vec<(u32, Shown)>>, _) = (BTreeMap::new(), false);
    let mut unseen: BTreeMap<u32, Vec<(u32, Shown)>> = BTreeMap::new();
    for ((row, col), shown) in std::mem::take(&mut grid.cells) {
        let row_is_hidden = grid.hidden_rows.contains(&row);
        cut |= shown.numeric && row_is_hidden;
        if grid.is_hidden_col(col) {
            cut |= shown.numeric;
            continue;
        }
        let rows = if row_is_hidden { &mut unseen } else { &mut rows };
        rows.entry(row).or_default().push((col, shown));
    }
    for segment in segments(rows) {
        section(&segment, &grid, Seen { hidden: grid.hidden, cut }, builder);
    }
    if !unseen.is_empty() {
        let rows: Vec<Row> = unseen.into_iter().collect();
        table(&rows, &grid, Seen { hidden: true, cut: true }, builder);
    }
    for bytes in charts {
        if let Ok(xml) = Xml::parse(&bytes) {
            let origin = Origin { cell: Some(name.as_str().into()), ..Origin::default() };
            chart::read(&xml, builder, &origin);
        }
    }
}

type Row = (u32, Vec<(u32, Shown)>);

/// What of a sheet is shown.
#[derive(Clone, Copy)]
struct Seen {
    /// The sheet, or all of these rows, are hidden.
    hidden: bool,
    /// Figures of the sheet stand in hidden rows or columns.
    cut: bool,
}

/// Splits the rows where blank rows are followed by the title of another table.
fn segments(rows: BTreeMap<u32, Vec<(u32, Shown)>>) -> Vec<Vec<Row>> {
    let rows: Vec<Row> = rows.into_iter().collect();
    let mut starts = Vec::new();
    let mut seen_table = false;
    for (index, row) in rows.iter().enumerate() {
        let blank_before = index > 0 && row.0 > rows[index - 1].0 + 1;
        let lone = match &row.1[..] {
            [(_, shown)] if !shown.numeric && !caption::is_note(&shown.text) => Some(&shown.text),
            _ => None,
        };
        // Tables that follow each other without a blank row: only what calls itself a table opens one.
        let named = lone.is_some_and(|text| text.trim_end().ends_with(['表', '）', ')']))
            && rows[index + 1..].first().is_some_and(|row| {
                row.1.iter().any(|(_, shown)| caption::is_caption_text(&shown.text))
            });
        let title = lone.is_some() && blank_before || named;
        let table_follows = rows[index + 1..].iter().take(4).any(|row| row.1.len() > 1);
        if starts.is_empty() || title && table_follows && seen_table {
            starts.push(index);
            seen_table = false;
        }
        seen_table |= row.1.len() > 1;
    }
    let mut out: Vec<Vec<Row>> = starts.iter().map(|_| Vec::new()).collect();
    for (index, row) in rows.into_iter().enumerate() {
        let segment = starts.partition_point(|start| *start <= index);
        out[segment - 1].push(row);
    }
    out
}

fn section(rows: &[Row], grid: &Grid, seen: Seen, builder: &mut Builder) {
    let titled = rows.first().is_some_and(|row| {
        row.1.len() == 1 || row.1.iter().any(|(_, shown)| caption::is_caption_text(&shown.text))
    });
    if !titled && !default_name(&grid.name) {
        builder
            .run(&grid.name, Origin { cell: Some(grid.name.as_str().into()), ..Origin::default() });
        builder.end(BlockKind::Paragraph);
    }
    table(rows, grid, seen, builder);
}

fn default_name(name: &str) -> bool {
    let name = name.to_lowercase();
    name.is_empty()
        || (name.starts_with("sheet") || name.starts_with("工作表"))
            && name.chars().last().is_some_and(|c| c.is_ascii_digit())
}

/// Hands the grid of `rows` over, without its empty columns.
fn table(rows: &[Row], grid: &Grid, seen: Seen, builder: &mut Builder) {
    let row_index: HashMap<u32, u32> =
        rows.iter().enumerate().map(|(index, row)| (row.0, index as u32)).collect();
    let cols: BTreeSet<u32> = rows.iter().flat_map(|row| row.1.iter().map(|cell| cell.0)).collect();
    let cols: Vec<u32> = cols.into_iter().collect();
    let col_index: HashMap<u32, u32> =
        cols.iter().enumerate().map(|(index, col)| (*col, index as u32)).collect();
    let mut spans: HashMap<(u32, u32), (u32, u32)> = HashMap::new();
    let mut covered: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut room = MAX_POSITIONS;
    for (top, left, bottom, right) in &grid.merges {
        let from = rows.partition_point(|row| row.0 < *top);
        let to = rows.partition_point(|row| row.0 <= *bottom);
        let first = cols.partition_point(|col| col < left);
        let end = cols.partition_point(|col| col <= right);
        if from >= to || first >= end || (to - from) * (end - first) > room {
            continue;
        }
        room -= (to - from) * (end - first);
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
    let raw = RawTable {
        rows: rows.len() as u32,
        cols: cols.len() as u32,
        cells: cells.into_values().collect(),
        hidden: seen.hidden,
        cut: seen.cut,
        ..RawTable::default()
    };
    caption::table(builder, raw, Lone::Anywhere);
}
