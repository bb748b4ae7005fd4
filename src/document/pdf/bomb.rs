//! Streams that swell beyond all measure when they are unpacked; looked for before anything is.
//!
//! Deflate packs at most 1 to 1032, so short streams are harmless, unless they are packed twice.

use flate2::read::ZlibDecoder;
use regex::bytes::Regex;
use std::io::{Read, copy, sink};
use std::sync::LazyLock;

/// The largest stream that is unpacked.
const MOST: u64 = 256 << 20;
/// A stream shorter than this cannot swell beyond 64 megabytes.
const HARMLESS: usize = 64 << 10;
/// How far before its stream a dictionary is looked at.
const DICTIONARY: usize = 600;

/// Whether a stream of the file would unpack to more than [`MOST`] bytes.
pub(super) fn swells(bytes: &[u8]) -> bool {
    static STREAM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"stream\r?\n").ok());
    let Some(stream) = STREAM.as_ref() else { return false };
    let mut from = 0;
    while let Some(found) = stream.find_at(bytes, from) {
        from = found.end();
        if bytes[..found.start()].ends_with(b"end") {
            continue;
        }
        let dictionary = &bytes[found.start().saturating_sub(DICTIONARY)..found.start()];
        let begin = dictionary.windows(4).rposition(|word| word == b" obj").unwrap_or(0);
        let count = |name: &[u8]| {
            dictionary[begin..].windows(name.len()).filter(|word| *word == name).count()
        };
        let times = count(b"/FlateDecode") + count(b"/Fl ") + count(b"/Fl]");
        // Pictures are not unpacked here.
        if times == 0 || (times == 1 && count(b"/Image") > 0) {
            continue;
        }
        let end = stream.find_at(bytes, from).map_or(bytes.len(), |next| next.start());
        let packed = &bytes[from..end];
        if times == 1 && packed.len() < HARMLESS {
            continue;
        }
        let once = ZlibDecoder::new(packed);
        let size = match times {
            1 => copy(&mut once.take(MOST + 1), &mut sink()),
            2 => copy(&mut ZlibDecoder::new(once).take(MOST + 1), &mut sink()),
            // Nobody packs three times for a good reason.
            _ => return true,
        };
        if size.is_ok_and(|size| size > MOST) {
            return true;
        }
    }
    false
}
