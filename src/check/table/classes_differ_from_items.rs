//! 类款与其所属项之和不等。
//!
//! 功能分类的类等于其下各款之和，款等于其下各项之和；经济分类同理。所列各项少于类、又看不出哪个数字有误时只警告：涉密的项
//! 不公开。
//!
//! ```report
//! 一般公共预算财政拨款支出决算表
//! 公开05表
//! 金额单位：万元
//!
//! 	功能分类科目编码
//! 	科目名称
//! 	本年支出合计
//!
//! 	合计
//! 	合计
//! 	120.00
//!
//! 	213
//! 	农林水支出
//! 	100.00
//!
//! 	21302
//! 	林业和草原
//! 	100.00
//!
//! 	2130201
//! 	行政运行
//! 	60.00
//!
//! 	2130205
//! 	森林资源培育
//! 	30.00
//!
//! 	221
//! 	住房保障支出
//! 	20.00
//!
//! 	22102
//! 	住房改革支出
//! 	20.00
//!
//! 	2210201
//! 	住房公积金
//! 	20.00
//! ```
//!
//! 依据：《政府收支分类科目》：类、款、项逐级汇总。

use crate::Report;
use crate::check::claim::{Words, falls_short, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "table/classes_differ_from_items",
    severity: Severity::Error,
    summary_en: "A class differs from the sum of its items.",
    source: include_str!("classes_differ_from_items.rs"),
    run: Run::Relation(words),
};

fn words(report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”与所属各级科目之和不等，请核对。"),
        format!("the items under “{name}” do not add up to it"),
    )
    .doubtful(falls_short(report, relation))
}
