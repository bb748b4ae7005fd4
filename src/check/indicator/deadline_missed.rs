//! 完成时间晚于时效目标，却按完成计分。
//!
//! 目标“2024年4月”而实际完成于2024年9月，该项不能得满分。没有逐项得分、总分又不满的，为警告。
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
//! 	时效指标
//! 	完工时间
//! 	2024年4月
//! 	2024年9月
//! 	50
//! 	50
//!
//! 	效益指标
//! 	社会效益指标
//! 	游客人数
//! 	≥500人
//! 	520人
//! 	50
//! 	50
//! ```
//!
//! 依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：时效指标考核完成的及时性。

use super::{evidence, finding, narrated_score, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{IndicatorRow, IndicatorTable, number_in};
use crate::number::{NumberId, Period};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/deadline_missed",
    severity: Severity::Error,
    summary_en: "The work was finished after its deadline although it is scored as met.",
    source: include_str!("deadline_missed.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    report
        .indicators
        .iter()
        .flat_map(|table| table.rows.iter().filter_map(|row| check(report, table, row)))
        .collect()
}

fn check(report: &Report, table: &IndicatorTable, row: &IndicatorRow) -> Option<Finding> {
    let timed = [row.level2, row.level3]
        .iter()
        .flatten()
        .map(|span| report.document.slice(*span))
        .any(|name| name.contains('时') || name.contains("期限") || name.contains("完成"));
    if !timed {
        return None;
    }
    let (target, until) = period(report, row.target?)?;
    let (actual, done) = period(report, row.actual?)?;
    if done.from <= until.to {
        return None;
    }
    let value = |id: NumberId| report.numbers[id as usize].value();
    let full = match (row.weight.and_then(value), row.score.and_then(value)) {
        (Some(weight), Some(score)) if score < weight => return None,
        (Some(_), Some(_)) => true,
        _ => narrated_score(report, table).is_some_and(|(_, score)| score >= Decimal::ONE_HUNDRED),
    };
    let words = |span| report.document.slice(span).trim();
    let (late, deadline) = (words(row.actual?), words(row.target?));
    Some(finding(
        CHECK.name,
        if full { Severity::Error } else { Severity::Warning },
        row.actual?,
        (
            format!("“{}”的时效目标为{deadline}，实际完成于{late}", title(table)),
            "finished after the deadline".to_owned(),
        ),
        format!("{late} 晚于 {deadline}"),
        vec![evidence(report, Role::Target, target), evidence(report, Role::Actual, actual)],
    ))
}

fn period(report: &Report, span: crate::document::Span) -> Option<(NumberId, Period)> {
    let id = number_in(&report.numbers, span)?;
    let period = report.numbers[id as usize].period()?;
    (!period.relative && period.from.0 > 1900).then_some((id, period))
}
