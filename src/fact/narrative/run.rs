//! Figures said in a row of things named in a row: `货物、服务采购支出分别为3万元和5万元，占采购支出的37.5%和62.5%`.

use super::Narrator;
use super::scope::Scope;
use crate::fact::label::Label;
use crate::fact::{FactId, Measure};
use crate::number::{Kind, NumberId};
use crate::phrase::{self, Clause, Lifted, Match, Says, grammar};
use std::ops::Range;

/// What joins the members of a row.
const JOINTS: [char; 4] = ['、', '和', '及', '与'];

/// The members of a row of words: 货物、工程和服务.
pub(super) fn members(words: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut members = Vec::new();
    let mut start = within.start;
    for (at, joint) in words[within.clone()].match_indices(JOINTS) {
        members.push(start..within.start + at);
        start = within.start + at + joint.len();
    }
    members.push(start..within.end);
    members
}

/// Two or more figures of a kind with nothing but a joint between them: the byte of each in the lifted text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    places: Vec<(u32, NumberId)>,
}

/// The rows of a paragraph that says 分别.
pub(super) fn runs(lifted: &Lifted, kind: impl Fn(NumberId) -> Kind) -> Vec<Run> {
    let mut found = Vec::new();
    if !lifted.text.contains("分别") {
        return found;
    }
    let mut run = Run::default();
    let mut end = 0;
    for &(at, id) in &lifted.numbers {
        let joint = lifted.text[end..at as usize].trim();
        let joined = joint.strip_prefix(JOINTS).is_some_and(str::is_empty);
        let alike = run.places.last().is_some_and(|(_, last)| kind(*last) == kind(id));
        if !(joined && alike) {
            keep(&mut found, &mut run);
        }
        run.places.push((at, id));
        end = at as usize + phrase::placeholder(kind(id)).len_utf8();
    }
    keep(&mut found, &mut run);
    found
}

fn keep(found: &mut Vec<Run>, run: &mut Run) {
    let whole = std::mem::take(run);
    if whole.places.len() > 1 {
        found.push(whole);
    }
}

/// The names before 分别, one for each of `count` figures.
fn names(words: &str, count: usize) -> Option<Vec<Range<usize>>> {
    let (before, _) = words.rsplit_once("分别")?;
    let from = before.rfind(|c: char| "，。；：".contains(c)).map_or(0, |at| at + '，'.len_utf8());
    let names = members(before, from..before.len());
    (names.len() == count && names.iter().all(|name| !name.is_empty())).then_some(names)
}

impl Narrator<'_> {
    /// Where the figure at `at` stands in a row.
    pub(super) fn in_run(&self, at: usize, scope: &Scope) -> Option<(usize, usize)> {
        scope.runs.iter().enumerate().find_map(|(index, run)| {
            let place = run.places.iter().position(|(place, _)| *place as usize == at)?;
            Some((index, place))
        })
    }

    /// Levels said in a row; those whose names cannot be told apart have none that is known.
    pub(super) fn levels_in_run(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        words: Range<usize>,
        run: usize,
        scope: &mut Scope,
    ) {
        let places = std::mem::take(&mut scope.runs[run].places);
        let start = clause.start + words.start;
        let text = &lifted.text[start..clause.start + words.end];
        let names = names(text, places.len());
        let whole = self.label(lifted, clause, words.clone());
        scope.year = whole.year.or(scope.year);
        scope.row.clear();
        for (index, (_, id)) in places.iter().enumerate() {
            let own = names.as_ref().map(|names| {
                let range = &names[index];
                self.label(lifted, clause, words.start + range.start..words.start + range.end)
            });
            let label = match own {
                // 2022年、2023年支出分别为
                Some(own) if own.name.is_empty() => Label { year: own.year, ..whole.clone() },
                Some(own) => Label {
                    fund: own.fund.or(whole.fund),
                    basis: own.basis.or(whole.basis),
                    year: own.year.or(whole.year),
                    ..own
                },
                None => Label {
                    name: whole.name.clone(),
                    fund: whole.fund,
                    basis: whole.basis,
                    year: whole.year,
                    ..Label::default()
                },
            };
            let certainty = if names.is_some() && !label.indicators.is_empty() { 80 } else { 50 };
            let fact = self.push(&label, Measure::Level, *id, scope, None, None, certainty);
            scope.row.push(fact);
        }
        scope.runs[run].places = places;
        scope.subject = None;
        scope.change = None;
        scope.counted = None;
    }

    /// Shares, changes or rates said in a row, each of the level in the same place of the row before.
    pub(super) fn said_in_run(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        found: &Match,
        run: usize,
        scope: &mut Scope,
    ) {
        let places = std::mem::take(&mut scope.runs[run].places);
        let levels = std::mem::take(&mut scope.row);
        let fits = levels.len() == places.len();
        let whole = found.group("whole").filter(|range| !range.is_empty());
        let whole = whole.map(|range| self.label(lifted, clause, range));
        let base = found.group("base").map(|range| self.base(lifted, clause, range));
        let base = base.or(scope.base).unwrap_or_default();
        let says = grammar().phrases[found.phrase].says;
        let from = found.group("from");
        let from = from.and_then(|range| lifted.number_at(clause.start + range.start));
        let printed = from
            .zip(whole.as_ref())
            .map(|(from, whole)| self.push(whole, Measure::Level, from, scope, None, None, 85));
        for (index, (_, id)) in places.iter().enumerate() {
            let of: Option<FactId> = levels.get(index).copied().filter(|_| fits);
            let label = Label::default();
            let (measure, against) = match says {
                Says::Share => {
                    let named = || self.find_whole(whole.as_ref()?, of, scope);
                    (Measure::Share, of.and(printed.or_else(named)))
                }
                Says::Change => (Measure::Change, None),
                Says::Completion => (Measure::Completion, None),
                _ => (Measure::Rate, None),
            };
            let certainty = if of.is_some() { 80 } else { 40 };
            let fact = self.push(&label, measure, *id, scope, of, against, certainty);
            let own = &mut self.facts.facts[fact as usize];
            own.negative = found.group("less").is_some();
            own.base_year = base.year;
            own.base_basis = base.basis;
        }
        scope.row = levels;
        scope.runs[run].places = places;
        scope.change = None;
    }
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_name_for_each_figure() {
        let text = "货物、工程和服务采购金额分别为";
        let read = |count| {
            names(text, count)
                .map(|names| names.iter().map(|r| &text[r.clone()]).collect::<Vec<_>>())
        };
        assert_eq!(read(3), Some(vec!["货物", "工程", "服务采购金额"]));
        assert_eq!(read(2), None);
    }
}
