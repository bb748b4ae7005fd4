//! 实际完成值的单位与指标值的单位不是同一种量。
//!
//! 目标以“家”计而实际以“%”计，两者无从比较；定性目标以一个数字作答也是如此。
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
//! 	36%
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
//! 依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：实际完成值对照年度指标值填列。

use super::{evidence, finding, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{IndicatorRow, Outcome, quantity};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/unit_differs",
    severity: Severity::Warning,
    summary_en: "The actual value is of another kind of unit than its target.",
    source: include_str!("unit_differs.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in &report.indicators {
        for row in &table.rows {
            let name = title(table);
            found.extend(other_unit(report, &name, row));
            found.extend(number_for_words(report, &name, row));
        }
    }
    found
}

fn other_unit(report: &Report, name: &str, row: &IndicatorRow) -> Option<Finding> {
    let Outcome::OtherUnit(target, actual) = row.outcome(report) else { return None };
    if dimension(&target.unit)? == dimension(&actual.unit)? {
        return None;
    }
    Some(finding(
        CHECK.name,
        Severity::Warning,
        row.actual?,
        (
            format!("“{name}”的指标目标以“{}”计，实际完成值以“{}”计", target.unit, actual.unit),
            format!("target in {}, actual value in {}", target.unit, actual.unit),
        ),
        format!("目标 {}{}，实际 {}{}", target.value, target.unit, actual.value, actual.unit),
        vec![
            evidence(report, Role::Target, target.number),
            evidence(report, Role::Actual, actual.number),
        ],
    ))
}

/// A target in words (`有效提升`) answered by a bare number (`8.2`).
fn number_for_words(report: &Report, name: &str, row: &IndicatorRow) -> Option<Finding> {
    let words = report.document.slice(row.target?);
    let qualitative = report.document.slice(row.operator?).trim() == "定性";
    let han = words.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    if !qualitative || !han || words.chars().any(char::is_numeric) {
        return None;
    }
    let actual = quantity(report, row.actual?, None)?;
    let mark = actual.value == Decimal::ONE || actual.value == Decimal::ONE_HUNDRED;
    if mark || !actual.unit.is_empty() {
        return None;
    }
    Some(finding(
        CHECK.name,
        Severity::Warning,
        row.actual?,
        (
            format!("“{name}”的定性指标“{}”以数字 {} 作答", words.trim(), actual.value),
            format!("a target in words is answered by the number {}", actual.value),
        ),
        String::new(),
        vec![evidence(report, Role::Actual, actual.number)],
    ))
}

/// What kind of quantity a unit measures; `None` where that is not certain.
fn dimension(unit: &str) -> Option<u8> {
    Some(match unit {
        "%" | "％" => 0,
        "元" | "万元" | "亿元" | "千元" => 1,
        "天" | "小时" | "分钟" | "月" | "个月" | "日" => 2,
        "人" | "名" | "位" | "个" | "家" | "户" | "次" | "项" | "件" | "份" | "期" | "场"
        | "人次" | "批次" | "台" | "套" | "辆" | "处" | "条" | "篇" | "本" => 3,
        "公里" | "千米" | "米" => 4,
        "公顷" | "亩" | "万亩" | "平方米" | "㎡" => 5,
        "吨" | "万吨" | "公斤" | "千克" => 6,
        _ => return None,
    })
}
