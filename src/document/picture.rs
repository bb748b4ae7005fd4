//! Pictures of pages: PNG, JPEG, and TIFF with one page or many.

use super::page::flow;
use super::{Builder, Document, Format, ReadOptions, Source, guarded};
use crate::error::{Error, Result};
use crate::finding::{Gap, GapKind};
use crate::ocr::picture::Picture;
use crate::ocr::{Step, models, scan};
use image::{DynamicImage, ImageReader, Limits};
use std::io::Cursor;
use std::path::Path;
use tiff::TiffError;
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;

/// Most pages of one file.
const MAX_PAGES: usize = 2000;
/// The longest side that is decoded, in pixels.
const LONGEST: u32 = 20_000;
/// Most memory that a picture may need.
const MOST_BYTES: u64 = 512 << 20;
/// Most pixels of a picture: A3 at 600 dpi has 70 million.
const MOST_PIXELS: u64 = 80_000_000;
/// Larger pictures are scaled down to this side: 300 dpi of A4.
const WANTED: usize = 3600;
/// A picture has no size in points: its longer side is taken for that of A4.
const A4: f32 = 842.0;

/// Whether a JPEG has no end after its last scan: decoders make grey of what is lost.
fn is_cut(bytes: &[u8]) -> bool {
    let last = |mark: u8| bytes.windows(2).rposition(|pair| pair == [0xff, mark]);
    let (scan, end) = (last(0xda), last(0xd9));
    scan.is_some() && end < scan
}

/// What a picture file begins with.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    match () {
        () if starts(b"\x89PNG\r\n\x1a\n") => Some(Format::Png),
        () if starts(b"\xff\xd8\xff") => Some(Format::Jpeg),
        () if starts(b"II*\0") || starts(b"MM\0*") => Some(Format::Tiff),
        () => None,
    }
}

/// Reads pictures of pages; without networks every page is a gap.
///
/// # Errors
/// The file is damaged beyond reading.
pub fn read(path: &Path, bytes: &[u8], options: &ReadOptions) -> Result<Document> {
    let format = sniff(bytes).unwrap_or(Format::Png);
    if format == Format::Jpeg && is_cut(bytes) {
        return Err(Error::new(path, "图片不完整，后部缺失 (truncated picture)"));
    }
    if guarded(|| size(format, bytes)).flatten().is_some_and(is_too_large) {
        return Err(Error::new(path, "图片过大，最多 8000 万像素，每边 2 万 (picture too large)"));
    }
    let mut builder = Builder::new(Source::new(path, format, bytes));
    let damaged = || Error::new(path, "图片已损坏，无法打开 (damaged picture)");
    let mut pages = Vec::new();
    let mut scans = Vec::new();
    let mut number = 0;
    let mut take = |picture: Picture| {
        number += 1;
        options.scans.tell(Step::Found(1));
        let canvas = match options.scans.ready() {
            false => {
                Err(format!("是图片；要识别，请先运行 {} (the models are missing)", models::HOW))
            }
            true => options.scans.read(&picture).map(|sheet| {
                let points = A4 / picture.grey.width.max(picture.grey.height) as f32;
                let (width, height) = (picture.grey.width as f32, picture.grey.height as f32);
                scan::canvas(&sheet, number, width * points, height * points)
            }),
        };
        options.scans.tell(Step::Done);
        match canvas {
            Ok((canvas, scan)) => {
                pages.push(canvas);
                scans.push(scan);
            }
            Err(why) => builder.gap(Gap {
                kind: GapKind::Unread,
                at: None,
                page: Some(number),
                why: format!("第 {number} 页{why}"),
            }),
        }
    };
    let fault = match format {
        Format::Tiff => guarded(|| frames(bytes, &mut take)).ok_or_else(damaged)?.err(),
        _ => match guarded(|| decode(bytes)).flatten() {
            Some(image) => {
                take(picture(image));
                None
            }
            None => Some(Fault::Damaged),
        },
    };
    if number == 0 {
        return Err(match fault {
            Some(Fault::Unknown) => Error::new(path, UNKNOWN),
            _ => damaged(),
        });
    }
    if let Some(fault) = fault {
        let why = match fault {
            Fault::Damaged => format!("第 {number} 页之后的图片已损坏 (damaged after this page)"),
            Fault::Unknown => format!("第 {number} 页之后：{UNKNOWN}"),
        };
        builder.gap(Gap { kind: GapKind::Unread, at: None, page: Some(number), why });
    }
    builder.pages(number);
    flow(pages, &mut builder);
    let mut document = builder.finish();
    document.scans = scans;
    Ok(document)
}

