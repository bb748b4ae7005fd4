//! Checks over many reports: each page's example fires its check once, and the verdicts typed in `corpus/many` hold.

#![allow(clippy::unwrap_used)]

use gouji::check::{Selection, page::fenced};
use gouji::corpus::check::{check, registry};
use gouji::corpus::{Corpus, Record, Writer};
use gouji::report::Lang;
use gouji::report::json::CheckOutput;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The findings of one check over reports that `---` parts.
fn run(name: &str, reports: &str) -> CheckOutput {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus_checks");
    std::fs::create_dir_all(&folder).unwrap();
    let thread = std::thread::current().id();
    let file = folder.join(format!("{}-{thread:?}.db", name.replace('/', "_")));
    for end in ["", "-wal", "-shm", "-writer"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    let mut writer = Writer::open(&file).unwrap();
    for (number, text) in reports.split("---\n").enumerate() {
        let path = format!("{number}.txt");
        let options = gouji::document::ReadOptions::default();
        let document = gouji::document::read(Path::new(&path), text.as_bytes(), &options).unwrap();
        writer.put(&Record::new(&gouji::understand(document))).unwrap();
    }
    writer.finish().unwrap();
    let only = Selection::new(&[name.to_string()], &[]).unwrap();
    check(&Corpus::open(&file).unwrap(), &only, Lang::Zh).unwrap().0
}

#[test]
fn every_check_has_its_files_and_an_example_that_fires_once() {
    for check in registry() {
        let check = check.check;
        let own = check.name.strip_prefix("corpus/").unwrap();
        let file = root().join("src/corpus/check").join(own).with_extension("rs");
        let source = std::fs::read_to_string(&file).unwrap();
        assert_eq!(source, check.source, "{}", check.name);
        assert!(check.page().title.ends_with('。') && !check.page().authority.is_empty());
        let example = fenced(&check.page().markdown, "reports").concat();
        let found = run(check.name, &example);
        assert_eq!(found.summary.findings, 1, "{}: {found:#?}", check.name);
        assert!(root().join("corpus/many").join(own).with_extension("md").exists());
    }
}

#[test]
fn every_verdict_over_many_reports_holds() {
    let mut wrong = Vec::new();
    for check in registry() {
        let name = check.check.name;
        let own = name.strip_prefix("corpus/").unwrap();
        let page = root().join("corpus/many").join(own).with_extension("md");
        let page = std::fs::read_to_string(page).unwrap();
        let (mut firing, mut silent) = (0, 0);
        for case in page.split("\n## ").skip(1) {
            let title = case.lines().next().unwrap();
            let expect: Vec<String> = fenced(case, "expect")
                .concat()
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| line.split_whitespace().nth(1).unwrap_or("").to_string())
                .collect();
            let found = run(name, &fenced(case, "reports").concat());
            let quotes: Vec<&str> =
                found.findings().map(|f| f.at.quote.as_deref().unwrap_or("")).collect();
            let holds = quotes.len() == expect.len()
                && quotes.iter().zip(&expect).all(|(quote, words)| quote.contains(words.as_str()));
            if !holds {
                wrong.push(format!("{name} “{title}”: expected {expect:?}, found {quotes:?}"));
            }
            match expect.is_empty() {
                true => silent += 1,
                false => firing += 1,
            }
        }
        assert!(firing > 0 && silent > 0, "{name}: needs a firing and a silent case");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
