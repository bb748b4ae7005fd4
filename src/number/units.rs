//! Units and measure words of `grammars/units.toml`: `万元`, `%`, `批次`, `台（套）`.

use super::Kind;
use crate::quick::Map;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::sync::OnceLock;

/// A unit found after a figure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// What it measures.
    pub kind: Kind,
    /// Multiplier to the base unit, multipliers such as 万 included.
    pub factor: Decimal,
    /// Bytes matched.
    pub length: usize,
}

#[derive(Deserialize)]
struct Group {
    words: Vec<String>,
    #[serde(default)]
    factor: Option<Decimal>,
    #[serde(default)]
    not_before: Vec<String>,
    #[serde(default)]
    measured: bool,
}

#[derive(Deserialize)]
struct File {
    amount: Vec<Group>,
    percent: Vec<Group>,
    points: Vec<Group>,
    score: Vec<Group>,
    count: Vec<Group>,
    not_before: Map<String, Vec<String>>,
}

struct Word {
    text: String,
    kind: Kind,
    factor: Decimal,
    not_before: Vec<String>,
}

/// All units, by first character, longest first.
pub(super) struct Units {
    words: Map<char, Vec<Word>>,
    measured: Vec<String>,
}

/// The units of the grammar, loaded once.
pub(super) fn units() -> &'static Units {
    static UNITS: OnceLock<Units> = OnceLock::new();
    UNITS.get_or_init(|| {
        let file: File = grammar!("units");
        let mut words: Map<char, Vec<Word>> = Map::default();
        let mut measured = Vec::new();
        let groups = [
            (Kind::Amount, file.amount),
            (Kind::Percent, file.percent),
            (Kind::Points, file.points),
            (Kind::Score, file.score),
            (Kind::Count, file.count),
        ];
        for (kind, groups) in groups {
            for group in groups {
                for text in group.words {
                    if group.measured {
                        measured.push(text.clone());
                    }
                    let mut not_before = group.not_before.clone();
                    not_before.extend(file.not_before.get(&text).cloned().unwrap_or_default());
                    let factor = group.factor.unwrap_or(Decimal::ONE);
                    if let Some(first) = text.chars().next() {
                        words.entry(first).or_default().push(Word {
                            text,
                            kind,
                            factor,
                            not_before,
                        });
                    }
                }
            }
        }
        for list in words.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
        }
        measured.sort_unstable();
        Units { words, measured }
    })
}

impl Units {
    /// Whether a unit of counts measures (`公里`) and does not count one by one (`辆`).
    pub fn measures(&self, unit: &str) -> bool {
        self.measured.binary_search_by(|own| own.as_str().cmp(unit)).is_ok()
    }

    /// The longest unit at the start of `input`, without multipliers before it.
    pub fn plain(&self, input: &str) -> Option<Unit> {
        let first = input.chars().next()?;
        self.words.get(&first)?.iter().find_map(|word| {
            let after = input.strip_prefix(word.text.as_str())?;
            if word.not_before.iter().any(|stop| after.starts_with(stop.as_str())) {
                return None;
            }
            let ascii = word.text.as_bytes()[word.text.len() - 1].is_ascii_alphanumeric();
            if ascii && after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                return None;
            }
            Some(Unit { kind: word.kind, factor: word.factor, length: word.text.len() })
        })
    }
}
