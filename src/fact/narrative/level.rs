//! Figures that no phrase covers are levels, counts and scores of what stands before them.

use super::Narrator;
use super::counted::spent_on;
use super::list;
use super::scope::Scope;
use crate::document::Span;
use crate::fact::indicators::{Side, of_fund};
use crate::fact::label::Label;
use crate::fact::{Basis, Completeness, Entity, Fact, FactId, Fund, Listing, Measure, Standing};
use crate::number::{Kind, NumberId};
use crate::phrase::{self, Clause, Lifted};
use std::sync::Arc;

/// Whether a name only says an earlier year: 上年, 去年预算数.
fn is_earlier(label: &Label, year: Option<i32>) -> bool {
    label.code.is_none() && year.zip(label.year).is_some_and(|(own, said)| said < own)
}

/// What things that were counted are bought for.
fn bought_for(counted: &Fact) -> Option<Arc<str>> {
    let thing = counted.indicator.strip_prefix("procurement/")?;
    (counted.measure == Measure::Count).then(|| format!("procurement/{thing}_amount").into())
}

/// Whether `label` says the other side of what the sentence before speaks of: 支出预算 after 一般公共预算拨款收入.
fn is_other_side(label: &Label, before: &Label) -> bool {
    let opposite = match label.side {
        Some(Side::Revenue) => Side::Expenditure,
        Some(Side::Expenditure) => Side::Revenue,
        None => return false,
    };
    let [name] = before.indicators.as_slice() else { return false };
    before.code.is_none() && (name.starts_with(opposite.prefix()) || name.starts_with("balance/"))
}

