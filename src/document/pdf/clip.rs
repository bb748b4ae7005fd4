//! What of a character a clip path leaves to be seen.
//!
//! A page that cuts a table hides text that the next page shows: that stands aside. A low cell hides the end of its own
//! words, `城乡社区支` for `城乡社区支出`: those are kept at its edge, and a figure that is cut there is not to be read.

use super::font::UNKNOWN;
use super::upright::Mark;
use hayro_interpret::kurbo::Rect;

/// A clip lower than so many lines is a cell; a higher one is the frame of a page.
const CELL: f32 = 5.0;
/// What is seen to this share stands where it is drawn.
const SEEN: f32 = 0.5;

/// The mark as `clip` shows it; `None` if it is hidden.
pub(super) fn shown(mark: Mark, clip: Rect) -> Option<Mark> {
    let [step, rise] = mark.step;
    let clip = clip.abs();
    let [left, top, right, bottom] = super::path::corners(clip);
    if rise.abs() > 0.05 * step.abs() || step <= 0.0 {
        // Turned text: the middle of the character decides.
        let (x, y) = (mark.x + step / 2.0, mark.y + rise / 2.0);
        let near = mark.size;
        let inside = x > left - near && x < right + near && y > top - near && y < bottom + near;
        return inside.then_some(mark);
    }
    let (high, low) = (mark.y - 0.88 * mark.size, mark.y + 0.12 * mark.size);
    let across = (right.min(mark.x + step) - left.max(mark.x)) / step;
    let down = (bottom.min(low) - top.max(high)) / mark.size;
    let cell = bottom - top < CELL * mark.size;
    let mut mark = mark;
    if down < SEEN {
        if !cell || down <= 0.0 {
            return None;
        }
        // Moved into its cell, lest it be taken for words of the next.
        mark.y += if low > bottom { bottom - low } else { top - high };
    }
    if across < SEEN {
        if !cell {
            return (across > 0.0).then_some(mark);
        }
        let beyond = (1.0 - across).max(1.0);
        let room = 0.4 * step / beyond;
        mark.x = if mark.x + step > right { right - room } else { left };
        // The order from left to right stays: the further out, the nearer to the edge.
        if mark.x == left {
            mark.x += 0.4 * step - room;
        }
        mark.step[0] = room;
        if across <= 0.0 && (mark.c.is_ascii_digit() || matches!(mark.c, '.' | ',' | '%')) {
            mark.c = UNKNOWN;
        }
    }
    Some(mark)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn mark(c: char, x: f32, y: f32) -> Mark {
        Mark { c, hidden: false, cut: false, x, y, step: [10.0, 0.0], size: 10.0 }
    }

    #[test]
    fn a_page_hides_and_a_cell_keeps() {
        let page = Rect::new(50.0, 50.0, 500.0, 700.0);
        assert!(shown(mark('支', 60.0, 720.0), page).is_none());
        assert_eq!(shown(mark('支', 60.0, 690.0), page), Some(mark('支', 60.0, 690.0)));
        let cell = Rect::new(50.0, 50.0, 95.0, 68.0);
        // The second line of a low cell moves up into it.
        let low = shown(mark('出', 60.0, 74.0), cell).unwrap();
        assert!((low.y - 66.8).abs() < 0.01, "{low:?}");
        // Words cut at the right edge stay in order inside.
        let cut: Vec<Mark> = (0..4)
            .map(|i| shown(mark('费', 85.0 + 10.0 * i as f32, 62.0), cell).unwrap())
            .collect();
        assert!(cut.windows(2).all(|pair| pair[0].x < pair[1].x), "{cut:?}");
        assert!(cut.iter().all(|mark| mark.x + mark.step[0] <= 95.01));
        // A figure cut there is unknown, not shorter.
        assert_eq!(shown(mark('5', 96.0, 62.0), cell).unwrap().c, UNKNOWN);
    }
}
