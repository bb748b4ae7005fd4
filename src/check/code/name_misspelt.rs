//! 科目名称差一个字。
//!
//! “商业服务业等支出”写成“商业服务等支出”，“缴费支出”写成“缴费支”：没有这个科目，读者只能猜是哪一个，检索也查不到。
//!
//! ```report
//! 2024年一般公共预算财政拨款支出100.00万元，主要用于以下方面：一般公共服务支出60.00万元，占60.00%；卫生健康支出10.00万元，占10.00%；商业服务等支出30.00万元，占30.00%。
//! ```
//!
//! 依据：《政府收支分类科目》。

use super::{finding, suggest};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::fact::codes::{Classification, Codes, Sure, codes};
use crate::fact::indicators::normal;
use crate::fact::{Measure, Standing};
use crate::finding::{Finding, Severity};
use std::collections::HashSet;

/// The check.
pub const CHECK: Check = Check {
    name: "code/name_misspelt",
    severity: Severity::Warning,
    summary_en: "The name of a class or item is one character off.",
    source: include_str!("name_misspelt.rs"),
    run: Run::Report(run),
};

/// Shorter names are one character off each other by chance.
const SHORTEST: usize = 6;

fn run(report: &Report) -> Vec<Finding> {
    let table = codes(Classification::Function);
    let mut told: HashSet<String> = HashSet::new();
    let mut found = Vec::new();
    for (at, right) in classes(report, table).into_iter().chain(items(report, table)) {
        let words = report.document.slice(at).to_string();
        if told.insert(normal(&words)) {
            let zh = format!("没有“{words}”这个科目，应为“{right}”。");
            let en = format!("there is no “{words}”; it is “{right}”");
            let why = ("差一个字", "one character off");
            let repair = suggest(report, at, right, why);
            found.push(finding(&CHECK, at, (zh, en), Some(repair)));
        }
    }
    found
}

/// Unknown names that stand among classes of spending.
fn classes(report: &Report, table: &Codes) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    for list in &report.lists {
        let fact = |id: &u32| &report.facts[*id as usize];
        let is_class = |id: &&u32| {
            fact(id).indicator.strip_prefix("function/").is_some_and(|code| code.len() == 3)
        };
        if list.parts.iter().filter(is_class).count() < 2 {
            continue;
        }
        for part in list.parts.iter().map(fact) {
            let Standing::Narrative(block) = part.standing else { continue };
            let own = part.measure == Measure::Level && part.indicator.starts_with("label/");
            let names = table.class_codes("").filter(|code| code.len() == 3);
            let Some(right) = own.then(|| nearest(table, names, &part.label)).flatten() else {
                continue;
            };
            let number = report.numbers[part.number as usize].span;
            let before = &report.document.text[block.start as usize..number.start as usize];
            if let Some(at) = before.rfind(&part.label) {
                let at = Span::new(at, at + part.label.len()).shifted(block.start);
                found.push((at, right));
            }
        }
    }
    found
}

/// Names of printed codes of a known class.
fn items(report: &Report, table: &Codes) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    for number in &report.numbers {
        let Some(code) = number.code().filter(|code| code.digits.is_empty()) else { continue };
        let class = code.names[0].as_deref().and_then(|name| table.class(name));
        let (Some(class), Some(name)) = (class, code.names[2].as_deref()) else { continue };
        let names = table.class_codes(class).filter(|code| code.len() == 7);
        let Some(right) = nearest(table, names, name) else { continue };
        let Some(at) = report.document.slice(number.span).rfind(name) else { continue };
        found.push((Span::new(at, at + name.len()).shifted(number.span.start), right));
    }
    found
}

/// The one sure name that is a character longer or shorter; none if the name itself is one.
fn nearest(
    table: &Codes,
    among: impl Iterator<Item = &'static str>,
    name: &str,
) -> Option<&'static str> {
    let own: Vec<char> = normal(name).chars().collect();
    if own.len() < SHORTEST {
        return None;
    }
    let bare: String = own.iter().collect();
    let mut found: Option<&'static str> = None;
    for known in among.flat_map(|code| table.names(code)) {
        let other = normal(known.name);
        if other == bare || other.trim_end_matches("支出") == bare.trim_end_matches("支出") {
            return None;
        }
        let other: Vec<char> = other.chars().collect();
        if known.sure <= Sure::Medium && one_off(&own, &other) {
            match found {
                Some(one) if one != known.name => return None,
                _ => found = Some(known.name),
            }
        }
    }
    found
}

/// Whether one name is the other with one more character, which is not its first: 未归口管理 is not 归口管理.
fn one_off(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if long.len() != short.len() + 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    same > 0 && short[same..] == long[same + 1..]
}
