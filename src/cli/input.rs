//! What to read: files, folders, archives, standard input; each read on its own, one bad file never stops the others.

mod defect;
mod feed;
mod folder;
mod lone;
mod progress;
mod walk;

use super::Failure as CallFailure;
use super::options::Options;
use defect::{guarded, quiet_panics};
use feed::Feeder;
use gouji::Report;
use gouji::document::{self, Document, Format, ReadOptions, Source};
use gouji::error::{Error, Result};
use gouji::ocr::{Scans, Step};
use gouji::report::json::Failure;
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Instant;
use walk::{Input, walk_all};

/// What became of one input.
pub enum Done<T> {
    /// A report, and what `work` made of it.
    Report(T),
    /// A file that could not be read.
    Failed(Bad),
    /// Files that `known` said need not be read again.
    Known(usize),
    /// All of this batch has been handed over.
    End,
}

/// A file that could not be read.
pub struct Bad {
    /// Where and why.
    pub error: Error,
    /// The hash of its bytes and their number, as far as there are any.
    pub content: Option<(String, u64)>,
}

/// What to read, and what to do with each report.
pub struct Job<'a, T> {
    /// How to read.
    pub options: &'a Options,
    /// Files, folders and archives.
    pub paths: Box<dyn Iterator<Item = PathBuf> + Send + 'a>,
    /// Whether each of the paths is a report of its own, never paired with the next.
    pub apart: bool,
    /// Whether these files (path and hash of each) need not be read again.
    pub known: Option<&'a Known<'a>>,
    /// Of all reports only these; all if `None`.
    pub chosen: Option<&'a HashSet<Order>>,
    /// Makes something of a report.
    pub work: &'a (dyn Fn(Document) -> T + Sync),
}

/// The place of a report in the order given: its batch, and which of the batch's reports it is.
pub type Order = (usize, usize);

/// Whether files that belong together, each with the hash of its bytes, need not be read again.
pub type Known<'a> = dyn Fn(&[(&Path, String)]) -> bool + Sync + 'a;

/// Reads all inputs in parallel, pairs the files of one report, and hands each report to `work`; results in the order
/// given.
pub fn each<T: Send>(
    options: &Options,
    work: impl Fn(&Report) -> T + Sync,
) -> std::result::Result<(Vec<T>, Vec<Failure>), CallFailure> {
    every(options, &|document| work(&understand(document, options)))
}

/// As [`each`], but of each report only what it says.
pub fn each_bound<T: Send>(
    options: &Options,
    work: impl Fn(&Report) -> T + Sync,
) -> std::result::Result<(Vec<T>, Vec<Failure>), CallFailure> {
    every(options, &|document| work(&bind(document, options)))
}

fn every<T: Send>(
    options: &Options,
    work: &(dyn Fn(Document) -> T + Sync),
) -> std::result::Result<(Vec<T>, Vec<Failure>), CallFailure> {
    let paths = Box::new(options.all_paths().into_iter());
    let all = |document| Vec::from_iter(document::publications(document).into_iter().map(work));
    let job = Job { options, paths, apart: false, known: None, chosen: None, work: &all };
    let (reports, failures) = collect(job)?;
    Ok((reports.into_iter().flatten().collect(), failures))
}

/// All results of a job in the order given.
fn collect<T: Send>(job: Job<'_, T>) -> std::result::Result<(Vec<T>, Vec<Failure>), CallFailure> {
    let mut results = Vec::new();
    stream(job, |order, done| {
        results.push((order, done));
        Ok(())
    })?;
    results.sort_by_key(|(order, _)| *order);
    let mut reports = Vec::new();
    let mut failures = Vec::new();
    for (_, done) in results {
        match done {
            Done::Report(report) => reports.push(report),
            Done::Failed(bad) => failures.push(bad.failure()),
            Done::Known(_) | Done::End => {}
        }
    }
    Ok((reports, failures))
}

