//! Defects of ours: a panic becomes the error of the file it struck, the rest of the batch is done.

use gouji::error::{Error, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Runs our own work on one file; a defect of ours becomes the error of the file it struck.
pub(super) fn guarded<T>(path: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(Error::new(path, defect(&*panic))))
}

/// A defect of ours is told once, as the error of the file it struck.
pub(super) fn quiet_panics() {
    std::panic::set_hook(Box::new(|_| {}));
}

fn defect(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    format!("a defect of gouji stopped the reading: {words}")
}
