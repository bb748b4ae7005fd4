//! The ledger of verdicts: `tests/verdicts/<report>.tsv` says of each Error finding on a real report whether a reading of
//! the page found it true. Columns: fingerprint, check, `true` or `false`, why. When the reports are there, an Error
//! finding without a verdict, one judged false, and a true one that vanished are failures.
//!
//! `VERDICTS_LIST=1 cargo test --test verdicts -- --nocapture` prints lines for the findings that have none, to be judged
//! by reading, not to be pasted. `VERDICTS_ONLY=petition` looks at the reports of that name only.

#![allow(clippy::unwrap_used)]

use gouji::document::ReadOptions;
use gouji::report::{Lang, check};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

struct Verdict {
    check: String,
    holds: bool,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn ledger(path: &Path) -> BTreeMap<String, Verdict> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [fingerprint, check, holds, why] = fields.as_slice() else {
                panic!("{}: four columns wanted: {line}", path.display());
            };
            assert!(matches!(*holds, "true" | "false"), "{}: {line}", path.display());
            assert!(!why.trim().is_empty(), "{}: why? {line}", path.display());
            (fingerprint.to_string(), Verdict { check: check.to_string(), holds: *holds == "true" })
        })
        .collect()
}

/// The report files whose name begins with `stem`.
fn reports(stem: &str) -> Vec<PathBuf> {
    let folder = root().join("../shared/reports");
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.is_file() && path.file_stem().is_some_and(|name| name == stem))
        .collect()
}

#[test]
fn every_error_on_a_real_report_has_a_verdict() {
    if !root().join("../shared/reports").exists() {
        return;
    }
    let only = std::env::var("VERDICTS_ONLY").unwrap_or_default();
    let list = std::env::var("VERDICTS_LIST").is_ok();
    let mut wrong = Vec::new();
    for entry in walkdir::WalkDir::new(root().join("tests/verdicts")).sort_by_file_name() {
        let file = entry.unwrap().into_path();
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        if file.extension().is_none_or(|ext| ext != "tsv") || !stem.contains(&only) {
            continue;
        }
        let mut verdicts = ledger(&file);
        for path in reports(&stem) {
            let bytes = std::fs::read(&path).unwrap();
            let document = gouji::document::read(&path, &bytes, &ReadOptions::default()).unwrap();
            let report = gouji::understand(document);
            let all = gouji::check::Selection::default();
            let checked = check(&report, &all, &gouji::waiver::Waivers::default(), Lang::Zh);
            for finding in checked.findings.iter().filter(|finding| finding.severity == "error") {
                let (print, name) = (&finding.fingerprint, &finding.check);
                match verdicts.remove(print) {
                    Some(verdict) if verdict.holds && verdict.check == *name => {}
                    Some(_) => wrong.push(format!("{stem}\t{print}\t{name}\tjudged false")),
                    None => {
                        wrong.push(format!("{stem}\t{print}\t{name}\tno verdict"));
                        if list {
                            let line = finding.arithmetic.replace(['\t', '\n'], " ");
                            println!("{print}\t{name}\t?\t{line}");
                        }
                    }
                }
            }
        }
        for (print, verdict) in verdicts.iter().filter(|(_, verdict)| verdict.holds) {
            wrong.push(format!("{stem}\t{print}\t{}\ta true finding vanished", verdict.check));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
