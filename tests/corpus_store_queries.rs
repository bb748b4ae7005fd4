//! The ten queries of `docs/corpus.md` run and answer what the page shows.
//!
//! After a change that is meant, `CORPUS_UPDATE=1 cargo test --test corpus_store_queries` writes the answers anew; read the
//! difference before committing it.

#![allow(clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../examples/invent/report.rs"]
mod invent;

use gouji::corpus::{Corpus, Record, Writer};
use rusqlite::types::ValueRef;
use std::path::{Path, PathBuf};

fn corpus() -> Corpus {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("queries.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
    let mut writer = Writer::open(&file).unwrap();
    for number in 0..10 {
        let report = invent::report(number);
        let options = gouji::document::ReadOptions::default();
        let path = Path::new(&report.name);
        let document = gouji::document::read(path, report.text.as_bytes(), &options).unwrap();
        writer.put(&Record::new(&gouji::understand(document))).unwrap();
    }
    writer.finish().unwrap();
    Corpus::open(&file).unwrap()
}

/// The answer to a query, columns parted by ` | `.
fn answer(corpus: &Corpus, sql: &str) -> String {
    let mut statement = corpus.connection.prepare(sql).unwrap();
    let names: Vec<String> = statement.column_names().map(str::to_string).collect();
    let mut text = format!("{}\n", names.join(" | "));
    let mut rows = statement.query([]).unwrap();
    let mut count = 0;
    while let Some(row) = rows.next().unwrap() {
        let cells = (0..names.len()).map(|at| match row.get_ref(at).unwrap() {
            ValueRef::Null => String::new(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            ValueRef::Blob(_) => "blob".into(),
        });
        text.push_str(&cells.collect::<Vec<_>>().join(" | "));
        text.push('\n');
        count += 1;
    }
    assert!(count > 0, "no row: {sql}");
    text
}

#[test]
fn the_queries_of_the_page_answer_what_it_shows() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/corpus.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let corpus = corpus();
    let mut fresh = String::new();
    let mut lines = page.lines().peekable();
    let mut queries = 0;
    while let Some(line) = lines.next() {
        fresh.push_str(line);
        fresh.push('\n');
        if line != "```sql" {
            continue;
        }
        let mut sql = String::new();
        for line in lines.by_ref().take_while(|line| *line != "```") {
            sql.push_str(line);
            sql.push('\n');
        }
        queries += 1;
        fresh.push_str(&format!("{sql}```\n\n```result\n{}```\n", answer(&corpus, &sql)));
        // What stands there so far.
        if lines.peek() == Some(&"") {
            lines.next();
        }
        match lines.peek() {
            Some(&"```result") => while lines.next().is_some_and(|line| line != "```") {},
            _ => fresh.push('\n'),
        }
    }
    assert_eq!(queries, 10);
    if std::env::var_os("CORPUS_UPDATE").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    } else {
        assert!(page == fresh, "stale: CORPUS_UPDATE=1 cargo test --test corpus_store_queries");
    }
}
