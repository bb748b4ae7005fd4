//! Titles, numbers, units and notes of tables: `收入支出决算总表`, `公开01表`, `金额单位：万元`, `注：…`.

use super::{header, label};
use crate::document::{BlockKind, Document, Span};
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// Number of a table as printed: `公开01表`, `财决批复02表`, `预算01表`, `表1`, `附表2`.
static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r"(?:公开|财决公开|财决批复|财决|批复|预算公开|预算|部门预算|部门公开)\s?\d{1,2}(?:-\d+)?\s?表",
        r"|(?:附表|表)\s?(?:\d{1,2}(?:-\d+)?|[一二三四五六七八九十]{1,3})",
        r"|预?决?算?\d{2}-\d表",
    ))
});

/// `金额单位：万元`
static UNIT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(r"(?:单位|金额)\s*[：:]?\s*[（(]?(?:人民币)?[：:]?\s*(亿元|百万元|万元|千元|元)")
});

/// `部门：青云县档案局`
static AGENCY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:部门|单位|编制单位|填报单位|部门名称|单位名称|编制部门|预算单位|填报部门)(?:[（(][^）)]{0,8}[）)])?[：:]",
    )
});

/// Attaches to each table the lines around it.
pub(super) fn attach(document: &mut Document) {
    for id in 0..document.tables.len() {
        let around = around(document, id);
        let table = &mut document.tables[id];
        table.title = around.title;
        table.number = around.number;
        table.unit = around.unit;
        table.above = around.above;
        table.notes = around.notes;
        let inside = header::read(document, id);
        let table = &mut document.tables[id];
        table.title = table.title.or(inside.title);
        table.number = table.number.or(inside.number);
        table.unit = table.unit.take().or(inside.unit);
        table.above.extend(inside.above);
        if table.header_rows == 0 {
            table.header_rows = inside.rows;
        } else {
            table.header_rows = table.header_rows.max(inside.titles);
        }
    }
}

/// What was found around a table.
#[derive(Default)]
pub(super) struct Found {
    pub(super) title: Option<Span>,
    pub(super) number: Option<Span>,
    pub(super) unit: Option<String>,
    pub(super) above: Vec<Span>,
    pub(super) notes: Vec<Span>,
}

fn around(document: &Document, id: usize) -> Found {
    let mut found = Found::default();
    let block = document.tables[id].block as usize;
    let mut headed = false;
    for at in (block.saturating_sub(8)..block).rev() {
        let (kind, span) = (document.blocks[at].kind, document.blocks[at].span);
        match kind {
            BlockKind::Furniture => continue,
            BlockKind::Paragraph | BlockKind::Heading if found.above.len() < 5 => {}
            _ => break,
        }
        let before = (found.title, found.number, found.unit.is_some());
        if !line(document, span, &mut found) {
            // 财政拨款“三公”经费 over all columns, under the title and the unit.
            if !headed && at + 1 == block && is_header(document.slice(span)) {
                headed = true;
                continue;
            }
            break;
        }
        if before != (found.title, found.number, found.unit.is_some())
            || kind == BlockKind::Paragraph
        {
            found.above.insert(0, span);
        }
        if kind == BlockKind::Heading && found.title.is_some() {
            break;
        }
    }
    for block in document.blocks[block + 1..].iter().take(6) {
        let text = document.slice(block.span);
        match block.kind {
            BlockKind::Furniture => continue,
            BlockKind::Paragraph if is_note(text, !found.notes.is_empty()) => {
                found.notes.push(block.span)
            }
            _ => break,
        }
    }
    found
}

/// Whether a line right above a grid may be its first row, a heading of all columns.
fn is_header(text: &str) -> bool {
    let length = text.chars().count();
    (2..=16).contains(&length)
        && !text.contains(['。', '；', '，', '：', ':'])
        && !text.chars().any(|c| c.is_ascii_digit())
        && label::parse(text).is_none()
}

/// Reads a line above a table (or a cell in its first rows); whether it belongs to the table.
pub(super) fn line(document: &Document, span: Span, found: &mut Found) -> bool {
    let text = document.slice(span);
    if text.chars().count() > 80 || text.contains(['。', '；']) {
        return false;
    }
    let mut belongs = false;
    let mut used: Vec<std::ops::Range<usize>> = vec![];
    if let Some(unit) = UNIT.captures(text).and_then(|captures| captures.get(1)) {
        belongs = true;
        found.unit.get_or_insert_with(|| text[unit].to_string());
    }
    if AGENCY.is_match(text) {
        belongs = true;
    }
    if let Some(number) = NUMBER.find(text)
        && stands_alone(text, number.clone())
    {
        belongs = true;
        used.push(number.clone());
        found.number.get_or_insert(at(span, number));
    }
    if found.title.is_none()
        && let Some(title) = title(text, &used)
    {
        found.title = Some(at(span, title));
        return true;
    }
    belongs || matches!(text.trim_end_matches(['：', ':']), "附表" | "附件")
}

/// A number that is a word of its own: at the start, or closed by a blank or the end.
fn stands_alone(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let open = |c: Option<char>| {
        c.is_none_or(|c| matches!(c, ' ' | '：' | ':' | '（' | '(' | '）' | ')' | '.'))
    };
    open(before) || (before.is_some() && open(after) && text[range.clone()].ends_with('表'))
}

/// The title in a line: words that end with 表.
fn title(text: &str, used: &[std::ops::Range<usize>]) -> Option<std::ops::Range<usize>> {
    let mut start = label::parse(text).map_or(0, |label| label.title);
    let mut end = text.len();
    for range in used {
        if range.start <= start {
            start = start.max(range.end);
        } else {
            end = end.min(range.start);
        }
    }
    if start >= end {
        return None;
    }
    for mark in [UNIT.find(&text[start..end]), AGENCY.find(&text[start..end])].into_iter().flatten()
    {
        end = end.min(start + mark.start);
    }
    let rest = text[start..end].trim_end_matches(['（', '(', ' ', '金', '额']);
    end = start + rest.len();
    let named = rest.strip_prefix("附表").or_else(|| rest.strip_prefix("附件")).unwrap_or(rest);
    let named = if named.starts_with(['：', ':', ' ']) { named } else { rest };
    start = end - named.trim_start_matches(['：', ':', '、', '.', ' ', '-']).len();
    let words = &text[start.min(end)..end];
    let core = words.trim_end_matches(['）', ')', '〉', '》', '”']);
    let core = core.rsplit_once(['（', '(']).map_or(core, |(before, inside)| {
        if inside.contains('表') || inside.chars().count() > 20 { core } else { before }
    });
    let long = words.chars().count() >= 4 && words.chars().count() <= 60;
    let ends = core.ends_with('表')
        || core.ends_with("一览")
        || core.ends_with("明细")
        || core.ends_with("表续");
    (long && ends && !words.contains(['，', '：'])).then_some(start..end)
}

fn at(span: Span, range: std::ops::Range<usize>) -> Span {
    Span { start: span.start + range.start as u32, end: span.start + range.end as u32 }
}

/// `注：本表反映…`; after one note, numbered lines go on with it.
fn is_note(text: &str, goes_on: bool) -> bool {
    let opens = [
        "注：",
        "注:",
        "注 ",
        "备注",
        "说明：",
        "说明:",
        "附注",
        "注1",
        "注2",
        "（注",
        "本表",
        "*",
        "※",
    ];
    opens.iter().any(|word| text.starts_with(word))
        || goes_on && text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().count() > 8
}
