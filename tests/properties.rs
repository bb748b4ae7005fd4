//! Properties of reading: notation changes nothing, what is printed is read back, any bytes are read without a panic,
//! every span slices to the text it claims.

#![allow(clippy::unwrap_used)]

mod support;

use gouji::number::{Kind, Number};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// The amounts of a sentence.
fn amounts(text: &str) -> Vec<Number> {
    let report = support::read(text);
    report.numbers.into_iter().filter(|number| number.kind == Kind::Amount).collect()
}

/// Thousands separated by `mark`.
fn grouped(value: Decimal, mark: &str) -> String {
    let text = value.to_string();
    let (whole, tail) = text.split_once('.').map_or((text.as_str(), None), |(w, t)| (w, Some(t)));
    let digits: Vec<char> = whole.chars().collect();
    let mut out = String::new();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(*digit);
    }
    if let Some(tail) = tail {
        out.push('.');
        out.push_str(tail);
    }
    out
}

fn wide(text: &str) -> String {
    let full = |c: char| match c {
        '0'..='9' | '.' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
        c => c,
    };
    text.chars().map(full).collect()
}

/// A report of several sentences around a few figures.
fn sentences(figures: &[String]) -> String {
    let mut text = String::from("清河县水务局2024年度部门决算\n");
    for figure in figures {
        text.push_str(&format!("本年收入合计{figure}万元，比2023年增加{figure}万元，增长8.8%。\n"));
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn notation_changes_nothing(cents in 0i64..100_000_000_000, places in 0u32..3) {
        let value = Decimal::new(cents, places);
        let plain = amounts(&format!("收入合计{value}万元。"));
        prop_assert_eq!(plain.len(), 1);
        for other in [
            format!("收入合计{}万元。", grouped(value, ",")),
            format!("收入合计{}万元。", wide(&value.to_string())),
            format!("收入合计 {value} 万元。"),
        ] {
            let read = amounts(&other);
            prop_assert_eq!(read.len(), 1, "{}", other);
            prop_assert_eq!(read[0].base(), plain[0].base(), "{}", other);
            prop_assert_eq!(read[0].range(), plain[0].range(), "{}", other);
        }
    }

    #[test]
    fn units_change_only_the_printed_place(cents in 1i64..10_000_000_000) {
        let value = Decimal::new(cents, 2);
        let ten_thousands = amounts(&format!("收入合计{value}万元。"));
        let yuan = amounts(&format!("收入合计{}元。", value * Decimal::from(10_000)));
        prop_assert_eq!(ten_thousands[0].base(), yuan[0].base());
    }

    #[test]
    fn what_is_printed_is_read_back(cents in 0i64..1_000_000_000_000, places in 0u32..5) {
        let value = Decimal::new(cents, places);
        let read = amounts(&format!("支出合计{value}元。"));
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(read[0].value(), Some(value));
        prop_assert_eq!(read[0].decimals, places);
    }

    #[test]
    fn spans_slice_to_what_they_claim(figures in prop::collection::vec(0u32..1_000_000, 1..6)) {
        let figures: Vec<String> = figures.iter().map(|n| Decimal::new(i64::from(*n), 2).to_string()).collect();
        let report = support::read(&sentences(&figures));
        for number in report.numbers.iter().filter(|number| number.kind == Kind::Amount) {
            let words = report.document.slice(number.span);
            prop_assert_eq!(words, format!("{}万元", number.value().unwrap()));
        }
        for fact in &report.facts {
            prop_assert!((fact.number as usize) < report.numbers.len());
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let path = std::path::Path::new("report.txt");
        if let Ok(document) = gouji::document::read(path, &bytes, &Default::default()) {
            gouji::understand(document);
        }
    }

    #[test]
    fn any_words_and_figures_are_read_without_a_panic(
        text in "[0-9０-９.,，。；：（）()%％万元亿占比上年增加减少其中包括类款项收入支出预算决算年度一二三十百千分之负\n\t ]{1,400}"
    ) {
        let report = support::read(&text);
        for number in &report.numbers {
            prop_assert!(report.document.text.get(number.span.range()).is_some());
        }
    }

    #[test]
    fn fingerprints_stay_when_a_paragraph_is_put_between_sections(at in 0usize..200, again in 1usize..4) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("corpus/whole/linshan_2023_flawed/report.txt");
        let text = std::fs::read_to_string(&path).unwrap();
        let opens = |line: &str| line.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '（'])
            && (line.contains("、") || line.starts_with('（')) && line.chars().count() < 30;
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let heads: Vec<usize> = (1..lines.len()).filter(|at| opens(lines[*at])).collect();
        let at = heads[at % heads.len()];
        let between = "与此无关的一段话，没有数字。\n".repeat(again);
        let longer = lines[..at].concat() + &between + &lines[at..].concat();
        prop_assert_eq!(prints(&path, text.as_bytes()), prints(&path, longer.as_bytes()));
    }

    #[test]
    fn mutations_of_a_whole_report_are_read(at in 0usize..4000, cut in 0usize..40, byte in any::<u8>()) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("corpus/whole/qinghe_2024_final_accounts/report.txt");
        let mut bytes = std::fs::read(&path).unwrap();
        let at = at % bytes.len();
        bytes[at] = byte;
        let end = (at + cut).min(bytes.len());
        bytes.drain(at..end);
        if let Ok(document) = gouji::document::read(&path, &bytes, &Default::default()) {
            gouji::understand(document);
        }
    }
}

/// The fingerprints of what a report shows, sorted; the paragraph put in says the same thing several times.
fn prints(path: &std::path::Path, bytes: &[u8]) -> Vec<String> {
    let report =
        gouji::understand(gouji::document::read(path, bytes, &Default::default()).unwrap());
    let mut findings = gouji::check::run(&report, &Default::default());
    findings.retain(|finding| finding.check != "form/duplicated_paragraph");
    let mut prints = gouji::finding::fingerprints(&report.document, &findings);
    prints.sort();
    prints
}

/// Eight times the text takes at most some twenty times as long, not sixty-four.
#[test]
fn time_is_linear() {
    let unit = sentences(&["12.34".into(), "56.78".into()]).repeat(150);
    let run = |text: &str| {
        let started = std::time::Instant::now();
        support::read(text);
        started.elapsed().max(std::time::Duration::from_millis(1))
    };
    run(&unit);
    let (one, eight) = (run(&unit), run(&unit.repeat(8)));
    assert!(eight < one * 24, "{one:?} for one, {eight:?} for eight");
}
