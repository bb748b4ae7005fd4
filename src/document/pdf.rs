//! PDF: every character with its Unicode and box, ruling lines and fills, page by page, without rendering.
//!
//! The pages become [`Canvas`]es; what they mean (lines, paragraphs, tables) is read there, for all formats that draw.

mod bomb;
mod clip;
mod font;
mod paint;
mod path;
mod scan;
mod upright;

use super::page::{Canvas, flow};
use super::{Builder, Document, Format, ReadOptions, Source, guarded};
use crate::error::{Error, Result};
use crate::finding::{Gap, GapKind};
use hayro_syntax::object::Dict;
use hayro_syntax::object::dict::keys::{COUNT, PAGES};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use paint::Reader;
use rayon::prelude::*;
use std::path::Path;

/// Most pages of one document.
const MAX_PAGES: usize = 5000;
/// Pages a thread reads with the fonts it has loaded.
const PAGES_A_BATCH: usize = 16;

/// Whether the bytes are a PDF: `%PDF-` near the beginning, as viewers look for it.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// Reads a PDF.
///
/// # Errors
/// The file is damaged beyond reading, or needs a password that was not given.
pub fn read(path: &Path, bytes: &[u8], options: &ReadOptions) -> Result<Document> {
    let pdf = open(path, bytes, options)?;
    let (mut pages, mut gaps) = canvases(&pdf);
    let scans = scan::read(&pdf, &mut pages, &mut gaps, &options.scans);
    if !is_whole(bytes) {
        gaps.insert(0, unread(None, "文件不完整，后部缺失 (truncated file)".into()));
    }
    let mut builder = Builder::new(Source::new(path, Format::Pdf, bytes));
    builder.pages(pages.len() as u32);
    gaps.into_iter().for_each(|gap| builder.gap(gap));
    drop(pdf);
    flow(pages, &mut builder);
    let mut document = builder.finish();
    document.scans = scans;
    Ok(document)
}

/// Whether a file ends as a PDF does: `%%EOF` near its end, as viewers look for it.
fn is_whole(bytes: &[u8]) -> bool {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    bytes[end.saturating_sub(1024)..end].windows(5).any(|window| window == b"%%EOF")
}

/// Opens a PDF, with the password of `options` or the empty one.
///
/// # Errors
/// The file is damaged beyond reading, or needs a password that was not given.
pub fn open(path: &Path, bytes: &[u8], options: &ReadOptions) -> Result<Pdf> {
    let password = options.password.as_deref().unwrap_or("");
    if bomb::swells(bytes) {
        return Err(Error::new(path, "压缩炸弹，不予解压 (decompression bomb)"));
    }
    let opened = guarded(|| Pdf::new_with_password(bytes.to_vec(), password));
    let why = match opened {
        Some(Ok(pdf)) if pdf.pages().len() > MAX_PAGES => "页数过多 (too many pages)",
        Some(Ok(pdf)) if !pdf.pages().is_empty() => return Ok(pdf),
        Some(Ok(_)) => "PDF 没有页面 (no pages)",
        Some(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => {
            match options.password.is_some() {
                true => "密码不对 (wrong password)",
                false => "文件已加密，请用 --password 给出密码 (encrypted, give its --password)",
            }
        }
        Some(Err(LoadPdfError::Decryption(_))) => "不支持的加密方式 (unsupported encryption)",
        Some(Err(LoadPdfError::Invalid)) | None => "PDF 已损坏，无法打开 (damaged PDF)",
    };
    Err(Error::new(path, why))
}

/// All pages as drawn, in order, and what of them could not be read.
pub fn canvases(pdf: &Pdf) -> (Vec<Canvas>, Vec<Gap>) {
    let numbers: Vec<u32> = (0..pdf.pages().len() as u32).collect();
    let batches: Vec<Vec<(Canvas, Option<String>)>> = numbers
        .par_chunks(PAGES_A_BATCH.max(numbers.len().div_ceil(rayon::current_num_threads())))
        .map(|batch| {
            let mut reader = Reader::new(pdf);
            batch.iter().map(|&index| reader.page(index)).collect()
        })
        .collect();
    let mut gaps = Vec::new();
    let mut pages = Vec::with_capacity(numbers.len());
    for (canvas, why) in batches.into_iter().flatten() {
        if let Some(why) = why {
            gaps.push(unread(Some(canvas.number), why));
        }
        pages.push(canvas);
    }
    if let Some(declared) = declared_pages(pdf)
        && declared > pages.len()
    {
        let found = pages.len();
        gaps.push(unread(
            None,
            format!("文件声明 {declared} 页，只能打开 {found} 页 ({found} of {declared} pages)"),
        ));
    }
    (pages, gaps)
}

/// The number of pages the file says it has.
fn declared_pages(pdf: &Pdf) -> Option<usize> {
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id())?;
    let count = catalog.get::<Dict<'_>>(PAGES)?.get::<i32>(COUNT)?;
    usize::try_from(count).ok()
}

fn unread(page: Option<u32>, why: String) -> Gap {
    Gap { kind: GapKind::Unread, at: None, page, why }
}
