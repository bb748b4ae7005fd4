//! All planted errors in all clean reports: `cargo bench --bench planted` prints the share caught and the share of right
//! suggestions, by kind.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/support/planted.rs"]
mod planted;

use planted::{Table, clean, names, plants, render, try_out};

fn main() {
    let list = std::env::args().any(|word| word == "--list");
    let mut table = Table::new();
    let reports = clean(usize::MAX);
    for (path, document) in &reports {
        let report = gouji::understand(document.clone());
        for plant in plants(&report).into_iter().chain(names(&report)) {
            let tally = try_out(document, &plant);
            if list && (tally.proven < tally.provable || tally.right < tally.suggested) {
                let words = document.slice(plant.at);
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let from = document.text[..plant.at.start as usize].char_indices();
                let from = from.rev().nth(24).map_or(0, |(at, _)| at);
                let before = &document.text[from..plant.at.start as usize];
                println!("{name} {} {tally:?} {before:?} {words} → {}", plant.kind, plant.text);
            }
            table.entry(plant.kind).or_default().add(tally);
        }
    }
    println!("{} clean reports", reports.len());
    print!("{}", render(&table));
}
