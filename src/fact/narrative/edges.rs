//! How a paragraph begins and ends: its label, whether it goes on with the one before, whether it leaves a list open.

/// How list items are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Arabic,
    Bracketed,
    Han,
    HanBracketed,
}

/// Whether a paragraph leaves a list open for the numbered paragraphs that follow.
pub(super) fn ends_open(text: &str) -> bool {
    let text = text.trim_end();
    let Some(text) = text.strip_suffix(['：', ':']).or_else(|| {
        text.strip_suffix(['。', '，']).filter(|t| t.ends_with("其中") || t.ends_with("如下"))
    }) else {
        return false;
    };
    ["其中", "包括", "如下", "方面", "用于", "构成", "分别为", "具体是", "组成"]
        .iter()
        .any(|word| text.ends_with(word))
}

/// The label a list item begins with: `1.`, `（1）`, `一、`, `（一）`.
pub(super) fn list_label(text: &str) -> Option<(Style, u32)> {
    let text = text.trim_start();
    let (bracketed, rest) = match text.strip_prefix(['（', '(']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && digits <= 3 {
        let after = rest[digits..].chars().next()?;
        let closes = if bracketed { "）)" } else { ".．、，" };
        let ordinal = rest[..digits].parse().ok()?;
        let decimal = rest[digits..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let style = if bracketed { Style::Bracketed } else { Style::Arabic };
        return (closes.contains(after) && !(after == '.' && decimal)).then_some((style, ordinal));
    }
    let han: String = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
    let after = rest[han.len()..].chars().next()?;
    let closes = if bracketed { "）)" } else { "、.．" };
    if han.is_empty() || !closes.contains(after) {
        return None;
    }
    let style = if bracketed { Style::HanBracketed } else { Style::Han };
    Some((style, han_ordinal(&han)?))
}

fn han_ordinal(han: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1);
    let (tens, ones) = match han.split_once('十') {
        None => (0, han.chars().next().and_then(digit)?),
        Some((tens, ones)) => (
            tens.chars().next().map_or(Some(1), digit)?,
            ones.chars().next().map_or(Some(0), digit)?,
        ),
    };
    Some(tens * 10 + ones)
}
