//! The fewest repairs that explain a group of failing relations, one after the other.

use super::candidate::{Candidate, candidates};
use super::graph::Graph;
use super::misplaced::misplaced;
use super::past::Past;
use super::{Blame, Print, Reason, RelationId, Root};
use crate::Report;
use crate::number::NumberId;
use crate::relation::Claim;
use crate::relation::evaluate::{Figures, Verdict, evaluate, sum};
use crate::relation::solve::solve;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A larger group means a misread table: its relations are reported one by one, without blame.
const MANY: usize = 160;

/// Sums of more parts name no single part.
const MOST_PARTS: usize = 60;

/// The defects of one group of relations that fail together.
pub(super) fn explain<'s, 'r>(
    report: &'r Report,
    graph: &'s Graph,
    past: &'s Past<'r>,
    figures: &'s mut Figures<'r>,
    component: Vec<RelationId>,
) -> Vec<Root> {
    let mut search = Search {
        report,
        graph,
        past,
        figures,
        remaining: component.iter().copied().collect(),
        failing: graph.failing(),
        reported: HashSet::new(),
        roots: Vec::new(),
    };
    search.left_standing();
    if search.remaining.len() <= MANY {
        search.repair();
    }
    let rest: Vec<RelationId> = search.remaining.iter().copied().collect();
    for id in rest {
        search.report(vec![id], None);
    }
    search.roots
}

struct Search<'s, 'r> {
    report: &'r Report,
    graph: &'s Graph,
    past: &'s Past<'r>,
    figures: &'s mut Figures<'r>,
    remaining: BTreeSet<RelationId>,
    /// All relations of the report that fail.
    failing: &'s [RelationId],
    /// Relations reported without a repair: they go on failing, and that is known.
    reported: HashSet<RelationId>,
    roots: Vec<Root>,
}

/// A candidate with what it does.
struct Scored {
    candidate: Candidate,
    fixes: Vec<RelationId>,
    net: i64,
    /// Whether another place prints the same figure while a single relation is against it.
    upheld: bool,
}

impl Scored {
    /// What mends more is better, then what only one place prints, then what more speaks for.
    fn rank(&self) -> (i64, bool, u8) {
        (self.net, !self.upheld, self.candidate.weight)
    }

    /// Whether this is as good a story as `best` though it weighs less: one digit of another figure, off by one.
    fn rivals(&self, best: &Self) -> bool {
        self.candidate.figure != best.candidate.figure
            && self.net == best.net
            && self.candidate.reason == Reason::Digit
            && matches!(best.candidate.reason, Reason::Digit | Reason::Dropped | Reason::Doubled)
            && self.fixes.iter().any(|id| best.fixes.contains(id))
    }
}

impl Search<'_, '_> {
    /// Sums whose parts make up last year's total: the parts were left standing.
    fn left_standing(&mut self) {
        let sums: Vec<RelationId> = self.remaining.iter().copied().collect();
        for id in sums {
            let Claim::Sum { total, parts, exact: true } = &self.report.relations[id].claim else {
                continue;
            };
            let Some(all) = sum(parts, self.figures) else { continue };
            let known = self.past.before(total.number).iter();
            let Some(from) = known.clone().find(|known| known.range.meets(all)).map(|k| k.from)
            else {
                continue;
            };
            if !self.remaining.contains(&id) {
                continue;
            }
            let mut group = vec![id];
            for part in parts {
                let relations = self.graph.relations(self.graph.figure(part.number));
                group.extend(relations.iter().filter(|other| self.remaining.contains(*other)));
            }
            group.sort_unstable();
            group.dedup();
            group.retain(|other| *other != id);
            group.insert(0, id);
            for id in &group {
                self.remaining.remove(id);
                self.reported.insert(*id);
            }
            let root = Root::plain(id, Verdict::Differs, group[1..].to_vec());
            self.roots.push(Root { stale: Some(from), ..root });
        }
    }

