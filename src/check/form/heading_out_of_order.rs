//! 标题序号重复或跳号。
//!
//! 统一格式的各节按序编号。跳号可能是整节漏写，重号使目录与引用失准；读者无从知道缺的是编号还是内容。
//!
//! ```report
//! 一、收入决算情况说明
//! 本年收入合计100.00万元。
//! 二、支出决算情况说明
//! 本年支出合计90.00万元。
//! 四、机关运行经费情况说明
//! 机关运行经费12.00万元。
//! ```
//!
//! 依据：GB/T 9704—2012 7.3.3：结构层次序数依次用“一、”“（一）”“1.”“（1）”标注。

use crate::check::{Check, Run};
use crate::document::{Document, Section, Span, numbering};
use crate::finding::{Finding, Severity};
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "form/heading_out_of_order",
    severity: Severity::Warning,
    summary_en: "heading numbers repeat or skip",
    source: include_str!("heading_out_of_order.rs"),
    run: Run::Report(run),
};

/// A gap of more numbers is more likely a heading that was not recognised.
const WIDEST: u32 = 3;

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let mut findings = Vec::new();
    let mut children: Vec<Vec<(&Section, u8, u32)>> = vec![Vec::new(); document.sections.len()];
    for section in &document.sections {
        let numbered = section.parent.zip(numbering(&section.label));
        if let Some((parent, (style, ordinal))) = numbered {
            children[parent as usize].push((section, style, ordinal));
        }
    }
    for children in children {
        for rows in children.chunk_by(|a, b| a.1 == b.1).filter(|rows| rows.len() >= 3) {
            for (at, pair) in rows.windows(2).enumerate() {
                let next = rows.get(at + 2).map(|row| row.2);
                findings.extend(compare(document, pair, next));
            }
        }
    }
    findings
}

/// Whether the section holds a sentence; numbered rows of a table that lost its lines (`二、外交支出`) do not.
fn is_told(document: &Document, section: &Section) -> bool {
    let body = Span { start: section.span.end, end: section.extent.end };
    document.slice(body).contains('。')
}

/// What is wrong between a heading and the next of its row; `after` is the number of the one after them.
fn compare(
    document: &Document,
    pair: &[(&Section, u8, u32)],
    after: Option<u32>,
) -> Option<Finding> {
    let [(first, _, a), (second, _, b)] = pair else { return None };
    if *a == 0 || !is_told(document, first) || !is_told(document, second) {
        return None;
    }
    let goes_on = after.is_none_or(|after| after == b + 1);
    let skips = *b > a + 1 && b - a <= WIDEST + 1;
    let (zh, en) = if a == b && *a > 1 && goes_on && !stands(document, pair, 1..*b) {
        ("重号", "comes twice")
    } else if skips && goes_on && !stands(document, pair, a + 1..*b) {
        ("跳号", "skips a number")
    } else {
        return None;
    };
    let label = &second.label;
    let zh = format!("标题序号{zh}：“{}”之后是“{label}”。", first.label);
    let en = format!("the number of this heading {en}: “{label}” after “{}”", first.label);
    Some(CHECK.finding(second.span, (zh, en)))
}

/// Whether a label of the same kind with one of these numbers stands between the two headings, in a line that is no
/// heading: a list of its own, or a heading stuck to a paragraph.
fn stands(document: &Document, pair: &[(&Section, u8, u32)], ordinals: Range<u32>) -> bool {
    let [(first, style, _), (second, ..)] = pair else { return true };
    let wanted = |words: &str| {
        numbering(words).is_some_and(|(s, ordinal)| s == *style && ordinals.contains(&ordinal))
    };
    let between = Span { start: first.span.end, end: second.span.start };
    let blocks = document.blocks.iter().filter(|block| between.contains(block.span));
    blocks.into_iter().any(|block| {
        let text = document.slice(block.span);
        text.split(['。', '；', '：', ' ', '\n']).any(|words| wanted(words.trim()))
    })
}
