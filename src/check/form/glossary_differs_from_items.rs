//! 名词解释中的支出科目，报告里没有。
//!
//! 名词解释说明的是本报告用到的科目；解释了全文和各表都没有的科目，多是沿用上年或别的部门的名单，本年的科目反而没有解释。
//!
//! ```report
//! 一、支出决算具体情况
//! 1.社会保障和就业支出208（类）行政事业单位养老支出05（款）行政单位离退休01（项）：支出决算为3.00万元。
//! 2.卫生健康支出210（类）行政事业单位医疗11（款）行政单位医疗01（项）：支出决算为2.00万元。
//! 3.住房保障支出221（类）住房改革支出02（款）住房公积金01（项）：支出决算为1.00万元。
//! 二、名词解释
//! 1.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项），主要用于：基本医疗保险缴费。
//! 2.住房保障支出（类）住房改革支出（款）住房公积金（项），主要用于：缴纳住房公积金。
//! 3.科学技术支出（类）技术研究与开发（款）科技成果转化与扩散（项），主要用于：促进科技成果转化。
//! ```
//!
//! 依据：部门预算、决算公开格式：名词解释只解释本报告用到的科目。

use crate::check::{Check, Run};
use crate::document::{Document, Span};
use crate::fact::codes::{Classification, codes};
use crate::fact::indicators::normal;
use crate::finding::{Finding, Follow, Severity};
use crate::table::CodeKind;
use std::collections::HashSet;

/// The check.
pub const CHECK: Check = Check {
    name: "form/glossary_differs_from_items",
    severity: Severity::Warning,
    summary_en: "the glossary explains spending items that the report does not have",
    source: include_str!("glossary_differs_from_items.rs"),
    run: Run::Report(run),
};

/// With fewer items of its own a report says nothing about which it has.
const FEWEST: usize = 3;

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let glossaries: Vec<Span> = glossaries(document);
    let explained = |at: Span| glossaries.iter().any(|extent| extent.contains(at));
    let table = codes(Classification::Function);
    let mut digits: HashSet<String> = HashSet::new();
    let mut names: HashSet<String> = HashSet::new();
    let mut entries: Vec<(Span, String, String)> = Vec::new();
    for number in &report.numbers {
        let Some(code) = number.code() else { continue };
        let own = table.digits(code);
        let item = code.names[2].as_deref().map(short).unwrap_or_default();
        if !explained(number.span) {
            names.insert(item);
            digits.insert(own);
        } else if !item.is_empty() {
            entries.push((number.span, own, item));
        }
    }
    for side in report.tables.iter().flat_map(|shape| &shape.sides) {
        for row in side.rows.iter().filter(|_| side.codes == Some(CodeKind::Function)) {
            digits.extend(row.code.clone());
            names.insert(short(&row.name));
        }
    }
    let items = digits.iter().filter(|code| code.len() == 7).count();
    let absent: Vec<Span> = entries
        .into_iter()
        .filter(|(_, code, name)| match code.len() {
            7 if digits.contains(code) => false,
            7 => !is_own(name) || !names.contains(name),
            _ => !names.contains(name),
        })
        .map(|(at, ..)| at)
        .collect();
    let (Some((first, others)), true) = (absent.split_first(), items >= FEWEST) else {
        return Vec::new();
    };
    let words = |at: Span| document.slice(at).replace(char::is_whitespace, "");
    let count = absent.len();
    let more = if count > 1 { format!("等 {count} 个科目") } else { String::new() };
    let zh = format!("名词解释的“{}”{more}，全文和各表都没有。", words(*first));
    let en = format!("{count} items of the glossary are nowhere in the report");
    let mut finding = CHECK.finding(*first, (zh, en));
    finding.follows = others
        .iter()
        .map(|at| Follow {
            at: *at,
            message: format!("“{}”也没有", words(*at)),
            message_en: "nor is this one".into(),
        })
        .collect();
    vec![finding]
}

/// The sections 名词解释.
fn glossaries(document: &Document) -> Vec<Span> {
    let titled = |title: &str| title.contains("名词解释") || title.contains("专业名词");
    let sections = document.sections.iter().skip(1).filter(|section| titled(&section.title));
    sections.map(|section| section.extent).collect()
}

fn short(name: &str) -> String {
    let name = normal(name);
    name.strip_suffix("支出").unwrap_or(&name).to_string()
}

/// Whether the name of an item belongs to it alone; 行政运行 stands in every group.
fn is_own(name: &str) -> bool {
    const COMMON: [&str; 4] = ["行政运行", "事业运行", "一般行政管理事务", "机关服务"];
    !COMMON.contains(&name)
}
