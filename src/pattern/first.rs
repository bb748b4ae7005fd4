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

    /// The first place from `from` on of a character that may come. The lowest nine bits of a character are the last of
    /// its bytes, so none is put together for it.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let mut at = from;
        loop {
            let (high, low, length) = match *bytes.get(at)? {
                one @ 0..=0x7f => (one >> 6, one, 1),
                lead => {
                    let length = if lead < 0xe0 { 2 } else { 3 + usize::from(lead >= 0xf0) };
                    let [.., high, low] = *bytes.get(at..at + length)? else { return None };
                    (high, low, length)
                }
            };
            if self.bits[usize::from(high & 7)] >> (low & 63) & 1 == 1 {
                return Some(at);
            }
            at += length;
        }
    }
}

/// What can come after the first character of a match: for each first character, by its lowest six bits, the second ones
/// by theirs. Rules out most places where a match may begin by its first character alone.
#[derive(Debug)]
pub(super) struct Pairs {
    seconds: [u64; 64],
    /// The first characters that may be the last of the text.
    last: u64,
}

impl Pairs {
    /// The pairs a match of `node` can begin with.
    pub(super) fn of(node: &Node) -> Self {
        let mut pairs = Self { seconds: [0; 64], last: 0 };
        if pairs.add(node, &First::anything()) {
            pairs = Self { seconds: [u64::MAX; 64], last: u64::MAX };
        }
        pairs
    }

    /// Whether a match may begin at a place of the text where a character stands.
    pub(super) fn may_begin(&self, text: &str, at: usize) -> bool {
        let mut chars = text[at..].chars();
        let first = chars.next().map_or(0, |c| c as usize & 63);
        match chars.next() {
            Some(second) => self.seconds[first] >> (second as u32 & 63) & 1 == 1,
            None => self.last >> first & 1 == 1,
        }
    }

    /// Adds the pairs that `node` begins, which `after` follows; whether it can be empty.
    fn add(&mut self, node: &Node, after: &First) -> bool {
        match node {
            Node::Char(c) => {
                self.range(*c, *c, after);
                false
            }
            Node::Class(class) => {
                match class.ranges() {
                    Some(all) => all.iter().for_each(|(from, to)| self.range(*from, *to, after)),
                    None => self.range('\0', '\u{3f}', after),
                }
                false
            }
            Node::Assert(_) => true,
            Node::Group(inner, _) => self.add(inner, after),
            Node::Concat(parts) => (0..parts.len()).all(|at| {
                let mut next = First::default();
                if parts[at + 1..].iter().all(|part| next.add(part)) {
                    next.join(after);
                }
                self.add(&parts[at], &next)
            }),
            Node::Alternatives(all) => all.iter().filter(|one| self.add(one, after)).count() > 0,
            Node::Repeat { node, least, most, .. } => {
                let mut again = after.clone();
                if *most != Some(1) {
                    again.join(&First::of(node, after));
                }
                self.add(node, &again) || *least == 0
            }
        }
    }

    /// Adds the pairs of the characters `from..=to` and what follows them.
    fn range(&mut self, from: char, to: char, after: &First) {
        let seconds = after.bits.iter().fold(0, |all, bits| all | bits);
        for low in (from as usize..=to as usize).take(64).map(|c| c & 63) {
            self.seconds[low] |= seconds;
            self.last |= u64::from(after.end) << low;
        }
    }
}
