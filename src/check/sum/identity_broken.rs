//! 同一节内的数字不符合报表规定的等式。
//!
//! “三公”经费等于因公出国（境）费、公务用车购置及运行费、公务接待费之和，基本支出等于人员经费与公用经费之和；这些等式由报表
//! 规定，数字分散在同一节的几句话里也须成立。
//!
//! ```report
//! 七、财政拨款“三公”经费支出决算情况说明
//! 2024年“三公”经费财政拨款支出决算为10.00万元。
//! 1.因公出国（境）费支出决算为0万元。
//! 2.公务用车购置及运行维护费支出决算为6.00万元。
//! 3.公务接待费支出决算为3.00万元。
//! ```
//!
//! 依据：部门决算报表编制说明：“三公”经费、基本支出、本年收支的构成。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "sum/identity_broken",
    severity: Severity::Error,
    summary_en: "Figures of a section break an equation that the form requires.",
    source: include_str!("identity_broken.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(format!("不符合“{name}”，请核对各数。"), format!("“{name}” does not hold"))
}
