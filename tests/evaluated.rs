//! Consistent evaluations of invented projects in a mix of wordings: each is silent, and most of its figures are compared.
//! With one figure changed, each is told.
#![allow(clippy::unwrap_used)]

#[path = "support/invented.rs"]
mod invented;
#[path = "evaluated/words.rs"]
mod words;

use invented::{are_silent_and_compared, are_told};
use words::write;

#[test]
fn consistent_evaluations_are_silent_and_mostly_compared() {
    are_silent_and_compared(write);
}

#[test]
fn one_changed_figure_is_told() {
    let after =
        ["得分率", "实际支出", "完成率", "回收率", "占", "管理制度健全性", "产出", "“优”。其中："];
    are_told(write, |c| !c.is_ascii_digit(), &after);
}
