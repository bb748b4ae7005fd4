//! What stands above the grid: attributes, funds, goal. And the lines of a form under it: `评价结论 …`.

use super::funds::{FundColumn, amount, fund_columns, fund_row, is_amount, parts};
use super::label::{is_achieved, is_goal, is_group, is_long_term, is_project, is_start, is_title};
use super::{FundKind, FundRow, IndicatorTable, Sheet, squeeze};
use crate::document::Cell;
use std::borrow::Cow;

/// Reads the rows `from..until` above the grid into `table`.
pub(super) fn read(sheet: &Sheet, from: u32, until: u32, table: &mut IndicatorTable) {
    let mut stub = Cow::default();
    let mut columns: Vec<(&Cell, FundColumn)> = Vec::new();
    let mut goals: Vec<&Cell> = Vec::new();
    for row in from..until {
        let mut cells: Vec<&Cell> =
            sheet.row(row).into_iter().filter(|cell| cell.row == row).collect();
        let Some(&first) = cells.first() else { continue };
        let name = sheet.squeezed(first.span);
        // A line as wide as the form, right above the grid and without a label of its own.
        if row + 1 == until && cells.len() == 1 && first.colspan == sheet.cols && words(&name) {
            table.goal.get_or_insert(first.span);
            continue;
        }
        if first.col == 0 && name.is_empty() && cells.len() > 1 {
            cells.remove(0);
        } else if first.col == 0 && columns.is_empty() && amount(sheet, &cells, &name, table) {
            stub = name;
            continue;
        } else if first.col == 0 && is_stub(sheet, &cells, &name) {
            if stub != name {
                columns.clear();
            }
            stub = name;
            cells.remove(0);
            // A group within the group: `项目基本情况 | 1.年度目标完成情况 | 年度目标 | 完成情况`.
            if let [inner, _, ..] = cells[..]
                && inner.rowspan > 1
                && is_achieved(&sheet.squeezed(inner.span))
            {
                cells.remove(0);
            }
        } else if first.col == 0 {
            stub = Cow::default();
            columns.clear();
        }
        if !goals.is_empty() {
            let heads = std::mem::take(&mut goals);
            if below(sheet, &heads, row, table) {
                continue;
            }
        }
        let found = fund_columns(sheet, &cells);
        let figure = |cell: &&Cell| is_figure(sheet.document.slice(cell.span));
        if found.len() >= 2 && !cells.iter().any(figure) {
            // A header of two lines names some columns in the first, e.g. 分值 and 得分 beside 预算安排.
            columns.retain(|(cell, _)| found.iter().all(|(other, _)| other.col != cell.col));
            columns.extend(found);
            continue;
        }
        if is_amount(&stub) && columns.is_empty() {
            parts(sheet, &cells, table);
            continue;
        }
        if fund_row(sheet, &cells, &stub, &columns, table) {
            continue;
        }
        match goal(sheet, &cells, &stub, table) {
            Some(heads) => goals = heads,
            None => attributes(sheet, &cells, table),
        }
    }
    let total = |kind| table.funds.iter().find(|f: &&FundRow| f.kind == kind);
    let amount = |row: Option<&FundRow>| row.and_then(|row| row.adjusted.or(row.budget));
    let (whole, fiscal, other) = (
        amount(total(FundKind::Total)),
        amount(total(FundKind::Fiscal)),
        amount(total(FundKind::Other)),
    );
    table.total = whole;
    table.fiscal = fiscal;
    table.other = other;
}

/// Whether a text is a figure and nothing else.
fn is_figure(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'))
}

/// Whether a text is words rather than a label.
pub(super) fn words(text: &str) -> bool {
    text.chars().count() >= LONGEST_LABEL
}

/// No label of a fund or an attribute is as long as that, every goal is longer.
const LONGEST_LABEL: usize = 24;

/// Whether a first cell stands beside several lines rather than before its value.
fn is_stub(sheet: &Sheet, cells: &[&Cell], name: &str) -> bool {
    let [first, second, rest @ ..] = cells else { return false };
    let told = rest.is_empty() && !is_goal(name) && words(&sheet.squeezed(second.span));
    first.rowspan > 1 || is_group(name) && !told
}

/// Reads the goal; where it stands in the row below, the labels that stand above it and above what came of it.
fn goal<'a>(
    sheet: &Sheet<'a>,
    cells: &[&'a Cell],
    stub: &str,
    table: &mut IndicatorTable,
) -> Option<Vec<&'a Cell>> {
    let filled: Vec<&Cell> = cells.iter().copied().filter(|cell| !cell.span.is_empty()).collect();
    let Some(first) = filled.first() else {
        return (is_goal(stub) && table.goal.is_none()).then(|| cells.to_vec());
    };
    if is_goal(&sheet.squeezed(first.span)) {
        let beside = filled.get(1).map(|cell| sheet.squeezed(cell.span));
        return match beside {
            Some(text) if !is_achieved(&text) && !is_goal(&text) => {
                table.goal.get_or_insert(filled[1].span);
                None
            }
            _ => Some(filled),
        };
    }
    if is_goal(stub) {
        table.goal.get_or_insert(first.span);
    }
    None
}

