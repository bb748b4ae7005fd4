//! The search: steps tried in order of preference, none twice at one place.

use super::need::AHEAD;
use super::parse::{Assert, is_word};
use super::program::{Begin, Gap, Program, Step};
use std::cell::RefCell;

/// Most words of memory that a search leaves for the next.
const KEPT: usize = 1 << 12;

thread_local! {
    /// Memory of searches that have ended.
    static SPARE: RefCell<Vec<Memory>> = const { RefCell::new(Vec::new()) };
}

/// What a search notes while it tries.
#[derive(Default)]
struct Memory {
    /// One bit for each mark of the program and each place of the text from `base` on: that way has failed.
    failed: Vec<u64>,
    back: Vec<Back>,
    slots: Vec<Option<usize>>,
}

/// What to try when the present way fails.
enum Back {
    /// Go on at a step and a place.
    Try(usize, usize),
    /// A slot had another value.
    Slot(usize, Option<usize>),
    /// A lazy gap takes one more character: step, place, characters it may still take.
    Grow(usize, usize, usize),
    /// A greedy gap gives one character back: step, place, the place it may not go below.
    Shrink(usize, usize, usize),
}

/// The matches of a program in a text, one after another.
pub(super) struct Search<'p, 't> {
    program: &'p Program,
    text: &'t str,
    /// Where the next search starts; past the end when there is no more.
    at: usize,
    /// Where the program's needs were last seen ahead.
    seen: [Option<usize>; AHEAD],
    /// The first place that failed ways are remembered of.
    base: usize,
    /// The last place of which one is.
    reached: usize,
    memory: Memory,
    /// Whether the memory is that of an earlier search, taken at the first place where a match may begin.
    begun: bool,
}

impl Drop for Search<'_, '_> {
    fn drop(&mut self) {
        let memory = std::mem::take(&mut self.memory);
        if self.begun && memory.failed.capacity().max(memory.back.capacity()) <= KEPT {
            SPARE.with_borrow_mut(|spare| spare.push(memory));
        }
    }
}

impl<'p, 't> Search<'p, 't> {
    pub(super) fn new(program: &'p Program, text: &'t str) -> Self {
        let lacks = program.rare.is_some_and(|c| !text.contains(c));
        let at = if lacks { text.len() + 1 } else { 0 };
        Self {
            program,
            text,
            at,
            seen: [None; AHEAD],
            base: 0,
            reached: 0,
            memory: Memory::default(),
            begun: false,
        }
    }

    /// The slots of the next match.
    pub(super) fn next(&mut self) -> Option<Vec<Option<usize>>> {
        let mut at = self.at;
        while at <= self.text.len() {
            at = self.candidate(at)?;
            if self.matches(at) {
                let end = self.memory.slots[1].unwrap_or(at);
                self.forget(end); // ways tried from there on may have led to the match
                self.at =
                    if end > at { end } else { end + self.char_at(end).map_or(1, char::len_utf8) };
                return Some(std::mem::take(&mut self.memory.slots));
            }
            at += self.char_at(at).map_or(1, char::len_utf8);
        }
        self.at = at;
        None
    }

    /// The next place a match may begin at.
    fn candidate(&mut self, from: usize) -> Option<usize> {
        let found = match self.program.begin {
            Begin::Text => (from == 0).then_some(0),
            Begin::Line => self.line(from),
            Begin::Anywhere => self.anywhere(from),
        };
        if found.is_none() {
            self.at = self.text.len() + 1;
        }
        found
    }

