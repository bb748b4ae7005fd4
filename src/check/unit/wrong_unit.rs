//! 单位写错：元与万元混用。
//!
//! 数字本身不错，单位错了一万倍：换一个单位，各处就都成立。
//!
//! ```report
//! 2024年本年支出合计200.00万元，其中：基本支出150.00万元，占75.00%；项目支出50.00元，占25.00%。
//! ```
//!
//! 依据：乘法：1万元 = 10000元。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "unit/wrong_unit",
    severity: Severity::Error,
    summary_en: "The digits are right and the unit is not: yuan for ten thousand yuan.",
    source: include_str!("wrong_unit.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(format!("“{name}”的单位有误，请改单位。"), format!("the unit of “{name}” is wrong"))
}
