//! Scanned pages: a drawn page read back from its picture says the same, however it lies in the scanner; without models
//! a page says what to run.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gouji::document::{Document, ReadOptions, pdf, read};
use gouji::ocr::picture::{Picture, Plane};
use gouji::ocr::{Cache, Scans, models, render, scan};
use image::{DynamicImage, ImageFormat, RgbImage};
use std::collections::HashMap;
use std::io::Cursor;
use std::path::Path;
use tiff::encoder::{TiffEncoder, colortype};

const REPORT: &str = "corpus/whole/qinghe_2024_final_accounts/report.pdf";
/// The rows of the page that are read: a part is enough, and quicker.
const ROWS: i32 = 760;

/// The networks, or `None` after saying that the test is skipped.
fn networks(cache: Option<Cache>) -> Option<Scans> {
    let files = models::folder().and_then(|folder| models::installed(&folder));
    if files.is_none() {
        println!("skipped: no models (they are added by `{}`)", models::HOW);
    }
    files.map(|files| Scans::new(Some(files), 0, cache, None))
}

/// The upper part of the page of the report with the most digits, as a picture.
fn page() -> Plane {
    let bytes = std::fs::read(REPORT).unwrap();
    let pdf = pdf::open(Path::new(REPORT), &bytes, &ReadOptions::default()).unwrap();
    let (pages, _) = pdf::canvases(&pdf);
    let digits = |glyphs: &[gouji::document::page::Glyph]| {
        glyphs.iter().filter(|glyph| glyph.c.is_ascii_digit()).count()
    };
    let most = pages.iter().max_by_key(|page| digits(&page.glyphs)).unwrap();
    let picture = render::draw(&pdf, most.number as usize - 1).unwrap();
    picture.grey.cropped([0, 0, picture.grey.width as i32, ROWS])
}

/// The digits that the text layer has in those rows, sorted.
fn printed() -> Vec<char> {
    let bytes = std::fs::read(REPORT).unwrap();
    let pdf = pdf::open(Path::new(REPORT), &bytes, &ReadOptions::default()).unwrap();
    let (pages, _) = pdf::canvases(&pdf);
    let of = |page: &gouji::document::page::Canvas, low: f32| -> Vec<char> {
        let glyphs = page.glyphs.iter().filter(|glyph| glyph.bottom < low);
        glyphs.map(|glyph| glyph.c).filter(char::is_ascii_digit).collect()
    };
    let most = pages.iter().max_by_key(|page| of(page, f32::MAX).len()).unwrap();
    let mut digits = of(most, ROWS as f32 * 72.0 / 200.0);
    digits.sort_unstable();
    digits
}

fn digits(scans: &Scans, picture: &Picture) -> Vec<char> {
    let sheet = scans.read(picture).unwrap();
    let (canvas, _) = scan::canvas(&sheet, 1, 595.0, 842.0);
    let mut digits: Vec<char> =
        canvas.glyphs.iter().map(|glyph| glyph.c).filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

fn alone(grey: Plane) -> Picture {
    Picture { grey, without_red: None }
}

#[test]
fn a_page_is_read_back_however_it_lies() {
    let Some(scans) = networks(None) else { return };
    let (plane, printed) = (page(), printed());
    assert!(printed.len() > 100, "{}", printed.len());
    for quarters in 0..4 {
        let found = digits(&scans, &alone(plane.turned(quarters)));
        assert_eq!(found, printed, "turned by {quarters} quarters");
    }
}

/// The page in colour with ink of one colour wherever `inked` says.
fn stamped(plane: &Plane, ink: [u8; 3], inked: impl Fn(f32, f32) -> bool) -> Picture {
    let mut bytes = Vec::with_capacity(plane.pixels.len() * 3);
    for (at, shade) in plane.pixels.iter().enumerate() {
        let (x, y) = ((at % plane.width) as f32, (at / plane.width) as f32);
        let through = |part: u8| (u16::from(part) * u16::from(*shade) / 255) as u8;
        bytes.extend(if inked(x, y) { ink.map(through) } else { [*shade; 3] });
    }
    Picture::from_bytes(plane.width, plane.height, 3, &bytes)
}

#[test]
fn a_seal_over_figures_hides_none() {
    let Some(scans) = networks(None) else { return };
    let plane = page();
    let (x, y) = (plane.width as f32 * 0.6, ROWS as f32 * 0.6);
    let seal = stamped(&plane, [222, 36, 40], |at_x, at_y| {
        let from = (at_x - x).hypot(at_y - y);
        (150.0..160.0).contains(&from) || (from < 30.0 && (at_x - x).abs() < 6.0)
    });
    assert!(seal.without_red.is_some());
    assert_eq!(digits(&scans, &seal), printed());
}

#[test]
fn a_signature_costs_no_more_than_what_it_crosses() {
    let Some(scans) = networks(None) else { return };
    let plane = page();
    let (x, y) = (plane.width as f32 * 0.5, ROWS as f32 * 0.5);
    let signed = stamped(&plane, [30, 30, 70], |at_x, at_y| {
        let along = at_x - x;
        along.abs() < 160.0 && (at_y - y - 40.0 * (along / 25.0).sin()).abs() < 3.0
    });
    let count = |digits: Vec<char>| {
        digits.into_iter().fold(HashMap::<char, i32>::new(), |mut counts, digit| {
            *counts.entry(digit).or_default() += 1;
            counts
        })
    };
    let (found, printed) = (count(digits(&scans, &signed)), printed());
    let all = printed.len() as i32;
    let kept: i32 = count(printed)
        .iter()
        .map(|(digit, many)| found.get(digit).map_or(0, |found| *found.min(many)))
        .sum();
    assert!(kept * 100 >= all * 90, "{kept} of {all}");
}

/// The digits of a document, sorted.
fn said(document: &Document) -> Vec<char> {
    let mut digits: Vec<char> = document.text.chars().filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

#[test]
fn png_jpeg_and_tiff_of_many_pages_say_the_same_and_are_read_once() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scanned");
    let _ = std::fs::remove_dir_all(&folder);
    let Some(scans) = networks(Some(Cache::new(&folder))) else { return };
    let (plane, printed) = (page(), printed());
    let (width, height) = (plane.width as u32, plane.height as u32);
    let pixels: Vec<u8> = plane.pixels.iter().flat_map(|shade| [*shade; 3]).collect();
    let image = DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, pixels).unwrap());
    let written = |format: ImageFormat| {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let mut pages = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut pages).unwrap();
    for _ in 0..2 {
        encoder.write_image::<colortype::Gray8>(width, height, &plane.pixels).unwrap();
    }
    let options = ReadOptions { scans, ..ReadOptions::default() };
    let read = |name: &str, bytes: &[u8]| read(Path::new(name), bytes, &options).unwrap();
    assert_eq!(said(&read("page.png", &written(ImageFormat::Png))), printed);
    let kept = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(kept, 1);
    let two = read("pages.tif", &pages.into_inner());
    assert_eq!(two.source.pages, Some(2));
    assert_eq!(said(&two).len(), 2 * printed.len());
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "both pages were read before");
    assert_eq!(said(&read("page.jpg", &written(ImageFormat::Jpeg))), printed);
}

