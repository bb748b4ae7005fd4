//! MB/s of the text path, of `extract` and of the checks beside a plain scan for amounts over the same text, and over the same text
//! twenty times, which must take twenty times as long.
//!
//! `cargo bench --bench throughput`; with ../shared the reference report is read, else the invented one.
#![allow(clippy::print_stdout)]
#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gouji::document::{ReadOptions, read};
use gouji::phrase::{grammar, lift};
use std::hint::black_box;
use std::path::{Path, PathBuf};

fn report() -> (PathBuf, Vec<u8>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../shared/reports/final_accounts/anju_2024_economy_technology.txt");
    let own = root.join("corpus/whole/qinghe_2024_final_accounts/report.txt");
    let path = if shared.exists() { shared } else { own };
    let bytes = std::fs::read(&path).unwrap();
    (path, bytes)
}

fn stages(criterion: &mut Criterion) {
    let (path, bytes) = report();
    let options = ReadOptions::default();
    let document = read(&path, &bytes, &options).unwrap();
    let (numbers, _) = gouji::number::read(&document);
    let scan = regex::Regex::new(r"[0-9,.]+\s*(亿|万)?元").unwrap();
    let mut group = criterion.benchmark_group("text");
    group.sample_size(20);
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    let text = String::from_utf8_lossy(&bytes).into_owned();
    group.bench_function("regex scan", |b| b.iter(|| black_box(scan.find_iter(&text).count())));
    group.bench_function("document", |b| b.iter(|| read(&path, black_box(&bytes), &options)));
    group.bench_function("numbers", |b| b.iter(|| gouji::number::read(black_box(&document))));
    group.bench_function("phrases", |b| {
        b.iter(|| {
            let mut found = 0;
            for block in &document.blocks {
                let before = |at: u32| numbers.partition_point(|n| n.span.start < at) as u32;
                let ids = before(block.span.start)..before(block.span.end);
                let lifted = lift(document.slice(block.span), block.span, &numbers, ids);
                for clause in lifted.clauses() {
                    found += grammar().matches(&lifted.text[clause.start..clause.end]).len();
                }
            }
            black_box(found)
        });
    });
    group.bench_function("whole path", |b| {
        b.iter(|| gouji::understand(read(&path, black_box(&bytes), &options).unwrap()));
    });
    group.bench_function("extract", |b| {
        let read = || read(&path, black_box(&bytes), &options).unwrap();
        b.iter(|| gouji::report::extract(&gouji::bind(read())));
    });
    let report = gouji::understand(read(&path, &bytes, &options).unwrap());
    let every = gouji::check::Selection::default();
    group.bench_function("checks", |b| b.iter(|| gouji::check::run(black_box(&report), &every)));
    group.finish();

    let long = bytes.repeat(20);
    let mut group = criterion.benchmark_group("twenty times");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(long.len() as u64));
    group.bench_function("whole path", |b| {
        b.iter(|| gouji::understand(read(&path, black_box(&long), &options).unwrap()));
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
