//! 目录所列的部分在正文中没有。
//!
//! 目录列出而正文没有，是公开内容不完整，或目录沿用了别处的模板。
//!
//! ```report
//! 目录
//! 第一部分 部门概况
//! 一、部门职责
//! 二、机构设置
//! 第二部分 情况说明
//! 一、收入决算情况说明
//!
//! 第一部分 部门概况
//! 一、部门职责
//! 贯彻执行水利法规。
//! 第二部分 情况说明
//! 一、收入决算情况说明
//! 本年收入合计100.00万元。
//! ```
//!
//! 依据：统一格式：目录所列各部分均须公开，没有数据的也要保留标题并说明。

use super::contents::{Body, entries};
use crate::check::{Check, Run};
use crate::finding::{Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "form/missing_section",
    severity: Severity::Warning,
    summary_en: "a part named in the table of contents is not in the body",
    source: include_str!("missing_section.rs"),
    run: Run::Report(run),
};

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    // a page without text may hold the part
    if document.gaps.iter().any(|gap| gap.page.is_some()) {
        return Vec::new();
    }
    let entries = entries(document);
    if entries.is_empty() {
        return Vec::new();
    }
    let body = Body::new(document);
    let labelled = entries.iter().filter(|entry| entry.number.is_some());
    let missing: Vec<_> = labelled
        .clone()
        .filter(|entry| {
            entry.title.chars().count() >= 3
                && !body.says(&entry.title)
                && !body.means(&entry.title)
                && entry.number.is_some_and(|number| body.numbered(number, entry.scope).is_none())
        })
        .collect();
    // where most entries have no counterpart, the contents were not understood
    if missing.len() * 3 > labelled.count() {
        return Vec::new();
    }
    missing
        .into_iter()
        .map(|entry| {
            let words = document.slice(entry.at);
            let zh = format!("目录所列“{words}”在正文中没有。");
            CHECK.finding(entry.at, (zh, format!("“{words}” is not in the body")))
        })
        .collect()
}
