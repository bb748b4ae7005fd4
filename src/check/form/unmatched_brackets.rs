//! 括号不成对。
//!
//! 只有半边的括号使读者不知道说明到哪里为止，常是删改时漏下的，括号里的限定（如“（含结转）”）也就不清楚管到哪个数字。
//!
//! ```report
//! 公务接待费支出3.00万元（含外事接待0.50万元。
//! ```
//!
//! 依据：GB/T 15834—2011《标点符号用法》4.9：括号成对使用。

use super::brackets::unmatched;
use crate::check::{Check, Run};
use crate::document::{BlockKind, Cell, Document, Span, Table};
use crate::finding::{Finding, Severity};
use std::collections::HashSet;

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
    alone.extend(document.tables.iter().flat_map(|table| in_cells(document, table)));
    let mut partnered = vec![false; alone.len()];
    for (index, bracket) in alone.iter().enumerate().filter(|(_, bracket)| bracket.opens) {
        let near = |other: &Alone| {
            !other.opens
                && other.shape == bracket.shape
                && (bracket.block..=bracket.block + NEAR).contains(&other.block)
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
    let mut told: HashSet<&str> = HashSet::new();
    // The same words in another table are the same slip.
    let around = |at: Span| {
        let after = &document.text[at.start as usize..];
        let end = after.char_indices().nth(12).map_or(after.len(), |(at, _)| at);
        &after[..end]
    };
    lone.filter(|(bracket, _)| told.insert(around(bracket.at)))
        .map(|(bracket, _)| {
            let mark = document.slice(bracket.at);
            let (zh, en) = match bracket.opens {
                true => ("没有右半边", "is never closed"),
                false => ("没有左半边", "was never opened"),
            };
            let kind = if matches!(mark, "“" | "”") { "引号" } else { "括号" };
            let zh = format!("{kind}“{mark}”{zh}。");
            CHECK.finding(bracket.at, (zh, format!("bracket “{mark}” {en}")))
        })
        .collect()
}

/// Titles and quotations without partner in a cell, where the whole table has as little of the other half.
fn in_cells(document: &Document, table: &Table) -> Vec<Alone> {
    let mut alone: Vec<Alone> = Vec::new();
    // Cells at the head and foot of a table may be halves that a page has cut.
    let cut = |cell: &Cell, opens: bool| match opens {
        true => cell.row + cell.rowspan >= table.rows && table.rows > 1,
        // and a page shows only as much of a long cell as its row is high.
        false => cell.row == 0 && table.rows > 1 || is_clipped(document, cell),
    };
    for cell in &table.cells {
        let lone = unmatched(document.slice(cell.span));
        alone.extend(
            lone.into_iter().filter(|(_, opens, shape)| *shape != b'(' && !cut(cell, *opens)).map(
                |(from, opens, shape)| {
                    let from = cell.span.start as usize + from;
                    let width = document.text[from..].chars().next().map_or(0, char::len_utf8);
                    let at = Span::new(from, from + width);
                    Alone { at, block: usize::MAX / 2, shape, opens, whole: true }
                },
            ),
        );
    }
    let halves = |shape: u8, opens: bool| {
        alone.iter().filter(|bracket| (bracket.shape, bracket.opens) == (shape, opens)).count()
    };
    let both =
        [b'<', b'"'].map(|shape| (shape, halves(shape, true) > 0 && halves(shape, false) > 0));
    alone.retain(|bracket| !both.contains(&(bracket.shape, true)));
    alone
}

fn is_clipped(document: &Document, cell: &Cell) -> bool {
    let paged = document.origin(cell.span.start).is_some_and(|origin| origin.page.is_some());
    paged && document.slice(cell.span).chars().count() > 40
}
