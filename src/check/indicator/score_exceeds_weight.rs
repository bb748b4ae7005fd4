//! 得分高于分值。
//!
//! 一项指标的得分不能高于它的分值；自评总分不能高于满分100分。
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
//! 	50
//! 	55
//!
//! 	效益指标
//! 	社会效益指标
//! 	游客人数
//! 	≥500人
//! 	520人
//! 	40
//! 	40
//! ```
//!
//! 依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：百分制，分值为该项最高分。

use super::{evidence, finding};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::number::NumberId;
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/score_exceeds_weight",
    severity: Severity::Error,
    summary_en: "A score is higher than the points that can be had.",
    source: include_str!("score_exceeds_weight.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut pairs: Vec<(NumberId, NumberId)> = Vec::new();
    for table in &report.indicators {
        let rows = table.rows.iter().map(|row| (row.weight, row.score));
        let funds = table.funds.iter().map(|row| (row.weight, row.score));
        for (weight, score) in rows.chain(funds) {
            let (Some(weight), Some(score)) = (weight, score) else { continue };
            if !pairs.contains(&(weight, score)) {
                pairs.push((weight, score));
                found.extend(compare(report, weight, score));
            }
        }
    }
    found.extend(report.assessments.iter().filter_map(|assessment| {
        let score = assessment.score?;
        let value = report.numbers[score as usize].value()?;
        (value > Decimal::ONE_HUNDRED).then(|| {
            finding(
                CHECK.name,
                Severity::Error,
                assessment.at,
                (
                    format!("自评得分 {value} 分，超过满分 100 分"),
                    format!("a score of {value} where 100 points can be had"),
                ),
                format!("{value} > 100"),
                vec![evidence(report, Role::Score, score)],
            )
        })
    }));
    found
}

fn compare(report: &Report, weight: NumberId, score: NumberId) -> Option<Finding> {
    let (points, won) = super::points(report, weight, score)?;
    (won > points && points > Decimal::ZERO).then(|| {
        finding(
            CHECK.name,
            Severity::Error,
            report.numbers[score as usize].span,
            (
                format!("得分 {won} 高于分值 {points}"),
                format!("score {won} is higher than the weight {points}"),
            ),
            format!("{won} > {points}"),
            vec![evidence(report, Role::Score, score), evidence(report, Role::Weight, weight)],
        )
    })
}
