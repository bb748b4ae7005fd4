//! 写“持平”而数额不等。
//!
//! “与上年持平”即两年数额相等；两个数额都印出而不等，则必有一误。
//!
//! ```report
//! 2023年公务接待费支出决算为4.90万元。
//! 2024年公务接待费支出决算为4.69万元，与2023年决算数持平。
//! ```
//!
//! 依据：“持平”即相等。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "change/said_same_but_differs",
    severity: Severity::Error,
    summary_en: "Figures said to be the same differ.",
    source: include_str!("said_same_but_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”写作持平，而两年数额不等，请核对。"),
        format!("“{name}” is said to be unchanged, but differs"),
    )
}
