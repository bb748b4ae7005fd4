//! What evaluation reports say in sentences: points that could be had, were won and lost; what was planned, what was done,
//! and the rate of both: `该指标分值6分，扣1分，得5分`, `计划培训500人次，实际培训520人次，完成率104%`.

mod done;
mod levels;
mod merged;
mod money;
mod outline;
mod points;
mod sheet;

use super::{Claim, Ground, Relation};
use crate::Report;
use crate::document::{Block, BlockKind, Span};
use crate::number::{Home, Kind, Number, NumberId};
use crate::relation::evaluate::Figures;
use std::collections::HashSet;

/// What the sentences of evaluation reports claim, beyond what is `said` already.
pub fn relate(report: &Report, said: &[Relation]) -> Vec<Relation> {
    let mut relations = Vec::new();
    let percent = |relation: &Relation| match relation.claim {
        Claim::Share { percent, .. } => Some(percent.number),
        _ => None,
    };
    let said: HashSet<NumberId> = said.iter().filter_map(percent).collect();
    let reckoned = Figures::new(&report.numbers);
    let mut levels = Vec::new();
    let mut from = 0;
    for own in report.numbers.chunk_by(|one, other| one.home == other.home) {
        let first = from;
        from += own.len();
        let telling = own.iter().any(|number| matches!(number.kind, Kind::Score | Kind::Percent));
        let Home::Block(id) = own[0].home else { continue };
        let block = &report.document.blocks[id as usize];
        let amounts = own.iter().filter(|number| number.kind == Kind::Amount).count();
        if !telling && amounts < 3
            || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
        {
            continue;
        }
        let figures = figures(report, block, own, first as NumberId);
        done::relate(report, &figures, &reckoned, &said, &mut relations);
        money::relate(report, &figures, &reckoned, &mut relations);
        if own.iter().any(|number| number.kind == Kind::Score) {
            let groups = points::read(report, &figures);
            points::relate(report, &groups, &mut relations);
            levels.extend((!groups.is_empty()).then_some((id, groups)));
        }
    }
    let sheets = sheet::read(report, &reckoned, &mut relations);
    for sheet in &sheets {
        points::relate(report, &sheet.lines, &mut relations);
        points::relate(report, sheet.total.as_slice(), &mut relations);
    }
    if !levels.is_empty() || !sheets.is_empty() {
        levels::relate(report, &levels, &sheets, &mut relations);
    }
    relations
}

/// Figures further apart than this are in different places.
const FAR: u32 = 600;

/// A figure of a paragraph with the words before it.
struct Figure<'r> {
    id: NumberId,
    number: &'r Number,
    /// From the figure before it, or the start of the paragraph.
    lead: &'r str,
    /// Which of the parts of the paragraph that `。` and `；` set apart.
    part: usize,
}

fn figures<'r>(
    report: &'r Report,
    block: &Block,
    own: &'r [Number],
    first: NumberId,
) -> Vec<Figure<'r>> {
    let (mut at, mut part) = (block.span.start, 0);
    let one = |(index, number): (usize, &'r Number)| {
        let lead = report.document.slice(Span { start: at.min(number.span.start), ..number.span });
        let lead = &lead[..lead.len() - (number.span.end - number.span.start) as usize];
        part += lead.matches(['。', '；', ';', '\n']).count();
        at = number.span.end;
        Figure { id: first + index as NumberId, number, lead, part }
    };
    own.iter().enumerate().map(one).collect()
}

impl<'r> Figure<'r> {
    /// The words right before the figure: those after the last mark, without `为`, `是` and `：`.
    fn clause(&self) -> &'r str {
        let lead = self.lead.trim_end();
        let words =
            lead.trim_end_matches(['为', '是', '：', ':', '达', '到', '共', '约', ' ', '了']);
        let marks = ['，', ',', '。', '；', ';', '：', ':', '（', '(', '）', ')', '、', '\n'];
        words.rsplit(marks).next().unwrap_or("").trim_matches(['“', '”', '"', ' ', '　'])
    }

    /// What stands before the clause in its sentence, where a colon or bracket opens the clause: `立项依据充分性` of
    /// `1.立项依据充分性：权重2分`, `立项依据充分性（满分3分`.
    fn head(&self) -> &'r str {
        let Some((head, _)) =
            self.lead.trim_end_matches(['：', ':']).rsplit_once(['：', ':', '（', '('])
        else {
            return "";
        };
        head.rsplit(['，', ',', '。', '；', ';', '\n', '）', ')']).next().unwrap_or("").trim()
    }

    /// Whether the figure stands in brackets after the name of an item: `1.预算完成率（8分）`.
    fn opens_item(&self) -> bool {
        let label = crate::fact::label::strip_list_label(self.lead);
        let name = label.strip_suffix(['（', '(']).filter(|_| label.len() < self.lead.len());
        self.part == 0 && name.is_some_and(|name| name.chars().count() > 1)
    }

    /// Whether the figure is one that can be reckoned with.
    fn is_plain(&self) -> bool {
        self.number.approximate.is_none() && self.number.value().is_some()
    }
}

/// A claim that stands where its figures do, or its first one does where they are far apart.
fn relation(report: &Report, claim: Claim, check: &'static str, label: &str) -> Relation {
    let terms = claim.terms();
    let spans = || terms.iter().map(|term| report.numbers[term.number as usize].span);
    let all =
        |all: Span, own: Span| Span { start: all.start.min(own.start), end: all.end.max(own.end) };
    let near = |span: &Span| span.end - span.start < FAR;
    let at = spans().reduce(all).filter(near).or_else(|| spans().next()).unwrap_or_default();
    let label = label.to_owned();
    Relation { claim, check, ground: Ground::Sentence, at, label }
}
