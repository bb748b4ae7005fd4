//! The narrative: sentences to facts, clause by clause, keeping whose base, whose whole and which year.

mod clause;
mod counted;
mod edges;
mod find;
mod level;
mod list;
mod nothing;
mod paragraph;
mod run;
mod said;
mod scope;
mod section;
mod wording;

pub use wording::{Binding, Wording, binding, wordings};

use super::label::{Context, Label};
use super::whole::Sought;
use super::{Basis, Completeness, FactId, Facts, Fund, Listing, indicators};
use crate::Report;
use crate::document::{Block, ReportKind, SectionId, Span};
use crate::number::{Kind, NumberId};
use crate::phrase::{Delimiter, Lifted};
use edges::{Style, list_label};
use paragraph::{Paragraph, paragraphs};
use scope::Scope;

/// Reads all paragraphs; shares whose whole is named but not printed here are listed apart.
pub(super) fn bind(report: &Report) -> (Facts, Vec<Sought>) {
    let document = &report.document;
    let agency = document.report.agency.as_deref().map(indicators::normal);
    let mut narrator = Narrator {
        report,
        context: Context {
            numbers: &report.numbers,
            agency: agency.as_deref(),
            year: document.report.year,
        },
        basis: match document.report.kind {
            ReportKind::Budget => Basis::Budget,
            _ => Basis::Final,
        },
        facts: Facts::default(),
        open: None,
        sections: Vec::new(),
        running: None,
        lead: None,
        before: None,
        sought: Vec::new(),
        headed: None,
        governments: false,
    };
    (narrator.sections, narrator.governments) = section::sections(report);
    paragraphs(document, &report.numbers).for_each(|paragraph| narrator.paragraph(paragraph));
    (narrator.facts, narrator.sought)
}

/// A list that goes on in the numbered paragraphs that follow.
struct Open {
    list: usize,
    section: SectionId,
    style: Option<Style>,
    next: u32,
    /// Whether an item without a label went before and goes on.
    plain: bool,
}

/// An item's code in a paragraph of its own; its figures follow in the next.
struct Headed {
    section: SectionId,
    code: NumberId,
    item: Option<usize>,
}

/// Money named by a paragraph, for the numbered paragraphs under it.
struct Running {
    section: SectionId,
    fund: Fund,
    /// How the paragraph and the lists that began under it are labelled.
    own: Option<Style>,
    under: Vec<Style>,
}

struct Narrator<'r> {
    report: &'r Report,
    context: Context<'r>,
    basis: Basis,
    facts: Facts,
    open: Option<Open>,
    sections: Vec<section::Inherited>,
    /// The money the paragraphs of this section last named, for the items that follow.
    running: Option<Running>,
    /// What the last paragraph that is about one figure is about, and its section.
    lead: Option<(SectionId, FactId)>,
    /// What the paragraph before spoke of at its end, and its section.
    before: Option<(SectionId, FactId)>,
    /// Shares of wholes that the narrative names and does not print.
    sought: Vec<Sought>,
    /// The item whose figures follow.
    headed: Option<Headed>,
    /// Whether the report tells of several governments.
    governments: bool,
}

