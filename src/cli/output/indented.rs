//! JSON indented for a reader: byte for byte what serde_json writes, but a string in which nothing is escaped, as nearly
//! all are, is copied whole instead of looked through byte by byte. That was half of the time the output took.

use serde::Serialize;
use serde::ser::{self, Impossible};
use std::fmt;
use std::io::{self, Write};

/// A comma, a line break and the blanks of the deepest place that is written at once.
const BREAK: &[u8; 66] = b",\n                                                                ";

/// So many bytes are gathered before they are written, at the end of a line: standard output holds an open line back
/// and writes it apart.
const GATHERED: usize = 1 << 16;

/// Writes one value, two blanks a level.
pub(super) struct Indented<W> {
    out: W,
    gathered: Vec<u8>,
    depth: usize,
    /// Whether the innermost array or object holds anything yet.
    filled: bool,
}

/// The place written to took no more.
#[derive(Debug)]
pub(super) struct Failure(pub(super) io::Error);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(io::Error::other(message.to_string()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(error.into())
    }
}

type Result<T = ()> = std::result::Result<T, Failure>;

impl<W: Write> Indented<W> {
    pub(super) fn new(out: W) -> Self {
        let gathered = Vec::with_capacity(GATHERED + GATHERED / 8);
        Self { out, gathered, depth: 0, filled: false }
    }

    /// Writes what is left, and a line break.
    pub(super) fn end(mut self) -> io::Result<()> {
        self.gathered.push(b'\n');
        self.out.write_all(&self.gathered)?;
        self.out.flush()
    }

    /// Begins the next element or key, after a comma where something stands before it.
    fn line(&mut self) -> Result {
        let from = usize::from(!self.filled);
        self.indent(from)
    }

    fn indent(&mut self, from: usize) -> Result {
        let at_once = self.depth.min(32);
        self.gathered.extend_from_slice(&BREAK[from..2]);
        if self.gathered.len() >= GATHERED {
            self.out.write_all(&self.gathered)?;
            self.gathered.clear();
        }
        self.gathered.extend_from_slice(&BREAK[2..2 + 2 * at_once]);
        (at_once..self.depth).for_each(|_| self.gathered.extend_from_slice(b"  "));
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> &mut Self {
        self.depth += 1;
        self.filled = false;
        self.gathered.push(bracket);
        self
    }

    fn close(&mut self, bracket: u8) -> Result {
        self.depth -= 1;
        if self.filled {
            self.indent(1)?;
        }
        self.filled = true;
        self.gathered.push(bracket);
        Ok(())
    }

    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result {
        self.line()?;
        value.serialize(&mut *self)?;
        self.filled = true;
        Ok(())
    }

    /// A field under its name, a word of Rust in which nothing is escaped.
    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result {
        self.line()?;
        self.gathered.push(b'"');
        self.gathered.extend_from_slice(name.as_bytes());
        self.gathered.extend_from_slice(b"\": ");
        value.serialize(&mut *self)?;
        self.filled = true;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result {
        // no early end: so many bytes are looked at at once
        let stays = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if !text.bytes().fold(true, |all, byte| all & stays(byte)) {
            return self.scalar(text);
        }
        self.gathered.push(b'"');
        self.gathered.extend_from_slice(text.as_bytes());
        self.gathered.push(b'"');
        Ok(())
    }

    fn scalar(&mut self, value: &(impl Serialize + ?Sized)) -> Result {
        Ok(serde_json::to_writer(&mut self.gathered, value)?)
    }
}

/// What is written as serde_json writes it.
macro_rules! scalars {
    ($($method:ident $kind:ty),*) => {
        $(fn $method(self, value: $kind) -> Result {
            self.scalar(&value)
        })*
    };
}

impl<W: Write> ser::Serializer for &mut Indented<W> {
    type Ok = ();
    type Error = Failure;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Impossible<(), Failure>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Failure>;

    scalars!(
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_f32 f32,
        serialize_f64 f64, serialize_char char
    );

    fn serialize_bytes(self, bytes: &[u8]) -> Result {
        bytes.serialize(self)
    }

    fn serialize_str(self, text: &str) -> Result {
        self.text(text)
    }

    fn serialize_none(self) -> Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result {
        self.gathered.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result {
        self.text(variant)
    }

    fn serialize_newtype_struct<T>(self, _: &'static str, value: &T) -> Result
    where
        T: Serialize + ?Sized,
    {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result
    where
        T: Serialize + ?Sized,
    {
        self.open(b'{').field(variant, value)?;
        self.close(b'}')
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self> {
        Ok(self.open(b'['))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self> {
        Ok(self.open(b'['))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self> {
        Ok(self.open(b'['))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(unknown(name))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self> {
        Ok(self.open(b'{'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self> {
        Ok(self.open(b'{'))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(unknown(name))
    }
}

/// A shape that no output of ours has.
fn unknown(name: &str) -> Failure {
    ser::Error::custom(format_args!("{name} has no form in our JSON"))
}

/// What holds one value after another.
macro_rules! arrays {
    ($($kind:ident $method:ident),*) => {
        $(impl<W: Write> ser::$kind for &mut Indented<W> {
            type Ok = ();
            type Error = Failure;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
                self.element(value)
            }

            fn end(self) -> Result {
                self.close(b']')
            }
        })*
    };
}

arrays!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field
);

impl<W: Write> ser::SerializeStruct for &mut Indented<W> {
    type Ok = ();
    type Error = Failure;

    fn serialize_field<T>(&mut self, key: &'static str, value: &T) -> Result
    where
        T: Serialize + ?Sized,
    {
        self.field(key, value)
    }

    fn end(self) -> Result {
        self.close(b'}')
    }
}

impl<W: Write> ser::SerializeMap for &mut Indented<W> {
    type Ok = ();
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.line()?;
        match serde_json::to_value(key)? {
            serde_json::Value::String(key) => self.text(&key),
            _ => Err(unknown("a key that is no text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.gathered.extend_from_slice(b": ");
        value.serialize(&mut **self)?;
        self.filled = true;
        Ok(())
    }

    fn end(self) -> Result {
        self.close(b'}')
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    struct Entry<'a> {
        words: &'a str,
        bbox: Option<[f32; 4]>,
        share: f64,
        missing: Option<u8>,
        by_check: BTreeMap<&'a str, usize>,
        pair: (i64, bool),
    }

    fn is_same(value: &impl Serialize) {
        let mut out = Vec::new();
        let mut json = Indented::new(&mut out);
        value.serialize(&mut json).unwrap();
        json.end().unwrap();
        let expected = serde_json::to_string_pretty(value).unwrap() + "\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn it_is_what_serde_json_writes() {
        let deep = (0..40).fold(json!([]), |inner, _| json!({"a": inner, "b": [1, {}]}));
        for value in [json!({}), json!([[], {"收入": "100.00\n"}, null, [{}], 1.5]), deep] {
            is_same(&value);
        }
        is_same(&vec!["收入总计"; GATHERED / 4]);
        for words in
            ["", "收入“总计”", "a\"b\\c", "\u{1}\u{7f}\u{2028}\t", "长长长长长长长长长长\n"]
        {
            is_same(&Entry {
                words,
                bbox: Some([1.0, 0.1, 72.5, 1e9]),
                share: f64::NAN,
                missing: None,
                by_check: BTreeMap::from([("sum/a\"b", 1), (words, 2)]),
                pair: (-1, true),
            });
        }
    }
}
