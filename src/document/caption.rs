//! Title, unit and note rows that stand inside a grid (`收入支出决算总表`, `部门：… 金额单位：万元`, `注：…`) become
//! paragraphs around it, as they stand in other formats.

use super::{BlockKind, Builder, RawCell, RawTable};

/// How far a lone text of a row must reach to be a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lone {
    /// Over all columns (word processors, web pages).
    WholeRow,
    /// Anywhere (workbooks, where titles are not always merged).
    Anywhere,
}

/// The tables of a grid in which blank rows part one from the title of the next (a sheet saved as a page).
pub(super) fn split(raw: RawTable) -> Vec<RawTable> {
    let count = raw.rows as usize;
    let mut words: Vec<Vec<&RawCell>> = vec![Vec::new(); count];
    let mut crossed = vec![false; count + 1];
    for cell in raw.cells.iter().filter(|cell| (cell.row as usize) < count) {
        let row = cell.row as usize;
        if !text(cell).trim().is_empty() {
            words[row].push(cell);
        }
        let end = (row + cell.rowspan.max(1) as usize).min(count);
        crossed[(row + 1).min(end)..end].fill(true);
    }
    let mut starts = vec![0];
    let mut seen_table = false;
    for row in 0..count {
        let lone =
            matches!(words[row][..], [cell] if !is_number(&text(cell)) && !is_note(&text(cell)));
        let opens = row > 0 && words[row - 1].is_empty() && lone && !crossed[row];
        if opens && seen_table && words[row + 1..].iter().take(4).any(|row| row.len() > 1) {
            starts.push(row);
            seen_table = false;
        }
        seen_table |= words[row].len() > 1;
    }
    if starts.len() == 1 {
        return vec![raw];
    }
    let mut out: Vec<RawTable> = Vec::new();
    for (index, from) in starts.iter().enumerate() {
        let mut to = starts.get(index + 1).copied().unwrap_or(count);
        while to > from + 1 && words[to - 1].is_empty() && !crossed[to - 1] {
            to -= 1;
        }
        out.push(RawTable {
            rows: (to - from) as u32,
            cols: raw.cols,
            header_rows: raw.header_rows.filter(|_| index == 0),
            pages: raw.pages.clone(),
            ..RawTable::default()
        });
    }
    for mut cell in raw.cells {
        let part = starts.partition_point(|start| *start <= cell.row as usize) - 1;
        cell.row -= starts[part] as u32;
        if cell.row < out[part].rows {
            out[part].cells.push(cell);
        }
    }
    for part in &mut out {
        // Columns that only another part needs are no columns of this one.
        let filled = part.cells.iter().filter(|cell| !text(cell).trim().is_empty());
        let cols = filled.map(|cell| cell.col + cell.colspan).max().unwrap_or(part.cols);
        part.cols = cols.min(part.cols);
        part.cells.retain(|cell| cell.col < cols);
        for cell in &mut part.cells {
            cell.colspan = cell.colspan.min(cols - cell.col);
        }
    }
    out
}

/// Hands a table over with its caption and note rows as paragraphs before and after it.
pub(super) fn table(builder: &mut Builder, raw: RawTable, lone: Lone) {
    let count = raw.rows as usize;
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut crossed = vec![false; count + 1];
    for (index, cell) in raw.cells.iter().enumerate() {
        let row = (cell.row as usize).min(count.saturating_sub(1));
        if !text(cell).trim().is_empty() {
            rows[row].push(index);
        }
        for slot in
            crossed.iter_mut().take((row + cell.rowspan.max(1) as usize).min(count)).skip(row + 1)
        {
            *slot = true;
        }
    }
    let cells = |row: &[usize]| -> Vec<&RawCell> { row.iter().map(|i| &raw.cells[*i]).collect() };
    let is_title = |row: &[RawCellRef]| match row {
        [] => true,
        [cell] => {
            let shown = text(cell);
            !is_number(&shown)
                && !is_prose(&shown)
                && (lone == Lone::Anywhere || cell.colspan >= raw.cols || is_caption_text(&shown))
        }
        many => is_caption(many),
    };
    let mut from = 0;
    while from < count && !crossed[from + 1] && is_title(&cells(&rows[from])) {
        from += 1;
    }
    let mut to = count;
    let mut last = count;
    while last > from && !crossed[last - 1] {
        let row = cells(&rows[last - 1]);
        let note = match &row[..] {
            [] => true,
            [cell] => {
                let shown = text(cell);
                is_note(&shown)
                    || shown.chars().count() > 30
                        && (lone == Lone::Anywhere || cell.colspan >= raw.cols)
            }
            many => is_signature(many),
        };
        if !note {
            break;
        }
        last -= 1;
        // empty rows above a note are rows of the form; those of a sheet are not printed
        if lone == Lone::Anywhere || !row.is_empty() {
            to = last;
        }
    }
    let grid_rows = rows[from..to].iter().filter(|row| row.len() > 1).count();
    if grid_rows == 0 {
        if raw.cols <= 1 || lone == Lone::Anywhere {
            return rows.iter().flatten().for_each(|index| paragraph(builder, &raw.cells[*index]));
        }
        (from, to) = (0, count);
    }
    rows[..from].iter().flatten().for_each(|index| paragraph(builder, &raw.cells[*index]));
    let below: Vec<RawCell> =
        rows[to..].iter().flatten().map(|index| raw.cells[*index].clone()).collect();
    let mut raw = raw;
    raw.cells.retain(|cell| (from..to).contains(&(cell.row as usize)));
    for cell in &mut raw.cells {
        cell.row -= from as u32;
    }
    raw.rows = (to - from) as u32;
    raw.header_rows =
        raw.header_rows.map(|rows| rows.saturating_sub(from as u32)).filter(|rows| *rows > 0);
    builder.table(raw);
    below.iter().for_each(|cell| paragraph(builder, cell));
}

