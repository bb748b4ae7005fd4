//! The command as a user runs it: exit codes, formats against their schemas, one bad file among good ones.

#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const CLEAN: &str = "2024年度收入合计100.00万元。\n";
const CARELESS: &str = "2024年度收入合计100.00万元。。\n";

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn gouji(arguments: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

fn schema(of: &str) -> Value {
    json(&gouji(&["schema", of], ""))
}

#[test]
fn exit_codes_tell_clean_found_and_failed() {
    assert_eq!(gouji(&["check", "-"], CLEAN).status.code(), Some(0));
    assert_eq!(gouji(&["check", "-"], CARELESS).status.code(), Some(0), "a warning is no error");
    assert_eq!(gouji(&["check", "/no/such/file"], "").status.code(), Some(2));
    assert_eq!(gouji(&["check", "-", "--select", "nonsense"], CLEAN).status.code(), Some(2));
    assert_eq!(gouji(&["explain", "nonsense"], "").status.code(), Some(2));
    assert_eq!(gouji(&["nonsense"], "").status.code(), Some(2));
}

#[test]
fn one_bad_file_never_stops_the_others() {
    let folder = folder("bad_among_good");
    std::fs::write(folder.join("a.txt"), CARELESS).unwrap();
    std::fs::write(folder.join("b.pdf"), b"%PDF-1.7 broken").unwrap();
    std::fs::write(folder.join("c.txt"), CLEAN).unwrap();
    std::fs::write(folder.join("notes.md"), "no report").unwrap();
    let path = folder.to_str().unwrap();
    let missing = folder.join("missing.txt");
    let output = gouji(&["check", path, missing.to_str().unwrap(), "--format", "json"], "");
    let value = json(&output);
    let paths: Vec<&str> = value["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["source"]["path"].as_str().unwrap())
        .collect();
    assert!(paths[0].ends_with("a.txt") && paths.last().unwrap().ends_with("c.txt"), "{paths:?}");
    assert_eq!(output.status.code(), Some(2));
    let errors = value["errors"].as_array().unwrap();
    assert!(errors.iter().any(|e| e["path"].as_str().unwrap().ends_with("missing.txt")));
    assert!(String::from_utf8_lossy(&output.stderr).contains("missing.txt"));
}

#[test]
fn archives_are_read_with_names_in_gbk() {
    let folder = folder("archive");
    let path = folder.join("bundle.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("reports/XXXX.txt", options).unwrap();
    zip.write_all(CARELESS.as_bytes()).unwrap();
    zip.start_file("reports/readme.md", options).unwrap();
    zip.write_all(b"x").unwrap();
    zip.finish().unwrap();
    // 决算 in GBK, four bytes, where the writer only takes UTF-8.
    let mut bytes = std::fs::read(&path).unwrap();
    while let Some(at) = bytes.windows(4).position(|four| four == b"XXXX") {
        bytes[at..at + 4].copy_from_slice(&[0xBE, 0xF6, 0xCB, 0xE3]);
    }
    std::fs::write(&path, bytes).unwrap();
    let value = json(&gouji(&["check", path.to_str().unwrap(), "--format", "json"], ""));
    assert_eq!(value["summary"]["reports"], 1);
    assert!(
        value["reports"][0]["source"]["path"]
            .as_str()
            .unwrap()
            .ends_with("bundle.zip/reports/决算.txt")
    );
    assert_eq!(value["summary"]["by_check"]["form/doubled_punctuation"], 1);
}

#[test]
fn a_workbook_goes_with_its_report() {
    let folder = folder("with");
    let (report, table) = (folder.join("report.txt"), folder.join("tables.csv"));
    std::fs::write(&report, "清河县水务局2024年度部门决算\n2024年度收入合计100.00万元。\n")
        .unwrap();
    std::fs::write(&table, "项目,金额\n收入合计,100.00\n支出合计,100.00\n").unwrap();
    let arguments = ["extract", report.to_str().unwrap(), "--with", table.to_str().unwrap()];
    let value = json(&gouji(&arguments, ""));
    assert_eq!(value["reports"].as_array().unwrap().len(), 1);
    let cell = &value["reports"][0]["numbers"].as_array().unwrap().last().unwrap()["at"];
    assert!(cell["file"].as_str().unwrap().ends_with("tables.csv"), "{cell}");
    let two = ["extract", report.to_str().unwrap(), "-", "--with", table.to_str().unwrap()];
    assert_eq!(gouji(&two, CLEAN).status.code(), Some(2));
}

#[test]
fn outputs_are_valid_against_their_schemas() {
    let reports = [CLEAN, CARELESS, "", "第一部分 概况\n一、职责\n单位：万元\n收入\t1,234.50\n"];
    for (command, of) in [("check", "check"), ("extract", "extract")] {
        let validator = jsonschema::validator_for(&schema(of)).unwrap();
        for report in reports {
            let value = json(&gouji(&[command, "-", "--format", "json"], report));
            let errors: Vec<String> =
                validator.iter_errors(&value).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{command} of {report:?}: {errors:?}");
        }
    }
}

#[test]
fn schemas_change_only_on_purpose() {
    for of in ["check", "extract"] {
        let text = stdout(&gouji(&["schema", of], ""));
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("schema_{of}"), text);
        });
    }
}

#[test]
fn jsonl_is_one_report_a_line() {
    let folder = folder("jsonl");
    std::fs::write(folder.join("a.txt"), CLEAN).unwrap();
    std::fs::write(folder.join("b.txt"), CARELESS).unwrap();
    let text = stdout(&gouji(&["extract", folder.to_str().unwrap(), "--format", "jsonl"], ""));
    assert_eq!(text.lines().count(), 2);
    for line in text.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert!(value["source"]["sha256"].as_str().unwrap().len() == 64);
    }
}

