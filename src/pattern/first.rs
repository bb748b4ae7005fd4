//! What can come next in a text, told from a few bits of a character.

use super::parse::Node;

/// What can come next: characters by their lowest nine bits, so it may say yes too often but never no.
#[derive(Debug, Clone, Default)]
pub(crate) struct First {
    bits: [u64; 8],
    /// Whether nothing may come.
    end: bool,
}

impl First {
    pub(super) fn anything() -> Self {
        Self { bits: [u64::MAX; 8], end: true }
    }

    /// What `node` begins with, and what comes after it where it can be empty.
    pub(super) fn of(node: &Node, after: &Self) -> Self {
        let mut first = Self::default();
        if first.add(node) {
            first.join(after);
        }
        first
    }

    /// Whether `c` may be one of them.
    pub(crate) fn may_be(&self, c: char) -> bool {
        let low = c as usize & 511;
        self.bits[low >> 6] >> (low & 63) & 1 == 1
    }

    /// Whether this can come next; `None` is the end of the text.
    pub(super) fn may_come(&self, next: Option<char>) -> bool {
        next.map_or(self.end, |c| self.may_be(c))
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.bits.iter_mut().zip(other.bits).for_each(|(own, other)| *own |= other);
        self.end |= other.end;
    }

    /// Adds what `node` can begin with; whether it can be empty.
    fn add(&mut self, node: &Node) -> bool {
        match node {
            Node::Char(c) => {
                self.range(*c, *c);
                false
            }
            Node::Class(class) => {
                match class.ranges() {
                    Some(ranges) => ranges.iter().for_each(|(from, to)| self.range(*from, *to)),
                    None => self.bits = [u64::MAX; 8],
                }
                false
            }
            Node::Assert(_) => true,
            Node::Group(inner, _) => self.add(inner),
            Node::Concat(parts) => parts.iter().all(|part| self.add(part)),
            Node::Alternatives(all) => all.iter().filter(|one| self.add(one)).count() > 0,
            Node::Repeat { node, least, .. } => self.add(node) || *least == 0,
        }
    }

    /// Adds the characters `from..=to`.
    pub(crate) fn range(&mut self, from: char, to: char) {
        for low in (from as usize..=to as usize).take(512).map(|c| c & 511) {
            self.bits[low >> 6] |= 1 << (low & 63);
        }
    }

    /// Whether a character whose last byte is this may come.
    fn may_end(&self, byte: u8) -> bool {
        match byte {
            0..=0x7f => self.may_be(char::from(byte)),
            // the last byte of longer characters holds their lowest six bits
            0x80..=0xbf => (0..8).any(|high| self.bits[high] >> (byte & 63) & 1 == 1),
            _ => false,
        }
    }
}

/// Finds what can come next in a text, looking at most places at one byte only.
#[derive(Debug)]
pub(super) struct Finder {
    first: First,
    /// Whether a character that ends with a byte may come.
    ends: [bool; 256],
}

impl Finder {
    pub(super) fn new(first: First) -> Self {
        let ends = std::array::from_fn(|byte| first.may_end(byte as u8));
        Self { first, ends }
    }

    /// Whether this can come next; `None` is the end of the text.
    pub(super) fn may_come(&self, next: Option<char>) -> bool {
        self.first.may_come(next)
    }

    /// The first place from `from` on of a character that may come.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<usize> {
        let mut end = from;
        loop {
            end +=
                text.as_bytes()[end..].iter().position(|byte| self.ends[usize::from(*byte)])? + 1;
            if text.is_char_boundary(end) {
                let c = text[..end].chars().next_back()?;
                if self.first.may_be(c) {
                    return Some(end - c.len_utf8());
                }
            }
        }
    }
}
