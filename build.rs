//! Names the reader: a hash of all that decides how a report is read and judged, so that a corpus knows which of its
//! reports a newer gouji would read differently.

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
    Ok(())
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
