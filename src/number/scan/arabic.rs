//! Figures in Arabic digits: document numbers, codes, periods and quantities with their signs and ranges.

use super::super::context::{arabic_tenths, money_is_meant, phone, reference};
use super::super::quantity::{self, Quantity, is_han};
use super::super::{Code, Kind, Period, Reading, approximate, chinese, docnumber, figure, period};
use super::{Found, Scan, digit_at, identifier, project_code};
use rust_decimal::Decimal;
use std::borrow::Cow;

impl Scan<'_> {
    /// A figure in Arabic digits.
    pub(super) fn digits(&mut self, at: usize) -> usize {
        let text = self.text;
        let rest = &text[at..];
        if let Some(found) = docnumber::found(text, self.free, at) {
            let docnumber::Found { start, end, issuer, year, serial } = found;
            let reading = Reading::DocNumber { issuer, year: Some(year), serial };
            return self.special(Kind::DocNumber, reading, start, end);
        }
        if let Some(end) = self.code(at) {
            return end;
        }
        let before = self.before(at);
        if let Some(end) = reference(before, rest) {
            return at + end;
        }
        if let Some(found) = period::period(rest)
            && (text[..at + found.length].ends_with(is_han)
                || !text[at + found.length..].starts_with(|c: char| c.is_ascii_alphanumeric()))
            && !(before.ends_with(['-', '.', '/'])
                && before
                    .trim_end_matches(['-', '.', '/'])
                    .ends_with(|c: char| c.is_ascii_alphanumeric()))
        {
            return self.period(at, found);
        }
        let token_end = identifier(text, at);
        let token = &text[at..token_end];
        if project_code(token) {
            let reading =
                Reading::Code(Code { digits: token.to_owned(), names: [None, None, None] });
            return self.special(Kind::Code, reading, at, token_end);
        }
        let Ok((after, figure)) = figure::figure(rest) else {
            let end = at
                + rest
                    .bytes()
                    .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
                    .count();
            let end = end - text[at..end].bytes().rev().take_while(|b| !b.is_ascii_digit()).count();
            return self.refuse(at, end.max(token_end), "数字写法不完整（小数点或千分位有误）");
        };
        let end = at + rest.len() - after.len();
        let hyphens = token.bytes().filter(|b| *b == b'-').count();
        if hyphens > 1 || (figure.plain() && figure.digits > 15) {
            return self.refuse(at, token_end.max(end), "标识或编号，不是数量");
        }
        if phone(before, &figure, token, after) {
            return self.refuse(at, token_end.max(end), "电话号码");
        }
        if after.starts_with([':', '：'])
            && digit_at(after, after.chars().next().map_or(1, char::len_utf8))
            && figure.plain()
            && figure.digits <= 2
        {
            let tail = after.chars().next().map_or(1, char::len_utf8);
            let more = after[tail..].bytes().take_while(u8::is_ascii_digit).count();
            if more <= 2 {
                return self.refuse(at, end + tail + more, "时刻或比例");
            }
        }
        let reckoned = in_formula(before, &text[token_end..]);
        if after.starts_with('/') && digit_at(after, 1) && figure.plain() && !reckoned {
            return self.refuse(at, token_end, "分数或编号");
        }
        let Some(read) = quantity::arabic(&figure, after) else {
            return self.refuse(at, end, "数值过大");
        };
        if read.length == 0 && after.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.refuse(at, token_end.max(end), "标识、型号或未知单位");
        }
        // ×100% says how a result is printed and counts nothing.
        if read.kind == Kind::Percent
            && token == "100"
            && before.ends_with(['×', '*', '＊', '✕', 'x', 'X'])
        {
            self.free = end + read.length;
            return self.free;
        }
        if !reckoned && let Some(done) = self.between(&read, at, end) {
            return done;
        }
        if read.length == 0 && after.starts_with('-') && digit_at(after, 1) && !reckoned {
            return self.refuse(at, token_end.max(end), "标识或编号，不是数量");
        }
        self.single(read, &figure, at, end)
    }

    /// One figure with its sign.
    fn single(
        &mut self,
        mut read: Quantity,
        figure: &figure::Figure,
        at: usize,
        end: usize,
    ) -> usize {
        let text = self.text;
        let before = self.before(at);
        let after = &text[end..];
        let four = figure.plain() && figure.digits == 4;
        if read.length == 0 && four && after.starts_with(is_han) {
            let year = i32::try_from(figure.value).unwrap_or(0);
            if (1990..=2060).contains(&year) {
                let period = Period { from: (year, 0, 0), to: (year, 0, 0), relative: false };
                return self.special(Kind::Year, Reading::Period(period), at, end);
            }
        }
        if read.kind == Kind::Number && read.unit == "万" && money_is_meant(before) {
            read.kind = Kind::Amount;
        }
        if let Some(done) = self.mixed(at) {
            return done;
        }
        if let Some((value, quantum, length)) = arabic_tenths(figure, after) {
            (read.kind, read.value, read.quantum, read.unit) =
                (Kind::Percent, value, quantum, Cow::Borrowed("%"));
            (read.factor, read.length) = (Decimal::ONE, length);
        }
        let mut start = at;
        let sign =
            before.chars().next_back().filter(|c| matches!(c, '-' | '−' | '－' | '﹣' | '–'));
        if let Some(sign) = sign {
            let left = before[..before.len() - sign.len_utf8()].chars().next_back();
            let joined = left
                .is_some_and(|c| c.is_ascii_alphanumeric() || c == ')' || c == '）' || c == ']');
            let meant = read.length > 0 || figure.decimals > 0 || left.is_none_or(|c| !is_han(c));
            if !joined && meant {
                start -= sign.len_utf8();
                read.value = -read.value;
            }
        } else if read.length > 0 && self.negative(at) < at {
            start = self.negative(at);
            read.value = -read.value;
        }
        self.quantity(read, start, at, end)
    }

    /// `3千5百万元`, `1亿2000万元`: Arabic figures with several Chinese multipliers.
    fn mixed(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let numeral = chinese::numeral(rest)?;
        let written = &rest[..numeral.length];
        let last = written.chars().next_back()?;
        let groups = written.chars().filter(|c| matches!(c, '万' | '亿' | '千' | '百')).count();
        if groups < 2 && !(groups == 1 && last.is_ascii_digit() && numeral.scaled) {
            return None;
        }
        let plain = written.trim_end_matches(['万', '亿', '千', '百']);
        if plain.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
            return None;
        }
        let read = quantity::spoken(&numeral, &rest[numeral.length..])?;
        Some(self.quantity(read, at, at, at + numeral.length))
    }

    /// `3—5个`, `10%-20%`, `100至200万元`: both ends as one number.
    fn between(&mut self, first: &Quantity, at: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let middle = end + first.length;
        let gap = period::dash(&text[middle..])?;
        let start = middle + gap;
        if !digit_at(text, start) || first.over {
            return None;
        }
        let (after, figure) = figure::figure(&text[start..]).ok()?;
        let second = quantity::arabic(&figure, after)?;
        let close = text.len() - after.len() + second.length;
        let same = first.length == 0 || (first.kind, &first.unit) == (second.kind, &second.unit);
        let dotted = after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '/')
            && second.length == 0;
        let scale = if first.length == 0 {
            second.value.checked_div(figure.value).unwrap_or(Decimal::ONE)
        } else {
            Decimal::ONE
        };
        let low = first.value.checked_mul(scale)?;
        if !same || dotted || low > second.value || (figure.padded && second.length == 0) {
            return None;
        }
        if second.length == 0 && (low == second.value || second.value > Decimal::ONE_HUNDRED) {
            return None;
        }
        let approximate = approximate::before(self.before(at));
        let reading = Reading::Between { low, high: second.value };
        let decimals = first.decimals.max(second.decimals);
        Some(self.take(Found {
            kind: second.kind,
            reading,
            unit: second.unit,
            factor: second.factor,
            decimals,
            approximate,
            start: at,
            end: close,
        }))
    }
}

/// Whether figures with a stroke or hyphen between are reckoned with: `=82/86×100%`, `（1780.20-1520.50）/1520.50`.
fn in_formula(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let opened = before.trim_end_matches(['（', '(']);
    let closed = after.trim_start().trim_start_matches(['）', ')']);
    let sign = |c: char| matches!(c, '=' | '＝' | '×' | '*' | '＊' | '÷');
    let nested = opened.len() < before.len() && opened.ends_with(['-', '－', '−', '+', '＋']);
    nested || opened.ends_with(sign) || closed.starts_with(sign) || {
        closed.starts_with('/') && closed.len() < after.trim_start().len()
    }
}
