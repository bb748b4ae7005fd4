//! What a clause refers to: the level it is about, the whole it is part of, the budget it was planned at.

use super::Narrator;
use super::scope::{Base, Scope};
use crate::document::{SectionId, Span};
use crate::fact::indicators::Side;
use crate::fact::label::Label;
use crate::fact::{Basis, Entity, Fact, FactId, Fund, Measure, Standing};

/// How many figures back a whole is looked for: what stands farther off is another report of the same volume.
const FAR: usize = 4096;

/// How many lists back one that a paragraph began is looked for.
const LISTS: usize = 256;

impl Narrator<'_> {
    /// The level a share, change or completion is about: the one its own words name, or the last.
    pub(super) fn subject(&self, label: &Label, scope: &Scope) -> Option<FactId> {
        if label.name.is_empty() || label.generic {
            scope.subject
        } else {
            // 货物采购授予中小企业合同金额占… is of a figure that is not printed.
            let long = label.name.chars().count() > 6;
            self.find_level(label, scope)
                .or(scope.subject.filter(|_| label.indicators.is_empty() && !long))
        }
    }

    /// The last level of this paragraph with the indicator that the words name.
    pub(super) fn find_level(&self, label: &Label, scope: &Scope) -> Option<FactId> {
        let name = crate::fact::named_key(&label.name);
        let wanted = |fact: &Fact| {
            label.indicators.contains(&fact.indicator)
                || (label.indicators.is_empty() && name == fact.indicator)
        };
        let in_block = |fact: &Fact| fact.standing == Standing::Narrative(scope.span);
        let levels = || {
            let own = self.facts.facts.iter().enumerate().rev();
            own.take_while(|(_, fact)| in_block(fact)).filter(|(_, fact)| {
                fact.measure == Measure::Level
                    && wanted(fact)
                    && label.year.is_none_or(|year| fact.year == Some(year))
            })
        };
        let same = levels().find(|(_, fact)| fact.fund == label.fund);
        same.or_else(|| {
            levels().find(|(_, fact)| {
                label.fund.is_none_or(|fund| fact.fund.is_none_or(|own| own == fund))
            })
        })
        .map(|(index, _)| index as FactId)
    }

    /// The whole that a share names: `占本年支出合计的`.
    pub(super) fn find_whole(
        &self,
        label: &Label,
        of: Option<FactId>,
        scope: &Scope,
    ) -> Option<FactId> {
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
        let entity = self.entity(scope);
        let level = |(index, fact): &(usize, &Fact)| {
            Some(*index as FactId) != of
                && fact.measure == Measure::Level
                && fact.certainty >= 60
                && label.indicators.contains(&fact.indicator)
                && same_stage(fact)
                && fact.entity == entity
        };
        let levels = || self.facts.facts.iter().enumerate().rev().take(FAR).filter(level);
        // 本年支出 and 总支出 are said of the same figure where there is no carry-over: the one named is taken.
        let named = levels().find(|(_, fact)| {
            fact.fund.unwrap_or(Fund::All)
                == label.fund.unwrap_or(fact.fund.filter(|f| *f == Fund::All).unwrap_or(Fund::All))
        });
        // 占基本支出的81.45% in a section on 一般公共预算 that has said its 基本支出.
        let own = self.section_fund(scope).filter(|_| label.fund.is_none());
        let of_section = || levels().find(|(_, fact)| fact.fund == own && own.is_some());
        let said_here = of_section().filter(|(_, fact)| {
            matches!(fact.standing, Standing::Narrative(span) if self.is_in_section(span, scope))
        });
        // 财政拨款基本支出580万元，其中：人员经费480万元，占基本支出的82.76%: the list's own whole.
        let listed = self.list_whole(of, scope).filter(|whole| {
            let whole = &self.facts.facts[*whole as usize];
            label.fund.is_none() && label.indicators.contains(&whole.indicator)
        });
        // 占总支出 in a section on 本年支出合计 is of that.
        let spoken = || {
            let lead = self.lead(scope).filter(|lead| Some(*lead) != of)?;
            let lead_of = &*self.facts.facts[lead as usize].indicator;
            let side = lead_of.strip_suffix("/this_year")?;
            let total =
                label.indicators.iter().any(|name| name.strip_suffix("/total") == Some(side));
            total.then_some(lead)
        };
        let found = listed
            .or_else(|| said_here.or(named).or_else(of_section).map(|(index, _)| index as FactId));
        found.or_else(spoken)
    }

    /// Whether a paragraph stands in the section that is read.
    fn is_in_section(&self, paragraph: Span, scope: &Scope) -> bool {
        let document = &self.report.document;
        let block = document.block_at(paragraph.start);
        block.is_some_and(|block| document.blocks[block as usize].section == scope.section)
    }

    /// The total that the paragraph is about, or the one before it in its section: its first figure, where all others are
    /// parts of lists.
    pub(super) fn lead(&self, scope: &Scope) -> Option<FactId> {
        let before = self.lead.filter(|(section, _)| *section == scope.section);
        let own = self.lead_of(scope.first).filter(|lead| self.is_total(*lead));
        own.or(before.map(|(_, lead)| lead))
    }

    /// The total that the section beside is about: 1.规模变化情况 says it, 2.结构情况 takes it apart.
    pub(super) fn lead_beside(&self, scope: &Scope) -> Option<FactId> {
        let parent = |id: SectionId| self.report.document.sections[id as usize].parent;
        let (section, lead) = self.lead?;
        let around = parent(section).filter(|parent| *parent > 0);
        (around.is_some() && around == parent(scope.section)).then_some(lead)
    }

    /// What a figure is a share of, where neither words nor a list say it: the total that its section speaks of.
    pub(super) fn whole_spoken_of(&self, of: Option<FactId>, scope: &Scope) -> Option<FactId> {
        let of = of?;
        let fact = |id: FactId| &self.facts.facts[id as usize];
        let lead = self.lead(scope).filter(|lead| *lead != of);
        let whole = lead.or_else(|| self.lead_beside(scope))?;
        let spent = |fact: &Fact| {
            ["expenditure/", "function/"].iter().any(|of| fact.indicator.starts_with(of))
        };
        let received =
            |fact: &Fact| ["revenue/", "balance/"].iter().any(|of| fact.indicator.starts_with(of));
        let alike =
            spent(fact(of)) && spent(fact(whole)) || received(fact(of)) && received(fact(whole));
        let scope_of = |fact: &Fact| (fact.basis, fact.year, fact.fund);
        // Money is named of the parts of all revenue, not of the parts of one money.
        let same = scope_of(fact(of)) == scope_of(fact(whole))
            || fact(whole).fund.is_none()
                && (fact(of).basis, fact(of).year) == (fact(whole).basis, fact(whole).year);
        (alike && same).then_some(whole)
    }

    pub(super) fn is_total(&self, fact: FactId) -> bool {
        let name = &*self.facts.facts[fact as usize].indicator;
        name.ends_with("/total") || name.ends_with("/this_year") || name == "revenue/appropriation"
    }

    /// The first level from `first` on, where all others are parts of lists.
    pub(super) fn lead_of(&self, first: usize) -> Option<FactId> {
        let own = &self.facts.facts[first..];
        let level = |fact: &&Fact| fact.measure == Measure::Level && fact.certainty >= 60;
        let at = own.iter().position(|fact| level(&fact))?;
        let lead = &own[at];
        let lists = || self.facts.lists.iter().rev().take(LISTS);
        let listed = |id: FactId| lists().any(|list| list.parts.contains(&id));
        let stray = own.iter().enumerate().skip(at + 1).any(|(index, fact)| {
            level(&fact) && fact.number != lead.number && !listed((first + index) as FactId)
        });
        // A figure with its share is a part of something said before; all spending of one money has parts of its own.
        let whole = ["/total", "/this_year"].iter().any(|end| lead.indicator.ends_with(end));
        let part = !whole
            && own.iter().any(|fact| {
                fact.measure == Measure::Share && fact.of == Some((first + at) as FactId)
            });
        (!stray && !part).then_some((first + at) as FactId)
    }

    pub(super) fn list_whole(&self, of: Option<FactId>, scope: &Scope) -> Option<FactId> {
        let of = of?;
        let list = scope
            .lists
            .iter()
            .rev()
            .find(|list| self.facts.lists[**list].parts.contains(&of))
            .copied();
        let list = list
            .or(scope.last_list.filter(|list| self.facts.lists[*list].parts.contains(&of)))
            .or(scope
                .item
                .filter(|(_, first)| self.first_level(*first) == Some(of))
                .map(|i| i.0))?;
        Some(self.facts.lists[list].whole)
    }

    /// The figure of another year or stage that this paragraph prints of the same: `2015年预算数160万元，2016年预算比2015年预算下降
    /// 68.8%`, `年初预算100万元，支出决算120万元，决算数大于年初预算数20万元`; of several all must agree.
    pub(super) fn base_said(&self, of: FactId, base: Base, scope: &Scope) -> Option<FactId> {
        let own = &self.facts.facts[of as usize];
        let when = (base.year.or(own.year), base.basis.unwrap_or(own.basis));
        let same = |fact: &Fact| {
            fact.measure == Measure::Level
                && fact.certainty >= 60
                && (fact.year, fact.basis) == when
                && (&fact.indicator, fact.fund, &fact.entity)
                    == (&own.indicator, own.fund, &own.entity)
        };
        if when == (own.year, own.basis) || &*own.indicator == "label/" {
            return None;
        }
        let said = self.facts.facts[scope.first..].iter().enumerate();
        let mut said = said.filter(|(_, fact)| same(fact));
        let (first, base) = said.next()?;
        let range = |fact: &Fact| self.report.numbers[fact.number as usize].range();
        let agrees = |(_, other): (usize, &Fact)| {
            range(base).zip(range(other)).is_some_and(|(one, other)| one.meets(other))
        };
        said.all(agrees).then_some((scope.first + first) as FactId)
    }

    /// The budget level said just before for the same indicator.
    pub(super) fn budget_of(
        &self,
        of: FactId,
        basis: Option<Basis>,
        scope: &Scope,
    ) -> Option<FactId> {
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

    /// What this paragraph says of the figure `of` beside its budget: the completion, or how much it is beyond.
    pub(super) fn beyond_budget(
        &self,
        of: FactId,
        measure: Measure,
        budget: Basis,
        scope: &Scope,
    ) -> Option<FactId> {
        let said = self.facts.facts[scope.first..].iter().rposition(|fact| {
            (fact.measure, fact.of, fact.base_basis) == (measure, Some(of), Some(budget))
                && budget != Basis::Final
                && fact.base_year.is_none_or(|year| Some(year) == fact.year)
        });
        said.map(|at| (scope.first + at) as FactId)
    }

    /// The figure a completion is of where the budget was said last: 支出3万元，年初预算2.5万元，完成年初预算的120%.
    pub(super) fn carried_out(&self, planned: FactId, scope: &Scope) -> Option<FactId> {
        let plan = &self.facts.facts[planned as usize];
        let before = &self.facts.facts[scope.first..planned as usize];
        let last = before.iter().rposition(|fact| fact.measure == Measure::Level)?;
        let fact = &before[last];
        let same = (&fact.indicator, fact.year, fact.fund, &fact.entity)
            == (&plan.indicator, plan.year, plan.fund, &plan.entity);
        let done = plan.basis != Basis::Final && fact.basis == Basis::Final;
        (same && done).then_some((scope.first + last) as FactId)
    }

    pub(super) fn side(&self, scope: &Scope) -> Side {
        let whole = scope.lists.last().map(|list| self.facts.lists[*list].whole).or(scope.subject);
        match whole.map(|whole| &*self.facts.facts[whole as usize].indicator) {
            Some(name) if name.starts_with("revenue") || name.starts_with("balance") => {
                Side::Revenue
            }
            Some(_) => Side::Expenditure,
            None => self
                .sections
                .get(scope.section as usize)
                .map_or(Side::Expenditure, |section| section.side),
        }
    }

    /// The money the section of a paragraph is about.
    pub(super) fn section_fund(&self, scope: &Scope) -> Option<Fund> {
        self.sections.get(scope.section as usize)?.fund
    }

    /// The money that the paragraphs before an item of spending name.
    pub(super) fn running_fund(&self, indicator: &str, scope: &Scope) -> Option<Fund> {
        let running = self.running.as_ref()?;
        let fits = running.section == scope.section && indicator.starts_with("function/");
        fits.then_some(running.fund)
    }

    /// Notes the government a figure is of, for the figures after it: 全市一般公共预算收入3亿元, later 市级一般公共预算收入1亿元.
    pub(super) fn governed(&mut self, label: &Label, scope: &mut Scope) {
        let Some(government) = label.government else { return };
        self.governments |= government.many;
        if self.governments {
            scope.government = Some(government.name);
        }
    }

    /// Whose figures the paragraph holds: of the government it names, or of whom its section is.
    pub(super) fn entity(&self, scope: &Scope) -> Entity {
        if let Some(government) = scope.government {
            return Entity::Unit(government.into());
        }
        let section = self.sections.get(scope.section as usize);
        section.map_or(Entity::Department, |section| section.entity.clone())
    }
}
