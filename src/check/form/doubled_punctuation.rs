//! 标点重复。
//!
//! 两个句号、逗号、顿号、分号或两个相同的括号连在一起，多半是删改后留下的，读者会疑心中间漏了字或数字。省略号、破折号、书名号嵌套不在此列。
//!
//! ```report
//! 2024年度收入合计100.00万元。。其中财政拨款收入90.00万元。
//! ```
//!
//! 依据：GB/T 15834—2011《标点符号用法》：句号、逗号、顿号、分号、冒号不叠用。

use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "form/doubled_punctuation",
    severity: Severity::Warning,
    summary_en: "a punctuation mark is printed twice",
    source: include_str!("doubled_punctuation.rs"),
    run: Run::Report(run),
};

const MARKS: [char; 7] = ['。', '，', '、', '；', '：', '（', '）'];

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let mut findings = Vec::new();
    for span in super::running(document) {
        for (from, to) in doubled(document.slice(span)) {
            let at = Span::new(span.start as usize + from, span.start as usize + to);
            let marks = document.slice(at);
            let zh = format!("标点重复：“{marks}”。");
            let en = format!("punctuation printed twice: “{marks}”");
            findings.push(CHECK.finding(at, (zh, en)));
        }
    }
    findings
}

/// Whether two different marks end the same words: `800人，；`.
fn stack(one: char, other: char) -> bool {
    matches!(one, '，' | '、' | '；') && matches!(other, '，' | '、' | '；' | '。')
}

/// Runs of marks; brackets only where they do not match (`（（一）…）` nests, `（（图2）` does not), `。。。` as an
/// ellipsis not.
fn doubled(text: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize, char, u32)> = Vec::new();
    for (at, mark) in text.char_indices() {
        match runs.last_mut() {
            Some((_, to, last, count)) if *to == at && (*last == mark || stack(*last, mark)) => {
                *to += mark.len_utf8();
                *count += 1;
            }
            _ if MARKS.contains(&mark) => runs.push((at, at + mark.len_utf8(), mark, 1)),
            _ => {}
        }
    }
    let count = |mark: char| text.chars().filter(|c| *c == mark).count();
    let matched = || count('（') + count('(') == count('）') + count(')');
    runs.into_iter()
        .filter(|(_, _, mark, count)| match mark {
            '（' | '）' => *count == 2 && !matched(),
            '。' => *count == 2,
            _ => *count > 1,
        })
        .map(|(from, to, ..)| (from, to))
        .collect()
}
