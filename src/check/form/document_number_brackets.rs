//! 文号的年份未用成对的六角括号。
//!
//! 发文字号的年份用六角括号“〔〕”括起。写成方括号、圆括号或一半一种，检索不到原文件；半边括号多半还带着别的误写。
//!
//! ```report
//! 根据《关于下达专项资金的通知》（清财建〔2024]18号），安排资金20.00万元。
//! ```
//!
//! 依据：GB/T 9704—2012《党政机关公文格式》7.2.5：年份应标全称，用六角括号“〔〕”括入。

use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Severity};
use crate::pattern::Pattern;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "form/document_number_brackets",
    severity: Severity::Warning,
    summary_en: "the year of a document number is not in 〔〕",
    source: include_str!("document_number_brackets.rs"),
    run: Run::Report(run),
};

static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?P<number>(?P<open>[（(\[【〔［{〖「]?)\s?(?P<year>(?:19|20)\d\d)\s?(?P<close>[）)\]】〕］}〗」]?)\s?第?\d{1,4}\s?号)(?P<next>.?)",
    )
});

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let mut found: BTreeMap<(String, String), Vec<Span>> = BTreeMap::new();
    for span in super::running(document).chain(super::cells(document)) {
        let text = document.slice(span);
        for hit in NUMBER.captures_iter(text).filter(|hit| after_word(text, hit.range().start)) {
            let (open, close) = (hit.said("open"), hit.said("close"));
            let next = hit.said("next");
            let proper = open == "〔" && close == "〕";
            let bare = open.is_empty() && close.is_empty();
            if proper || bare || !next.is_empty() && "楼线机房院门桥".contains(next) {
                continue;
            }
            let Some(number) = hit.name("number") else { continue };
            let start = span.start as usize;
            let at = Span::new(start + number.start, start + number.end);
            found.entry((open.to_string(), close.to_string())).or_default().push(at);
        }
    }
    let mut findings = Vec::new();
    for ((open, close), mut places) in found {
        places.sort_unstable();
        let words = document.slice(places[0]);
        let (zh, en) = match pair(&open) == Some(close.as_str()) {
            true => ("年份应用六角括号〔〕", "the year belongs in 〔〕"),
            false => ("括号不成对，年份应用六角括号〔〕", "its brackets do not match; use 〔〕"),
        };
        let count = places.len();
        let times = if count > 1 { format!("（共 {count} 处）") } else { String::new() };
        let zh = format!("文号“{words}”{zh}{times}。");
        let en = format!("document number “{words}”: {en}");
        findings.extend(super::once(&CHECK, &places, zh, en));
    }
    findings
}

/// Whether a Han character stands before.
fn after_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_some_and(
        |c| matches!(c, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'),
    )
}

fn pair(open: &str) -> Option<&'static str> {
    Some(match open {
        "（" => "）",
        "(" => ")",
        "[" => "]",
        "【" => "】",
        "［" => "］",
        "{" => "}",
        "〖" => "〗",
        "「" => "」",
        _ => return None,
    })
}
