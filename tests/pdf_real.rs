//! The PDF reader against poppler on the real reports of `../shared`; without them these tests say so and pass.
//!
//! `cargo test --release --test pdf_real -- --nocapture` prints one line a file.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gouji::document::page::Glyph;
use gouji::document::pdf::{canvases, open};
use gouji::document::{ReadOptions, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

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
    let (mut all, mut all_cut, mut all_wrong) = (0, 0, 0);
    println!("file\tpages\tcharacters\tcut\tdifferent\tdigits\tshare");
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
        let (mut count, mut cut, mut off) = (0i64, 0i64, Bag::new());
        for (canvas, text) in pages.iter().zip(poppler.split('\u{c}')) {
            let mut bag = Bag::new();
            add(&mut bag, text.chars(), 1);
            count += bag.values().sum::<i64>();
            add(&mut bag, canvas.glyphs.iter().map(|glyph| glyph.c), -1);
            // Poppler prints what a clip path hides; here it stands aside.
            let mut aside = Bag::new();
            let inside = |glyph: &&Glyph| {
                glyph.x1 > 0.0
                    && glyph.x0 < canvas.width
                    && glyph.bottom > 0.0
                    && glyph.top < canvas.height
            };
            add(&mut aside, canvas.aside.iter().filter(inside).map(|glyph| glyph.c), 1);
            for (c, n) in bag {
                let hidden = aside.get(&c).copied().unwrap_or(0).min(n.max(0));
                cut += hidden;
                if n != hidden {
                    *off.entry(c).or_default() += (n - hidden).abs();
                    println!("   p{} {c} {:+}", canvas.number, -(n - hidden));
                }
            }
        }
        for gap in gaps {
            println!("   {}", gap.why);
        }
        let wrong: i64 = off.values().sum();
        let digits: i64 = off.iter().filter(|(c, _)| c.is_ascii_digit()).map(|(_, n)| n).sum();
        let share = 1.0 - wrong as f64 / count.max(1) as f64;
        println!("{name}\t{}\t{count}\t{cut}\t{wrong}\t{digits}\t{share:.5}", pages.len());
        assert!(share >= 0.999, "{name}: {wrong} of {count}");
        assert_eq!(digits, 0, "{name}");
        all += count;
        all_wrong += wrong;
        all_cut += cut;
    }
    println!("characters {all}, cut off by clip paths {all_cut}, different {all_wrong}");
}

/// Fifty damaged variants each of ten reports (truncated, bytes flipped, pieces cut out): read or refused, no panic, no
/// hang over 5 s, memory bounded.
#[test]
#[ignore = "takes minutes: cargo test --release --test pdf_real damaged -- --ignored --nocapture"]
fn damaged_variants() {
    let Some(reports) = reports() else { return };
    let mut seed = 7u32;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((seed >> 4) as usize) % below.max(1)
    };
    let (mut well, mut gaps, mut refused, mut worst) = (0, 0, 0, Duration::ZERO);
    for path in reports.iter().step_by(reports.len().div_ceil(10)) {
        let whole = std::fs::read(path).unwrap();
        for round in 0..50 {
            let mut bytes = whole.clone();
            match round % 4 {
                0 => bytes.truncate(next(whole.len())),
                1 => (0..1 + round * 4).for_each(|_| {
                    let at = next(whole.len());
                    bytes[at] = next(256) as u8;
                }),
                2 => {
                    let at = next(whole.len());
                    let end = (at + 1 + next(4000)).min(whole.len());
                    bytes.drain(at..end);
                }
                _ => {
                    // A stream cut short: its end is gone, its length stays as said.
                    let at = next(whole.len());
                    let end = bytes[at..].windows(9).position(|w| w == b"endstream");
                    let end = end.map_or(whole.len(), |end| at + end);
                    bytes[at..end].fill(0);
                }
            }
            let begun = Instant::now();
            match read(path, &bytes, &ReadOptions::default()) {
                Ok(document) if document.gaps.is_empty() => well += 1,
                Ok(_) => gaps += 1,
                Err(_) => refused += 1,
            }
            let spent = begun.elapsed();
            worst = worst.max(spent);
            assert!(spent < Duration::from_secs(5), "{} round {round}: {spent:?}", path.display());
        }
    }
    println!(
        "read {well}, read in part {gaps}, refused {refused}, slowest {worst:.2?}, {}",
        peak()
    );
    assert_eq!(well + gaps + refused, 500);
}

/// Peak memory of this process, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned()
}
