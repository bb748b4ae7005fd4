//! The indicators of an evaluation report as its paragraphs number them: `（一）项目决策情况`, under it `1.立项依据充分性（满分3分，
//! 得3分）`, whether they are headings or run on in text.

use super::levels::core;
use super::points::Points;
use crate::Report;
use crate::document::{BlockId, BlockKind, Document};
use crate::fact::label::strip_list_label;

/// An item of the outline.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// How deep its label stands: 一、 before （一） before 1. before （1）.
    depth: u8,
    /// The item around it.
    pub parent: Option<usize>,
    /// What tells it apart: `决策` of `（一）项目决策情况`.
    pub title: String,
    /// Its points.
    pub own: Option<Points>,
    /// Whether the points are put together from two places.
    pub joined: bool,
    /// Indicators in its text that have no label.
    pub leaves: Vec<Points>,
}

/// The items that hold points, and those around them.
pub(super) fn outline(report: &Report, said: &[(BlockId, Vec<Points>)]) -> Vec<Item> {
    let document = &report.document;
    let mut items = vec![Item::default()];
    let mut open = 0;
    let mut said = said.iter().peekable();
    for (id, block) in document.blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            continue;
        }
        let text = document.slice(block.span).trim_start();
        let depth = depth(text);
        if let Some(depth) = depth {
            while items[open].depth >= depth && open != 0 {
                open = items[open].parent.unwrap_or(0);
            }
            let title = title(text);
            items.push(Item { depth, parent: Some(open), title, ..Item::default() });
            open = items.len() - 1;
        }
        if let Some((_, groups)) = said.next_if(|(own, _)| *own as usize == id) {
            items[open].take(groups, depth.is_some());
        }
        if said.peek().is_none() {
            break;
        }
    }
    items
}

impl Item {
    fn take(&mut self, groups: &[Points], labelled: bool) {
        let Some((first, rest)) = groups.split_first() else { return };
        if first.whole {
            return;
        }
        let nameless = first.name.is_empty() || first.name == self.title;
        match &mut self.own {
            None if nameless || labelled => self.own = Some(first.clone()),
            // 立项依据（4分）, and at the end of its text: 得4分.
            Some(own) if nameless && own.won.is_none() && first.had.is_none() => {
                (own.won, own.rate) = (first.won, first.rate);
                own.lost.extend(&first.lost);
                self.joined = true;
            }
            Some(_) if nameless => {}
            _ if rest.is_empty() => self.leaves.push(first.clone()),
            _ => {}
        }
        let own = self.own.as_mut().filter(|own| own.won.is_none());
        if let (Some(own), [next]) = (own, rest)
            && next.name.is_empty()
            && next.had.is_none()
        {
            (own.won, own.rate) = (next.won, next.rate);
            own.lost.extend(&next.lost);
            self.joined = true;
        }
    }
}

/// How deep a label stands, `None` for a paragraph without one.
fn depth(text: &str) -> Option<u8> {
    let han = |c: char| "一二三四五六七八九十".contains(c);
    let first = text.chars().next()?;
    let bracket = text.strip_prefix(['（', '(']);
    let inner = bracket.unwrap_or(text);
    let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let numerals = inner.trim_start_matches(han);
    let closes = |rest: &str| rest.starts_with(['）', ')']);
    match first {
        '①'..='⑳' => Some(6),
        '第' => text.chars().take(6).any(|c| c == '部').then_some(1),
        _ if bracket.is_some() => {
            match (numerals.len() < inner.len(), digits.len() < inner.len()) {
                (true, _) => closes(numerals).then_some(3),
                (_, true) => closes(digits).then_some(5),
                _ => None,
            }
        }
        _ if numerals.len() < text.len() => numerals.starts_with(['、', '.', '．']).then_some(2),
        _ if digits.len() < text.len() => {
            let labelled = text.len() - digits.len() < 3 && digits.starts_with(['、', '.', '．']);
            let decimal = digits.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
            (labelled && !decimal).then_some(4)
        }
        _ => None,
    }
}

/// What tells an item apart.
fn title(text: &str) -> String {
    let title = strip_list_label(text);
    core(title.split(['。', '（', '(', '，', '：', ':', '；']).next().unwrap_or(title))
}

/// The title of the item a paragraph stands under, for a message.
pub(super) fn above(document: &Document, id: BlockId) -> String {
    let blocks = document.blocks[..=id as usize].iter().rev().take(30);
    let mut texts = blocks.map(|block| document.slice(block.span).trim_start());
    texts.find(|text| depth(text).is_some()).map(title).unwrap_or_default()
}
