//! 本年的数字，写着上年的年份。
//!
//! “2023年度本年收入合计100.00万元”，2024年度决算表里本年收入合计正是100.00万元：数字是本年的，年份没有改。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! 二、收入决算情况说明
//! 2023年度本年收入合计3262.03万元，其中：财政拨款收入3238.43万元。
//!
//! 收入支出决算总表
//! 公开01表
//! 金额单位：万元
//!
//! 	收入
//! 	收入
//!
//! 	项目
//! 	决算数
//!
//! 	一、财政拨款收入
//! 	3238.43
//!
//! 	二、其他收入
//! 	23.60
//!
//! 	本年收入合计
//! 	3262.03
//! ```
//!
//! 依据：一份报告只有一个年度。

use super::finding;
use crate::Report;
use crate::check::{Check, Run};
use crate::document::BlockKind;
use crate::fact::{Fact, Measure, Standing};
use crate::finding::{Finding, Severity};
use crate::number::{Kind, Number};
use std::collections::HashMap;

/// The check.
pub const CHECK: Check = Check {
    name: "period/figure_of_this_year",
    severity: Severity::Warning,
    summary_en: "A figure of this year stands under last year's number.",
    source: include_str!("figure_of_this_year.rs"),
    run: Run::Report(run),
};

/// Figures of fewer digits are the same in two years by chance.
const FEW_DIGITS: u128 = 10_000;

fn run(report: &Report) -> Vec<Finding> {
    let document = &report.document;
    let Some(year) = document.report.year else { return Vec::new() };
    let mut cells: HashMap<&str, Vec<&Fact>> = HashMap::new();
    for fact in &report.facts {
        if matches!(fact.standing, Standing::Cell(..)) && fact.measure == Measure::Level {
            cells.entry(&fact.indicator).or_default().push(fact);
        }
    }
    let mut found: Vec<Finding> = Vec::new();
    for fact in report.facts.iter().filter(|fact| fact.year == Some(year - 1)) {
        let Some(named) = opening(report, fact, year - 1) else { continue };
        let number = &report.numbers[fact.number as usize];
        let digits = number.value().map_or(0, |value| value.normalize().mantissa().unsigned_abs());
        let range = number.range();
        let shows = |of: i32| {
            cells.get(&*fact.indicator).into_iter().flatten().any(|cell| {
                let cell_range = report.numbers[cell.number as usize].range();
                cell.year == Some(of)
                    && cell.basis == fact.basis
                    && cell.fund.unwrap_or(crate::fact::Fund::All)
                        == fact.fund.unwrap_or(crate::fact::Fund::All)
                    && range.zip(cell_range).is_some_and(|(one, other)| one.meets(other))
            })
        };
        if digits < FEW_DIGITS || !shows(year) || shows(year - 1) {
            continue;
        }
        if !found.iter().any(|finding| finding.at == named.span) {
            let (quote, figure) = (document.slice(named.span), document.slice(number.span));
            let zh = format!("{figure}是{year}年的数，此处写作“{quote}”。");
            let en = format!("{figure} is the figure of {year}, here it is of “{quote}”");
            found.push(finding(&CHECK, named.span, quote, year, zh, en));
        }
    }
    found
}

/// The year a paragraph of the department's figures opens with, if the figure is the first after it.
fn opening<'r>(report: &'r Report, fact: &Fact, year: i32) -> Option<&'r Number> {
    let Standing::Narrative(block) = fact.standing else { return None };
    let document = &report.document;
    let kind = document.blocks[document.block_at(block.start)? as usize].kind;
    if kind != BlockKind::Paragraph || fact.measure != Measure::Level || fact.certainty < 80 {
        return None;
    }
    let start = report.numbers.partition_point(|number| number.span.start < block.start);
    let (first, rest) = report.numbers.get(start..)?.split_first()?;
    let second = rest.iter().find(|number| number.kind == Kind::Amount)?;
    let opens = first.kind == Kind::Year
        && first.span.start <= block.start + 12
        && first.period().is_some_and(|period| !period.relative && period.to.0 == year);
    (opens && second.span == report.numbers[fact.number as usize].span).then_some(first)
}
