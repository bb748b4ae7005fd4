//! Classes and their items: 社会保障和就业支出 is the sum of the items listed under code 208, and what one fund spends is
//! at most what all spend.

use super::{Claim, Ground, Relation, Term, name};
use crate::Report;
use crate::fact::{Fact, FactId, Fund, Listing, Measure, Standing, indicators};
use crate::number::Code;

/// The class totals said in the narrative against the items of the itemised lists.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    for list in report.lists.iter().filter(|list| list.itemised) {
        if super::list::is_whole(report, list) {
            relations.extend(classes(report, list));
        }
    }
    relations
}

fn classes(report: &Report, list: &Listing) -> Vec<Relation> {
    let fact = |id: &FactId| &report.facts[*id as usize];
    let whole = fact(&list.whole);
    let mut groups: Vec<(String, Vec<&Fact>)> = Vec::new();
    for item in list.parts.iter().map(fact) {
        let code = item.indicator.starts_with("function/");
        let Some(class) = code.then(|| class(report, item)).flatten() else { return Vec::new() };
        if item.basis != whole.basis || item.year != whole.year {
            return Vec::new();
        }
        match groups.iter_mut().find(|(name, _)| *name == class) {
            Some((_, items)) => items.push(item),
            None => groups.push((class, vec![item])),
        }
    }
    let mut relations = Vec::new();
    for (class, items) in groups {
        let total = report.facts.iter().find(|fact| {
            let narrative = matches!(fact.standing, Standing::Narrative(_));
            let same = fact.basis == whole.basis
                && fact.year == whole.year
                && fact.entity == whole.entity
                && fact.fund == whole.fund;
            narrative
                && same
                && fact.measure == Measure::Level
                && fact.certainty >= 80
                && bare(&fact.label) == class
                && !list.parts.iter().any(|id| report.facts[*id as usize].number == fact.number)
        });
        let Some(total) = total.filter(|_| !items.is_empty()) else { continue };
        relations.push(Relation {
            claim: Claim::Sum {
                total: Term::plus(total.number),
                parts: items.iter().map(|item| Term::plus(item.number)).collect(),
                exact: true,
            },
            check: "sum/class_differs_from_items",
            ground: Ground::Sentence,
            at: report.numbers[total.number as usize].span,
            label: name(total),
        });
    }
    relations
}

/// The class an item is listed under, by its name: 社会保障和就业.
fn class(report: &Report, item: &Fact) -> Option<String> {
    let Standing::Narrative(block) = item.standing else { return None };
    let after = report.numbers.partition_point(|number| number.span.start < block.start);
    let own = report.numbers[after..].iter().take_while(|number| number.span.start < block.end);
    let code: &Code = own.filter_map(|number| number.code()).next()?;
    let class = code.names[0].as_deref().map(bare).filter(|name| !name.is_empty());
    class.filter(|_| item.fund != Some(Fund::Other))
}

fn bare(name: &str) -> String {
    indicators::normal(name).trim_end_matches("支出").to_string()
}
