//! What a page draws, as the interpreter calls it: characters, lines, areas, pictures, each inside its clip.

use super::clip::shown;
use super::font::Fonts;
use super::path::Lines;
use super::upright::{Mark, stand};
use crate::document::page::Canvas;
use flate2::read::ZlibDecoder;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, InterpreterWarning, Paint, RenderContent, SoftMask,
    TransformExt, interpret, interpret_page,
};
use hayro_syntax::object::dict::keys::{CONTENTS, DECODE_PARMS, RESOURCES};
use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{Filter, Pdf};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// More characters than any page of a report has.
const MOST_GLYPHS: usize = 200_000;
/// More drawing than any page of a report has; a clip path or form counts for several lines.
const MOST_CALLS: usize = 1_000_000;
/// The longest content of a page.
const MOST_CONTENT: u64 = 256 << 20;
/// What a clip path counts: each form that is drawn pushes one, and that is slow.
const CLIP_CALLS: usize = 8;

/// Reads pages one after the other, keeping the fonts loaded.
pub(super) struct Reader<'p> {
    pdf: &'p Pdf,
    cache: InterpreterCache<'p>,
    fonts: Fonts,
    settings: InterpreterSettings,
    lost_font: Arc<AtomicBool>,
}

/// Ends the reading of a page that draws too much; thrown because the interpreter has no other way out.
struct Enough;

impl<'p> Reader<'p> {
    pub fn new(pdf: &'p Pdf) -> Self {
        let lost_font = Arc::new(AtomicBool::new(false));
        let lost = Arc::clone(&lost_font);
        let settings = InterpreterSettings {
            warning_sink: Arc::new(move |warning| {
                if matches!(warning, InterpreterWarning::UnsupportedFont) {
                    lost.store(true, Ordering::Relaxed);
                }
            }),
            ..InterpreterSettings::default()
        };
        Self { pdf, cache: InterpreterCache::new(), fonts: Fonts::default(), settings, lost_font }
    }

    /// The page `index` (0 is the first) as drawn, and what of it could not be read.
    pub fn page(&mut self, index: u32) -> (Canvas, Option<String>) {
        let number = index + 1;
        let page = &self.pdf.pages()[index as usize];
        let (width, height) = page.render_dimensions();
        self.lost_font.store(false, Ordering::Relaxed);
        let mut painter = Painter {
            fonts: &mut self.fonts,
            resources: page.raw().get::<Dict<'_>>(RESOURCES).unwrap_or_default(),
            marks: Vec::new(),
            lines: Lines::default(),
            pictures: Vec::new(),
            clips: Vec::new(),
            calls: 0,
            hidden: 0,
        };
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            draw(page, &self.cache, &self.settings, self.pdf, &mut painter)
        }));
        let Painter { marks, lines, pictures, hidden, .. } = painter;
        let mut canvas = Canvas::new(number, width, height);
        lines.finish(&mut canvas);
        stand(marks, pictures, &mut canvas);
        let why = match drawn {
            Err(thrown) if thrown.is::<Enough>() => {
                Some(format!("第 {number} 页内容过多，只读了一部分 (too much on the page)"))
            }
            Err(_) => Some(format!("第 {number} 页已损坏，只读了一部分 (damaged page)")),
            Ok(whole) => self.missing(&canvas, whole, hidden),
        };
        if why.is_some() {
            // A font that broke once is not trusted again.
            self.cache = InterpreterCache::new();
        }
        (canvas, why)
    }

    /// Why the page may say more than was read.
    fn missing(&self, canvas: &Canvas, whole: bool, hidden: usize) -> Option<String> {
        let number = canvas.number;
        let words = canvas.glyphs.iter().filter(|glyph| !glyph.c.is_whitespace()).count();
        let area = |[x0, y0, x1, y1]: &[f32; 4]| (x1 - x0).max(0.0) * (y1 - y0).max(0.0);
        let pictured: f32 = canvas.pictures.iter().map(area).sum();
        let covered = pictured > 0.5 * canvas.width * canvas.height;
        let drawn = !canvas.rules.is_empty() || !canvas.fills.is_empty();
        let why = match () {
            () if !whole => "已损坏，只读了一部分 (damaged page)",
            () if words == 0 && pictured > 0.0 => "是图片，没有文字 (scanned page)",
            () if words < 20 && covered => "大部分是图片，其中的文字没有读 (mostly a picture)",
            () if words == 0 && drawn => "没有文字，只有图形 (no text)",
            () if self.lost_font.load(Ordering::Relaxed) => {
                "有字体无法读取，文字不全 (unreadable font)"
            }
            () if hidden * 2 > words && covered => {
                "是图片，文字出自隐藏的识别层 (text of a hidden layer)"
            }
            () => return None,
        };
        Some(format!("第 {number} 页{why}"))
    }
}

/// Draws a page and its annotations; whether all of its content could be decoded.
fn draw<'p>(
    page: &Page<'p>,
    cache: &InterpreterCache<'p>,
    settings: &InterpreterSettings,
    pdf: &'p Pdf,
    painter: &mut Painter<'_, 'p>,
) -> bool {
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let start = page.initial_transform(true).to_kurbo();
    let settings =
        InterpreterSettings { render_content: RenderContent::ANNOTATIONS, ..settings.clone() };
    let mut context = Context::new(start, area, cache, pdf.xref(), settings);
    // Decoded here, not by the page, which would keep the bytes as long as the document.
    let (content, whole) = content(page);
    interpret(TypedIter::new(&content), page.resources(), &mut context, painter);
    interpret_page(page, &mut context, painter);
    whole
}

