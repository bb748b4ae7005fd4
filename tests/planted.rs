//! Planted errors: one digit, unit, word or code of a clean report changed. This is our recall; that the clean originals
//! are silent is our precision. A sample is tried here; `cargo bench --bench planted` tries all and prints the table.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "support/planted.rs"]
mod planted;

use planted::{Table, clean, known, names, plants, render, try_out};

/// How many plants of each kind and report are tried.
const SAMPLE: usize = 16;

#[test]
fn planted_errors_are_caught() {
    let mut table = Table::new();
    for (_, document) in clean(3, "") {
        let report = gouji::understand(document.clone());
        let known = known(&report);
        let mut all = plants(&report);
        all.extend(names(&report));
        for kind in ["digit", "unit", "direction", "year", "code"] {
            let own: Vec<_> = all.iter().filter(|plant| plant.kind == kind).collect();
            let step = own.len().div_ceil(SAMPLE).max(1);
            for plant in own.iter().step_by(step) {
                table.entry(kind).or_default().add(try_out(&document, &known, plant).0);
            }
        }
    }
    println!("{}", render(&table));
    assert!(table["digit"].planted >= 10, "{}", render(&table));
    let mut all = planted::Tally::default();
    table.values().for_each(|tally| all.add(*tally));
    let missed = all.provable - all.proven;
    assert!(missed * 100 <= all.provable * 3, "{}", render(&table));
    let wrong = all.suggested - all.right;
    assert!(wrong * 10 <= all.suggested, "{}", render(&table));
}
