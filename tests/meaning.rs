//! One report, every format: facts and findings are the same in all, up to what the format cannot carry.
//!
//! `tests/formats/generate.py` writes the files; those of `qinghe_2024_flawed` hold slips planted in words and tables.
#![allow(clippy::unwrap_used)]

use gouji::Report;
use gouji::check::{Selection, run};
use gouji::document::{ReadOptions, merge, pair, read};
use gouji::fact::{Fact, Standing};
use std::path::{Path, PathBuf};

const CLEAN: &str = "qinghe_2024_final_accounts";
const FLAWED: &str = "qinghe_2024_flawed";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/whole").join(name)
}

/// The report that the files make together, paired by what they say.
fn open(case: &str, names: &[&str]) -> Report {
    let documents = names.iter().map(|name| {
        let path = folder(case).join(name);
        read(&path, &std::fs::read(&path).unwrap(), &ReadOptions::default()).unwrap()
    });
    let mut groups = pair(documents.collect());
    assert_eq!(groups.len(), 1, "{names:?} are one report");
    gouji::understand(merge(groups.remove(0)))
}

/// What a fact says, whatever the place it was read at.
fn said(report: &Report, fact: &Fact) -> String {
    let number = &report.numbers[fact.number as usize];
    let value = number.value().map(|value| value.normalize().to_string()).unwrap_or_default();
    let Fact { indicator, measure, basis, fund, year, entity, negative, .. } = fact;
    let unit = &number.unit;
    format!(
        "{indicator} {measure:?} {value} {unit} {year:?} {basis:?} {fund:?} {entity:?} {negative}"
    )
}

/// The facts of words and cells; charts are pictures in most formats.
fn facts(report: &Report) -> Vec<String> {
    let told = |fact: &&Fact| !matches!(fact.standing, Standing::Chart(..));
    let mut out: Vec<String> = report
        .facts
        .iter()
        .filter(told)
        .map(|fact| {
            let place =
                if matches!(fact.standing, Standing::Narrative(_)) { "words" } else { "cell" };
            format!("{place} {}", said(report, fact))
        })
        .collect();
    out.sort();
    out
}

/// Check, arithmetic and figures of each finding.
fn findings(report: &Report) -> Vec<String> {
    let mut out: Vec<String> = run(report, &Selection::default())
        .iter()
        .map(|finding| {
            let figures = finding.evidence.iter().filter_map(|one| one.value);
            let mut figures: Vec<String> = figures.map(|v| v.normalize().to_string()).collect();
            figures.sort();
            format!("{} {} {}", finding.check, finding.arithmetic, figures.join(" "))
        })
        .collect();
    out.sort();
    out
}

/// What is in one list and not in the other, by count.
fn difference(left: &[String], right: &[String]) -> Vec<String> {
    let mut right: Vec<&String> = right.iter().collect();
    let missing = left.iter().filter(|item| match right.iter().position(|other| other == item) {
        Some(at) => {
            right.swap_remove(at);
            false
        }
        None => true,
    });
    missing.cloned().collect()
}

fn same(name: &str, found: &[String], wanted: &[String]) {
    let (lost, extra) = (difference(wanted, found), difference(found, wanted));
    let list = |items: &[String]| items.iter().take(8).cloned().collect::<Vec<_>>().join("\n    ");
    assert!(
        lost.is_empty() && extra.is_empty(),
        "{name}: {} lost, {} too many\n  lost\n    {}\n  too many\n    {}",
        lost.len(),
        extra.len(),
        list(&lost),
        list(&extra)
    );
}

/// Every way to hand the whole report in: one file, or the narrative with a workbook.
const WHOLE: [&[&str]; 7] = [
    &["report.docx"],
    &["report.doc"],
    &["report.html"],
    &["report.ofd"],
    &["report.pdf"],
    &["narrative.docx", "tables.xlsx"],
    &["tables.xls", "narrative.docx"],
];

