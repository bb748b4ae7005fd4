//! The steps of a pattern, and what every match of it must hold or begin with.

use super::first::{First, Pairs};
use super::need::{AHEAD, Ahead, Need, needs};
use super::parse::{Assert, Class, Node, Parsed};

/// One step of a search.
#[derive(Debug)]
pub(super) enum Step {
    /// These characters follow.
    Text(Box<str>),
    /// A character of the class follows.
    Class(Class),
    /// Something holds here.
    Assert(Assert),
    /// A group begins or ends here.
    Slot(usize),
    /// Goes on at each of these steps, the first first, where the next character allows it; numbered among the places
    /// worth remembering.
    Fork(usize, Box<[(usize, First)]>),
    /// Goes on elsewhere.
    Jump(usize),
    /// Between `least` and `most` characters of the class follow, as few as possible if `lazy`; numbered as forks are.
    Gap(Box<Gap>),
    /// The pattern has matched.
    Done,
}

/// A bounded number of characters of a class.
#[derive(Debug)]
pub(super) struct Gap {
    pub(super) mark: usize,
    pub(super) class: Class,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) lazy: bool,
    /// What can follow it.
    pub(super) after: First,
}

/// Where a match may begin.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Begin {
    Anywhere,
    Line,
    Text,
}

/// A pattern as steps.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// Number of forks and gaps.
    pub(super) marks: usize,
    pub(super) groups: usize,
    pub(super) names: Vec<(String, usize)>,
    /// Whether `^` and `$` stand at lines.
    pub(super) lines: bool,
    pub(super) begin: Begin,
    /// What a match can begin with.
    pub(super) first: First,
    /// The pairs of characters it can begin with.
    pub(super) pairs: Pairs,
    /// What every match holds.
    pub(super) needs: Vec<Need>,
    /// One character that every match holds and most texts lack.
    pub(super) rare: Option<char>,
    /// What stands near the beginning of every match.
    pub(super) ahead: Vec<Ahead>,
}

impl Program {
    pub(super) fn new(parsed: &Parsed) -> Self {
        let mut builder = Builder { steps: vec![Step::Slot(0)], marks: 0 };
        builder.add(&parsed.tree, &First::anything());
        builder.steps.extend([Step::Slot(1), Step::Done]);
        let first = First::of(&parsed.tree, &First::anything());
        let begin = match (starts(&parsed.tree), parsed.lines) {
            (false, _) => Begin::Anywhere,
            (true, true) => Begin::Line,
            (true, false) => Begin::Text,
        };
        let needs = needs(&parsed.tree);
        let single = |need: &Need| <[char; 1]>::try_from(&need.set[..]).ok().map(|[c]| c);
        let rare = needs.iter().filter_map(single).rfind(|c| !c.is_ascii());
        let ahead = needs.iter().filter_map(Ahead::of).take(AHEAD).collect();
        Self {
            steps: builder.steps,
            marks: builder.marks,
            groups: parsed.groups,
            names: parsed.names.clone(),
            lines: parsed.lines,
            begin,
            first,
            pairs: Pairs::of(&parsed.tree),
            needs,
            rare,
            ahead,
        }
    }
}

/// Whether every match starts at `^`.
fn starts(node: &Node) -> bool {
    match node {
        Node::Assert(Assert::Start) => true,
        Node::Group(inner, _) => starts(inner),
        Node::Concat(parts) => parts.first().is_some_and(starts),
        Node::Alternatives(all) => all.iter().all(starts),
        _ => false,
    }
}

struct Builder {
    steps: Vec<Step>,
    marks: usize,
}

impl Builder {
    /// Adds the steps of `node`, which `after` follows.
    fn add(&mut self, node: &Node, after: &First) {
        match node {
            Node::Char(c) => self.steps.push(Step::Text(c.to_string().into())),
            Node::Class(class) => self.steps.push(Step::Class(class.clone())),
            Node::Assert(assert) => self.steps.push(Step::Assert(*assert)),
            Node::Group(inner, group) => {
                self.steps.push(Step::Slot(2 * group));
                self.add(inner, after);
                self.steps.push(Step::Slot(2 * group + 1));
            }
            Node::Concat(parts) => self.concat(parts, after),
            Node::Alternatives(all) => {
                let fork = self.fork();
                let mut ways = Vec::with_capacity(all.len());
                let mut jumps = Vec::with_capacity(all.len());
                for one in all {
                    ways.push((self.steps.len(), First::of(one, after)));
                    self.add(one, after);
                    jumps.push(self.steps.len());
                    self.steps.push(Step::Jump(0));
                }
                let end = self.steps.len();
                jumps.into_iter().for_each(|jump| self.steps[jump] = Step::Jump(end));
                self.close(fork, ways);
            }
            Node::Repeat { node, least, most, lazy } => {
                self.repeat(node, (*least, *most, *lazy), after);
            }
        }
    }

    /// Runs of characters become one step.
    fn concat(&mut self, parts: &[Node], after: &First) {
        let mut afters = vec![after.clone()];
        for part in parts.iter().skip(1).rev() {
            let next = afters.last().map_or_else(First::anything, |after| First::of(part, after));
            afters.push(next);
        }
        let mut text = String::new();
        for part in parts {
            let after = afters.pop().unwrap_or_default();
            if let Node::Char(c) = part {
                text.push(*c);
                continue;
            }
            self.text(&mut text);
            self.add(part, &after);
        }
        self.text(&mut text);
    }

    fn text(&mut self, text: &mut String) {
        if !text.is_empty() {
            self.steps.push(Step::Text(std::mem::take(text).into()));
        }
    }

    fn repeat(&mut self, node: &Node, count: (usize, Option<usize>, bool), after: &First) {
        let (least, most, lazy) = count;
        if let (Node::Class(class), Some(most)) = (node, most) {
            let (mark, class, after) = (self.mark(), class.clone(), after.clone());
            self.steps.push(Step::Gap(Box::new(Gap { mark, class, least, most, lazy, after })));
            return;
        }
        let again = First::of(node, after);
        let mut between = again.clone();
        between.join(after);
        for _ in 0..least {
            self.add(node, &between);
        }
        let order = |go: usize, leave: usize| match lazy {
            true => vec![(leave, after.clone()), (go, again.clone())],
            false => vec![(go, again.clone()), (leave, after.clone())],
        };
        match most {
            Some(most) => {
                let mut forks = Vec::new();
                for _ in least..most {
                    forks.push(self.fork());
                    self.add(node, &between);
                }
                let end = self.steps.len();
                forks.into_iter().for_each(|fork| self.close(fork, order(fork + 1, end)));
            }
            None => {
                let fork = self.fork();
                self.add(node, &between);
                self.steps.push(Step::Jump(fork));
                let end = self.steps.len();
                self.close(fork, order(fork + 1, end));
            }
        }
    }

    fn mark(&mut self) -> usize {
        self.marks += 1;
        self.marks - 1
    }

    /// A fork whose ways are not known yet.
    fn fork(&mut self) -> usize {
        let mark = self.mark();
        self.steps.push(Step::Fork(mark, Box::default()));
        self.steps.len() - 1
    }

    fn close(&mut self, fork: usize, ways: Vec<(usize, First)>) {
        if let Step::Fork(_, open) = &mut self.steps[fork] {
            *open = ways.into();
        }
    }
}
