//! 正文有数，附表对应栏为空。
//!
//! 附表空栏即为零。正文写明的数字，附表应有同一数字；正文为零而附表留空，不报。
//!
//! ```report
//! 二、收入决算情况说明
//! 2024年度其他收入10.00万元。
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
//! 	100.00
//! 	一、一般公共服务支出
//! 	60.00
//!
//! 	二、其他收入
//! ⇥
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
//! 依据：部门决算公开要求文字说明与报表一致。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "tie/table_shows_nothing",
    severity: Severity::Error,
    summary_en: "The narrative states a figure where the appendix table shows nothing.",
    source: include_str!("table_shows_nothing.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”正文有数，附表对应栏为空，请核对。"),
        format!("“{name}” is stated, but the table shows nothing"),
    )
}
