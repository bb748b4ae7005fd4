//! Every page of `corpus/`: verdicts typed by hand in `expect` blocks, the look of the text output in a snapshot
//! beside the page. An `expect` line is a check and the exact words it is about: `form/doubled_punctuation  。。`;
//! `coverage 12/12` may be added to say how many figures must be compared.

#![allow(clippy::unwrap_used)]

mod support;

use gouji::check::{Selection, page::fenced};
use gouji::report::json::CheckOutput;
use gouji::report::text::{Style, render};
use gouji::waiver::Waivers;
use gouji::{check, report};
use std::path::Path;

struct Case {
    title: String,
    report: String,
    expect: Vec<String>,
}

fn cases(page: &str) -> Vec<Case> {
    page.split("\n## ")
        .skip(1)
        .map(|part| Case {
            title: part.lines().next().unwrap().trim().to_string(),
            report: fenced(part, "report").concat(),
            expect: fenced(part, "expect")
                .concat()
                .lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join("  "))
                .filter(|line| !line.is_empty())
                .collect(),
        })
        .collect()
}

fn pages() -> Vec<std::path::PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"))
        .filter(|path| {
            !path
                .components()
                .any(|part| matches!(part.as_os_str().to_str(), Some("whole" | "many")))
        })
        .collect()
}

/// A page fires only its own check: another check that also fires on the snippet is left out, unless it is expected.
#[test]
fn every_verdict_holds() {
    let mut wrong = Vec::new();
    for path in pages() {
        let text = std::fs::read_to_string(&path).unwrap();
        let own = support::check_of_page(&path);
        let (mut firing, mut silent) = (0, 0);
        for case in cases(&text) {
            let read = support::read(&case.report);
            let mut found: Vec<String> = check::run(&read, &Selection::default())
                .iter()
                .filter(|f| f.check == own || case.expect.iter().any(|e| e.starts_with(f.check)))
                .map(|f| format!("{}  {}", f.check, support::squeeze(read.document.slice(f.at))))
                .collect();
            found.sort();
            let mut expect = case.expect.clone();
            expect.sort();
            if found != expect {
                wrong.push(format!(
                    "{} “{}”:\n  expected {expect:?}\n  found    {found:?}",
                    path.display(),
                    case.title
                ));
            }
            match case.expect.is_empty() {
                true => silent += 1,
                false => firing += 1,
            }
        }
        if firing == 0 || silent == 0 {
            wrong.push(format!("{}: needs a firing and a silent case", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_looks_as_before() {
    for path in pages() {
        let own = support::check_of_page(&path);
        let text = std::fs::read_to_string(&path).unwrap();
        let mut shown = String::new();
        for case in cases(&text) {
            let read = support::read(&case.report);
            let select = Selection::new(std::slice::from_ref(&own), &[]).unwrap();
            let mut checked =
                report::check(&read, &select, &Waivers::default(), report::Lang::default());
            checked.report = gouji::report::json::Meta::default();
            let output = CheckOutput::new(vec![checked], Vec::new());
            let style = Style {
                color: false,
                width: 100,
                lang: report::Lang::Zh,
                unread: false,
                quiet: true,
            };
            shown.push_str(&format!("## {}\n{}\n", case.title, render(&output, style)));
        }
        let name = path.file_stem().unwrap().to_string_lossy().to_string();
        insta::with_settings!({
            snapshot_path => path.parent().unwrap(),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, shown);
        });
    }
}
