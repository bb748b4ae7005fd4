//! Stores reports: one transaction each, the whole report or nothing of it.

mod rows;

use super::record::{Record, reader};
use super::store::{Writer, fault};
use crate::error::Result;
use rows::Rows;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Params, Transaction};
use std::collections::HashMap;

/// After so many reports their figures are moved under their indicators.
const STAGED: u32 = 1_000;
/// So many names are kept in memory.
const NAMES: usize = 50_000;

/// Numbers of the names met so far.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, i64>);

impl Writer {
    /// Stores a report, or only where its files are if its content is stored already.
    ///
    /// # Errors
    /// The disk is full or the corpus is damaged; then nothing of this report is stored.
    pub fn put(&mut self, record: &Record) -> Result<()> {
        let result = put(&mut self.connection, &mut self.names, record);
        if let Err(error) = result {
            self.names.0.clear();
            return Err(fault(&self.path, &error));
        }
        self.staged += 1;
        match self.staged >= STAGED {
            true => self.settle(),
            false => Ok(()),
        }
    }

    /// Notes a file that could not be read.
    ///
    /// # Errors
    /// As [`Writer::put`].
    pub fn fail(&mut self, path: &str, content: Option<&(String, u64)>, error: &str) -> Result<()> {
        let sha256 = content.map(|content| content.0.as_str());
        let bytes = content.map(|content| content.1 as i64);
        let row = FileRow { path, sha256, bytes, format: None, pages: None, error: Some(error) };
        let store = |connection: &mut Connection| {
            let transaction = connection.transaction()?;
            place(&transaction, &row, None)?;
            transaction.commit()
        };
        store(&mut self.connection).map_err(|error| fault(&self.path, &error))
    }

    /// Moves the figures of new reports under their indicators, where a panel finds them.
    ///
    /// # Errors
    /// As [`Writer::put`].
    pub fn settle(&mut self) -> Result<()> {
        self.staged = 0;
        let sql = "BEGIN IMMEDIATE; \
                   INSERT INTO figure SELECT * FROM figure_new ORDER BY indicator, report; \
                   DELETE FROM figure_new; COMMIT";
        let result = self.connection.execute_batch(sql);
        if result.is_err() && !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        result.map_err(|error| fault(&self.path, &error))
    }

    /// Puts everything in its place at the end of a run.
    ///
    /// # Errors
    /// As [`Writer::put`].
    pub fn finish(mut self) -> Result<()> {
        self.settle()?;
        let end = "PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)";
        self.connection.execute_batch(end).map_err(|error| fault(&self.path, &error))
    }
}

/// A row of `files`.
struct FileRow<'a> {
    path: &'a str,
    sha256: Option<&'a str>,
    bytes: Option<i64>,
    format: Option<&'a str>,
    pages: Option<u32>,
    error: Option<&'a str>,
}

fn put(connection: &mut Connection, names: &mut Names, record: &Record) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    let stored: Option<(i64, String)> = transaction
        .prepare_cached("SELECT id, reader FROM reports WHERE key = ?")?
        .query_row([&record.key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let id = match stored {
        Some((id, by)) if by == reader() => id,
        stored => {
            if let Some((id, _)) = stored {
                remove(&transaction, id)?;
            }
            Rows::new(&transaction, names, record)?.insert()?
        }
    };
    for (part, file) in record.files.iter().enumerate() {
        let path = file.path.display().to_string();
        let row = FileRow {
            path: &path,
            sha256: Some(&file.sha256),
            bytes: Some(file.bytes as i64),
            format: Some(file.format.name()),
            pages: file.pages,
            error: None,
        };
        place(&transaction, &row, Some((id, part)))?;
    }
    transaction.commit()
}

/// Notes what is at a path; a report that loses a file by it is no longer at any place and goes.
fn place(
    transaction: &Transaction<'_>,
    file: &FileRow<'_>,
    report: Option<(i64, usize)>,
) -> rusqlite::Result<()> {
    let before: Option<i64> = transaction
        .prepare_cached("SELECT report FROM files WHERE path = ?")?
        .query_row([file.path], |row| row.get(0))
        .optional()?
        .flatten();
    let insert = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    transaction.prepare_cached(insert)?.execute((
        file.path,
        file.sha256,
        file.bytes,
        file.format,
        file.pages,
        reader(),
        report.map(|(id, _)| id),
        report.map(|(_, part)| part as i64),
        file.error,
    ))?;
    if let Some(before) = before.filter(|before| report.is_none_or(|(id, _)| id != *before)) {
        let left = "SELECT (SELECT count(*) FROM files WHERE report = ?1) >= parts FROM reports WHERE id = ?1";
        let left: Option<bool> =
            transaction.prepare_cached(left)?.query_row([before], |row| row.get(0)).optional()?;
        if left == Some(false) {
            remove(transaction, before)?;
            transaction.prepare_cached("DELETE FROM files WHERE report = ?")?.execute([before])?;
        }
    }
    Ok(())
}

/// Takes a report out.
fn remove(transaction: &Transaction<'_>, id: i64) -> rusqlite::Result<()> {
    let first = id << 20;
    let passages = (first, first + (1 << 20) - 1);
    execute(transaction, "DELETE FROM words WHERE rowid BETWEEN ? AND ?", passages)?;
    execute(transaction, "DELETE FROM passages WHERE id BETWEEN ? AND ?", passages)?;
    let figures = "DELETE FROM figure WHERE report = ?1 \
                   AND indicator IN (SELECT DISTINCT indicator FROM fact WHERE report = ?1)";
    execute(transaction, figures, [id])?;
    for table in [
        "figure_new",
        "sections",
        "tables",
        "number",
        "fact",
        "codes",
        "indicators",
        "indicator_rows",
        "charts",
        "findings",
        "evidence",
        "gap",
    ] {
        execute(transaction, &format!("DELETE FROM {table} WHERE report = ?"), [id])?;
    }
    execute(transaction, "DELETE FROM reports WHERE id = ?", [id])
}

fn execute(transaction: &Transaction<'_>, sql: &str, with: impl Params) -> rusqlite::Result<()> {
    transaction.prepare_cached(sql)?.execute(with).map(|_| ())
}

impl Names {
    /// The number of a name.
    fn number(&mut self, transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<i64> {
        if let Some(id) = self.0.get(name) {
            return Ok(*id);
        }
        let find =
            |mut find: CachedStatement<'_>| find.query_row([name], |row| row.get(0)).optional();
        let found = find(transaction.prepare_cached("SELECT id FROM name WHERE name = ?")?)?;
        let id = match found {
            Some(id) => id,
            None => {
                let insert = "INSERT INTO name (name) VALUES (?)";
                transaction.prepare_cached(insert)?.execute([name])?;
                transaction.last_insert_rowid()
            }
        };
        if self.0.len() >= NAMES {
            self.0.clear();
        }
        self.0.insert(name.to_string(), id);
        Ok(id)
    }
}