/// As [`each`], but only a sample of the reports: for each report `stratum` says of what it must be fair a part of.
/// Gives the number of all reports as well.
pub fn sample<T: Send, S: Ord + Send>(
    options: &Options,
    (size, seed): (usize, u64),
    stratum: impl Fn(&Document) -> S + Sync,
    work: impl Fn(&Report) -> T + Sync,
) -> std::result::Result<(Vec<T>, Vec<Failure>, usize), CallFailure> {
    let given = options.all_paths();
    let paths = || Box::new(given.iter().cloned());
    let survey = |document: Document| stratum(&document);
    let job =
        Job { options, paths: paths(), apart: false, known: None, chosen: None, work: &survey };
    let (mut all, mut failures) = (Vec::new(), Vec::new());
    stream(job, |order, done| {
        match done {
            Done::Report(stratum) => all.push((order, stratum)),
            Done::Failed(bad) => failures.push((order, bad.failure())),
            Done::Known(_) | Done::End => {}
        }
        Ok(())
    })?;
    all.sort_by_key(|(order, _)| *order);
    failures.sort_by_key(|(order, _)| *order);
    let (orders, strata): (Vec<Order>, Vec<S>) = all.into_iter().unzip();
    let drawn = gouji::corpus::sample::draw(&strata, size, seed);
    let chosen: HashSet<Order> = drawn.into_iter().map(|at| orders[at]).collect();
    let work = |document| work(&understand(document, options));
    let work = |document| Vec::from_iter(document::publications(document).into_iter().map(work));
    let job = Job {
        options,
        paths: paths(),
        apart: false,
        known: None,
        chosen: Some(&chosen),
        work: &work,
    };
    let (reports, again) = collect(job)?;
    let mut failures: Vec<Failure> = failures.into_iter().map(|(_, failure)| failure).collect();
    failures.extend(again.into_iter().filter(|f| f.message.contains("defect")));
    Ok((reports.into_iter().flatten().collect(), failures, orders.len()))
}

