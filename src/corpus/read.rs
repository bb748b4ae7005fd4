//! Which files are in the corpus already, as this gouji reads them.

use super::record::reader;
use super::{Corpus, Writer};
use crate::error::Result;
use rusqlite::{Connection, OptionalExtension};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

/// Answers whether files need not be read again; asked by many threads.
#[derive(Debug)]
pub struct Known {
    connection: Mutex<Connection>,
    retry: bool,
}

impl Known {
    /// Opens the corpus of a writer once more. With `retry`, files that failed before are not known.
    ///
    /// # Errors
    /// The corpus cannot be opened.
    pub fn new(writer: &Writer, retry: bool) -> Result<Self> {
        let corpus = Corpus::open(&writer.path)?;
        // A few pages are asked for again and again; the whole corpus need not be mapped for it.
        let unmapped = corpus.connection.pragma_update(None, "mmap_size", 0);
        unmapped.map_err(|error| corpus.fault(&error))?;
        Ok(Self { connection: Mutex::new(corpus.connection), retry })
    }

    /// Whether these files, read together, are stored as this gouji reads them: each with this content, and each
    /// report with all of its files here.
    pub fn holds(&self, files: &[(&Path, String)]) -> bool {
        let Ok(connection) = self.connection.lock() else { return false };
        self.holds_all(&connection, files).unwrap_or(false)
    }

    fn holds_all(
        &self,
        connection: &Connection,
        files: &[(&Path, String)],
    ) -> rusqlite::Result<bool> {
        let mut reports: HashMap<i64, i64> = HashMap::new();
        let mut find = connection.prepare_cached(
            "SELECT report FROM files WHERE path = ? AND sha256 = ? AND reader = ?",
        )?;
        for (path, sha256) in files {
            let path = path.display().to_string();
            let found = find.query_row((path, sha256, reader()), |row| row.get(0)).optional()?;
            match found {
                Some(Some(report)) => *reports.entry(report).or_default() += 1,
                Some(None) if !self.retry => {}
                _ => return Ok(false),
            }
        }
        let mut parts = connection.prepare_cached("SELECT parts FROM reports WHERE id = ?")?;
        for (report, count) in reports {
            let parts: i64 = parts.query_row([report], |row| row.get(0))?;
            // The same content may stand at several of these paths.
            if count % parts != 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
