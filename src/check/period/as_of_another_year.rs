//! 决算报告的截止日期不是本年末。
//!
//! 决算反映本年末的情况，“截至2023年12月31日”写在2024年度决算里，是上年文字没有改；车辆、资产的数也就不知是哪一年的。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! （三）国有资产占有使用情况
//! 截至2023年12月31日，清河县水务局共有车辆2辆，其中：应急保障用车2辆。
//! ```
//!
//! 依据：部门决算公开要求：国有资产占有使用情况截至当年12月31日。

use super::{accounts_year, finding};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::BlockKind;
use crate::fact::{Entity, Standing};
use crate::finding::{Finding, Severity};
use crate::number::Home;

/// The check.
pub const CHECK: Check = Check {
    name: "period/as_of_another_year",
    severity: Severity::Error,
    summary_en: "Final accounts give assets as of the end of another year.",
    source: include_str!("as_of_another_year.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let document = &report.document;
    let Some(year) = accounts_year(document) else { return Vec::new() };
    let mut found = Vec::new();
    for number in &report.numbers {
        let (Some(period), Home::Block(block)) = (number.period(), number.home) else { continue };
        let (own, month, day) = period.to;
        if period.relative || (month, day) != (12, 31) || own == year {
            continue;
        }
        let block = &document.blocks[block as usize];
        let words = document.slice(number.span);
        let text = document.slice(block.span);
        let before = &document.text[block.span.start as usize..number.span.start as usize];
        let as_of = before.ends_with("截至") || before.ends_with("截止") || words.starts_with("截");
        let assets = ["车辆", "公务用车", "国有资产", "专用设备"].iter().any(|w| text.contains(w));
        let annex = report.facts.iter().any(|fact| {
            fact.standing == Standing::Narrative(block.span) && fact.entity != Entity::Department
        });
        if block.kind != BlockKind::Paragraph || !as_of || !assets || annex {
            continue;
        }
        let Some(at) = words.find(|c: char| c.is_ascii_digit()) else { continue };
        let at = crate::document::Span { start: number.span.start + at as u32, ..number.span };
        let quote = document.slice(at);
        let zh = format!("{year}年度决算的国有资产应截至{year}年12月31日，此处为“{quote}”。");
        let en = format!("assets in the accounts of {year} are given as of “{quote}”");
        found.push(finding(&CHECK, at, quote, year, zh, en));
    }
    found
}
