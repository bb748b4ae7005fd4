//! The corpus as a user runs it: killed and resumed, twice at once, on a full disk, searched, exported, sampled.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../examples/invent/report.rs"]
mod invent;

use gouji::corpus::{Choice, Corpus, Query, Writer, export, panel, search, stats};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("corpus").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn gouji(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gouji")).args(arguments).output().unwrap()
}

fn words(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

fn add(corpus: &Path, reports: &Path) -> Output {
    gouji(&["corpus", "add", corpus.to_str().unwrap(), reports.to_str().unwrap()])
}

fn invented(folder: &Path, count: u64) {
    for number in 0..count {
        let report = invent::report(number);
        let inside = folder.join(format!("{:03}", number / 10));
        std::fs::create_dir_all(&inside).unwrap();
        std::fs::write(inside.join(report.name), report.text).unwrap();
    }
}

/// Everything in a corpus, as the files of an export, and how often each word stands in the index.
fn dump(corpus: &Path) -> BTreeMap<String, String> {
    let folder = corpus.with_extension("dump");
    let _ = std::fs::remove_dir_all(&folder);
    let corpus = Corpus::open(corpus).unwrap();
    export::export(&corpus, export::Format::Jsonl, &folder).unwrap();
    let mut all: BTreeMap<String, String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    let connection = &corpus.connection;
    connection
        .execute_batch("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, col)")
        .unwrap();
    let mut statement =
        connection.prepare("SELECT term || col || doc || cnt FROM vocabulary").unwrap();
    let terms: Vec<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    all.insert("words".into(), terms.join("\n"));
    let intact: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(intact, "ok");
    all
}

fn assert_same(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, text) in a {
        assert!(*text == b[name], "{name} differs");
    }
}

#[test]
fn killed_at_twenty_random_moments_and_resumed_it_is_as_if_nothing_had_happened() {
    let folder = folder("killed");
    let reports = folder.join("reports");
    invented(&reports, 60);
    std::fs::write(reports.join("bad.docx"), b"PK\x03\x04 no zip").unwrap();
    let (whole, killed) = (folder.join("whole.db"), folder.join("killed.db"));
    let started = Instant::now();
    let output = add(&whole, &reports);
    let full = started.elapsed();
    assert_eq!(output.status.code(), Some(2), "{}", words(&output.stderr));
    let expected = dump(&whole);

    // The moments come from the clock: any of them must do.
    let mut chance = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64;
    let (mut kills, mut resumed) = (0, 0);
    while kills < 20 {
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = full.mul_f64((chance >> 33) as f64 / f64::from(1u32 << 31) * 0.6);
        let mut run = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(["corpus", "add", killed.to_str().unwrap(), reports.to_str().unwrap()])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(moment);
        match run.try_wait().unwrap() {
            None => {
                run.kill().unwrap();
                run.wait().unwrap();
                kills += 1;
            }
            Some(_) => {
                // Done before it was killed: the end must be right each time, then all over again.
                assert_same(&expected, &dump(&killed));
                resumed += 1;
                for end in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(folder.join(format!("killed.db{end}")));
                }
            }
        }
    }
    add(&killed, &reports);
    assert_same(&expected, &dump(&killed));
    println!("20 kills, {resumed} corpora finished between them");
}

