//! 指标没有达到，却按完成计分。
//!
//! 目标`≥15个`而实际为4个，该项仍得满分，或者自评总分高于按完成比例计分所能得到的分数。
//! 没有分数可以证明矛盾时为警告。
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
//! 	30公顷
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
//! 依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：未完成指标值的，按完成值与指标值的比例记分。

use super::{evidence, finding, full_score, narrated_score, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Evidence, Finding, Role, Severity};
use crate::indicator::{IndicatorRow, IndicatorTable, Operator, Outcome, Quantity, squeeze};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/missed_target_called_complete",
    severity: Severity::Error,
    summary_en: "A target is missed although it is scored or counted as met.",
    source: include_str!("missed_target_called_complete.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    report.indicators.iter().flat_map(|table| check(report, table)).collect()
}

/// An indicator whose actual value misses its target.
struct Miss<'a> {
    row: &'a IndicatorRow,
    sign: &'static str,
    target: Quantity,
    actual: Quantity,
    /// Points lost when points follow the share reached.
    lost: Decimal,
}

fn check(report: &Report, table: &IndicatorTable) -> Vec<Finding> {
    let misses: Vec<Miss> = table.rows.iter().filter_map(|row| miss(report, row)).collect();
    let lost: Decimal = misses.iter().map(|miss| miss.lost).sum();
    let narrated = narrated_score(report, table);
    let too_high = narrated.is_some_and(|(_, score)| score + lost > Decimal::ONE_HUNDRED);
    let mut groups: Vec<(String, Vec<Miss>)> = Vec::new();
    for miss in misses {
        let name = miss.row.level3.or(miss.row.level2).unwrap_or_default();
        let name = squeeze(report.document.slice(name)).into_owned();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, group)) => group.push(miss),
            None => groups.push((name, vec![miss])),
        }
    }
    let one = |(name, group): (String, Vec<Miss>)| {
        let full = group.iter().any(|miss| full_score(report, miss.row));
        let graded = group.iter().all(|miss| miss.row.score.is_some());
        if graded && !full {
            return None;
        }
        let proven = full || too_high && group.iter().any(|miss| miss.lost > Decimal::ZERO);
        let mut lines: Vec<String> = group
            .iter()
            .map(|m| {
                format!(
                    "目标 {}{}{}，实际 {}{}",
                    m.sign, m.target.value, m.target.unit, m.actual.value, m.actual.unit
                )
            })
            .collect();
        lines.sort();
        lines.dedup();
        let claim = match narrated {
            _ if full => "该项得满分".to_owned(),
            Some((_, score)) => format!("自评得分 {score} 分"),
            None => "未作说明".to_owned(),
        };
        let mut shown: Vec<Evidence> = Vec::new();
        for miss in &group {
            shown.push(evidence(report, Role::Target, miss.target.number));
            shown.push(evidence(report, Role::Actual, miss.actual.number));
            shown.extend(miss.row.score.map(|id| evidence(report, Role::Score, id)));
        }
        shown.extend(narrated.map(|(id, _)| evidence(report, Role::Score, id)));
        let at: Span = group[0].row.actual.unwrap_or_default();
        Some(finding(
            CHECK.name,
            if proven { Severity::Error } else { Severity::Warning },
            at,
            (
                format!("“{}”的指标“{name}”未达到目标，{claim}", title(table)),
                format!("the target of {name} is missed"),
            ),
            lines.join("；"),
            shown,
        ))
    };
    groups.into_iter().filter_map(one).collect()
}

fn miss<'a>(report: &Report, row: &'a IndicatorRow) -> Option<Miss<'a>> {
    let Outcome::Missed(operator, target, actual) = row.outcome(report) else { return None };
    let cost = [row.level1, row.level2]
        .iter()
        .flatten()
        .any(|span| report.document.slice(*span).contains("成本"));
    let reached = IndicatorRow::reached(&target, &actual);
    let short = reached.is_some_and(|share| share < Decimal::ONE);
    // More than an exact target is a fault of costs only, less is none of costs.
    if operator == Operator::Equal && cost == short {
        return None;
    }
    let weight = row.weight.and_then(|id| report.numbers[id as usize].value()).unwrap_or_default();
    let rising = matches!(operator, Operator::AtLeast | Operator::More | Operator::Equal);
    let lost = match reached {
        Some(share) if rising => weight * (Decimal::ONE - share),
        _ => Decimal::ZERO,
    };
    Some(Miss { row, sign: operator.sign(), target, actual, lost })
}
