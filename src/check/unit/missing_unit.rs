//! 数字后面缺少单位或百分号。
//!
//! 同一段里别的占比都有“%”、别的数额都有“万元”，这一个没有：读者不知道它是什么，核对的人也会漏过它。
//!
//! ```report
//! 一般公共预算财政拨款支出100.00万元，主要用于以下方面：教育支出（类）24.00万元，占24.00%；城乡社区支出（类）76.00万元，占76.00；
//! ```
//!
//! 依据：部门决算、预算公开的统一格式：金额写明“万元”，占比写明“%”。

use crate::check::{Check, Run};
use crate::document::{BlockKind, Span};
use crate::finding::{Finding, Severity};
use crate::number::Kind;
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "unit/missing_unit",
    severity: Severity::Warning,
    summary_en: "a figure without its unit or per cent sign, where the others of the paragraph have theirs",
    source: include_str!("missing_unit.rs"),
    run: Run::Report(run),
};

/// What stands before a share, and before an amount of the budget or the final accounts.
static SHARE: LazyLock<Pattern> = LazyLock::new(|| Pattern::own(r"占比?为?$"));
static AMOUNT: LazyLock<Pattern> = LazyLock::new(|| Pattern::own(r"(?:决算|预算)数?为$"));

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let mut findings = Vec::new();
    for number in report.numbers.iter().filter(|number| number.kind == Kind::Number) {
        let block = document.block_at(number.span.start).map(|id| &document.blocks[id as usize]);
        let Some(block) = block.filter(|block| block.kind == BlockKind::Paragraph) else {
            continue;
        };
        let before = document.slice(Span { end: number.span.start, ..block.span });
        let after = document.slice(Span { start: number.span.end, ..block.span });
        let figure = document.slice(number.span);
        let closed = after.starts_with(['；', ';', '，', ',', '。']);
        let kind = match () {
            () if !closed || !figure.contains('.') => continue,
            () if SHARE.is_match(before) => Kind::Percent,
            () if AMOUNT.is_match(before) => Kind::Amount,
            () => continue,
        };
        let inside = |span: Span| block.span.start <= span.start && span.end <= block.span.end;
        if !report.numbers.iter().any(|other| other.kind == kind && inside(other.span)) {
            continue;
        }
        let unit = if kind == Kind::Percent { "百分号" } else { "单位" };
        let zh = format!("“{figure}”后面没有{unit}，同一段里别的数字都有。");
        let en =
            format!("“{figure}” stands without its unit; the others of the paragraph have theirs");
        findings.push(CHECK.finding(number.span, (zh, en)));
    }
    findings
}