#[test]
fn a_second_run_does_only_what_is_new_changed_or_would_be_read_differently() {
    let folder = folder("again");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    invented(&reports, 6);
    let said = |output: &Output| words(&output.stderr).lines().last().unwrap_or("").to_string();
    assert_eq!(said(&add(&corpus, &reports)), "入库 6 份报告，0 个文件已在库中，0 个文件无法读取");
    let first = dump(&corpus);
    assert_eq!(said(&add(&corpus, &reports)), "入库 0 份报告，6 个文件已在库中，0 个文件无法读取");
    let otherwise = reports.join("../reports/.");
    assert_eq!(
        said(&add(&corpus, &otherwise)),
        "入库 0 份报告，6 个文件已在库中，0 个文件无法读取"
    );
    assert_same(&first, &dump(&corpus));

    // One changed, one new, one copied: the copy is the same report at a second place.
    let name = invent::report(0).name;
    let changed = invent::report(0).text.replace("部门职责", "部门职能");
    std::fs::write(reports.join("000").join(&name), changed).unwrap();
    std::fs::write(reports.join("new.txt"), invent::report(100).text).unwrap();
    std::fs::write(reports.join("copy.txt"), invent::report(1).text).unwrap();
    assert_eq!(said(&add(&corpus, &reports)), "入库 3 份报告，5 个文件已在库中，0 个文件无法读取");
    let counted = stats(&Corpus::open(&corpus).unwrap(), 5).unwrap();
    assert_eq!((counted.reports, counted.files), (7, 8));

    // As an older gouji would have left it.
    let expected = dump(&corpus);
    let connection = rusqlite::Connection::open(&corpus).unwrap();
    connection
        .execute_batch(
            "UPDATE reports SET reader = 'old', agency = 'x'; UPDATE files SET reader = 'old'",
        )
        .unwrap();
    drop(connection);
    assert_eq!(stats(&Corpus::open(&corpus).unwrap(), 5).unwrap().stale, 7);
    assert_eq!(said(&add(&corpus, &reports)), "入库 8 份报告，0 个文件已在库中，0 个文件无法读取");
    assert_same(&expected, &dump(&corpus));
}

#[test]
fn a_report_of_two_files_is_one_and_falls_apart_when_one_goes() {
    let folder = folder("parts");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    std::fs::create_dir(&reports).unwrap();
    std::fs::write(reports.join("a.txt"), invent::report(0).text).unwrap();
    let table = "青山县水务局2021年度部门决算\n项目,金额\n收入合计,100.00\n支出合计,100.00\n";
    std::fs::write(reports.join("b.csv"), table).unwrap();
    add(&corpus, &reports);
    let parts = |corpus: &Path| {
        let counted = stats(&Corpus::open(corpus).unwrap(), 5).unwrap();
        (counted.reports, counted.files)
    };
    assert_eq!(parts(&corpus), (1, 2));
    assert!(words(&add(&corpus, &reports).stderr).contains("2 个文件已在库中"));
    std::fs::remove_file(reports.join("b.csv")).unwrap();
    add(&corpus, &reports);
    assert_eq!(parts(&corpus), (1, 1));
}

#[test]
fn a_narrative_and_its_tables_in_one_folder_are_one_report_without_a_workbook_too() {
    let folder = folder("halves");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    std::fs::create_dir(&reports).unwrap();
    let title = "青山县水务局2021年度部门决算\n";
    let long = "贯彻执行水利法律法规，拟订全县水利发展规划并组织实施，承担河湖管理、防汛抗旱和农村供水等各项工作。";
    let told = format!("{long}\n2021年度收、支总计均为100.00万元。{long}\n{long}\n{long}\n");
    let table = "收入支出决算总表\n金额单位：万元\n\n\t项目\n\t决算数\n\n\t收入合计\n\t100.00\n\n\t总计\n\t100.00\n";
    std::fs::write(reports.join("a.txt"), format!("{title}{told}")).unwrap();
    let parts = |corpus: &Path| {
        let counted = stats(&Corpus::open(corpus).unwrap(), 5).unwrap();
        (counted.reports, counted.files)
    };
    add(&corpus, &reports);
    assert_eq!(parts(&corpus), (1, 1));
    // The tables come later: the narrative that is stored already is read again with them.
    std::fs::write(reports.join("b.txt"), format!("{title}{table}")).unwrap();
    add(&corpus, &reports);
    assert_eq!(parts(&corpus), (1, 2));
    assert!(words(&add(&corpus, &reports).stderr).contains("2 个文件已在库中"));
}