#[test]
fn a_waiver_silences_its_finding_and_an_idle_one_is_reported() {
    let folder = folder("waivers");
    let waivers = folder.join("waivers.toml");
    let path = waivers.to_str().unwrap();
    let value = json(&gouji(&["check", "-", "--format", "json"], CARELESS));
    let fingerprint = value["reports"][0]["findings"][0]["fingerprint"].as_str().unwrap();
    let entry = format!("[[waiver]]\nfingerprint = \"{fingerprint}\"\nreason = \"seen\"\n");
    std::fs::write(&waivers, &entry).unwrap();
    let arguments = ["check", "-", "--format", "json", "--waivers", path];
    assert_eq!(json(&gouji(&arguments, CARELESS))["summary"]["findings"], 0);
    let idle = json(&gouji(&arguments, CLEAN));
    assert_eq!(idle["summary"]["by_check"]["waiver/matches_nothing"], 1);
    std::fs::write(&waivers, "[[waiver]]\nfingerprint = \"x\"\n").unwrap();
    let output = gouji(&arguments, CLEAN);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("waivers.toml: line"));
}

#[test]
fn fingerprints_stay_when_unrelated_text_moves() {
    let print = |report: &str| {
        let value = json(&gouji(&["check", "-", "--format", "json"], report));
        value["reports"][0]["findings"][0]["fingerprint"].as_str().unwrap().to_string()
    };
    assert_eq!(print(CARELESS), print(&format!("另起一段，与此无关。\n\n{CARELESS}再说一句。\n")));
}

/// What the SARIF 2.1.0 schema requires of the parts that are used here, read from the standard's text: a log has
/// `version` and `runs` (§3.13), a run a `tool` (§3.14), a driver a `name` (§3.19), a rule an `id` (§3.49), a result
/// a `message` (§3.27) whose `ruleIndex` points at its rule, a region starts at a line, a character or a byte (§3.30),
/// an invocation says whether it succeeded (§3.20), and URIs hold no blanks or Han (§3.4.3).
#[test]
fn sarif_has_the_shape_of_the_standard() {
    let folder = folder("sarif 报告");
    let report = folder.join("甲 乙.txt");
    std::fs::write(&report, CARELESS).unwrap();
    let log = json(&gouji(&["check", report.to_str().unwrap(), "--format", "sarif"], ""));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "gouji");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
        assert!(
            ["error", "warning", "note"]
                .contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
        );
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    for result in results {
        assert!(result["message"]["text"].is_string());
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
        let index = place["artifactLocation"]["index"].as_u64().unwrap() as usize;
        assert_eq!(run["artifacts"][index]["location"]["uri"], uri);
        if let Some(region) = place.get("region") {
            assert!(region["byteOffset"].is_u64() || region["startLine"].is_u64());
        }
    }
}

#[test]
fn html_and_workbook_are_written_to_files() {
    let folder = folder("files");
    let html = folder.join("out.html");
    let xlsx = folder.join("out.xlsx");
    let with = "2024年度收入合计100.00万元。。<script>alert(1)</script>\n";
    gouji(&["check", "-", "--format", "html", "-o", html.to_str().unwrap()], with);
    let page = std::fs::read_to_string(html).unwrap();
    assert!(page.contains("<mark>。。</mark>") && !page.contains("<script"));
    gouji(&["check", "-", "--format", "xlsx", "-o", xlsx.to_str().unwrap()], with);
    let bytes = std::fs::read(xlsx).unwrap();
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "发现的问题").unwrap();
    assert_eq!(sheet.get_value((1, 2)).unwrap().to_string(), "form/doubled_punctuation");
}

#[test]
fn explain_shows_the_table_and_each_page() {
    let table = stdout(&gouji(&["explain"], ""));
    for check in gouji::check::all() {
        assert!(table.contains(check.name));
        let page = stdout(&gouji(&["explain", check.name], ""));
        assert!(page.contains(&check.page().title), "{}", check.name);
    }
    assert!(stdout(&gouji(&["explain", "form"], "")).contains("form/doubled_punctuation"));
}

#[test]
fn completions_and_man_page_are_printed() {
    assert!(stdout(&gouji(&["completions", "bash"], "")).contains("gouji"));
    assert!(stdout(&gouji(&["man"], "")).contains(".TH gouji"));
}

#[test]
fn two_publications_in_one_file_are_two_reports() {
    let report = |agency: &str, kind: &str, spent: &str| {
        format!(
            "{agency}\n2024年度{kind}决算\n一、主要职责\n组织实施水资源的统一管理和保护。\n\
             二、支出决算情况说明\n2024年度支出合计{spent}万元。\n三、“三公”经费支出决算情况说明\n\
             2024年度公务接待费1.10万元。\n四、机关运行经费支出情况\n2024年度机关运行经费支出3.40万元。\n"
        )
    };
    let text = report("青云县水务局", "部门", "1520.50")
        + &report("青云县水务局（本级）", "单位", "640.10");
    let found = json(&gouji(&["check", "--format", "json", "-"], &text));
    assert_eq!(found["reports"][0]["report"]["agency"], "青云县水务局");
    assert_eq!(found["reports"][1]["report"]["agency"], "青云县水务局（本级）");
    assert_eq!(found["summary"]["findings"], 0, "{found:#}");
    let log = json(&gouji(&["check", "--format", "sarif", "-"], &text));
    assert_eq!(log["runs"][0]["artifacts"].as_array().unwrap().len(), 1, "one file");
}
