//! 表内各栏之和不等于合计栏。
//!
//! 合计栏等于其后各栏之和，如本年支出合计 = 基本支出 + 项目支出。
//!
//! ```report
//! 支出决算表
//! 公开03表
//! 金额单位：万元
//!
//! 	功能分类科目编码
//! 	科目名称
//! 	本年支出合计
//! 	基本支出
//! 	项目支出
//!
//! 	合计
//! 	合计
//! 	100.00
//! 	60.00
//! 	40.00
//!
//! 	213
//! 	农林水支出
//! 	100.00
//! 	60.00
//! 	40.00
//!
//! 	21302
//! 	林业和草原
//! 	100.00
//! 	60.00
//! 	40.00
//!
//! 	2130201
//! 	行政运行
//! 	70.00
//! 	60.00
//! ⇥
//!
//! 	2130205
//! 	森林资源培育
//! 	40.00
//! ⇥
//! 	40.00
//! ```
//!
//! 依据：报表栏次关系：合计 = 各栏之和。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "table/columns_do_not_add",
    severity: Severity::Error,
    summary_en: "Columns of a table do not add up to their total.",
    source: include_str!("columns_do_not_add.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”与同行各栏之和不等，请核对。"),
        format!("the columns of “{name}” do not add up to it"),
    )
}
