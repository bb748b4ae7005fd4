//! Paragraphs taken apart before anybody asks what they mean: the numbers lifted out, the clauses, the phrases in each.

use super::edges::ends_open;
use crate::document::{Block, BlockKind, Document};
use crate::fact::label::strip_list_label;
use crate::number::{Kind, Number, NumberId};
use crate::phrase::{Clause, Lifted, Match, grammar, lift};
use std::ops::Range;

/// A paragraph or heading.
pub(super) struct Paragraph<'r> {
    pub(super) block: &'r Block,
    pub(super) text: &'r str,
    /// Its numbers.
    pub(super) ids: Range<NumberId>,
    /// Whether it leaves a list open.
    pub(super) opens: bool,
    /// Its code, if it holds nothing else: `1、…支出（类）水利（款）行政运行（项）。`
    pub(super) only_code: Option<NumberId>,
    /// What it says; `None` if that is nothing.
    pub(super) said: Option<Said>,
}

/// The words of a paragraph.
pub(super) struct Said {
    pub(super) lifted: Lifted,
    pub(super) clauses: Vec<(Clause, Vec<Match>)>,
}

/// All paragraphs and headings in reading order.
pub(super) fn paragraphs<'r>(
    document: &'r Document,
    numbers: &'r [Number],
) -> impl Iterator<Item = Paragraph<'r>> {
    let mut next = 0;
    document.blocks.iter().filter_map(move |block| {
        let until = |next: usize, end: u32| {
            next + numbers[next..].iter().take_while(|number| number.span.start < end).count()
        };
        let first = until(next, block.span.start);
        next = until(first, block.span.end);
        let text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
        text.then(|| paragraph(document, numbers, block, first as NumberId..next as NumberId))
    })
}

fn paragraph<'r>(
    document: &'r Document,
    numbers: &[Number],
    block: &'r Block,
    ids: Range<NumberId>,
) -> Paragraph<'r> {
    let text = document.slice(block.span);
    let opens = ends_open(text);
    let only_code = only_code(block, text, numbers, ids.clone());
    let speaks = !ids.is_empty() || opens || text.contains(['平', '算', '无', '未', '没']);
    let said = (speaks && only_code.is_none()).then(|| {
        let lifted = lift(text, block.span, numbers, ids.clone());
        let words = |clause: Clause| &lifted.text[clause.start..clause.end];
        let clauses = lifted.clauses().into_iter();
        let clauses = clauses.map(|clause| (clause, grammar().matches(words(clause)))).collect();
        Said { lifted, clauses }
    });
    Paragraph { block, text, ids, opens, only_code, said }
}

fn only_code(
    block: &Block,
    text: &str,
    numbers: &[Number],
    ids: Range<NumberId>,
) -> Option<NumberId> {
    let [code] = &numbers[ids.start as usize..ids.end as usize] else { return None };
    let start = (code.span.start - block.span.start) as usize;
    let after = text.get(start + (code.span.end - code.span.start) as usize..)?;
    let labelled = strip_list_label(text.get(..start)?).trim().is_empty();
    let alone = after.trim_matches(['。', '：', ':', '；', '，', ' ', '　']).is_empty();
    (code.kind == Kind::Code && labelled && alone).then_some(ids.start)
}

impl Said {
    /// Whether a paragraph only goes on with the one before it: 较2022年度决算数增加3万元 on a line of its own.
    pub(super) fn goes_on_comparing(&self) -> bool {
        let compares = self.lifted.text.starts_with(['较', '比', '与', '同']);
        let first = self.clauses.first().and_then(|(_, matches)| matches.first());
        compares && first.is_some_and(|own| own.range.start == 0 && own.group("base").is_some())
    }
}
