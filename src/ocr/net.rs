//! The two networks of PP-OCRv6 small: one finds where text stands, the other reads a line of it.

use super::picture::Plane;
use rten::{Model, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use std::sync::{Arc, Mutex, PoisonError};

/// Height of the lines that the reading network takes.
pub const LINE: usize = 48;
/// Columns of a line that make one step of the reading network.
pub const STEP: usize = 8;

/// The networks, loaded.
pub struct Nets {
    detector: Model,
    reader: Model,
    /// What each output of the reading network stands for; 0 is "nothing", the last one a blank.
    pub characters: Vec<char>,
    pool: Arc<ThreadPool>,
    /// Held by the page whose lines are being looked for: that needs the most memory, and all threads work on it.
    looking: Mutex<()>,
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
        Ok(Self { detector, reader, characters, pool, looking: Mutex::new(()) })
    }

    fn run(&self, model: &Model, input: NdTensor<f32, 4>) -> Result<rten::Value, String> {
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        model.run_one(input.into(), Some(options)).map_err(|error| error.to_string())
    }

    /// Runs work on the threads of the networks.
    pub fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.pool.run(work)
    }

    /// How likely each pixel is the core of a line of text; sides are multiples of 32.
    pub fn detect(&self, plane: &Plane) -> Result<Vec<f32>, String> {
        let _alone = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        let value = self.run(&self.detector, batch(&[plane], plane.width))?;
        let (_, data) = value.into_shape_vec::<f32, 4>().map_err(|error| error.to_string())?;
        Ok(data)
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
