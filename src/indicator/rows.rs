//! The rows of an indicator grid, with merged level cells filled down.

use super::header::{Column, Header};
use super::list::list;
use super::{IndicatorRow, IndicatorTable, Sheet, above, value};
use crate::document::Span;
use crate::number::NumberId;

/// Reads one form of a sheet: the lines above the header, then the rows under it.
pub(super) fn read(
    sheet: &Sheet,
    header: &Header,
    from: u32,
    until: u32,
    found: &mut Vec<IndicatorTable>,
) {
    if header.is_list() {
        list(sheet, header, header.body, until, found);
        return;
    }
    let mut table = IndicatorTable { tables: vec![sheet.id], ..IndicatorTable::default() };
    above::read(sheet, from, header.top, &mut table);
    table.weight_total = stated_weight(sheet, header);
    let bare = table.attributes.is_empty() && table.funds.is_empty() && table.goal.is_none();
    let untitled = sheet.document.tables[sheet.id as usize].title.is_none();
    // A header again in the same grid with no line between that opens a form: `年度目标2（40分）` of the same department.
    let goes_on = found.last().is_some_and(|last| {
        let before = last.tables.last().copied();
        let again = before == Some(sheet.id) && from >= header.top;
        bare && last.score.is_none()
            && (again || untitled && before.is_some_and(|id| id + 1 == sheet.id))
    });
    if let Some(last) = found.last_mut().filter(|_| goes_on) {
        if last.tables.last() != Some(&sheet.id) {
            last.tables.push(sheet.id);
        }
        body(sheet, header, until, last);
        return;
    }
    if table.project.is_none() {
        table.project = titled(sheet);
    }
    table.at = extent(sheet, from, header.body);
    body(sheet, header, until, &mut table);
    if !table.rows.is_empty() {
        found.push(table);
    }
}

/// Appends the rows of a grid without a header to the form before it.
pub(super) fn continued(sheet: &Sheet, header: &Header, found: &mut Vec<IndicatorTable>) {
    if header.is_list() {
        list(sheet, header, 0, sheet.rows, found);
    } else if let Some(last) = found.last_mut() {
        last.tables.push(sheet.id);
        let header = Header { body: 0, ..header.clone() };
        body(sheet, &header, sheet.rows, last);
    }
}

/// The span of the cells of some rows.
pub(super) fn extent(sheet: &Sheet, from: u32, until: u32) -> Span {
    let mut at: Option<Span> = None;
    for row in from..until {
        for cell in sheet.row(row).iter().filter(|cell| !cell.span.is_empty()) {
            let span = at.get_or_insert(cell.span);
            span.start = span.start.min(cell.span.start);
            span.end = span.end.max(cell.span.end);
        }
    }
    at.unwrap_or_default()
}

pub(super) fn widen(table: &mut IndicatorTable, span: Span) {
    if !span.is_empty() {
        if table.at.is_empty() {
            table.at = span;
        }
        table.at.start = table.at.start.min(span.start);
        table.at.end = table.at.end.max(span.end);
    }
}

/// `分值权重（90分）` in the header.
fn stated_weight(sheet: &Sheet, header: &Header) -> Option<NumberId> {
    let cell = sheet.cell(header.row, header.at(Column::Weight)?)?;
    sheet.number(cell.span)
}

/// The project a title names: `单警装备采购项目绩效目标表`.
fn titled(sheet: &Sheet) -> Option<String> {
    let title = sheet.document.slice(sheet.document.tables[sheet.id as usize].title?).trim();
    let cut = ["项目支出绩效", "项目绩效", "绩效"].iter().find_map(|mark| title.find(mark))?;
    let name = title[..cut].trim();
    let general = ["部门", "整体", "单位", "专项资金", "政策", "支出", "预算", "项目"];
    let plain = general.iter().fold(name.to_owned(), |name, word| name.replace(word, ""));
    let plain: String =
        plain.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '年' | '度')).collect();
    (plain.chars().count() >= 3).then(|| name.to_owned())
}

/// Whether a text says nothing: `/`, `—`, `......`.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '/' | '—' | '-' | '－' | '―' | '.' | '…' | '。' | '、' | '\\' | '*')
    })
}

/// Names and places carried from row to row.
#[derive(Default, Clone, Copy)]
pub(super) struct Levels([Option<Span>; 2]);

impl Levels {
    /// The level cells of a row, merged or left empty ones filled down.
    pub fn step(&mut self, sheet: &Sheet, header: &Header, row: u32) {
        for (depth, column) in [Column::Level1, Column::Level2].into_iter().enumerate() {
            let Some(col) = header.at(column) else { continue };
            let Some(cell) = sheet.cell(row, col) else { continue };
            if !is_blank(sheet.document.slice(cell.span)) && self.0[depth] != Some(cell.span) {
                self.0[depth] = Some(cell.span);
                self.0[depth + 1..].fill(None);
            }
        }
    }
}

