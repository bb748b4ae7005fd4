//! 科目名称与科目编码不符。
//!
//! 每个功能分类编码只有一个名称。名称多出一个字（“其重点研发计划”），或者印的是另一个编码的名称，编码与名称必有一误；读者按编码
//! 归集、按名称理解，会得出两个结果。附表的经济分类科目也一样。科目表里没有把握的名称不报。
//!
//! ```report
//! 1.科学技术支出206（类）科技重大项目09（款）其重点研发计划02（项）：支出决算为30.18万元。
//! ```
//!
//! 依据：《政府收支分类科目》（财政部逐年印发）。

use super::{finding, suggest};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::fact::codes::{Classification, Codes, Sure, codes};
use crate::fact::indicators::normal;
use crate::finding::{Finding, Severity};
use crate::table::{CodeKind, RowKind};

/// The check.
pub const CHECK: Check = Check {
    name: "code/name_differs",
    severity: Severity::Error,
    summary_en: "A classification code carries the name of another, or its own with a stray character.",
    source: include_str!("name_differs.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let table = codes(Classification::Function);
    let mut found = Vec::new();
    for number in &report.numbers {
        let Some(code) = number.code().filter(|code| code.digits.len() == 7) else { continue };
        if !code.digits.starts_with('2') {
            continue;
        }
        for (level, name) in code.names.iter().enumerate() {
            let Some(name) = name else { continue };
            let digits = &code.digits[..3 + 2 * level];
            if let Some(at) = place(report, number.span, name)
                && let Some(wrong) = wrong(table, digits, name, report.document.report.year)
            {
                found.push(tell(report, at, digits, name, wrong));
            }
        }
    }
    found.extend(economic(report));
    found
}

/// The economic codes of today are those of 2018 and after.
const RECODED: i32 = 2018;

/// Rows of economic items whose name belongs to one other code: `30911 差旅费` for 30211.
fn economic(report: &Report) -> Vec<Finding> {
    let table = codes(Classification::Economic);
    let year = report.document.report.year;
    if year.is_none_or(|year| year < RECODED) {
        return Vec::new();
    }
    let sure = |code: &str, own: &str| {
        let mut names = table.names(code).iter();
        names.any(|name| name.sure == Sure::High && normal(name.name) == own)
    };
    let mut found = Vec::new();
    let sides = report.tables.iter().flat_map(|shape| &shape.sides);
    for side in sides.filter(|side| side.codes == Some(CodeKind::Economic) && side.code_groups < 2)
    {
        for row in side.rows.iter().filter(|row| row.kind == RowKind::Item) {
            let (Some(code), Some(at)) = (row.code.as_deref(), row.code_at) else { continue };
            let own = normal(&row.name);
            if code.len() != 5 || report.document.slice(at) != code || sure(code, &own) {
                continue;
            }
            let others =
                table.class_codes("").filter(|other| other.len() == 5 && sure(other, &own));
            if let [right] = others.collect::<Vec<_>>()[..] {
                let zh = format!("“{}”的编码是 {right}，不是 {code}。", row.name);
                let en = format!("the code of “{}” is {right}, not {code}", row.name);
                let why = ("该名称的编码", "the code of this name");
                found.push(finding(&CHECK, at, (zh, en), Some(suggest(report, at, right, why))));
            }
        }
    }
    found
}

enum Wrong {
    /// The code's own name with a stray character before it.
    Stray(&'static str),
    /// The name of this other code.
    Of(String),
}

fn wrong(table: &Codes, digits: &str, name: &str, year: Option<i32>) -> Option<Wrong> {
    let own = normal(name);
    let known = |code: &str| table.names(code).iter().any(|known| normal(known.name) == own);
    if known(digits) {
        return None;
    }
    if let Some(official) = table.official(digits, year).filter(|name| name.sure <= Sure::Medium) {
        let right = normal(official.name);
        let stray = own.strip_suffix(&right)?;
        let doubled = right.starts_with(stray) || stray == "其";
        return (stray.chars().count() == 1 && doubled).then_some(Wrong::Stray(official.name));
    }
    // The code itself is not in the tables: its name is that of another code of the same class, and known for sure.
    let group =
        digits.get(..5).filter(|group| digits.len() == 7 && !table.names(group).is_empty())?;
    let class = &digits[..3];
    let other = table.class_codes(class).find(|code| {
        !code.starts_with(group)
            && table
                .official(code, year)
                .is_some_and(|known| known.sure == Sure::High && normal(known.name) == own)
    })?;
    Some(Wrong::Of(other.to_string()))
}

/// Where the name stands in the printed code.
fn place(report: &Report, span: Span, name: &str) -> Option<Span> {
    let text = report.document.slice(span);
    let at = text.rfind(name)?;
    Some(Span::new(at, at + name.len()).shifted(span.start))
}

fn tell(report: &Report, at: Span, digits: &str, name: &str, wrong: Wrong) -> Finding {
    match wrong {
        Wrong::Stray(right) => {
            let zh = format!("编码 {digits} 的名称是“{right}”，不是“{name}”。");
            let en = format!("the name of code {digits} is “{right}”, not “{name}”");
            let why = ("多一个字", "a stray character");
            finding(&CHECK, at, (zh, en), Some(suggest(report, at, right, why)))
        }
        Wrong::Of(other) => {
            let zh = format!("“{name}”是编码 {other} 的名称，不是 {digits} 的，请核对编码和名称。");
            let en = format!("“{name}” is the name of code {other}, not of {digits}");
            finding(&CHECK, at, (zh, en), None)
        }
    }
}
