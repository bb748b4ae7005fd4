//! Words of a name: cut by jieba, which is given only those words of its dictionary that the name holds.
//!
//! The dictionary of 350,000 words (`grammars/dictionary.txt`, jieba's own: word, frequency, part of speech, in order of
//! bytes) takes a tenth of a second to load and a few microseconds to look a name up in where it lies.

use super::words::words;
use jieba_rs::Jieba;
use std::cell::RefCell;
use std::ops::Range;

static DICTIONARY: &str = include_str!("../../../grammars/dictionary.txt");

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
        static JIEBA: RefCell<(Jieba, usize)> = RefCell::new((Jieba::empty(), 0));
    }
    JIEBA.with_borrow_mut(|(jieba, given)| {
        for (start, _) in name.char_indices() {
            each_word(&name[start..], |word, frequency, tag| {
                if !jieba.has_word(word) {
                    jieba.add_word(word, Some(frequency), Some(tag));
                    *given += frequency;
                }
            });
        }
        jieba.add_word(OTHERS, Some(TOTAL - *given), None);
        let tokens = jieba.cut(name, true);
        tokens.into_iter().map(|token| Word { word: token.word, tag: tag(token.word) }).collect()
    })
}

/// The part of speech of a word; one that no dictionary has is a name.
fn tag(word: &str) -> &'static str {
    let mut found = None;
    each_word(word, |known, _, tag| {
        if known.len() == word.len() {
            found = Some(tag);
        }
    });
    let letters = || word.chars().any(|c| c.is_ascii_alphanumeric());
    let han = || word.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    match found {
        Some(tag) => tag,
        None if words().verb(word) => "v",
        None if word.bytes().all(|byte| byte.is_ascii_digit()) => "m",
        None if letters() => "eng",
        None if han() => "n",
        None => "x",
    }
}

/// Calls `found` with every word that `text` begins with, its frequency and part of speech; the shortest first.
fn each_word<'a>(text: &'a str, mut found: impl FnMut(&'a str, usize, &'static str)) {
    let mut within = 0..DICTIONARY.len();
    for (at, c) in text.char_indices() {
        let prefix = &text[..at + c.len_utf8()];
        within = narrow(prefix, within);
        if within.is_empty() {
            return;
        }
        // The word itself stands before the longer ones.
        let line = DICTIONARY[within.clone()].split('\n').next().unwrap_or_default();
        let mut fields = line.trim_end().split(' ');
        if fields.next() == Some(prefix) {
            let frequency = fields.next().and_then(|frequency| frequency.parse().ok());
            found(prefix, frequency.unwrap_or(0), fields.next().unwrap_or_default());
        }
    }
}

/// The lines that begin with `prefix`, among the lines `within`.
fn narrow(prefix: &str, within: Range<usize>) -> Range<usize> {
    let start = lines_before(within.clone(), |line| line < prefix.as_bytes());
    let from = within.start + start;
    from..from + lines_before(from..within.end, |line| line.starts_with(prefix.as_bytes()))
}

/// The length of the first lines of a range, as far as `before` holds of them.
fn lines_before(within: Range<usize>, before: impl Fn(&[u8]) -> bool) -> usize {
    let bytes = &DICTIONARY.as_bytes()[within];
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = (low + high) / 2;
        let start =
            bytes[low..middle].iter().rposition(|b| *b == b'\n').map_or(low, |at| low + at + 1);
        let length = bytes[middle..].iter().position(|b| *b == b'\n');
        let end = length.map_or(bytes.len(), |length| middle + length);
        if before(&bytes[start..end]) {
            low = (end + 1).min(bytes.len());
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
        let weight =
            |line: &str| line.split(' ').nth(1).and_then(|field| field.parse::<usize>().ok());
        assert_eq!(DICTIONARY.lines().filter_map(weight).sum::<usize>(), TOTAL);
    }

    #[test]
    fn names_are_cut_as_with_the_whole_dictionary() {
        let whole = Jieba::new();
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
        let mut found = Vec::new();
        each_word("预算外资金管理", |word, _, _| found.push(word));
        insta::assert_snapshot!(found.join(" "), @"预 预算 预算外");
    }
}
