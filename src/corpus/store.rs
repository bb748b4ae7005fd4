//! The file of a corpus: made, opened, and guarded against a second writer.

use crate::error::{Error, Result};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

/// Marks a SQLite file as a corpus (`gouj`).
const APPLICATION: i32 = 0x676f_756a;
/// Version of the tables; a corpus of another version is not touched.
const VERSION: i32 = 1;
const SCHEMA: &str = include_str!("schema.sql");

/// A corpus opened for reading; a writer may be at work meanwhile.
#[derive(Debug)]
pub struct Corpus {
    path: PathBuf,
    /// The database.
    pub connection: Connection,
}

/// A corpus opened for writing: one at a time.
#[derive(Debug)]
pub struct Writer {
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    pub(super) names: super::write::Names,
    pub(super) staged: u32,
    /// Held as long as the writer lives; the system lets go of it however the process ends.
    _lock: File,
}

impl Corpus {
    /// Opens a corpus that exists.
    ///
    /// # Errors
    /// There is no such file, or it is no corpus of this version.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::new(
                path,
                "没有这个库 (no such corpus; `gouji corpus add` makes one)",
            ));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
            identity(&connection)?;
            Ok(connection)
        });
        let connection = match opened {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) => {
                Self::open_unchanging(path, flags)?
            }
            opened => opened.map_err(|error| fault(path, &error))?,
        };
        let corpus = Self { path: path.to_path_buf(), connection };
        corpus.prepare().map_err(|error| corpus.fault(&error))?;
        identify(path, &corpus.connection)?;
        Ok(corpus)
    }

    /// Opens a corpus where nothing can be written (a disc, a folder shared for reading): readers of a corpus write
    /// locks beside it, and without them nobody may be writing to it.
    fn open_unchanging(path: &Path, flags: OpenFlags) -> Result<Connection> {
        let log = beside(path, "-wal");
        if log.metadata().is_ok_and(|log| log.len() > 0) {
            let why = "文件夹只读，而上次写入尚未收尾，请在可写处打开一次 (the folder is read-only and the last run was cut short: open it once where it can be written)";
            return Err(Error::new(path, why));
        }
        let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let place = place.to_string_lossy().replace('\\', "/");
        let place = place.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let slash = if place.starts_with('/') { "" } else { "/" };
        let address = format!("file://{slash}{place}?immutable=1");
        Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)
            .map_err(|error| fault(path, &error))
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(std::time::Duration::from_secs(30))?;
        self.connection.pragma_update(None, "mmap_size", 1i64 << 33)?;
        self.connection.pragma_update(None, "cache_size", -65_536)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The error of a query.
    pub fn fault(&self, error: &rusqlite::Error) -> Error {
        fault(&self.path, error)
    }
}

impl Writer {
    /// Opens a corpus, or makes it.
    ///
    /// # Errors
    /// Another run is writing to it, the file is no corpus of this version, or the disk is full.
    pub fn open(path: &Path) -> Result<Self> {
        let lock = lock(path)?;
        let connection = Connection::open(path).map_err(|error| fault(path, &error))?;
        let fresh = identity(&connection).is_ok_and(|found| found == (0, 0, 0));
        if !fresh {
            identify(path, &connection)?;
        }
        let prepare = || {
            connection.busy_timeout(std::time::Duration::from_secs(30))?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "normal")?;
            connection.pragma_update(None, "cache_size", -65_536)?;
            connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
            connection.set_prepared_statement_cache_capacity(64);
            if fresh {
                let begin = "BEGIN IMMEDIATE;";
                let marks = format!(
                    "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
                );
                connection.execute_batch(&[begin, SCHEMA, &marks].concat())?;
            }
            connection.query_row("SELECT count(*) FROM figure_new", [], |row| row.get(0))
        };
        let staged: u32 = prepare().map_err(|error| fault(path, &error))?;
        let names = super::write::Names::default();
        Ok(Self { path: path.to_path_buf(), connection, names, staged, _lock: lock })
    }
}

/// The file SQLite or we keep beside a corpus.
fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(what);
    PathBuf::from(name)
}

/// Takes the right to write: a lock on a file beside the corpus, because SQLite's own locks are on the corpus itself.
fn lock(path: &Path) -> Result<File> {
    let name = beside(path, "-writer");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&name);
    let file = file.map_err(|error| Error::new(&name, error.to_string()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::new(
            path,
            "另一个 gouji 正在写入此库 (another gouji is writing to this corpus)",
        )),
        Err(TryLockError::Error(error)) => Err(Error::new(&name, error.to_string())),
    }
}

/// Application, version, and number of tables.
fn identity(connection: &Connection) -> rusqlite::Result<(i32, i32, i64)> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get(0));
    let tables = "SELECT count(*) FROM sqlite_schema";
    Ok((
        pragma("application_id")?,
        pragma("user_version")?,
        connection.query_row(tables, [], |row| row.get(0))?,
    ))
}

fn identify(path: &Path, connection: &Connection) -> Result<()> {
    match identity(connection).map_err(|error| fault(path, &error))? {
        (APPLICATION, VERSION, _) => Ok(()),
        (APPLICATION, version, _) => {
            let why = format!(
                "库的版本为 {version}，本程序为 {VERSION} (a corpus of another version; add its reports to a new one)"
            );
            Err(Error::new(path, why))
        }
        _ => Err(Error::new(path, "不是 gouji 的库 (not a corpus of gouji)")),
    }
}

/// An error of the database in words.
pub(super) fn fault(path: &Path, error: &rusqlite::Error) -> Error {
    let why = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            "磁盘已满，已入库的内容完好，腾出空间后重新运行即可续做 (disk full; what is stored is intact, run again)".to_string()
        }
        Some(ErrorCode::NotADatabase) => "不是 gouji 的库 (not a corpus of gouji)".to_string(),
        Some(ErrorCode::DatabaseCorrupt) => format!("库已损坏 (damaged corpus: {error})"),
        _ => error.to_string(),
    };
    Error::new(path, why)
}
