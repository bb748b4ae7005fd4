//! Brackets, title marks and quotation marks that have no partner in their paragraph.

/// Brackets without partner in one paragraph: place, whether it opens, and shape. Full and half width are one shape;
/// `1）` and `（1` as labels, document numbers (own check) and doubled marks are passed over.
pub(super) fn unmatched(text: &str) -> Vec<(usize, bool, u8)> {
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut lone = Vec::new();
    for (at, c) in text.char_indices() {
        let (shape, opens) = match c {
            '（' | '(' => (b'(', true),
            '）' | ')' => (b'(', false),
            '《' => (b'<', true),
            '》' => (b'<', false),
            '“' => (b'"', true),
            '”' => (b'"', false),
            _ => continue,
        };
        if around_year(text, at, opens) {
            continue;
        }
        if opens {
            open.push((at, shape));
        } else if let Some(found) = open.iter().rposition(|(_, other)| *other == shape) {
            lone.extend(open.drain(found + 1..).map(|(at, shape)| (at, true, shape)));
            open.pop();
        } else if !is_label(&text[..at]) {
            lone.push((at, false, shape));
        }
    }
    lone.extend(open.into_iter().map(|(at, shape)| (at, true, shape)));
    let twin = |at: usize| {
        let c = text[at..].chars().next();
        text[..at].chars().next_back() == c || text[at..].chars().nth(1) == c
    };
    lone.retain(|(at, _, _)| !twin(*at));
    lone.sort_unstable();
    // “小升规“: one slip, whichever of the two is the wrong way round.
    lone.dedup_by(|second, first| (first.2, second.2) == (b'"', b'"'));
    lone
}

/// Whether `before` ends with a list label: `1` of `1）`, at the start or after a mark.
fn is_label(before: &str) -> bool {
    let rest = before.trim_end();
    let rest = rest.trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c)
    });
    rest.len() < before.trim_end().len()
        && rest.trim_end().chars().next_back().is_none_or(|c| "。；;：:，,、 ".contains(c))
}

/// Whether the bracket is half of a document number's year, `(2024]2号`, whatever the other half is.
fn around_year(text: &str, at: usize, opens: bool) -> bool {
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    let digit = |c: &char| c.is_ascii_digit();
    match opens {
        true => {
            let rest = &text[at + width..];
            let digits = rest.chars().take_while(digit).count();
            digits == 4 && rest[4..].starts_with(['〕', ']', '】', '）', ')'])
        }
        false => {
            let before = &text[..at];
            let digits = before.chars().rev().take_while(digit).count();
            digits == 4 && before[..at - 4].ends_with(['〔', '[', '【', '（', '('])
        }
    }
}
