//! The funds block of a form: `年度资金总额 120.00 120.00 114.00 10 95.00% 9.5`.

use super::above::words;
use super::{FundKind, FundRow, IndicatorTable, Sheet};
use crate::document::Cell;

/// What the columns of a funds block hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FundColumn {
    Budget,
    Adjusted,
    Received,
    Executed,
    Weight,
    Rate,
    Score,
}

/// Whether a label names the amount of the whole project: `当年预算`.
pub(super) fn is_amount(name: &str) -> bool {
    let name = name.split('（').next().unwrap_or(name).trim_end_matches('：');
    matches!(name, "当年预算" | "年度预算" | "本年预算" | "项目预算" | "预算金额" | "项目金额")
}

/// Reads `当年预算 12,700.00 市级支出 … `: the amount beside its label, and its parts; `false` if the row is none.
pub(super) fn amount(
    sheet: &Sheet,
    cells: &[&Cell],
    name: &str,
    table: &mut IndicatorTable,
) -> bool {
    let (true, [label, value, rest @ ..]) = (is_amount(name), cells) else { return false };
    if sheet.number(value.span).is_none() && !value.span.is_empty() {
        return false;
    }
    table.funds.push(beside(sheet, label, value, FundKind::Total));
    parts(sheet, rest, table);
    true
}

/// An amount with its label before it.
fn beside(sheet: &Sheet, label: &Cell, value: &Cell, kind: FundKind) -> FundRow {
    let (adjusted, row) = (sheet.number(value.span), (sheet.id, label.row));
    FundRow { label: label.span, kind, adjusted, row, ..FundRow::default() }
}

/// Reads `市级支出 12,700.00` and `补助区县 …` beside the amount they are parts of.
pub(super) fn parts(sheet: &Sheet, cells: &[&Cell], table: &mut IndicatorTable) {
    for pair in cells.chunks(2) {
        if let [label, value] = pair
            && !label.span.is_empty()
        {
            table.funds.push(beside(sheet, label, value, FundKind::Part));
        }
    }
}

/// Which column of a funds block holds what.
pub(super) fn fund_columns<'a>(
    sheet: &Sheet<'a>,
    cells: &[&'a Cell],
) -> Vec<(&'a Cell, FundColumn)> {
    cells.iter().filter_map(|cell| Some((*cell, kind(&sheet.squeezed(cell.span))?))).collect()
}

/// What a header cell of a funds block names, e.g. `全年执行数（B）` the money spent.
fn kind(name: &str) -> Option<FundColumn> {
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    let name = name.split('（').next().unwrap_or(name).trim_end_matches(['A', 'B', 'C']);
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    Some(match name {
        "年初预算数"
        | "年初预算"
        | "预算数"
        | "年初预算金额"
        | "年初部门预算安排金额"
        | "年初批复数"
        | "年初预算批复数" => FundColumn::Budget,
        "全年预算数" | "全年预算" | "调整预算数" | "调整后预算数" | "调整后预算" | "年度预算数"
        | "预算安排情况" => FundColumn::Adjusted,
        "年度拨付金额" | "实际支出" | "资金执行情况" | "全年执行" => {
            FundColumn::Executed
        }
        "资金到位情况" | "到位数" | "到位资金" | "实际到位" | "实际到位数" | "全年到位数"
        | "资金到位数" | "实际到位资金" => FundColumn::Received,
        "分值" | "权重" => FundColumn::Weight,
        "得分" | "自评得分" => FundColumn::Score,
        _ if ends(&["执行率", "支出实现率", "预算执行进度"]) => FundColumn::Rate,
        _ if ends(&["执行数", "实际支出数"]) => FundColumn::Executed,
        name if name.starts_with("小计") && name.contains('③') => FundColumn::Adjusted,
        _ => return None,
    })
}

/// Reads a line of the funds block; `false` if the row is none.
pub(super) fn fund_row(
    sheet: &Sheet,
    cells: &[&Cell],
    stub: &str,
    columns: &[(&Cell, FundColumn)],
    table: &mut IndicatorTable,
) -> bool {
    let Some(label) = cells.iter().find(|cell| !cell.span.is_empty()) else { return false };
    let mut label = label;
    // `中期资金总额 300.00 | 年度资金总额 100.00`: the later of two like labels is the year's.
    if columns.is_empty() {
        let money = |name: &str| fund_kind(name) != FundKind::Part;
        let own = fund_kind(&sheet.squeezed(label.span));
        let alike = |cell: &&&Cell| {
            let name = sheet.squeezed(cell.span);
            cell.col > label.col && money(&name) && fund_kind(&name) == own
        };
        label = cells.iter().find(alike).unwrap_or(label);
    }
    let name = sheet.squeezed(label.span);
    if words(&name) {
        return false;
    }
    let kind = fund_kind(&name);
    let in_block = stub.contains("资金") || stub.contains("预算");
    if kind == FundKind::Part && (!in_block || columns.is_empty()) {
        return false;
    }
    if !in_block && !name.contains("资金") && !name.contains("拨款") {
        return false;
    }
    let mut line =
        FundRow { label: label.span, kind, row: (sheet.id, label.row), ..FundRow::default() };
    for cell in cells.iter().filter(|cell| cell.col > label.col) {
        let text = sheet.squeezed(cell.span);
        let number = sheet.number(cell.span);
        if text.starts_with("执行率分值") {
            line.weight = number;
            continue;
        }
        let covers = |head: &Cell| head.col <= cell.col && cell.col < head.col + head.colspan;
        // `预算数：| 80.00 | 到位数：| 80.00`: under a wide header an amount has its label before it.
        let amount = number.is_some() || text.is_empty();
        let column = columns
            .iter()
            .find(|(head, _)| head.col == cell.col || amount && covers(head))
            .map(|(_, kind)| *kind);
        let slot = match column {
            Some(FundColumn::Budget) => &mut line.budget,
            Some(FundColumn::Adjusted) => &mut line.adjusted,
            Some(FundColumn::Received) => &mut line.received,
            Some(FundColumn::Executed) => &mut line.executed,
            Some(FundColumn::Weight) => &mut line.weight,
            Some(FundColumn::Rate) => &mut line.rate,
            Some(FundColumn::Score) => &mut line.score,
            None if columns.is_empty() && line.adjusted.is_none() => &mut line.adjusted,
            None => continue,
        };
        *slot = number;
    }
    table.funds.push(line);
    true
}

fn fund_kind(name: &str) -> FundKind {
    let name = name.trim_start_matches("其中：").trim_end_matches('：');
    if name.contains("结转") {
        FundKind::Carried
    } else if name.contains("总额")
        || matches!(name, "合计" | "年度金额" | "预算资金总计" | "总额" | "预算数")
    {
        FundKind::Total
    } else if matches!(name, "财政专户管理资金" | "单位资金") {
        FundKind::Source
    } else if name == "其他"
        || name == "非财政拨款"
        || name.starts_with("其他资金")
        || name.starts_with("其它资金")
    {
        FundKind::Other
    } else if matches!(
        name,
        "财政拨款"
            | "当年财政拨款"
            | "财政资金"
            | "财政资金小计"
            | "本年财政拨款"
            | "财政性资金"
            | "一般公共预算财政拨款"
    ) {
        FundKind::Fiscal
    } else {
        FundKind::Part
    }
}
