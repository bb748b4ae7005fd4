//! Doubtful readings of scanned pages: what is told of them, what confirms them, and that they prove nothing.
#![allow(clippy::unwrap_used)]

use gouji::Report;
use gouji::document::{Document, Origin, ReadOptions, read};
use gouji::finding::{Finding, GapKind};
use gouji::ocr::Scan;
use gouji::ocr::piece::Other;
use gouji::ocr::read::Sign;
use gouji::ocr::scan::Piece;
use std::path::Path;

/// A text as though its lines had been read from scanned pages, every second line from the next page. `doubts` are words
/// that were read with so much certainty, and what else they might be; all other words are certain.
fn scanned(text: &str, doubts: &[(&str, f32, &[&str])]) -> Document {
    let mut document =
        read(Path::new("report.txt"), text.as_bytes(), &ReadOptions::default()).unwrap();
    let clean = document.text.to_string();
    document.origins.clear();
    let mut start = 0;
    for (row, line) in clean.split_inclusive('\n').enumerate() {
        let page = 1 + (row / 2) as u32;
        let (top, count) = (20.0 * row as f32, line.chars().count() as f32);
        let bbox = Some([0.0, top, 10.0 * count, top + 10.0]);
        document.origins.push((start, Origin { page: Some(page), bbox, ..Origin::default() }));
        if document.scans.last().is_none_or(|scan| scan.page != page) {
            document.scans.push(Scan { page, ..Scan::default() });
        }
        let scan = document.scans.last_mut().unwrap();
        let mut shown: Vec<(usize, f32, &[&str])> =
            line.char_indices().map(|(at, _)| (at, 1.0, &[][..])).collect();
        for (words, certainty, others) in doubts {
            if let Some(at) = line.find(words) {
                let own = at..at + words.len();
                shown.iter_mut().filter(|(place, ..)| own.contains(place)).for_each(|sign| {
                    (sign.1, sign.2) = (*certainty, *others);
                });
            }
        }
        for (column, (c, (_, certainty, others))) in line.chars().zip(shown).enumerate() {
            if c.is_whitespace() {
                continue;
            }
            let left = 10.0 * column as f32;
            let rect = [left, top, left + 10.0, top + 10.0];
            scan.signs.push(Sign { c, rect, piece: scan.pieces.len() });
            let other = |text: &&str| Other { text: (*text).into(), likely: 0.02 };
            scan.pieces.push(Piece { certainty, others: others.iter().map(other).collect() });
        }
        start += line.len() as u32;
    }
    document
}

fn checked(document: Document) -> (Report, Vec<Finding>) {
    let report = gouji::understand(document);
    let findings = gouji::check::run(&report, &gouji::check::Selection::default());
    (report, findings)
}

/// What is said of the doubtful figures, each with its words.
fn told(report: &Report) -> Vec<(String, String)> {
    let doubtful = report.gaps.iter().filter(|gap| gap.kind == GapKind::Doubtful);
    doubtful
        .map(|gap| (report.document.slice(gap.at.unwrap()).to_string(), gap.why.clone()))
        .collect()
}

const HEAD: &str = "临山县林业局2023年度部门决算\n\n第二部分 情况说明\n\n";

#[test]
fn a_doubtful_figure_proves_nothing() {
    let text =
        format!("{HEAD}收入合计100.00万元，包括：财政拨款收入91.00万元、其他收入8.00万元。\n");
    let (_, findings) = checked(scanned(&text, &[]));
    assert_eq!(findings.iter().filter(|f| f.check.starts_with("sum/")).count(), 1);
    let (report, findings) = checked(scanned(&text, &[("91.00", 0.9, &[])]));
    assert!(findings.iter().all(|f| !f.check.starts_with("sum/")), "{findings:?}");
    let told = told(&report);
    assert!(told[0].0.contains("91.00") && told[0].1.contains("90%"), "{told:?}");
}

#[test]
fn another_reading_that_fits_is_taken_and_said() {
    let text =
        format!("{HEAD}收入合计100.00万元，包括：财政拨款收入91.00万元、其他收入8.00万元。\n");
    let (report, findings) = checked(scanned(&text, &[("1.00万元、", 0.9, &["2"])]));
    assert!(findings.iter().all(|f| !f.check.starts_with("sum/")), "{findings:?}");
    let told = told(&report);
    assert!(told.iter().any(|(_, why)| why.contains("按勾稽关系改读")), "{told:?}");
}

#[test]
fn a_relation_to_certain_figures_confirms_a_reading() {
    let sum = "收入合计100.00万元，包括：财政拨款收入92.00万元、其他收入8.00万元。\n";
    let (report, _) = checked(scanned(&format!("{HEAD}{sum}"), &[("92.00", 0.9, &["82.00"])]));
    assert!(told(&report).is_empty(), "{:?}", told(&report));
    // Two doubtful figures cannot vouch for each other, nor a relation that holds for other readings as well.
    let two = [("92.00", 0.9, &["82.00"][..]), ("8.00", 0.9, &["18.00"][..])];
    let (report, _) = checked(scanned(&format!("{HEAD}{sum}"), &two));
    assert_eq!(told(&report).len(), 2, "{:?}", told(&report));
    let share = "收入合计100.00万元，其中：财政拨款收入92.03万元，占92%。\n";
    let (report, _) = checked(scanned(&format!("{HEAD}{share}"), &[("92.03", 0.9, &["92.08"])]));
    assert_eq!(told(&report).len(), 1, "{:?}", told(&report));
}

#[test]
fn a_confirmed_figure_proves_again() {
    let text = format!(
        "{HEAD}2023年本年支出合计200.00万元，其中：基本支出150.00万元，占57.00%；项目支出50.00万元，占25.00%。\n\n\
        2023年基本支出150.00万元，主要用于保障机构正常运转。\n"
    );
    let found = |doubts: &[(&str, f32, &[&str])]| checked(scanned(&text, doubts)).1;
    let shares = |findings: Vec<Finding>| {
        findings.iter().filter(|finding| finding.check == "share/share_differs").count()
    };
    assert_eq!(shares(found(&[])), 1, "{:?}", found(&[]));
    assert_eq!(shares(found(&[("150.00万元，占", 0.9, &["160.00"])])), 1);
    // Not so where nothing certain vouches for it.
    let all = [("150.00万元", 0.9, &["160.00"][..]), ("200.00", 0.9, &[]), ("25.00%", 0.9, &[])];
    assert_eq!(shares(found(&all)), 0, "{:?}", found(&all));
}

#[test]
fn words_that_run_over_two_pages_keep_their_certainty() {
    let document = scanned("一二三四\n五六七八\n九十\n", &[]);
    let whole = gouji::document::Span::new(0, document.text.trim_end().len());
    assert_eq!(gouji::doubt::certainty(&document, whole), Some(99));
}