/// Width and height of a picture, the first of a TIFF.
fn size(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    let bytes = Cursor::new(bytes);
    match format {
        Format::Tiff => Decoder::new(bytes).ok()?.dimensions().ok(),
        _ => ImageReader::new(bytes).with_guessed_format().ok()?.into_dimensions().ok(),
    }
}

fn is_too_large((width, height): (u32, u32)) -> bool {
    width.max(height) > LONGEST || u64::from(width) * u64::from(height) > MOST_PIXELS
}

fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // Cameras note how they were held.
    let turned = image::ImageDecoder::orientation(&mut decoder).ok();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    turned.into_iter().for_each(|turned| image.apply_orientation(turned));
    Some(image)
}

fn picture(image: DynamicImage) -> Picture {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let picture = match image.color().has_alpha() {
        true => {
            // What is clear is paper.
            let mut pixels = image.into_rgba8();
            for pixel in pixels.pixels_mut() {
                let clear = 255 - pixel.0[3];
                for shade in &mut pixel.0[..3] {
                    let part = u16::from(*shade) * u16::from(255 - clear) / 255;
                    *shade = (part + u16::from(clear)).min(255) as u8;
                }
            }
            Picture::from_bytes(width, height, 4, pixels.as_raw())
        }
        false => Picture::from_bytes(width, height, 3, image.into_rgb8().as_raw()),
    };
    fitting(picture)
}

fn fitting(picture: Picture) -> Picture {
    let (width, height) = (picture.grey.width, picture.grey.height);
    let longest = width.max(height);
    if longest <= WANTED {
        return picture;
    }
    let side = |length: usize| (length * WANTED / longest).max(1);
    picture.map(|plane| plane.scaled(side(width), side(height)))
}

/// Why a picture was not decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is not what it claims to be.
    Damaged,
    /// It may be whole, but is of a kind that is not decoded.
    Unknown,
}

/// What is said of a TIFF of such a kind.
const UNKNOWN: &str =
    "这种 TIFF 的压缩方式或颜色不支持，请另存为 PNG 或 LZW 压缩的 TIFF (unsupported kind of TIFF)";

impl From<TiffError> for Fault {
    fn from(error: TiffError) -> Self {
        match error {
            TiffError::UnsupportedError(_) => Self::Unknown,
            _ => Self::Damaged,
        }
    }
}

/// All pages of a TIFF.
fn frames(bytes: &[u8], take: &mut impl FnMut(Picture)) -> std::result::Result<(), Fault> {
    let mut limits = tiff::decoder::Limits::default();
    limits.decoding_buffer_size = MOST_BYTES as usize;
    let mut decoder = Decoder::new(Cursor::new(bytes))?.with_limits(limits);
    for _ in 0..MAX_PAGES {
        take(frame(&mut decoder)?);
        if !decoder.more_images() {
            return Ok(());
        }
        decoder.next_image()?;
    }
    Err(Fault::Damaged)
}

