//! Chart caches: `2023年⇥`, then `收入（万元）⇥支出（万元）⇥100.00⇥100.00⇥`, as Word converters append them.

use super::lines::Line;
use super::paragraphs::Wrap;
use crate::document::{Builder, Run, clean};

/// Reads a chart that starts at `lines[at]`; the result is the line after it.
pub(super) fn chart(
    lines: &[Line],
    prose: usize,
    at: usize,
    builder: &mut Builder,
    wrap: &Wrap,
) -> Option<usize> {
    let mut name = series_name(lines.get(at)?)?;
    let mut categories: Vec<String> = vec![];
    let mut series = vec![];
    let mut next = at + 1;
    while let Some(body) = lines.get(next).and_then(body) {
        if categories.is_empty() {
            categories = body.categories;
        }
        let values = body.values.into_iter().map(Some).collect();
        series.push((std::mem::take(&mut name), values));
        next += 1;
        match body.next {
            Some(following) => name = following,
            None => break,
        }
    }
    if series.is_empty() {
        return None;
    }
    let titled = at > prose && is_title(&lines[at - 1]);
    let title_at = at - usize::from(titled);
    super::close(lines, prose, title_at, builder, wrap);
    let title = if titled { clean::cleaned(&lines[at - 1].text()) } else { String::new() };
    builder.chart(&title, categories, series);
    Some(next)
}

/// A single field that ends with a tab.
fn series_name(line: &Line) -> Option<String> {
    let text = line.text();
    let name = text.strip_suffix('\t')?;
    (!name.is_empty() && !name.contains('\t') && name.chars().count() <= 60)
        .then(|| clean::cleaned(name))
        .filter(|name| !name.is_empty())
}

struct Body {
    categories: Vec<String>,
    values: Vec<Run>,
    next: Option<String>,
}

/// Category names, as many values, and perhaps the name of the next series; all closed by tabs.
fn body(line: &Line) -> Option<Body> {
    let text = line.text();
    if !text.ends_with('\t') || text.starts_with('\t') {
        return None;
    }
    let mut fields = line.split(b'\t');
    fields.pop();
    let numeric = |field: &Line| is_value(&clean::cleaned(&field.text()));
    let next = match fields.last() {
        Some(last) if fields.len() % 2 == 1 && !numeric(last) => {
            let name = clean::cleaned(&last.text());
            fields.pop();
            Some(name)
        }
        _ => None,
    };
    let half = fields.len() / 2;
    if half == 0 || fields.len() % 2 == 1 || !fields[half..].iter().all(numeric) {
        return None;
    }
    let categories = fields[..half].iter().map(|field| clean::cleaned(&field.text())).collect();
    let values =
        fields[half..].iter().filter_map(|field| field.runs().into_iter().next()).collect();
    Some(Body { categories, values, next })
}

/// A cached value: digits with an optional sign, separators, exponent and percent sign.
fn is_value(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && text.bytes().all(|byte| byte.is_ascii_digit() || b".,-%+eE".contains(&byte))
}

/// A short line of words directly above.
fn is_title(line: &Line) -> bool {
    let text = line.text();
    let text = text.trim();
    let short = !text.is_empty() && text.chars().count() <= 40;
    short && !text.contains(['\t', '。', '；']) && !super::paragraphs::starts_label(text)
}
