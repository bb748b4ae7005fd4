//! Draws a page of a PDF as a picture.

use super::page;
use super::picture::Picture;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Resolution, in dots per inch.
const DPI: f32 = 200.0;
/// Longest side of the picture, in pixels.
const LONGEST: f32 = 4200.0;

/// The page `index` (0 is the first) on white, larger if its print is small; `None` if there is none or it has no area.
pub fn draw(pdf: &Pdf, index: usize) -> Option<Picture> {
    let picture = at(pdf, index, DPI, LONGEST)?;
    let finer = page::magnified(&picture);
    if finer <= 1.0 {
        return Some(picture);
    }
    drop(picture);
    at(pdf, index, DPI * finer, LONGEST * finer)
}

fn at(pdf: &Pdf, index: usize, dpi: f32, longest: f32) -> Option<Picture> {
    let page = pdf.pages().get(index)?;
    let (width, height) = page.render_dimensions();
    let scale = (dpi / 72.0).min(longest / width.max(height));
    if !(scale.is_finite() && width * scale >= 16.0 && height * scale >= 16.0) {
        return None;
    }
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings { force_image_interpolation: true, ..RenderSettings::default() },
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    );
    let (width, height) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    Some(Picture::from_bytes(width, height, 4, pixmap.data_as_u8_slice()))
}
