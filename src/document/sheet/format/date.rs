//! Dates of workbooks: `45657` under `yyyy"年"m"月"d"日"` is `2024年12月31日`.

use super::Token;

/// Shows a serial day; `None` outside the calendar.
pub(super) fn show(value: f64, tokens: &[Token], epoch_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let seconds = (value * 86_400.0).round() as i64;
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days, epoch_1904);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    let mut out = String::new();
    let mut after_hour = false;
    for (index, token) in tokens.iter().enumerate() {
        let Token::Date(part) = token else {
            match token {
                Token::Literal(text) => out.push_str(text),
                Token::Point => out.push('.'),
                Token::Comma => out.push(','),
                _ => {}
            }
            continue;
        };
        let next_is_second = tokens[index + 1..].iter().find_map(|token| match token {
            Token::Date(part) => Some(part.starts_with('s')),
            _ => None,
        }) == Some(true);
        match part.as_str() {
            "y" | "yy" => out.push_str(&format!("{:02}", year % 100)),
            part if part.starts_with('y') => out.push_str(&year.to_string()),
            "m" | "mm" if after_hour || next_is_second => pad(&mut out, minute, part.len()),
            "mmm" | "mmmm" | "mmmmm" => out.push_str(&month.to_string()),
            part if part.starts_with('m') => pad(&mut out, month, part.len()),
            "d" | "dd" => pad(&mut out, day, part.len()),
            part if part.starts_with('d') => {}
            part if part.starts_with('h') => pad(&mut out, hour, part.len()),
            part if part.starts_with('s') => pad(&mut out, second, part.len()),
            "[h]" | "[hh]" => out.push_str(&(seconds / 3600).to_string()),
            "[m]" | "[mm]" => out.push_str(&(seconds / 60).to_string()),
            "[s]" | "[ss]" => out.push_str(&seconds.to_string()),
            _ => {}
        }
        after_hour = part.contains('h');
    }
    Some(out.trim().to_string())
}

fn pad(out: &mut String, value: i64, width: usize) {
    match width {
        1 => out.push_str(&value.to_string()),
        _ => out.push_str(&format!("{value:02}")),
    }
}

/// Year, month and day of a serial day, with Excel's 29 February 1900.
fn civil(serial: i64, epoch_1904: bool) -> (i64, i64, i64) {
    // Days since 1970-01-01.
    let days = match (epoch_1904, serial) {
        (true, _) => serial - 24_107,
        (false, 60) => return (1900, 2, 29),
        (false, ..60) => serial - 25_568,
        (false, _) => serial - 25_569,
    };
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}
