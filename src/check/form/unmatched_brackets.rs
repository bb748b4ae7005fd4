//! 括号不成对。
//!
//! 只有半边的括号使读者不知道说明到哪里为止，常是删改时漏下的，括号里的限定（如“（含结转）”）也就不清楚管到哪个数字。
//!
//! ```report
//! 公务接待费支出3.00万元（含外事接待0.50万元。
//! ```
//!
//! 依据：GB/T 15834—2011《标点符号用法》4.9：括号成对使用。

use crate::check::{Check, Run};
use crate::document::{BlockKind, Span};
use crate::finding::{Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "form/unmatched_brackets",
    severity: Severity::Warning,
    summary_en: "a bracket has no partner",
    source: include_str!("unmatched_brackets.rs"),
    run: Run::Report(run),
};

/// How many blocks further the partner of a bracket may stand (a paragraph cut by a page or a table).
const NEAR: usize = 6;

#[derive(Clone, Copy)]
struct Alone {
    at: Span,
    block: usize,
    shape: u8,
    opens: bool,
    /// Whether its paragraph is surely a whole one, not a line cut by a page or a picture.
    whole: bool,
}

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let mut alone: Vec<Alone> = Vec::new();
    let mut fresh = true;
    for (index, block) in document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Furniture {
            continue;
        }
        let text = document.slice(block.span);
        if block.kind == BlockKind::Paragraph {
            let whole = fresh && text.ends_with(['。', '；', ';']);
            alone.extend(unmatched(text).into_iter().map(|(from, opens, shape)| {
                let from = block.span.start as usize + from;
                let width = document.text[from..].chars().next().map_or(0, char::len_utf8);
                Alone { at: Span::new(from, from + width), block: index, shape, opens, whole }
            }));
        }
        fresh = block.kind != BlockKind::Paragraph || text.ends_with(['。', '；', '：', ';', ':']);
    }
    let mut partnered = vec![false; alone.len()];
    for (index, bracket) in alone.iter().enumerate().filter(|(_, bracket)| bracket.opens) {
        let near = |other: &Alone| {
            !other.opens && other.shape == bracket.shape && other.block - bracket.block <= NEAR
        };
        let rest = alone.iter().enumerate().skip(index + 1).take(32);
        if let Some((other, _)) =
            rest.into_iter().find(|(at, other)| !partnered[*at] && near(other))
        {
            (partnered[index], partnered[other]) = (true, true);
        }
    }
    let lone =
        alone.iter().zip(partnered).filter(|(bracket, partnered)| bracket.whole && !partnered);
    lone.map(|(bracket, _)| {
        let mark = document.slice(bracket.at);
        let (zh, en) = match bracket.opens {
            true => ("没有右半边", "is never closed"),
            false => ("没有左半边", "was never opened"),
        };
        let zh = format!("括号“{mark}”{zh}。");
        super::finding(&CHECK, bracket.at, zh, format!("bracket “{mark}” {en}"))
    })
    .collect()
}

/// Brackets without partner in one paragraph: place, whether it opens, and shape. Full and half width are one shape;
/// `1）` and `（1` as labels, document numbers (they have their own check) and doubled marks are passed over.
fn unmatched(text: &str) -> Vec<(usize, bool, u8)> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut lone = Vec::new();
    for (at, c) in text.char_indices() {
        let (shape, opens) = match c {
            '（' | '(' => (b'(', true),
            '）' | ')' => (b'(', false),
            '《' => (b'<', true),
            '》' => (b'<', false),
            _ => continue,
        };
        if around_year(text, at, opens) {
            continue;
        }
        if opens {
            open.push((at, shape));
        } else if let Some(found) = open.iter().rposition(|(_, other)| *other == shape) {
            lone.extend(open.drain(found + 1..).map(|(at, shape)| (at, true, shape)));
            open.pop();
        } else if !is_label(&text[..at]) {
            lone.push((at, false, shape));
        }
    }
    lone.extend(open.into_iter().map(|(at, shape)| (at, true, shape)));
    let twin = |at: usize| {
        let c = text[at..].chars().next();
        text[..at].chars().next_back() == c || text[at..].chars().nth(1) == c
    };
    lone.retain(|(at, _, _)| !twin(*at));
    lone.sort_unstable();
    lone
}

/// Whether `before` ends with a list label: `1` of `1）`, at the start or after a mark.
fn is_label(before: &str) -> bool {
    let rest = before.trim_end();
    let rest = rest.trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c)
    });
    rest.len() < before.trim_end().len()
        && rest.trim_end().chars().next_back().is_none_or(|c| "。；;：:，,、 ".contains(c))
}

/// Whether the bracket is half of a document number's year, `(2024]2号`, whatever the other half is.
fn around_year(text: &str, at: usize, opens: bool) -> bool {
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    let digit = |c: &char| c.is_ascii_digit();
    match opens {
        true => {
            let rest = &text[at + width..];
            let digits = rest.chars().take_while(digit).count();
            digits == 4 && rest[4..].starts_with(['〕', ']', '】', '）', ')'])
        }
        false => {
            let before = &text[..at];
            let digits = before.chars().rev().take_while(digit).count();
            digits == 4 && before[..at - 4].ends_with(['〔', '[', '【', '（', '('])
        }
    }
}
