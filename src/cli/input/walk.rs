//! The files of folders and archives, one after the other.

use super::defect::guarded;
use gouji::document::{Format, Source, archive};
use gouji::error::{Error, Result};
use std::io::Read;
use std::path::{Path, PathBuf};

/// File names taken from folders and archives; a file named by hand is read whatever its name.
const EXTENSIONS: [&str; 19] = [
    "txt", "pdf", "docx", "doc", "wps", "xlsx", "xls", "et", "ods", "csv", "ofd", "html", "htm",
    "xlsm", "png", "jpg", "jpeg", "tif", "tiff",
];
/// The largest file that is read.
const MOST_BYTES: u64 = 1 << 30;

/// One thing to read.
pub enum Input {
    File(PathBuf),
    Bytes(PathBuf, Vec<u8>),
    Bad(Error),
}

impl Input {
    /// Its path.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Bytes(path, _) => path,
            Self::Bad(error) => error.path(),
        }
    }

    /// The hash of its bytes, if it has any.
    pub fn hash(&self) -> Option<String> {
        let hash = |path: &Path, bytes: &[u8]| Source::new(path, Format::Text, bytes).sha256;
        match self {
            Self::Bad(_) => None,
            Self::Bytes(path, bytes) => Some(hash(path, bytes)),
            Self::File(path) => load(path).ok().map(|bytes| hash(path, &bytes)),
        }
    }

    /// Its bytes.
    pub fn load(self) -> Result<(PathBuf, Vec<u8>)> {
        match self {
            Self::Bad(error) => Err(error),
            Self::Bytes(path, bytes) => Ok((path, bytes)),
            Self::File(path) => load(&path).map(|bytes| (path, bytes)),
        }
    }
}

/// Hands over the files of paths, folders and archives in order; stops when `take` says false.
pub fn walk_all(paths: impl Iterator<Item = PathBuf>, take: &mut dyn FnMut(Input) -> bool) {
    for path in paths {
        let more = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            match std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes) {
                Ok(_) => take(Input::Bytes(path, bytes)),
                Err(error) => take(Input::Bad(Error::new(path, error.to_string()))),
            }
        } else if path.is_dir() {
            walk(&path, take)
        } else {
            file(&path, take)
        };
        if !more {
            return;
        }
    }
}

fn walk(folder: &Path, take: &mut dyn FnMut(Input) -> bool) -> bool {
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with(['.', '~'])
    };
    let entries = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name();
    let mut empty = true;
    for entry in entries.into_iter().filter_entry(|entry| !hidden(entry)) {
        let more = match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let taken = known(entry.path()) || extension(entry.path()) == "zip";
                empty &= !taken;
                !taken || file(entry.path(), take)
            }
            Ok(_) => true,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                empty = false;
                take(Input::Bad(Error::new(path, error.to_string())))
            }
        };
        if !more {
            return false;
        }
    }
    let why = "文件夹里没有已知格式的文件 (no file of a known format in this folder)";
    !empty || take(Input::Bad(Error::new(folder, why)))
}

/// A file, or the members of an archive that is not itself a document (docx, xlsx, ods and OFD are archives too).
fn file(path: &Path, take: &mut dyn FnMut(Input) -> bool) -> bool {
    let mut magic = [0; 4];
    let zipped = !known(path)
        && std::fs::File::open(path)
            .and_then(|mut file| file.read_exact(&mut magic))
            .is_ok_and(|()| &magic == b"PK\x03\x04");
    if !zipped {
        return take(Input::File(path.to_path_buf()));
    }
    let bytes = match load(path) {
        Ok(bytes) => bytes,
        Err(error) => return take(Input::Bad(error)),
    };
    if !archive::is_archive(path, &bytes) {
        return take(Input::Bytes(path.to_path_buf(), bytes));
    }
    let (mut more, mut empty) = (true, true);
    let visited = guarded(path, || {
        archive::visit(path, &bytes, &mut |name, bytes| {
            let taken = known(Path::new(&name));
            empty &= !taken;
            more = more && (!taken || take(Input::Bytes(path.join(name), bytes)));
            more
        })
    });
    match visited {
        Err(error) => more && take(Input::Bad(error)),
        Ok(()) if more && empty => take(Input::Bad(Error::new(
            path,
            "压缩包里没有已知格式的文件 (no file of a known format in this archive)",
        ))),
        Ok(()) => more,
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

/// The extension in lower case.
pub fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// Whether the name is that of a known format.
pub fn known(path: &Path) -> bool {
    EXTENSIONS.contains(&extension(path).as_str())
}