    fn repair(&mut self) {
        let mut scores: BTreeMap<NumberId, Vec<Scored>> = BTreeMap::new();
        let mut dirty: BTreeSet<NumberId> = self.figures_of(self.remaining.iter().copied());
        while !self.remaining.is_empty() {
            for figure in std::mem::take(&mut dirty) {
                let scored = self.score(figure);
                scores.insert(figure, scored);
            }
            let mut best: Vec<&Scored> = Vec::new();
            for scored in scores.values().flatten().filter(|scored| scored.net > 0) {
                match best
                    .first()
                    .map_or(std::cmp::Ordering::Greater, |first| scored.rank().cmp(&first.rank()))
                {
                    std::cmp::Ordering::Greater => best = vec![scored],
                    std::cmp::Ordering::Equal => best.push(scored),
                    std::cmp::Ordering::Less => {}
                }
            }
            let Some(first) = best.first() else { break };
            let figure = first.candidate.figure;
            let own = |scored: &&&Scored| scored.candidate.figure == figure;
            let first = best
                .iter()
                .filter(own)
                .find(|scored| scored.candidate.print.is_some())
                .unwrap_or(first);
            // Another figure that would explain the same failure as well is a rival; one elsewhere is another defect.
            let alone = best.iter().all(|other| {
                let print = other.candidate.print;
                match other.candidate.figure == figure {
                    true => print.is_none() || print == first.candidate.print,
                    false => !other.fixes.iter().any(|id| first.fixes.contains(id)),
                }
            });
            let rivals = scores.values().flatten();
            let alone = alone && !rivals.into_iter().any(|other| other.rivals(first));
            // Another place prints it as well: the slip may be in any figure of the one relation that fails.
            let upheld = scores.values().flatten().any(|other| {
                other.upheld
                    && other.net == first.net
                    && other.candidate.weight > first.candidate.weight
                    && other.fixes.iter().any(|id| first.fixes.contains(id))
            });
            let alone = alone && !first.upheld && !upheld;
            let alone = alone && !self.leans_on_doubt(first) && !self.is_misplaced(first);
            // Of stories as good the one that breaks least tells which relations belong together.
            let as_good = |scored: &&Scored| {
                scored.net == first.net && scored.fixes.iter().any(|id| first.fixes.contains(id))
            };
            let told = alone && first.candidate.print.is_some();
            let stories = scores.values().flatten().filter(|scored| !told && as_good(scored));
            let first = stories.min_by_key(|scored| scored.fixes.len()).unwrap_or(first);
            let (figure, fixes) = (first.candidate.figure, first.fixes.clone());
            let blame = match (told, first.candidate.print) {
                (true, Some(print)) => Some(self.blame(&first.candidate, print, fixes.len())),
                _ => None,
            };
            if blame.is_some() {
                for (number, range) in &first.candidate.ranges {
                    self.figures.replace(*number, Some(*range));
                }
            }
            dirty = self.figures_of(fixes.iter().copied());
            dirty.extend(self.figures_of(self.graph.relations(figure).iter().copied()));
            dirty.retain(|figure| scores.contains_key(figure));
            self.report(fixes, blame);
        }
    }

    /// Whether a repair takes over a figure said elsewhere that goes on failing there: 192207.76 is not mended by the 42673.03 of a
    /// table whose own rows make up 192207.76.
    fn leans_on_doubt(&self, scored: &Scored) -> bool {
        let Reason::SaidElsewhere(other) = scored.candidate.reason else { return false };
        let base = |id: NumberId| self.report.numbers[id as usize].base();
        let same = |id: &RelationId| {
            let terms = self.report.relations[*id].claim.terms();
            terms.iter().any(|term| base(term.number) == base(other))
        };
        self.failing.iter().any(|id| !scored.fixes.contains(id) && same(id))
    }

    /// Whether a row under another code explains all that a repair mends.
    fn is_misplaced(&self, scored: &Scored) -> bool {
        let relation = |id: &RelationId| &self.report.relations[*id];
        let story = |id| misplaced(self.report, self.figures, relation(id)).is_some();
        scored.fixes.iter().all(story)
    }

    fn blame(&self, candidate: &Candidate, print: Print, repairs: usize) -> Blame {
        let mentions = self.graph.mentions(candidate.figure);
        let numbers = &self.report.numbers;
        let own = &numbers[candidate.number as usize];
        // The first that is printed alike; `1,897.68万元` in the text is not mended by the 元 of a table.
        let alike = |other: &&NumberId| {
            let other = &numbers[**other as usize];
            other.factor == own.factor && other.decimals == own.decimals
        };
        let first = mentions.iter().find(alike).copied().unwrap_or(candidate.number);
        Blame {
            number: first,
            also: mentions.iter().copied().filter(|other| *other != first).collect(),
            print,
            reason: candidate.reason,
            repairs: repairs as u32,
        }
    }

