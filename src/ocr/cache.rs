//! What was read is kept in the user's cache folder by the hash of the picture: a page is read once.

use super::models::{hash, home};
use super::page::Sheet;
use super::picture::Picture;
use std::path::{Path, PathBuf};

/// Names the cache folder instead of the user's; empty: nothing is kept.
pub const FOLDER: &str = "GOUJI_CACHE";

/// Changes whenever pages are read otherwise than before.
const VERSION: &str = "10";
/// All that is kept; the oldest goes first.
const MOST_BYTES: u64 = 256 << 20;

/// A folder of pages read before.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The user's: `$GOUJI_CACHE`, or `gouji` in the user's cache folder.
    pub fn of_user() -> Option<Self> {
        let folder = match std::env::var_os(FOLDER) {
            Some(folder) => Some(PathBuf::from(folder)).filter(|f| !f.as_os_str().is_empty()),
            None => home("XDG_CACHE_HOME", ".cache").map(|folder| folder.join("gouji")),
        };
        folder.map(|folder| Self::new(&folder.join("pages")))
    }

    /// The one in `folder`; what is too much there is removed.
    pub fn new(folder: &Path) -> Self {
        trim(folder, MOST_BYTES);
        Self { folder: folder.to_path_buf() }
    }

    /// The name of a picture's page.
    pub fn key(picture: &Picture) -> String {
        let mut bytes = format!("{VERSION} {} ", picture.grey.width).into_bytes();
        bytes.extend_from_slice(&picture.grey.pixels);
        picture.without_red.iter().for_each(|plane| bytes.extend_from_slice(&plane.pixels));
        hash(&bytes)
    }

    /// What was read of the picture before.
    pub fn get(&self, key: &str) -> Option<Sheet> {
        let bytes = std::fs::read(self.folder.join(key)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps what was read; a cache that cannot be written is none.
    pub fn put(&self, key: &str, sheet: &Sheet) {
        let Ok(bytes) = serde_json::to_vec(sheet) else { return };
        let part = self.folder.join(format!("{key}.{}", std::process::id()));
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| std::fs::write(&part, bytes))
            .and_then(|()| std::fs::rename(&part, self.folder.join(key)));
        if written.is_err() {
            let _ = std::fs::remove_file(&part);
        }
    }
}

/// Removes the oldest files until no more than `most` bytes are left.
fn trim(folder: &Path, most: u64) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let files = entries.flatten().filter_map(|entry| {
        let about = entry.metadata().ok()?;
        Some((about.modified().ok()?, about.len(), entry.path()))
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    let mut sum: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
    for (_, bytes, path) in files {
        if sum <= most {
            return;
        }
        sum -= bytes;
        let _ = std::fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn pages_are_kept_and_the_oldest_go() {
        let folder = std::env::temp_dir().join(format!("gouji-cache-{}", std::process::id()));
        let cache = Cache::new(&folder);
        let sheet = Sheet { width: 7, em: 3.5, ..Sheet::default() };
        cache.put("one", &sheet);
        assert_eq!(cache.get("one").unwrap().width, 7);
        assert!(cache.get("two").is_none());
        trim(&folder, 0);
        assert!(cache.get("one").is_none());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
