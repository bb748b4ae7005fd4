//! The networks as files in the user's data folder: which they are, where they lie, how they get there.
//!
//! They are data, not code: `gouji models add` takes them from the Python wheel of rapidocr 3.10.0, whose two files of
//! PP-OCRv6 small (Apache-2.0) are known by their hashes; nothing else is ever loaded.

use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What to run to get the networks, for messages.
pub const HOW: &str =
    "pip download --no-deps rapidocr==3.10.0 && gouji models add rapidocr-3.10.0-py3-none-any.whl";

/// Names the folder of the networks instead of the user's data folder.
pub const FOLDER: &str = "GOUJI_MODELS";

/// The largest file that can be one of the networks.
const MOST_BYTES: u64 = 64 << 20;

/// A network that gouji knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// Its file name, in the wheel as in the folder.
    pub file: &'static str,
    /// What it does.
    pub task: &'static str,
    /// SHA-256 of the file, lower-case hex.
    pub sha256: &'static str,
}

/// The network that finds lines, and the one that reads them.
pub const MODELS: [Model; 2] = [
    Model {
        file: "PP-OCRv6_det_small.onnx",
        task: "找出文字行 (finds lines)",
        sha256: "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
    },
    Model {
        file: "PP-OCRv6_rec_small.onnx",
        task: "识别文字行 (reads lines)",
        sha256: "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
    },
];

/// Where the networks lie: `$GOUJI_MODELS`, or `gouji/models` in the user's data folder.
pub fn folder() -> Option<PathBuf> {
    match std::env::var_os(FOLDER) {
        Some(folder) => {
            Some(folder.into()).filter(|folder: &PathBuf| !folder.as_os_str().is_empty())
        }
        None => home("XDG_DATA_HOME", ".local/share").map(|folder| folder.join("gouji/models")),
    }
}

/// A folder of the user by the XDG rules; on Windows the local application data.
pub(super) fn home(variable: &str, otherwise: &str) -> Option<PathBuf> {
    let absolute = |name: &str| {
        std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute())
    };
    absolute(variable)
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| absolute("HOME").map(|home| home.join(otherwise)))
}

/// The paths of both networks in `folder`, if both are there.
pub fn installed(folder: &Path) -> Option<[PathBuf; 2]> {
    let paths = MODELS.map(|model| folder.join(model.file));
    paths.iter().all(|path| path.is_file()).then_some(paths)
}

/// Whether the file of a network is there and is the one that is known.
///
/// # Errors
/// The file is there but cannot be read.
pub fn verify(model: &Model, folder: &Path) -> Result<Option<bool>> {
    let path = folder.join(model.file);
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(hash(&bytes) == model.sha256)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::new(path, error.to_string())),
    }
}

/// Copies the networks found in a wheel, an archive, a folder or a single file into `folder`; which were found.
///
/// # Errors
/// There is none of them at `from`, a file of that name is another one, or it cannot be read or written.
pub fn add(from: &Path, folder: &Path) -> Result<Vec<Model>> {
    let found = if from.is_dir() { in_folder(from)? } else { in_file(from)? };
    if found.is_empty() {
        let names = MODELS.map(|model| model.file).join("、");
        return Err(Error::new(from, format!("其中没有 {names} (none of the models)")));
    }
    let mut added = Vec::new();
    for (model, bytes) in found {
        if hash(&bytes) != model.sha256 {
            let why = format!("不是已知的 {} (its hash differs)", model.file);
            return Err(Error::new(from, why));
        }
        let bad = |error: std::io::Error| Error::new(folder, error.to_string());
        std::fs::create_dir_all(folder).map_err(bad)?;
        // Never a half file under the right name.
        let part = folder.join(format!("{}.{}", model.file, std::process::id()));
        std::fs::write(&part, bytes).map_err(bad)?;
        std::fs::rename(&part, folder.join(model.file)).map_err(bad)?;
        added.push(model);
    }
    Ok(added)
}

fn named(path: &Path) -> Option<Model> {
    let name = path.file_name()?;
    MODELS.into_iter().find(|model| name == model.file)
}

fn in_folder(folder: &Path) -> Result<Vec<(Model, Vec<u8>)>> {
    let mut found: Vec<(Model, Vec<u8>)> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let Some(model) = named(entry.path()) else { continue };
        if entry.file_type().is_file() && found.iter().all(|(other, _)| *other != model) {
            let bytes = std::fs::read(entry.path());
            found.push((model, bytes.map_err(|e| Error::new(entry.path(), e.to_string()))?));
        }
    }
    Ok(found)
}

fn in_file(path: &Path) -> Result<Vec<(Model, Vec<u8>)>> {
    let bad = |why: String| Error::new(path, why);
    let file = std::fs::File::open(path).map_err(|error| bad(error.to_string()))?;
    if let Some(model) = named(path) {
        let mut bytes = Vec::new();
        file.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|error| bad(error.to_string()))?;
        return Ok(vec![(model, bytes)]);
    }
    let mut archive = zip::ZipArchive::new(file).map_err(|error| bad(error.to_string()))?;
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| bad(error.to_string()))?;
        let name = entry.name().map(|name| name.into_owned()).unwrap_or_default();
        if let Some(model) = named(Path::new(&name)) {
            let mut bytes = Vec::new();
            entry.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|e| bad(e.to_string()))?;
            found.push((model, bytes));
        }
    }
    Ok(found)
}

/// SHA-256 as lower-case hex.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_strange_file_is_refused() {
        let folder = std::env::temp_dir().join(format!("gouji-models-{}", std::process::id()));
        let from = folder.join("from");
        std::fs::create_dir_all(&from).unwrap();
        let none = add(&from, &folder.join("to")).unwrap_err().to_string();
        assert!(none.contains("PP-OCRv6_det_small.onnx"), "{none}");
        std::fs::write(from.join(MODELS[0].file), "not a model").unwrap();
        let strange = add(&from, &folder.join("to")).unwrap_err().to_string();
        assert!(strange.contains("hash"), "{strange}");
        assert_eq!(installed(&folder.join("to")), None);
        assert_eq!(verify(&MODELS[0], &from).unwrap(), Some(false));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