/// The content streams of a page joined, and whether all of them could be decoded.
fn content(page: &Page<'_>) -> (Vec<u8>, bool) {
    let dict = page.raw();
    let streams: Vec<Option<Stream<'_>>> = match dict.get::<Stream<'_>>(CONTENTS) {
        Some(stream) => vec![Some(stream)],
        None => match dict.get::<Array<'_>>(CONTENTS) {
            Some(array) => array.iter::<Stream<'_>>().map(Some).collect(),
            // No content at all is an empty page; content that is not there is a damaged one.
            None => return (Vec::new(), !dict.contains_key(CONTENTS)),
        },
    };
    let mut out = Vec::new();
    let mut whole = true;
    for stream in streams.into_iter().flatten() {
        whole &= unpack(&stream, &mut out);
        out.push(b' ');
    }
    (out, whole)
}

/// Adds what a stream holds to `out`; whether it was all there. The interpreter's own decoder keeps what it gets of a
/// cut stream and does not tell.
fn unpack(stream: &Stream<'_>, out: &mut Vec<u8>) -> bool {
    let start = out.len();
    let plain = matches!(stream.filters()[..], [Filter::FlateDecode])
        && !stream.dict().contains_key(DECODE_PARMS);
    if plain {
        let raw = stream.raw_data();
        if ZlibDecoder::new(&*raw).take(MOST_CONTENT).read_to_end(out).is_ok() {
            return true;
        }
        out.truncate(start);
    }
    match stream.decoded_data() {
        Ok(data) => out.extend_from_slice(&data),
        Err(_) => return false,
    }
    !plain
}

/// The device the interpreter draws on.
struct Painter<'r, 'p> {
    fonts: &'r mut Fonts,
    resources: Dict<'p>,
    marks: Vec<Mark>,
    lines: Lines,
    pictures: Vec<Rect>,
    /// Bounds of the clip paths in force, each inside the one before.
    clips: Vec<Rect>,
    calls: usize,
    hidden: usize,
}

impl Painter<'_, '_> {
    fn count(&mut self, calls: usize) {
        self.calls += calls;
        if self.calls > MOST_CALLS || self.marks.len() > MOST_GLYPHS {
            resume_unwind(Box::new(Enough));
        }
    }

    fn clip(&self) -> Option<Rect> {
        self.clips.last().copied()
    }

    fn push_clip(&mut self, bounds: Rect) {
        self.count(CLIP_CALLS);
        let inner = self.clip().map_or(bounds, |outer| outer.intersect(bounds));
        self.clips.push(inner);
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, place: Affine, hidden: bool) {
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(shape) => shape.advance_width(),
        };
        // Vertical writing has no advance to the right; its characters fill the em.
        let advance = advance.filter(|width| *width != 0.0).unwrap_or(1000.0);
        let [a, b, c, d, ..] = place.as_coeffs();
        let along = Vec2::new(a, b);
        let length = along.hypot();
        let size = 1000.0 * (a * d - b * c).abs() / length;
        let (at, step) = (place * Point::ZERO, along * f64::from(advance));
        if !(size.is_finite() && at.is_finite() && step.is_finite()) || length == 0.0 {
            return;
        }
        let first = self.marks.len();
        let marks = &mut self.marks;
        self.fonts.characters(glyph, &self.resources, |c| {
            marks.push(Mark {
                c,
                hidden,
                cut: false,
                x: at.x as f32,
                y: at.y as f32,
                step: [step.x as f32, step.y as f32],
                size: size as f32,
            });
        });
        // The characters of a ligature share its width.
        let count = (marks.len() - first) as f32;
        if count > 1.0 {
            for (index, mark) in marks[first..].iter_mut().enumerate() {
                mark.step = mark.step.map(|part| part / count);
                mark.x += mark.step[0] * index as f32;
                mark.y += mark.step[1] * index as f32;
            }
        }
        if let Some(clip) = self.clips.last() {
            for mark in &mut marks[first..] {
                match shown(*mark, *clip) {
                    Some(seen) => *mark = seen,
                    None => mark.cut = true,
                }
            }
        }
        self.hidden += (marks.len() - first) * usize::from(hidden);
    }
}

/// Whether nothing is seen of this paint on white paper.
fn white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => {
            let [r, g, b, alpha] = color.to_rgba().components();
            alpha < 0.05 || r.min(g).min(b) > 0.98
        }
        Paint::Pattern(_) => false,
    }
}

impl<'p> Device<'p> for Painter<'_, 'p> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'p>, mode: &DrawMode) {
        self.count(1);
        let clip = self.clip();
        self.lines.path(path, props.transform, mode, clip, white(&props.paint));
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'p>, mode: &DrawMode) {
        self.count(1);
        let clip = self.clip();
        self.lines.rect(*rect, props.transform, mode, clip, white(&props.paint));
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip(clip.path.control_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.push_clip(rect.abs());
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'p>, props: DrawProps<'p>, mode: &DrawMode) {
        self.count(1);
        let hidden = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), hidden);
        }
    }

    fn draw_image(&mut self, image: Image<'p, '_>, props: ImageDrawProps<'p>) {
        self.count(1);
        let unit = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let area = props.transform.transform_rect_bbox(unit);
        let area = self.clip().map_or(area, |clip| area.intersect(clip));
        if area.is_finite() && area.area() > 0.0 && !self.lines.thin(area, false) {
            self.pictures.push(area);
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'p>>, _: BlendMode) {
        self.count(1);
    }

    fn pop_transparency_group(&mut self) {}
}
