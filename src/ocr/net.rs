//! The two networks of PP-OCRv6 small: one finds where text stands, the other reads a line of it.

use super::picture::Plane;
use rten::{Model, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use std::sync::{Arc, Mutex, PoisonError};

/// Height of the lines that the reading network takes.
pub const LINE: usize = 48;
/// Columns of a line that make one step of the reading network.
pub const STEP: usize = 8;

/// Sides of what the detecting network sees are multiples of this, in pixels.
pub const GRAIN: usize = 32;
/// Most pixels that it sees at once.
const MOST_PIXELS: usize = 1_000_000;
/// Rows that are shown to it above and below those that are looked for.
const AROUND: usize = 2 * GRAIN;

/// The networks, loaded.
pub struct Nets {
    detector: Model,
    reader: Model,
    /// What each output of the reading network stands for; 0 is "nothing", the last one a blank.
    pub characters: Vec<char>,
    pool: Arc<ThreadPool>,
    /// Held while a network runs: that needs the most memory, and all threads work on it.
    running: Mutex<()>,
}

impl Nets {
    /// From the bytes of the two ONNX files, to run on `threads` threads.
    pub fn load(detector: Vec<u8>, reader: Vec<u8>, threads: usize) -> Result<Self, String> {
        let load = |bytes| {
            let mut options = rten::ModelOptions::with_all_ops();
            options.prepack_weights(true);
            options.load(bytes).map_err(|error| error.to_string())
        };
        let (detector, reader) = (load(detector)?, load(reader)?);
        let mut characters = vec!['\0'];
        let listed = reader.metadata().get("character").ok_or("no list of characters")?;
        characters.extend(listed.lines().map(|line| line.chars().next().unwrap_or(' ')));
        characters.push(' ');
        let pool = Arc::new(ThreadPool::with_num_threads(threads.max(1)));
        Ok(Self { detector, reader, characters, pool, running: Mutex::new(()) })
    }

    fn run(&self, model: &Model, input: NdTensor<f32, 4>) -> Result<rten::Value, String> {
        let _alone = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        model.run_one(input.into(), Some(options)).map_err(|error| error.to_string())
    }

    /// Runs work on the threads of the networks.
    pub fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.pool.run(work)
    }

    /// How likely each pixel is the core of a line of text; sides are multiples of [`GRAIN`].
    ///
    /// A large picture is looked at in bands: what the network needs grows with the pixels it sees at once.
    pub fn detect(&self, plane: &Plane) -> Result<Vec<f32>, String> {
        let (width, height) = (plane.width, plane.height);
        let count = (width * height).div_ceil(MOST_PIXELS).max(1);
        let rows = height.div_ceil(count).next_multiple_of(GRAIN);
        let mut map = Vec::with_capacity(width * height);
        for top in (0..height).step_by(rows) {
            let bottom = (top + rows).min(height);
            let (from, to) = (top.saturating_sub(AROUND), (bottom + AROUND).min(height));
            let band = plane.cropped([0, from as i32, width as i32, to as i32]);
            let value = self.run(&self.detector, batch(&[&band], width))?;
            let (_, data) = value.into_shape_vec::<f32, 4>().map_err(|error| error.to_string())?;
            let own = (top - from) * width..(bottom - from) * width;
            map.extend_from_slice(data.get(own).ok_or("a map of another size")?);
        }
        Ok(map)
    }

    /// For each line, for each step, the likelihoods of all characters. Lines are [`LINE`] high and padded to `width`.
    pub fn read(&self, lines: &[&Plane], width: usize) -> Result<NdTensor<f32, 3>, String> {
        let value = self.run(&self.reader, batch(lines, width))?;
        value.try_into().map_err(|error: rten::TryFromValueError| error.to_string())
    }
}

/// Planes side by side as the networks want them: three equal channels from -1 to 1, padded on the right.
fn batch(planes: &[&Plane], width: usize) -> NdTensor<f32, 4> {
    let height = planes[0].height;
    let mut data = Vec::with_capacity(planes.len() * 3 * height * width);
    for plane in planes {
        for _ in 0..3 {
            for y in 0..height {
                let row = plane.row(y);
                data.extend(row.iter().map(|shade| f32::from(*shade) / 127.5 - 1.0));
                data.resize(data.len() + width - row.len(), 0.0);
            }
        }
    }
    NdTensor::from_data([planes.len(), 3, height, width], data)
}
