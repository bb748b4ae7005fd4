//! The ledger of verdicts: `tests/verdicts/<path of the report, / as _>.tsv` says of each Error finding on a real report
//! whether a reading of the page found it true. Columns: fingerprint, check, `true` or `false`, why.
//!
//! When the reports are there, an Error finding without a verdict, one judged false, and a true one that vanished are
//! failures. `VERDICTS_LIST=1 cargo test --test verdicts -- --nocapture` prints a line for each finding that has none, to
//! be judged by reading, not to be pasted. `VERDICTS_ONLY=petition` looks at the reports of that name only.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gouji::document::ReadOptions;
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

/// The Error findings of a file; a file that cannot be read, such as a scan without networks, has none.
fn errors(path: &Path) -> Vec<FindingEntry> {
    let bytes = std::fs::read(path).unwrap();
    let Ok(document) = gouji::document::read(path, &bytes, &ReadOptions::default()) else {
        return Vec::new();
    };
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
    let outcomes: Vec<(String, Outcome)> = reports
        .par_iter()
        .map(|report| {
            let name = ledger_name(report);
            let verdicts = ledger(&ledgers.join(&name));
            let outcome = compare(&name, &errors(&folder.join(report)), &verdicts);
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
        "{held} of {} Error findings true: {:.1} %",
        held + refuted,
        held as f64 * 100.0 / judged as f64
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
