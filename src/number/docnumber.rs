//! Document numbers (文号): `川财建〔2024〕323号` and misprinted forms such as `[2024]323号`, `2024]323号`.

use super::quantity::{blanks, is_han};

/// A document number inside a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// First byte in the text (the issuer's).
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pub issuer: String,
    pub year: i32,
    pub serial: String,
}

const OPEN: [char; 10] = ['〔', '﹝', '[', '［', '【', '（', '(', '〈', '{', '「'];
const CLOSE: [char; 10] = ['〕', '﹞', ']', '］', '】', '）', ')', '〉', '}', '」'];
const LEADS: [&str; 22] = [
    "根据", "按照", "依据", "依照", "参照", "以及", "和", "与", "及", "由", "文件", "通知", "印发",
    "下达", "文号", "见", "经", "按", "之", "的", "为", "对",
];

/// Reads a document number whose year starts at `at`; `from` is the first byte that is free.
pub(super) fn found(text: &str, from: usize, at: usize) -> Option<Found> {
    let rest = text.get(at..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 {
        return None;
    }
    let year: i32 = rest[..4].parse().ok().filter(|year| (1949..=2100).contains(year))?;
    let mut end = 4 + blanks(&rest[4..]);
    let closing = rest[end..].chars().next().filter(|c| CLOSE.contains(c));
    end += closing.map_or(0, char::len_utf8);
    let before = text[from..at].trim_end_matches([' ', '\u{3000}']);
    let opening = before.chars().next_back().filter(|c| OPEN.contains(c));
    if closing.is_none() && opening.is_none() {
        return None;
    }
    end += blanks(&rest[end..]);
    end += if rest[end..].starts_with('第') { 3 } else { 0 };
    let serial = rest[end..].bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=6).contains(&serial) {
        return None;
    }
    let serial_start = end;
    end += serial;
    let serial_end = end;
    let formal = matches!((opening, closing), (Some('〔' | '﹝'), Some('〕' | '﹞')));
    let number = end + blanks(&rest[end..]);
    if rest[number..].starts_with('号') {
        end = number + 3;
    } else if !formal {
        return None;
    }
    let before = before.strip_suffix(OPEN).unwrap_or(before).trim_end_matches([' ', '\u{3000}']);
    let mut issuer_start = before.len();
    for (index, c) in before.char_indices().rev().take(14) {
        if !is_han(c) {
            break;
        }
        issuer_start = index;
    }
    let mut issuer = &before[issuer_start..];
    if let Some(cut) = LEADS.iter().filter_map(|word| Some(issuer.rfind(word)? + word.len())).max()
        && cut < issuer.len()
    {
        issuer = &issuer[cut..];
        issuer_start += cut;
    }
    let (mut start, mut name) = (from + issuer_start, issuer.to_owned());
    if issuer.is_empty() {
        let bracket = opening.map_or(0, char::len_utf8);
        start = from + before.len() + text[from + before.len()..at].find(OPEN).unwrap_or(0);
        start = if bracket == 0 { at } else { start };
        name.clear();
    }
    let serial = rest[serial_start..serial_end].to_owned();
    Some(Found { start, end: at + end, issuer: name, year, serial })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn show(text: &str) -> String {
        let at = text.find("20").unwrap();
        match found(text, 0, at) {
            Some(f) => format!("{:?}: {} {} {}", &text[f.start..f.end], f.issuer, f.year, f.serial),
            None => "none".into(),
        }
    }

    #[test]
    fn document_numbers_in_every_bracket() {
        insta::assert_snapshot!(show("《关于拨款的通知》（川财建〔2024〕323号）"), @r#""川财建〔2024〕323号": 川财建 2024 323"#);
        insta::assert_snapshot!(show("根据川财建[2024]323号文件"), @r#""川财建[2024]323号": 川财建 2024 323"#);
        insta::assert_snapshot!(show("川财建【2022】 4号"), @r#""川财建【2022】 4号": 川财建 2022 4"#);
        insta::assert_snapshot!(show("川财建2024]323号"), @r#""川财建2024]323号": 川财建 2024 323"#);
        insta::assert_snapshot!(show("川财建（2024）323号"), @r#""川财建（2024）323号": 川财建 2024 323"#);
        insta::assert_snapshot!(show("（2024）年"), @"none");
        insta::assert_snapshot!(show("安居2024年"), @"none");
    }
}
