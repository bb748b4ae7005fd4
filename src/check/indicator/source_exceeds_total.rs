//! 一项资金来源大于资金总额。
//!
//! 年度资金总额写0而财政拨款有数，或财政拨款大于总额：别的来源空着也知道其中必有误写。各项来源都填了数的，看各项之和。
//!
//! ```report
//! 项目支出绩效自评表
//!
//! 	项目名称
//! 	湿地养护
//!
//! 	项目资金（万元）
//! 	年度资金总额
//! 	0
//!
//! 	项目资金（万元）
//! 	其中：财政拨款
//! 	60.00
//!
//! 	项目资金（万元）
//! 	其他资金
//!
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
//! 依据：部分不大于整体；项目支出绩效自评表的资金栏。

use super::funds_do_not_sum::{COLUMNS, parts};
use super::{difference, evidence, finding, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::IndicatorTable;
use crate::number::NumberId;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/source_exceeds_total",
    severity: Severity::Error,
    summary_en: "One source of a project's funds is more than all of them.",
    source: include_str!("source_exceeds_total.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in &report.indicators {
        for (total, parts) in COLUMNS.iter().filter_map(|column| parts(table, *column)) {
            let stated: Vec<NumberId> = parts.iter().flatten().copied().collect();
            if stated.len() < parts.len() {
                found.extend(stated.into_iter().find_map(|part| over(report, table, total, part)));
            }
        }
    }
    found
}

fn over(
    report: &Report,
    table: &IndicatorTable,
    total: NumberId,
    part: NumberId,
) -> Option<Finding> {
    let (all, one) = (&report.numbers[total as usize], &report.numbers[part as usize]);
    let (stated, own) = (all.value()?, one.value()?);
    if one.factor != all.factor || one.range()?.low <= all.range()?.high {
        return None;
    }
    let shown = vec![evidence(report, Role::Total, total), evidence(report, Role::Part, part)];
    Some(finding(
        CHECK.name,
        Severity::Error,
        all.span,
        (
            format!("“{}”的资金总额 {stated}，其中一项来源就有 {own}", title(table)),
            format!("funds of {stated}, one source of {own}"),
        ),
        format!("{own} > {stated}，{}", difference(own, stated)),
        shown,
    ))
}