/// Reads all inputs in parallel and hands over each result as it comes, with its place in the order given; however many
/// inputs there are, only a few are in memory.
///
/// # Errors
/// The call is wrong, or `take` failed: then no more is read.
pub fn stream<T: Send>(
    job: Job<'_, T>,
    mut take: impl FnMut(Order, Done<T>) -> std::result::Result<(), CallFailure>,
) -> std::result::Result<(), CallFailure> {
    let Job { options, paths, apart, known, chosen, work } = job;
    if !options.with.is_empty() {
        one_report(options)?;
    }
    let bar = progress::bar(options);
    quiet_panics();
    if let (Some(path), None, None) = (lone::text(options), known, chosen) {
        let scans = Scans::default();
        let done = Worker { options, known, chosen, work, bar: &bar, scans }.lone(path);
        bar.finish_and_clear();
        take((0, 0), done)?;
        return take((0, usize::MAX), Done::End);
    }
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(options.jobs).stack_size(16 << 20).build()?;
    let threads = pool.current_num_threads();
    let (slow, watched) = (bar.clone(), progress::is_wanted(options));
    // Each scanned page counts like a file: it takes longer than most.
    let scans = Scans::of_user(
        options.jobs,
        Some(Arc::new(move |step| match step {
            Step::Found(count) => {
                slow.inc_length(count);
                if watched {
                    progress::show(&slow);
                }
            }
            Step::Done => slow.inc(1),
        })),
    );
    let worker = Worker { options, known, chosen, work, bar: &bar, scans };
    let (send, batches) = mpsc::sync_channel(threads * 2);
    let batches = Mutex::new(batches);
    let (done, results) = mpsc::sync_channel(threads * 2);
    std::thread::scope(|scope| {
        let (batches, worker, pool) = (&batches, &worker, &pool);
        scope.spawn(move || Feeder::new(send, options.with.clone()).run(paths, apart));
        for _ in 0..threads {
            let done = done.clone();
            scope.spawn(move || {
                let next = || batches.lock().ok().and_then(|batches| batches.recv().ok());
                while let Some((number, batch)) = next() {
                    for (place, result) in pool.install(|| worker.batch(number, batch)) {
                        if done.send(((number, place), result)).is_err() {
                            return;
                        }
                    }
                    if done.send(((number, usize::MAX), Done::End)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        // On failure `results` is dropped here, the workers' sends fail, and all stop.
        let result = results.into_iter().try_for_each(|(order, done)| take(order, done));
        // The feeder may wait for a worker that is gone.
        if let Ok(batches) = batches.lock() {
            while result.is_err() && batches.recv().is_ok() {}
        }
        bar.finish_and_clear();
        result
    })
}

/// `--with` goes with one report only.
fn one_report(options: &Options) -> std::result::Result<(), CallFailure> {
    let (standard, files): (Vec<_>, Vec<_>) =
        options.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let mut count = standard.len();
    walk_all(files.into_iter(), &mut |_| {
        count += 1;
        count < 2
    });
    match count {
        1 => Ok(()),
        _ => Err("--with takes exactly one report to go with".into()),
    }
}

/// Reads and understands the files of a batch.
struct Worker<'a, T> {
    options: &'a Options,
    known: Option<&'a Known<'a>>,
    chosen: Option<&'a HashSet<Order>>,
    work: &'a (dyn Fn(Document) -> T + Sync),
    bar: &'a ProgressBar,
    scans: Scans,
}

impl<T: Send> Worker<'_, T> {
    /// The reports of a batch, then its failures, each with its place.
    fn batch(&self, number: usize, inputs: Vec<Input>) -> Vec<(usize, Done<T>)> {
        let count = inputs.len();
        if self.chosen.is_some_and(|all| (0..count).all(|place| !all.contains(&(number, place)))) {
            self.bar.inc(count as u64);
            return Vec::new();
        }
        if count > 1 && self.options.with.is_empty() && !inputs.iter().any(feed::is_workbook) {
            return self.folder(number, inputs);
        }
        let loaded: Vec<_> = inputs.into_iter().map(Input::load).collect();
        if let Some(known) = self.known {
            let all: Option<Vec<_>> = loaded.iter().map(|one| one.as_ref().ok()).collect();
            let hash = |bytes: &[u8], path: &Path| Source::new(path, Format::Text, bytes).sha256;
            let all: Option<Vec<_>> = all.map(|all| {
                all.into_iter().map(|(path, bytes)| (path.as_path(), hash(bytes, path))).collect()
            });
            if all.is_some_and(|all| known(&all)) {
                self.bar.inc(count as u64);
                return vec![(0, Done::Known(count))];
            }
        }
        let parts: Vec<_> = loaded.into_par_iter().map(|one| self.read(one)).collect();
        let mut failures = Vec::new();
        let mut documents = Vec::new();
        for part in parts {
            match part {
                Ok(document) => documents.push(document),
                Err(bad) => failures.push(Done::Failed(bad)),
            }
        }
        let groups = match documents.len() {
            0 | 1 => documents.into_iter().map(|document| vec![document]).collect(),
            _ if self.options.with.is_empty() => document::pair(documents),
            _ => vec![documents],
        };
        let judge = |(place, group): (usize, Vec<Document>)| {
            let taken = self.chosen.is_none_or(|all| all.contains(&(number, place)));
            taken.then(|| (place, self.judge(document::merge(group))))
        };
        let groups: Vec<Vec<Document>> = groups;
        let after = groups.len();
        let mut results: Vec<_> = groups.into_par_iter().enumerate().filter_map(judge).collect();
        results.extend((after..).zip(failures));
        results
    }

    fn read(&self, loaded: Result<(PathBuf, Vec<u8>)>) -> std::result::Result<Document, Bad> {
        let started = Instant::now();
        let (path, bytes) = match loaded {
            Ok(loaded) => loaded,
            Err(error) => {
                self.bar.inc(1);
                return Err(Bad { error, content: None });
            }
        };
        let read =
            ReadOptions { password: self.options.password.clone(), scans: self.scans.clone() };
        let result = guarded(&path, || document::read(&path, &bytes, &read));
        self.say("read", &path, started);
        self.bar.inc(1);
        result.map_err(|error| Bad {
            error,
            content: Some((Source::new(&path, Format::Text, &bytes).sha256, bytes.len() as u64)),
        })
    }

    fn judge(&self, document: Document) -> Done<T> {
        let started = Instant::now();
        let path = document.source.path.clone();
        let content = (document.source.sha256.clone(), document.source.bytes);
        let result = guarded(&path, || Ok((self.work)(document)));
        self.say("understood", &path, started);
        match result {
            Ok(made) => Done::Report(made),
            Err(error) => Done::Failed(Bad { error, content: Some(content) }),
        }
    }

    fn say(&self, what: &str, path: &Path, started: Instant) {
        if self.options.verbose {
            let spent = started.elapsed();
            self.bar.suspend(|| eprintln!("gouji: {what} {} {spent:.0?}", path.display()));
        }
    }
}

impl Bad {
    /// As the JSON says it.
    pub fn failure(&self) -> Failure {
        let path = self.error.path().display().to_string();
        Failure { path, message: self.error.message() }
    }
}

/// Reads the one report at `path`.
pub fn report(path: &Path, options: &Options) -> Result<Report> {
    let mut inputs = Vec::new();
    walk_all(std::iter::once(path.to_path_buf()), &mut |input| {
        inputs.push(input);
        true
    });
    match inputs.len() {
        1 => {
            let mut parts = vec![read(inputs.remove(0), options)?];
            for with in &options.with {
                parts.push(read(Input::File(with.clone()), options)?);
            }
            Ok(understand(document::merge(parts), options))
        }
        0 => Err(Error::new(path, "其中没有报告 (no report in it)")),
        count => Err(Error::new(path, format!("holds {count} files; name one of them"))),
    }
}

fn read(input: Input, options: &Options) -> Result<Document> {
    let (path, bytes) = input.load()?;
    let scans = Scans::of_user(options.jobs, None);
    let read_options = ReadOptions { password: options.password.clone(), scans };
    document::read(&path, &bytes, &read_options)
}

/// Understands a document, told what the call says of it.
pub fn understand(document: Document, options: &Options) -> Report {
    gouji::understand(told(document, options))
}

/// As [`understand`], but only what the document says.
pub fn bind(document: Document, options: &Options) -> Report {
    gouji::bind(told(document, options))
}

fn told(mut document: Document, options: &Options) -> Document {
    document.report.year = options.year.or(document.report.year);
    if options.unit.is_some() {
        document.report.unit.clone_from(&options.unit);
    }
    document
}
