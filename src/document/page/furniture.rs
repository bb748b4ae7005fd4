//! Page furniture: page numbers (`- 3 -`, `第3页`) and heads and feet that come again on other pages.

use super::Sheet;
use super::line::Line;
use crate::document::outline::label;
use std::collections::HashMap;

/// Share of the page's height in which heads stand.
const HEAD: f32 = 0.12;
/// Share of the page's height above which no feet stand.
const FOOT: f32 = 0.86;
/// Lines looked at on either edge of a page.
const LINES: usize = 3;

/// Marks the lines of each page that are no part of the running text.
pub(super) fn mark(sheets: &mut [Sheet]) {
    let edges: Vec<Vec<usize>> = sheets.iter().map(edges).collect();
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    for (sheet, edges) in sheets.iter().zip(&edges) {
        for index in edges {
            if let Some(line) = sheet.line(*index) {
                for place in places(line) {
                    *seen.entry((key(line), place)).or_default() += 1;
                }
            }
        }
    }
    let pages = sheets.len();
    for (sheet, edges) in sheets.iter_mut().zip(edges) {
        for index in edges {
            let Some(line) = sheet.line(index) else { continue };
            let often =
                places(line).iter().filter_map(|at| seen.get(&(key(line), *at)).copied()).max();
            let often = often.unwrap_or(0);
            let text = line.text.trim();
            let named =
                text.ends_with(['表', '。']) || text.contains(['：', ':']) || is_table_number(text);
            let running = often >= 3
                && often * 3 >= pages
                && !named
                && !key(line).is_empty()
                && label::parse(text).is_none();
            let numbered = is_page_number(text)
                && (line.bottom() > FOOT * sheet.height || line.bottom() < 0.07 * sheet.height);
            if running || numbered {
                sheet.elements[index].furniture = true;
            }
        }
    }
}

/// The lines on either edge of a page.
fn edges(sheet: &Sheet) -> Vec<usize> {
    let lines = || (0..sheet.elements.len()).filter(|index| sheet.line(*index).is_some());
    let within = |index: &usize, test: fn(&Line, f32) -> bool| {
        sheet.line(*index).is_some_and(|line| test(line, sheet.height))
    };
    let mut found: Vec<usize> = lines()
        .filter(|index| within(index, |line, height| line.top() < HEAD * height))
        .take(LINES)
        .collect();
    let feet =
        lines().rev().filter(|index| within(index, |line, height| line.bottom() > FOOT * height));
    found.extend(feet.take(LINES));
    found.sort_unstable();
    found.dedup();
    found
}

/// Where a line stands, as two overlapping bands of height, so that neighbours share one.
fn places(line: &Line) -> [i32; 2] {
    let at = line.bottom();
    [(at / 8.0).floor() as i32 * 2, ((at + 4.0) / 8.0).floor() as i32 * 2 + 1]
}

/// A line without blanks and without the page number at its end, to recognise it on other pages.
fn key(line: &Line) -> String {
    let bare: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
    bare.trim_end_matches(|c: char| c.is_ascii_digit() || "-—－–第页共/".contains(c)).to_string()
}

/// `表2`, `附表 3`, `公开03表`: a different table on each page.
pub(super) fn is_table_number(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = bare.trim_start_matches("公开").trim_start_matches("预算").trim_start_matches('附');
    let number = rest.trim_start_matches('表').trim_end_matches('表');
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十-".contains(c);
    rest.len() > number.len()
        && (1..=5).contains(&number.chars().count())
        && number.chars().all(digit)
}

/// `- 3 -`, `12`, `第 3 页 共 9 页`, `3/20`
fn is_page_number(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "-—－–―─·~～第共页/".contains(c));
    let digits = text.chars().filter(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count();
    (1..=6).contains(&digits)
        && text.chars().all(|c| {
            c.is_ascii_digit()
                || ('０'..='９').contains(&c)
                || c.is_whitespace()
                || "页共第/，,-".contains(c)
        })
        && text.split(|c: char| !c.is_ascii_digit()).all(|number| number.len() <= 3)
}
