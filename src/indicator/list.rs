//! Grids that list many projects, one after the other: `单位名称 项目名称 金额 绩效目标 一级指标 …`, with or without
//! indicators beside the goal.

use super::header::{Column, Header};
use super::rows::{Levels, extent, indicator, is_blank, widen};
use super::{FundKind, FundRow, IndicatorTable, Sheet};
use crate::document::Cell;
use crate::number::NumberId;

/// Reads the rows `from..until` of such a grid: a record a project, kept if it has a goal or an indicator.
pub(super) fn list(
    sheet: &Sheet,
    header: &Header,
    from: u32,
    until: u32,
    found: &mut Vec<IndicatorTable>,
) {
    let mut levels = Levels::default();
    let mut agency: Option<(String, String, crate::document::Span)> = None;
    let mut project = found
        .last()
        .filter(|last| last.tables.contains(&sheet.id.wrapping_sub(1)))
        .and_then(|last| last.project.clone());
    let mut fresh = true;
    let head = header.at(Column::Agency).and_then(|col| sheet.cell(header.row, col));
    for row in from..until {
        let starts = |column| starts(sheet, header, row, column);
        if is_total(sheet, row) {
            continue;
        }
        if let Some(cell) = starts(Column::Agency) {
            let label = head.map_or_else(|| "单位名称".into(), |head| sheet.squeezed(head.span));
            agency = Some((
                label.into_owned(),
                sheet.document.slice(cell.span).trim().to_owned(),
                cell.span,
            ));
        }
        let named = starts(Column::Project);
        if let Some(cell) = named {
            project = Some(sheet.document.slice(cell.span).trim().to_owned());
        }
        let amount = starts(Column::Amount);
        let goal = starts(Column::Goal);
        let begins = named.or(amount).or_else(|| starts(Column::Agency)).is_some() || fresh;
        if begins {
            levels = Levels::default();
            let mut table = IndicatorTable {
                tables: vec![sheet.id],
                project: project.clone(),
                attributes: agency.iter().cloned().collect(),
                goal: goal.map(|cell| cell.span),
                ..IndicatorTable::default()
            };
            funds(sheet, header, row, &mut table);
            let again = fresh && found.last().is_some_and(|last| repeats(sheet, last, &table));
            match found.last_mut().filter(|_| again) {
                Some(last) => last.tables.push(sheet.id),
                None => found.push(table),
            }
            fresh = false;
        }
        let Some(table) = found.last_mut() else { continue };
        if table.goal.is_none() {
            table.goal = goal.map(|cell| cell.span);
        }
        levels.step(sheet, header, row);
        widen(table, extent(sheet, row, row + 1));
        if header.has_levels() {
            table.rows.extend(indicator(sheet, header, row, levels));
        } else if begins {
            table.score = starts(Column::Score).and_then(|cell| sheet.number(cell.span));
        }
    }
    found.retain(|table| !table.rows.is_empty() || table.goal.is_some() || table.score.is_some());
}

/// Whether a row sums up the projects above it.
fn is_total(sheet: &Sheet, row: u32) -> bool {
    let cells = sheet.row(row).into_iter();
    let first = cells
        .filter(|cell| !cell.span.is_empty())
        .find(|cell| !sheet.document.slice(cell.span).trim().chars().all(|c| c.is_ascii_digit()));
    first.is_some_and(|cell| ["合计", "总计", "小计"].contains(&&*sheet.squeezed(cell.span)))
}

/// The cell of a column that begins in a row and says something.
fn starts<'a>(sheet: &Sheet<'a>, header: &Header, row: u32, column: Column) -> Option<&'a Cell> {
    let cell = sheet.cell(row, header.at(column)?)?;
    (cell.row == row && !is_blank(sheet.document.slice(cell.span))).then_some(cell)
}

/// The amounts of a row: all of it, of which 财政拨款 and 其他资金.
fn funds(sheet: &Sheet, header: &Header, row: u32, table: &mut IndicatorTable) {
    let number = |column| -> Option<(NumberId, &Cell)> {
        let cell = starts(sheet, header, row, column)?;
        Some((sheet.number(cell.span)?, cell))
    };
    let id = |column| number(column).map(|(id, _)| id);
    let whole = number(Column::Adjusted).or_else(|| number(Column::Amount));
    table.total = whole.map(|(id, _)| id);
    table.fiscal = id(Column::Fiscal);
    table.other = id(Column::Other);
    if let Some((total, cell)) = whole {
        table.funds.push(FundRow {
            label: cell.span,
            kind: FundKind::Total,
            budget: id(Column::Amount).filter(|first| *first != total),
            adjusted: Some(total),
            executed: id(Column::Executed),
            rate: id(Column::Rate),
            row: (sheet.id, row),
            ..FundRow::default()
        });
    }
}

/// Whether the first record of a page repeats the last one of the page before: the same words, amount and goal.
fn repeats(sheet: &Sheet, last: &IndicatorTable, table: &IndicatorTable) -> bool {
    let before = last.tables.last().is_some_and(|id| id + 1 == sheet.id);
    let words = |span: Option<crate::document::Span>| span.map(|span| sheet.squeezed(span));
    let amount = |id: Option<NumberId>| id.and_then(|id| sheet.numbers[id as usize].value());
    let named = |table: &IndicatorTable| -> Vec<String> {
        table.attributes.iter().map(|(_, value, _)| value.clone()).collect()
    };
    before
        && last.project == table.project
        && named(last) == named(table)
        && amount(last.total) == amount(table.total)
        && words(last.goal) == words(table.goal)
}
