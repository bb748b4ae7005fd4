//! What to read: files, folders, archives, standard input; each read on its own, one bad file never stops the others.

use super::options::Options;
use gouji::Report;
use gouji::document::{self, Document, ReadOptions, archive};
use gouji::error::{Error, Result};
use gouji::report::json::Failure;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::io::{IsTerminal, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// File names taken from folders and archives; a file named by hand is read whatever its name.
const EXTENSIONS: [&str; 14] = [
    "txt", "pdf", "docx", "doc", "wps", "xlsx", "xls", "et", "ods", "csv", "ofd", "html", "htm",
    "xlsm",
];
/// Workbooks: where a folder holds one, its files may be parts of one report.
const WORKBOOKS: [&str; 6] = ["xls", "xlsx", "xlsm", "et", "ods", "csv"];
/// A folder of more files is a collection of reports, each in one file.
const MOST_PARTS: usize = 64;
/// The largest file that is read.
const MOST_BYTES: u64 = 1 << 30;

/// One thing to read.
enum Input {
    File(PathBuf),
    Bytes(PathBuf, Vec<u8>),
    Bad(Error),
}

/// Reads all inputs in parallel, pairs the files of one report, and hands each report to `work`; results in the order
/// given.
pub fn each<T: Send>(
    options: &Options,
    work: impl Fn(&Report) -> T + Sync,
) -> std::result::Result<(Vec<T>, Vec<Failure>), Box<dyn std::error::Error>> {
    let inputs = collect(&options.paths);
    if !options.with.is_empty() && inputs.len() != 1 {
        return Err("--with takes exactly one report to go with".into());
    }
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(options.jobs).stack_size(16 << 20).build()?;
    let bar = progress(inputs.len(), options);
    quiet_panics();
    let read = |input: Input| {
        let started = Instant::now();
        let path = input.path().to_path_buf();
        let result = guarded(&path, || read(input, options));
        if options.verbose {
            bar.suspend(|| eprintln!("gouji: read {} {:.0?}", path.display(), started.elapsed()));
        }
        bar.inc(1);
        result
    };
    let judge = |document: Document| {
        let started = Instant::now();
        let path = document.source.path.clone();
        let result = guarded(&path, || Ok(work(&understand(document, options))));
        if options.verbose {
            let spent = started.elapsed();
            bar.suspend(|| eprintln!("gouji: understood {} {spent:.0?}", path.display()));
        }
        result
    };
    let batch = |inputs: Vec<Input>| -> Vec<Result<T>> {
        let parts: Vec<Result<Document>> = inputs.into_par_iter().map(read).collect();
        let (documents, failures): (Vec<_>, Vec<_>) = parts.into_iter().partition(Result::is_ok);
        let documents: Vec<Document> = documents.into_iter().flatten().collect();
        let groups = match documents.len() {
            0 | 1 => documents.into_iter().map(|document| vec![document]).collect(),
            _ if options.with.is_empty() => document::pair(documents),
            _ => vec![documents],
        };
        let reports = groups.into_par_iter().map(|group| judge(document::merge(group)));
        let failures = failures.into_par_iter().filter_map(Result::err).map(Err);
        reports.chain(failures).collect()
    };
    let results: Vec<Result<T>> =
        pool.install(|| batches(inputs, options).into_par_iter().flat_map(batch).collect());
    bar.finish_and_clear();
    let mut reports = Vec::new();
    let mut failures = Vec::new();
    for result in results {
        match result {
            Ok(report) => reports.push(report),
            Err(error) => {
                let path = error.path().display().to_string();
                failures.push(Failure { path, message: error.message() });
            }
        }
    }
    Ok((reports, failures))
}

/// Inputs that may be parts of one report together, all others alone.
fn batches(inputs: Vec<Input>, options: &Options) -> Vec<Vec<Input>> {
    let mut batches: Vec<Vec<Input>> = Vec::new();
    for input in inputs {
        let folder = |input: &Input| input.path().parent().map(Path::to_path_buf);
        match batches.last_mut().filter(|batch| folder(&batch[0]) == folder(&input)) {
            Some(batch) => batch.push(input),
            None => batches.push(vec![input]),
        }
    }
    let workbook = |input: &Input| WORKBOOKS.contains(&extension(input.path()).as_str());
    let mut out = Vec::new();
    for batch in batches {
        match batch.len() <= MOST_PARTS && batch.iter().any(workbook) {
            true => out.push(batch),
            false => out.extend(batch.into_iter().map(|input| vec![input])),
        }
    }
    if let Some(first) = out.first_mut() {
        first.extend(options.with.iter().cloned().map(Input::File));
    }
    out
}

/// Reads the one report at `path`.
pub fn report(path: &Path, options: &Options) -> Result<Report> {
    let mut inputs = collect(std::slice::from_ref(&path.to_path_buf()));
    match inputs.len() {
        1 => {
            let mut parts = vec![read(inputs.remove(0), options)?];
            for with in &options.with {
                parts.push(read(Input::File(with.clone()), options)?);
            }
            Ok(understand(document::merge(parts), options))
        }
        0 => Err(Error::new(path, "no report in it")),
        count => Err(Error::new(path, format!("holds {count} files; name one of them"))),
    }
}

fn read(input: Input, options: &Options) -> Result<Document> {
    let (path, bytes) = match input {
        Input::Bad(error) => return Err(error),
        Input::Bytes(path, bytes) => (path, bytes),
        Input::File(path) => {
            let bytes = load(&path)?;
            (path, bytes)
        }
    };
    let read = ReadOptions { password: options.password.clone() };
    document::read(&path, &bytes, &read)
}

fn understand(mut document: Document, options: &Options) -> Report {
    document.report.year = options.year.or(document.report.year);
    if options.unit.is_some() {
        document.report.unit.clone_from(&options.unit);
    }
    gouji::understand(document)
}

/// Runs our own work on one file; a defect of ours becomes the error of the file it struck.
fn guarded<T>(path: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(Error::new(path, defect(&*panic))))
}

