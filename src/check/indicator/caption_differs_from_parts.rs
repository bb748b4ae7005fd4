//! 一级、二级指标名称中写明的分值与其下各指标分值之和不一致。
//!
//! `履职效能（19分）`下的各三级指标分值相加应为19分；一级指标则等于其下各二级指标写明的分值之和。
//!
//! ```report
//! 部门整体支出绩效自评表
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	指标分值
//! 	自评得分
//!
//! 	履职效能（60分）
//! 	工作产出
//! 	湿地养护面积
//! 	50
//! 	50
//!
//! 	预算管理（50分）
//! 	预算编制
//! 	预算编制质量
//! 	50
//! 	50
//! ```
//!
//! 依据：加法。

use super::{addition, difference, evidence, finding, weights_do_not_sum::weighted};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Evidence, Finding, Role, Severity};
use crate::indicator::{IndicatorRow, IndicatorTable, squeeze};
use crate::number::NumberId;
use crate::pattern::Pattern;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/caption_differs_from_parts",
    severity: Severity::Error,
    summary_en: "The points stated in a group caption differ from the sum of the group's indicators.",
    source: include_str!("caption_differs_from_parts.rs"),
    run: Run::Report(run),
};

static POINTS: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::own(r"（(\d{1,3}(?:\.\d{1,2})?)分）$"));

/// The points a caption states: `履职效能（19分）` → 19.
fn points(report: &Report, span: Span) -> Option<Decimal> {
    POINTS.captures(&squeeze(report.document.slice(span)))?.text(1).parse().ok()
}

fn run(report: &Report) -> Vec<Finding> {
    let complete = |table: &&IndicatorTable| weighted(report, table);
    report.indicators.iter().filter(complete).flat_map(|table| check(report, table)).collect()
}

/// Rows of one caption, in printed order; a caption repeated on the next page goes on.
fn groups<'a>(
    report: &Report,
    rows: &[&'a IndicatorRow],
    caption: fn(&IndicatorRow) -> Option<Span>,
) -> Vec<(Span, Vec<&'a IndicatorRow>)> {
    let mut groups: Vec<(Span, Vec<&IndicatorRow>)> = Vec::new();
    for row in rows {
        let Some(span) = caption(row) else { continue };
        let name = squeeze(report.document.slice(span));
        let known = groups.iter_mut().find(|(at, _)| squeeze(report.document.slice(*at)) == name);
        match known {
            Some((_, rows)) => rows.push(row),
            None => groups.push((span, vec![row])),
        }
    }
    groups
}

fn check(report: &Report, table: &IndicatorTable) -> Vec<Finding> {
    let all: Vec<&IndicatorRow> = table.rows.iter().collect();
    let mut found = Vec::new();
    for (first, rows) in groups(report, &all, |row| row.level1) {
        let seconds = groups(report, &rows, |row| row.level2);
        for (second, rows) in &seconds {
            found.extend(points(report, *second).and_then(|stated| {
                let ids = weights(rows);
                let sum = add(ids.iter().filter_map(|id| report.numbers[*id as usize].value()))?;
                let shown = ids.iter().map(|id| evidence(report, Role::Weight, *id)).collect();
                compare(report, *second, stated, sum, &addition(report, &ids, sum), shown)
            }));
        }
        let Some(stated) = points(report, first) else { continue };
        let stated_below: Option<Vec<Decimal>> =
            seconds.iter().map(|(span, _)| points(report, *span)).collect();
        let ids = weights(&rows);
        let (sum, line) = match stated_below.filter(|below| !below.is_empty()) {
            Some(below) => {
                let Some(sum) = add(below.iter().copied()) else { continue };
                let parts: Vec<String> = below.iter().map(Decimal::to_string).collect();
                (sum, format!("{} = {sum}", parts.join(" + ")))
            }
            None => {
                let values = ids.iter().filter_map(|id| report.numbers[*id as usize].value());
                let Some(sum) = add(values) else { continue };
                (sum, addition(report, &ids, sum))
            }
        };
        found.extend(compare(report, first, stated, sum, &line, Vec::new()));
    }
    found
}

fn weights(rows: &[&IndicatorRow]) -> Vec<NumberId> {
    let mut ids: Vec<NumberId> = rows.iter().filter_map(|row| row.weight).collect();
    ids.dedup();
    ids
}

fn add(mut values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    values.try_fold(Decimal::ZERO, Decimal::checked_add)
}

fn compare(
    report: &Report,
    at: Span,
    stated: Decimal,
    sum: Decimal,
    line: &str,
    mut shown: Vec<Evidence>,
) -> Option<Finding> {
    if sum == stated || sum.is_zero() {
        return None;
    }
    shown.insert(0, super::printed(Role::Total, at, stated, "分"));
    let caption = squeeze(report.document.slice(at));
    Some(finding(
        CHECK.name,
        Severity::Error,
        at,
        (
            format!("“{caption}”下各指标分值合计 {}，与写明的 {stated} 分不符", sum.normalize()),
            format!("the group states {stated} points, its parts add up to {}", sum.normalize()),
        ),
        format!("{line}，比 {stated} {}", difference(sum, stated)),
        shown,
    ))
}
