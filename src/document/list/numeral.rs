//! Numbers as labels of lists show them: `三`, `③`, `IV`.

/// `n` in one of Word's number formats: `（三）` needs `三` of `chineseCounting`.
pub(crate) fn numeral(n: i64, format: &str) -> String {
    let pick = |alphabet: &str| {
        let count = alphabet.chars().count() as i64;
        match n {
            1.. => alphabet.chars().nth(((n - 1) % count) as usize).into_iter().collect(),
            _ => n.to_string(),
        }
    };
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "japaneseDigitalTenThousand" => chinese(n, "零一二三四五六七八九", "十百千"),
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
        }
        "ideographTraditional" => pick("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => pick("子丑寅卯辰巳午未申酉戌亥"),
        "upperLetter" | "lowerLetter" if n > 0 => {
            let letter = (b'A' + ((n - 1) % 26) as u8) as char;
            let repeated: String =
                std::iter::repeat_n(letter, ((n - 1) / 26 + 1).min(20) as usize).collect();
            if format == "lowerLetter" { repeated.to_lowercase() } else { repeated }
        }
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => match n {
            1..=20 => char::from_u32(0x2460 + n as u32 - 1).into_iter().collect(),
            _ => n.to_string(),
        },
        "decimalEnclosedFullstop" | "decimalEnclosedParen" | "ideographEnclosedCircle" => {
            let (first, last) = match format {
                "decimalEnclosedFullstop" => (0x2488, 20),
                "decimalEnclosedParen" => (0x2474, 20),
                _ => (0x3280, 10),
            };
            match n {
                1.. if n <= last => char::from_u32(first + n as u32 - 1).into_iter().collect(),
                _ => n.to_string(),
            }
        }
        "decimalFullWidth" | "decimalFullWidth2" => n
            .to_string()
            .chars()
            .map(|c| match c.to_digit(10) {
                Some(d) => char::from_u32('０' as u32 + d).unwrap_or(c),
                None => c,
            })
            .collect(),
        "decimalZero" => format!("{n:02}"),
        "none" => String::new(),
        _ => n.to_string(),
    }
}

fn chinese(n: i64, digits: &str, units: &str) -> String {
    if !(0..10_000).contains(&n) {
        return n.to_string();
    }
    let digit = |d: i64| digits.chars().nth(d as usize).unwrap_or('零');
    if n == 0 {
        return digit(0).to_string();
    }
    let mut out = String::new();
    let mut zero = false;
    for place in (0..4).rev() {
        let d = n / 10_i64.pow(place) % 10;
        if d == 0 {
            zero = !out.is_empty();
            continue;
        }
        if zero {
            out.push(digit(0));
            zero = false;
        }
        if !(d == 1 && place == 1 && out.is_empty()) {
            out.push(digit(d));
        }
        if place > 0 {
            out.extend(units.chars().nth(place as usize - 1));
        }
    }
    out
}

fn roman(n: i64) -> String {
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return n.to_string();
    }
    let mut left = n;
    let mut out = String::new();
    for (value, sign) in signs {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_chinese_lists() {
        let chinese = |n| numeral(n, "chineseCounting");
        assert_eq!(chinese(3), "三");
        assert_eq!(chinese(10), "十");
        assert_eq!(chinese(11), "十一");
        assert_eq!(chinese(20), "二十");
        assert_eq!(chinese(101), "一百零一");
        assert_eq!(chinese(110), "一百一十");
        assert_eq!(numeral(3, "decimalEnclosedCircle"), "③");
        assert_eq!(numeral(4, "upperRoman"), "IV");
        assert_eq!(numeral(2, "ideographTraditional"), "乙");
        assert_eq!(numeral(27, "lowerLetter"), "aa");
    }
}
