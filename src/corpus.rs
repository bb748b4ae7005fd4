//! The corpus: many reports in one SQLite file, to be searched, counted, exported and checked against each other.
//!
//! `gouji corpus add archive.db reports/` reads a folder once; a second run reads only what is new, what changed, and
//! what a newer gouji would read differently. One report is one transaction: a run that is killed loses nothing done.

mod read;
pub mod record;
mod stats;
mod store;
mod write;

pub use read::Known;
pub use record::{Record, reader};
pub use stats::{Count, Stats, stats};
pub use store::{Corpus, Writer};
