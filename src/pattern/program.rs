//! The steps of a pattern, and what every match of it must hold or begin with.

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
    /// Goes on at each of these steps, the first first; numbered among the places worth remembering.
    Fork(usize, Box<[usize]>),
    /// Goes on elsewhere.
    Jump(usize),
    /// Between `least` and `most` characters of the class follow, as few as possible if `lazy`; numbered as forks are.
    Gap { mark: usize, class: Class, least: usize, most: usize, lazy: bool },
    /// The pattern has matched.
    Done,
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
    /// Characters a match can begin with, by their lowest eight bits.
    pub(super) first: First,
    /// Characters that every match holds.
    pub(super) needs: Vec<char>,
}

impl Program {
    pub(super) fn new(parsed: &Parsed) -> Self {
        let mut builder = Builder { steps: vec![Step::Slot(0)], marks: 0 };
        builder.add(&parsed.tree);
        builder.steps.extend([Step::Slot(1), Step::Done]);
        let mut first = First::default();
        if first.add(&parsed.tree) {
            first.0 = [u64::MAX; 4]; // it can match nothing, so anywhere
        }
        let begin = match (starts(&parsed.tree), parsed.lines) {
            (false, _) => Begin::Anywhere,
            (true, true) => Begin::Line,
            (true, false) => Begin::Text,
        };
        let mut needs = Vec::new();
        need(&parsed.tree, &mut needs);
        Self {
            steps: builder.steps,
            marks: builder.marks,
            groups: parsed.groups,
            names: parsed.names.clone(),
            lines: parsed.lines,
            begin,
            first,
            needs,
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

/// Collects the characters that every match holds.
fn need(node: &Node, needs: &mut Vec<char>) {
    match node {
        Node::Char(c) => needs.push(*c),
        Node::Group(inner, _) => need(inner, needs),
        Node::Concat(parts) => parts.iter().for_each(|part| need(part, needs)),
        Node::Repeat { node, least: 1.., .. } => need(node, needs),
        _ => {}
    }
}

/// A set of characters by their lowest eight bits: it may say yes too often, never no.
#[derive(Debug, Default)]
pub(super) struct First([u64; 4]);

impl First {
    pub(super) fn may_be(&self, c: char) -> bool {
        let low = c as usize & 255;
        self.0[low >> 6] >> (low & 63) & 1 == 1
    }

    /// Adds what `node` can begin with; whether it can match nothing.
    fn add(&mut self, node: &Node) -> bool {
        match node {
            Node::Char(c) => {
                self.range(*c, *c);
                false
            }
            Node::Class(class) => {
                match class.ranges() {
                    Some(ranges) => ranges.iter().for_each(|(from, to)| self.range(*from, *to)),
                    None => self.0 = [u64::MAX; 4],
                }
                false
            }
            Node::Assert(_) => true,
            Node::Group(inner, _) => self.add(inner),
            Node::Concat(parts) => parts.iter().all(|part| self.add(part)),
            Node::Alternatives(all) => all.iter().fold(false, |empty, one| self.add(one) || empty),
            Node::Repeat { node, least, .. } => self.add(node) || *least == 0,
        }
    }

    fn range(&mut self, from: char, to: char) {
        for low in (from as usize..=to as usize).take(256).map(|c| c & 255) {
            self.0[low >> 6] |= 1 << (low & 63);
        }
    }
}

struct Builder {
    steps: Vec<Step>,
    marks: usize,
}

impl Builder {
    fn add(&mut self, node: &Node) {
        match node {
            Node::Char(c) => self.steps.push(Step::Text(c.to_string().into())),
            Node::Class(class) => self.steps.push(Step::Class(class.clone())),
            Node::Assert(assert) => self.steps.push(Step::Assert(*assert)),
            Node::Group(inner, group) => {
                self.steps.push(Step::Slot(2 * group));
                self.add(inner);
                self.steps.push(Step::Slot(2 * group + 1));
            }
            Node::Concat(parts) => self.concat(parts),
            Node::Alternatives(all) => {
                let fork = self.fork();
                let mut starts = Vec::with_capacity(all.len());
                let mut jumps = Vec::with_capacity(all.len());
                for one in all {
                    starts.push(self.steps.len());
                    self.add(one);
                    jumps.push(self.steps.len());
                    self.steps.push(Step::Jump(0));
                }
                let end = self.steps.len();
                jumps.into_iter().for_each(|jump| self.steps[jump] = Step::Jump(end));
                self.close(fork, starts);
            }
            Node::Repeat { node, least, most, lazy } => self.repeat(node, *least, *most, *lazy),
        }
    }

    /// Runs of characters become one step.
    fn concat(&mut self, parts: &[Node]) {
        let mut text = String::new();
        for part in parts {
            if let Node::Char(c) = part {
                text.push(*c);
                continue;
            }
            if !text.is_empty() {
                self.steps.push(Step::Text(std::mem::take(&mut text).into()));
            }
            self.add(part);
        }
        if !text.is_empty() {
            self.steps.push(Step::Text(text.into()));
        }
    }

    fn repeat(&mut self, node: &Node, least: usize, most: Option<usize>, lazy: bool) {
        if let (Node::Class(class), Some(most)) = (node, most) {
            let mark = self.mark();
            self.steps.push(Step::Gap { mark, class: class.clone(), least, most, lazy });
            return;
        }
        for _ in 0..least {
            self.add(node);
        }
        let order = |go: usize, leave: usize| if lazy { vec![leave, go] } else { vec![go, leave] };
        match most {
            Some(most) => {
                let mut forks = Vec::new();
                for _ in least..most {
                    forks.push(self.fork());
                    self.add(node);
                }
                let end = self.steps.len();
                forks.into_iter().for_each(|fork| self.close(fork, order(fork + 1, end)));
            }
            None => {
                let fork = self.fork();
                self.add(node);
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

    fn close(&mut self, fork: usize, ways: Vec<usize>) {
        if let Step::Fork(_, open) = &mut self.steps[fork] {
            *open = ways.into();
        }
    }
}
