//! Names the reader: a hash of all that decides how a report is read and judged, so that a corpus knows which of its
//! reports a newer gouji would read differently. Turns the grammars into JSON, which is read ten times as fast, and indexes
//! the dictionary.

use std::error::Error;
use std::path::{Path, PathBuf};

/// What has no part in reading: the command line, and the corpus but for its record of one report.
const OUTSIDE: [&str; 4] = ["src/cli", "src/cli.rs", "src/main.rs", "src/corpus.rs"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    for folder in ["src", "grammars"] {
        collect(&root.join(folder), &mut files)?;
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=Cargo.lock");
    files.push(root.join("Cargo.lock"));
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for file in &files {
        let name = file.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        let store = name.starts_with("src/corpus/") && !name.starts_with("src/corpus/record");
        if store || OUTSIDE.iter().any(|outside| name.starts_with(outside)) {
            continue;
        }
        hash = fnv(hash, name.as_bytes());
        hash = fnv(hash, &std::fs::read(file).unwrap_or_default());
    }
    println!("cargo::rustc-env=GOUJI_READER={hash:016x}");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for file in files.iter().filter(|file| file.extension().is_some_and(|name| name == "toml")) {
        let grammar: toml::Table = toml::from_str(&std::fs::read_to_string(file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        let name = out.join(file.strip_prefix(&root)?).with_extension("json");
        std::fs::create_dir_all(name.parent().unwrap_or(&out))?;
        std::fs::write(name, serde_json::to_string(&grammar)?)?;
    }
    let index = index(&std::fs::read_to_string(root.join("grammars/dictionary.txt"))?)?;
    std::fs::write(out.join("dictionary.index"), index)?;
    Ok(())
}

/// Each character that words of the dictionary begin with and the byte of its first line, four bytes each.
fn index(dictionary: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let (mut index, mut last, mut at) = (Vec::new(), None, 0);
    for line in dictionary.split_inclusive('\n') {
        let first = line.chars().next();
        if let (true, Some(first)) = (first != last, first) {
            index.extend((first as u32).to_le_bytes());
            index.extend(u32::try_from(at)?.to_le_bytes());
            last = Some(first);
        }
        at += line.len();
    }
    Ok(index)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// FNV-1a, 64 bits: names a version, resists nobody.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
