//! 与自己的年份比较。
//!
//! “2025年预算数……，较2025年年初预算减少”：一年与同一年比，不会有增减，两个年份必有一个是照抄时没有改。
//!
//! ```report
//! 清河县水务局
//! 2026年部门预算
//! 2026年部门预算支出120.00万元，较2025年年初预算增加20.00万元，增长20.00%。
//! 公务接待费2025年预算数4.00万元，较2025年年初预算减少1.00万元，下降20.00%。
//! ```
//!
//! 依据：增减是两个不同年度之差。

use super::finding;
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::fact::{Fact, Measure, Standing};
use crate::finding::{Finding, Severity};
use crate::number::{Kind, Number};

/// The check.
pub const CHECK: Check = Check {
    name: "period/compared_with_itself",
    severity: Severity::Error,
    summary_en: "A figure of one year is compared with the same figure of that year.",
    source: include_str!("compared_with_itself.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let Some(year) = report.document.report.year else { return Vec::new() };
    let mut found: Vec<Finding> = Vec::new();
    for fact in &report.facts {
        if let Some(named) = itself(report, fact)
            && !found.iter().any(|finding| finding.at == named.span)
        {
            let own = named.period().map_or(year, |period| period.to.0);
            let right = if own == year { year - 1 } else { year };
            let quote = report.document.slice(named.span);
            let zh = format!("此处{own}年与{own}年比较，两个年份必有一误。");
            let en = format!("{own} is compared with {own}");
            found.push(finding(&CHECK, named.span, quote, right, zh, en));
        }
    }
    found
}

/// The year to blame, where both years of a change are printed and are one.
fn itself<'r>(report: &'r Report, fact: &Fact) -> Option<&'r Number> {
    let document = &report.document;
    let Standing::Narrative(block) = fact.standing else { return None };
    let changed = matches!(fact.measure, Measure::Change | Measure::Rate);
    let number = &report.numbers[fact.number as usize];
    if !changed || number.value().is_none_or(|value| value.is_zero()) {
        return None;
    }
    let of = &report.facts[fact.of? as usize];
    let basis = fact.base_basis.unwrap_or(of.basis);
    if of.year != fact.base_year || of.basis != basis || of.standing != fact.standing {
        return None;
    }
    let printed = |span: Span, year: i32| {
        let start = report.numbers.partition_point(|number| number.span.start < block.start);
        let inside = report.numbers[start..].iter().take_while(|n| n.span.end <= span.start);
        let dated = |number: &&Number| {
            let words = document.slice(number.span);
            number.kind == Kind::Year
                && words.starts_with(|c: char| c.is_ascii_digit())
                && number.period().is_some_and(|period| period.to.0 == year)
        };
        inside.filter(dated).last()
    };
    let year = fact.base_year?;
    let level = report.numbers[of.number as usize].span;
    let (own, base) = (printed(level, year)?, printed(number.span, year)?);
    // Both years stand in one sentence, each with its own part of it.
    let between = document.text.get(own.span.end as usize..base.span.start as usize)?;
    let after = document.text.get(base.span.end as usize..number.span.start as usize)?;
    let before = document.text.get(block.start as usize..base.span.start as usize)?;
    let apart = own.span == base.span
        || own.span.end > level.start
        || base.span.start < level.end
        || between.contains('。')
        || next_part(between).is_some_and(|subject| !of.label.contains(subject))
        || !before.ends_with(['比', '与', '较', '同', '和']);
    // 另有结转2025年下达的资金510.00万元，合计1,610.00万元，较2025年…: the year is of other money.
    let within = ["年末", "月", "季", "执行", "调整", "下达", "结转", "另有", "合计"];
    (!apart && !within.iter().any(|word| between.contains(word) || after.contains(word)))
        .then(|| if report.document.report.year == Some(year) { base } else { own })
}

/// What the last part of a sentence begins with, if there are several: `收入` of `…，其他收入资金1万元；收入比2025年增加…`.
fn next_part(between: &str) -> Option<&str> {
    let (_, last) = between.rsplit_once(['；', ';'])?;
    let subject = last.trim_end_matches(['比', '与', '较', '同', '和']);
    // Without a name it may be said of any part.
    Some(if subject.is_empty() { "？" } else { subject })
}
