//! Compound files (`.doc`, `.xls` of Office 97–2003): which document they hold.

use std::io::Cursor;

/// First bytes of a compound file.
pub(super) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// What a compound file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Word or WPS text.
    Doc,
    /// A workbook.
    Xls,
    /// An encrypted `.docx` or `.xlsx`.
    Encrypted,
    /// A document whose last sectors are missing.
    Cut,
    /// Anything else.
    Other,
}

/// Bounds what a small file can make the parsing library allocate.
pub(super) fn limit() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        office_oxide::limits::set_max_text_chars(16 << 20);
        office_oxide::limits::set_max_memory_bytes(64 << 20);
    });
}

/// Looks at the streams of a compound file.
pub(super) fn kind(bytes: &[u8]) -> Kind {
    let found = super::guarded(|| {
        let mut cfb = office_oxide::cfb::CfbReader::new(Cursor::new(bytes)).ok()?;
        for name in ["WordDocument", "1Table", "0Table", "Workbook", "Book"] {
            let _ = cfb.open_stream(name);
        }
        Some(if !cfb.truncated_streams().is_empty() {
            Kind::Cut
        } else if cfb.has_stream("WordDocument") {
            Kind::Doc
        } else if cfb.has_stream("Workbook") || cfb.has_stream("Book") {
            Kind::Xls
        } else if cfb.has_stream("EncryptedPackage") {
            Kind::Encrypted
        } else {
            Kind::Other
        })
    });
    found.flatten().unwrap_or(Kind::Other)
}

/// The bytes of a stream, if there is one.
pub(super) fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    super::guarded(|| {
        let mut cfb = office_oxide::cfb::CfbReader::new(Cursor::new(bytes)).ok()?;
        cfb.open_stream(name).ok()
    })
    .flatten()
}
