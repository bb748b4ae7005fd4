//! All planted errors in all clean reports: `cargo bench --bench planted` prints the share caught and the share of right
//! suggestions, by kind. `-- --list` lists what is missed, `-- --every 10` tries every tenth plant only.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/support/planted.rs"]
mod planted;

use planted::{Table, clean, known, names, plants, render, try_out};

fn main() {
    let list = std::env::args().any(|word| word == "--list");
    let mut words = std::env::args().skip_while(|word| word != "--every").skip(1);
    let every: usize = words.next().map_or(1, |word| word.parse().unwrap());
    let mut table = Table::new();
    let reports = clean(usize::MAX);
    for (path, document) in &reports {
        let report = gouji::understand(document.clone());
        let known = known(&report);
        for plant in plants(&report).into_iter().chain(names(&report)).step_by(every) {
            let tally = try_out(document, &known, &plant);
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