#[test]
fn failed_files_are_kept_with_their_error_and_retried_on_demand() {
    let folder = folder("failed");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    std::fs::create_dir(&reports).unwrap();
    std::fs::write(reports.join("bad.docx"), b"PK\x03\x04 no zip").unwrap();
    let (db, path) = (corpus.to_str().unwrap(), reports.to_str().unwrap());
    let first = gouji(&["corpus", "add", db, path]);
    assert_eq!(first.status.code(), Some(2));
    assert!(words(&first.stderr).contains("bad.docx"));
    let again = gouji(&["corpus", "add", db, path]);
    assert_eq!(again.status.code(), Some(0), "known, not tried again");
    let retried = gouji(&["corpus", "add", db, path, "--retry"]);
    assert_eq!(retried.status.code(), Some(2));
    let failures: i64 = Corpus::open(&corpus)
        .unwrap()
        .connection
        .query_row("SELECT count(*) FROM failures WHERE sha256 IS NOT NULL", [], |row| row.get(0))
        .unwrap();
    assert_eq!(failures, 1);
    std::fs::write(reports.join("bad.docx"), invent::report(0).text).unwrap();
    assert_eq!(gouji(&["corpus", "add", db, path]).status.code(), Some(0));
    let counted = stats(&Corpus::open(&corpus).unwrap(), 5).unwrap();
    assert_eq!((counted.reports, counted.failures), (1, 0));
}

#[test]
fn two_writers_are_refused_and_readers_are_not() {
    let folder = folder("locked");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    invented(&reports, 2);
    let writer = Writer::open(&corpus).unwrap();
    let refused = add(&corpus, &reports);
    assert_eq!(refused.status.code(), Some(2));
    assert!(words(&refused.stderr).contains("another gouji is writing"));
    assert_eq!(gouji(&["corpus", "stats", corpus.to_str().unwrap()]).status.code(), Some(0));
    drop(writer);
    assert_eq!(add(&corpus, &reports).status.code(), Some(0));
    let text = folder.join("reports/000").join(invent::report(0).name);
    let other = add(&text, &reports);
    assert_eq!(other.status.code(), Some(2), "no corpus is overwritten by mistake");
    assert!(words(&other.stderr).contains("not a corpus"), "{}", words(&other.stderr));
    assert_eq!(std::fs::read_to_string(&text).unwrap(), invent::report(0).text);
}

/// A file system of two megabytes, in a name space of our own; where that is not allowed, nothing is tested.
#[test]
fn it_is_read_where_nothing_can_be_written() {
    let folder = folder("unwritable").join("50%#档案?");
    invented(&folder.join("reports"), 3);
    let corpus = folder.join("a.db");
    assert!(add(&corpus, &folder.join("reports")).status.success());
    // A folder where the index of the log stands keeps the log from being made, as a read-only folder does (which the
    // superuser could write to).
    let log = folder.join("a.db-wal");
    let _ = std::fs::remove_file(&log);
    let index = folder.join("a.db-shm");
    let _ = std::fs::remove_file(&index);
    std::fs::create_dir(&index).unwrap();
    let found = gouji(&["corpus", "stats", corpus.to_str().unwrap()]);
    assert!(found.status.success(), "{}", words(&found.stderr));
    assert!(words(&found.stdout).contains("3 份报告"));
}

