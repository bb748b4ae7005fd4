//! Number formats of workbooks: what a person sees is the number that was published, `1234.567` under `#,##0.00` is
//! `1,234.57`.

mod date;

/// The number a cell shows under a format code such as `#,##0.00_ ;[红色]-#,##0.00`.
pub(crate) fn show(value: f64, code: &str, epoch_1904: bool) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let sections = sections(code);
    let (section, explicit_sign) = choose(&sections, value);
    let tokens = tokens(section);
    if tokens.iter().any(|token| matches!(token, Token::Date(_))) {
        return date::show(value, &tokens, epoch_1904).unwrap_or_else(|| general(value));
    }
    let negative = value < 0.0 && !explicit_sign;
    let shown = number(value.abs(), &tokens);
    let shown = shown.trim().to_string();
    match negative && shown.chars().any(|c| c.is_ascii_digit() && c != '0') {
        true => format!("-{shown}"),
        false => shown,
    }
}

/// A number under the format `General`: up to eleven characters, no noise of binary fractions.
pub(crate) fn general(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let (digits, exponent) = digits(value.abs());
    let whole = (exponent + 1).max(1);
    if !(-9..=20).contains(&exponent) {
        return format!("{value:e}").to_uppercase();
    }
    let decimals = if whole >= 11 { 0 } else { (10 - whole).max(0) as usize };
    let mut out = round(&digits, exponent, decimals);
    if out.contains('.') {
        out.truncate(out.trim_end_matches('0').trim_end_matches('.').len());
    }
    match value < 0.0 && out != "0" {
        true => format!("-{out}"),
        false => out,
    }
}

