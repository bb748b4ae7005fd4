//! 绩效指标的权重（分值）之和不是100分。
//!
//! 评分以100分（或1）为满分；各指标权重之和多于或少于它，总分就无从说起。预算执行率另占的10分已计入；
//! 权重没有填全的表不报。
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
//! 	指标值
//! 	权重
//! 	实际完成值
//!
//! 	产出指标
//! 	数量指标
//! 	养护面积
//! 	≥36公顷
//! 	80
//! 	36公顷
//!
//! 	效益指标
//! 	社会效益指标
//! 	游客人数
//! 	≥500人
//! 	40
//! 	520人
//! ```
//!
//! 依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：评价采用百分制，各指标权重合计100%。

use super::{addition, difference, evidence, finding, scale, slack, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{IndicatorRow, IndicatorTable};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/weights_do_not_sum",
    severity: Severity::Error,
    summary_en: "The weights of an indicator table do not add up to 100.",
    source: include_str!("weights_do_not_sum.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    report.indicators.iter().filter_map(|table| check(report, table)).collect()
}

fn check(report: &Report, table: &IndicatorTable) -> Option<Finding> {
    let (ids, sum) = table.weights(&report.numbers)?;
    let value = |id: u32| report.numbers[id as usize].value();
    let execution = table.execution().and_then(|row| row.weight).and_then(value);
    let with = sum.checked_add(execution.unwrap_or_default())?;
    let stated = table.weight_total.and_then(value);
    // 16.67 three times is 50, and points on top (加分项) are none of the hundred.
    let full = scale(report, table);
    let slack = if full == Decimal::ONE { Decimal::ZERO } else { slack(report, &ids) };
    let on_top = with.checked_sub(extra(report, table)?)?;
    let agrees =
        |whole: Decimal| [sum, with, on_top].iter().any(|sum| (*sum - whole).abs() <= slack);
    let (expected, sum, severity) = if let Some(stated) = stated {
        if agrees(stated) {
            return None;
        }
        (stated, if stated >= full { with } else { sum }, Severity::Error)
    } else {
        if agrees(full) || ids.len() < 3 && sum < full {
            return None;
        }
        let over = sum > full;
        // 90 and 80 are the weights of forms that keep the rest for budget execution.
        let kept = sum == Decimal::from(90) || sum == Decimal::from(80);
        if !over && (kept || !weighted(report, table)) {
            return None;
        }
        (full, with, if over { Severity::Error } else { Severity::Warning })
    };
    let mut shown: Vec<_> = ids.iter().map(|id| evidence(report, Role::Weight, *id)).collect();
    shown.extend(table.weight_total.map(|id| evidence(report, Role::Total, id)));
    let at = table.weight_total.unwrap_or(ids[0]);
    let mut parts = ids.clone();
    if sum == with {
        parts.extend(table.execution().and_then(|row| row.weight));
    }
    Some(finding(
        CHECK.name,
        severity,
        report.numbers[at as usize].span,
        (
            format!(
                "“{}”各指标权重合计 {}，应为 {}：请核对各行权重",
                title(table),
                sum.normalize(),
                expected.normalize()
            ),
            format!("weights add up to {}, not {}", sum.normalize(), expected.normalize()),
        ),
        format!(
            "{}，比 {} {}",
            addition(report, &parts, sum),
            expected.normalize(),
            difference(sum, expected)
        ),
        shown,
    ))
}

/// The points that can be had beyond the hundred: `加分项`.
fn extra(report: &Report, table: &IndicatorTable) -> Option<Decimal> {
    let names = |row: &IndicatorRow| {
        let levels = [row.level1, row.level2, row.level3];
        levels.iter().flatten().any(|span| {
            let name = report.document.slice(*span);
            ["加分", "附加分"].iter().any(|word| name.contains(word))
        })
    };
    let weights = table.rows.iter().filter(|row| names(row)).filter_map(|row| row.weight);
    weights
        .filter_map(|id| report.numbers[id as usize].value())
        .try_fold(Decimal::ZERO, Decimal::checked_add)
}

/// Whether every indicator carries a weight (one merged over several rows counts for all of them).
pub(super) fn weighted(report: &Report, table: &IndicatorTable) -> bool {
    let mut above = false;
    table.rows.iter().all(|row| {
        let deduction = row.level1.is_some_and(|span| report.document.slice(span).contains("扣分"));
        let merged = above && row.target.is_none() && row.score.is_none();
        let fine = deduction || row.weight.is_some() || merged;
        above = row.weight.is_some() || merged;
        fine
    })
}