impl Narrator<'_> {
    fn paragraph(&mut self, paragraph: Paragraph<'_>) {
        let Paragraph { block, text, ids, opens, only_code, said } = paragraph;
        let figures = self.report.numbers[ids.start as usize..ids.end as usize]
            .iter()
            .any(|number| number.kind == Kind::Amount);
        let mut item = self.item(block, text, figures);
        let headed = self.headed.take().filter(|own| own.section == block.section);
        if let Some(code) = only_code {
            self.headed = Some(Headed { section: block.section, code, item });
            return;
        }
        let Some(said) = said else { return };
        if headed.is_none() {
            self.run(block, text, ids, opens);
        }
        let lifted = &said.lifted;
        let section = self.sections.get(block.section as usize);
        let mut heading =
            section.and_then(|own| own.label(self.report, block.section, self.context));
        if let Some(own) = headed.filter(|_| figures && !self.opens_with_code(block, text)) {
            heading = Some(Label { code: Some(own.code), ..Label::default() });
            item = own.item.or(item);
        }
        let first_fact = self.facts.facts.len();
        let mut scope = Scope::new(block, heading, first_fact);
        scope.subject = self.before.take().filter(|(of, _)| *of == block.section).map(|own| own.1);
        scope.subject = scope.subject.filter(|_| said.goes_on_comparing());
        scope.item = item.map(|list| (list, first_fact));
        scope.elsewhen = self.is_elsewhen(lifted);
        scope.runs = run::runs(lifted, |id| self.report.numbers[id as usize].kind);
        for (clause, matches) in &said.clauses {
            self.clause(lifted, *clause, matches, &mut scope);
            match clause.then {
                Delimiter::Stop => scope.stop(&self.facts),
                Delimiter::Semicolon => scope.semicolon(&self.facts),
                Delimiter::Open => scope.open(&self.facts),
                Delimiter::Close => scope.close(),
                Delimiter::Comma | Delimiter::Colon => {}
            }
        }
        self.before = scope.about().map(|about| (block.section, about));
        if let Some(lead) = self.lead_of(first_fact).filter(|lead| self.is_total(*lead)) {
            self.lead = Some((block.section, lead));
        }
        if let Some(list) = item
            && let Some(part) = self.first_level(first_fact)
        {
            self.facts.lists[list].parts.push(part);
        }
        if opens && let Some(whole) = scope.opener_subject(&self.facts) {
            let opener = text.trim_end_matches(['：', ':', '。', '，']);
            let exact = opener.ends_with("包括") && !opener.ends_with("主要包括");
            self.facts.lists.push(Listing {
                whole,
                parts: Vec::new(),
                completeness: if exact { Completeness::Exact } else { Completeness::AtMost },
                itemised: true,
                nested: false,
                at: Span { start: self.fact_span(whole).start, end: block.span.end },
            });
            self.open = Some(Open {
                list: self.facts.lists.len() - 1,
                section: block.section,
                style: None,
                next: 1,
                plain: false,
            });
        }
    }

    /// Whether a paragraph begins with a year that is not the report's, which it never says.
    fn is_elsewhen(&self, lifted: &Lifted) -> bool {
        let year = |id: NumberId| {
            let period = self.report.numbers[id as usize].period()?;
            Some(period.to.0).filter(|year| *year > 0)
        };
        let Some(own) = self.context.year else { return false };
        let head = lifted.numbers.first().filter(|(at, _)| *at == 0);
        head.is_some_and(|(_, id)| year(*id).is_some_and(|year| year != own))
            && lifted.numbers.iter().all(|(_, id)| year(*id) != Some(own))
            && !["本年", "当年", "今年"].iter().any(|word| lifted.text.contains(word))
    }

    /// Notes the money that a paragraph names before its first figure: `财政拨款支出主要内容如下：`.
    fn run(&mut self, block: &Block, text: &str, ids: std::ops::Range<NumberId>, opens: bool) {
        let quantity = |number: &&crate::number::Number| number.kind == Kind::Amount;
        let own = &self.report.numbers[ids.start as usize..ids.end as usize];
        let first = own.iter().find(quantity);
        let lead = match first {
            Some(number) => &text[..(number.span.start - block.span.start) as usize],
            None if opens || text.trim_end().ends_with(['：', ':']) => text,
            None => return,
        };
        match super::indicators::fund_in(lead) {
            Some((_, fund)) => {
                let own = list_label(text).map(|(style, _)| style);
                self.running =
                    Some(Running { section: block.section, fund, own, under: Vec::new() });
            }
            None => match list_label(text) {
                Some((style, ordinal)) => {
                    self.running =
                        self.running.take().and_then(|running| running.under(style, ordinal))
                }
                None if own.iter().all(|n| n.kind != Kind::Code) => self.running = None,
                None => {}
            },
        }
    }

    /// The open list this block is the next item of.
    fn item(&mut self, block: &Block, text: &str, figures: bool) -> Option<usize> {
        let coded = self.opens_with_code(block, text);
        let open = self.open.as_mut()?;
        let ancestors = std::iter::successors(Some(block.section), |id| {
            self.report.document.sections[*id as usize].parent
        });
        if !ancestors.into_iter().any(|section| section == open.section) {
            self.open = None;
            return None;
        }
        let Some((style, ordinal)) = list_label(text) else {
            // Items without labels, each closed by `；` and the last by `。`.
            let goes_on = text.trim_end().ends_with(['；', ';', '，']);
            // 2.“公共安全支出（类）司法（款）…”, then “公共安全支出（类）…” without a number: the items of a class.
            if coded && figures && open.style.is_some() {
                return Some(open.list);
            }
            if open.style.is_some() || !figures {
                return None;
            }
            if text.chars().count() > 200 {
                self.open = None;
                return None;
            }
            let (list, item) = (open.list, goes_on || open.plain);
            open.plain = goes_on;
            if !item {
                // What follows a paragraph of other figures is no item of this list.
                self.open = None;
            }
            return item.then_some(list);
        };
        match open.style {
            None if ordinal == 1 => open.style = Some(style),
            Some(own) if own == style && ordinal == open.next => {}
            Some(own) if own == style => {
                self.open = None;
                return None;
            }
            _ => return None,
        }
        open.next = ordinal + 1;
        Some(open.list)
    }

    /// Whether a paragraph begins with the code or the names of a 类款项.
    fn opens_with_code(&self, block: &Block, text: &str) -> bool {
        let first = self.report.numbers.partition_point(|n| n.span.start < block.span.start);
        let Some(number) = self.report.numbers.get(first) else { return false };
        let before = number.span.start.saturating_sub(block.span.start) as usize;
        number.kind == Kind::Code
            && text
                .get(..before)
                .is_some_and(|lead| lead.trim_matches(['“', '"', ' ', '　']).is_empty())
    }

    fn first_level(&self, from: usize) -> Option<FactId> {
        let default = self.basis;
        let levels = || {
            self.facts.facts[from..]
                .iter()
                .enumerate()
                .filter(|(_, fact)| fact.measure == super::Measure::Level && fact.certainty >= 50)
        };
        levels()
            .find(|(_, fact)| fact.basis == default)
            .or_else(|| levels().next())
            .map(|(index, _)| (from + index) as FactId)
    }

    fn fact_span(&self, fact: FactId) -> Span {
        self.report.numbers[self.facts.facts[fact as usize].number as usize].span
    }
}

impl Running {
    /// The same at a paragraph labelled so; `None` if it stands beside the one that named the money, or above it:
    /// （二） after （1）一般公共预算收入.
    fn under(mut self, style: Style, ordinal: u32) -> Option<Self> {
        if self.own == Some(style) {
            return None;
        }
        if !self.under.contains(&style) {
            if ordinal != 1 {
                return None;
            }
            self.under.push(style);
        }
        Some(self)
    }
}
