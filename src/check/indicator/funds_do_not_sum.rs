//! 项目资金总额与各项资金来源之和不一致。
//!
//! 年度资金总额由财政拨款、上年结转和其他资金组成；财政拨款与其他资金都填了数而合计不等于总额，必有一处误写。
//!
//! ```report
//! 项目支出绩效自评表
//!
//! 	项目名称
//! 	湿地养护
//!
//! 	项目资金（万元）
//! 	年度资金总额
//! 	100.00
//!
//! 	项目资金（万元）
//! 	其中：财政拨款
//! 	60.00
//!
//! 	项目资金（万元）
//! 	其他资金
//! 	30.00
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	年度指标值
//! 	实际完成值
//!
//! 	产出指标
//! 	数量指标
//! 	养护面积
//! 	≥36公顷
//! 	36公顷
//! ```
//!
//! 依据：加法；项目支出绩效自评表的资金栏。

use super::{addition, difference, evidence, finding, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{FundKind, FundRow, IndicatorTable};
use crate::number::NumberId;
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/funds_do_not_sum",
    severity: Severity::Error,
    summary_en: "The funds of a project differ from the sum of their sources.",
    source: include_str!("funds_do_not_sum.rs"),
    run: Run::Report(run),
};

pub(super) const COLUMNS: [fn(&FundRow) -> Option<NumberId>; 3] =
    [|row| row.budget, |row| row.adjusted, |row| row.executed];

fn run(report: &Report) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in &report.indicators {
        found.extend(COLUMNS.iter().filter_map(|column| check(report, table, *column)));
    }
    found
}

/// The total of a column of the funds block and all its sources, `None` for one left empty.
pub(super) fn parts(
    table: &IndicatorTable,
    column: fn(&FundRow) -> Option<NumberId>,
) -> Option<(NumberId, Vec<Option<NumberId>>)> {
    let of = |kind| table.funds.iter().filter(move |row| row.kind == kind);
    let mut totals = of(FundKind::Total);
    let total = column(totals.next()?)?;
    // Another breakdown in the block (central, province …) cannot be told apart from the sources.
    if totals.next().is_some() || of(FundKind::Part).next().is_some() {
        return None;
    }
    if of(FundKind::Fiscal).count() != 1 || of(FundKind::Other).count() != 1 {
        return None;
    }
    let parts = table.funds.iter().filter(|row| row.kind != FundKind::Total).map(column);
    Some((total, parts.collect()))
}

/// All figures that are compared.
pub(super) fn compared(report: &Report, table: &IndicatorTable) -> Vec<NumberId> {
    let value = |id: &NumberId| report.numbers[*id as usize].value();
    let columns = COLUMNS.iter().filter_map(|column| parts(table, *column));
    let ids = columns.flat_map(|(total, parts)| {
        let stated: Vec<NumberId> = parts.iter().flatten().copied().collect();
        // A source left empty is nothing only where the others already make the whole.
        let whole = stated.len() == parts.len()
            || stated.iter().map(value).sum::<Option<Decimal>>() == value(&total);
        whole.then(|| stated.into_iter().chain([total])).into_iter().flatten()
    });
    ids.filter(|id| value(id).is_some()).collect()
}

fn check(
    report: &Report,
    table: &IndicatorTable,
    column: fn(&FundRow) -> Option<NumberId>,
) -> Option<Finding> {
    let (total, parts) = parts(table, column)?;
    let parts = parts.into_iter().collect::<Option<Vec<NumberId>>>()?;
    let number = |id: NumberId| &report.numbers[id as usize];
    let mut sum = Decimal::ZERO;
    let mut slack = Decimal::ZERO;
    for id in parts.iter().chain([&total]) {
        slack += Decimal::new(5, number(*id).decimals + 1);
    }
    for id in &parts {
        sum = sum.checked_add(number(*id).value()?)?;
    }
    let stated = number(total).value()?;
    let factor = number(total).factor;
    let mixed = parts.iter().any(|id| {
        number(*id).factor != factor && !number(*id).value().is_some_and(|v| v.is_zero())
    });
    if mixed || (sum - stated).abs() <= slack {
        return None;
    }
    let mut shown = vec![evidence(report, Role::Total, total)];
    shown.extend(parts.iter().map(|id| evidence(report, Role::Part, *id)));
    Some(finding(
        CHECK.name,
        Severity::Error,
        number(total).span,
        (
            format!("“{}”的资金总额 {stated}，各项资金来源合计 {sum}", title(table)),
            format!("funds of {stated}, sources of {sum}"),
        ),
        format!("{}，比 {stated} {}", addition(report, &parts, sum), difference(sum, stated)),
        shown,
    ))
}
