//! A zip package (`report.docx`, `report.ofd`, `年报.zip`) read under limits, so that a zip bomb is an error.

use crate::error::{Error, Result};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// Largest size of one entry once inflated.
pub(crate) const MAX_ENTRY: u64 = 48 << 20;
/// Largest size of all that is inflated from one package.
pub(crate) const MAX_TOTAL: u64 = 96 << 20;
/// Largest size of all files of an archive, and of each of them.
pub(crate) const MAX_ARCHIVE: u64 = 160 << 20;
/// Most entries of one package.
const MAX_ENTRIES: usize = 20_000;

/// A package whose entries are read by name.
pub(crate) struct Container<'a> {
    path: PathBuf,
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    index: HashMap<String, usize>,
    /// Names in the order of the package.
    pub names: Vec<String>,
    left: u64,
    largest: u64,
}

impl<'a> Container<'a> {
    /// Opens the package; entries are inflated only when asked for.
    pub fn open(path: &Path, bytes: &'a [u8]) -> Result<Self> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            Error::new(path, format!("压缩包损坏或不完整 (damaged or truncated zip: {error})"))
        })?;
        if zip.len() > MAX_ENTRIES {
            return Err(Error::new(
                path,
                format!("压缩包内文件过多 (zip of {} entries)", zip.len()),
            ));
        }
        let mut index = HashMap::new();
        let mut names = Vec::with_capacity(zip.len());
        for number in 0..zip.len() {
            let name = zip
                .by_index_data(number)
                .map(|entry| entry_name(entry.name_raw()))
                .unwrap_or_default();
            index.insert(canonical(&name), number);
            names.push(name);
        }
        Ok(Self {
            path: path.to_path_buf(),
            zip,
            index,
            names,
            left: MAX_TOTAL,
            largest: MAX_ENTRY,
        })
    }

    /// As an archive of files, which may be larger than the parts of a document.
    pub fn of_files(self) -> Self {
        Self { left: MAX_ARCHIVE, largest: MAX_ARCHIVE, ..self }
    }

    /// Whether the package has an entry of this name (letter case and slashes do not matter).
    pub fn has(&self, name: &str) -> bool {
        self.index.contains_key(&canonical(name))
    }

    /// The bytes of an entry; `None` if there is no such entry.
    pub fn get(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        match self.index.get(&canonical(name)) {
            Some(number) => self.entry(*number).map(Some),
            None => Ok(None),
        }
    }

    /// The bytes of the entry at `number`, inflated no further than the limits.
    pub fn entry(&mut self, number: usize) -> Result<Vec<u8>> {
        let place = self.names.get(number).cloned().unwrap_or_default();
        let fail = |why: String| Error::new(&self.path, why).at(place.clone());
        let file = self.zip.by_index(number).map_err(|error| {
            let text = error.to_string();
            if text.to_ascii_lowercase().contains("password") {
                fail("已加密，无法读取 (entry is encrypted)".into())
            } else {
                fail(format!("压缩数据损坏 (damaged entry: {text})"))
            }
        })?;
        let limit = self.largest.min(self.left);
        let mut bytes = Vec::with_capacity(file.size().min(limit).min(1 << 20) as usize);
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > limit {
            return Err(fail("展开后过大，疑为压缩炸弹 (inflates beyond the limit)".into()));
        }
        read.map_err(|error| fail(format!("压缩数据损坏 (damaged entry: {error})")))?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// Fails if all entries together inflate beyond the limits (for readers that inflate by themselves).
    pub fn weigh(&mut self) -> Result<()> {
        for number in 0..self.names.len() {
            let Ok(file) = self.zip.by_index(number) else { continue };
            let limit = MAX_ENTRY.min(self.left);
            let size = std::io::copy(&mut file.take(limit + 1), &mut std::io::sink()).unwrap_or(0);
            if size > limit {
                let why = "展开后过大，疑为压缩炸弹 (inflates beyond the limit)";
                return Err(Error::new(&self.path, why).at(self.names[number].clone()));
            }
            self.left -= size;
        }
        self.left = MAX_TOTAL;
        Ok(())
    }
}

/// Entry names are UTF-8, or GBK as Chinese Windows writes them, whatever their flag says.
pub(crate) fn entry_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_string(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// `\Doc_0\./Pages//Page_0/../Content.xml` as `doc_0/pages/content.xml`.
fn canonical(name: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part.to_lowercase()),
        }
    }
    parts.join("/")
}

/// The path of `target` as the part `base` refers to it: relative to its folder, or from the root with a leading `/`.
pub(crate) fn resolve(base: &str, target: &str) -> String {
    if target.starts_with(['/', '\\']) {
        return canonical(target);
    }
    let folder = base.rfind(['/', '\\']).map_or("", |at| &base[..at]);
    canonical(&format!("{folder}/{target}"))
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Write;

    /// A zip of these files.
    pub(crate) fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    #[test]
    fn paths_are_compared_without_case_and_dots() {
        assert_eq!(resolve("Doc_0/Document.xml", "Pages/../Tpls/T.xml"), "doc_0/tpls/t.xml");
        assert_eq!(resolve("Doc_0/Document.xml", "/Doc_0/A.xml"), "doc_0/a.xml");
        let bytes = zip_of(&[("a/B.xml", b"x")]);
        let mut container = Container::open(Path::new("x.zip"), &bytes).unwrap();
        assert_eq!(container.get("/A\\b.XML").unwrap().unwrap(), b"x");
        assert!(container.get("c").unwrap().is_none());
    }

    #[test]
    fn a_bomb_and_a_truncated_file_are_errors() {
        let big = vec![0u8; (MAX_ENTRY + 1) as usize];
        let bytes = zip_of(&[("bomb.xml", &big)]);
        assert!(bytes.len() < 1 << 20);
        let mut container = Container::open(Path::new("x.zip"), &bytes).unwrap();
        assert!(container.get("bomb.xml").unwrap_err().to_string().contains("压缩炸弹"));
        assert!(container.weigh().is_err());
        let half = &bytes[..bytes.len() / 2];
        assert!(Container::open(Path::new("x.zip"), half).is_err());
    }

    #[test]
    fn names_in_gbk_are_read() {
        let (gbk, _, _) = encoding_rs::GBK.encode("附表/公开01表.xls");
        assert_eq!(entry_name(&gbk), "附表/公开01表.xls");
    }
}
