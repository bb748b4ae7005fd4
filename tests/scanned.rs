//! Scanned pages: a drawn page read back from its picture says the same; without models a page says what to run.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gouji::document::{ReadOptions, pdf, read};
use gouji::ocr::picture::Picture;
use gouji::ocr::{Scans, models, render, scan};
use std::path::Path;

const REPORT: &str = "corpus/whole/qinghe_2024_final_accounts/report.pdf";

/// The page of the report with the most digits: its number and its digits, sorted.
fn page() -> (hayro_syntax::Pdf, u32, Vec<char>) {
    let bytes = std::fs::read(REPORT).unwrap();
    let pdf = pdf::open(Path::new(REPORT), &bytes, &ReadOptions::default()).unwrap();
    let (pages, _) = pdf::canvases(&pdf);
    let digits = |glyphs: &[gouji::document::page::Glyph]| {
        let mut digits: Vec<char> =
            glyphs.iter().map(|glyph| glyph.c).filter(char::is_ascii_digit).collect();
        digits.sort_unstable();
        digits
    };
    let most = pages.iter().max_by_key(|page| digits(&page.glyphs).len()).unwrap();
    (pdf, most.number, digits(&most.glyphs))
}

fn digits(scans: &Scans, picture: &Picture) -> Vec<char> {
    let sheet = scans.read(picture).unwrap();
    let (canvas, _) = scan::canvas(&sheet, 1, 595.0, 842.0);
    let mut digits: Vec<char> =
        canvas.glyphs.iter().map(|glyph| glyph.c).filter(char::is_ascii_digit).collect();
    digits.sort_unstable();
    digits
}

#[test]
fn a_page_is_read_back_from_its_picture() {
    let files = models::folder().and_then(|folder| models::installed(&folder));
    if files.is_none() {
        println!("skipped: no models");
        return;
    }
    let scans = Scans::new(files, 0, None, None);
    let (pdf, number, printed) = page();
    let picture = render::draw(&pdf, number as usize - 1).unwrap();
    assert_eq!(digits(&scans, &picture), printed);
    let upside_down = picture.map(|plane| plane.turned(2));
    assert_eq!(digits(&scans, &upside_down), printed);
}

#[test]
fn without_models_a_picture_says_what_to_run() {
    let mut bytes = Vec::new();
    image::GrayImage::from_pixel(60, 80, image::Luma([255]))
        .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png)
        .unwrap();
    let document = read(Path::new("page.png"), &bytes, &ReadOptions::default()).unwrap();
    let why = &document.gaps[0].why;
    assert!(why.contains("gouji models add") && why.contains("第 1 页"), "{why}");
    assert_eq!(document.source.pages, Some(1));
}
