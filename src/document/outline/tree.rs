//! Headings as a tree, even when their numbering mixes `1、` and `二、`.

use super::label::Style;
use super::{Heading, root};
use crate::document::{BlockKind, Document, Section, SectionId, Span};

/// Fills `sections` and each block's section.
pub(super) fn build(document: &mut Document, headings: &[Heading]) {
    let levels = levels(headings);
    let mut sections = vec![root(document)];
    let mut open: Vec<SectionId> = vec![0];
    let mut next = 0;
    for at in 0..document.blocks.len() {
        if let Some(heading) = headings.get(next).filter(|heading| heading.block == at) {
            let level = levels[next];
            next += 1;
            let start = document.blocks[at].span.start;
            while open.len() > 1 && sections[open[open.len() - 1] as usize].level >= level {
                close(&mut sections, &mut open, start);
            }
            let parent = open.last().copied();
            open.push(sections.len() as SectionId);
            sections.push(section(document, heading, level, parent));
            for block in &mut document.blocks[at..(at + heading.blocks)] {
                if block.kind == BlockKind::Paragraph {
                    block.kind = BlockKind::Heading;
                }
            }
        }
        document.blocks[at].section = open.last().copied().unwrap_or(0);
    }
    let end = document.text.len() as u32;
    while open.len() > 1 {
        close(&mut sections, &mut open, end);
    }
    document.sections = sections;
}

fn close(sections: &mut [Section], open: &mut Vec<SectionId>, end: u32) {
    if let Some(id) = open.pop() {
        sections[id as usize].extent.end = end;
    }
}

fn section(
    document: &Document,
    heading: &Heading,
    level: u8,
    parent: Option<SectionId>,
) -> Section {
    let blocks = &document.blocks[heading.block..heading.block + heading.blocks];
    let first = blocks[0].span;
    let texts = blocks.iter().filter(|block| block.kind != BlockKind::Furniture);
    let end = texts.clone().map(|block| block.span.end).max().unwrap_or(first.end);
    let (name, title_at) = heading.label.map_or((0, 0), |label| (label.name, label.title));
    let head = document.slice(first);
    let mut title = head[title_at.min(head.len())..].to_string();
    for block in texts.skip(1) {
        title.push_str(document.slice(block.span));
    }
    Section {
        parent,
        level,
        label: head[..name.min(head.len())].trim().to_string(),
        title: title.trim().trim_end_matches(['。', '：', ':', ' ']).to_string(),
        span: Span { start: first.start, end },
        extent: Span { start: first.start, end },
    }
}

/// The depth of each heading: that of its label, unless it carries on a row of another style.
///
/// Automatic numbering lost in a conversion leaves `1、 2、 3、` before a `四、`; all four are of one depth.
fn levels(headings: &[Heading]) -> Vec<u8> {
    let mut levels: Vec<u8> = headings.iter().map(|heading| heading.level).collect();
    for (han, arabic) in [(Style::Han, Style::Arabic), (Style::HanRound, Style::ArabicRound)] {
        promote(headings, &mut levels, han, arabic);
    }
    levels
}

/// Lifts `arabic` headings that stand in the row of `han` headings.
fn promote(headings: &[Heading], levels: &mut [u8], han: Style, arabic: Style) {
    let (mut outer, mut inner) = (0, 0); // ordinals last seen in the outer and the inner row
    for at in 0..headings.len() {
        let Some(label) = headings[at].label else {
            if levels[at] <= han.level() {
                (outer, inner) = (0, 0);
            }
            continue;
        };
        if levels[at] < han.level() {
            (outer, inner) = (0, 0);
        } else if label.style == han {
            (outer, inner) = (label.ordinal, 0);
        } else if label.style == arabic {
            let goes_on = label.ordinal == outer + 1 && inner + 1 != label.ordinal && outer > 0;
            let starts =
                label.ordinal == 1 && outer == 0 && inner == 0 && leads(headings, at, han, arabic);
            if goes_on || starts {
                levels[at] = han.level();
                (outer, inner) = (label.ordinal, 0);
            } else {
                inner = label.ordinal;
            }
        }
    }
}

/// Whether the row `1、 2、 …` that starts at `at` is carried on by a heading of style `han`.
fn leads(headings: &[Heading], at: usize, han: Style, arabic: Style) -> bool {
    let mut expected = 2;
    for heading in headings[at + 1..].iter().take(60) {
        let Some(label) = heading.label else { return false };
        if label.style < han {
            return false;
        }
        if label.style == han {
            return label.ordinal == expected;
        }
        if label.style == arabic {
            if label.ordinal != expected {
                return false;
            }
            expected += 1;
        }
    }
    false
}
