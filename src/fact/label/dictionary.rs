//! Words of a name: cut by jieba, which is given only those words of its dictionary that the name holds.
//!
//! The dictionary of 350,000 words (`grammars/dictionary.txt`, jieba's own: word, frequency, part of speech, in order of
//! bytes) takes a tenth of a second to load and a few microseconds to look a name up in where it lies.

use super::words::words;
use crate::quick::Set;
use jieba_rs::Jieba;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

static DICTIONARY: &str = include_str!("../../../grammars/dictionary.txt");

/// For each character that words begin with, in order: the character and the byte of its first line (`build.rs`).
static FIRST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.index"));

/// The frequencies of all words together: what jieba weighs each word by.
const TOTAL: usize = 60_101_964;

/// Stands for all words that were not given to jieba; no name holds it.
const OTHERS: &str = "\u{10FFFF}";

/// A word and its part of speech: `n` noun, `v` verb, `d` adverb …
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) word: &'a str,
    pub(super) tag: &'static str,
}

/// The words of a name, in order.
pub(super) fn cut(name: &str) -> Vec<Word<'_>> {
    thread_local! {
        static KNOWN: RefCell<Known> = RefCell::new(Known::default());
    }
    KNOWN.with_borrow_mut(|known| known.cut(name))
}

/// jieba with the whole dictionary, for texts rather than names.
pub(crate) fn whole() -> Jieba {
    Jieba::with_dict(&mut DICTIONARY.as_bytes()).expect("own dictionary")
}

/// The words that were looked up so far.
struct Known {
    jieba: Jieba,
    /// Their frequencies together.
    given: usize,
    /// Parts of speech.
    tags: HashMap<&'static str, &'static str>,
    /// One to three characters, packed, that begin no word: all words of a text that begins with them were looked up.
    ends: Set<u64>,
}

impl Default for Known {
    fn default() -> Self {
        Self { jieba: Jieba::empty(), given: 0, tags: HashMap::new(), ends: Set::default() }
    }
}

impl Known {
    fn cut<'a>(&mut self, name: &'a str) -> Vec<Word<'a>> {
        for (start, _) in name.char_indices() {
            self.learn(&name[start..]);
        }
        self.jieba.add_word(OTHERS, Some(TOTAL - self.given), None);
        let tokens = self.jieba.cut(name, true);
        let word =
            |word| Word { word, tag: self.tags.get(word).copied().unwrap_or_else(|| guess(word)) };
        tokens.into_iter().map(|token| word(token.word)).collect()
    }

    /// Looks up every word that `text` begins with, the shortest first.
    fn learn(&mut self, text: &str) {
        let mut begun = 0;
        for (c, place) in text.chars().take(3).zip([0, 21, 42]) {
            begun |= u64::from(u32::from(c)) << place;
            if self.ends.contains(&begun) {
                return;
            }
        }
        let (mut within, mut begun) = (text.chars().next().map_or(0..0, lines_of), 0);
        for (place, (at, c)) in text.char_indices().enumerate() {
            let prefix = &text[..at + c.len_utf8()];
            if place < 3 {
                begun |= u64::from(u32::from(c)) << (21 * place);
            }
            if at > 0 {
                within.start = first_from(prefix, within.clone());
            }
            // The word itself stands before the longer ones.
            let line = DICTIONARY[within.clone()].split('\n').next().unwrap_or_default();
            if !line.starts_with(prefix) {
                if place < 3 {
                    self.ends.insert(begun);
                }
                return;
            }
            let mut fields = line.trim_end().split(' ');
            let Some(word) = fields.next().filter(|word| *word == prefix) else { continue };
            let frequency = fields.next().and_then(|frequency| frequency.parse().ok()).unwrap_or(0);
            let tag = fields.next().unwrap_or_default();
            if self.tags.insert(word, tag).is_none() {
                self.jieba.add_word(word, Some(frequency), Some(tag));
                self.given += frequency;
            }
        }
    }
}

/// The part of speech of a word that the dictionary lacks: it is a name, unless it is known to be a verb.
fn guess(word: &str) -> &'static str {
    let letters = || word.chars().any(|c| c.is_ascii_alphanumeric());
    let han = || word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    match word {
        _ if words().verb(word) => "v",
        _ if word.bytes().all(|byte| byte.is_ascii_digit()) => "m",
        _ if letters() => "eng",
        _ if han() => "n",
        _ => "x",
    }
}

/// The lines of words that begin with a character.
fn lines_of(first: char) -> Range<usize> {
    let (entries, _) = FIRST.as_chunks::<8>();
    let field = |entry: &[u8; 8], at: usize| {
        u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]])
    };
    match entries.binary_search_by_key(&(first as u32), |entry| field(entry, 0)) {
        Ok(index) => {
            let next = entries.get(index + 1).map_or(DICTIONARY.len(), |e| field(e, 4) as usize);
            field(&entries[index], 4) as usize..next
        }
        Err(_) => 0..0,
    }
}

/// The first line, among the lines `within`, that does not stand before `prefix`.
fn first_from(prefix: &str, within: Range<usize>) -> usize {
    let bytes = DICTIONARY.as_bytes();
    let line_end = |at: usize| {
        let length = bytes[at..within.end].iter().position(|byte| *byte == b'\n');
        length.map_or(within.end, |length| at + length)
    };
    let (mut low, mut high) = (within.start, within.end);
    while low < high {
        let middle = (low + high) / 2;
        let before = bytes[low..middle].iter().rposition(|byte| *byte == b'\n');
        let start = before.map_or(low, |at| low + at + 1);
        let end = line_end(middle);
        if &bytes[start..end] < prefix.as_bytes() {
            low = (end + 1).min(within.end);
        } else {
            high = start;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_is_in_order_and_weighs_what_it_should() {
        assert!(DICTIONARY.lines().is_sorted());
        for line in DICTIONARY.lines() {
            let first = line.chars().next().unwrap_or_default();
            let lines = DICTIONARY[lines_of(first)].lines();
            assert!(lines.take(1).all(|line| line.starts_with(first)), "{first}");
        }
        let weight =
            |line: &str| line.split(' ').nth(1).and_then(|field| field.parse::<usize>().ok());
        assert_eq!(DICTIONARY.lines().filter_map(weight).sum::<usize>(), TOTAL);
    }

    #[test]
    fn names_are_cut_as_with_the_whole_dictionary() {
        let whole = whole();
        let names = [
            "规上食品及特色消费品产业企业实现产值",
            "若干政策奖励已经全部兑现资金",
            "4S店1号店B超检查费",
            "使农产品附加值提升",
            "线上销售额突破",
            "湿地扩区、道路养护及其他",
        ];
        for name in names {
            let (expected, own) = (whole.tag(name, true), cut(name));
            assert_eq!(own.len(), expected.len(), "{own:?}");
            for (own, expected) in own.iter().zip(&expected) {
                assert_eq!(own.word, expected.word);
                if whole.has_word(own.word) {
                    assert_eq!(own.tag, expected.tag, "{}", own.word);
                }
            }
        }
    }

    #[test]
    fn a_word_is_found_among_its_like() {
        let mut known = Known::default();
        known.learn("预算外资金管理");
        let mut found: Vec<&str> = known.tags.into_keys().collect();
        found.sort_unstable();
        insta::assert_snapshot!(found.join(" "), @"预 预算 预算外");
    }
}
