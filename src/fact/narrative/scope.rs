//! What a clause inherits from the clauses before it.

use super::run::Run;
use crate::document::{Block, SectionId, Span};
use crate::fact::label::Label;
use crate::fact::{Basis, Completeness, FactId, Facts, Measure};

/// What the figures are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Base {
    pub year: Option<i32>,
    pub basis: Option<Basis>,
}

/// What was counted last in this sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub name: String,
    /// Whether a grammar knows it.
    pub known: bool,
}

/// The price of things that are counted: `单价100万元以上`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Priced {
    /// Where it is said.
    pub at: u32,
    /// Whether the words before it say that they are to be bought.
    pub buys: bool,
}

/// The scope of a paragraph.
pub(super) struct Scope {
    pub section: SectionId,
    pub span: Span,
    /// The government whose budget was named last.
    pub government: Option<&'static str>,
    /// The first fact of the paragraph (the number of facts before it).
    pub first: usize,
    /// The level the next share, change or completion is about.
    pub subject: Option<FactId>,
    /// The whole of the list that a sentence before took apart, and the subject at its end.
    taken_apart: Option<(FactId, FactId)>,
    /// A name that stands before its figures: `行政运行（项）：`, or the section's heading.
    pub pending: Option<Label>,
    /// What the sentence compares with.
    pub base: Option<Base>,
    /// What the sentence before compared with, for one that begins with 其中.
    pub base_before: Option<Base>,
    /// The figure compared with, said before what it grew by: `比上年17049.52元，下降22.29%`.
    pub base_level: Option<FactId>,
    /// What the sentence says it takes apart: `“三公”经费支出决算中，`.
    pub whole: Option<Label>,
    /// Lists open in this sentence, innermost last (indices of lists).
    pub lists: Vec<usize>,
    /// The list whose items are parted by `；`.
    parted: Option<usize>,
    /// The list closed last: a share after its end is still of its whole.
    pub last_list: Option<usize>,
    /// Whether the words give reasons (figures there are of other things).
    pub reason: bool,
    /// Whether the reason so far speaks of nothing that grew or shrank.
    pub still: bool,
    /// The part of a score that was named last: 过程指标.
    pub part: Option<String>,
    /// Whether this sentence speaks of the money of projects under assessment.
    pub assessed: bool,
    /// Whether the words say what money is for (主要用于): they name no figure.
    pub purpose: bool,
    /// Whether the sentence leaves something out of its figures: 剔除以上两项因素，….
    pub adjusted: bool,
    /// Year said at the head of the sentence.
    pub year: Option<i32>,
    /// Whether the paragraph is of other years than the report's: a sentence without a year is then of the last one said.
    pub elsewhen: bool,
    /// Year of the sentence before, for one that begins with 其中.
    pub year_before: Option<i32>,
    /// The last change, which a rate right after belongs to.
    pub change: Option<FactId>,
    /// What was counted last in this sentence.
    pub counted: Option<Counted>,
    /// The price of the things counted next.
    pub priced: Option<Priced>,
    /// Whether the things counted are to be bought, in this sentence and in the one before.
    pub buys: bool,
    pub buys_before: bool,
    /// Figures of this paragraph said in a row, and the levels of the row said last.
    pub runs: Vec<Run>,
    pub row: Vec<FactId>,
    /// The list this paragraph is an item of, and the first fact of the paragraph.
    pub item: Option<(usize, usize)>,
    brackets: Vec<(Option<FactId>, usize, Option<Label>)>,
    /// A bracket opened right after a figure.
    pub bracket_of: Option<FactId>,
}

impl Scope {
    pub fn new(block: &Block, heading: Option<Label>, first: usize) -> Self {
        Self {
            section: block.section,
            span: block.span,
            government: None,
            first,
            subject: None,
            taken_apart: None,
            pending: heading,
            base: None,
            base_before: None,
            base_level: None,
            whole: None,
            lists: Vec::new(),
            parted: None,
            last_list: None,
            reason: false,
            still: false,
            part: None,
            assessed: false,
            purpose: false,
            adjusted: false,
            year: None,
            elsewhen: false,
            year_before: None,
            change: None,
            counted: None,
            priced: None,
            buys: false,
            buys_before: false,
            runs: Vec::new(),
            row: Vec::new(),
            item: None,
            brackets: Vec::new(),
            bracket_of: None,
        }
    }

    /// `。`: lists, base and reasons end; the subject stays. Inside a bracket it ends what began there.
    pub fn stop(&mut self, facts: &Facts) {
        if let Some((_, lists, _)) = self.brackets.last() {
            self.lists.truncate(*lists);
            self.reason = false;
            self.change = None;
            return;
        }
        self.last_list = self.lists.first().copied().or(self.last_list);
        let whole = self.lists.first().map(|list| facts.lists[*list].whole);
        self.taken_apart = whole.zip(self.subject).or(self.taken_apart);
        self.lists.clear();
        self.base_before = self.base.take();
        self.whole = None;
        self.base_level = None;
        self.buys_before = std::mem::take(&mut self.buys);
        self.year_before = self.year;
        self.year = self.year.filter(|_| self.elsewhen);
        self.purpose = false;
        self.adjusted = false;
        self.reason = false;
        self.assessed = false;
        self.part = None;
        self.change = None;
        self.counted = None;
        self.row.clear();
        self.bracket_of = None;
    }

    /// `；`: the next item of the outermost list, if its items are parted so; the end of one parted by commas:
    /// `其中A费3万元，B费5万元；C费7万元`.
    pub fn semicolon(&mut self, facts: &Facts) {
        self.lists.truncate(1);
        if let Some(list) = self.lists.first().copied().filter(|list| self.parted != Some(*list)) {
            let own = &facts.lists[list];
            if own.parts.len() > 1 && own.completeness == Completeness::AtMost {
                self.last_list = Some(list);
                self.lists.clear();
            } else {
                self.parted = Some(list);
            }
        }
        self.base_level = None;
        self.reason = false;
        self.part = None;
        self.change = None;
    }

    pub fn open(&mut self, facts: &Facts) {
        self.brackets.push((self.subject, self.lists.len(), self.pending.clone()));
        self.bracket_of = self.subject.filter(|subject| {
            let fact = &facts.facts[*subject as usize];
            fact.measure == Measure::Level && *subject as usize + 1 == facts.facts.len()
        });
    }

    pub fn close(&mut self) {
        if let Some((subject, lists, pending)) = self.brackets.pop() {
            self.subject = subject;
            self.lists.truncate(lists);
            self.pending = pending;
        }
        self.bracket_of = None;
    }

    /// What a comparison without a name is about: the subject, or the whole of a list that has ended since.
    /// A3万元，其中：B1万元，C2万元。比上年增加… is said of A again.
    pub fn about(&self) -> Option<FactId> {
        let again = self.taken_apart.filter(|(_, last)| self.subject == Some(*last));
        again.map(|(whole, _)| whole).or(self.subject)
    }

    /// The whole of a list that the end of the paragraph opens.
    pub fn opener_subject(&self, facts: &Facts) -> Option<FactId> {
        self.subject.filter(|subject| facts.facts[*subject as usize].measure == Measure::Level)
    }
}
