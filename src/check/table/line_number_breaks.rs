//! 行次不连续。
//!
//! 行次逐行加一，各表之间、说明与表之间靠它指认；28之后印39、再印30，说的是哪一行就不清楚了。
//!
//! ```report
//! 收入支出决算总表
//! 公开01表
//! 金额单位：万元
//!
//! 	项目
//! 	行次
//! 	决算数
//!
//! 	一、一般公共服务支出
//! 	28
//! 	60.00
//!
//! 	二、外交支出
//! 	39
//! 	0.00
//!
//! 	三、国防支出
//! 	30
//! 	40.00
//!
//! 	合计
//! 	31
//! 	100.00
//! ```
//!
//! 依据：部门决算报表格式：行次依次编号。

use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Severity, Suggestion};

/// The check.
pub const CHECK: Check = Check {
    name: "table/line_number_breaks",
    severity: Severity::Warning,
    summary_en: "The printed number of a row is not the next one.",
    source: include_str!("line_number_breaks.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let sides = report.tables.iter().flat_map(|shape| &shape.sides);
    let mut found = Vec::new();
    for side in sides {
        let lines: Vec<Option<(u32, Span)>> = side.rows.iter().map(|row| row.line).collect();
        for rows in lines.windows(3) {
            // Only where both neighbours agree on what stands between them.
            if let [Some((before, _)), Some((own, at)), Some((after, _))] = rows
                && *after == before + 2
                && *own != before + 1
            {
                found.push(tell(report, *at, *before, *own));
            }
        }
    }
    found
}

fn tell(report: &Report, at: Span, before: u32, own: u32) -> Finding {
    let right = before + 1;
    Finding {
        check: CHECK.name,
        severity: CHECK.severity,
        message: format!("行次 {before} 之后印的是 {own}，应为 {right}。"),
        message_en: format!("line {before} is followed by {own}, not {right}"),
        arithmetic: format!("{before} + 1 = {right}"),
        arithmetic_en: format!("{before} + 1 = {right}"),
        at,
        evidence: Vec::new(),
        suggestion: Some(Suggestion {
            at,
            quote: report.document.slice(at).to_string(),
            replace_with: right.to_string(),
            because: "前后两行的行次".into(),
            because_en: "the numbers of the rows around it".into(),
            repairs: 1,
        }),
        follows: Vec::new(),
    }
}