#[test]
fn a_full_disk_is_a_clear_error_and_the_corpus_stays_whole() {
    let folder = folder("full");
    let reports = folder.join("reports");
    invented(&reports, 60);
    let script = format!(
        "mount -t tmpfs -o size=2m none {disk} || exit 77; cd {folder}; \
         {gouji} corpus add {disk}/c.db reports; echo status $?; cp {disk}/c.db* .",
        disk = "/mnt",
        folder = folder.display(),
        gouji = env!("CARGO_BIN_EXE_gouji"),
    );
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
        .output();
    let Ok(output) = output else { return };
    let (out, err) = (words(&output.stdout), words(&output.stderr));
    if !out.contains("status") {
        println!("not tested: {err}");
        return;
    }
    assert!(out.contains("status 2") && err.contains("disk full"), "{out}{err}");
    let corpus = folder.join("c.db");
    dump(&corpus);
    let stored = stats(&Corpus::open(&corpus).unwrap(), 5).unwrap().reports;
    assert!(stored > 0 && stored < 60, "{stored}");
    // On a disk with room it goes on where it stopped.
    let finished = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["corpus", "add", "c.db", "reports"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(finished.status.code(), Some(0), "{}", words(&finished.stderr));
    add(&folder.join("whole.db"), &reports);
    let known = format!("{stored} 个文件已在库中");
    assert!(words(&finished.stderr).contains(&known), "{}", words(&finished.stderr));
}

#[test]
fn words_are_found_with_their_place() {
    let folder = folder("search");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    invented(&reports, 10);
    add(&corpus, &reports);
    let corpus = Corpus::open(&corpus).unwrap();
    let find = |query: Query| search(&corpus, &Query { limit: 50, ..query }).unwrap();
    let asked = |words: &[&str]| Query {
        words: words.iter().map(|word| (*word).to_string()).collect(),
        ..Query::default()
    };
    let hits = find(asked(&["公务接待费"]));
    assert_eq!(hits.found, 8, "one paragraph in each of the final accounts");
    assert!(hits.hits.iter().all(|hit| hit.quote.contains("公务接待费")));
    assert!(hits.hits[0].section.contains("三公"), "{}", hits.hits[0].section);
    let year = find(Query { years: vec![2023], ..asked(&["公务接待费"]) });
    assert_eq!(year.hits.iter().map(|hit| hit.year).collect::<Vec<_>>(), [Some(2023); 2]);
    let agency = find(Query { agency: Some("教育局".into()), ..asked(&["政府采购"]) });
    assert!(agency.found > 0);
    assert!(agency.hits.iter().all(|hit| hit.agency.as_ref().unwrap().contains("教育局")));
    let code = find(Query { code: Some("2101101".into()), ..Query::default() });
    assert!(code.hits.iter().all(|hit| hit.quote.contains("行政单位医疗")), "{code:?}");
    assert!(
        code.hits.iter().any(|hit| hit.row.is_some())
            && code.hits.iter().any(|hit| hit.row.is_none())
    );
    let family = find(Query { indicator: Some("procurement/*".into()), ..asked(&["货物"]) });
    assert_eq!(family.found, 8);
    assert_eq!(
        find(asked(&["\" OR 1", "text:x"])).found,
        0,
        "what is asked is words, never syntax"
    );
    assert_eq!(find(asked(&["。"])).found, 0);
    // A figure is found however it is grouped.
    let text = invent::report(0).text;
    let figure = text.split("公用经费").nth(1).unwrap().split("万元").next().unwrap();
    assert!(find(asked(&[figure])).hits.iter().any(|hit| hit.quote.contains(figure)));
}

#[test]
fn exports_hold_the_same_figures_to_the_last_digit() {
    let folder = folder("export");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    invented(&reports, 10);
    std::fs::write(reports.join("formula.txt"), "=1+1\n@SUM(A1)\n-2024年度收入合计100.00万元。\n")
        .unwrap();
    add(&corpus, &reports);
    let db = corpus.to_str().unwrap();
    for format in ["parquet", "csv", "jsonl"] {
        let to = folder.join(format);
        let arguments = ["corpus", "export", db, "--to", format, to.to_str().unwrap()];
        assert_eq!(gouji(&arguments).status.code(), Some(0));
        assert!(std::fs::read_to_string(to.join("README.md")).unwrap().contains("## numbers"));
        assert_eq!(gouji(&arguments).status.code(), Some(2), "a folder with files is not touched");
    }
    let fen: i64 = Corpus::open(&corpus)
        .unwrap()
        .connection
        .query_row("SELECT sum(fen) FROM number", [], |row| row.get(0))
        .unwrap();
    let expected = rust_decimal::Decimal::new(fen, 2);
    let lines = std::fs::read_to_string(folder.join("jsonl/numbers.jsonl")).unwrap();
    let sum: rust_decimal::Decimal = lines
        .lines()
        .filter_map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["yuan"]
                .as_str()?
                .parse::<rust_decimal::Decimal>()
                .ok()
        })
        .sum();
    assert_eq!(sum, expected);
    assert_eq!(parquet_sum(&folder.join("parquet/numbers")), expected);
    let csv = std::fs::read(folder.join("csv/passages.csv")).unwrap();
    assert!(csv.starts_with("\u{feff}report,".as_bytes()));
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains(",'=1+1\r\n") && csv.contains(",'@SUM(A1)\r\n"), "formulas are words");
    assert!(!csv.contains(",=1+1"));
}

