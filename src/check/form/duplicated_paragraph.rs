//! 同一段话在同一节里出现两次。
//!
//! 整段重复多是粘贴所致：不是多出一段，就是其中一段本该写别的内容，读者无从知道漏了什么。同一编号的图题写两次也是如此。
//!
//! ```report
//! 一、机关运行经费支出情况
//! 2024年，清河县水务局机关运行经费支出100.00万元，比2023年增加5.00万元，主要原因是人员增加。
//! 2024年，清河县水务局机关运行经费支出100.00万元，比2023年增加5.00万元，主要原因是人员增加。
//! ```
//!
//! 依据：同一内容只写一次。

use crate::check::{Check, Run};
use crate::document::{BlockKind, SectionId, Span};
use crate::finding::{Finding, Follow, Severity};
use crate::number::Kind;
use std::collections::HashMap;

/// The check.
pub const CHECK: Check = Check {
    name: "form/duplicated_paragraph",
    severity: Severity::Warning,
    summary_en: "the same paragraph is printed twice in one section",
    source: include_str!("duplicated_paragraph.rs"),
    run: Run::Report(run),
};

/// Shorter paragraphs repeat of right, and so do those without a figure (`该项目为保密项目…`) and notes. On two pages
/// the copy may be the reader's: some files carry the lines around a page break twice.
const SHORTEST: usize = 30;
/// How many blocks may stand between the two.
const NEAR: usize = 3;

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let mut seen: HashMap<(SectionId, String), (usize, Span)> = HashMap::new();
    let mut findings = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let text = document.slice(block.span);
        let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let start = block.span.start;
        let after = report.numbers.partition_point(|number| number.span.start < start);
        let figures = report.numbers[after..].iter().take_while(|n| n.span.start < block.span.end);
        let mut amounts = figures.filter(|n| matches!(n.kind, Kind::Amount | Kind::Percent));
        let note = words.starts_with(['注', '备']) || words.starts_with("说明");
        let told = words.chars().count() >= SHORTEST && !note && amounts.next().is_some();
        if !told && !is_caption(&words) {
            continue;
        }
        let before = seen.insert((block.section, words), (index, block.span));
        let page = |at: Span| document.origin(at.start).and_then(|origin| origin.page);
        let near = |first: usize, at| index - first <= NEAR && page(at) == page(block.span);
        if let Some((first, at)) = before.filter(|(first, at)| near(*first, *at)) {
            let start: String = text.chars().take(16).collect();
            let zh = format!("段落“{start}…”在本节重复出现。");
            let en = format!("the paragraph “{start}…” is printed twice in this section");
            let mut finding = CHECK.finding(block.span, (zh, en));
            let message = format!("前一处在其上第 {} 段", index - first);
            let message_en = format!("first printed {} blocks above", index - first);
            finding.follows.push(Follow { at, message, message_en });
            findings.push(finding);
        }
    }
    findings
}

/// `（图3：收入决算结构图）`: two pictures do not share a number.
fn is_caption(words: &str) -> bool {
    let rest = words.trim_start_matches(['（', '(']).strip_prefix('图').unwrap_or("");
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    after.len() < rest.len() && after.starts_with(['：', ':', '.', '、', '）', ')'])
}
