//! The search: steps tried in order of preference, none twice at one place.

use super::parse::{Assert, is_word};
use super::program::{Begin, Program, Step};

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

impl<'p, 't> Search<'p, 't> {
    pub(super) fn new(program: &'p Program, text: &'t str) -> Self {
        let (failed, back, slots) = (Vec::new(), Vec::new(), Vec::new());
        Self { program, text, at: 0, failed, reached: 0, back, slots }
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
                    None => first.may_be('\0').then_some(self.text.len()),
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

    /// Whether the program matches at a place; the slots then hold the groups.
    fn matches(&mut self, start: usize) -> bool {
        let (program, text) = (self.program, self.text);
        if self.failed.is_empty() {
            self.failed = vec![0; (program.marks * (text.len() + 1)).div_ceil(64) + 1];
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
                Back::Grow(step, at, left) => {
                    let Step::Gap { class, mark, .. } = &program.steps[step] else { continue };
                    let next = self.char_at(at).filter(|c| left > 0 && class.contains(*c));
                    let Some(c) = next else { continue };
                    let at = at + c.len_utf8();
                    self.back.push(Back::Grow(step, at, left - 1));
                    if !self.enter(*mark, at) {
                        continue;
                    }
                    (step + 1, at)
                }
                Back::Shrink(step, at, least) => {
                    let Step::Gap { mark, .. } = &program.steps[step] else { continue };
                    if at > least {
                        let last = text[..at].chars().next_back().map_or(1, char::len_utf8);
                        self.back.push(Back::Shrink(step, at - last, least));
                    }
                    if !self.enter(*mark, at) {
                        continue;
                    }
                    (step + 1, at)
                }
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
                        if !self.enter(*mark, at) {
                            break;
                        }
                        let [first, others @ ..] = &**ways else { break };
                        self.back.extend(others.iter().rev().map(|way| Back::Try(*way, at)));
                        step = *first;
                        continue;
                    }
                    Step::Jump(to) => {
                        step = *to;
                        continue;
                    }
                    Step::Gap { class, least, most, lazy, .. } => {
                        self.gap(step, at, (class, *least, *most, *lazy));
                        break;
                    }
                    Step::Done => return true,
                }
                step += 1;
            }
        }
        false
    }

    /// Lays down the ways a gap can go.
    fn gap(&mut self, step: usize, at: usize, gap: (&super::parse::Class, usize, usize, bool)) {
        let (class, least, most, lazy) = gap;
        let (mut end, mut low, mut count) = (at, at, 0);
        let wanted = if lazy { least } else { most };
        while count < wanted {
            let Some(c) = self.char_at(end).filter(|c| class.contains(*c)) else { break };
            end += c.len_utf8();
            count += 1;
            if count <= least {
                low = end;
            }
        }
        if count < least {
            return;
        }
        if !lazy {
            self.back.push(Back::Shrink(step, end, low));
            return;
        }
        self.back.push(Back::Grow(step, end, most - least));
        let Step::Gap { mark, .. } = self.program.steps[step] else { return };
        if self.enter(mark, end) {
            self.back.push(Back::Try(step + 1, end));
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