/// The 15 digits a workbook works with, and the power of ten of the first.
fn digits(value: f64) -> (Vec<u8>, i32) {
    let text = format!("{value:.14e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    (digits, exponent.parse().unwrap_or(0))
}

/// Rounds half away from zero to `decimals` places.
fn round(digits: &[u8], exponent: i32, decimals: usize) -> String {
    let point = exponent + 1;
    let keep = point + decimals as i32;
    // Digits of the result without the point, at least one before it.
    let mut out: Vec<u8> = Vec::new();
    for at in point.min(1) - 1..keep.max(0) {
        out.push(if at < 0 { 0 } else { digits.get(at as usize).copied().unwrap_or(0) });
    }
    let carry = keep >= 0 && digits.get(keep as usize).copied().unwrap_or(0) >= 5;
    let wanted = point.max(1) as usize + decimals;
    while out.len() < wanted {
        out.insert(0, 0);
    }
    if out.len() > wanted {
        let extra = out.len() - wanted;
        out.drain(..extra);
    }
    if carry {
        let mut at = out.len();
        loop {
            if at == 0 {
                out.insert(0, 1);
                break;
            }
            at -= 1;
            if out[at] == 9 {
                out[at] = 0;
            } else {
                out[at] += 1;
                break;
            }
        }
    }
    let mut text: String = out.iter().map(|d| (b'0' + d) as char).collect();
    if decimals > 0 {
        text.insert(text.len() - decimals, '.');
    }
    text
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Exponent,
    General,
    Text,
    Date(String),
}

/// Splits a code at the semicolons outside quotes and brackets.
fn sections(code: &str) -> Vec<&str> {
    let (mut out, mut from, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' | '!' if !quoted => escaped = true,
            ';' if !quoted => {
                out.push(&code[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&code[from..]);
    out
}

/// The section that applies, and whether it writes the sign itself.
fn choose<'c>(sections: &[&'c str], value: f64) -> (&'c str, bool) {
    for section in sections.iter().take(2) {
        if let Some((operator, limit)) = condition(section) {
            let holds = match operator {
                "<" => value < limit,
                "<=" => value <= limit,
                ">" => value > limit,
                ">=" => value >= limit,
                "=" => value == limit,
                _ => value != limit,
            };
            if holds {
                return (section, operator.starts_with('<') && limit <= 0.0);
            }
        }
    }
    match sections {
        _ if sections.iter().any(|section| condition(section).is_some()) => {
            (sections.last().unwrap_or(&"General"), false)
        }
        [_, negative, ..] if value < 0.0 => (negative, true),
        [_, _, zero, ..] if value == 0.0 => (zero, true),
        [first, ..] => (first, false),
        [] => ("General", false),
    }
}

fn condition(section: &str) -> Option<(&str, f64)> {
    let inner = section.trim_start().strip_prefix('[')?;
    let inner = &inner[..inner.find(']')?];
    let at = inner.find(|c: char| !"<>=".contains(c)).filter(|at| *at > 0)?;
    Some((&inner[..at], inner[at..].parse().ok()?))
}

fn tokens(section: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let literal = |out: &mut Vec<Token>, text: &str| match out.last_mut() {
        Some(Token::Literal(last)) => last.push_str(text),
        _ => out.push(Token::Literal(text.into())),
    };
    let chars: Vec<char> = section.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        match c {
            '"' => {
                let end =
                    chars[at..].iter().position(|c| *c == '"').map_or(chars.len(), |n| at + n);
                literal(&mut out, &chars[at..end].iter().collect::<String>());
                at = end + 1;
            }
            '\\' | '!' => {
                if let Some(c) = chars.get(at) {
                    literal(&mut out, &c.to_string());
                }
                at += 1;
            }
            '_' | '*' => {
                at += 1;
                literal(&mut out, if c == '_' { " " } else { "" });
            }
            '[' => {
                let end =
                    chars[at..].iter().position(|c| *c == ']').map_or(chars.len(), |n| at + n);
                let inner: String = chars[at..end].iter().collect();
                at = end + 1;
                if let Some(currency) = inner.strip_prefix('$') {
                    literal(&mut out, currency.split('-').next().unwrap_or(""));
                } else if matches!(
                    inner.to_ascii_lowercase().as_str(),
                    "h" | "hh" | "m" | "mm" | "s" | "ss"
                ) {
                    out.push(Token::Date(format!("[{}]", inner.to_ascii_lowercase())));
                }
            }
            '0' | '#' | '?' => out.push(Token::Digit(c)),
            '.' => out.push(Token::Point),
            ',' => out.push(Token::Comma),
            '%' => out.push(Token::Percent),
            '@' => out.push(Token::Text),
            'E' | 'e' if matches!(chars.get(at), Some('+' | '-')) => {
                at += 1;
                out.push(Token::Exponent);
            }
            'G' | 'g' if section_has_general(&chars, at - 1) => {
                at += 6;
                out.push(Token::General);
            }
            'G' if matches_at(&chars, at - 1, "g/通用格式") => {
                at += 5;
                out.push(Token::General);
            }
            'A' | 'a' if matches_at(&chars, at - 1, "am/pm") => {
                at += 4;
                out.push(Token::Date("am/pm".into()));
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let lower = c.to_ascii_lowercase();
                let mut run = String::from(lower);
                while chars.get(at).is_some_and(|c| c.to_ascii_lowercase() == lower) {
                    run.push(lower);
                    at += 1;
                }
                out.push(Token::Date(run));
            }
            _ => literal(&mut out, &c.to_string()),
        }
    }
    out
}

fn section_has_general(chars: &[char], at: usize) -> bool {
    matches_at(chars, at, "general")
}

fn matches_at(chars: &[char], at: usize, word: &str) -> bool {
    let end = at + word.chars().count();
    chars.len() >= end
        && chars[at..end].iter().zip(word.chars()).all(|(a, b)| a.to_ascii_lowercase() == b)
}

fn number(value: f64, tokens: &[Token]) -> String {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let Some(last) = tokens.iter().rposition(is_digit) else {
        // No place for digits: `General`, `@` or words only.
        return tokens
            .iter()
            .map(|token| match token {
                Token::Literal(text) => text.clone(),
                Token::General | Token::Text => general(value),
                Token::Percent => "%".into(),
                Token::Point => ".".into(),
                Token::Comma => ",".into(),
                _ => String::new(),
            })
            .collect();
    };
    if tokens.contains(&Token::Exponent) {
        return format!("{value:.2E}");
    }
    let first = tokens.iter().position(is_digit).unwrap_or(last);
    let point = tokens.iter().position(|token| *token == Token::Point);
    let scale = tokens[last..].iter().skip(1).take_while(|t| **t == Token::Comma).count() as i32;
    let percent = tokens.iter().filter(|token| **token == Token::Percent).count() as i32;
    let whole_end = point.unwrap_or(last + 1).max(first);
    let grouped = tokens[first..whole_end.min(last + 1)].contains(&Token::Comma);
    let places: Vec<char> = tokens[whole_end..=last.max(whole_end).min(tokens.len() - 1)]
        .iter()
        .filter_map(|token| match token {
            Token::Digit(c) => Some(*c),
            _ => None,
        })
        .collect();
    let (digits, exponent) = digits(value);
    let exponent = if value == 0.0 { 0 } else { exponent + 2 * percent - 3 * scale };
    let rounded = round(&digits, exponent, places.len());
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let mut fraction = fraction.to_string();
    for place in places.iter().rev() {
        if *place == '0' || !fraction.ends_with('0') {
            break;
        }
        fraction.pop();
    }
    let mut out: Vec<String> = Vec::new();
    // The whole part is filled from the right; literals inside keep their place.
    let mut left: Vec<char> = whole.trim_start_matches('0').chars().collect();
    let mut count = 0;
    let mut put = |out: &mut Vec<String>, c: char| {
        if grouped && count > 0 && count % 3 == 0 {
            out.push(",".into());
        }
        count += 1;
        out.push(c.to_string());
    };
    for (index, token) in tokens[..whole_end].iter().enumerate().rev() {
        match token {
            Token::Digit(kind) => {
                match left.pop() {
                    Some(c) => put(&mut out, c),
                    None if *kind == '0' => put(&mut out, '0'),
                    None => {}
                }
                if index == first {
                    while let Some(c) = left.pop() {
                        put(&mut out, c);
                    }
                }
            }
            Token::Literal(text) => out.push(text.clone()),
            Token::Percent => out.push("%".into()),
            _ => {}
        }
    }
    out.reverse();
    let mut out: String = out.concat();
    if point.is_some() && (!fraction.is_empty() || places.contains(&'0')) {
        out.push('.');
    }
    out.push_str(&fraction);
    for token in &tokens[(last + 1).max(whole_end)..] {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            _ => {}
        }
    }
    out
}

/// The code of a built-in format, as Excel shows it in Chinese.
pub(crate) fn builtin(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "¥#,##0;¥-#,##0",
        7 | 8 => "¥#,##0.00;¥-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 | 48 => "0.00E+00",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 | 20 => "h:mm",
        19 | 21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        30 => "m-d-yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 | 33 | 34 | 35 | 55 | 56 => "h:mm",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "_ #,##0_ ;_ -#,##0_ ;_ \"-\"_ ;_ @_ ",
        43 | 44 => "_ #,##0.00_ ;_ -#,##0.00_ ;_ \"-\"??_ ;_ @_ ",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss",
        49 => "@",
        _ => "General",
    }
}

#[cfg(test)]
mod tests;