fn frame(decoder: &mut Decoder<Cursor<&[u8]>>) -> std::result::Result<Picture, Fault> {
    let (width, height) = decoder.dimensions()?;
    if width == 0 || height == 0 || is_too_large((width, height)) {
        return Err(Fault::Damaged);
    }
    let (width, height) = (width as usize, height as usize);
    let color = decoder.colortype()?;
    let bytes = match decoder.read_image()? {
        DecodingResult::U8(bytes) => bytes,
        DecodingResult::U16(shades) => shades.into_iter().map(|shade| (shade >> 8) as u8).collect(),
        _ => return Err(Fault::Unknown),
    };
    let grey = |shades: Vec<u8>| {
        let spread: Vec<u8> = shades.into_iter().flat_map(|shade| [shade; 3]).collect();
        Picture::from_bytes(width, height, 3, &spread)
    };
    let picture = match color {
        tiff::ColorType::Gray(8 | 16) => grey(bytes),
        tiff::ColorType::Gray(1) => grey(bits(&bytes, width, height)),
        tiff::ColorType::RGB(8 | 16) => Picture::from_bytes(width, height, 3, &bytes),
        tiff::ColorType::RGBA(8 | 16) => Picture::from_bytes(width, height, 4, &bytes),
        tiff::ColorType::CMYK(8 | 16) => {
            let light =
                |ink: u8, black: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
            let pixels = bytes.chunks_exact(4);
            let colours: Vec<u8> =
                pixels.flat_map(|p| [0, 1, 2].map(|at| light(p[at], p[3]))).collect();
            Picture::from_bytes(width, height, 3, &colours)
        }
        tiff::ColorType::Palette(8) => {
            let table = decoder.get_tag_u16_vec(Tag::ColorMap)?;
            let size = table.len() / 3;
            let colour = |index: u8| {
                [0, 1, 2].map(|part| {
                    let at = part * size + usize::from(index);
                    table.get(at).map_or(255, |shade| (*shade >> 8) as u8)
                })
            };
            let colours: Vec<u8> = bytes.into_iter().flat_map(colour).collect();
            Picture::from_bytes(width, height, 3, &colours)
        }
        _ => return Err(Fault::Unknown),
    };
    Ok(fitting(picture))
}

/// One bit a pixel, each row beginning with a byte, as bytes.
fn bits(bytes: &[u8], width: usize, height: usize) -> Vec<u8> {
    let row = width.div_ceil(8);
    let shade = |x: usize, y: usize| {
        let byte = bytes.get(y * row + x / 8).copied().unwrap_or(0xff);
        if byte >> (7 - x % 8) & 1 == 1 { 255 } else { 0 }
    };
    (0..height).flat_map(|y| (0..width).map(move |x| shade(x, y))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use tiff::encoder::{TiffEncoder, colortype};

    fn read(bytes: &[u8]) -> (Vec<Picture>, std::result::Result<(), Fault>) {
        let mut found = Vec::new();
        let ended = frames(bytes, &mut |picture| found.push(picture));
        (found, ended)
    }

    #[test]
    fn printing_colours_and_deep_greys_are_read() {
        let mut file = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut file).unwrap();
        encoder.write_image::<colortype::CMYK8>(2, 1, &[0, 0, 0, 0, 0, 0, 0, 255]).unwrap();
        encoder.write_image::<colortype::Gray16>(2, 1, &[0xffff, 0]).unwrap();
        let (pages, ended) = read(&file.into_inner());
        assert_eq!(ended, Ok(()));
        assert!(pages.len() == 2 && pages.iter().all(|page| page.grey.pixels == [255, 0]));
    }

    /// A picture of 8 by 1 with one bit a pixel, in the given compression.
    fn faxed(compression: u16) -> Vec<u8> {
        let entries: [(u16, u16); 7] =
            [(256, 8), (257, 1), (258, 1), (259, compression), (262, 0), (273, 98), (279, 1)];
        let mut bytes = vec![b'I', b'I', 42, 0, 8, 0, 0, 0, 7, 0];
        for (tag, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend([3, 0, 1, 0, 0, 0]);
            bytes.extend(u32::from(value).to_le_bytes());
        }
        bytes.extend([0, 0, 0, 0, 0b1010_0101]);
        bytes
    }

    #[test]
    fn a_kind_that_is_not_decoded_is_not_called_damaged() {
        assert_eq!(read(&faxed(1)).1, Ok(()));
        assert_eq!(read(&faxed(3)).1, Err(Fault::Unknown));
        assert_eq!(read(b"II*\0").1, Err(Fault::Damaged));
    }
}
