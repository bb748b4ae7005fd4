//! Words of Chinese text, for the index and for what is searched: `财政拨款收入4,657.38万元` is `财政拨款 收入 4657.38 万元`.

use crate::fact::label::dictionary;
use jieba_rs::{Jieba, Token};
use std::sync::LazyLock;

static JIEBA: LazyLock<Jieba> = LazyLock::new(dictionary::whole);

/// The words of a text, joined by blanks; figures whole and without thousands separators, marks left out.
pub fn segment(text: &str) -> String {
    words(text, |run| JIEBA.cut(run, false))
}

/// The same for the index: a long word is followed by the words in it, so that `经费` finds `经费支出`.
pub fn index(text: &str) -> String {
    words(text, |run| JIEBA.cut_for_search(run, false))
}

fn words<'a>(text: &'a str, cut: impl Fn(&'a str) -> Vec<Token<'a>>) -> String {
    let mut words = String::with_capacity(text.len() * 5 / 4);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = Kind::of(first);
        let end = rest
            .char_indices()
            .find(|(_, c)| Kind::of(*c) != kind)
            .map_or(rest.len(), |(at, _)| at);
        let (run, tail) = rest.split_at(end);
        rest = tail;
        match kind {
            Kind::Mark => {}
            Kind::Latin => {
                let word: String =
                    run.trim_matches(['.', ',', '-', '%', '_', '/']).replace(',', "");
                push(&mut words, &word);
            }
            // No guessing of new words: the same word must be cut alike wherever it stands.
            Kind::Han => cut(run).iter().for_each(|token| push(&mut words, token.word)),
        }
    }
    words
}

fn push(words: &mut String, word: &str) {
    if !word.is_empty() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Han,
    Latin,
    Mark,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            '0'..='9' | 'a'..='z' | 'A'..='Z' | '.' | ',' | '-' | '%' | '_' | '/' => Self::Latin,
            c if c.is_alphanumeric() => Self::Han,
            _ => Self::Mark,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stay_whole_and_words_are_cut() {
        assert_eq!(
            segment("财政拨款收入4,657.38万元，占89.90%。"),
            "财政拨款 收入 4657.38 万元 占 89.90"
        );
        assert_eq!(index("机关运行经费支出"), "机关 运行 经费 支出 经费支出");
        assert_eq!(segment("2014001\t行政运行\t"), "2014001 行政 运行");
    }
}
