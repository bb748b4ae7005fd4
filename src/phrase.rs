//! Wording: numbers are lifted out first, each leaving one placeholder, then clauses are matched with the phrases of
//! `grammars/phrases/*.toml`.

mod lift;

pub use lift::{Clause, Delimiter, Lifted, lift};

use crate::number::Kind;
use crate::pattern::Pattern;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a phrase says of its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// More or less than the base by an amount.
    Change,
    /// More or less by a percentage.
    Rate,
    /// More or less by 百分点.
    Points,
    /// As much as the base.
    Same,
    /// What the following clauses compare with: `与2023年相比`.
    Versus,
    /// A part of a whole in percent.
    Share,
    /// How much of the budget was carried out, in percent.
    Completion,
    /// `决算数等于预算数`
    Compared,
    /// A threshold, price or standard: no level of anything.
    Threshold,
    /// A list of all parts opens: `包括`.
    All,
    /// A list of some parts opens: `其中`.
    Some,
    /// A reason begins: figures that follow are of other things.
    Reason,
    /// There is none of it: `本年度无国有资本经营预算支出`.
    Nothing,
}

/// One way of saying something.
#[derive(Debug)]
pub struct Phrase {
    /// `change/amount`
    pub name: String,
    /// What it says.
    pub says: Says,
    /// Its pattern over lifted text.
    pub pattern: Pattern,
    /// Signals of the grammar, as masks: every match holds one of each mask.
    needs: Vec<u128>,
    /// Sentences that match.
    pub yes: Vec<String>,
    /// Sentences that do not.
    pub no: Vec<String>,
}

/// All phrases, compiled.
#[derive(Debug)]
pub struct Grammar {
    /// In order of preference.
    pub phrases: Vec<Phrase>,
    signals: Signals,
}

/// Characters that phrases need, each with a bit: what a clause lacks rules out most phrases at a glance.
#[derive(Debug)]
struct Signals {
    /// The bit of a character by its lowest nine bits; characters that share them share the bit, and 127 is no signal.
    bits: [u8; 512],
    given: u8,
}

#[derive(Deserialize)]
struct Words {
    class: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    phrase: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    says: Says,
    text: String,
    yes: Vec<String>,
    no: Vec<String>,
}

/// The placeholder that stands for a number of this kind in lifted text.
pub fn placeholder(kind: Kind) -> char {
    match kind {
        Kind::Amount => '\u{E000}',
        Kind::Percent => '\u{E001}',
        Kind::Points => '\u{E002}',
        Kind::Count => '\u{E003}',
        Kind::Score => '\u{E004}',
        Kind::Year => '\u{E005}',
        Kind::Period => '\u{E006}',
        Kind::Code => '\u{E007}',
        Kind::DocNumber => '\u{E008}',
        Kind::Number => '\u{E009}',
    }
}

/// The name of the kind of number a character of lifted text stands for, as phrases write it.
pub fn placeholder_name(c: char) -> Option<&'static str> {
    const NAMES: [&str; 10] = [
        "amount",
        "percent",
        "points",
        "count",
        "score",
        "year",
        "period",
        "code",
        "docnumber",
        "number",
    ];
    NAMES.get((c as usize).checked_sub('\u{E000}' as usize)?).copied()
}

/// Whether a character of lifted text stands for a quantity (amount, percent, points, count, score).
pub fn is_quantity(c: char) -> bool {
    ('\u{E000}'..='\u{E004}').contains(&c)
}

/// The phrases of this build.
pub fn grammar() -> &'static Grammar {
    static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
        let words: Words = grammar!("phrases/words");
        let files: [File; 6] = [
            grammar!("phrases/other"),
            grammar!("phrases/completion"),
            grammar!("phrases/share"),
            grammar!("phrases/change"),
            grammar!("phrases/list"),
            grammar!("phrases/nothing"),
        ];
        let entries = files.into_iter().flat_map(|file| file.phrase);
        let mut signals = Signals { bits: [NONE; 512], given: 0 };
        let phrase = |entry: Entry| {
            let Entry { name, says, text, yes, no } = entry;
            let pattern = Pattern::new(&expand(&text, &words.class))
                .unwrap_or_else(|error| panic!("phrase {name}: {error}"));
            let needs = pattern.needs().filter_map(|set| signals.give(set)).collect();
            Phrase { name, says, pattern, needs, yes, no }
        };
        let phrases = entries.map(phrase).collect();
        Grammar { phrases, signals }
    });
    &GRAMMAR
}