impl Input {
    fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Bytes(path, _) => path,
            Self::Bad(error) => error.path(),
        }
    }
}

fn collect(paths: &[PathBuf]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            match std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes) {
                Ok(_) => inputs.push(Input::Bytes(path.clone(), bytes)),
                Err(error) => inputs.push(Input::Bad(Error::new(path, error.to_string()))),
            }
        } else if path.is_dir() {
            walk(path, &mut inputs);
        } else {
            file(path, &mut inputs);
        }
    }
    inputs
}

fn walk(folder: &Path, inputs: &mut Vec<Input>) {
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with(['.', '~'])
    };
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let before = inputs.len();
    for entry in entries.into_iter().filter_entry(|entry| !hidden(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                if known(entry.path()) || extension(entry.path()) == "zip" {
                    file(entry.path(), inputs);
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                inputs.push(Input::Bad(Error::new(path, error.to_string())));
            }
        }
    }
    if inputs.len() == before {
        let why = "no file of a known format in this folder";
        inputs.push(Input::Bad(Error::new(folder, why)));
    }
}

/// A file, or the members of an archive that is not itself a document (docx, xlsx, ods and OFD are archives too).
fn file(path: &Path, inputs: &mut Vec<Input>) {
    let mut magic = [0; 4];
    let zipped = !known(path)
        && std::fs::File::open(path)
            .and_then(|mut file| file.read_exact(&mut magic))
            .is_ok_and(|()| &magic == b"PK\x03\x04");
    if !zipped {
        inputs.push(Input::File(path.to_path_buf()));
        return;
    }
    let bytes = match load(path) {
        Ok(bytes) => bytes,
        Err(error) => return inputs.push(Input::Bad(error)),
    };
    if !archive::is_archive(path, &bytes) {
        return inputs.push(Input::Bytes(path.to_path_buf(), bytes));
    }
    match guarded(path, || archive::entries(path, &bytes)) {
        Ok(members) => {
            let before = inputs.len();
            let members = members.into_iter().filter(|(name, _)| known(Path::new(name)));
            inputs.extend(members.map(|(name, bytes)| Input::Bytes(path.join(name), bytes)));
            if inputs.len() == before {
                let why = "no file of a known format in this archive";
                inputs.push(Input::Bad(Error::new(path, why)));
            }
        }
        Err(error) => inputs.push(Input::Bad(error)),
    }
}

fn load(path: &Path) -> Result<Vec<u8>> {
    let bad = |error: std::io::Error| Error::new(path, error.to_string());
    let length = std::fs::metadata(path).map_err(bad)?.len();
    if length > MOST_BYTES {
        return Err(Error::new(path, format!("{length} bytes, more than are read")));
    }
    std::fs::read(path).map_err(bad)
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn known(path: &Path) -> bool {
    EXTENSIONS.contains(&extension(path).as_str())
}

fn progress(count: usize, options: &Options) -> ProgressBar {
    if options.quiet || count < 20 || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}");
    ProgressBar::new(count as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A defect of ours is told once, as the error of the file it struck.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

fn defect(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    format!("a defect of gouji stopped the reading: {words}")
}
