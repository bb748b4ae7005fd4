//! The PDF reader against poppler on the real reports of `../shared`; without them these tests say so and pass.
//!
//! `cargo test --release --test pdf_real -- --nocapture` prints one line a file.

#![allow(clippy::unwrap_used)]

use gouji::document::ReadOptions;
use gouji::document::pdf::{canvases, open};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The reports, if they are here and poppler is installed.
fn reports() -> Option<Vec<PathBuf>> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    if !shared.exists() {
        eprintln!("skipped: no ../shared");
        return None;
    }
    if Command::new("pdftotext").arg("-v").output().is_err() {
        eprintln!("skipped: no pdftotext");
        return None;
    }
    let mut out = Vec::new();
    for folder in std::fs::read_dir(shared).unwrap().flatten() {
        let Ok(files) = std::fs::read_dir(folder.path()) else { continue };
        let files = files.flatten().map(|entry| entry.path());
        out.extend(files.filter(|path| path.extension().is_some_and(|name| name == "pdf")));
    }
    out.sort();
    Some(out)
}

type Bag = BTreeMap<char, i64>;

fn add(bag: &mut Bag, text: impl IntoIterator<Item = char>, by: i64) {
    for c in text {
        // What has no ink and what has no name are not compared.
        if !c.is_whitespace()
            && !c.is_control()
            && !('\u{E000}'..='\u{F8FF}').contains(&c)
            && c != '\u{FFFD}'
        {
            *bag.entry(c).or_default() += by;
        }
    }
}

/// The same characters as poppler, each as often, page by page.
#[test]
fn characters_are_those_of_poppler() {
    let Some(reports) = reports() else { return };
    let (mut all, mut wrong) = (0, 0);
    for path in reports {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let poppler = Command::new("pdftotext")
            .args(["-raw", "-enc", "UTF-8"])
            .arg(&path)
            .arg("-")
            .output()
            .unwrap();
        let poppler = String::from_utf8_lossy(&poppler.stdout).into_owned();
        let pdf = open(&path, &std::fs::read(&path).unwrap(), &ReadOptions::default()).unwrap();
        let (pages, gaps) = canvases(&pdf);
        let mut count = 0i64;
        let mut off = 0i64;
        let mut off_digits = 0i64;
        let mut lines = Vec::new();
        for (canvas, text) in pages.iter().zip(poppler.split('\u{c}')) {
            let mut bag = Bag::new();
            add(&mut bag, text.chars(), 1);
            count += bag.values().sum::<i64>();
            add(&mut bag, canvas.glyphs.iter().map(|glyph| glyph.c), -1);
            bag.retain(|_, n| *n != 0);
            if bag.is_empty() {
                continue;
            }
            off += bag.values().map(|n| n.abs()).sum::<i64>();
            off_digits +=
                bag.iter().filter(|(c, _)| c.is_ascii_digit()).map(|(_, n)| n.abs()).sum::<i64>();
            let mut aside = Bag::new();
            add(&mut aside, canvas.aside.iter().map(|glyph| glyph.c), 1);
            lines.push(format!(
                "   p{} {:?} aside {}",
                canvas.number,
                bag,
                aside.values().sum::<i64>()
            ));
        }
        let share = 1.0 - off as f64 / count.max(1) as f64;
        println!("{name}\t{}\t{count}\t{off}\t{off_digits}\t{share:.5}", pages.len());
        for gap in gaps {
            println!("   {}", gap.why);
        }
        for line in lines.iter().take(12) {
            println!("{}", line.chars().take(600).collect::<String>());
        }
        all += count;
        wrong += off;
    }
    println!("all {all} wrong {wrong}");
}