/// Reads the goal, and what came of it, under their labels; `false` if the row says nothing.
fn below(sheet: &Sheet, heads: &[&Cell], row: u32, table: &mut IndicatorTable) -> bool {
    let mut said = false;
    // The goal of the year, where one of several years stands beside it.
    let yearly = |head: &&Cell| {
        let name = sheet.squeezed(head.span);
        is_goal(&name) && !is_long_term(&name)
    };
    let goal = heads.iter().position(yearly).unwrap_or(0);
    for (index, head) in heads.iter().enumerate() {
        // A flattened row may have lost its spans: the first words are the goal.
        let lost =
            || sheet.row(row).into_iter().find(|cell| cell.row == row && !cell.span.is_empty());
        let cell =
            sheet.cell(row, head.col).filter(|cell| cell.row == row && !cell.span.is_empty());
        let Some(cell) = cell.or_else(|| lost().filter(|_| index == 0)) else { continue };
        let name = sheet.squeezed(head.span);
        said = true;
        if index == goal {
            table.goal.get_or_insert(cell.span);
        } else if (is_achieved(&name) || is_long_term(&name)) && !words(&name) {
            push(table, name.trim_end_matches('：').to_owned(), sheet, cell);
        }
    }
    said
}

/// Reads `label value label value …`.
fn attributes(sheet: &Sheet, cells: &[&Cell], table: &mut IndicatorTable) {
    let Some(label) = cells.first() else { return };
    let name = sheet.squeezed(label.span);
    let label_of = |cell: &Cell| sheet.squeezed(cell.span).trim_end_matches('：').to_owned();
    if name.ends_with("分配方式") {
        let values: Vec<&str> = cells[1..]
            .iter()
            .map(|cell| sheet.document.slice(cell.span).trim())
            .filter(|value| !value.is_empty())
            .collect();
        let at = cells.get(1).map_or(label.span, |cell| cell.span);
        table.attributes.push((label_of(label), values.join(" "), at));
        return;
    }
    // A flattened row may carry empty cells between a label and its one value.
    let filled: Vec<&&Cell> = cells[1..].iter().filter(|cell| !cell.span.is_empty()).collect();
    if filled.len() == 1 && !is_start(&name) || filled.len() == 1 && cells.len() % 2 == 1 {
        push(table, label_of(label), sheet, filled[0]);
        return;
    }
    let mut rest = cells;
    while let [label, after @ ..] = rest {
        rest = after;
        if inline(sheet, label, table) {
            continue;
        }
        if let [value, after @ ..] = rest {
            push(table, label_of(label), sheet, value);
            rest = after;
        }
    }
}

/// Reads a label and its value in one cell: `填报单位：清河县水务局`.
fn inline(sheet: &Sheet, cell: &Cell, table: &mut IndicatorTable) -> bool {
    let text = sheet.document.slice(cell.span);
    let Some((at, colon)) = text.char_indices().find(|(_, c)| matches!(c, '：' | ':')) else {
        return false;
    };
    let (label, value) = (squeeze(&text[..at]), text[at + colon.len_utf8()..].trim());
    let name = label.split('（').next().unwrap_or(&label);
    let told = !value.is_empty() && !value.contains(['：', ':']) && !is_title(value);
    if !told || name.is_empty() || name.chars().count() > 8 || label == "其中" {
        return false;
    }
    if table.project.is_none() && is_project(&label) {
        table.project = Some(value.to_owned());
    }
    table.attributes.push((label.into_owned(), value.to_owned(), cell.span));
    true
}

fn push(table: &mut IndicatorTable, label: String, sheet: &Sheet, value: &Cell) {
    if label.is_empty() || is_title(&label) {
        return;
    }
    let text = sheet.document.slice(value.span).trim().to_owned();
    if table.project.is_none() && !text.is_empty() && is_project(&label) {
        table.project = Some(text.clone());
    }
    table.attributes.push((label, text, value.span));
}

/// Reads a line under the grid: `评价结论 | 资金支付及时。`.
pub(super) fn tail(sheet: &Sheet, row: u32, table: &mut IndicatorTable) {
    let cells: Vec<&Cell> = sheet
        .row(row)
        .into_iter()
        .filter(|cell| cell.row == row && !cell.span.is_empty())
        .collect();
    if cells.len() > 1 && !words(&sheet.squeezed(cells[0].span)) {
        attributes(sheet, &cells, table);
    }
}

/// Whether the grid begins a form of its own.
pub(super) fn starts_form(sheet: &Sheet) -> bool {
    (0..sheet.rows.min(3)).any(|row| opens_form(sheet, row))
}

/// Whether a row opens a form: `项目名称 …`, `一、项目基本情况 | 项目名称 …`, or its title.
fn opens_form(sheet: &Sheet, row: u32) -> bool {
    let cells = sheet.row(row);
    let mut names =
        cells.iter().map(|cell| sheet.squeezed(cell.span)).filter(|name| !name.is_empty());
    let Some(first) = names.next() else { return false };
    match names.next() {
        Some(second) => is_start(&first) || is_group(&first) && is_start(&second),
        None => is_start(&first) || is_title(&first),
    }
}

/// Whether a row under the grid belongs to the form rather than to the indicators.
pub(super) fn is_form_line(sheet: &Sheet, row: u32) -> bool {
    let Some(cell) =
        sheet.row(row).into_iter().find(|cell| cell.row == row && !cell.span.is_empty())
    else {
        return false;
    };
    let name = sheet.squeezed(cell.span);
    let notes = ["评价等级", "填报人", "填表人", "联系人", "备注", "说明", "注："];
    cell.col == 0 && (opens_form(sheet, row) || notes.iter().any(|note| name.starts_with(note)))
}
