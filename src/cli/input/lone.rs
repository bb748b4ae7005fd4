//! One plain text alone: read and judged on the calling thread, in less time than the threads for many files take to
//! start. Only the grammars are read on the side.

use super::walk::Input;
use super::{Done, Worker};
use crate::cli::options::Options;
use gouji::document::{is_text, merge};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The plain text that is all a call asks for.
pub(super) fn text(options: &Options) -> Option<PathBuf> {
    match &options.paths[..] {
        [path] if !options.stdin_paths && options.with.is_empty() && path.is_file() => {
            begins_as_text(path).then(|| path.clone())
        }
        _ => None,
    }
}

/// Whether it is text by its first bytes; what cannot be opened is told of where all files are.
fn begins_as_text(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head));
    read.is_ok() && is_text(path, &head)
}

impl<T: Send> Worker<'_, T> {
    /// The report of one file that belongs to no other.
    pub(super) fn lone(&self, path: PathBuf) -> Done<T> {
        // read while the text is; nobody waits for the thread
        std::thread::spawn(gouji::prepare);
        match self.read(Input::File(path).load()) {
            Ok(document) => self.judge(merge(vec![document])),
            Err(bad) => Done::Failed(bad),
        }
    }
}
