//! 项目的起止年限不包括完成时限或目标的年度。
//!
//! 项目年限到2023年12月为止，时效指标却以2024年为完成时限，或年度目标说的是下一年：年限、时限、目标必有一处是别的年份留下的。
//!
//! ```report
//! 专项资金绩效目标完成情况自评表
//!
//! 	项目名称
//! 	湿地养护资金
//!
//! 	项目起止年限
//! 	2023.1-2023.12
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	指标性质
//! 	指标值
//! 	度量单位
//! 	权重
//! 	实际完成值
//!
//! 	产出指标
//! 	数量指标
//! 	养护面积
//! 	≥
//! 	36
//! 	公顷
//! 	50
//! 	36
//!
//! 	产出指标
//! 	时效指标
//! 	完成时限
//! 	＝
//! 	2024
//! 	年
//! 	50
//! 	2024
//! ```
//!
//! 依据：项目的指标在项目年限内完成。

use super::{finding, printed, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{IndicatorTable, squeeze};
use crate::number::{Kind, Number};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/period_excludes_deadline",
    severity: Severity::Warning,
    summary_en: "A deadline or goal lies outside the period of its project.",
    source: include_str!("period_excludes_deadline.rs"),
    run: Run::Report(run),
};

/// A stretch of months, each as 12 × year + month.
#[derive(Clone, Copy)]
struct Months {
    from: i32,
    to: i32,
    at: Span,
}

fn run(report: &Report) -> Vec<Finding> {
    report.indicators.iter().filter_map(|table| check(report, table)).collect()
}

fn check(report: &Report, table: &IndicatorTable) -> Option<Finding> {
    let (_, _, span) = table.attributes.iter().find(|(name, ..)| {
        name.contains("起止") || name.contains("实施期") || name.contains("项目年限")
    })?;
    let own = one(report, *span)?;
    let deadlines = table.rows.iter().filter_map(|row| {
        let named = [row.level2, row.level3].into_iter().flatten();
        let timed = named.map(|span| squeeze(report.document.slice(span))).any(|name| {
            name.contains("时效") || name.contains("时限") || name.contains("完成时间")
        });
        timed.then(|| one(report, row.target?)).flatten()
    });
    // A goal that names one year is of that year.
    let goals = table.goal.into_iter().chain(super::goals(report, table));
    let goals = goals.filter_map(|goal| {
        let mut years = months(report, goal);
        let first = years.next()?;
        years.all(|other| (other.from, other.to) == (first.from, first.to)).then_some(first)
    });
    let outside = |other: &Months| other.from > own.to || other.to < own.from;
    let other = deadlines.chain(goals).find(outside)?;
    let words = |at: Span| report.document.slice(at).trim().to_owned();
    let (period, said) = (words(own.at), words(other.at));
    let mut found = finding(
        CHECK.name,
        Severity::Warning,
        own.at,
        (
            format!("“{}”的起止年限是{period}，时限或目标却是{said}", title(table)),
            format!("the project runs {period}, its deadline or goal is {said}"),
        ),
        format!("{said} 不在 {period} 内"),
        Vec::new(),
    );
    for (role, at) in [(Role::Stated, own.at), (Role::Target, other.at)] {
        let mut shown = printed(role, at, Decimal::ZERO, "");
        shown.value = None;
        found.evidence.push(shown);
    }
    Some(found)
}

/// The one stretch that a cell names.
fn one(report: &Report, span: Span) -> Option<Months> {
    let mut found = months(report, span);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn months(report: &Report, span: Span) -> impl Iterator<Item = Months> {
    let numbers = &report.numbers;
    let first = numbers.partition_point(|number| number.span.start < span.start);
    numbers[first..].iter().take_while(move |n| n.span.end <= span.end).filter_map(stretch)
}

/// `2023.1-2023.12`, `2024年`, and the bare 2024 of a cell.
fn stretch(number: &Number) -> Option<Months> {
    let whole =
        |from: i32, to: i32| Months { from: from * 12 + 1, to: to * 12 + 12, at: number.span };
    if let Some(period) = number.period() {
        let month = |(year, month, _): (i32, u8, u8), default: i32| {
            let month = if month == 0 { default } else { i32::from(month) };
            year * 12 + month
        };
        let dated = !period.relative && period.from.0 > 1900;
        let (from, to) = (month(period.from, 1), month(period.to, 12));
        return dated.then_some(Months { from, to, at: number.span });
    }
    let value = number.value().filter(|_| number.kind == Kind::Number && number.decimals == 0)?;
    let year = i32::try_from(value).ok().filter(|year| (1990..2100).contains(year))?;
    Some(whole(year, year))
}
