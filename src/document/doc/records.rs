//! The records of a Word 97–2003 file that tell where its paragraphs are (MS-DOC 2.4): pieces of text and property
//! pages.

/// Most characters of one document.
const MOST_CHARACTERS: usize = 20_000_000;

/// Little-endian numbers of a record; `None` beyond its end.
pub(super) trait Bytes {
    fn u16(&self, at: usize) -> Option<u16>;
    fn u32(&self, at: usize) -> Option<u32>;
}

impl Bytes for [u8] {
    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }
}

/// A paragraph of the main text.
pub(super) struct Paragraph<'a> {
    /// Its words without field codes.
    pub text: String,
    /// Its style by number.
    pub style: u16,
    /// Its own properties.
    pub properties: &'a [u8],
}

/// A piece of the text: where it stands in the file, and whether its characters take one byte.
#[derive(Clone, Copy)]
struct Piece {
    first: usize,
    end: usize,
    offset: usize,
    narrow: bool,
}

/// The paragraphs of the main text in order.
pub(super) struct Paragraphs<'a> {
    word: &'a [u8],
    pieces: Vec<Piece>,
    /// Where each property page begins to hold, and the page.
    pages: Vec<(u32, usize)>,
    piece: usize,
    at: usize,
    end: usize,
}

impl<'a> Paragraphs<'a> {
    /// By the piece table `clx` and the table of property pages; `end` is the length of the main text.
    pub fn new(word: &'a [u8], clx: &[u8], pages: &[u8], end: usize) -> Option<Self> {
        let mut at = 0;
        while *clx.get(at)? == 1 {
            at += 3 + usize::from(clx.u16(at + 1)?);
        }
        if *clx.get(at)? != 2 {
            return None;
        }
        let length = clx.u32(at + 1)? as usize;
        let table = clx.get(at + 5..(at + 5).checked_add(length)?)?;
        let count = table.len().checked_sub(4)? / 12;
        let mut pieces = Vec::with_capacity(count);
        for index in 0..count {
            let fc = table.u32(4 * (count + 1) + 8 * index + 2)?;
            let narrow = fc & 0x4000_0000 != 0;
            let offset = (fc & 0x3FFF_FFFF) as usize / if narrow { 2 } else { 1 };
            let (first, end) = (table.u32(4 * index)? as usize, table.u32(4 * index + 4)? as usize);
            pieces.push(Piece { first, end, offset, narrow });
        }
        let count = pages.len().checked_sub(4)? / 8;
        let page = |index: usize| {
            let number = pages.u32(4 * (count + 1) + 4 * index)? & 0x3F_FFFF;
            Some((pages.u32(4 * index)?, number as usize))
        };
        let pages = (0..count).map_while(page).collect();
        Some(Self { word, pieces, pages, piece: 0, at: 0, end: end.min(MOST_CHARACTERS) })
    }

    /// The next character and where it stands in the file.
    fn character(&mut self) -> Option<(u16, usize)> {
        if self.at >= self.end {
            return None;
        }
        while self.at >= self.pieces.get(self.piece)?.end {
            self.piece += 1;
        }
        let piece = self.pieces[self.piece];
        let index = self.at.checked_sub(piece.first)?;
        self.at += 1;
        Some(match piece.narrow {
            true => (u16::from(*self.word.get(piece.offset + index)?), piece.offset + index),
            false => {
                let place = piece.offset + 2 * index;
                (self.word.u16(place)?, place)
            }
        })
    }

    /// Style and properties of the paragraph whose mark stands at `place`.
    fn properties(&self, place: usize) -> Option<(u16, &'a [u8])> {
        let place = u32::try_from(place).ok()?;
        let after = self.pages.partition_point(|(from, _)| *from <= place);
        let (_, number) = self.pages.get(after.checked_sub(1)?)?;
        let page = self.word.get(number * 512..(number + 1) * 512)?;
        let count = usize::from(page[511]);
        let index =
            (0..count).find(|index| page.u32(4 * index + 4).is_some_and(|to| place < to))?;
        let entry = usize::from(*page.get(4 * (count + 1) + 13 * index)?) * 2;
        let (from, length) = match (entry, *page.get(entry)?) {
            (0, _) => return Some((0, &[])),
            (_, 0) => (entry + 2, 2 * usize::from(*page.get(entry + 1)?)),
            (_, words) => (entry + 1, 2 * usize::from(words) - 1),
        };
        let data = page.get(from..from + length)?;
        Some((data.u16(0)?, data.get(2..)?))
    }
}

impl<'a> Iterator for Paragraphs<'a> {
    type Item = Paragraph<'a>;

    fn next(&mut self) -> Option<Paragraph<'a>> {
        let (mut units, mut hidden, mut any) = (Vec::new(), 0u32, None);
        while let Some((unit, place)) = self.character() {
            any = Some(place);
            match unit {
                0x07 | 0x0C | 0x0D => break,
                0x13 => hidden += 1,
                0x14 => hidden = hidden.saturating_sub(1),
                0x15 => {}
                _ if hidden == 0 && unit >= 0x20 => units.push(unit),
                _ => {}
            }
        }
        let (style, properties) = self.properties(any?).unwrap_or((0, &[]));
        Some(Paragraph { text: String::from_utf16_lossy(&units), style, properties })
    }
}

/// The properties of a list of them, each with its operand.
pub(super) fn sprms(mut data: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let sprm = data.u16(0)?;
        let (from, length) = match sprm >> 13 {
            0 | 1 => (2, 1),
            2 | 4 | 5 => (2, 2),
            3 => (2, 4),
            7 => (2, 3),
            // The definition of a table has a length of two bytes, one too many.
            _ if sprm == 0xD608 => (4, usize::from(data.u16(2)?).saturating_sub(1)),
            _ => (3, usize::from(*data.get(2)?)),
        };
        let operand = data.get(from..from + length)?;
        data = &data[from + length..];
        Some((sprm, operand))
    })
}
