//! Patterns of wording: `(?:完成|达到)(?P<of>[^，]{0,16}?预算)`, the part of the regex syntax that short wording needs.
//!
//! A report is short and read once, so what counts is the time until the first match. The `regex` crate turns every
//! pattern into automata over bytes: a gap of at most 24 Han characters costs it a millisecond to compile, and all
//! patterns took half the time of reading a report. Here a pattern is a few dozen steps over characters, ready in
//! microseconds, and the search tries them in order of preference and never tries one step twice at one place, so its
//! time grows with the text and no faster. Matches are the same: leftmost, first alternative first.
//!
//! Understood: literals, `.`, `[a-z]`, `[^a]`, `\d` (ASCII) `\s` `\w` `\b` `\p{Han}`, `^` `$` (with `(?m)` per line), groups
//! `(…)` `(?:…)` `(?P<name>…)`, `|`, and `?` `*` `+` `{m,n}`, greedy or with `?` lazy.

mod first;
mod need;
mod parse;
mod program;
mod search;

pub(crate) use first::First;
use program::Program;
use search::Search;
use std::ops::Range;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    source: String,
    program: Program,
}

/// Where a pattern and its groups stand in a text, in bytes.
#[derive(Debug, Clone)]
pub struct Captures<'p, 't> {
    text: &'t str,
    program: &'p Program,
    slots: Vec<Option<usize>>,
}

impl Pattern {
    /// Compiles a pattern; `Err` says what is not understood and at which character.
    pub fn new(pattern: &str) -> Result<Self, String> {
        let parsed = parse::parse(pattern)?;
        Ok(Self { source: pattern.to_owned(), program: Program::new(&parsed) })
    }

    /// Compiles a pattern of the source, which its tests have seen.
    pub(crate) fn own(pattern: &str) -> Self {
        Self::new(pattern).unwrap_or_else(|error| panic!("pattern {pattern}: {error}"))
    }

    /// Where the first match stands.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        Some(self.captures(text)?.range())
    }

    /// Whether it matches anywhere.
    pub fn is_match(&self, text: &str) -> bool {
        self.captures(text).is_some()
    }

    /// The first match with its groups.
    pub fn captures<'p, 't>(&'p self, text: &'t str) -> Option<Captures<'p, 't>> {
        self.captures_iter(text).next()
    }

    /// All matches from left to right, none overlapping.
    pub fn find_iter(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.captures_iter(text).map(|found| found.range())
    }

    /// All matches with their groups from left to right, none overlapping.
    pub fn captures_iter<'p, 't>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'p, 't>> + use<'p, 't> {
        let program = &self.program;
        let mut search = Search::new(program, text);
        std::iter::from_fn(move || search.next().map(|slots| Captures { text, program, slots }))
    }

    /// The pattern as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Sets of characters: every match holds at least one of each.
    pub fn needs(&self) -> impl Iterator<Item = &[char]> {
        self.program.needs.iter().map(|need| &need.set[..])
    }
}

impl<'p, 't> Captures<'p, 't> {
    /// Where the whole match stands.
    pub fn range(&self) -> Range<usize> {
        self.get(0).unwrap_or_default()
    }

    /// Where a group stands, by its number: 0 is the whole match.
    pub fn get(&self, group: usize) -> Option<Range<usize>> {
        Some((*self.slots.get(2 * group)?)?..(*self.slots.get(2 * group + 1)?)?)
    }

    /// Where a named group stands.
    pub fn name(&self, name: &str) -> Option<Range<usize>> {
        let (_, group) = self.program.names.iter().find(|(own, _)| own == name)?;
        self.get(*group)
    }

    /// The text of a group; empty if it took no part.
    pub fn text(&self, group: usize) -> &'t str {
        self.get(group).map_or("", |range| &self.text[range])
    }

    /// The text of a named group; empty if it took no part.
    pub fn said(&self, name: &str) -> &'t str {
        self.name(name).map_or("", |range| &self.text[range])
    }

    /// The named groups that took part.
    pub fn named(&self) -> impl Iterator<Item = (&'p str, Range<usize>)> {
        let program = self.program;
        program.names.iter().filter_map(|(name, group)| Some((name.as_str(), self.get(*group)?)))
    }
}

#[cfg(test)]
mod tests;
