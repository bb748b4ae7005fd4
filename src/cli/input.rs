//! What to read: files, folders, archives, standard input; each read on its own, one bad file never stops the others.

use super::options::Options;
use gouji::Report;
use gouji::document::{self, ReadOptions};
use gouji::error::{Error, Result};
use gouji::report::json::Failure;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::io::{Cursor, IsTerminal, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// File names taken from folders and archives; a file named by hand is read whatever its name.
const EXTENSIONS: [&str; 14] = [
    "txt", "pdf", "docx", "doc", "wps", "xlsx", "xls", "et", "ods", "csv", "ofd", "html", "htm",
    "xlsm",
];
/// The largest file or archive member that is read.
const MOST_BYTES: u64 = 1 << 30;
/// The most that the members of one archive may hold together.
const MOST_UNPACKED: u64 = 4 << 30;
const MOST_MEMBERS: usize = 100_000;

/// One thing to read.
enum Input {
    File(PathBuf),
    Bytes(PathBuf, Vec<u8>),
    Member { path: PathBuf, archive: Arc<Vec<u8>>, index: usize },
    Bad(Error),
}

/// Reads all inputs in parallel and hands each report to `work`; results in the order given.
pub fn each<T: Send>(
    options: &Options,
    work: impl Fn(&Report) -> T + Sync,
) -> std::result::Result<(Vec<T>, Vec<Failure>), Box<dyn std::error::Error>> {
    let inputs = collect(&options.paths);
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(options.jobs).stack_size(16 << 20).build()?;
    let bar = progress(inputs.len(), options);
    quiet_panics();
    let results: Vec<Result<T>> = pool.install(|| {
        inputs
            .into_par_iter()
            .map(|input| {
                let started = Instant::now();
                let path = input.path().to_path_buf();
                let result = catch_unwind(AssertUnwindSafe(|| one(input, options, &work)))
                    .unwrap_or_else(|panic| Err(Error::new(&path, defect(&*panic))));
                if options.verbose {
                    bar.suspend(|| {
                        eprintln!("gouji: {} {:.0?}", path.display(), started.elapsed());
                    });
                }
                bar.inc(1);
                result
            })
            .collect()
    });
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

/// Reads the one report at `path`.
pub fn report(path: &Path, options: &Options) -> Result<Report> {
    let mut inputs = collect(std::slice::from_ref(&path.to_path_buf()));
    match inputs.len() {
        1 => read(inputs.remove(0), options),
        0 => Err(Error::new(path, "no report in it")),
        count => Err(Error::new(path, format!("holds {count} files; name one of them"))),
    }
}

fn one<T>(input: Input, options: &Options, work: &impl Fn(&Report) -> T) -> Result<T> {
    read(input, options).map(|report| work(&report))
}

fn read(input: Input, options: &Options) -> Result<Report> {
    let (path, bytes) = match input {
        Input::Bad(error) => return Err(error),
        Input::Bytes(path, bytes) => (path, bytes),
        Input::File(path) => {
            let bytes = load(&path)?;
            (path, bytes)
        }
        Input::Member { path, archive, index } => {
            let bytes = member(&path, &archive, index)?;
            (path, bytes)
        }
    };
    let read = ReadOptions { password: options.password.clone() };
    let mut document = document::read(&path, &bytes, &read)?;
    drop(bytes);
    document.report.year = options.year.or(document.report.year);
    if options.unit.is_some() {
        document.report.unit.clone_from(&options.unit);
    }
    Ok(gouji::understand(document))
}

impl Input {
    fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Bytes(path, _) | Self::Member { path, .. } => path,
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
    let zipped = std::fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut magic))
        .is_ok_and(|()| &magic == b"PK\x03\x04");
    if !zipped {
        inputs.push(Input::File(path.to_path_buf()));
        return;
    }
    match load(path).and_then(|bytes| members(path, bytes)) {
        Ok(Some(members)) => inputs.extend(members),
        Ok(None) => inputs.push(Input::File(path.to_path_buf())),
        Err(error) => inputs.push(Input::Bad(error)),
    }
}

fn members(path: &Path, bytes: Vec<u8>) -> Result<Option<Vec<Input>>> {
    let damaged = |error: zip::result::ZipError| Error::new(path, error.to_string());
    let archive = Arc::new(bytes);
    let mut zip = zip::ZipArchive::new(Cursor::new(archive.as_slice())).map_err(damaged)?;
    if zip.len() > MOST_MEMBERS {
        return Err(Error::new(path, format!("{} members, more than are read", zip.len())));
    }
    let mut found = Vec::new();
    let mut unpacked = 0u64;
    for index in 0..zip.len() {
        let member = zip.by_index_raw(index).map_err(damaged)?;
        let name = gbk_or_utf8(member.name_raw());
        if matches!(name.as_str(), "[Content_Types].xml" | "OFD.xml" | "mimetype") {
            return Ok(None);
        }
        let name = Path::new(&name);
        if member.is_file() && known(name) && !name.to_string_lossy().contains("__MACOSX") {
            unpacked = unpacked.saturating_add(member.size());
            found.push(Input::Member {
                path: path.join(name),
                archive: Arc::clone(&archive),
                index,
            });
        }
    }
    if unpacked > MOST_UNPACKED {
        return Err(Error::new(path, format!("unpacks to {unpacked} bytes, more than are read")));
    }
    if found.is_empty() {
        return Err(Error::new(path, "no file of a known format in this archive"));
    }
    Ok(Some(found))
}

fn member(path: &Path, archive: &[u8], index: usize) -> Result<Vec<u8>> {
    let bad = |error: &dyn std::fmt::Display| Error::new(path, error.to_string());
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).map_err(|error| bad(&error))?;
    let mut file = zip.by_index(index).map_err(|error| bad(&error))?;
    let mut bytes = Vec::new();
    let limit = MOST_BYTES.min(file.size().saturating_add(1));
    file.by_ref().take(limit).read_to_end(&mut bytes).map_err(|error| bad(&error))?;
    Ok(bytes)
}

fn load(path: &Path) -> Result<Vec<u8>> {
    let bad = |error: std::io::Error| Error::new(path, error.to_string());
    let length = std::fs::metadata(path).map_err(bad)?.len();
    if length > MOST_BYTES {
        return Err(Error::new(path, format!("{length} bytes, more than are read")));
    }
    std::fs::read(path).map_err(bad)
}

fn gbk_or_utf8(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_string(),
        Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
    }
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
