//! Draws a page of a PDF as a picture.

use super::picture::Picture;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Resolution, in dots per inch.
const DPI: f32 = 200.0;
/// Longest side of the picture, in pixels.
const LONGEST: f32 = 4200.0;

/// The page `index` (0 is the first) on white; `None` if there is none or it has no area.
pub fn draw(pdf: &Pdf, index: usize) -> Option<Picture> {
    let page = pdf.pages().get(index)?;
    let (width, height) = page.render_dimensions();
    let scale = (DPI / 72.0).min(LONGEST / width.max(height));
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