/// Sum of the column `yuan` of all files under a folder, read by the row reader.
fn parquet_sum(folder: &Path) -> rust_decimal::Decimal {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let mut sum = rust_decimal::Decimal::ZERO;
    for entry in walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap) {
        if !entry.file_type().is_file() {
            continue;
        }
        let reader = SerializedFileReader::new(std::fs::File::open(entry.path()).unwrap()).unwrap();
        for row in reader.get_row_iter(None).unwrap() {
            let row = row.unwrap();
            let (_, field) = row.get_column_iter().find(|(name, _)| *name == "yuan").unwrap();
            if let Field::Decimal(decimal) = field {
                let mut bytes = [0; 16];
                bytes.copy_from_slice(decimal.data());
                let scaled = i128::from_be_bytes(bytes);
                assert_eq!((decimal.precision(), decimal.scale()), (38, 12));
                let value =
                    rust_decimal::Decimal::try_from_i128_with_scale(scaled / 10i128.pow(8), 4);
                sum += value.unwrap();
            }
        }
    }
    sum
}

#[test]
fn the_panel_has_one_row_an_agency_and_year() {
    let folder = folder("panel");
    let (corpus, reports) = (folder.join("c.db"), folder.join("reports"));
    invented(&reports, 10);
    add(&corpus, &reports);
    let choice = Choice {
        indicators: vec!["expenditure/basic".into(), "operation/total".into()],
        ..Choice::default()
    };
    let found = panel(&Corpus::open(&corpus).unwrap(), &choice).unwrap();
    assert_eq!(found.lines.len(), 10);
    let text = invent::report(0).text;
    let basic = text.split("其中：基本支出").nth(1).unwrap().split("万元").next().unwrap();
    let basic: i64 = basic.replace('.', "").parse::<i64>().unwrap() * 10_000;
    let line = found.lines.iter().find(|line| line.agency == "青山县水务局" && line.year == 2021);
    assert_eq!(line.unwrap().values[0], Some(basic));
    let output = gouji(&["corpus", "panel", corpus.to_str().unwrap(), "--year", "2021"]);
    assert_eq!(words(&output.stdout).lines().count(), 3);
}

#[test]
fn a_sample_is_drawn_again_by_its_seed() {
    let folder = folder("sample");
    invented(&folder, 20);
    let path = folder.to_str().unwrap();
    let drawn = |seed: &str| {
        let output = gouji(&["check", path, "--sample", "8", "--seed", seed, "--format", "json"]);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        let paths: Vec<String> = value["reports"]
            .as_array()
            .unwrap()
            .iter()
            .map(|report| report["source"]["path"].as_str().unwrap().to_string())
            .collect();
        (paths, value["summary"]["sample"].clone())
    };
    let (paths, sample) = drawn("7");
    assert_eq!(
        (paths.len(), sample["size"].as_u64(), sample["of"].as_u64()),
        (8, Some(8), Some(20))
    );
    assert!(sample["interval"][1].as_f64().unwrap() > 0.0);
    assert_eq!(drawn("7").0, paths);
    assert_ne!(drawn("8").0, paths);
    let corpus = folder.join("c.db");
    add(&corpus, &folder);
    let stored = ["corpus", "check", corpus.to_str().unwrap(), "--sample", "8", "--format", "json"];
    let stored: Value = serde_json::from_slice(&gouji(&stored).stdout).unwrap();
    assert_eq!(stored["summary"]["sample"]["of"], 20);
    assert_eq!(stored["reports"].as_array().unwrap().len(), 8);
    let text = words(&gouji(&["check", path, "--sample", "8", "--quiet"]).stdout);
    assert!(text.contains("抽查 8 / 20 份") && text.contains("Wilson"), "{text}");
}

#[test]
fn paths_on_standard_input_are_answered_as_they_come() {
    use std::io::{BufRead, BufReader, Write};
    let folder = folder("stdin");
    invented(&folder, 3);
    let mut run = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["extract", "--stdin-paths", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = run.stdin.take().unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines();
    let started = Instant::now();
    for number in 0..3 {
        let path = folder.join("000").join(invent::report(number).name);
        writeln!(input, "{}", path.display()).unwrap();
        let answer: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["source"]["path"].as_str(), path.to_str());
    }
    writeln!(input, "/no/such/file.txt").unwrap();
    let answer: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(answer["path"], "/no/such/file.txt");
    assert!(answer["message"].is_string());
    drop(input);
    assert!(lines.next().is_none());
    assert_eq!(run.wait().unwrap().code(), Some(2));
    assert!(started.elapsed() < Duration::from_secs(60));
}
