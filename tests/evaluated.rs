//! Consistent evaluations of invented projects in a mix of wordings: each is silent, and most of its figures are compared.
//! With one figure changed, each is told.
#![allow(clippy::unwrap_used)]

#[path = "evaluated/words.rs"]
mod words;

use gouji::check::{Selection, run};
use gouji::document::{ReadOptions, read};
use gouji::report::{Lang, check};
use gouji::waiver::Waivers;
use gouji::{Report, understand};
use std::path::Path;
use words::write;

const REPORTS: u64 = 80;

fn understood(text: &str) -> Report {
    understand(read(Path::new("pj.txt"), text.as_bytes(), &ReadOptions::default()).unwrap())
}

/// What is told of a report, one line each.
fn told(report: &Report) -> Vec<String> {
    let findings = run(report, &Selection::default());
    findings.iter().map(|one| format!("{} {}", one.check, one.arithmetic)).collect()
}

#[test]
fn consistent_evaluations_are_silent_and_mostly_compared() {
    let (mut numbers, mut checked) = (0, 0);
    for seed in 0..REPORTS {
        let text = write(seed);
        let report = understood(&text);
        let told = told(&report);
        assert!(told.is_empty(), "report {seed}: {told:#?}\n{text}");
        let coverage =
            check(&report, &Selection::default(), &Waivers::default(), Lang::Zh).coverage;
        numbers += coverage.numbers;
        checked += coverage.checked;
    }
    assert!(checked * 10 >= numbers * 9, "{checked} of {numbers} compared");
}

/// The first figure after `words`, with another last digit before its point.
fn changed(text: &str, words: &str) -> Option<String> {
    let after = text.find(words)? + words.len();
    let start = after + text[after..].find(|c: char| c.is_ascii_digit())?;
    let end = start + text[start..].find(|c: char| !c.is_ascii_digit())?;
    let digit = text[..end].chars().next_back()?.to_digit(10)?;
    Some(format!("{}{}{}", &text[..end - 1], (digit + 3) % 10, &text[end..]))
}

#[test]
fn one_changed_figure_is_told() {
    for words in
        ["得分率", "实际支出", "完成率", "回收率", "占", "管理制度健全性", "产出", "“优”。其中："]
    {
        let mut tried = 0;
        for seed in 0..REPORTS {
            let Some(text) = changed(&write(seed), words) else { continue };
            tried += 1;
            assert!(!told(&understood(&text)).is_empty(), "{words} in report {seed}\n{text}");
        }
        assert!(tried > 10, "{words} in {tried} reports only");
    }
}
