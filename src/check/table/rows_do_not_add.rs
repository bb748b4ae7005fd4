//! 表内各行之和不等于合计行。
//!
//! 合计行等于其下各行之和；续页重复的表头和合计行不重复计算，四舍五入造成的尾差不报。
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
//! 	130.00
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
//! 	40.00
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
//! 依据：报表表内关系：合计 = 各行之和。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "table/rows_do_not_add",
    severity: Severity::Error,
    summary_en: "Rows of a table do not add up to their total.",
    source: include_str!("rows_do_not_add.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”行与所属各行之和不等，请核对。"),
        format!("the rows under “{name}” do not add up to it"),
    )
}
