//! The words of `grammars/labels.toml` around a name.

use crate::fact::Basis;
use crate::quick::{Map, Set};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    before: Vec<String>,
    unless: Vec<Unless>,
    after: Stages,
    inside: Stages,
    generic: List,
    office: Ends,
    assessed: Assessed,
    verbs: List,
}

#[derive(Deserialize)]
struct Assessed {
    score: Vec<String>,
    summary: Vec<String>,
}

#[derive(Deserialize)]
struct Stages {
    #[serde(default)]
    none: Vec<String>,
    budget: Vec<String>,
    adjusted: Vec<String>,
    r#final: Vec<String>,
}

#[derive(Deserialize)]
struct List {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Ends {
    ends: Vec<String>,
}

#[derive(Deserialize)]
struct Unless {
    word: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    last: String,
}

/// Words by the character that decides whether they can match.
pub(super) struct Words {
    /// By first character, longest first.
    before: Map<char, Vec<String>>,
    /// By last character, longest first.
    after: Map<char, Vec<(String, Option<Basis>)>>,
    inside: Vec<(String, Basis)>,
    unless: Map<String, Unless>,
    generic: Set<String>,
    offices: Vec<String>,
    assessed: Assessed,
    verbs: Vec<String>,
}

/// The words, read once.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let file: File = grammar!("labels");
        let mut before: Map<char, Vec<String>> = Map::default();
        for word in file.before {
            before.entry(word.chars().next().unwrap_or_default()).or_default().push(word);
        }
        before.values_mut().for_each(|list| list.sort_by_key(|word| usize::MAX - word.len()));
        let mut after: Map<char, Vec<(String, Option<Basis>)>> = Map::default();
        for (word, basis) in file.after.all() {
            let last = word.chars().next_back().unwrap_or_default();
            after.entry(last).or_default().push((word, basis));
        }
        after.values_mut().for_each(|list| list.sort_by_key(|(word, _)| usize::MAX - word.len()));
        let mut inside: Vec<(String, Basis)> =
            file.inside.all().filter_map(|(word, basis)| Some((word, basis?))).collect();
        inside.sort_by_key(|(word, _)| usize::MAX - word.len());
        Words {
            before,
            after,
            inside,
            unless: file.unless.into_iter().map(|own| (own.word.clone(), own)).collect(),
            generic: file.generic.words.into_iter().collect(),
            offices: file.office.ends,
            assessed: file.assessed,
            verbs: file.verbs.words,
        }
    });
    &WORDS
}

impl Stages {
    fn all(self) -> impl Iterator<Item = (String, Option<Basis>)> {
        let stage = |words: Vec<String>, basis| words.into_iter().map(move |word| (word, basis));
        stage(self.none, None)
            .chain(stage(self.budget, Some(Basis::Budget)))
            .chain(stage(self.adjusted, Some(Basis::Adjusted)))
            .chain(stage(self.r#final, Some(Basis::Final)))
    }
}

impl Words {
    /// The text without the longest word that opens it.
    pub fn strip_before<'t>(&self, text: &'t str) -> Option<&'t str> {
        let list = self.before.get(&text.chars().next()?)?;
        list.iter().find_map(|word| {
            let rest = text.strip_prefix(word.as_str())?;
            let stop = self.unless.get(word).is_some_and(|unless| {
                rest.chars().next().is_some_and(|next| unless.next.contains(next))
            });
            (!stop).then_some(rest)
        })
    }

    /// The text without the longest word that closes it, and the stage that word says.
    pub fn strip_after<'t>(&self, text: &'t str) -> Option<(&'t str, Option<Basis>)> {
        let list = self.after.get(&text.chars().next_back()?)?;
        list.iter().find_map(|(word, basis)| {
            let rest = text.strip_suffix(word.as_str())?;
            let stop = self.unless.get(word).is_some_and(|unless| {
                rest.chars().next_back().is_some_and(|last| unless.last.contains(last))
            });
            (!stop).then_some((rest, *basis))
        })
    }

    /// Stages said inside a name, longest first.
    pub fn inside(&self) -> &[(String, Basis)] {
        &self.inside
    }

    /// Whether a name says nothing by itself.
    pub fn generic(&self, name: &str) -> bool {
        self.generic.contains(name)
    }

    /// What follows the name of a project whose score is said.
    pub fn score(&self) -> &[String] {
        &self.assessed.score
    }

    /// What follows the name of a project whose assessment is summed up.
    pub fn summary(&self) -> &[String] {
        &self.assessed.summary
    }

    /// Whether a name ends as names of offices do.
    pub fn office(&self, name: &str) -> bool {
        self.offices.iter().any(|end| name.ends_with(end.as_str()))
    }

    /// Whether a word that the dictionary lacks is a verb.
    pub fn verb(&self, word: &str) -> bool {
        self.verbs.iter().any(|own| own == word)
    }
}