type RawCellRef<'c> = &'c RawCell;

fn text(cell: &RawCell) -> String {
    cell.runs.iter().map(|run| run.text.as_str()).collect()
}

fn paragraph(builder: &mut Builder, cell: &RawCell) {
    for run in &cell.runs {
        for (index, line) in run.text.split('\n').enumerate() {
            if index > 0 {
                builder.end(BlockKind::Paragraph);
            }
            builder.run(line.trim(), run.origin.clone());
        }
    }
    builder.end(BlockKind::Paragraph);
}

/// A row above the grid: agency, unit, table number, date; none of it a figure.
fn is_caption(row: &[&RawCell]) -> bool {
    let texts: Vec<String> = row.iter().map(|cell| text(cell)).collect();
    let named = texts.iter().filter(|text| is_caption_text(text)).count();
    row.len() <= 4 && named > 0 && named + 1 >= row.len() && !texts.iter().any(|t| is_number(t))
}

pub(super) fn is_caption_text(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let length = text.chars().count();
    let starts = ["部门", "单位", "编制", "填报", "金额单位", "预算单位", "公开部门"];
    let labelled = (text.contains('：') || text.contains(':'))
        && (starts.iter().any(|start| text.starts_with(start)) || text.contains("单位"));
    let number = ["公开", "附表", "附件", "财决", "预算公开"].iter().any(|s| text.starts_with(s))
        && text.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    labelled && length <= 60 || number && length <= 12
}

/// `完成上级下达的目标。…`: a row of a form over all columns, no title.
fn is_prose(text: &str) -> bool {
    text.contains('。') && text.chars().count() > 40
}

fn is_number(text: &str) -> bool {
    let text = text.trim().trim_end_matches('%').replace([',', '，'], "");
    !text.is_empty() && text.parse::<f64>().is_ok()
}

pub(super) fn is_note(text: &str) -> bool {
    let text = text.trim_start();
    ["注：", "注:", "注 ", "注1", "说明：", "说明:", "备注：", "备注:", "附注", "※"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// `单位负责人：  财务负责人：  填表人：`
fn is_signature(row: &[&RawCell]) -> bool {
    row.iter().all(|cell| {
        let text = text(cell);
        let named = ["人：", "人:", "日期：", "日期:", "电话：", "电话:"];
        named.iter().any(|name| text.contains(name)) && text.chars().count() < 30
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::{Origin, Run, Source};

    fn cell(row: u32, col: u32, colspan: u32, text: &str) -> RawCell {
        let runs = vec![Run { text: text.into(), origin: Origin::default() }];
        RawCell { row, col, rowspan: 1, colspan, runs }
    }

    #[test]
    fn title_unit_and_note_rows_leave_the_grid() {
        let raw = RawTable {
            rows: 5,
            cols: 2,
            cells: vec![
                cell(0, 0, 2, "收入决算表"),
                cell(1, 0, 1, "部门：某局"),
                cell(1, 1, 1, "金额单位：万元"),
                cell(2, 0, 1, "项目"),
                cell(2, 1, 1, "金额"),
                cell(3, 0, 1, "合计"),
                cell(3, 1, 1, "1.00"),
                cell(4, 0, 2, "注：本表反映收入。"),
            ],
            ..RawTable::default()
        };
        let mut builder = Builder::new(Source::default());
        table(&mut builder, raw, Lone::WholeRow);
        let document = builder.finish();
        let kinds: Vec<_> =
            document.blocks.iter().map(|block| matches!(block.kind, BlockKind::Table(_))).collect();
        assert_eq!(kinds, [false, false, false, true, false]);
        assert_eq!((document.tables[0].rows, document.tables[0].cells.len()), (2, 4));
    }
}
