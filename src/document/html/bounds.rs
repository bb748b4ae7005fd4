//! A cheap look at a page before the parser builds its tree, which a small file can make endless.

/// Deepest nesting of elements; real pages stay below 100.
const MAX_DEPTH: usize = 400;
/// Most tags of a page; a workbook of 10,000 rows saved as a page has 200,000.
const MAX_TAGS: usize = 500_000;
/// Most attributes of one tag (the parser compares each with all before it) and of a page.
const MAX_ATTRIBUTES: usize = 500;
const MAX_ALL_ATTRIBUTES: usize = 2_000_000;
/// Most elements that the parser opens again because `<b>` or `<font>` was never closed.
const MAX_REOPENED: usize = 2_000_000;

/// Elements that end by themselves or where another of their kind begins.
const LOOSE: [&str; 24] = [
    "p", "li", "td", "th", "tr", "br", "img", "hr", "input", "meta", "link", "option", "dt", "dd",
    "col", "colgroup", "thead", "tbody", "tfoot", "base", "area", "param", "source", "wbr",
];
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Fails on a page that is too deep or would grow beyond all bounds.
pub(super) fn check(page: &str) -> Result<(), &'static str> {
    let deep = "网页嵌套过深 (page nested too deeply)";
    let large = "网页过大：标记过多 (too many tags or attributes)";
    let (mut now, mut foreign, mut formatting, mut reopened) = (0usize, 0usize, 0usize, 0usize);
    let (mut tags, mut attributes) = (0usize, 0usize);
    for piece in page.split('<').skip(1) {
        let closing = piece.starts_with('/');
        let name: String = piece
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .take(20)
            .collect::<String>()
            .to_lowercase();
        if name.is_empty() {
            continue;
        }
        tags += 1;
        let inside = piece.split('>').next().unwrap_or("");
        let count = attributes_of(inside);
        attributes += count;
        if count > MAX_ATTRIBUTES || attributes > MAX_ALL_ATTRIBUTES || tags > MAX_TAGS {
            return Err(large);
        }
        let empty = inside.ends_with('/');
        if FORMATTING.contains(&name.as_str()) {
            match closing {
                true => formatting = formatting.saturating_sub(1),
                false => formatting += 1,
            }
        } else if !closing {
            reopened += formatting;
            if reopened > MAX_REOPENED {
                return Err(deep);
            }
        }
        // Inside drawings and formulas nothing ends by itself.
        if name == "svg" || name == "math" {
            foreign = if closing { foreign.saturating_sub(1) } else { foreign + 1 };
        }
        if foreign == 0 && LOOSE.contains(&name.as_str()) {
            continue;
        }
        if closing {
            now = now.saturating_sub(1);
        } else if !empty {
            now += 1;
            if now > MAX_DEPTH {
                return Err(deep);
            }
        }
    }
    Ok(())
}

/// How many attributes a tag may have: words outside quotes.
fn attributes_of(tag: &str) -> usize {
    let (mut count, mut quote, mut before) = (0, None, false);
    for byte in tag.bytes() {
        match quote {
            Some(open) => {
                if byte == open {
                    quote = None;
                }
            }
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None => {
                let blank = byte.is_ascii_whitespace() || byte == b'/';
                count += usize::from(blank && !before);
                before = blank;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_grow_without_end_are_refused() {
        assert!(check("<p class='a b c'>1<br/>2<td colspan=2>").is_ok());
        assert!(check(&"<div>".repeat(1000)).is_err());
        assert!(check(&format!("<math>{}", "<td>".repeat(1000))).is_err());
        let unclosed: String = (0..300).map(|i| format!("<font size={i}>")).collect();
        assert!(check(&format!("{unclosed}{}", "<p>x".repeat(10_000))).is_err());
        let attributes: String = (0..1000).map(|i| format!(" a{i}=1")).collect();
        assert!(check(&format!("<p{attributes}>")).is_err());
    }
}