    /// The next place that begins as a match can, and before what every match holds.
    fn anywhere(&mut self, mut from: usize) -> Option<usize> {
        let (first, pairs, text) = (&self.program.first, &self.program.pairs, self.text);
        loop {
            let Some(at) = first.find(text, from) else {
                // what can match nothing matches at the end
                return first.may_come(None).then_some(text.len());
            };
            if !pairs.may_begin(text, at) {
                from = at + self.char_at(at).map_or(1, char::len_utf8);
                continue;
            }
            match self.nearest(at)? {
                here if here <= at => return Some(at),
                later => from = text.floor_char_boundary(later).max(at + 1),
            }
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
    }

    /// The first byte from which on a match may begin, for what it must hold to stand near; `None` if that stands
    /// nowhere after `at`.
    fn nearest(&mut self, at: usize) -> Option<usize> {
        let mut nearest = at;
        for (ahead, seen) in self.program.ahead.iter().zip(&mut self.seen) {
            let place = match *seen {
                Some(place) if place >= at => place,
                _ => ahead.set.find(self.text, at)?,
            };
            *seen = Some(place);
            nearest = nearest.max(place.saturating_sub(ahead.within));
        }
        Some(nearest)
    }

    /// The next line, from a place on, that begins as a match can.
    fn line(&self, mut from: usize) -> Option<usize> {
        loop {
            let starts = from == 0 || self.text.as_bytes()[from - 1] == b'\n';
            let next = self.char_at(from);
            let begins = |_| self.program.pairs.may_begin(self.text, from);
            if starts && self.program.first.may_come(next) && next.is_none_or(begins) {
                return Some(from);
            }
            from += self.text[from..].find('\n')? + 1;
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Notes that a way is tried at a place; whether it is the first time.
    fn enter(&mut self, mark: usize, at: usize) -> bool {
        let bit = (at - self.base) * self.program.marks + mark;
        let failed = &mut self.memory.failed;
        if failed.len() <= bit >> 6 {
            failed.resize((bit >> 6) + 1, 0);
        }
        let word = &mut failed[bit >> 6];
        let new = *word >> (bit & 63) & 1 == 0;
        *word |= 1 << (bit & 63);
        self.reached = self.reached.max(at);
        new
    }

    /// Remembers no failed way; from now on only places from `from` on are asked for.
    fn forget(&mut self, from: usize) {
        self.memory.failed.clear();
        (self.base, self.reached) = (from, from);
    }

    /// Whether the program matches at a place; the slots then hold the groups.
    fn matches(&mut self, start: usize) -> bool {
        let (program, text) = (self.program, self.text);
        if !self.begun {
            self.memory = SPARE.with_borrow_mut(Vec::pop).unwrap_or_default();
            self.begun = true;
            self.forget(start);
        } else if self.reached < start {
            self.forget(start);
        }
        self.memory.slots.clear();
        self.memory.slots.resize(2 * program.groups, None);
        self.memory.back.clear();
        self.memory.back.push(Back::Try(0, start));
        while let Some(back) = self.memory.back.pop() {
            let (mut step, mut at) = match back {
                Back::Slot(slot, value) => {
                    self.memory.slots[slot] = value;
                    continue;
                }
                Back::Try(step, at) => (step, at),
                Back::Grow(step, at, left) => match self.grow(step, at, left) {
                    Some(at) => (step + 1, at),
                    None => continue,
                },
                Back::Shrink(step, at, least) => match self.shrink(step, at, least) {
                    Some(at) => (step + 1, at),
                    None => continue,
                },
            };
            loop {
                match &program.steps[step] {
                    Step::Text(own) => {
                        if !text.as_bytes()[at..].starts_with(own.as_bytes()) {
                            break;
                        }
                        at += own.len();
                    }
                    Step::Class(class) => match self.char_at(at) {
                        Some(c) if class.contains(c) => at += c.len_utf8(),
                        _ => break,
                    },
                    Step::Assert(assert) => {
                        if !self.holds(*assert, at) {
                            break;
                        }
                    }
                    Step::Slot(slot) => {
                        self.memory.back.push(Back::Slot(*slot, self.memory.slots[*slot]));
                        self.memory.slots[*slot] = Some(at);
                    }
                    Step::Fork(mark, ways) => {
                        let next = self.char_at(at);
                        let mut ways = ways.iter().filter(|(_, first)| first.may_come(next));
                        let Some((first, _)) = ways.next() else { break };
                        if !self.enter(*mark, at) {
                            break;
                        }
                        self.memory.back.extend(ways.rev().map(|(way, _)| Back::Try(*way, at)));
                        step = *first;
                        continue;
                    }
                    Step::Jump(to) => {
                        step = *to;
                        continue;
                    }
                    Step::Gap(gap) => match self.gap(step, at, gap) {
                        Some(end) => at = end,
                        None => break,
                    },
                    Step::Done => return true,
                }
                step += 1;
            }
        }
        false
    }

    /// Goes through a gap; where it leads first.
    fn gap(&mut self, step: usize, at: usize, gap: &Gap) -> Option<usize> {
        let (mut end, mut low, mut count) = (at, at, 0);
        let wanted = if gap.lazy { gap.least } else { gap.most };
        while count < wanted {
            let Some(c) = self.char_at(end).filter(|c| gap.class.contains(*c)) else { break };
            end += c.len_utf8();
            count += 1;
            if count <= gap.least {
                low = end;
            }
        }
        if count < gap.least {
            return None;
        }
        if !gap.lazy {
            return self.shrink(step, end, low);
        }
        let left = gap.most - gap.least;
        if self.leaves(gap, end) {
            self.memory.back.push(Back::Grow(step, end, left));
            return Some(end);
        }
        self.grow(step, end, left)
    }

    /// Whether the pattern goes on after a gap that ends here, and has not failed to before.
    fn leaves(&mut self, gap: &Gap, end: usize) -> bool {
        gap.after.may_come(self.char_at(end)) && self.enter(gap.mark, end)
    }

    /// The next place, further on, where a lazy gap may end.
    fn grow(&mut self, step: usize, mut at: usize, mut left: usize) -> Option<usize> {
        let program = self.program;
        let Step::Gap(gap) = &program.steps[step] else { return None };
        while left > 0 {
            let c = self.char_at(at).filter(|c| gap.class.contains(*c))?;
            at += c.len_utf8();
            left -= 1;
            if self.leaves(gap, at) {
                self.memory.back.push(Back::Grow(step, at, left));
                return Some(at);
            }
        }
        None
    }

    /// The next place, from the back, where a greedy gap may end.
    fn shrink(&mut self, step: usize, mut at: usize, least: usize) -> Option<usize> {
        let (program, text) = (self.program, self.text);
        let Step::Gap(gap) = &program.steps[step] else { return None };
        loop {
            let before = text[..at].chars().next_back().map_or(0, char::len_utf8);
            let more = at > least;
            if self.leaves(gap, at) {
                if more {
                    self.memory.back.push(Back::Shrink(step, at - before, least));
                }
                return Some(at);
            }
            if !more {
                return None;
            }
            at -= before;
        }
    }

    fn holds(&self, assert: Assert, at: usize) -> bool {
        let (before, after) = (&self.text[..at], &self.text[at..]);
        let lines = self.program.lines;
        match assert {
            Assert::Start => at == 0 || lines && before.ends_with('\n'),
            Assert::End => after.is_empty() || lines && after.starts_with('\n'),
            Assert::Boundary => {
                let word = |c: Option<char>| c.is_some_and(is_word);
                word(before.chars().next_back()) != word(after.chars().next())
            }
        }
    }
}
