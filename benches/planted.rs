//! All planted errors in all clean reports: `cargo bench --bench planted` prints the share caught and the share of right
//! suggestions, by kind. `-- --list` lists what is missed and the check that should have told, `-- --every 10` tries every
//! tenth plant only, `-- --only xian` those of reports with such a name, `-- --kind year` those of one kind.
//!
//! What can be proven is proven by the relations of the clean report: a figure that takes part in none is not planted. The
//! last line says how many figures that leaves out.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/support/planted.rs"]
mod planted;

use gouji::check::{Selection, run};
use gouji::report::coverage::{coverage, marks};
use planted::{Table, clean, known, names, plants, render, try_out};

fn main() {
    let list = std::env::args().any(|word| word == "--list");
    let after = |option: &str| std::env::args().skip_while(|word| word != option).nth(1);
    let every: usize = after("--every").map_or(1, |word| word.parse().unwrap());
    let only = after("--only").unwrap_or_default();
    let kind = after("--kind");
    let mut table = Table::new();
    let reports = clean(usize::MAX, &only);
    let (mut figures, mut compared) = (0, 0);
    for (path, document) in &reports {
        let report = gouji::understand(document.clone());
        let known = known(&report);
        let own = coverage(&report, &marks(&report, &run(&report, &Selection::default())));
        (figures, compared) = (figures + own.numbers, compared + own.checked);
        let all = plants(&report).into_iter().chain(names(&report));
        let own = all.filter(|plant| kind.as_deref().is_none_or(|kind| plant.kind == kind));
        for plant in own.step_by(every) {
            let (tally, suggestions) = try_out(document, &known, &plant);
            if list && (tally.proven < tally.provable || tally.right < tally.suggested) {
                let words = document.slice(plant.at);
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let from = document.text[..plant.at.start as usize].char_indices();
                let from = from.rev().nth(24).map_or(0, |(at, _)| at);
                let before = &document.text[from..plant.at.start as usize];
                let told = if tally.caught > 0 { "suggested wrongly" } else { "missed" };
                let (kind, broken) = (plant.kind, plant.broken.unwrap_or("nothing"));
                println!("{name} {kind} {told}: {broken} {before:?} {words} → {}", plant.text);
                for (check, told) in suggestions.iter().filter(|_| tally.right == 0) {
                    let (quote, replace) = (&told.quote, &told.replace_with);
                    println!(
                        "    {check}: {quote} → {replace} ({}) @{}",
                        told.because, told.at.start
                    );
                }
            }
            table.entry(plant.kind).or_default().add(tally);
        }
    }
    println!("{} clean reports", reports.len());
    print!("{}", render(&table));
    println!("{compared} of {figures} figures are compared with another");
}
