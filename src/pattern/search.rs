//! The search: steps tried in order of preference, none twice at one place.

use super::parse::{Assert, is_word};
use super::program::{Begin, Gap, Program, Step};
use std::cell::RefCell;

/// Most words of memory that a search leaves for the next.
const KEPT: usize = 1 << 12;

thread_local! {
    /// Memory of searches that have ended.
    static SPARE: RefCell<Vec<(Vec<u64>, Vec<Back>)>> = const { RefCell::new(Vec::new()) };
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
    /// One bit for each mark of the program and each place of the text: that way has failed.
    failed: Vec<u64>,
    /// The last place with such a bit.
    reached: usize,
    back: Vec<Back>,
    slots: Vec<Option<usize>>,
}

impl Drop for Search<'_, '_> {
    fn drop(&mut self) {
        if !self.failed.is_empty() && self.failed.len() <= KEPT && self.back.capacity() <= KEPT {
            let memory = (std::mem::take(&mut self.failed), std::mem::take(&mut self.back));
            SPARE.with_borrow_mut(|spare| spare.push(memory));
        }
    }
}

impl<'p, 't> Search<'p, 't> {
    pub(super) fn new(program: &'p Program, text: &'t str) -> Self {
        let (failed, back, slots) = (Vec::new(), Vec::new(), Vec::new());
        let lacks = program.rare.is_some_and(|c| !text.contains(c));
        let at = if lacks { text.len() + 1 } else { 0 };
        Self { program, text, at, failed, reached: 0, back, slots }
    }

    /// The slots of the next match.
    pub(super) fn next(&mut self) -> Option<Vec<Option<usize>>> {
        let mut at = self.at;
        while at <= self.text.len() {
            at = self.candidate(at)?;
            if self.matches(at) {
                let end = self.slots[1].unwrap_or(at);
                self.forget(end);
                self.at =
                    if end > at { end } else { end + self.char_at(end).map_or(1, char::len_utf8) };
                return Some(std::mem::take(&mut self.slots));
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
            Begin::Line if from == 0 || self.text.as_bytes()[from - 1] == b'\n' => Some(from),
            Begin::Line => self.text[from..].find('\n').map(|at| from + at + 1),
            Begin::Anywhere => {
                let rest = &self.text[from..];
                let first = &self.program.first;
                match rest.char_indices().find(|(_, c)| first.may_be(*c)) {
                    Some((at, _)) => Some(from + at),
                    // what can match nothing matches at the end
                    None => first.may_come(None).then_some(self.text.len()),
                }
            }
        };
        if found.is_none() {
            self.at = self.text.len() + 1;
        }
        found
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Notes that a way is tried at a place; whether it is the first time.
    fn enter(&mut self, mark: usize, at: usize) -> bool {
        let bit = at * self.program.marks + mark;
        let word = &mut self.failed[bit >> 6];
        let new = *word >> (bit & 63) & 1 == 0;
        *word |= 1 << (bit & 63);
        self.reached = self.reached.max(at);
        new
    }

    /// A match was found: ways tried from its end on may have led to it.
    fn forget(&mut self, from: usize) {
        if self.program.marks == 0 || self.reached < from {
            return;
        }
        let (low, high) = (from * self.program.marks, (self.reached + 1) * self.program.marks);
        for word in &mut self.failed[low >> 6..high.div_ceil(64)] {
            *word = 0; // bits of places before the match's end are not asked for again
        }
        self.reached = from;
    }

    /// Makes room for what has failed, in the memory of an earlier search if that is large enough.
    fn room(&mut self) {
        let size = (self.program.marks * (self.text.len() + 1)).div_ceil(64) + 1;
        let kept = if size <= KEPT { SPARE.with_borrow_mut(Vec::pop) } else { None };
        match kept {
            Some((failed, back)) => {
                (self.failed, self.back) = (failed, back);
                self.failed.clear();
                self.failed.resize(size, 0);
            }
            None => self.failed = vec![0; size],
        }
    }

    /// Whether the program matches at a place; the slots then hold the groups.
    fn matches(&mut self, start: usize) -> bool {
        let (program, text) = (self.program, self.text);
        if self.failed.is_empty() {
            self.room();
        }
        self.slots.clear();
        self.slots.resize(2 * program.groups, None);
        self.back.clear();
        self.back.push(Back::Try(0, start));
        while let Some(back) = self.back.pop() {
            let (mut step, mut at) = match back {
                Back::Slot(slot, value) => {
                    self.slots[slot] = value;
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
                        self.back.push(Back::Slot(*slot, self.slots[*slot]));
                        self.slots[*slot] = Some(at);
                    }
                    Step::Fork(mark, ways) => {
                        let next = self.char_at(at);
                        let mut ways = ways.iter().filter(|(_, first)| first.may_come(next));
                        let Some((first, _)) = ways.next() else { break };
                        if !self.enter(*mark, at) {
                            break;
                        }
                        self.back.extend(ways.rev().map(|(way, _)| Back::Try(*way, at)));
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
            self.back.push(Back::Grow(step, end, left));
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
                self.back.push(Back::Grow(step, at, left));
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
                    self.back.push(Back::Shrink(step, at - before, least));
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
