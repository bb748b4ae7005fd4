//! Reads pictures of pages and writes what was read beside each, for `tests/scans/measure.py`.
//!
//! `cargo run --release --example scan -- PICTURE...` with the models installed; `NAME.clean.png` is taken for 200 dpi,
//! `NAME.mild.*` for 150, all others for 120. `NAME.signs` holds the seconds taken, then a character a line: character,
//! left, top, right, bottom in points, certainty from 0 to 100. With `GOUJI_CACHE` set, what was read is kept there, so that `tables.py` needs not read it again.
#![allow(clippy::print_stdout)]

use gouji::ocr::picture::Picture;
use gouji::ocr::{Cache, Scans, models};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let files = models::folder().and_then(|folder| models::installed(&folder));
    let scans = Scans::new(files, 0, Cache::of_user(), None);
    let mut spent = 0.0;
    let mut count = 0;
    for name in std::env::args().skip(1) {
        let path = Path::new(&name);
        let image = image::open(path)?.into_rgb8();
        let (width, height) = (image.width() as usize, image.height() as usize);
        let picture = Picture::from_bytes(width, height, 3, image.as_raw());
        if count == 0 {
            // The models are loaded before the clock starts.
            scans.read(&picture)?;
        }
        let started = Instant::now();
        let sheet = scans.read(&picture)?;
        let seconds = started.elapsed().as_secs_f64();
        (spent, count) = (spent + seconds, count + 1);
        let dpi = match () {
            () if name.contains(".clean.") => 200.0,
            () if name.contains(".mild.") => 150.0,
            () => 120.0,
        };
        // Small print is read from a larger picture.
        let dpi = dpi * sheet.width as f32 / width as f32;
        let mut text = format!("{seconds}\n");
        for words in &sheet.words {
            for sign in &words.signs {
                let [x0, y0, x1, y1] = sign.rect.map(|side| side * 72.0 / dpi);
                let certainty = words.pieces[sign.piece].0 * 100.0;
                writeln!(text, "{}\t{x0}\t{y0}\t{x1}\t{y1}\t{certainty}", sign.c)?;
            }
        }
        std::fs::write(path.with_extension("signs"), text)?;
    }
    println!("{count} pages, {:.2} s a page", spent / f64::from(count.max(1)));
    Ok(())
}
