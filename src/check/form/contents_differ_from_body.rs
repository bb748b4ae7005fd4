//! 目录与正文的标题或顺序不一致。
//!
//! 读者按目录找表、找数。目录所列与正文的标题、序号、次序不同，多是改了正文没有更新目录，或沿用了上年的目录。
//!
//! ```report
//! 目录
//! 第一部分 部门概况
//! 一、部门职责
//! 二、机构设置情况
//! 第二部分 情况说明
//! 一、收入决算情况说明
//!
//! 第一部分 部门概况
//! 一、部门职责
//! 贯彻执行水利法规。
//! 二、机构设置
//! 下属单位0个。
//! 第二部分 情况说明
//! 一、收入决算情况说明
//! 本年收入合计100.00万元。
//! ```
//!
//! 依据：统一格式：目录所列即正文各部分的标题与次序。

use super::contents::{Body, Entry, entries, plain};
use crate::check::{Check, Run};
use crate::document::Section;
use crate::finding::{Finding, Follow, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "form/contents_differ_from_body",
    severity: Severity::Warning,
    summary_en: "the table of contents names titles or an order that the body does not have",
    source: include_str!("contents_differ_from_body.rs"),
    run: Run::Report(run),
};

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let entries = entries(document);
    if entries.is_empty() {
        return Vec::new();
    }
    let body = Body::new(document);
    let mut findings: Vec<Finding> = Vec::new();
    for entry in &entries {
        let Some(section) = renamed(entry, &body) else { continue };
        if names_agency(report, &entry.title, &plain(&section.title)) {
            continue;
        }
        let printed = document.slice(section.span).replace('\n', "");
        let zh =
            format!("目录与正文标题不同：目录“{}”，正文“{printed}”。", document.slice(entry.at));
        let en = format!("the contents say “{}”, the body “{printed}”", document.slice(entry.at));
        match findings.first_mut() {
            Some(first) => {
                first.follows.push(Follow { at: entry.at, message: zh, message_en: en });
            }
            None => findings.push(CHECK.finding(entry.at, (zh, en))),
        }
    }
    findings.extend(moved(report, &entries, &body));
    findings
}

/// The heading of the entry's number, where it has a similar title and the entry's own title stands nowhere.
fn renamed<'a>(entry: &Entry, body: &Body<'a>) -> Option<&'a Section> {
    if body.says(&entry.title) || entry.title.chars().count() < 3 {
        return None;
    }
    let section = body.numbered(entry.number?, entry.scope)?;
    let title = plain(&section.title);
    // a heading that the page breaks, or whose letters the page draws out of order
    let letters = |title: &str| {
        let mut letters: Vec<char> = title.chars().collect();
        letters.sort_unstable();
        letters
    };
    let broken =
        entry.number.is_some_and(|(depth, _)| depth == 1) && entry.title.starts_with(&title);
    if broken || letters(&entry.title) == letters(&title) {
        return None;
    }
    let common = entry.title.chars().filter(|c| title.contains(*c)).count() * 2;
    let long = entry.title.chars().count() + title.chars().count();
    (common * 3 >= long * 2).then_some(section)
}

/// Whether the longer title is the other with the agency's name put in: `2026年度单位预算表`, `2026年度某市水务局单位预算表`.
fn names_agency(report: &crate::Report, one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let Some(agency) = report.document.report.agency.as_deref().map(plain) else { return false };
    let same = |(left, right): (char, char)| (left == right).then(|| left.len_utf8());
    let head: usize = short.chars().zip(long.chars()).map_while(same).sum();
    let tail: usize = short[head..].chars().rev().zip(long.chars().rev()).map_while(same).sum();
    let inserted = long.get(head..long.len() - tail).unwrap_or_default();
    head + tail == short.len()
        && inserted.chars().count() >= 2
        && (agency.contains(inserted) || inserted.contains(&agency))
}

/// The first entry that stands in the body after the one that follows it in the contents.
fn moved(report: &crate::Report, entries: &[Entry], body: &Body<'_>) -> Option<Finding> {
    let document = &report.document;
    let placed: Vec<(&Entry, u32)> = entries
        .iter()
        .filter_map(|entry| Some((entry, body.find(&entry.title, entry.scope)?)))
        .collect();
    for pair in placed.windows(2) {
        let [(first, here), (second, there)] = pair else { continue };
        let row = first.scope == second.scope && first.number?.0 == second.number?.0;
        let once = |entry: &Entry| {
            placed.iter().filter(|(other, _)| other.title == entry.title).count() == 1
        };
        if row && here > there && once(first) && once(second) {
            let (first_words, second_words) = (document.slice(first.at), document.slice(second.at));
            let zh = format!("目录与正文次序不同：正文中“{second_words}”在“{first_words}”之前。");
            let en = format!("in the body “{second_words}” comes before “{first_words}”");
            return Some(CHECK.finding(first.at, (zh, en)));
        }
    }
    None
}
