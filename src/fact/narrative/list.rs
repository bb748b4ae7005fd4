//! The list a level stands in: what it takes apart, and what its parts can be.

use super::Narrator;
use super::scope::Scope;
use crate::document::Span;
use crate::fact::indicators::{Side, indicators};
use crate::fact::label::Label;
use crate::fact::{Completeness, Fact, Listing};
use crate::phrase::{Clause, Lifted};
use std::sync::Arc;

/// Names a part by its whole, where its own words leave out what is said there: 公务用车购置及运行费10万元（购置费4万元，…）.
pub(super) fn name_by_whole(label: &mut Label, whole: &Fact) {
    if !label.indicators.is_empty() || label.code.is_some() || label.name.is_empty() {
        return;
    }
    let heads = whole.label.char_indices().skip(2).take(4).map(|(at, _)| &whole.label[..at]);
    let mut named = heads.filter_map(|head| indicators().get(&format!("{head}{}", label.name)));
    // three_public/vehicle_purchase is of three_public/vehicle.
    let of_whole =
        |name: &str| name.strip_prefix(&*whole.indicator).is_some_and(|rest| rest.starts_with('_'));
    let part = named.find(|known| of_whole(&known.name));
    label.indicators.extend(part.map(|part| part.name.clone()));
}

impl Narrator<'_> {
    /// Opens a list that takes the subject apart.
    pub(super) fn open_list(
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

    /// Whether a level of the department's purse stands in a list of what one thing is paid from: 政府采购预算3万元，其中：上年结转
    /// 结余资金1万元 is not all that was carried over.
    pub(super) fn pays_for(&self, label: &Label, scope: &Scope) -> bool {
        let Some(list) = scope.lists.last() else { return false };
        let whole = &*self.facts.facts[self.facts.lists[*list].whole as usize].indicator;
        let bought = whole.starts_with("procurement/") || whole.starts_with("assets/");
        let purse = |name: &Arc<str>| Side::of(name).is_some() || name.starts_with("balance/");
        bought && !label.name.is_empty() && label.indicators.iter().any(purse)
    }

    /// Whether a level is spending and the list that is open takes a revenue apart, or the other way round.
    pub(super) fn is_of_other_side(&self, label: &Label, scope: &Scope) -> bool {
        let Some(list) = scope.lists.last() else { return false };
        let whole = &*self.facts.facts[self.facts.lists[*list].whole as usize].indicator;
        let [own] = label.indicators.as_slice() else { return false };
        Side::of(own).zip(Side::of(whole)).is_some_and(|(own, whole)| own != whole)
    }

    /// Whether the list that is open lists classes of spending: 其他支出 among them is the class of that name.
    pub(super) fn among_classes(&self, scope: &Scope) -> bool {
        let list = scope.lists.last().map(|list| &self.facts.lists[*list]);
        let part = list.and_then(|list| list.parts.last());
        part.is_some_and(|part| self.facts.facts[*part as usize].indicator.starts_with("function/"))
    }
}
