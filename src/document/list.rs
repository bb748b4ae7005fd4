//! Automatic lists of word processors: the `（一）` that stands in no text of the file is counted here.

mod numeral;

pub(super) use numeral::numeral;
use std::collections::{HashMap, HashSet};

/// Levels of a list.
pub(super) const LEVELS: usize = 9;

/// Longest label in bytes.
const LONGEST: usize = 60;

/// One level of a list.
#[derive(Debug, Clone)]
pub(super) struct Level {
    /// The first number.
    pub start: i64,
    /// Name of the number format as DOCX has it: `chineseCounting`.
    pub format: String,
    /// The label with `%1` … `%9` for the numbers of the levels: `（%2）`.
    pub pattern: String,
    /// Whether the numbers of other levels are shown as `1` whatever their format.
    pub legal: bool,
    /// Whether a blank follows the label.
    pub blank: bool,
    /// The paragraph style tied to the level.
    pub style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".into(),
            pattern: String::new(),
            legal: false,
            blank: false,
            style: None,
        }
    }
}

/// A use of a list, which may begin anew or look otherwise.
#[derive(Debug, Default)]
pub(super) struct Num {
    /// The list.
    pub list: String,
    /// By level: the number it begins anew with, and its other look.
    pub overrides: HashMap<usize, (Option<i64>, Option<Level>)>,
}

/// The lists of a document and where each of them stands.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels of each list by its id.
    pub lists: HashMap<String, Vec<Level>>,
    /// Uses of lists by their id.
    pub nums: HashMap<String, Num>,
    counters: HashMap<String, [Option<i64>; LEVELS]>,
    started: HashSet<(String, usize)>,
}

impl Numbering {
    /// The level a paragraph style is tied to in the list `num`.
    pub fn level_of_style(&self, num: &str, style: &str) -> Option<usize> {
        let levels = self.lists.get(&self.nums.get(num)?.list)?;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts one paragraph of level `at` in list `num` and gives its label.
    pub fn label(&mut self, num: &str, at: usize) -> Option<String> {
        let at = at.min(LEVELS - 1);
        let entry = self.nums.get(num)?;
        let levels = self.lists.get(&entry.list)?;
        let counters = self.counters.entry(entry.list.clone()).or_default();
        let level_at = |index: usize| match entry.overrides.get(&index) {
            Some((_, Some(level))) => level,
            _ => &levels[index],
        };
        let restart = entry.overrides.get(&at).and_then(|(start, _)| *start);
        counters[at] = match (restart, counters[at]) {
            (Some(start), _) if self.started.insert((num.into(), at)) => Some(start),
            (_, Some(count)) => Some(count.saturating_add(1)),
            (Some(start), None) => Some(start),
            (None, None) => Some(level_at(at).start),
        };
        for (above, counter) in counters.iter_mut().enumerate().take(at) {
            counter.get_or_insert(level_at(above).start);
        }
        for below in &mut counters[at + 1..] {
            *below = None;
        }
        let level = level_at(at);
        if level.format == "bullet" || level.format == "none" && !level.pattern.contains('%') {
            return None;
        }
        let mut out = String::new();
        let mut chars = level.pattern.chars().peekable();
        while let Some(c) = chars.next().filter(|_| out.len() < LONGEST) {
            match (c, chars.peek().and_then(|c| c.to_digit(10))) {
                ('%', Some(digit @ 1..=9)) => {
                    chars.next();
                    let index = digit as usize - 1;
                    let format = if level.legal { "decimal" } else { &level_at(index).format };
                    out.push_str(&numeral(counters[index].unwrap_or(1), format));
                }
                _ => out.push(c),
            }
        }
        if level.blank || out.ends_with(|c: char| c.is_alphanumeric()) {
            out.push(' ');
        }
        (!out.trim().is_empty()).then_some(out)
    }
}
