//! 同一项目的自评得分前后不一致。
//!
//! 正文综述、附件中的绩效自评报告和自评表的总分，说的是同一个项目就应当是同一个分数。项目名称只有部分相同的，为警告。
//!
//! ```report
//! 1.湿地养护项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为95分。
//!
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
//! 	490人
//! 	40
//! 	38
//!
//! 	总分
//! 	100
//! 	98
//! ```
//!
//! 依据：同一事实只有一个数。

use super::{evidence, finding, subject};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Role, Severity};
use crate::indicator::Core;
use crate::number::NumberId;
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/score_differs_from_narrative",
    severity: Severity::Error,
    summary_en: "The score of one project differs between narrative, annexed report and table.",
    source: include_str!("score_differs_from_narrative.rs"),
    run: Run::Report(run),
};

/// A score with the project it is given to.
struct Given<'a> {
    project: Option<&'a str>,
    core: Option<Core>,
    score: NumberId,
    value: Decimal,
    at: Span,
}

fn run(report: &Report) -> Vec<Finding> {
    let said = report.assessments.iter().filter_map(|assessment| {
        Some((assessment.project.as_deref(), assessment.score?, assessment.at))
    });
    let tabled = report.indicators.iter().filter_map(|table| {
        let score = table.score?;
        let full = table.weights(&report.numbers).is_none_or(|(_, sum)| sum > Decimal::ONE);
        full.then_some((subject(report, table), score, report.numbers[score as usize].span))
    });
    let mut groups: Vec<(Vec<Given>, bool)> = Vec::new();
    for (project, score, at) in said.chain(tabled) {
        let Some(value) = report.numbers[score as usize].value() else { continue };
        let core = project.map(Core::of);
        let given = Given { project, core, score, value, at };
        let sure = |group: &[Given]| match (&group[0].core, &given.core) {
            (Some(one), Some(other)) => one.same(other),
            (None, None) => 2,
            _ => 0,
        };
        let best = (0..groups.len()).max_by_key(|index| sure(&groups[*index].0));
        match best.map(|index| (index, sure(&groups[index].0))) {
            Some((index, sure)) if sure > 0 => {
                groups[index].1 &= sure == 2;
                groups[index].0.push(given);
            }
            _ => groups.push((vec![given], true)),
        }
    }
    groups.iter().filter_map(|(group, certain)| check(report, group, *certain)).collect()
}

fn check(report: &Report, group: &[Given], certain: bool) -> Option<Finding> {
    let first = &group[0];
    if group.iter().all(|given| given.value == first.value) {
        return None;
    }
    // A year or batch in only one of the names: perhaps another project.
    let marked = |given: &Given| {
        given.project.is_some_and(|name| name.contains('年') || name.contains('批'))
    };
    let alike = group.iter().all(|given| marked(given) == marked(first));
    let severity = if certain && alike { Severity::Error } else { Severity::Warning };
    let mut scores: Vec<String> = group.iter().map(|given| given.value.to_string()).collect();
    scores.dedup();
    let name = first.project.unwrap_or("部门整体");
    let mut shown: Vec<_> =
        group.iter().map(|given| evidence(report, Role::Score, given.score)).collect();
    for (evidence, given) in shown.iter_mut().zip(group) {
        evidence.at = given.at;
    }
    Some(finding(
        CHECK.name,
        severity,
        first.at,
        (
            format!("“{}”的自评得分前后不一致：{} 分", name.trim(), scores.join(" 分、")),
            format!("one project has several scores: {}", scores.join(", ")),
        ),
        scores.join(" ≠ "),
        shown,
    ))
}
