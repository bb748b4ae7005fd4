//! 正文列举的经费项目，附表没有金额。
//!
//! “人员经费××万元，主要包括：基本工资、津贴补贴……”列举的是本年实际支出的项目。列举的科目在基本支出表中有这一行而没有金额，
//! 多是沿用模板全文照列。列举的科目不在表中的、表中没有任何一项有金额的，不比较；没有列举的科目不报。
//!
//! ```report
//! 六、一般公共预算财政拨款基本支出决算情况说明
//! 2024年度一般公共预算财政拨款基本支出100.00万元，其中：
//! 公用经费100.00万元，主要包括：办公费、印刷费、取暖费、差旅费。
//!
//! 一般公共预算财政拨款基本支出决算表
//! 公开06表
//! 金额单位：万元
//!
//! 	科目代码
//! 	科目名称
//! 	决算数
//!
//! 	302
//! 	商品和服务支出
//! 	100.00
//!
//! 	30201
//! 	办公费
//! 	40.00
//!
//! 	30202
//! 	印刷费
//! 	10.00
//!
//! 	30208
//! 	取暖费
//! ⇥
//!
//! 	30211
//! 	差旅费
//! 	50.00
//! ```
//!
//! 依据：部门决算公开要求文字说明与报表一致。

use super::basic_rows;
use crate::check::{Check, Run};
use crate::document::{BlockKind, Span};
use crate::finding::{Finding, Severity};
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "tie/listed_item_is_nothing",
    severity: Severity::Warning,
    summary_en: "the narrative lists items of spending for which the table shows nothing",
    source: include_str!("listed_item_is_nothing.rs"),
    run: Run::Report(run),
};

/// What opens a list of items: an amount of staff or running expenses.
static LIST: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:人员经费|公用经费)[^。；]{0,40}[0-9]\s*[万亿]?元[^。；]{0,6}(?:主要包括|主要用于|主要是|包括)[：:]?",
    )
});

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let rows = basic_rows::rows(document);
    if rows.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let text = document.slice(block.span);
        for opens in LIST.find_iter(text) {
            let list = &text[opens.end..];
            let list = &list[..list.find(['。', '；', ';']).unwrap_or(list.len())];
            let (mut known, mut nothing) = (0, Vec::new());
            let mut at = block.span.start as usize + opens.end;
            for part in list.split_inclusive(MARKS) {
                let item = part.trim_end_matches(MARKS);
                let name = basic_rows::plain(item);
                if let Some(shows) = rows.get(name.as_str()) {
                    known += 1;
                    if !shows {
                        nothing.push((name, Span::new(at, at + item.len())));
                    }
                }
                at += part.len();
            }
            if known - nothing.len() >= LEAST
                && let Some((_, first)) = nothing.first()
            {
                findings.push(finding(*first, &nothing));
            }
        }
    }
    findings
}

/// What stands between the items of a list.
const MARKS: [char; 3] = ['、', '，', ','];

/// As many items of a list must have an amount in the table before it is understood.
const LEAST: usize = 2;

fn finding(at: Span, nothing: &[(String, Span)]) -> Finding {
    let names: Vec<&str> = nothing.iter().map(|(name, _)| name.as_str()).collect();
    let shown = names[..names.len().min(6)].join("、");
    let zh = match names.len() {
        1 => format!("正文列举的“{shown}”，基本支出表中没有金额。"),
        count if count > 6 => format!("正文列举的“{shown}”等 {count} 项，基本支出表中没有金额。"),
        count => format!("正文列举的“{shown}” {count} 项，基本支出表中没有金额。"),
    };
    let en = format!("the table of basic spending shows nothing for {}", names.join(", "));
    CHECK.finding(at, (zh, en))
}