/// Replaces `<amount>`, `<amount:from>`, `<direction>`, `<any>` and word classes by what they stand for.
fn expand(text: &str, classes: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        // `(?P<name>` is the regex's own.
        if rest[..start].ends_with("?P") {
            out.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        }
        out.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else { break };
        let name = &rest[start + 1..start + end];
        rest = &rest[start + end + 1..];
        let (kind, group) = name.split_once(':').unwrap_or((name, name));
        let number = match kind {
            "amount" => Some(Kind::Amount),
            "percent" => Some(Kind::Percent),
            "points" => Some(Kind::Points),
            "count" => Some(Kind::Count),
            "score" => Some(Kind::Score),
            _ => None,
        };
        match (number, kind) {
            (Some(kind), _) => out.push_str(&format!("(?P<{group}>{})", placeholder(kind))),
            (None, "any") => out.push_str("\u{E000}-\u{E004}"),
            (None, "year") => out.push(placeholder(Kind::Year)),
            (None, "period") => out.push(placeholder(Kind::Period)),
            (None, "direction") => out.push_str(&format!(
                "(?:(?P<more>{})|(?P<less>{})|(?P<changed>{}))",
                classes["more"], classes["less"], classes["changed"]
            )),
            (None, class) => out.push_str(&expand(&classes[class], classes)),
        }
    }
    out.push_str(rest);
    out
}

/// A phrase found in a clause; offsets are bytes of the clause's lifted text.
#[derive(Debug, Clone)]
pub struct Match {
    /// Index of the phrase in [`Grammar::phrases`].
    pub phrase: usize,
    /// Where it stands.
    pub range: std::ops::Range<usize>,
    /// Named groups that took part: name, range.
    pub groups: Vec<(&'static str, std::ops::Range<usize>)>,
}

impl Match {
    /// The range of a named group.
    pub fn group(&self, name: &str) -> Option<std::ops::Range<usize>> {
        self.groups.iter().find(|(group, _)| *group == name).map(|(_, range)| range.clone())
    }
}

/// The bit of characters that are no signal.
const NONE: u8 = 127;

impl Signals {
    /// The mask of a set of characters, if there are bits left for them.
    fn give(&mut self, set: &[char]) -> Option<u128> {
        let mut mask = 0;
        for c in set {
            let bit = &mut self.bits[*c as usize & 511];
            if *bit == NONE && self.given < NONE {
                *bit = self.given;
                self.given += 1;
            }
            mask |= 1 << *bit;
        }
        (mask >> NONE == 0).then_some(mask)
    }

    /// The mask of the characters of a clause.
    fn held(&self, clause: &str) -> u128 {
        clause.chars().fold(0, |mask, c| mask | 1 << self.bits[c as usize & 511])
    }
}

impl Grammar {
    /// The phrases of a clause, left to right, none overlapping; earlier phrases of the grammar win.
    pub fn matches(&'static self, clause: &str) -> Vec<Match> {
        let mut found: Vec<Match> = Vec::new();
        let held = self.signals.held(clause);
        for (index, phrase) in self.phrases.iter().enumerate() {
            if phrase.needs.iter().any(|needed| needed & held == 0) {
                continue;
            }
            for captures in phrase.pattern.captures_iter(clause) {
                let whole = captures.range();
                if found.iter().any(|m| whole.start < m.range.end && m.range.start < whole.end) {
                    continue;
                }
                found.push(Match {
                    phrase: index,
                    range: whole,
                    groups: captures.named().collect(),
                });
            }
        }
        found.sort_by_key(|m| m.range.start);
        found
    }
}
