//! The share of narrative amounts that met a table cell, report by report, as `gouji trace ties` counts it.
//!
//! When the real reports are there, each has 90 % or better, but for the ones named below with the reason.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;
use std::process::Command;

/// Reports under 90 %: name, the least share they may have, why.
const UNDER: [(&str, f64, &str); 1] = [
    // Transfers handed on to other units are explained in words; no table shows them apart.
    ("shenzhen_2026_09.pdf", 81.0, "transfers that no table shows"),
];

#[test]
fn nine_of_ten_narrative_amounts_meet_a_cell_in_every_report() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    if !shared.is_dir() {
        println!("no real reports here");
        return;
    }
    let run = Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["trace", "ties"])
        .args([shared.join("budget"), shared.join("final_accounts")])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&run.stdout);
    let (mut counted, mut low) = (0, Vec::new());
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, amounts, compared, share] = fields[..] else { continue };
        let amounts: u32 = amounts.parse().unwrap_or(0);
        if amounts == 0 || name.starts_with("reports") {
            continue;
        }
        counted += 1;
        let share: f64 = share.trim_end_matches(" %").parse().unwrap();
        let least =
            UNDER.iter().find(|(under, ..)| *under == name).map_or(90.0, |(_, least, _)| *least);
        if share < least {
            low.push(format!(
                "{name}: {compared} of {amounts}, {share} % where {least} % was reached"
            ));
        }
    }
    assert!(counted >= 70, "only {counted} reports with amounts and tables");
    assert!(low.is_empty(), "{}", low.join("\n"));
}
