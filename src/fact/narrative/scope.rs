//! What a clause inherits from the clauses before it.

use crate::document::{Block, Document, SectionId, Span};
use crate::fact::label::Label;
use crate::fact::{Basis, Entity, FactId, Facts, Measure};

/// What the figures are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Base {
    pub year: Option<i32>,
    pub basis: Option<Basis>,
}

/// The scope of a paragraph.
pub(super) struct Scope {
    pub section: SectionId,
    pub span: Span,
    /// The level the next share, change or completion is about.
    pub subject: Option<FactId>,
    /// A name that stands before its figures: `行政运行（项）：`, or the section's heading.
    pub pending: Option<Label>,
    /// What the sentence compares with.
    pub base: Option<Base>,
    /// Lists open in this sentence, innermost last (indices of lists).
    pub lists: Vec<usize>,
    /// The list closed last: a share after its end is still of its whole.
    pub last_list: Option<usize>,
    /// Whether the words give reasons (figures there are of other things).
    pub reason: bool,
    /// Year said at the head of the sentence.
    pub year: Option<i32>,
    /// The last change, which a rate right after belongs to.
    pub change: Option<FactId>,
    brackets: Vec<(Option<FactId>, usize, Option<Label>)>,
    /// A bracket opened right after a figure.
    pub bracket_of: Option<FactId>,
}

impl Scope {
    pub fn new(block: &Block, heading: Option<Label>) -> Self {
        Self {
            section: block.section,
            span: block.span,
            subject: None,
            pending: heading,
            base: None,
            lists: Vec::new(),
            last_list: None,
            reason: false,
            year: None,
            change: None,
            brackets: Vec::new(),
            bracket_of: None,
        }
    }

    /// `。`: lists, base and reasons end; the subject stays.
    pub fn stop(&mut self) {
        self.last_list = self.lists.first().copied().or(self.last_list);
        self.lists.clear();
        self.base = None;
        self.reason = false;
        self.change = None;
        self.brackets.clear();
        self.bracket_of = None;
    }

    /// `；`: the next item of the outermost list.
    pub fn semicolon(&mut self) {
        self.lists.truncate(1);
        self.reason = false;
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

    /// The whole of a list that the end of the paragraph opens.
    pub fn opener_subject(&self, facts: &Facts) -> Option<FactId> {
        self.subject.filter(|subject| facts.facts[*subject as usize].measure == Measure::Level)
    }
}

/// Whose figures the sections hold: the department's, or a project's in an annexed 绩效 report.
pub(super) fn entities(document: &Document) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        let inherited = section
            .parent
            .and_then(|parent| entities.get(parent as usize).cloned())
            .unwrap_or(Entity::Department);
        let title = &section.title;
        let annex = section.label.starts_with("附") || title.starts_with("附件");
        let report =
            title.contains("自评报告") || title.contains("评价报告") || title.contains("自评表");
        let entity = if (annex || report)
            && !title.contains("部门整体")
            && !title.contains("整体支出")
            && section.parent.is_some()
        {
            Entity::Project(title.as_str().into())
        } else {
            inherited
        };
        entities.push(entity);
    }
    entities
}
