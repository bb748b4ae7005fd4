//! 比较的年份不是上年。
//!
//! 各节都与上年比较，唯独一处写着本年或更早的年份，是照抄时没有改；增减额按哪一年算也就说不清。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! 2024年度收、支总计均为120.00万元。与2023年相比，收、支总计各增加20.00万元，增长20.00%。
//! 2024年公务接待费支出4.00万元，比2023年减少1.00万元，下降20.00%。
//! 2024年机关运行经费支出49.99万元，比2022年减少5.48万元，下降9.88%。
//! ```
//!
//! 依据：部门决算公开要求：与上年决算数比较。

use super::{accounts_year, finding};
use crate::Report;
use crate::check::{Check, Run};
use crate::fact::{Entity, Fact, Measure, Standing};
use crate::finding::{Finding, Severity};
use crate::number::Kind;

/// The check.
pub const CHECK: Check = Check {
    name: "period/compared_with_another_year",
    severity: Severity::Error,
    summary_en: "One comparison names another year than all others.",
    source: include_str!("compared_with_another_year.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let document = &report.document;
    let Some(year) = accounts_year(document) else { return Vec::new() };
    let compared = |fact: &&Fact| {
        matches!(fact.measure, Measure::Change | Measure::Rate)
            && fact.entity == Entity::Department
            && fact.of.is_some()
            && fact.base_year.is_some()
            && fact.year == Some(year)
    };
    let usual = report.facts.iter().filter(compared).filter(|f| f.base_year == Some(year - 1));
    if usual.count() < 2 {
        return Vec::new();
    }
    let mut found: Vec<Finding> = Vec::new();
    for fact in report.facts.iter().filter(compared) {
        let (Some(base), Standing::Narrative(block)) = (fact.base_year, fact.standing) else {
            continue;
        };
        if base == year - 1 || !(year - 3..=year).contains(&base) {
            continue;
        }
        let own = &report.numbers[..fact.number as usize];
        let named =
            own.iter().rev().take_while(|number| number.span.start >= block.start).find(|number| {
                number.kind == Kind::Year && number.period().is_some_and(|p| p.to.0 == base)
            });
        let Some(named) = named else { continue };
        if found.iter().any(|finding| finding.at == named.span) {
            continue;
        }
        let quote = document.slice(named.span);
        let before = &document.text[block.start as usize..named.span.start as usize];
        if !before.ends_with(['比', '与', '较', '同', '和'])
            || !quote.starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let zh = format!("此处与{base}年比较，其他各处都与{}年比较。", year - 1);
        let en = format!("compared with {base}, all others with {}", year - 1);
        found.push(finding(&CHECK, named.span, quote, year - 1, zh, en));
    }
    found
}
