//! The one error: we could not do our work.

use std::fmt;
use std::path::{Path, PathBuf};

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// We could not read a file or one of our own grammars; never "the report is wrong" (that is a finding).
///
/// Shown as `PATH: PLACE: why`, e.g. `a.pdf: page 3: broken stream`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    path: PathBuf,
    place: Option<String>,
    why: String,
}

impl Error {
    /// An error about the whole of `path`.
    pub fn new(path: impl AsRef<Path>, why: impl Into<String>) -> Self {
        Self { path: path.as_ref().to_path_buf(), place: None, why: why.into() }
    }

    /// The same error with the place inside the file (`page 3`, `Sheet1!C7`, `byte 1024`).
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// The file the error is about.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The place, if known, and the reason, without the path.
    pub fn message(&self) -> String {
        match &self.place {
            Some(place) => format!("{place}: {}", self.why),
            None => self.why.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message())
    }
}

impl std::error::Error for Error {}
