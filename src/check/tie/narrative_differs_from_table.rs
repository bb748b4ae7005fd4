//! 正文与附表的数字不一致。
//!
//! 正文数字取自附表。同一指标、同一口径、同一年份，两处须相等；正文四舍五入到万元不报。
//!
//! ```report
//! 一、收入支出决算总体情况说明
//! 2024年度收、支总计均为120.00万元。
//!
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
//! ```
//!
//! 依据：同一事实只有一个数；部门决算公开要求文字说明与报表一致。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "tie/narrative_differs_from_table",
    severity: Severity::Error,
    summary_en: "A figure of the narrative differs from the appendix table.",
    source: include_str!("narrative_differs_from_table.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”正文与附表不一致，请核对哪一处为准。"),
        format!("“{name}” differs between narrative and table"),
    )
}