/// Reads the rows under a header.
fn body(sheet: &Sheet, header: &Header, until: u32, table: &mut IndicatorTable) {
    let mut levels = Levels::default();
    if let Some(last) = table.rows.last() {
        levels = Levels([last.level1, last.level2]);
    }
    for row in header.body..until {
        if above::is_form_line(sheet, row) {
            break;
        }
        widen(table, extent(sheet, row, row + 1));
        if total_row(sheet, header, row, table) {
            continue;
        }
        if is_line(sheet, header, row) {
            above::tail(sheet, row, table);
            continue;
        }
        levels.step(sheet, header, row);
        table.rows.extend(indicator(sheet, header, row, levels));
    }
}

/// Whether a row is a line of the form (`评价结论 | 资金支付及时。`): one cell runs through columns that an indicator keeps apart.
fn is_line(sheet: &Sheet, header: &Header, row: u32) -> bool {
    use Column::{Actual, Level1, Level2, Level3, Score, Target, Weight};
    let apart = [
        ([Level1, Level2, Level3].as_slice(), [Target, Actual, Weight, Score].as_slice()),
        (&[Weight, Score], &[Target, Actual]),
        (&[Weight], &[Score]),
    ];
    let cell = |column: &Column| sheet.index(row, header.at(*column)?);
    let wide =
        |one: &Column, other: &Column| cell(one).is_some_and(|index| Some(index) == cell(other));
    apart
        .iter()
        .any(|(ones, others)| ones.iter().any(|one| others.iter().any(|other| wide(one, other))))
}

/// One indicator, or nothing where the row is left empty.
pub(super) fn indicator(
    sheet: &Sheet,
    header: &Header,
    row: u32,
    levels: Levels,
) -> Option<IndicatorRow> {
    let cell = |column| {
        let cell = sheet.cell(row, header.at(column)?)?;
        (!cell.span.is_empty()).then_some(cell)
    };
    let says = |column| {
        cell(column).is_some_and(|c| c.row == row && !is_blank(sheet.document.slice(c.span)))
    };
    let told = [Column::Level3, Column::Target, Column::Actual, Column::Weight, Column::Score];
    if !told.into_iter().any(says) {
        return None;
    }
    let filled =
        |column| cell(column).map(|c| c.span).filter(|span| !is_blank(sheet.document.slice(*span)));
    let number = |column| cell(column).and_then(|c| sheet.number(c.span));
    let mut indicator = IndicatorRow {
        level1: levels.0[0],
        level2: levels.0[1],
        level3: filled(Column::Level3),
        operator: filled(Column::Operator),
        target: filled(Column::Target),
        unit: filled(Column::Unit),
        weight: number(Column::Weight),
        actual: cell(Column::Actual).map(|c| c.span),
        score: number(Column::Score),
        row: (sheet.id, row),
    };
    value::split_target(sheet, &mut indicator, header.at(Column::Unit).is_some());
    Some(indicator)
}

/// Reads the total row; `false` if the row is none.
fn total_row(sheet: &Sheet, header: &Header, row: u32, table: &mut IndicatorTable) -> bool {
    let cells: Vec<_> = sheet
        .row(row)
        .into_iter()
        .filter(|cell| cell.row == row && !cell.span.is_empty())
        .collect();
    let Some(label) = cells.first() else { return false };
    let name = sheet.squeezed(label.span);
    let known = [
        "总分",
        "合计",
        "总计",
        "指标得分",
        "得分合计",
        "自评总分",
        "评价总分",
        "总得分",
        "权重合计",
    ];
    if name != "分值" && name != "得分" && !known.iter().any(|k| name.starts_with(k)) {
        return false;
    }
    let numbers: Vec<_> =
        cells[1..].iter().filter_map(|cell| Some((*cell, sheet.number(cell.span)?))).collect();
    let weight = header.at(Column::Weight);
    let score = header.at(Column::Score);
    let covers = |cell: &crate::document::Cell, col: Option<u32>| {
        col.is_some_and(|col| cell.col <= col && col < cell.col + cell.colspan)
    };
    match numbers.as_slice() {
        [] => {}
        [(cell, number)] => {
            let of_weights = name.contains("权重")
                || score.is_none() && !name.contains('得') && !name.contains("评价")
                || covers(cell, weight)
                    && !covers(cell, score)
                    && cell.colspan == 1
                    && score.is_some()
                    && !name.contains('得');
            let slot = if of_weights { &mut table.weight_total } else { &mut table.score };
            *slot = Some(*number);
        }
        // A flattened row may have lost its spans: the order stands.
        [(_, first), (_, second)] if weight < score && weight.is_some() => {
            table.weight_total = Some(*first);
            table.score = Some(*second);
        }
        several => {
            for (cell, number) in several {
                if covers(cell, score) {
                    table.score = Some(*number);
                } else if covers(cell, weight) {
                    table.weight_total = Some(*number);
                }
            }
            if table.score.is_none() && several.len() == 2 {
                table.weight_total.get_or_insert(several[0].1);
                table.score = Some(several[1].1);
            }
        }
    }
    true
}
