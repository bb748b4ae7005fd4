//! Chinese and mixed numerals: `三千五百万`, `壹佰万`, `3千万`, `1亿2000万`.

use super::figure::figure;
use rust_decimal::Decimal;

/// A numeral with at least one Chinese character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    /// Its value.
    pub value: Decimal,
    /// The value of one unit of its last written place: 1,000,000 for `三千五百万`.
    pub quantum: Decimal,
    /// Bytes read.
    pub length: usize,
    /// Characters read.
    pub chars: usize,
    /// Whether a multiplier (十百千万亿) is written.
    pub scaled: bool,
}

/// The digit a character stands for.
pub(super) fn digit(c: char) -> Option<u8> {
    Some(match c {
        '零' | '〇' | '○' | '◯' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '贰' | '貳' | '两' | '兩' | '俩' | '倆' => 2,
        '三' | '叁' | '叄' | '參' | '仨' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Bytes of the run of numeral characters at the start of `input`.
pub(super) fn run(input: &str) -> usize {
    let part = |c: &char| digit(*c).is_some() || power(*c).is_some();
    input.chars().take_while(part).map(char::len_utf8).sum()
}

/// The power of ten a character multiplies by.
fn power(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// Whether a numeral may start with this character.
pub(super) fn starts(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '拾' | '百' | '佰' | '千' | '仟')
}

fn ten(power: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(10i128.checked_pow(power)?, 0).ok()
}

/// What has been read so far of a numeral: `total + section + pending` in the end.
#[derive(Default)]
struct Sum {
    total: Decimal,
    section: Decimal,
    pending: Option<(Decimal, Decimal)>,
    quantum: Decimal,
    last: u32,
    zero: bool,
}

impl Sum {
    /// Takes `十百千` or `万亿`.
    fn multiply(&mut self, power: u32) -> Option<()> {
        let factor = ten(power)?;
        if power < 4 {
            let (value, quantum) = self.pending.take().unwrap_or((Decimal::ONE, Decimal::ONE));
            self.section = self.section.checked_add(value.checked_mul(factor)?)?;
            self.quantum = quantum.checked_mul(factor)?;
        } else {
            if let Some((value, quantum)) = self.pending.take() {
                self.section = self.section.checked_add(value)?;
                self.quantum = quantum;
            }
            if power == 8 {
                self.section = self.section.checked_add(std::mem::take(&mut self.total))?;
            }
            if self.section.is_zero() && self.quantum.is_zero() {
                return None;
            }
            if self.section.is_zero() {
                // 四万万
                self.section = std::mem::take(&mut self.total);
            }
            self.total =
                self.total.checked_add(std::mem::take(&mut self.section).checked_mul(factor)?)?;
            self.quantum = self.quantum.checked_mul(factor)?;
        }
        self.last = power;
        self.zero = false;
        Some(())
    }
}

/// Reads the numeral at the start of `input`; Arabic figures may carry Chinese multipliers (`3千万`).
///
/// Digits in a row without a multiplier are a year or a number read out (`二〇二四`).
pub(super) fn numeral(input: &str) -> Option<Numeral> {
    let mut sum = Sum::default();
    let (mut length, mut chars, mut scaled) = (0, 0, false);
    let mut run = 0u32;
    while let Some(c) = input[length..].chars().next() {
        if chars > 40 {
            return None;
        }
        if c.is_ascii_digit() {
            // 1千零20: the zero only holds the place.
            if sum.pending.is_some_and(|(value, _)| !value.is_zero() || !scaled) {
                break;
            }
            let (rest, figure) = figure(&input[length..]).ok()?;
            sum.pending = Some((figure.value, figure.quantum()));
            let read = input.len() - length - rest.len();
            length += read;
            chars += read;
            continue;
        }
        if let Some(value) = digit(c) {
            let value = Decimal::from(value);
            sum.pending = match sum.pending {
                // 一百零五: the zero only holds the place.
                Some((before, _)) if before.is_zero() && run == 1 && scaled => {
                    Some((value, Decimal::ONE))
                }
                Some(_) if run == 0 || scaled => break,
                Some((before, quantum)) => {
                    Some((before.checked_mul(Decimal::TEN)?.checked_add(value)?, quantum))
                }
                None => Some((value, Decimal::ONE)),
            };
            sum.zero |= value.is_zero();
            run += 1;
        } else if let Some(power) = power(c) {
            if run > 1 && !scaled {
                // 二三十 leaves the digit open; 二〇二四万 is no numeral: leave the multiplier.
                if run == 2 && !sum.zero {
                    return None;
                }
                break;
            }
            if power < 4 && sum.last != 0 && sum.last <= power && sum.last < 4 {
                break;
            }
            if power >= 4 && length == 0 {
                return None;
            }
            if let Some((value, _)) = sum.pending
                && value.is_zero()
                && run == 1
            {
                if power != 1 && !scaled {
                    break;
                }
                sum.pending = None;
            }
            sum.multiply(power)?;
            scaled = true;
            run = 0;
        } else {
            break;
        }
        length += c.len_utf8();
        chars += 1;
    }
    if length == 0 {
        return None;
    }
    if let Some((value, quantum)) = sum.pending {
        // 两千四百五 is 2450.
        let short = run == 1 && scaled && !sum.zero && sum.last > 1 && !value.is_zero();
        let factor = if short { ten(sum.last - 1)? } else { Decimal::ONE };
        sum.section = sum.section.checked_add(value.checked_mul(factor)?)?;
        sum.quantum = quantum.checked_mul(factor)?;
    }
    let mut value = sum.total.checked_add(sum.section)?;
    let mut quantum = sum.quantum;
    if let Some((read, digits, places)) = spoken_decimals(&input[length..]) {
        let fraction = Decimal::try_from_i128_with_scale(digits, places).ok()?;
        value = value.checked_add(fraction)?;
        quantum = Decimal::new(1, places);
        length += read;
    }
    Some(Numeral { value, quantum, length, chars, scaled })
}

/// The `点七五` of `三点七五`: bytes read, digits, places.
fn spoken_decimals(input: &str) -> Option<(usize, i128, u32)> {
    let rest = input.strip_prefix(['点', '點'])?;
    let (mut length, mut digits, mut places) = ('点'.len_utf8(), 0i128, 0u32);
    for c in rest.chars().take(20) {
        let ascii = c.to_digit(10).and_then(|value| u8::try_from(value).ok());
        let Some(value) = digit(c).or(ascii) else { break };
        digits = digits * 10 + i128::from(value);
        places += 1;
        length += c.len_utf8();
    }
    (places > 0).then_some((length, digits, places))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn show(input: &str) -> String {
        match numeral(input) {
            Some(n) => format!("{} ±{} rest {:?}", n.value, n.quantum, &input[n.length..]),
            None => "none".into(),
        }
    }

    #[test]
    fn numerals_keep_their_last_written_place() {
        insta::assert_snapshot!(show("三千五百万元"), @r#"35000000 ±1000000 rest "元""#);
        insta::assert_snapshot!(show("壹佰万元整"), @r#"1000000 ±1000000 rest "元整""#);
        insta::assert_snapshot!(show("3千万"), @r#"30000000 ±10000000 rest """#);
        insta::assert_snapshot!(show("1亿2000万元"), @r#"120000000 ±10000 rest "元""#);
        insta::assert_snapshot!(show("二〇二四年"), @r#"2024 ±1 rest "年""#);
        insta::assert_snapshot!(show("两千四百五"), @r#"2450 ±10 rest """#);
        insta::assert_snapshot!(show("一百零五人"), @r#"105 ±1 rest "人""#);
        insta::assert_snapshot!(show("十二"), @r#"12 ±1 rest """#);
        insta::assert_snapshot!(show("三点七五"), @r#"3.75 ±0.01 rest """#);
        insta::assert_snapshot!(show("万元"), @"none");
    }
}
