//! Figures of tables that the words of the narrative may mean as well.

use crate::Report;
use crate::fact::{Basis, Fact, Measure, Standing};
use crate::number::NumberId;
use std::collections::HashMap;

/// The levels that tables print, by stage, year and indicator; those of all money under no name as well.
pub(super) struct Cells<'r> {
    report: &'r Report,
    levels: HashMap<(Basis, Option<i32>, &'r str), Vec<NumberId>>,
}

impl<'r> Cells<'r> {
    /// The levels of all tables of `report`.
    pub(super) fn new(report: &'r Report) -> Self {
        let mut levels: HashMap<_, Vec<NumberId>> = HashMap::new();
        for fact in &report.facts {
            if fact.measure == Measure::Level && matches!(fact.standing, Standing::Cell(..)) {
                let money = is_money(&fact.indicator).then_some("");
                for name in [Some(&*fact.indicator), money].into_iter().flatten() {
                    levels.entry((fact.basis, fact.year, name)).or_default().push(fact.number);
                }
            }
        }
        Self { report, levels }
    }

    /// Whether a figure that differs from `anchor` is another printed figure of nearly the same name: the same indicator
    /// of other money, or a total with or without what is carried over. Which of them the words mean is then not certain.
    pub(super) fn may_mean_another(&self, fact: &Fact, anchor: &Fact) -> bool {
        let range = |id: NumberId| self.report.numbers[id as usize].range();
        let meets = |a: NumberId, b: NumberId| match (range(a), range(b)) {
            (Some(a), Some(b)) => a.meets(b),
            _ => true,
        };
        let value = self.report.numbers[fact.number as usize].value();
        if meets(fact.number, anchor.number) || value.is_none_or(|value| value.is_zero()) {
            return false;
        }
        let named = |name| self.levels.get(&(fact.basis, fact.year, name)).into_iter().flatten();
        let money = is_money(&fact.indicator).then(|| named("")).into_iter().flatten();
        let mut near = named(&*fact.indicator).chain(money);
        near.any(|other| *other != fact.number && meets(*other, fact.number))
    }
}

/// Whether an indicator is one of the totals that are easily taken for each other.
fn is_money(name: &str) -> bool {
    name.starts_with("revenue/")
        || name.starts_with("balance/")
        || matches!(name, "expenditure/total" | "expenditure/this_year")
}
