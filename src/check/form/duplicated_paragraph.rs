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
use std::collections::VecDeque;

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
    let words = |at: Span| document.slice(at).chars().filter(|c| !c.is_whitespace());
    let page = |at: Span| document.origin(at.start).and_then(|origin| origin.page);
    let mut seen: VecDeque<(usize, SectionId, Span)> = VecDeque::new();
    let mut findings = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let at = block.span;
        if !is_told(report, at) && !is_caption(document.slice(at)) {
            continue;
        }
        while seen.front().is_some_and(|(first, ..)| index - first > NEAR) {
            seen.pop_front();
        }
        let same = |(_, section, of): &&(usize, SectionId, Span)| {
            *section == block.section && words(*of).eq(words(at))
        };
        let before = seen.iter().rev().find(same).copied();
        seen.push_back((index, block.section, at));
        if let Some((first, _, of)) = before.filter(|(.., of)| page(*of) == page(at)) {
            let start: String = document.slice(at).chars().take(16).collect();
            let zh = format!("段落“{start}…”在本节重复出现。");
            let en = format!("the paragraph “{start}…” is printed twice in this section");
            let mut finding = CHECK.finding(at, (zh, en));
            let message = format!("前一处在其上第 {} 段", index - first);
            let message_en = format!("first printed {} blocks above", index - first);
            finding.follows.push(Follow { at: of, message, message_en });
            findings.push(finding);
        }
    }
    findings
}

/// Whether a paragraph is long enough, states an amount, and is no note.
fn is_told(report: &crate::Report, at: Span) -> bool {
    let after = report.numbers.partition_point(|number| number.span.start < at.start);
    let mut figures = report.numbers[after..].iter().take_while(|n| n.span.start < at.end);
    let mut words = report.document.slice(at).chars().filter(|c| !c.is_whitespace());
    figures.any(|n| matches!(n.kind, Kind::Amount | Kind::Percent))
        && words.clone().nth(SHORTEST - 1).is_some()
        && match words.next() {
            Some('注' | '备') => false,
            Some('说') => words.next() != Some('明'),
            _ => true,
        }
}

/// `（图3：收入决算结构图）`: two pictures do not share a number.
fn is_caption(text: &str) -> bool {
    let open = |c: char| matches!(c, '（' | '(');
    if !text.starts_with(|c: char| open(c) || c == '图' || c.is_whitespace()) {
        return false;
    }
    let mut words = text.chars().filter(|c| !c.is_whitespace()).skip_while(|c| open(*c));
    let (name, number) = (words.next(), words.next());
    let mut after = words.skip_while(char::is_ascii_digit);
    name == Some('图')
        && number.is_some_and(|c| c.is_ascii_digit())
        && after.next().is_some_and(|c| matches!(c, '：' | ':' | '.' | '、' | '）' | ')'))
}
