//! The corpus: many reports in one SQLite file, to be searched, counted, exported and checked against each other.
//!
//! `gouji corpus add archive.db reports/` reads a folder once; a second run reads only what is new, what changed, and
//! what a newer gouji would read differently. One report is one transaction: a run that is killed loses nothing done.

pub mod check;
pub mod export;
mod panel;
mod read;
pub mod record;
pub mod sample;
mod sampled;
mod search;
mod stats;
mod store;
mod write;

pub use export::spreadsheet_cell;
pub use panel::{Choice, INDICATORS, Line, Panel, panel};
pub use read::Known;
pub use record::{Record, reader};
pub use sampled::sampled;
pub use search::{Hit, Hits, Query, search};
pub use stats::{Count, Stats, stats};
pub use store::{Corpus, Writer};
