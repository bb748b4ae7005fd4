//! One clause: which figures it holds and what it says of them.

use super::Narrator;
use super::scope::{Base, Scope};
use crate::document::{Block, Span};
use crate::fact::indicators::{Side, normal, of_fund};
use crate::fact::label::{self, Label};
use crate::fact::{
    Basis, Completeness, Entity, Fact, FactId, Fund, Listing, Measure, Standing, Statement,
};
use crate::number::{Kind, NumberId};
use crate::phrase::{self, Clause, Delimiter, Lifted, Match, Says, grammar, is_quantity};
use std::cmp::Ordering;
use std::sync::Arc;

const REASONS: &[&str] = &[
    "主要原因",
    "原因是",
    "原因为",
    "主要是",
    "主要系",
    "主要由于",
    "由于",
    "因为",
    "原因主要",
    "主要变动",
];

impl Narrator<'_> {
    pub(super) fn clause(&mut self, lifted: &Lifted, clause: Clause, scope: &mut Scope) {
        let text = &lifted.text[clause.start..clause.end];
        if REASONS.iter().any(|word| text.contains(word)) {
            scope.reason = true;
        }
        let quantities = text.chars().any(is_quantity);
        if let Some(completeness) = opens_with(text) {
            self.open_list(scope, completeness, lifted, clause);
        }
        let matches = grammar().matches(text);
        if !quantities {
            self.wordy(lifted, clause, text, &matches, scope);
            return;
        }
        let mut cursor = 0;
        let mut handled = usize::MAX;
        for &(at, id) in lifted.numbers_in(clause.start..clause.end) {
            let at = at as usize - clause.start;
            let kind = self.report.numbers[id as usize].kind;
            if !matches!(
                kind,
                Kind::Amount | Kind::Percent | Kind::Points | Kind::Count | Kind::Score
            ) {
                continue;
            }
            match matches.iter().position(|m| m.range.contains(&at)) {
                Some(index) if index == handled => {}
                Some(index) => {
                    handled = index;
                    let found = &matches[index];
                    let words = cursor..found.range.start.max(cursor);
                    self.said(lifted, clause, words, found, scope);
                    cursor = found.range.end;
                }
                None => {
                    let end = at + phrase::placeholder(kind).len_utf8();
                    self.plain(lifted, clause, cursor..at, id, scope);
                    cursor = end;
                }
            }
        }
        // 持平, 决算数等于预算数 in a clause that also holds a figure.
        for found in &matches {
            if matches!(grammar().phrases[found.phrase].says, Says::Same | Says::Compared) {
                self.statement(lifted, clause, found, scope);
            }
        }
        if let Some(completeness) = ends_with_opener(text)
            && clause.then != Delimiter::Stop
        {
            self.open_list(scope, completeness, lifted, clause);
        }
    }

    /// A clause without figures: a base, a statement, or a name for the figures that follow.
    fn wordy(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        text: &str,
        matches: &[Match],
        scope: &mut Scope,
    ) {
        for found in matches {
            match grammar().phrases[found.phrase].says {
                Says::Versus => {
                    let words = found.group("base").unwrap_or_default();
                    scope.base = Some(self.base(lifted, clause, words));
                    return;
                }
                Says::Same | Says::Compared => {
                    self.statement(lifted, clause, found, scope);
                    return;
                }
                _ => {}
            }
        }
        let label = self.label(lifted, clause, 0..text.len());
        if label.year.is_some() {
            scope.year = label.year;
        }
        let names = !label.indicators.is_empty() || label.code.is_some();
        if (names && !label.generic)
            || (clause.then == Delimiter::Colon && !label.generic && !scope.reason)
        {
            scope.pending = Some(label);
            if names {
                scope.subject = None;
            }
        }
    }

    fn label(&self, lifted: &Lifted, clause: Clause, words: std::ops::Range<usize>) -> Label {
        let start = clause.start + words.start;
        let text = &lifted.text[start..clause.start + words.end];
        label::read(text, |at| lifted.number_at(start + at), self.context)
    }

    /// The base a comparison names: `2023年决算数`, `上年`, `年初预算`.
    fn base(&self, lifted: &Lifted, clause: Clause, words: std::ops::Range<usize>) -> Base {
        let start = clause.start + words.start;
        let text = &lifted.text[start..clause.start + words.end];
        let mut base = Base::default();
        for &(_, id) in lifted.numbers_in(start..start + text.len()) {
            if let Some(period) = self.report.numbers[id as usize].period() {
                base.year = Some(period.to.0).filter(|year| *year > 0);
            }
        }
        if base.year.is_none()
            && ["上年", "去年", "上一年", "前一年", "同期"].iter().any(|word| text.contains(word))
        {
            base.year = self.context.year.map(|year| year - 1);
        }
        base.basis = if text.contains("执行") || text.contains("决算") {
            Some(Basis::Final)
        } else if text.contains("全年预算") || text.contains("调整") {
            Some(Basis::Adjusted)
        } else if text.contains("预算") {
            Some(Basis::Budget)
        } else {
            None
        };
        base
    }

    /// Figures that a phrase speaks of.
    fn said(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        words: std::ops::Range<usize>,
        found: &Match,
        scope: &mut Scope,
    ) {
        let number = |group: &str| {
            found.group(group).and_then(|range| lifted.number_at(clause.start + range.start))
        };
        let says = grammar().phrases[found.phrase].says;
        let label = self.label(lifted, clause, words);
        if label.year.is_some() && !matches!(says, Says::Threshold) {
            scope.year = label.year;
        }
        match says {
            Says::Change | Says::Rate | Says::Points => {
                let Some(figure) =
                    number("amount").or_else(|| number("percent")).or_else(|| number("points"))
                else {
                    return;
                };
                self.change(lifted, clause, &label, found, says, figure, number("from"), scope);
            }
            Says::Share => {
                let Some(figure) = number("percent") else { return };
                let of = self.subject(&label, scope);
                let whole_words = found.group("whole").filter(|range| !range.is_empty());
                let whole = match whole_words {
                    Some(range) => {
                        let whole = self.label(lifted, clause, range);
                        self.find_whole(&whole, of, scope)
                    }
                    None => self.list_whole(of, scope),
                };
                self.push(&label, Measure::Share, figure, scope, of, whole, 90);
            }
            Says::Completion => {
                let Some(figure) = number("percent") else { return };
                let of = self.subject(&label, scope);
                let words = found.group("of").map(|range| {
                    lifted.text[clause.start + range.start..clause.start + range.end].to_string()
                });
                let basis = match words.as_deref() {
                    Some(words) if words.contains("全年") || words.contains("调整") => {
                        Basis::Adjusted
                    }
                    _ => Basis::Budget,
                };
                let budget = match number("from") {
                    Some(from) => Some(self.twin(of, &label, from, Some(basis), None, scope)),
                    None => of
                        .and_then(|of| self.budget_of(of, words.is_some().then_some(basis), scope)),
                };
                let fact = self.push(&label, Measure::Completion, figure, scope, of, budget, 90);
                self.facts.facts[fact as usize].base_basis = Some(basis);
            }
            Says::Threshold => {}
            Says::Same | Says::Compared | Says::Versus => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one clause")]
    fn change(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        label: &Label,
        found: &Match,
        says: Says,
        figure: NumberId,
        from: Option<NumberId>,
        scope: &mut Scope,
    ) {
        let base = found
            .group("base")
            .map(|range| self.base(lifted, clause, range))
            .or(scope.base)
            .unwrap_or_default();
        if scope.base.is_none() && found.group("base").is_some() {
            scope.base = Some(base);
        }
        let named = !label.name.is_empty() && !label.generic;
        let empty = label.name.is_empty() || label.name.chars().count() <= 1 || label.generic;
        let of = if scope.reason {
            None
        } else if named {
            self.find_level(label, scope)
        } else {
            scope.subject
        };
        let measure = if says == Says::Change { Measure::Change } else { Measure::Rate };
        let pair = if says == Says::Rate && empty { scope.change } else { None };
        let of = match pair {
            Some(change) => self.facts.facts[change as usize].of,
            None => of,
        };
        let less = found.group("less").is_some();
        let vague = found.group("changed").is_some();
        let base_level = from
            .map(|from| self.twin(of.or(scope.subject), label, from, base.basis, base.year, scope));
        let certainty = if vague || (scope.reason && pair.is_none()) { 40 } else { 90 };
        let fact = self.push(label, measure, figure, scope, of, pair.or(base_level), certainty);
        let negative_number =
            self.report.numbers[figure as usize].value().is_some_and(|v| v.is_sign_negative());
        let own = &mut self.facts.facts[fact as usize];
        own.negative = less && !negative_number;
        own.base_year = base.year;
        own.base_basis = base.basis;
        if says == Says::Points {
            own.of = None;
        }
        match measure {
            Measure::Change => scope.change = Some(fact),
            _ => scope.change = None,
        }
    }

    /// A figure that no phrase covers: the level, count or score of what stands before it.
    fn plain(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        words: std::ops::Range<usize>,
        id: NumberId,
        scope: &mut Scope,
    ) {
        let kind = self.report.numbers[id as usize].kind;
        let mut label = self.label(lifted, clause, words);
        let measure = match kind {
            Kind::Amount => Measure::Level,
            Kind::Count => Measure::Count,
            Kind::Score => Measure::Score,
            _ => {
                // A percentage that no phrase knows: of what its words name (满意度100%).
                if !label.generic && !label.name.is_empty() {
                    self.push(&label, Measure::Rate, id, scope, None, None, 30);
                }
                return;
            }
        };
        if label.year.is_some() {
            scope.year = label.year;
        }
        if measure != Measure::Level {
            if label.name.is_empty()
                && let Some(pending) = &scope.pending
            {
                label.name.clone_from(&pending.name);
                label.indicators.clone_from(&pending.indicators);
            }
            self.push(&label, measure, id, scope, None, None, 80);
            return;
        }
        let bare = label.generic
            || (label.indicators.is_empty() && label.code.is_none() && label.name.is_empty());
        let mut certainty = 90;
        if bare && let Some(pending) = scope.pending.clone() {
            label = Label {
                basis: label.basis.or(pending.basis),
                fund: label.fund.or(pending.fund),
                year: label.year.or(pending.year),
                ..pending
            };
        } else if bare {
            certainty = 50;
        }
        if scope.reason {
            certainty = certainty.min(60);
        }
        // 一般公共预算财政拨款4657万元 in a list of revenue is revenue.
        if label.indicators.is_empty()
            && label.code.is_none()
            && label.name.is_empty()
            && let Some(fund) = label.fund
        {
            let side = self.side(scope);
            label.indicators = vec![of_fund(side, fund).into()];
        }
        let fact = self.push(&label, Measure::Level, id, scope, None, None, certainty);
        if !bare {
            scope.pending = Some(label);
        }
        if let Some(whole) = scope.bracket_of.take() {
            self.facts.lists.push(Listing {
                whole,
                parts: Vec::new(),
                completeness: Completeness::AtMost,
                itemised: false,
                nested: !scope.lists.is_empty(),
                at: Span { start: lifted.source(clause.start), end: lifted.source(clause.end) },
            });
            scope.lists.push(self.facts.lists.len() - 1);
        }
        if !scope.reason
            && let Some(list) = scope.lists.last()
        {
            self.facts.lists[*list].parts.push(fact);
        }
        scope.subject = Some(fact);
        scope.change = None;
    }

    /// Adds the fact (and, for `收、支总计`, its twin on the other side); the first is returned.
    #[expect(clippy::too_many_arguments, reason = "the parts of a fact")]
    fn push(
        &mut self,
        label: &Label,
        measure: Measure,
        number: NumberId,
        scope: &Scope,
        of: Option<FactId>,
        against: Option<FactId>,
        certainty: u8,
    ) -> FactId {
        let subject = of.map(|of| self.facts.facts[of as usize].clone());
        let code = label.code.and_then(|id| self.report.numbers[id as usize].code());
        let mut names: Vec<Arc<str>> = match (code, &subject) {
            (Some(code), _) => vec![crate::fact::function_key(code)],
            (None, Some(subject)) if measure != Measure::Level => vec![subject.indicator.clone()],
            _ => label.indicators.clone(),
        };
        if names.is_empty() {
            names.push(crate::fact::named_key(&label.name));
        }
        let first = self.facts.facts.len() as FactId;
        for (index, indicator) in names.into_iter().enumerate() {
            if index > 0 && measure != Measure::Level {
                break;
            }
            let subject = subject.as_ref();
            self.facts.facts.push(Fact {
                indicator,
                label: if label.name.is_empty() {
                    subject.map_or(String::new(), |s| s.label.clone())
                } else {
                    label.name.clone()
                },
                fund: label.fund.or(subject.and_then(|s| s.fund)).or(self.section_fund(scope)),
                basis: label.basis.or(subject.map(|s| s.basis)).unwrap_or(self.basis),
                year: label
                    .year
                    .or(subject.and_then(|s| s.year))
                    .or(scope.year)
                    .or(self.context.year),
                entity: self
                    .entities
                    .get(scope.section as usize)
                    .cloned()
                    .unwrap_or(Entity::Department),
                measure,
                number,
                negative: false,
                of,
                against,
                base_year: None,
                base_basis: None,
                standing: Standing::Narrative(scope.span),
                certainty,
            });
        }
        first
    }

    /// The same indicator at another stage or year: the budget 3万元 of `完成预算3万元的90%`.
    fn twin(
        &mut self,
        of: Option<FactId>,
        label: &Label,
        number: NumberId,
        basis: Option<Basis>,
        year: Option<i32>,
        scope: &Scope,
    ) -> FactId {
        let fact = self.push(label, Measure::Level, number, scope, of, None, 85);
        let own = of.map(|of| self.facts.facts[of as usize].clone());
        let twin = &mut self.facts.facts[fact as usize];
        twin.of = None;
        if let Some(own) = own {
            twin.indicator = own.indicator;
            twin.fund = own.fund;
        }
        twin.basis = basis.unwrap_or(twin.basis);
        twin.year = year.or(twin.year);
        fact
    }

    fn statement(&mut self, lifted: &Lifted, clause: Clause, found: &Match, scope: &Scope) {
        let says = grammar().phrases[found.phrase].says;
        let Some(of) = scope.subject.filter(|_| !scope.reason) else { return };
        let at = Span {
            start: lifted.source(clause.start + found.range.start),
            end: lifted.source(clause.start + found.range.end - 1) + 1,
        };
        let base = found
            .group("base")
            .map(|range| self.base(lifted, clause, range))
            .or(scope.base)
            .unwrap_or_default();
        let (ordering, against) = if says == Says::Same {
            (Ordering::Equal, None)
        } else if found.group("more").is_some() {
            (Ordering::Greater, self.budget_of(of, None, scope))
        } else if found.group("less").is_some() {
            (Ordering::Less, self.budget_of(of, None, scope))
        } else {
            (Ordering::Equal, self.budget_of(of, None, scope))
        };
        self.facts.statements.push(Statement {
            of,
            against,
            says: ordering,
            budget: says == Says::Compared,
            base_year: base.year,
            base_basis: base.basis,
            at: Span { start: at.start, end: at.end.max(at.start + 1) },
        });
    }

    fn open_list(
        &mut self,
        scope: &mut Scope,
        completeness: Completeness,
        lifted: &Lifted,
        clause: Clause,
    ) {
        if scope.reason {
            return;
        }
        let Some(whole) = scope.subject else { return };
        scope.bracket_of = None;
        self.facts.lists.push(Listing {
            whole,
            parts: Vec::new(),
            completeness,
            itemised: false,
            nested: !scope.lists.is_empty(),
            at: Span { start: lifted.source(clause.start), end: lifted.source(clause.end) },
        });
        scope.lists.push(self.facts.lists.len() - 1);
    }

    /// The level a share, change or completion is about: the one its own words name, or the last.
    fn subject(&self, label: &Label, scope: &Scope) -> Option<FactId> {
        if label.name.is_empty() || label.generic {
            scope.subject
        } else {
            self.find_level(label, scope).or(scope.subject.filter(|_| label.indicators.is_empty()))
        }
    }

    /// The last level of this paragraph with the indicator that the words name.
    fn find_level(&self, label: &Label, scope: &Scope) -> Option<FactId> {
        let name = crate::fact::named_key(&label.name);
        let wanted = |fact: &Fact| {
            label.indicators.contains(&fact.indicator)
                || (label.indicators.is_empty() && name == fact.indicator)
        };
        let in_block = |fact: &Fact| fact.standing == Standing::Narrative(scope.span);
        self.facts
            .facts
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, fact)| in_block(fact))
            .find(|(_, fact)| {
                fact.measure == Measure::Level
                    && wanted(fact)
                    && label.fund.is_none_or(|fund| fact.fund.is_none_or(|own| own == fund))
                    && label.year.is_none_or(|year| fact.year == Some(year))
            })
            .map(|(index, _)| index as FactId)
    }

    /// The whole that a share names: `占本年支出合计的`.
    fn find_whole(&self, label: &Label, of: Option<FactId>, scope: &Scope) -> Option<FactId> {
        let part = of.map(|of| &self.facts.facts[of as usize]);
        let same_stage = |fact: &Fact| {
            part.is_none_or(|part| fact.basis == part.basis && fact.year == part.year)
        };
        if label.indicators.is_empty() {
            let name = crate::fact::named_key(&label.name);
            return self
                .facts
                .facts
                .iter()
                .enumerate()
                .rev()
                .take(200)
                .find(|(index, fact)| {
                    Some(*index as FactId) != of
                        && fact.measure == Measure::Level
                        && fact.indicator == name
                        && same_stage(fact)
                })
                .map(|(index, _)| index as FactId)
                .or_else(|| if label.generic { self.list_whole(of, scope) } else { None });
        }
        // 本年支出 and 总支出 are said of the same figure where there is no carry-over: the one named is taken.
        self.facts
            .facts
            .iter()
            .enumerate()
            .rev()
            .find(|(index, fact)| {
                Some(*index as FactId) != of
                    && fact.measure == Measure::Level
                    && fact.certainty >= 60
                    && label.indicators.contains(&fact.indicator)
                    && fact.fund.unwrap_or(Fund::All)
                        == label
                            .fund
                            .unwrap_or(fact.fund.filter(|f| *f == Fund::All).unwrap_or(Fund::All))
                    && same_stage(fact)
                    && fact.entity
                        == self
                            .entities
                            .get(scope.section as usize)
                            .cloned()
                            .unwrap_or(Entity::Department)
            })
            .map(|(index, _)| index as FactId)
    }

    fn list_whole(&self, of: Option<FactId>, scope: &Scope) -> Option<FactId> {
        let of = of?;
        let list = scope
            .lists
            .iter()
            .rev()
            .find(|list| self.facts.lists[**list].parts.contains(&of))
            .copied();
        let list =
            list.or(scope.last_list.filter(|list| self.facts.lists[*list].parts.contains(&of)))?;
        Some(self.facts.lists[list].whole)
    }

    /// The budget level said just before for the same indicator.
    fn budget_of(&self, of: FactId, basis: Option<Basis>, scope: &Scope) -> Option<FactId> {
        let own = &self.facts.facts[of as usize];
        self.facts
            .facts
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, fact)| fact.standing == Standing::Narrative(scope.span))
            .find(|(index, fact)| {
                *index as FactId != of
                    && fact.measure == Measure::Level
                    && fact.indicator == own.indicator
                    && fact.basis != Basis::Final
                    && basis.is_none_or(|basis| fact.basis == basis || fact.basis == Basis::Budget)
            })
            .map(|(index, _)| index as FactId)
    }

    fn side(&self, scope: &Scope) -> Side {
        let whole = scope.lists.last().map(|list| self.facts.lists[*list].whole).or(scope.subject);
        match whole.map(|whole| &*self.facts.facts[whole as usize].indicator) {
            Some(name) if name.starts_with("revenue") || name.starts_with("balance") => {
                Side::Revenue
            }
            Some(_) => Side::Expenditure,
            None if self.report.document.section_path(scope.section).contains("收入") => {
                Side::Revenue
            }
            None => Side::Expenditure,
        }
    }

    /// The money a section is about: 五、一般公共预算财政拨款支出决算情况说明.
    fn section_fund(&self, scope: &Scope) -> Option<Fund> {
        let mut at = Some(scope.section);
        while let Some(id) = at {
            let section = &self.report.document.sections[id as usize];
            if let Some((_, fund)) = crate::fact::indicators::fund_in(&normal(&section.title)) {
                return Some(fund);
            }
            at = section.parent;
        }
        None
    }

    /// What the section's heading names, for a paragraph that begins with `2024年预算数…`.
    pub(super) fn heading(&self, block: &Block) -> Option<Label> {
        let section = self.report.document.sections.get(block.section as usize)?;
        if block.section == 0 {
            return None;
        }
        let label = label::read(&section.title, |_| None, self.context);
        (!label.indicators.is_empty() && !label.generic).then_some(label)
    }
}

fn opens_with(text: &str) -> Option<Completeness> {
    let text = text.trim_start();
    if text.starts_with("其中") || text.starts_with("主要包括") || text.starts_with("主要用于")
    {
        Some(Completeness::AtMost)
    } else if text.starts_with("包括")
        || text.starts_with("分别为")
        || text.starts_with("分别是")
        || text.starts_with("包含")
    {
        Some(Completeness::Exact)
    } else {
        None
    }
}

fn ends_with_opener(text: &str) -> Option<Completeness> {
    if text.ends_with("其中") || text.ends_with("主要包括") {
        Some(Completeness::AtMost)
    } else if text.ends_with("包括") {
        Some(Completeness::Exact)
    } else {
        None
    }
}
