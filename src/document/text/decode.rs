//! Which encoding a text file is in: UTF-8 with or without BOM, UTF-16, GB18030.

use crate::error::{Error, Result};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use std::path::Path;

/// The decoded text; a byte order mark is dropped.
pub(super) fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<Cow<'a, str>> {
    if bytes.len() > u32::MAX as usize / 4 {
        return Err(Error::new(path, "文本超过 1 GB，无法读取 / text larger than 1 GB"));
    }
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[bom..]).0);
    }
    let encoding = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let controls = text.bytes().filter(|byte| is_binary(*byte)).count();
    if controls > 1 && controls * 20 > text.chars().count().max(20) {
        return Err(Error::new(path, "不是已知格式的文件 / not a file of a known format"));
    }
    Ok(text)
}

fn is_binary(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t' | 0xc | 0xb | 0x7 | 0x1b)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let valid = Encoding::utf8_valid_up_to(bytes);
    if valid == bytes.len() {
        return if utf16(bytes, 1) {
            UTF_16LE
        } else if utf16(bytes, 0) {
            UTF_16BE
        } else {
            UTF_8
        };
    }
    if utf16(bytes, 1) {
        return UTF_16LE;
    }
    if utf16(bytes, 0) {
        return UTF_16BE;
    }
    // a long valid beginning with Han in it: UTF-8 with a damaged spot
    let valid = &bytes[..valid];
    if valid.len() > 300 && valid.iter().any(|byte| *byte >= 0xE4) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    // GBK and Big5 and the like stay; single-byte guesses about short Chinese texts are always wrong here
    if encoding.is_single_byte() || encoding == encoding_rs::GBK {
        encoding_rs::GB18030
    } else {
        encoding
    }
}

/// Whether every second byte from `high` on looks like the upper half of UTF-16 text with line breaks or Han.
fn utf16(bytes: &[u8], high: usize) -> bool {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 {
        return false;
    }
    let units = sample.len() / 2;
    let is_text = |pair: &&[u8]| match pair[high] {
        0 => pair[1 - high] != 0,
        0x30 | 0x4E..=0x9F | 0xFF => true,
        _ => false,
    };
    let good = sample.chunks_exact(2).filter(is_text).count();
    let zero = sample.chunks_exact(2).filter(|pair| pair[high] == 0).count();
    good * 10 >= units * 9 && zero * 50 >= units
}
