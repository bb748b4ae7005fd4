//! How far long work has come.

use super::walk::known;
use crate::cli::options::Options;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// So many files are long work.
const LONG: u64 = 20;

/// How often the clock of the bar moves.
const TICK: Duration = Duration::from_millis(250);

/// A bar on a terminal where the work is long; its length is counted on the side while the first files are read.
pub(super) fn bar(options: &Options) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
    if !is_wanted(options) {
        return bar;
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} {elapsed}/{eta}");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let (counter, paths) = (bar.clone(), options.paths.clone());
    std::thread::spawn(move || {
        let mut count = 0;
        for path in paths {
            let entries = walkdir::WalkDir::new(path).follow_links(true).into_iter().flatten();
            for _ in entries.filter(|entry| entry.file_type().is_file() && known(entry.path())) {
                count += 1;
                if count == LONG {
                    show(&counter);
                }
                counter.inc_length(1);
            }
        }
    });
    bar
}

/// Whether somebody watches.
pub(super) fn is_wanted(options: &Options) -> bool {
    !options.quiet && std::io::stderr().is_terminal()
}

/// Draws the bar from now on, and its clock while nothing is done.
pub(super) fn show(bar: &ProgressBar) {
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.enable_steady_tick(TICK);
}
