//! 两张附表中同一指标的数字不一致。
//!
//! 总表与明细表、收入表与支出表按同一套账编制，同一指标须相等。
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
//! 	二、住房保障支出
//! 	40.00
//!
//! 	本年收入合计
//! 	100.00
//! 	本年支出合计
//! 	100.00
//!
//! 	总计
//! 	100.00
//! 	总计
//! 	100.00
//!
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
//! 	110.00
//! 	70.00
//! 	40.00
//!
//! 	213
//! 	农林水支出
//! 	110.00
//! 	70.00
//! 	40.00
//!
//! 	21302
//! 	林业和草原
//! 	110.00
//! 	70.00
//! 	40.00
//!
//! 	2130201
//! 	行政运行
//! 	70.00
//! 	70.00
//! ⇥
//!
//! 	2130205
//! 	森林资源培育
//! 	40.00
//! ⇥
//! 	40.00
//! ```
//!
//! 依据：部门决算报表表间关系。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "tie/tables_differ",
    severity: Severity::Error,
    summary_en: "The same figure differs between two tables.",
    source: include_str!("tables_differ.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”两张附表不一致，请核对哪一处为准。"),
        format!("“{name}” differs between two tables"),
    )
}
