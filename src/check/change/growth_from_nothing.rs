//! 上年为0，写增长100%。
//!
//! 上年没有这笔收支，今年无论多少都没有增长率：“增长100%”是说今年为上年的两倍。新设的单位、新增的项目常见这种写法，
//! 应写“上年无此项收支”。全文同样的写法并作一处。
//!
//! ```report
//! 2024年机关运行经费支出97.19万元，比2023年增加97.19万元，增长100%。
//! ```
//!
//! 依据：除法：增减率 = 增减额 ÷ 基数，基数为0则无意义。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "change/growth_from_nothing",
    severity: Severity::Warning,
    summary_en: "What was nothing last year is said to have grown by 100 %.",
    source: include_str!("growth_from_nothing.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”上年为0，没有增长率，不能写增长100%；可写上年无此项。"),
        format!("“{name}” was nothing last year: there is no rate of growth"),
    )
}
