//! 标题的年份不是本报告的年份。
//!
//! 各处标题都是2024年度，唯独一个标题写着2023年度，是上年的标题没有改。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! 第一部分 部门概况
//! 一、部门职责
//! 贯彻执行国家有关水利工作的方针政策。
//! 第二部分 2024年度部门决算表
//! 一、收入支出决算总表
//! 第三部分 2023年度部门决算情况说明
//! 一、收入支出决算总体情况说明
//! 2024年度收、支总计均为120.00万元。
//! ```
//!
//! 依据：一份报告只有一个年度。

use super::finding;
use crate::Report;
use crate::check::{Check, Run};
use crate::document::{Block, BlockKind, Document, ReportKind, Span};
use crate::finding::{Finding, Severity};
use crate::number::{Kind, Number};

/// The check.
pub const CHECK: Check = Check {
    name: "period/heading_of_another_year",
    severity: Severity::Error,
    summary_en: "A heading carries another year than the report.",
    source: include_str!("heading_of_another_year.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let document = &report.document;
    let word = match document.report.kind {
        ReportKind::FinalAccounts => "决算",
        ReportKind::Budget => "预算",
        _ => return Vec::new(),
    };
    let Some(year) = document.report.year else { return Vec::new() };
    let mut own = 0;
    let mut others: Vec<&Number> = Vec::new();
    for section in document.sections.iter().filter(|section| section.level <= 2) {
        let title = section.title.as_str();
        let about = ["部门", "单位"].iter().any(|of| title.contains(&format!("{of}{word}")));
        if !about || ["执行", "上年", "公开时间", "绩效"].iter().any(|word| title.contains(word))
        {
            continue;
        }
        let first = report.numbers.partition_point(|n| n.span.start < section.span.start);
        let inside = report.numbers[first..].iter().take_while(|n| n.span.end <= section.span.end);
        let years: Vec<&Number> = inside.filter(|number| number.kind == Kind::Year).collect();
        let [number] = years.as_slice() else { continue };
        match number.period().map(|period| period.to.0) {
            Some(own_year) if own_year == year => own += 1,
            Some(other) if (other - year).abs() <= 2 => others.push(number),
            _ => {}
        }
    }
    own += titles(document, year, word);
    if own == 0 || others.len() > own {
        return Vec::new();
    }
    let tell = |number: &&Number| {
        let quote = document.slice(number.span);
        quote.starts_with(|c: char| c.is_ascii_digit()).then(|| {
            let zh = format!("本报告为{year}年度，标题写作“{quote}”。");
            let en = format!("the report is of {year}, this heading says “{quote}”");
            finding(&CHECK, number.span, quote, year, zh, en)
        })
    };
    others.iter().filter_map(tell).collect()
}

/// How many titles of tables, lines of the contents and of the cover carry the report's year.
fn titles(document: &Document, year: i32, word: &str) -> usize {
    let dated = |span: Span| {
        let text = document.slice(span);
        text.contains(&format!("{year}年")) && text.contains(word) && !text.contains('。')
    };
    let first = document.sections.get(1).map_or(0, |section| section.span.start);
    let line = |block: &&Block| {
        let cover = block.kind == BlockKind::Paragraph && block.span.start < first;
        (cover || block.kind == BlockKind::Contents) && dated(block.span)
    };
    let tables = document.tables.iter().filter_map(|table| table.title);
    document.blocks.iter().filter(line).count() + tables.filter(|title| dated(*title)).count()
}