#[test]
fn without_models_a_picture_says_what_to_run() {
    let mut bytes = Vec::new();
    image::GrayImage::from_pixel(60, 80, image::Luma([255]))
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    let document = read(Path::new("page.png"), &bytes, &ReadOptions::default()).unwrap();
    let why = &document.gaps[0].why;
    assert!(why.contains("gouji models add") && why.contains("第 1 页"), "{why}");
    assert_eq!(document.source.pages, Some(1));
}

/// What `gouji check` prints of a picture in a folder without models.
fn checked(name: &str, bytes: &[u8]) -> (String, Option<i32>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-models");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut gouji = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
    let output = gouji.arg("check").arg(&path).env("GOUJI_MODELS", &folder).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&said).into_owned(), output.status.code())
}

#[test]
fn a_page_that_was_not_read_is_told_without_being_asked() {
    let mut bytes = Vec::new();
    image::GrayImage::from_pixel(60, 80, image::Luma([255]))
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    let (said, code) = checked("page.png", &bytes);
    assert!(said.contains("未读 第 1 页是图片") && said.contains("models add"), "{said}");
    assert_eq!(code, Some(0));
}

#[test]
fn a_picture_that_was_cut_off_is_an_error() {
    let shades = image::GrayImage::from_fn(200, 200, |x, y| image::Luma([(x * y % 251) as u8]));
    for (name, format) in [("cut.jpg", ImageFormat::Jpeg), ("cut.png", ImageFormat::Png)] {
        let mut bytes = Vec::new();
        shades.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        let (said, code) = checked(name, &bytes[..bytes.len() / 2]);
        assert!(said.contains("无法读取"), "{name}: {said}");
        assert_eq!(code, Some(2), "{name}");
    }
    let (said, code) = checked("empty.png", b"");
    assert!(said.contains("文件是空的"), "{said}");
    assert_eq!(code, Some(2));
}

/// A name cut short by the line break of a narrow cell is read so on a scanned page, and proves nothing there.
#[test]
fn a_name_cut_short_on_a_scanned_page_is_no_other_name() {
    let text = "临山县林业局2023年部门决算\n\n第二部分 情况说明\n\n机关事业单位职业年金缴费支出（2080506）4.36万元，用于缴费。\n\n\
        单位：万元\n\n| 科目编码 | 科目名称 | 金额 |\n| --- | --- | --- |\n| 2080506 | 机关事业单位职业年金 | 4.36 |\n";
    let options = gouji::document::ReadOptions::default();
    let told = |scanned: bool| {
        let mut document =
            gouji::document::read(Path::new("report.txt"), text.as_bytes(), &options).unwrap();
        if scanned {
            document.scans.push(gouji::ocr::Scan::default());
        }
        let report = gouji::understand(document);
        let found = gouji::check::run(&report, &gouji::check::Selection::default());
        found.iter().any(|finding| finding.check == "code/name_differs_from_table")
    };
    assert!(told(false) && !told(true));
}
