//! Paragraphs of word processors and pages of the web, where a line break may be a soft one or end a paragraph.

use super::{BlockId, BlockKind, Builder, Origin};

/// Lines shorter than this are broken on purpose, e.g. a heading before `<br>`.
const SHORT: usize = 25;

/// Hands text to a [`Builder`] and decides at each manual line break whether a paragraph ends.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    line: usize,
    last: Option<char>,
}

impl Flow {
    /// Adds text that may hold `\n` for manual line breaks.
    pub fn text(&mut self, builder: &mut Builder, text: &str, origin: &Origin, kind: BlockKind) {
        for (index, piece) in text.split('\n').enumerate() {
            if index > 0 {
                self.line_break(builder, origin, kind);
            }
            self.line += piece.chars().count();
            self.last = piece.trim_end().chars().next_back().or(self.last);
            builder.run(piece, origin.clone());
        }
    }

    fn line_break(&mut self, builder: &mut Builder, origin: &Origin, kind: BlockKind) {
        let closed = self.last.is_some_and(|c| "。！？；：!?;:".contains(c));
        if closed || self.line < SHORT {
            self.end(builder, kind);
        } else {
            builder.run("\n", origin.clone());
            self.line = 0;
        }
    }

    /// Ends the paragraph.
    pub fn end(&mut self, builder: &mut Builder, kind: BlockKind) -> Option<BlockId> {
        *self = Self::default();
        builder.end(kind)
    }
}
