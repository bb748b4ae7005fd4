//! Scanned pages: a picture becomes the same canvas of characters and rules as a drawn page.
//!
//! A network finds the lines of words, ruling lines are found in the ink, each line is cut out and read by another
//! network with, for every few characters, how sure the reading is and what else it might be ([`scan`]). The networks
//! are data that the user adds ([`models`]); without them a scanned page is a gap that says what to run.

mod cache;
mod ctc;
mod detect;
mod doubt;
mod ink;
mod lines;
pub mod models;
mod net;
pub mod page;
pub mod picture;
pub mod piece;
pub mod read;
pub mod render;
pub mod rules;
pub mod scan;
mod second;
mod shade;
mod skew;
mod strip;
mod wipe;

pub use cache::Cache;
pub use scan::Scan;

use net::Nets;
use page::Sheet;
use picture::Picture;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

/// Pages that are read at the same time; each needs some 150 MB.
const AT_ONCE: usize = 2;

/// What is told about the slow work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many scanned pages were met.
    Found(u64),
    /// One of them is done.
    Done,
}

/// Called at each [`Step`].
pub type Progress = Arc<dyn Fn(Step) + Send + Sync>;

/// Reads scanned pages, if the networks are there; cheap to clone. The default reads none.
#[derive(Clone, Default)]
pub struct Scans(Option<Arc<Shop>>);

/// The networks, loaded when the first page asks for them.
struct Shop {
    files: Option<[PathBuf; 2]>,
    threads: usize,
    cache: Option<Cache>,
    progress: Option<Progress>,
    nets: OnceLock<Result<Nets, String>>,
    busy: Mutex<usize>,
    free: Condvar,
}

impl fmt::Debug for Scans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scans").field("ready", &self.ready()).finish()
    }
}

impl Scans {
    /// With the networks in the user's data folder, on `threads` threads (0: one a core).
    pub fn of_user(threads: usize, progress: Option<Progress>) -> Self {
        let files = models::folder().and_then(|folder| models::installed(&folder));
        Self::new(files, threads, Cache::of_user(), progress)
    }

    /// With the detecting and the reading network in these files, keeping pages in `cache`.
    pub fn new(
        files: Option<[PathBuf; 2]>,
        threads: usize,
        cache: Option<Cache>,
        progress: Option<Progress>,
    ) -> Self {
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            count => count,
        };
        let (nets, busy, free) = (OnceLock::new(), Mutex::new(0), Condvar::new());
        Self(Some(Arc::new(Shop { files, threads, cache, progress, nets, busy, free })))
    }

    /// Whether the networks are there.
    pub fn ready(&self) -> bool {
        self.0.as_ref().is_some_and(|shop| shop.files.is_some())
    }

    /// Tells of slow work.
    pub fn tell(&self, step: Step) {
        if let Some(progress) = self.0.as_ref().and_then(|shop| shop.progress.as_ref()) {
            progress(step);
        }
    }

    /// Reads a page.
    ///
    /// # Errors
    /// There are no networks, or they cannot be loaded or run: why, for the page's gap.
    pub fn read(&self, picture: &Picture) -> Result<Sheet, String> {
        let missing = || format!("没有识别模型，请运行 {} (models are missing)", models::HOW);
        let shop = self.0.as_ref().ok_or_else(missing)?;
        let files = shop.files.as_ref().ok_or_else(missing)?;
        let key = shop.cache.as_ref().map(|cache| (cache, Cache::key(picture)));
        if let Some(sheet) = key.as_ref().and_then(|(cache, key)| cache.get(key)) {
            return Ok(sheet);
        }
        let _place = shop.wait();
        // A thread of its own: one that waits inside a pool, even for the networks to be loaded, would be given other
        // pages to read in the meantime, and wait for itself.
        let sheet = std::thread::scope(|scope| {
            let reading = scope.spawn(|| {
                let nets = shop.nets.get_or_init(|| shop.load(files));
                page::read(nets.as_ref().map_err(Clone::clone)?, picture)
            });
            reading.join().unwrap_or_else(|_| Err("识别时出错 (a defect of gouji)".into()))
        })?;
        if let Some((cache, key)) = key {
            cache.put(&key, &sheet);
        }
        Ok(sheet)
    }
}

impl Shop {
    fn load(&self, [detector, reader]: &[PathBuf; 2]) -> Result<Nets, String> {
        let bytes = |path: &PathBuf| {
            std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
        };
        Nets::load(bytes(detector)?, bytes(reader)?, self.threads)
    }

    /// Waits until fewer than [`AT_ONCE`] pages are being read.
    fn wait(&self) -> Place<'_> {
        let mut busy = self.busy();
        while *busy >= AT_ONCE {
            busy = self.free.wait(busy).unwrap_or_else(PoisonError::into_inner);
        }
        *busy += 1;
        Place(self)
    }

    fn busy(&self) -> MutexGuard<'_, usize> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among the pages that are being read.
struct Place<'a>(&'a Shop);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.busy() -= 1;
        self.0.free.notify_one();
    }
}
