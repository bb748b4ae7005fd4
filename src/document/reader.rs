//! Which reader a file is for: found by content, for names lie (`决算.doc` may be a web page).

use super::{Document, ReadOptions, doc, docx, html, ofd, ole, pdf, picture, sheet, source, text};
use crate::document::container::Container;
use crate::error::{Error, Result};
use std::path::Path;

/// What a file is, as far as its first bytes and its name say.
enum Kind {
    Zip,
    Ole,
    Pdf,
    Picture,
    Html,
    Csv,
    /// A format that is not read, by its name.
    Foreign(&'static str),
    Text,
}

/// Bytes that tell what a file is.
const HEAD: usize = 4096;

fn kind(path: &Path, bytes: &[u8]) -> Kind {
    let csv = || path.extension().is_some_and(|name| name.eq_ignore_ascii_case("csv"));
    match () {
        () if bytes.starts_with(b"PK\x03\x04") => Kind::Zip,
        () if bytes.starts_with(&ole::MAGIC) => Kind::Ole,
        () if pdf::sniff(bytes) => Kind::Pdf,
        () if picture::sniff(bytes).is_some() => Kind::Picture,
        () if html::sniff(bytes) => Kind::Html,
        () if csv() => Kind::Csv,
        () => source::foreign(bytes).map_or(Kind::Text, Kind::Foreign),
    }
}

/// Whether a file that begins with these bytes (4,096 are enough) is read as plain text.
pub fn is_text(path: &Path, head: &[u8]) -> bool {
    matches!(kind(path, &head[..head.len().min(HEAD)]), Kind::Text)
}

/// Reads a file of any known format; the format is found by content.
///
/// # Errors
/// The file is not of a known format, is damaged beyond reading, or needs a password.
pub fn read(path: &Path, bytes: &[u8], options: &ReadOptions) -> Result<Document> {
    if bytes.is_empty() {
        return Err(Error::new(path, "文件是空的 (empty file)"));
    }
    match kind(path, bytes) {
        Kind::Zip => zip(path, bytes, options),
        Kind::Ole => match ole::kind(bytes) {
            ole::Kind::Xls => sheet::read(path, bytes, options),
            ole::Kind::Doc => doc::read(path, bytes, options),
            ole::Kind::Cut => {
                Err(Error::new(path, "文件不完整，后部缺失 (truncated compound file)"))
            }
            ole::Kind::Encrypted => Err(Error::new(path, "文件已加密，无法读取 (encrypted)")),
            ole::Kind::Other => {
                Err(Error::new(path, "文件损坏、不完整或不是报告 (damaged or not a report)"))
            }
        },
        Kind::Pdf => pdf::read(path, bytes, options),
        Kind::Picture => picture::read(path, bytes, options),
        Kind::Html => html::read(path, bytes, options),
        Kind::Csv => sheet::read(path, bytes, options),
        Kind::Foreign(name) => {
            Err(Error::new(path, format!("不支持的格式：{name} (format not read)")))
        }
        Kind::Text => text::read(path, bytes),
    }
}

/// Reads the document that a zip is: OFD, workbook or Word.
fn zip(path: &Path, bytes: &[u8], options: &ReadOptions) -> Result<Document> {
    let mut container = Container::open(path, bytes)?;
    if container.has("OFD.xml") {
        return ofd::read(path, bytes, options);
    }
    if container.has("xl/workbook.xml") {
        return sheet::read(path, bytes, options);
    }
    if container.has("content.xml") {
        return match container.get("mimetype")?.as_deref() {
            Some(kind) if kind.starts_with(b"application/vnd.oasis.opendocument.text") => {
                Err(Error::new(path, "不支持的格式：ODT，请另存为 docx (format not read)"))
            }
            _ => sheet::read(path, bytes, options),
        };
    }
    for (part, name) in [("xl/workbook.bin", "XLSB"), ("ppt/presentation.xml", "PPTX")] {
        if container.has(part) {
            let why = format!("不支持的格式：{name} (format not read)");
            return Err(Error::new(path, why));
        }
    }
    if container.has("word/document.xml") || container.has("[Content_Types].xml") {
        return docx::read(path, bytes, options);
    }
    Err(Error::new(path, "压缩包内没有报告正文 (a zip that is no report)"))
}
