//! Archives of reports (`年度公开.zip`): the files inside, with names as Chinese Windows wrote them.

use super::container::{Container, MAX_ARCHIVE};
use crate::error::{Error, Result};
use std::path::Path;

/// How deep archives inside archives are opened.
const MAX_DEPTH: usize = 3;

/// Whether the bytes are an archive of files and not a document that happens to be a zip.
pub fn is_archive(path: &Path, bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && Container::open(path, bytes).is_ok_and(|container| !is_document(&container))
}

/// The files of an archive with their names inside it (`附表/公开01表.xls`), archives inside opened too.
///
/// # Errors
/// The archive is damaged, encrypted, or inflates beyond the limits.
pub fn entries(path: &Path, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut out = Vec::new();
    visit(path, bytes, &mut |name, bytes| {
        out.push((name, bytes));
        true
    })?;
    Ok(out)
}

/// Hands the files of an archive over one by one, until `take` says false.
///
/// # Errors
/// As [`entries`]; what was handed over before remains.
pub fn visit(path: &Path, bytes: &[u8], take: &mut Take<'_>) -> Result<()> {
    let mut left = MAX_ARCHIVE;
    collect(path, bytes, "", 0, &mut left, take).map(|_| ())
}

/// Takes the name and the bytes of a file; says whether to go on.
pub type Take<'a> = dyn FnMut(String, Vec<u8>) -> bool + 'a;

fn collect(
    path: &Path,
    bytes: &[u8],
    prefix: &str,
    depth: usize,
    left: &mut u64,
    take: &mut Take<'_>,
) -> Result<bool> {
    let mut container = Container::open(path, bytes)?.of_files();
    for number in 0..container.names.len() {
        let name = container.names[number].replace('\\', "/");
        let name = name.trim_start_matches('/').to_string();
        let file = name.rsplit('/').next().unwrap_or("");
        // Folders, and what desktops leave behind.
        let junk = file.is_empty()
            || file.starts_with("._")
            || file.starts_with("~$")
            || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini")
            || name.starts_with("__MACOSX/");
        if junk {
            continue;
        }
        let full = format!("{prefix}{name}");
        let inner = container.entry(number).map_err(|error| error.at(full.clone()))?;
        let size = inner.len() as u64;
        if size > *left {
            let why = "展开后过大，疑为压缩炸弹 (inflates beyond the limit)";
            return Err(Error::new(path, why).at(full));
        }
        *left -= size;
        let more = if is_archive(Path::new(&full), &inner) {
            if depth + 1 >= MAX_DEPTH {
                return Err(
                    Error::new(path, "压缩包嵌套过深 (archives nested too deeply)").at(full)
                );
            }
            collect(path, &inner, &format!("{full}/"), depth + 1, left, take)?
        } else {
            take(full, inner)
        };
        if !more {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Word, Excel, OpenDocument and OFD files are zips as well.
fn is_document(container: &Container) -> bool {
    ["[Content_Types].xml", "content.xml", "OFD.xml", "word/document.xml", "xl/workbook.xml"]
        .iter()
        .any(|name| container.has(name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::container::tests::zip_of;
    use super::*;

    #[test]
    fn files_inside_archives_inside() {
        let inner = zip_of(&[("表.csv", b"a,b"), ("~$x.doc", b"-")]);
        let docx = zip_of(&[("[Content_Types].xml", b"<x/>")]);
        let outer = zip_of(&[("一/内.zip", &inner), ("说明.docx", &docx), ("__MACOSX/x", b"")]);
        let path = Path::new("a.zip");
        assert!(is_archive(path, &outer));
        assert!(!is_archive(path, &docx));
        let names: Vec<_> = entries(path, &outer).unwrap().into_iter().map(|e| e.0).collect();
        assert_eq!(names, ["一/内.zip/表.csv", "说明.docx"]);
    }

    #[test]
    fn archives_nested_without_end_are_an_error() {
        let mut bytes = zip_of(&[("a.txt", b"x")]);
        for _ in 0..8 {
            bytes = zip_of(&[("a.zip", &bytes)]);
        }
        assert!(entries(Path::new("a.zip"), &bytes).unwrap_err().to_string().contains("过深"));
    }
}
