//! Whole invented reports: what cannot contradict itself is silent, whatever format carries it.
#![allow(clippy::unwrap_used)]

use gouji::check::{Selection, run};
use gouji::document::{ReadOptions, merge, read};
use std::path::Path;

/// Files of the report without contradictions; the last two carry the tables only.
const FILES: [&str; 8] = [
    "report.txt",
    "report.docx",
    "report.doc",
    "report.html",
    "report.ofd",
    "report.pdf",
    "tables.xlsx",
    "tables.xls",
];

#[test]
fn a_report_without_contradictions_is_silent_in_every_format() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/whole/qinghe_2024_final_accounts");
    for file in FILES {
        let path = folder.join(file);
        let bytes = std::fs::read(&path).unwrap();
        let document = read(&path, &bytes, &ReadOptions::default()).unwrap();
        let report = gouji::understand(merge(vec![document]));
        let findings = run(&report, &Selection::default());
        let said: Vec<_> = findings.iter().map(|found| (found.check, &found.arithmetic)).collect();
        assert!(said.is_empty(), "{file}: {said:?}");
        assert!(report.relations.len() > 100, "{file}: {} relations", report.relations.len());
    }
}
