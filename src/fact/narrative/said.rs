//! Figures that a phrase speaks of: changes, rates, shares, completions, comparisons in words.

use super::Narrator;
use super::scope::{Base, Priced, Scope};
use crate::document::Span;
use crate::fact::label::Label;
use crate::fact::whole::Sought;
use crate::fact::{Basis, Measure, Statement, Unchanged};
use crate::number::NumberId;
use crate::phrase::{Clause, Lifted, Match, Says, grammar};
use std::cmp::Ordering;

impl Narrator<'_> {
    /// Figures that a phrase speaks of.
    pub(super) fn said(
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
                let nameless = label.name.is_empty() && scope.subject.is_none();
                let pending = scope.pending.clone().filter(|_| nameless && says == Says::Change);
                let label = pending.unwrap_or(label);
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
                let named = whole_words.map(|range| self.label(lifted, clause, range));
                let named = named.or_else(|| scope.whole.clone());
                let spoken = found.group("whole").is_some_and(|range| !range.is_empty());
                let printed = number("from").zip(named.as_ref());
                let whole = match &named {
                    _ if printed.is_some() => printed.map(|(from, named)| {
                        self.push(named, Measure::Level, from, scope, None, None, 85)
                    }),
                    Some(named) if spoken => self.find_whole(named, of, scope),
                    _ => self
                        .list_whole(of, scope)
                        .or_else(|| self.find_whole(named.as_ref()?, of, scope))
                        .or_else(|| self.whole_spoken_of(of, scope)),
                };
                let share = self.push(&label, Measure::Share, figure, scope, of, whole, 90);
                if let (None, Some(named)) = (whole, named) {
                    let (indicators, fund) = (named.indicators, named.fund);
                    self.sought.push(Sought { share, indicators, fund });
                }
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
                // 完成预算的80%, after 全年预算数为38万元, is of that one.
                let which = ["年初", "全年", "调整", "当年"];
                let said = words.filter(|words| which.iter().any(|word| words.contains(word)));
                let wanted = said.is_some().then_some(basis);
                let (of, planned) = match of.and_then(|of| self.carried_out(of, scope)) {
                    Some(carried_out) => (Some(carried_out), of),
                    None => (of, None),
                };
                let budget = match number("from") {
                    Some(from) => Some(self.twin(of, &label, from, Some(basis), None, scope)),
                    None => planned.or_else(|| self.budget_of(of?, wanted, scope)),
                };
                let basis = budget
                    .filter(|_| wanted.is_none())
                    .map_or(basis, |budget| self.facts.facts[budget as usize].basis);
                let beyond =
                    of.and_then(|of| self.beyond_budget(of, Measure::Change, basis, scope));
                let budget = budget.or(beyond);
                let fact = self.push(&label, Measure::Completion, figure, scope, of, budget, 90);
                self.facts.facts[fact as usize].base_basis = Some(basis);
            }
            Says::Threshold => {
                let per = number("amount").filter(|_| found.group("per").is_some());
                scope.priced = found.group("price").map(|_| Priced {
                    at: lifted.source(clause.start + found.range.start),
                    buys: label.words.contains("购置"),
                });
                if let (Some(figure), Some(of)) = (per, scope.subject) {
                    self.average(lifted, clause, found, figure, of, scope);
                }
            }
            Says::Versus => {
                if let Some(now) = number("amount") {
                    scope.subject =
                        Some(self.push(&label, Measure::Level, now, scope, None, None, 85));
                }
                let Some(from) = number("from") else { return };
                let words = found.group("base").unwrap_or_default();
                let base = self.base(lifted, clause, words);
                let label = if scope.subject.is_some() { Label::default() } else { label };
                let of = scope.subject;
                scope.base_level = Some(self.twin(of, &label, from, base.basis, base.year, scope));
                scope.base = Some(base);
            }
            Says::Same | Says::Compared | Says::All | Says::Some | Says::Reason | Says::Nothing => {
            }
        }
    }

    /// `平均每辆2.71万元`: the figure before it, per head.
    fn average(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        found: &Match,
        figure: NumberId,
        of: crate::fact::FactId,
        scope: &Scope,
    ) {
        let per = found.group("per").unwrap_or_default();
        let per = &lifted.text[clause.start + per.start..clause.start + per.end];
        let name = format!("{}（{per}）", self.facts.facts[of as usize].label);
        let label = Label { name, ..Label::default() };
        self.push(&label, Measure::Level, figure, scope, None, None, 50);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one clause")]
    pub(super) fn change(
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
        } else if label.side.is_some() {
            // 其他收入3万元；收入比上年增加5万元: of all revenue, if this paragraph says it.
            self.find_level(label, scope).or(scope.about())
        } else {
            scope.about()
        };
        let measure = if says == Says::Change { Measure::Change } else { Measure::Rate };
        let pair = if says == Says::Rate && empty { scope.change } else { None };
        let (of, base) = match pair {
            // 较预算数减少4万元；较上年减少1万元，下降3%: the rate is of its own change.
            Some(change) => {
                let own = &self.facts.facts[change as usize];
                (own.of, Base { year: own.base_year, basis: own.base_basis })
            }
            None => (of, base),
        };
        let said_before = if empty && pair.is_none() { scope.base_level.take() } else { None };
        let own_base = found.group("base").is_some();
        let said_before = said_before
            .filter(|level| !own_base || self.facts.facts[*level as usize].year == base.year);
        let less = found.group("less").is_some();
        let vague = found.group("changed").is_some();
        let base_level = from
            .map(|from| self.twin(of.or(scope.subject), label, from, base.basis, base.year, scope));
        let said_year = said_before.and_then(|level| self.facts.facts[level as usize].year);
        let against = pair.or(base_level).or(said_before);
        let against = against.or_else(|| self.base_said(of?, base, scope));
        let certainty = if vague || (scope.reason && pair.is_none()) { 40 } else { 90 };
        let fact = self.push(label, measure, figure, scope, of, against, certainty);
        let negative_number =
            self.report.numbers[figure as usize].value().is_some_and(|v| v.is_sign_negative());
        let own = &mut self.facts.facts[fact as usize];
        own.negative = less && !negative_number;
        own.base_year = base.year.or(said_year);
        own.base_basis = base.basis;
        if says == Says::Points {
            own.of = None;
        }
        scope.change = (measure == Measure::Change).then_some(fact);
        // 完成年初预算103.32%，决算数大于预算数55.93万元: what was completed is less by that.
        if let (Some(change), Some(of), Some(basis)) = (scope.change, of, base.basis)
            && let Some(completion) = self.beyond_budget(of, Measure::Completion, basis, scope)
        {
            self.facts.facts[completion as usize].against.get_or_insert(change);
        }
    }

    pub(super) fn statement(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        found: &Match,
        scope: &Scope,
    ) {
        let says = grammar().phrases[found.phrase].says;
        let at = Span {
            start: lifted.source(clause.start + found.range.start),
            end: lifted.source(clause.start + found.range.end - 1) + 1,
        };
        let at = Span { start: at.start, end: at.end.max(at.start + 1) };
        let base = found
            .group("base")
            .map(|range| self.base(lifted, clause, range))
            .or(scope.base)
            .unwrap_or_default();
        let label = self.label(lifted, clause, 0..found.range.start);
        let named = says == Says::Same && !label.indicators.is_empty() && !label.generic;
        if named {
            let indicator = label.indicators[0].clone();
            self.facts.unchanged.push(Unchanged {
                indicator,
                basis: label.basis.unwrap_or(self.basis),
                year: label.year.or(scope.year).or(self.context.year),
                base_year: base.year,
                base_basis: base.basis,
                at,
            });
        }
        // 因公出国（境）费与上年持平 after 公务接待费3万元 is of 因公出国（境）费.
        let of = if named { self.find_level(&label, scope) } else { scope.about() };
        let Some(of) = of else { return };
        let (ordering, against) = if says == Says::Same {
            (Ordering::Equal, base.year.and_then(|_| self.base_said(of, base, scope)))
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
            at,
        });
    }
}
