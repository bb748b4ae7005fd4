//! 类的合计与所列各项之和不一致。
//!
//! 同一节先按类说支出，再按项逐条列出；一类的数应等于该类各项之和。
//!
//! ```report
//! 五、一般公共预算财政拨款支出决算情况说明
//! （一）一般公共预算财政拨款支出决算结构情况
//! 2024年一般公共预算财政拨款支出100.00万元，主要用于以下方面：农林水支出80.00万元，占80.00%；住房保障支出20.00万元，占20.00%。
//! （二）一般公共预算财政拨款支出决算具体情况
//! 2024年一般公共预算财政拨款支出决算数为100.00万元，完成预算100%。其中：
//! 1.农林水支出（类）林业和草原（款）行政运行（项）：支出决算为50.00万元。
//! 2.农林水支出（类）林业和草原（款）森林资源培育（项）：支出决算为29.00万元。
//! 3.住房保障支出（类）住房改革支出（款）住房公积金（项）：支出决算为20.00万元。
//! ```
//!
//! 依据：《政府收支分类科目》：类、款、项逐级汇总。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "sum/class_differs_from_items",
    severity: Severity::Error,
    summary_en: "A class of spending differs from the sum of its items.",
    source: include_str!("class_differs_from_items.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”与后文所列该类各项之和不等，请核对类和各项。"),
        format!("the items listed under “{name}” do not add up to it"),
    )
}
