//! What every match of a pattern holds, so that most texts and most places are ruled out at a glance: of
//! `比上年(?:增加|减少)` 比, 上, 年 and one of 增 and 减.

use super::first::First;
use super::parse::Node;

/// More characters than these are too many to tell anything.
const MOST: usize = 24;

/// So many needs are looked for ahead of a place.
pub(super) const AHEAD: usize = 4;

/// Farther than this nothing is looked for.
const FAR: usize = 64;

/// Characters of which every match holds one.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) set: Vec<char>,
    /// The most characters that stand before it in a match, if there is a most.
    within: Option<usize>,
}

/// A need that stands near the beginning of a match.
#[derive(Debug)]
pub(super) struct Ahead {
    pub(super) set: First,
    /// The most bytes that stand before it in a match.
    pub(super) within: usize,
}

impl Ahead {
    pub(super) fn of(need: &Need) -> Option<Self> {
        let within = need.within.filter(|within| (1..=FAR).contains(within))?;
        let mut set = First::default();
        need.set.iter().for_each(|c| set.range(*c, *c));
        Some(Self { set, within: within * 4 })
    }
}

/// What every match of a pattern holds, in the order of the pattern.
pub(super) fn needs(tree: &Node) -> Vec<Need> {
    let mut needs = Vec::new();
    collect(tree, Some(0), &mut needs);
    needs
}

/// Adds what `node` needs after at most `before` characters; the most characters there are after it.
fn collect(node: &Node, before: Option<usize>, needs: &mut Vec<Need>) -> Option<usize> {
    match node {
        Node::Char(c) => {
            needs.push(Need { set: vec![*c], within: before });
            Some(before? + 1)
        }
        Node::Class(class) => {
            needs.extend(class.few().map(|set| Need { set, within: before }));
            Some(before? + 1)
        }
        Node::Assert(_) => before,
        Node::Group(inner, _) => collect(inner, before, needs),
        Node::Concat(parts) => parts.iter().fold(before, |at, part| collect(part, at, needs)),
        Node::Repeat { node, least, most, .. } => {
            let mut own = Vec::new();
            let once = collect(node, before, &mut own);
            needs.extend(own.into_iter().filter(|_| *least > 0));
            let before = before?;
            Some(before + (once? - before) * (*most)?)
        }
        Node::Alternatives(all) => {
            let mut ends = before;
            let mut any = Some(Need { set: Vec::new(), within: before });
            for one in all {
                let mut own = Vec::new();
                let end = collect(one, before, &mut own);
                ends = ends.zip(end).map(|(a, b)| a.max(b));
                any = any.and_then(|any| any.or(own));
            }
            needs.extend(any.filter(|any| any.set.len() <= MOST));
            ends
        }
    }
}

impl Need {
    /// One need for two alternatives, the other of which has these.
    fn or(mut self, others: Vec<Need>) -> Option<Self> {
        // one that the first needs as well costs nothing
        let known = |other: &Need| other.set.iter().all(|c| self.set.contains(c));
        let order = |other: &Need| (!known(other), other.set.len());
        let other = others.into_iter().min_by_key(order)?;
        self.within = self.within.zip(other.within).map(|(a, b)| a.max(b));
        self.set.extend(other.set);
        self.set.sort_unstable();
        self.set.dedup();
        Some(self)
    }
}
