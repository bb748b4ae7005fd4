//! 总表两边的总计不等。
//!
//! 收入总计与支出总计按定义相等（含年初、年末结转和结余）。
//!
//! ```report
//! 收入支出决算总表
//! 公开01表
//! 金额单位：万元
//!
//! 	收入
//! 	收入
//! 	支出
//! 	支出
//!
//! 	项目
//! 	决算数
//! 	项目
//! 	决算数
//!
//! 	一、一般公共预算财政拨款收入
//! 	90.00
//! 	一、一般公共服务支出
//! 	60.00
//!
//! 	二、其他收入
//! 	10.00
//! 	二、农林水支出
//! 	45.00
//!
//! 	本年收入合计
//! 	100.00
//! 	本年支出合计
//! 	105.00
//!
//! 	总计
//! 	100.00
//! 	总计
//! 	105.00
//! ```
//!
//! 依据：部门决算报表：收入支出决算总表两侧总计平衡。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "table/two_sides_differ",
    severity: Severity::Error,
    summary_en: "The totals of both sides of a balance differ.",
    source: include_str!("two_sides_differ.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(format!("“{name}”不成立，请核对两边总计。"), format!("“{name}” does not hold"))
}
