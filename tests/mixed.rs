//! Consistent reports of invented departments in a mix of wordings of many places: each is silent, and most of its
//! figures are compared. With one figure changed, each is told.
#![allow(clippy::unwrap_used)]

#[path = "support/invented.rs"]
mod invented;
#[path = "mixed/words.rs"]
mod words;

use invented::{are_silent_and_compared, are_told};
use words::write;

#[test]
fn consistent_reports_are_silent_and_mostly_compared() {
    are_silent_and_compared(write);
}

#[test]
fn one_changed_figure_is_told() {
    let after = ["其中：基本支出", "卫生健康支出", "公务接待费", "授予中小企业合同金额"];
    are_told(write, |c| c == '.', &after);
}
