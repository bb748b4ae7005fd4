//! By how much the lines of a page lean: the angle at which rows of ink and rows of paper differ most.

use super::ink::Bitmap;

/// The largest lean that is looked for, in degrees.
const MOST: f32 = 6.0;
/// Steps of the first look, in degrees.
const COARSE: f32 = 0.3;
/// Along the lines one pixel in so many is looked at.
const APART: usize = 5;
/// Pixels across the lines that are taken together.
const ROW: usize = 2;

/// The angle in radians by which the page must be turned clockwise to stand upright.
pub fn lean(ink: &Bitmap) -> f32 {
    let across = points(ink, false);
    let down = points(ink, true);
    let across = |degrees: f32| sharpness(&across, degrees.to_radians().tan(), ink.height);
    // Columns lean the other way.
    let down = |degrees: f32| sharpness(&down, -degrees.to_radians().tan(), ink.width);
    let (one, other) = (coarse(across), coarse(down));
    // Lines of text are sharp at one angle only; on a page on its side they are columns.
    let degrees = if one.1 >= other.1 { fine(one.0, across) } else { fine(other.0, down) };
    -degrees.to_radians()
}

/// The sharpest angle by large steps, and how much sharper it is than most.
fn coarse(measure: impl Fn(f32) -> f64) -> (f32, f64) {
    let steps = (MOST / COARSE) as i32;
    let angles = (-steps..=steps).map(|step| step as f32 * COARSE);
    let mut found: Vec<(f32, f64)> = angles.map(|angle| (angle, measure(angle))).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    (found[0].0, found[0].1 / found[found.len() / 2].1.max(1.0))
}

/// The sharpest angle about `around` by small steps.
fn fine(around: f32, measure: impl Fn(f32) -> f64) -> f32 {
    let angles = (-10..=10).map(|step| around + step as f32 * COARSE / 10.0);
    let found = angles.map(|angle| (angle, measure(angle))).max_by(|a, b| a.1.total_cmp(&b.1));
    let (angle, best) = found.unwrap_or_default();
    // A drawn page stands upright to the pixel, and a turn would only blur it.
    if angle.abs() < 0.15 && measure(0.0) > 0.95 * best { 0.0 } else { angle }
}

/// Ink as (along, across) the lines: all of it across, every [`APART`]th pixel along.
fn points(ink: &Bitmap, down: bool) -> Vec<(f32, f32)> {
    let (step_x, step_y) = if down { (1, APART) } else { (APART, 1) };
    let mut points = Vec::new();
    for y in (0..ink.height).step_by(step_y) {
        let row = &ink.bits[y * ink.width..(y + 1) * ink.width];
        for x in (0..ink.width).step_by(step_x).filter(|x| row[*x]) {
            points.push(if down { (y as f32, x as f32) } else { (x as f32, y as f32) });
        }
    }
    points
}

/// The sum of squared differences between neighbouring rows, were the page sheared by `slope`.
fn sharpness(points: &[(f32, f32)], slope: f32, length: usize) -> f64 {
    let mut rows = vec![0i64; length / ROW + 1];
    for (along, across) in points {
        let row = (across - slope * along) / ROW as f32;
        // Rows that leave the page come in again on the other side, so that no angle gains by losing ink.
        let row = (row.floor() as i64).rem_euclid(rows.len() as i64);
        rows[row as usize] += 1;
    }
    rows.windows(2).map(|pair| (pair[1] - pair[0]).pow(2) as f64).sum()
}

#[cfg(test)]
mod tests {
    use super::super::picture::Plane;
    use super::*;

    #[test]
    fn a_leaning_page_is_set_upright() {
        let mut plane = Plane::new(600, 800, 255);
        for y in (100..700).step_by(30) {
            for x in (60..520).filter(|x| x % 17 < 11) {
                (y..y + 10).for_each(|y| plane.pixels[y * 600 + x] = 0);
            }
        }
        for degrees in [-2.0f32, 0.0, 0.7, 3.3] {
            let leaning = plane.rotated(degrees.to_radians());
            let found = lean(&Bitmap::of(&leaning, 30)).to_degrees();
            assert!((found + degrees).abs() < 0.1, "{degrees}: {found}");
        }
    }
}
