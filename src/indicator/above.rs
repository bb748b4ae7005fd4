//! What stands above the grid: attributes, funds, goal.

use super::{FundKind, FundRow, IndicatorTable, Sheet};
use crate::document::Cell;

/// What the columns of a funds block hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FundColumn {
    Budget,
    Adjusted,
    Executed,
    Weight,
    Rate,
    Score,
}

/// Reads the rows `from..until` above the grid into `table`.
pub(super) fn read(sheet: &Sheet, from: u32, until: u32, table: &mut IndicatorTable) {
    let mut stub = String::new();
    let mut columns: Vec<(u32, FundColumn)> = Vec::new();
    let mut goal_below = false;
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
        } else if first.col == 0 && (first.rowspan > 1 || is_group(&name)) && cells.len() > 1 {
            if stub != name {
                columns.clear();
            }
            stub = name;
            cells.remove(0);
        } else if first.col == 0 {
            stub.clear();
            columns.clear();
        }
        if goal_below {
            goal_below = false;
            if let Some(cell) = cells.iter().find(|cell| !cell.span.is_empty()) {
                table.goal.get_or_insert(cell.span);
                continue;
            }
        }
        let found = fund_columns(sheet, &cells);
        if found.len() >= 2 {
            // A header of two lines names some columns in the first, e.g. 分值 and 得分 beside 预算安排.
            columns.retain(|(col, _)| found.iter().all(|(other, _)| other != col));
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
        goal_below = goal(sheet, &cells, &stub, table);
        if !goal_below {
            attributes(sheet, &cells, table);
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

/// Whether a label names the amount of the whole project: `当年预算`.
fn is_amount(name: &str) -> bool {
    let name = name.split('（').next().unwrap_or(name).trim_end_matches('：');
    matches!(name, "当年预算" | "年度预算" | "本年预算" | "项目预算" | "预算金额" | "项目金额")
}

/// Whether a text is words rather than a label.
fn words(text: &str) -> bool {
    text.chars().count() >= LONGEST_LABEL
}

/// No label of a fund or an attribute is as long as that, every goal is longer.
const LONGEST_LABEL: usize = 24;

/// Reads `当年预算 12,700.00 市级支出 … `: the amount beside its label, and its parts; `false` if the row is none.
fn amount(sheet: &Sheet, cells: &[&Cell], name: &str, table: &mut IndicatorTable) -> bool {
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
fn parts(sheet: &Sheet, cells: &[&Cell], table: &mut IndicatorTable) {
    for pair in cells.chunks(2) {
        if let [label, value] = pair
            && !label.span.is_empty()
        {
            table.funds.push(beside(sheet, label, value, FundKind::Part));
        }
    }
}

/// Whether a first cell names a group of lines rather than one value.
fn is_group(name: &str) -> bool {
    let name = name.split('（').next().unwrap_or(name);
    matches!(
        name,
        "项目概况"
            | "项目资金"
            | "资金金额"
            | "资金情况"
            | "专项资金情况"
            | "项目资金情况"
            | "预算资金"
            | "预算整体情况"
            | "预算执行情况"
            | "年度资金"
            | "财政资金安排和使用情况"
    ) || is_goal(name)
}

/// Whether a label announces the goal.
fn is_goal(name: &str) -> bool {
    matches!(
        name.trim_end_matches('：'),
        "年度目标"
            | "总体目标"
            | "年度总体目标"
            | "绩效目标"
            | "预期目标"
            | "总体绩效目标"
            | "年度绩效目标"
            | "项目实施期目标"
            | "实施期目标"
            | "项目绩效目标"
            | "年度绩效总目标"
            | "部门整体绩效目标"
            | "整体绩效目标"
            | "年初设定目标"
            | "年初预期目标"
            | "项目目标"
            | "当年绩效目标"
            | "当年整体绩效目标"
            | "预期绩效目标"
    )
}

/// Which column of a funds block holds what.
fn fund_columns(sheet: &Sheet, cells: &[&Cell]) -> Vec<(u32, FundColumn)> {
    let kind = |name: &str| {
        let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
        Some(match name.split('（').next().unwrap_or(name) {
            "年初预算数" | "年初预算" | "预算数" | "年初预算金额" | "年初部门预算安排金额" => {
                FundColumn::Budget
            }
            "全年预算数" | "全年预算" | "调整预算数" | "调整后预算数" | "全年预算数A" => {
                FundColumn::Adjusted
            }
            "全年执行数" | "执行数" | "实际执行数" | "全年执行" | "年度拨付金额"
            | "全年执行数B" | "实际支出数" => FundColumn::Executed,
            "分值" | "权重" => FundColumn::Weight,
            "执行率" | "预算执行率" | "支出实现率" | "全年执行率" => {
                FundColumn::Rate
            }
            "得分" | "自评得分" => FundColumn::Score,
            name if name.starts_with("小计") && name.contains('③') => FundColumn::Adjusted,
            _ => return None,
        })
    };
    cells.iter().filter_map(|cell| Some((cell.col, kind(&sheet.squeezed(cell.span))?))).collect()
}

/// Reads a line of the funds block; `false` if the row is none.
fn fund_row(
    sheet: &Sheet,
    cells: &[&Cell],
    stub: &str,
    columns: &[(u32, FundColumn)],
    table: &mut IndicatorTable,
) -> bool {
    let Some(label) = cells.iter().find(|cell| !cell.span.is_empty()) else { return false };
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
        let column = columns.iter().find(|(col, _)| *col == cell.col).map(|(_, kind)| *kind);
        let slot = match column {
            Some(FundColumn::Budget) => &mut line.budget,
            Some(FundColumn::Adjusted) => &mut line.adjusted,
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
    } else if name.contains("总额") || matches!(name, "合计" | "年度金额" | "预算资金总计")
    {
        FundKind::Total
    } else if name.starts_with("其他资金") || name.starts_with("其它资金") {
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

/// Reads the goal; `true` if it stands in the row below.
fn goal(sheet: &Sheet, cells: &[&Cell], stub: &str, table: &mut IndicatorTable) -> bool {
    let filled: Vec<&&Cell> = cells.iter().filter(|cell| !cell.span.is_empty()).collect();
    let Some(first) = filled.first() else { return is_goal(stub) && table.goal.is_none() };
    if is_goal(&sheet.squeezed(first.span)) {
        let beside = filled.get(1).map(|cell| sheet.squeezed(cell.span));
        match beside {
            Some(text) if !text.ends_with("完成情况") && !is_goal(&text) => {
                table.goal.get_or_insert(filled[1].span);
                return false;
            }
            _ => return true,
        }
    }
    if is_goal(stub) {
        table.goal.get_or_insert(first.span);
    }
    false
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
    for pair in cells.chunks(2) {
        if let [label, value] = pair {
            push(table, label_of(label), sheet, value);
        }
    }
}

fn push(table: &mut IndicatorTable, label: String, sheet: &Sheet, value: &Cell) {
    if label.is_empty() {
        return;
    }
    let text = sheet.document.slice(value.span).trim().to_owned();
    if table.project.is_none() && !text.is_empty() && is_project(&label) {
        table.project = Some(text.clone());
    }
    table.attributes.push((label, text, value.span));
}

fn is_project(label: &str) -> bool {
    matches!(label, "项目名称" | "专项名称" | "转移支付名称" | "专项资金名称" | "政策名称" | "项目")
        || label.starts_with("项目名称")
        || label.starts_with("项目（政策）名称")
        || label.starts_with("专项（项目）名称")
}

/// Whether a label opens a form.
fn is_start(label: &str) -> bool {
    let label = label.trim_end_matches('：');
    is_project(label)
        || matches!(label, "部门名称" | "单位名称" | "部门（单位）名称" | "预算单位" | "主管部门")
}

/// Whether the grid begins a form of its own.
pub(super) fn starts_form(sheet: &Sheet) -> bool {
    (0..sheet.rows.min(3))
        .any(|row| sheet.row(row).first().is_some_and(|cell| is_start(&sheet.squeezed(cell.span))))
}

/// Whether a row under the grid belongs to the form rather than to the indicators.
pub(super) fn is_form_line(sheet: &Sheet, row: u32) -> bool {
    let Some(cell) =
        sheet.row(row).into_iter().find(|cell| cell.row == row && !cell.span.is_empty())
    else {
        return false;
    };
    let name = sheet.squeezed(cell.span);
    cell.col == 0
        && (is_start(&name)
            || name.starts_with("评价等级")
            || name.starts_with("填报人")
            || name.starts_with("填表人")
            || name.starts_with("联系人")
            || name.starts_with("备注")
            || name.starts_with("说明")
            || name.starts_with("注："))
}
