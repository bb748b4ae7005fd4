//! Tick boxes and signs drawn with symbol fonts, e.g. a ticked `☑` that is the letter `R` of Wingdings 2.

/// The character that a symbol font shows for `c`; `None` if the font is an ordinary one.
pub(crate) fn shown(font: &str, c: char) -> Option<char> {
    let font = font.to_ascii_lowercase();
    let code = match c as u32 {
        code @ 0xF000..=0xF0FF => code - 0xF000,
        code @ 0x20..=0xFF => code,
        _ => return None,
    };
    if font.contains("wingdings 2") {
        return Some(match code {
            0x50 => '✓',
            0x52 => '☑',
            0x4F => '✗',
            0x51 | 0x53 | 0x54 => '☒',
            0xA2 | 0xA3 => '☐',
            0x6A..=0x73 => char::from_u32(0x2460 + code - 0x6A)?,
            _ => '•',
        });
    }
    if font.contains("wingdings") {
        return Some(match code {
            0xFE => '☑',
            0xFD | 0x78 => '☒',
            0x6F | 0xA8 | 0x71 | 0x72 => '☐',
            0xFC => '✓',
            0xFB => '✗',
            0x81..=0x8A => char::from_u32(0x2460 + code - 0x81)?,
            0x6E => '■',
            0x6C => '●',
            0x20 => ' ',
            _ => '•',
        });
    }
    if font == "symbol" {
        return Some(match code {
            0xA3 => '≤',
            0xB3 => '≥',
            0xB4 => '×',
            0xB8 => '÷',
            0xB1 => '±',
            0xB9 => '≠',
            0xBB => '≈',
            0xB0 => '°',
            0xB7 => '•',
            0x20..=0x3F => char::from_u32(code)?,
            _ => '•',
        });
    }
    // A private character of an unknown symbol font.
    (0xF000..=0xF0FF).contains(&(c as u32)).then_some(match code {
        0xFE | 0x52 => '☑',
        0xA8 | 0x6F | 0xA3 => '☐',
        _ => '•',
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::shown;

    #[test]
    fn tick_boxes() {
        assert_eq!(shown("Wingdings 2", '\u{f052}'), Some('☑'));
        assert_eq!(shown("Wingdings 2", '£'), Some('☐'));
        assert_eq!(shown("Wingdings", '\u{f0a8}'), Some('☐'));
        assert_eq!(shown("Wingdings", 'þ'), Some('☑'));
        assert_eq!(shown("Symbol", '\u{f0b3}'), Some('≥'));
        assert_eq!(shown("宋体", '一'), None);
        assert_eq!(shown("宋体", '1'), None);
    }
}
