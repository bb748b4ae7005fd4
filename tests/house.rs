//! House rules over the registry, so that review need not.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use gouji::check::{self, Selection, registry};
use gouji::finding::Severity;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_check_has_a_page_with_title_example_and_authority() {
    for check in registry() {
        let page = check.page();
        assert!(page.title.ends_with('。'), "{}: the first //! line names the defect", check.name);
        assert!(!page.example.is_empty(), "{}: no ```report example", check.name);
        assert!(!check.summary_en.is_empty(), "{}: no English summary", check.name);
        if check.severity == Severity::Error {
            assert!(!page.authority.is_empty(), "{}: no 依据, no Error", check.name);
        }
    }
}

#[test]
fn every_example_fires_its_check_exactly_once() {
    for check in registry() {
        let read = support::read(&check.page().example);
        let only = Selection::new(&[check.name.to_string()], &[]).unwrap();
        let found = check::run(&read, &only);
        assert_eq!(found.len(), 1, "{}: {found:#?}", check.name);
        assert_eq!(found[0].check, check.name);
        assert!(found[0].severity <= check.severity, "{}: more severe than declared", check.name);
        assert!(!found[0].message.is_empty() && !found[0].message_en.is_empty(), "{}", check.name);
    }
}

#[test]
fn names_are_unique_paths_and_each_has_its_files() {
    let mut names = BTreeSet::new();
    for check in registry() {
        assert!(names.insert(check.name), "{} twice", check.name);
        let page = root().join("corpus").join(check.name).with_extension("md");
        assert!(page.exists(), "{}: no corpus page {}", check.name, page.display());
        let file = root().join("src/check").join(check.name).with_extension("rs");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(text, check.source, "{}: source is its own file", check.name);
        assert!(text.lines().count() <= 150, "{}: over 150 lines", file.display());
    }
}

#[test]
fn every_corpus_page_belongs_to_a_check() {
    let corpus = root().join("corpus");
    for entry in walkdir::WalkDir::new(&corpus).into_iter().map(Result::unwrap) {
        let path = entry.path();
        let own = path.strip_prefix(&corpus).unwrap();
        let whole = own.starts_with("whole") || own.starts_with("many");
        if path.extension().is_some_and(|ext| ext == "md") && !whole {
            let name = support::check_of_page(path);
            assert!(registry().iter().any(|check| check.name == name), "{name} is no check");
        }
    }
}

#[test]
fn no_file_is_longer_than_400_lines() {
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|ext| ext == "rs") {
            let lines = std::fs::read_to_string(entry.path()).unwrap().lines().count();
            assert!(lines <= 400, "{}: {lines} lines", entry.path().display());
        }
    }
}

#[test]
fn only_the_command_line_prints() {
    for entry in walkdir::WalkDir::new(root().join("src")).into_iter().map(Result::unwrap) {
        let path: &Path = entry.path();
        let cli = path.starts_with(root().join("src/cli"));
        if path.extension().is_some_and(|ext| ext == "rs")
            && !cli
            && !path.ends_with("cli.rs")
            && !path.ends_with("tests.rs")
        {
            let text = std::fs::read_to_string(path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            assert!(
                !text.contains("eprintln!(") && !text.contains("eprint!("),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn every_phrase_matches_its_yes_and_none_of_its_no() {
    use gouji::phrase::{grammar, lift};
    let mut names = BTreeSet::new();
    let found = |text: &str, name: &str| {
        let report = support::read(text);
        report.document.blocks.iter().any(|block| {
            let ids = 0..report.numbers.len() as u32;
            let words = report.document.slice(block.span);
            let lifted = lift(words, block.span, &report.numbers, ids);
            lifted.clauses().iter().any(|clause| {
                let matches = grammar().matches(&lifted.text[clause.start..clause.end]);
                matches.iter().any(|found| grammar().phrases[found.phrase].name == name)
            })
        })
    };
    for phrase in &grammar().phrases {
        assert!(names.insert(phrase.name.clone()), "{} twice", phrase.name);
        assert!(!phrase.yes.is_empty() && !phrase.no.is_empty(), "{}: yes and no", phrase.name);
        for yes in &phrase.yes {
            assert!(found(yes, &phrase.name), "{} does not match 「{yes}」", phrase.name);
        }
        for no in &phrase.no {
            assert!(!found(no, &phrase.name), "{} matches 「{no}」", phrase.name);
        }
    }
}
