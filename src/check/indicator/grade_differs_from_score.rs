//! 评价等级与得分所在档次不符。
//!
//! 报告自己写明了各等级的分数段，又写明了得分和等级，等级就应是得分所在的那一档。正在两档分界上的分数，归哪一档都不报；报告没有印出分
//! 数段的，不作比较。
//!
//! ```report
//! 湿地养护项目绩效评价报告
//!
//! 评价等级分为四档：90（含）-100分为优，80（含）-90分为良，60（含）-80分为中，60分以下为差。
//!
//! 项目综合得分为86.5分，评价等级为“优”。
//! ```
//!
//! 依据：报告所印的等级划分标准。

use super::{evidence, finding};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{Band, Graded, grades};
use crate::number::NumberId;
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/grade_differs_from_score",
    severity: Severity::Error,
    summary_en: "A grade is not the one the report's own bands give for the score.",
    source: include_str!("grade_differs_from_score.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let grades = grades(report);
    let judged = |given: &Graded| judge(report, given, &grades.bands);
    grades.given.iter().filter_map(judged).filter_map(|(_, found)| found).collect()
}

/// The figures that grades are judged by, where bands are printed.
pub(super) fn compared(report: &Report) -> Vec<NumberId> {
    let grades = grades(report);
    let judged = |given: &Graded| Some(judge(report, given, &grades.bands)?.0);
    let mut found: Vec<NumberId> = grades.given.iter().filter_map(judged).collect();
    if !found.is_empty() {
        for band in &grades.bands {
            let first = report.numbers.partition_point(|n| n.span.start < band.at.start);
            let inside = report.numbers[first..].iter().take_while(|n| n.span.end <= band.at.end);
            found.extend((first as NumberId..).zip(inside).map(|(id, _)| id));
        }
    }
    found
}

/// The score that was judged, and the finding if its grade is another.
fn judge(report: &Report, given: &Graded, bands: &[Band]) -> Option<(NumberId, Option<Finding>)> {
    let own = bands.iter().find(|band| band.grade == given.grade)?;
    let score = report.numbers[given.score as usize].value()?;
    if bands.len() < 2 || score > Decimal::ONE_HUNDRED {
        return None;
    }
    let fits = |band: &&Band| band.low <= score && score <= band.high;
    if fits(&own) {
        return Some((given.score, None));
    }
    let right = bands.iter().find(fits)?;
    let (words, rule) = (report.document.slice(given.at), report.document.slice(right.at));
    let found = finding(
        CHECK.name,
        Severity::Error,
        given.at,
        (
            format!("得分 {score} 分，{words}，而报告写明“{rule}”"),
            format!("a score of {score} has another grade by the bands that the report prints"),
        ),
        format!("{score}：{rule}"),
        vec![evidence(report, Role::Score, given.score)],
    );
    Some((given.score, Some(found)))
}
