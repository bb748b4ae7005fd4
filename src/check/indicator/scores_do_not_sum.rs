//! 各项得分之和与总分不一致。
//!
//! 总分等于各指标得分（连同预算执行率得分）之和；得分的小数按末位四舍五入，由此造成的尾差不报。
//!
//! ```report
//! 项目支出绩效自评表
//!
//! 	项目名称
//! 	湿地养护
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	年度指标值
//! 	实际完成值
//! 	分值
//! 	得分
//!
//! 	产出指标
//! 	数量指标
//! 	养护面积
//! 	≥36公顷
//! 	36公顷
//! 	60
//! 	60
//!
//! 	效益指标
//! 	社会效益指标
//! 	游客人数
//! 	≥500人
//! 	480人
//! 	40
//! 	36
//!
//! 	总分
//! 	100
//! 	98
//! ```
//!
//! 依据：加法。

use super::{addition, difference, evidence, finding, slack, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::IndicatorTable;
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/scores_do_not_sum",
    severity: Severity::Error,
    summary_en: "The scores of the indicators do not add up to the stated total score.",
    source: include_str!("scores_do_not_sum.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    report.indicators.iter().filter_map(|table| check(report, table)).collect()
}

fn check(report: &Report, table: &IndicatorTable) -> Option<Finding> {
    let total = table.score?;
    let stated = report.numbers[total as usize].value()?;
    let scored = table.rows.iter().all(|row| row.score.is_some() || row.weight.is_none());
    let (mut ids, sum) = table.scores(&report.numbers)?;
    if !scored || ids.len() < 2 || ids.contains(&total) {
        return None;
    }
    let execution = table.execution().and_then(|row| row.score);
    let value = |id: u32| report.numbers[id as usize].value();
    let with = sum.checked_add(execution.and_then(value).unwrap_or_default())?;
    let mut slack = slack(report, &ids);
    slack += execution.map_or(Decimal::ZERO, |id| super::slack(report, &[id]));
    // A whole total of fractional parts is rounded as well.
    let places = report.numbers[total as usize].decimals;
    if places > 0 || slack > Decimal::ZERO {
        slack += Decimal::new(5, places + 1);
    }
    let agrees = |sum: Decimal| (sum - stated).abs() <= slack;
    if agrees(sum) || agrees(with) {
        return None;
    }
    ids.extend(execution);
    let mut shown = vec![evidence(report, Role::Total, total)];
    shown.extend(ids.iter().map(|id| evidence(report, Role::Score, *id)));
    Some(finding(
        CHECK.name,
        Severity::Error,
        report.numbers[total as usize].span,
        (
            format!("“{}”各项得分合计 {}，总分写为 {stated}", title(table), with.normalize()),
            format!("the scores add up to {}, the total says {stated}", with.normalize()),
        ),
        format!("{}，比 {stated} {}", addition(report, &ids, with), difference(with, stated)),
        shown,
    ))
}