impl Narrator<'_> {
    /// A figure that no phrase covers: the level, count or score of what stands before it.
    pub(super) fn plain(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        words: std::ops::Range<usize>,
        id: NumberId,
        scope: &mut Scope,
    ) {
        let kind = self.report.numbers[id as usize].kind;
        let said = &lifted.text[clause.start + words.start..clause.start + words.end];
        let sum = said.ends_with("金额");
        let bare = words.is_empty();
        let end = clause.start + words.end + phrase::placeholder(kind).len_utf8();
        let mut label = self.label(lifted, clause, words);
        self.governed(&label, scope);
        match kind {
            Kind::Amount => {}
            Kind::Count => {
                let after = &lifted.text[end..clause.end.max(end)];
                let after = after.split(|c| ('\u{E000}'..='\u{E0FF}').contains(&c)).next();
                return self.counted(label, after.unwrap_or(""), id, scope);
            }
            Kind::Score => return self.scored(label, id, scope),
            _ => {
                // A percentage that no phrase knows is a level in percent: 满意度达100%.
                if !label.generic && !label.name.is_empty() {
                    self.push(&label, Measure::Level, id, scope, None, None, 50);
                }
                return;
            }
        }
        // 各减少1267.86，2570.97万元: the second of two figures said of two things at once.
        let before = lifted.text[..clause.start].trim_end_matches(['，', ',', '、', ' ']);
        if bare && before.ends_with(phrase::placeholder(Kind::Number)) {
            return;
        }
        let unit = &self.report.numbers[id as usize].unit;
        if unit.contains('/') {
            // 工资3000元/人 is a price of something, no level of it.
            label.name = format!("{}（{unit}）", label.name);
            label.indicators.clear();
            label.code = None;
            self.push(&label, Measure::Level, id, scope, None, None, 50);
            return;
        }
        // 培训费项目绩效自评综述：…项目全年预算数6万元 is of that project.
        let of_project =
            label.name == "项目" && label.indicators.is_empty() && label.code.is_none();
        let projected =
            of_project && scope.pending.as_ref().is_some_and(|pending| pending.entity.is_some());
        if of_project && !projected && matches!(self.entity(scope), Entity::Project(_)) {
            label.indicators = vec!["project/funds".into()];
        }
        // 检察（款）：2018年预算支出合计16444.36万元 is the spending of that 款.
        let of_code = scope.subject.is_none()
            && label.fund.is_none()
            && label.indicators.first().is_some_and(|name| &**name == "expenditure/total")
            && scope.pending.as_ref().is_some_and(|pending| pending.code.is_some());
        let bare = of_code
            || projected
            || label.generic
            || (label.indicators.is_empty() && label.code.is_none() && label.name.is_empty());
        let mut certainty = 90;
        if bare
            && sum
            && let Some(name) = scope.counted.take_if(|counted| !counted.known)
        {
            // 轿车0辆、金额0万元
            label.name = format!("{}金额", name.name);
            label.generic = false;
        } else if bare
            && let Some(subject) = scope.subject.filter(|_| is_earlier(&label, self.context.year))
        {
            // （上年3468.18万元）: the same figure a year before.
            let fact = self.twin(Some(subject), &label, id, label.basis, label.year, scope);
            self.facts.facts[fact as usize].certainty = 70;
            // 2023年预算2万元，减少1万元
            scope.base_level = Some(fact);
            return;
        } else if bare && let Some(held) = scope.counted.take_if(|own| !own.known && said == "开支")
        {
            // 举办赛事0场，开支0万元
            label.name = format!("{}开支", held.name);
            label.generic = false;
        } else if bare
            && label.year.is_none()
            && let Some(spent) = scope.counted.as_ref().and_then(spent_on)
        {
            // 外事接待0批次，0人次，共计支出0万元
            label.name = format!("{}支出", spent.0);
            label.indicators = vec![spent.1];
            label.generic = false;
        } else if bare
            && before.ends_with(phrase::placeholder(Kind::Count))
            && let Some(held) = scope.counted.take()
        {
            // 计划购置车辆2辆，36万元
            label.name = format!("{}金额", held.name);
            label.indicators.extend(self.facts.facts.last().and_then(bought_for));
            label.generic = false;
        } else if bare
            && let Some(pending) = scope.pending.clone().filter(|one| !is_other_side(&label, one))
        {
            let (side, said_fund, pending_fund) = (label.side, label.fund, pending.fund);
            label = Label {
                basis: label.basis.or(pending.basis),
                fund: label.fund.or(pending.fund),
                year: label.year.or(pending.year),
                ..pending
            };
            if let Some(side) = side {
                label.only(side);
            }
            // 收入预算：…，其中：一般公共预算拨款280万元 is revenue of that money.
            let total = |name: &Arc<str>| {
                (name.ends_with("/total") || name.ends_with("/this_year"))
                    && Side::of(name).is_some()
            };
            if let Some(fund) = said_fund
                .filter(|own| pending_fund.is_none_or(|of| of == Fund::Appropriation && of != *own))
                && label.indicators.iter().all(|name| total(name) && !name.contains("public"))
                && !scope.lists.is_empty()
            {
                label.indicators = vec![of_fund(self.side(scope), fund).into()];
            }
            // The same figure of the same stage and year was just given: this one may be of something else.
            let given = scope.subject.map(|subject| &self.facts.facts[subject as usize]);
            let again = given.is_some_and(|given| {
                label.indicators.first() == Some(&given.indicator)
                    && label.basis.is_none_or(|basis| basis == given.basis)
                    && label.year.is_none_or(|year| Some(year) == given.year)
            });
            certainty = if again { 70 } else { certainty };
        } else if bare {
            // 政府性基金预算财政拨款收入3万元，支出2万元
            if let (Some(side), None, Some(fund)) =
                (label.side, label.fund, self.section_fund(scope))
            {
                label.indicators = vec![of_fund(side, fund).into()];
            }
            // 2026年支出预算9151.31万元 at the head of a paragraph is all spending.
            let whole = label.side.is_some() && label.basis.is_some() && scope.subject.is_none();
            // 2026年一般公共预算当年拨款9151.31万元 heads the section on that money.
            let heads = scope.subject.is_none()
                && label.fund.is_some()
                && label.fund == self.section_fund(scope);
            certainty = match (heads, whole) {
                (true, _) => 80,
                (false, true) if self.is_headed(&label, scope) => 80,
                (false, true) => 70,
                // 2024年，本单位支出3万元 under 支出决算情况说明: with or without what is carried over.
                (false, false)
                    if label.side.is_some()
                        && scope.subject.is_none()
                        && self.is_headed(&label, scope) =>
                {
                    70
                }
                (false, false) => 50,
            };
        }
        scope.year = label.year.or(scope.year);
        // 涉及一般公共预算支出3万元，政府性基金预算支出0万元: both are of the projects.
        let of_fund_only = label.side.is_some() || label.name.is_empty();
        if scope.assessed && of_fund_only && label.code.is_none() {
            label.indicators = vec!["performance/funds".into()];
        }
        scope.assessed |= label.indicators.first().is_some_and(|n| &**n == "performance/funds");
        if scope.reason {
            certainty = certainty.min(60);
        }
        if scope.adjusted {
            certainty = certainty.min(50);
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
        let listed = || scope.lists.last().map(|list| self.facts.lists[*list].whole);
        if let Some(whole) = scope.bracket_of.or_else(listed) {
            list::name_by_whole(&mut label, &self.facts.facts[whole as usize]);
        }
        if self.pays_for(&label, scope) {
            label.indicators.clear();
        }
        if label.name == "其他支出" && label.indicators.is_empty() && self.among_classes(scope)
        {
            label.indicators = vec!["function/229".into()];
        }
        // 基金收入969万元，其中A收入866万元；基金支出4093万元: spending is no part of a revenue, it stands beside it.
        if !scope.reason && self.is_of_other_side(&label, scope) {
            scope.lists.clear();
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
        scope.counted = None;
    }

    /// Whether the section is headed by what the label says: 二、收入预算情况说明 over 2026年收入预算3万元.
    fn is_headed(&self, label: &Label, scope: &Scope) -> bool {
        let title = &self.report.document.sections[scope.section as usize].title;
        let side = match label.side {
            Some(Side::Revenue) => "收入",
            _ => "支出",
        };
        let budget = label.basis.unwrap_or(self.basis) == Basis::Budget;
        let stage = if budget { "预算" } else { "决算" };
        label.fund.is_none()
            && self.section_fund(scope).is_none()
            && title.contains(&format!("{side}{stage}"))
    }

    /// Adds the fact (and, for `收、支总计`, its twin on the other side); the first is returned.
    #[expect(clippy::too_many_arguments, reason = "the parts of a fact")]
    pub(super) fn push(
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
            (Some(code), _) => vec![crate::fact::code_key(code)],
            (None, Some(subject)) if measure != Measure::Level => vec![subject.indicator.clone()],
            _ => label.indicators.clone(),
        };
        if names.is_empty() {
            names.push(crate::fact::named_key(&label.name));
        }
        // 年初预算1048.24万元，其中：…1031.77万元: the parts are of the stage, year and money of their whole.
        let whole = scope.lists.last().filter(|_| measure == Measure::Level && !scope.reason);
        let (list_basis, list_year, list_fund) = match whole {
            Some(list) => {
                let whole = &self.facts.facts[self.facts.lists[*list].whole as usize];
                (Some(whole.basis), whole.year, whole.fund)
            }
            None => (None, None, None),
        };
        let first = self.facts.facts.len() as FactId;
        for (index, indicator) in names.into_iter().enumerate() {
            if index > 0 && measure != Measure::Level {
                break;
            }
            let subject = subject.as_ref();
            let running = self.running_fund(&indicator, scope);
            self.facts.facts.push(Fact {
                indicator,
                label: if label.name.is_empty() {
                    subject.map_or(String::new(), |s| s.label.clone())
                } else {
                    label.name.clone()
                },
                fund: label
                    .fund
                    .or(subject.and_then(|s| s.fund))
                    .or(list_fund)
                    .or(running)
                    .or(self.section_fund(scope)),
                basis: label
                    .basis
                    .or(subject.map(|s| s.basis))
                    .or(list_basis)
                    .unwrap_or(self.basis),
                year: label
                    .year
                    .or(subject.and_then(|s| s.year))
                    .or(list_year)
                    .or(scope.year)
                    .or(self.context.year),
                entity: label.entity.clone().unwrap_or_else(|| self.entity(scope)),
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
    pub(super) fn twin(
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
}
