//! The ledger of verdicts: `tests/verdicts/<path of the report, / as _>.tsv` says of each Error finding on a real report
//! whether a reading of the page found it true. Columns: fingerprint, check, `true` or `false`, why.
//!
//! Halves of one report in two files (narrative and tables) are read apart and together; the ledger of both together is
//! named by both, `budget_a.pdf+budget_b.pdf.tsv`.
//!
//! When the reports are there, an Error finding without a verdict, one judged false, and a true one that vanished are
//! failures. `VERDICTS_LIST=1 cargo test --test verdicts -- --nocapture` prints a line for each finding that has none, to
//! be judged by reading, not to be pasted. `VERDICTS_ONLY=petition` looks at the reports of that name only.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gouji::document::{Document, ReadOptions, is_half, merge, pair_halves};
use gouji::report::json::FindingEntry;
use gouji::report::{Lang, check};
use gouji::waiver::Waivers;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

struct Verdict {
    check: String,
    holds: bool,
}

/// What one report shows against its ledger.
#[derive(Default)]
struct Outcome {
    held: usize,
    refuted: usize,
    wrong: Vec<String>,
    unread: Vec<String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// `budget/huzhou_2026_01.pdf` keeps its verdicts in `budget_huzhou_2026_01.pdf.tsv`.
fn ledger_name(report: &Path) -> String {
    format!("{}.tsv", report.to_string_lossy().replace(['/', '\\'], "_"))
}

fn ledger(path: &Path) -> BTreeMap<String, Verdict> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut verdicts = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [fingerprint, check, holds, why] = fields[..] else {
            panic!("{}: four columns wanted: {line}", path.display());
        };
        assert!(matches!(holds, "true" | "false"), "{}: {line}", path.display());
        assert!(!why.trim().is_empty(), "{}: why? {line}", path.display());
        let verdict = Verdict { check: check.into(), holds: holds == "true" };
        let twice = verdicts.insert(fingerprint.to_string(), verdict).is_some();
        assert!(!twice, "{}: judged twice: {line}", path.display());
    }
    verdicts
}

/// What is read of a file; nothing of one that cannot be read, such as a scan without networks.
fn read(path: &Path) -> Option<Document> {
    let bytes = std::fs::read(path).unwrap();
    gouji::document::read(path, &bytes, &ReadOptions::default()).ok()
}

/// The Error findings of a document.
fn errors(document: Document) -> Vec<FindingEntry> {
    let report = gouji::understand(document);
    let all = gouji::check::Selection::default();
    let findings = check(&report, &all, &Waivers::default(), Lang::Zh).findings;
    findings.into_iter().filter(|finding| finding.severity == "error").collect()
}

fn compare(name: &str, findings: &[FindingEntry], verdicts: &BTreeMap<String, Verdict>) -> Outcome {
    let mut outcome = Outcome::default();
    for finding in findings {
        let line = format!("{name}\t{}\t{}", finding.fingerprint, finding.check);
        match verdicts.get(&finding.fingerprint) {
            Some(verdict) if verdict.check != finding.check => {
                outcome.wrong.push(format!("{line}\tthe verdict is on {}", verdict.check));
            }
            Some(Verdict { holds: true, .. }) => outcome.held += 1,
            Some(_) => {
                outcome.refuted += 1;
                outcome.wrong.push(format!("{line}\tjudged false"));
            }
            None => {
                let arithmetic = finding.arithmetic.replace(['\t', '\n'], " ");
                outcome
                    .unread
                    .push(format!("{}\t{}\t?\t{arithmetic}", finding.fingerprint, finding.check));
                outcome.wrong.push(format!("{line}\tno verdict"));
            }
        }
    }
    let found: BTreeSet<&str> = findings.iter().map(|finding| &*finding.fingerprint).collect();
    for (fingerprint, verdict) in verdicts {
        if verdict.holds && !found.contains(&**fingerprint) {
            outcome
                .wrong
                .push(format!("{name}\t{fingerprint}\t{}\ta true finding vanished", verdict.check));
        }
    }
    outcome
}

/// The halves of reports that stand in one folder, put together.
fn pairs(read: &[(&PathBuf, Document)]) -> Vec<(String, Document)> {
    let mut found = Vec::new();
    for folder in read.chunk_by(|(one, _), (other, _)| one.parent() == other.parent()) {
        let halves = folder.iter().enumerate().filter(|(_, (_, document))| is_half(document));
        let halves = halves.map(|(place, (_, document))| (place, document.clone())).collect();
        for (_, group) in pair_halves(halves).into_iter().filter(|(_, group)| group.len() > 1) {
            let own = |document: &Document| {
                let path = &document.source.path;
                let report = path.strip_prefix(root().join("../shared/reports")).unwrap();
                ledger_name(report).trim_end_matches(".tsv").to_owned()
            };
            let names: Vec<String> = group.iter().map(own).collect();
            found.push((format!("{}.tsv", names.join("+")), merge(group)));
        }
    }
    found
}

#[test]
fn every_error_on_a_real_report_has_a_verdict() {
    let folder = root().join("../shared/reports");
    if !folder.exists() {
        println!("skipped: no ../shared");
        return;
    }
    let only = std::env::var("VERDICTS_ONLY").unwrap_or_default();
    let reports: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(&folder).unwrap().to_path_buf())
        .filter(|report| report.components().count() > 1 && ledger_name(report).contains(&only))
        .collect();
    let ledgers = root().join("tests/verdicts");
    let read: Vec<(&PathBuf, Document)> = reports
        .par_iter()
        .filter_map(|report| Some((report, read(&folder.join(report))?)))
        .collect();
    let mut inputs: Vec<(String, Document)> = pairs(&read);
    let pairs = inputs.len();
    inputs.extend(read.into_iter().map(|(report, document)| (ledger_name(report), document)));
    let outcomes: Vec<(String, Outcome)> = inputs
        .into_par_iter()
        .map(|(name, document)| {
            let verdicts = ledger(&ledgers.join(&name));
            let outcome = compare(&name, &errors(document), &verdicts);
            (name, outcome)
        })
        .collect();
    let known: BTreeSet<&str> = outcomes.iter().map(|(name, _)| &**name).collect();
    let mut wrong: Vec<String> = std::fs::read_dir(&ledgers)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(&only) && !known.contains(&**name))
        .map(|name| format!("{name}\tno such report"))
        .collect();
    let (mut held, mut refuted) = (0, 0);
    for (name, outcome) in outcomes {
        held += outcome.held;
        refuted += outcome.refuted;
        wrong.extend(outcome.wrong);
        if std::env::var_os("VERDICTS_LIST").is_some() && !outcome.unread.is_empty() {
            println!("# {name}\n{}", outcome.unread.join("\n"));
        }
    }
    let judged = (held + refuted).max(1);
    println!(
        "{held} of {} Error findings true: {:.1} %; {pairs} reports in two files",
        held + refuted,
        held as f64 * 100.0 / judged as f64
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