#[test]
fn facts_are_the_same() {
    let wanted = facts(&open(CLEAN, &["report.docx"]));
    let of = |place: &str| wanted.iter().filter(|fact| fact.starts_with(place)).count();
    assert!(of("words") > 150 && of("cell") > 250, "{} {}", of("words"), of("cell"));
    for names in WHOLE {
        same(&format!("{names:?}"), &facts(&open(CLEAN, names)), &wanted);
    }
    let names = ["narrative.docx", "tables.ods"];
    same(&format!("{names:?}"), &facts(&open(CLEAN, &names)), &wanted);
    // Flattened text has lost the spans of its tables: the words are the same.
    let words = |facts: Vec<String>| -> Vec<String> {
        facts.into_iter().filter(|fact| fact.starts_with("words")).collect()
    };
    same("report.txt", &words(facts(&open(CLEAN, &["report.txt"]))), &words(wanted));
}

#[test]
fn findings_are_the_same() {
    let wanted = findings(&open(FLAWED, &["report.docx"]));
    for check in [
        "completion/percentage_differs",
        "indicator/score_differs_from_narrative",
        "indicator/score_exceeds_weight",
        "share/share_differs",
        "sum/parts_differ_from_total",
        "table/classes_differ_from_items",
    ] {
        assert!(wanted.iter().any(|found| found.starts_with(check)), "{check}: {wanted:#?}");
    }
    for names in WHOLE {
        same(&format!("{names:?}"), &findings(&open(FLAWED, names)), &wanted);
    }
}

/// A finding on a workbook names the file and the cell.
#[test]
fn findings_name_the_cell() {
    let report = open(FLAWED, &["narrative.docx", "tables.xlsx"]);
    let found = run(&report, &Selection::default());
    let of_class = found.iter().find(|found| found.check == "table/classes_differ_from_items");
    let origin = report.document.origin(of_class.unwrap().at.start).unwrap();
    assert_eq!(origin.cell.as_deref(), Some("公开03表!C24"));
    assert!(report.document.files[usize::from(origin.file)].path.ends_with("tables.xlsx"));
}

/// A bundle with names as Chinese Windows writes them, one of its files cut: the parts of the report are found, the cut
/// file is named, and the call says that something was not read.
#[test]
fn a_bundle_with_a_damaged_file() {
    use std::io::Write;
    let place = std::env::temp_dir().join(format!("gouji-bundle-{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let path = place.join("bundle.zip");
    let whole = |name: &str| std::fs::read(folder(FLAWED).join(name)).unwrap();
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let cut = whole("report.doc");
    // Names of as many bytes as the GBK names that take their place.
    let files = [
        ("unit/narrative.docx", whole("narrative.docx")),
        ("unit/XXXX.xls", whole("tables.xls")),
        ("unit/old/YYYY.doc", cut[..cut.len() / 2].to_vec()),
    ];
    for (name, bytes) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    for (old, new) in [("XXXX.xls", "附表"), ("YYYY.doc", "旧稿")] {
        let gbk = encoding_rs::GBK.encode(new).0.into_owned();
        let at: Vec<usize> = (0..bytes.len() - old.len())
            .filter(|at| &bytes[*at..*at + old.len()] == old.as_bytes())
            .collect();
        at.into_iter().for_each(|at| bytes[at..at + 4].copy_from_slice(&gbk));
    }
    std::fs::write(&path, bytes).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["check", "--format", "json"])
        .arg(&path)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&place).unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("bundle.zip/unit/old/旧稿.doc: 文件损坏、不完整"), "{error}");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["reports"].as_array().unwrap().len(), 1);
    let text = found["reports"][0]["findings"].to_string();
    assert!(text.contains("公开03表!C24") && text.contains("附表.xls"), "{text}");
    let wanted = findings(&open(FLAWED, &["report.docx"])).len();
    assert_eq!(found["reports"][0]["findings"].as_array().unwrap().len(), wanted);
}
