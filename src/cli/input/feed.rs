//! Which inputs go together: files of one folder that may be parts of one report.

use super::walk::{Input, extension, walk_all};
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;

/// Workbooks: where a folder holds one, its files may be parts of one report.
const WORKBOOKS: [&str; 6] = ["xls", "xlsx", "xlsm", "et", "ods", "csv"];
/// A folder of more files is a collection of reports, each in one file.
const MOST_PARTS: usize = 128;

/// Whether an input is a workbook by its name.
pub fn is_workbook(input: &Input) -> bool {
    WORKBOOKS.contains(&extension(input.path()).as_str())
}

/// Gathers inputs that may be parts of one report, and sends them on; all others go alone.
pub struct Feeder {
    send: SyncSender<(usize, Vec<Input>)>,
    with: Vec<PathBuf>,
    held: Vec<Input>,
    /// A folder of so many files that each is a report of its own.
    crowded: Option<PathBuf>,
    sent: usize,
    stopped: bool,
}

impl Feeder {
    /// Sends to `send`; the first batch takes `with` along.
    pub fn new(send: SyncSender<(usize, Vec<Input>)>, with: Vec<PathBuf>) -> Self {
        Self { send, with, held: Vec::new(), crowded: None, sent: 0, stopped: false }
    }

    /// Sends all that `paths` hold.
    pub fn run(mut self, paths: Box<dyn Iterator<Item = PathBuf> + Send + '_>, apart: bool) {
        for path in paths {
            walk_all(std::iter::once(path), &mut |input| {
                self.push(input);
                !self.stopped
            });
            if apart {
                self.flush();
            }
            if self.stopped {
                return;
            }
        }
        self.flush();
    }

    fn push(&mut self, input: Input) {
        let folder = |input: &Input| input.path().parent().map(Path::to_path_buf);
        if self.held.first().is_some_and(|held| folder(held) != folder(&input)) {
            self.flush();
        }
        if self.crowded.is_some() && self.crowded == folder(&input) {
            return self.send(vec![input]);
        }
        self.held.push(input);
        if self.held.len() > MOST_PARTS {
            self.crowded = folder(&self.held[0]);
            let held = std::mem::take(&mut self.held);
            held.into_iter().for_each(|input| self.send(vec![input]));
        }
    }

    fn flush(&mut self) {
        let held = std::mem::take(&mut self.held);
        if !held.is_empty() {
            self.send(held);
        }
    }

    fn send(&mut self, mut batch: Vec<Input>) {
        batch.extend(self.with.drain(..).map(Input::File));
        self.stopped = self.stopped || self.send.send((self.sent, batch)).is_err();
        self.sent += 1;
    }
}
