//! JSON indented for a reader: as serde_json's own, each line break with its blanks written at once.

use serde_json::ser::Formatter;
use std::io::{Result, Write};

/// A comma, a line break and the blanks of the deepest place that is written at once.
const BREAK: &[u8; 66] = b",\n                                                                ";

/// Two blanks a level.
#[derive(Default)]
pub(super) struct Indented {
    depth: usize,
    /// Whether the innermost array or object holds anything yet.
    filled: bool,
}

impl Indented {
    /// Begins a line, after a comma where something stands before it.
    fn line<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> Result<()> {
        let at_once = self.depth.min(32);
        out.write_all(&BREAK[usize::from(first)..2 + 2 * at_once])?;
        (at_once..self.depth).try_for_each(|_| out.write_all(b"  "))
    }

    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth -= 1;
        if self.filled {
            self.line(out, true)?;
        }
        out.write_all(bracket)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.line(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        self.line(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde::Serialize;
    use serde_json::{Serializer, json};

    #[test]
    fn it_is_what_serde_json_writes() {
        let deep = (0..40).fold(json!([]), |inner, _| json!({"a": inner, "b": [1, {}]}));
        for value in [json!({}), json!([[], {"收入": "100.00\n"}, null]), deep] {
            let mut out = Vec::new();
            value
                .serialize(&mut Serializer::with_formatter(&mut out, Indented::default()))
                .unwrap();
            assert_eq!(
                String::from_utf8(out).unwrap(),
                serde_json::to_string_pretty(&value).unwrap()
            );
        }
    }
}
