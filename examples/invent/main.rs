//! Writes invented reports, as many as wanted, to measure a corpus with.
//!
//! `cargo run --release --example invent -- 100000 /tmp/reports` writes 0000000_2021.txt and so on, 500 to a folder,
//! and prints which of them have a figure changed. The same number always gives the same report.

#![allow(clippy::print_stdout)]

mod report;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(count), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: invent COUNT FOLDER [FIRST]".into());
    };
    let (count, folder): (u64, PathBuf) = (count.parse()?, folder.into());
    let first: u64 = arguments.next().map_or(Ok(0), |first| first.parse())?;
    for number in first..first + count {
        let invented = report::report(number);
        let inside = folder.join(format!("{:05}", number / 500));
        if number == first || number % 500 == 0 {
            std::fs::create_dir_all(&inside)?;
        }
        if let Some(planted) = invented.planted {
            println!("{}\t{planted}", invented.name);
        }
        std::fs::write(inside.join(invented.name), invented.text)?;
    }
    Ok(())
}
