//! The file a report came from.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The format of a source, found by content, not by extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)]
pub enum Format {
    #[default]
    Text,
    Pdf,
    Docx,
    Doc,
    Xlsx,
    Xls,
    Ods,
    Csv,
    Ofd,
    Html,
    Zip,
    Png,
    Jpeg,
    Tiff,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Pdf,
        Self::Docx,
        Self::Doc,
        Self::Xlsx,
        Self::Xls,
        Self::Ods,
        Self::Csv,
        Self::Ofd,
        Self::Html,
        Self::Zip,
    ];

    /// Lower-case name as in JSON output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
            Self::Ofd => "ofd",
            Self::Html => "html",
            Self::Zip => "zip",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Tiff => "tiff",
        }
    }
}

/// The name of a format that none of our readers knows, by its first bytes.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 8] = [
        (b"{\\rtf", "RTF，请另存为 docx"),
        (b"Rar!", "RAR 压缩包，请先解压"),
        (b"7z\xBC\xAF\x27\x1C", "7z 压缩包，请先解压"),
        (b"\x1F\x8B", "gzip 压缩包，请先解压"),
        (b"GIF8", "GIF 图片"),
        (b"BM6", "BMP 图片"),
        (b"MZ", "程序文件"),
        (b"\x7FELF", "程序文件"),
    ];
    known.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| *name)
}

/// Identity of a source file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Path as given.
    pub path: PathBuf,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// Format by content.
    pub format: Format,
    /// Size in bytes.
    pub bytes: u64,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
}

impl Source {
    /// Describes `bytes` read from `path`.
    pub fn new(path: &Path, format: Format, bytes: &[u8]) -> Self {
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            let _ = write!(sha256, "{byte:02x}");
        }
        Self { path: path.to_path_buf(), sha256, format, bytes: bytes.len() as u64, pages: None }
    }
}
