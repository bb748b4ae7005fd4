//! Numbers that a narrow cell breaks over two lines: `120.0` above `0` is 120.00, `≥3` above `0公里` is 30.
//!
//! A program breaks inside a number only where not one more character fits. So the upper line must fill its cell: what
//! is left beside it is less than the padding on both sides and the next digit. Figures stacked in a wide cell are
//! figures of their own.

use super::grid::Grid;
use super::lattice::Slot;
use super::line::Line;

/// The least room that text leaves at the left of its cell, what the program keeps free on either side.
pub(super) fn padding(grid: &Grid) -> f32 {
    let cells = grid.lattice.cells.iter().zip(&grid.texts);
    let gaps = cells.flat_map(|(slot, lines)| {
        let edge = grid.lattice.xs[slot.col as usize];
        lines.iter().map(move |line| line.left() - edge)
    });
    gaps.filter(|gap| *gap >= 0.0).fold(f32::MAX, f32::min)
}

/// Whether a line ends and the next begins inside what may be one number.
pub(super) fn may_go_on(line: &Line, next: &Line) -> bool {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let (above, below) = (line.text.trim_end(), next.text.trim_start());
    let before = &above[above.trim_end_matches(figure).len()..];
    let after = &below[..below.len() - below.trim_start_matches(figure).len()];
    let percent = after.is_empty() && below.starts_with('%');
    if before.is_empty()
        || after.is_empty() && !percent
        || !before.starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let points = before.matches('.').count() + after.matches('.').count();
    // Whole numbers as long as each other may be two.
    let alike = points == 0 && before == above && after == below && before.len() == after.len();
    points <= 1 && !alike
}

/// Whether a line leaves no room for another character in its cell.
pub(super) fn fills(grid: &Grid, slot: Slot, line: &Line, next: &Line, padding: f32) -> bool {
    let [left, _, right, _] = grid.lattice.cell_box(slot);
    let count = next.text.chars().filter(|c| !c.is_whitespace()).count().max(1) as f32;
    // A digit is about half an em; Han characters beside it make the mean wider.
    let digit = ((next.right() - next.left()) / count).min(0.55 * next.size);
    (right - left) - (line.right() - line.left()) < 2.0 * padding + digit
}

#[cfg(test)]
mod tests {
    use super::super::lattice::Lattice;
    use super::*;

    fn line(text: &str, left: f32, right: f32) -> Line {
        let mut line = Line::default();
        (line.text, line.bbox, line.size) = (text.into(), [left, 0.0, right, 10.0], 10.0);
        line
    }

    fn joined(above: Line, below: Line) -> bool {
        let slot = Slot { row: 0, col: 0, rowspan: 1, colspan: 1 };
        let lattice = Lattice {
            xs: vec![0.0, 36.0],
            ys: vec![0.0, 30.0],
            cells: vec![slot],
            of_slot: vec![0],
        };
        let going = may_go_on(&above, &below);
        let (next, lines) = (below.clone(), vec![above.clone(), below]);
        let grid = Grid { lattice, texts: vec![lines], ..Grid::default() };
        going && fills(&grid, slot, &above, &next, padding(&grid))
    }

    #[test]
    fn a_full_line_goes_on_inside_a_number() {
        assert!(joined(line("120.0", 5.0, 29.0), line("0", 5.0, 10.0)));
        assert!(joined(line("90.00", 5.0, 29.0), line("%", 5.0, 12.0)));
        // room for another digit: two figures
        assert!(!joined(line("120", 5.0, 20.0), line("15", 5.0, 15.0)));
        assert!(!joined(line("12.5", 5.0, 29.0), line("13.5", 5.0, 29.0)));
        assert!(!joined(line("20805", 5.0, 29.0), line("20899", 5.0, 29.0)));
    }
}
