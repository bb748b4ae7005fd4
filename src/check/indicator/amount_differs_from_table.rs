//! 项目绩效目标表中的资金与项目支出表中同一项目的金额不一致。
//!
//! 绩效目标随预算一同申报、一同批复，两张表写的是同一笔钱。同名项目在任一表中不止一处的，或另有名称相近的项目的，
//! 无从对应，不报。
//!
//! ```report
//! 项目支出预算表
//! 单位：万元
//!
//! 	项目名称
//! 	合计
//! 	一般公共预算
//!
//! 	湿地养护
//! 	120.00
//! 	120.00
//!
//! 	道路养护
//! 	30.00
//! 	30.00
//!
//! 项目支出绩效目标表
//!
//! 	项目名称
//! 	湿地养护
//!
//! 	项目资金（万元）
//! 	年度资金总额
//! 	100.00
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	年度指标值
//!
//! 	产出指标
//! 	数量指标
//! 	养护面积
//! 	≥36公顷
//! ```
//!
//! 依据：《中央部门预算绩效目标管理办法》（财预〔2015〕88号）：绩效目标与部门预算同步批复。

use super::projects::{Pair, pairs};
use super::{evidence, finding};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/amount_differs_from_table",
    severity: Severity::Warning,
    summary_en: "A project's funds differ between its performance table and the table of projects.",
    source: include_str!("amount_differs_from_table.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    pairs(report).iter().filter(|pair| !pair.agrees).map(|pair| say(report, pair)).collect()
}

fn say(report: &Report, pair: &Pair) -> Finding {
    let words = |id: u32| report.document.slice(report.numbers[id as usize].span);
    let rows: Vec<&str> = pair.rows.iter().map(|id| words(*id)).collect();
    let (total, rows) = (words(pair.total), rows.join("、"));
    let mut shown = vec![evidence(report, Role::Stated, pair.total)];
    shown.extend(pair.rows.iter().map(|id| evidence(report, Role::Other, *id)));
    finding(
        CHECK.name,
        Severity::Warning,
        report.numbers[pair.total as usize].span,
        (
            format!(
                "“{}”的资金绩效目标表为〔{total}〕，项目支出表为〔{rows}〕：请核对两表是否同一口径",
                pair.project
            ),
            format!("{total} in the performance table, {rows} in the table of projects"),
        ),
        format!("{total} ≠ {rows}"),
        shown,
    )
}
