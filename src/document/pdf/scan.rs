//! Pages of a PDF that are pictures, read as such.

use super::unread;
use crate::document::guarded;
use crate::document::page::{Canvas, Glyph};
use crate::finding::Gap;
use crate::ocr::{Scan, Scans, Step, models, render, scan};
use hayro_syntax::Pdf;
use rayon::prelude::*;

/// A page with fewer characters may be a picture with a page number.
const FEW: usize = 20;

/// Reads the pages that are pictures in place of what is drawn there, and mends their gaps.
pub(super) fn read(
    pdf: &Pdf,
    pages: &mut [Canvas],
    gaps: &mut Vec<Gap>,
    scans: &Scans,
) -> Vec<Scan> {
    let wanted: Vec<&mut Canvas> = pages.iter_mut().filter(|page| is_picture(page)).collect();
    let numbers: Vec<u32> = wanted.iter().map(|page| page.number).collect();
    scans.tell(Step::Found(numbers.len() as u64));
    let read: Vec<Result<Option<Scan>, String>> = wanted
        .into_par_iter()
        .map(|page| {
            let result = if scans.ready() { one(pdf, page, scans) } else { Err(missing(page)) };
            scans.tell(Step::Done);
            result
        })
        .collect();
    gaps.retain(|gap| gap.page.is_none_or(|page| !numbers.contains(&page)));
    let mut found = Vec::new();
    for (number, result) in numbers.into_iter().zip(read) {
        match result {
            Ok(scan) => found.extend(scan),
            Err(why) => gaps.push(unread(Some(number), format!("第 {number} 页{why}"))),
        }
    }
    gaps.sort_by_key(|gap| gap.page);
    found
}

/// Whether a page is a picture, or its text is a layer that another machine read from one.
fn is_picture(page: &Canvas) -> bool {
    let words = page.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
    let area = |[x0, y0, x1, y1]: &[f32; 4]| (x1 - x0).max(0.0) * (y1 - y0).max(0.0);
    let covered = page.pictures.iter().map(area).sum::<f32>() > 0.5 * page.width * page.height;
    let drawn = !(page.pictures.is_empty() && page.rules.is_empty() && page.fills.is_empty());
    let hidden = page.glyphs.iter().filter(|glyph| glyph.certainty < 100).count();
    (words == 0 && drawn) || (covered && (words < FEW || hidden * 2 > words))
}

fn missing(page: &Canvas) -> String {
    let what = if page.glyphs.is_empty() { "没有文字" } else { "大部分是图片" };
    let what_en = "scanned page, the models to read it are missing";
    format!("是扫描图片，{what}；要识别，请先运行 {} ({what_en})", models::HOW)
}

/// What a page shows, put on its canvas; `None` if it shows no words.
fn one(pdf: &Pdf, page: &mut Canvas, scans: &Scans) -> Result<Option<Scan>, String> {
    let picture = guarded(|| render::draw(pdf, page.number as usize - 1)).flatten();
    let picture = picture.ok_or("是扫描图片，无法画出 (scanned page that cannot be drawn)")?;
    let sheet = scans.read(&picture)?;
    drop(picture);
    if sheet.words.is_empty() {
        return Ok(None);
    }
    let (mut canvas, scan) = scan::canvas(&sheet, page.number, page.width, page.height);
    // A page number printed on the scan afterwards stays as it was drawn.
    let printed: Vec<Glyph> =
        page.glyphs.iter().filter(|glyph| glyph.certainty == 100).copied().collect();
    let (x, y) = (|g: &Glyph| (g.x0 + g.x1) / 2.0, |g: &Glyph| (g.top + g.bottom) / 2.0);
    canvas.glyphs.retain(|glyph| {
        printed.iter().all(|other| {
            (x(glyph) - x(other)).abs() > other.size * 0.6
                || (y(glyph) - y(other)).abs() > other.size
        })
    });
    canvas.glyphs.extend(printed);
    canvas.pictures = std::mem::take(&mut page.pictures);
    *page = canvas;
    Ok(Some(scan))
}