    fn figures_of(&self, relations: impl Iterator<Item = RelationId>) -> BTreeSet<NumberId> {
        relations
            .flat_map(|id| self.report.relations[id].claim.terms())
            .map(|term| self.graph.figure(term.number))
            .collect()
    }

    /// All repairs of a figure with what they do; the best first.
    fn score(&mut self, figure: NumberId) -> Vec<Scored> {
        let relations: Vec<RelationId> = self
            .graph
            .relations(figure)
            .iter()
            .copied()
            .filter(|id| self.remaining.contains(id))
            .collect();
        let mut found: Vec<Scored> = Vec::new();
        for id in relations {
            let relation = &self.report.relations[id];
            let terms = relation.claim.terms();
            if terms.len() > MOST_PARTS || self.has_no_rate(&relation.claim) {
                continue;
            }
            let own = terms.iter().find(|term| self.graph.figure(term.number) == figure);
            let Some(number) = own.map(|term| term.number) else { continue };
            let repairs =
                candidates(self.report, self.graph, self.past, self.figures, relation, number);
            for candidate in repairs {
                if let Some(scored) = self.try_out(candidate) {
                    found.push(scored);
                }
            }
        }
        found.sort_by_key(|scored| std::cmp::Reverse(scored.rank()));
        found.truncate(4);
        found
    }

    /// Whether the base of a printed rate or share is zero: no figure is wrong, there is none.
    fn has_no_rate(&self, claim: &Claim) -> bool {
        match claim {
            Claim::Share { percent, .. } => solve(claim, percent.number, self.figures).is_none(),
            Claim::Rate { rate, .. } => solve(claim, rate.number, self.figures).is_none(),
            _ => false,
        }
    }

    /// What a repair fixes and breaks.
    fn try_out(&mut self, candidate: Candidate) -> Option<Scored> {
        let relations = self.graph.relations(candidate.figure);
        let kept: Vec<_> = candidate
            .ranges
            .iter()
            .map(|(number, range)| (*number, self.figures.replace(*number, Some(*range))))
            .collect();
        let (mut fixes, mut broken) = (Vec::new(), 0);
        for id in relations {
            let fails =
                evaluate(&self.report.relations[*id].claim, self.figures) == Verdict::Differs;
            match (self.remaining.contains(id), fails) {
                (true, false) => fixes.push(*id),
                (false, true) if !self.reported.contains(id) => broken += 1,
                _ => {}
            }
        }
        for (number, range) in kept {
            self.figures.replace(number, range);
        }
        let net = fixes.len() as i64 - broken;
        let upheld = fixes.len() == 1 && candidate.ranges.len() > 1;
        (!fixes.is_empty()).then_some(Scored { candidate, fixes, net, upheld })
    }

    /// Closes a defect: the relation to show first, the others as what follows.
    fn report(&mut self, mut group: Vec<RelationId>, blame: Option<Blame>) {
        for id in &group {
            self.remaining.remove(id);
            if blame.is_none() {
                self.reported.insert(*id);
            }
        }
        group.sort_by_key(|id| {
            let claim = &self.report.relations[*id].claim;
            (order(claim), claim.terms().len(), *id)
        });
        let Some((first, rest)) = group.split_first() else { return };
        let own = &self.report.relations[*first];
        let misplaced = match blame {
            Some(_) => None,
            None => misplaced(self.report, self.figures, own),
        };
        let root = Root::plain(*first, Verdict::Differs, rest.to_vec());
        self.roots.push(Root { blame, misplaced, ..root });
    }
}

/// Which relation shows a defect best: the one whose arithmetic a reader can follow on one line.
fn order(claim: &Claim) -> u8 {
    match claim {
        Claim::Sum { exact: true, .. } | Claim::Product { .. } | Claim::Formula { .. } => 0,
        Claim::Change { .. } => 1,
        Claim::Equal { .. } => 2,
        Claim::Share { .. } | Claim::Portion { .. } => 3,
        Claim::Rate { .. } | Claim::Hundred { .. } => 4,
        Claim::Sum { .. } | Claim::Order { .. } => 5,
    }
}
