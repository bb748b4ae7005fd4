//! Classification codes in running text: `一般公共服务201（类）商贸事务13（款）行政运行01（项）`.

use super::Code;
use super::quantity::is_han;

/// A code inside a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// First byte in the text (the first name's).
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    pub code: Code,
}

const LEVELS: [char; 3] = ['类', '款', '项'];

/// The level (0 类, 1 款, 2 项) and bytes of a marker such as `（类）`, or `类）` inside a bracket.
fn marker(input: &str) -> Option<(usize, usize)> {
    let open = input.chars().next().filter(|c| matches!(c, '（' | '(' | '【' | '[' | '〔'))?;
    let at = open.len_utf8();
    let word = input[at..].chars().next()?;
    let level = LEVELS.iter().position(|level| *level == word)?;
    let at = at + word.len_utf8();
    let close =
        input[at..].chars().next().filter(|c| matches!(c, '）' | ')' | '】' | ']' | '〕'))?;
    Some((level, at + close.len_utf8()))
}

/// `（13款）`: level, digits, bytes.
fn numbered(input: &str) -> Option<(usize, &str, usize)> {
    let open = input.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let at = open.len_utf8();
    let length = input[at..].bytes().take_while(u8::is_ascii_digit).count();
    if !(2..=7).contains(&length) {
        return None;
    }
    let digits = &input[at..at + length];
    let at = at + length;
    let word = input[at..].chars().next()?;
    let level = LEVELS.iter().position(|level| *level == word)?;
    let at = at + word.len_utf8();
    let close = input[at..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    Some((level, digits, at + close.len_utf8()))
}

/// A name or its digits before a marker.
#[derive(Default)]
struct Parts {
    digits: [String; 3],
    names: [Option<String>; 3],
}

impl Parts {
    /// Takes `商贸事务13` as name and digits of a level.
    fn take(&mut self, level: usize, segment: &str) {
        let edge = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '—' | '-'
                        | '－'
                        | '“'
                        | '”'
                        | '"'
                        | '、'
                        | '–'
                        | '【'
                        | '】'
                        | '['
                        | ']'
                        | '《'
                        | '》'
                        | '.'
                )
        };
        let segment = segment.trim_matches(edge);
        let tail = segment.len() - segment.bytes().rev().take_while(u8::is_ascii_digit).count();
        let head = segment.bytes().take_while(u8::is_ascii_digit).count();
        let (name, digits) = if tail < segment.len() {
            (&segment[..tail], &segment[tail..])
        } else {
            (&segment[head..], &segment[..head])
        };
        if digits.len() > 1 {
            self.digits[level] = digits.to_owned();
        }
        let name = name.trim_matches(edge).trim_end_matches(['（', '(']);
        if !name.is_empty() {
            self.names[level] = Some(name.chars().filter(|c| !c.is_whitespace()).collect());
        }
    }

    /// The digits joined: `201`, `13`, `01` and `201`, `20113`, `2011301` are both `2011301`.
    fn join(self) -> Code {
        let mut digits = String::new();
        for (level, part) in self.digits.iter().enumerate() {
            match (level, part.len()) {
                (_, 0) => {}
                (_, length) if length >= 3 && length == 3 + 2 * level => digits = part.clone(),
                (0, 3) | (1 | 2, 2) if level == 0 || digits.len() == 1 + 2 * level => {
                    digits.push_str(part);
                }
                _ => {}
            }
        }
        Code { digits, names: self.names }
    }
}

/// Whether digits can be a classification code: 功能分类 `2xx`, 部门经济分类 `3xx`, 政府经济分类 `5xx`.
fn plausible(digits: &str) -> bool {
    let Some(class) = digits.get(..3).and_then(|class| class.parse::<u16>().ok()) else {
        return false;
    };
    match digits.len() {
        3 | 5 => matches!(class, 201..=234 | 301..=313 | 399 | 501..=515 | 599),
        7 => matches!(class, 201..=234),
        _ => false,
    }
}

/// `行政运行（2040601）`: the digits in brackets right after a name.
fn bracketed(text: &str, from: usize, at: usize) -> Option<Found> {
    let rest = &text[at..];
    let open = rest.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let inner = &rest[open.len_utf8()..];
    let length = inner.bytes().take_while(u8::is_ascii_digit).count();
    let close = inner[length..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let digits = &inner[..length];
    let start = name_before(text, from, at);
    if !plausible(digits) || text[start..at].chars().count() < 2 {
        return None;
    }
    let mut parts = Parts::default();
    let level = (length - 3) / 2;
    parts.take(level, &text[start..at]);
    let code = Code { digits: digits.to_owned(), names: parts.names };
    Some(Found { start, end: at + open.len_utf8() + length + close.len_utf8(), code })
}

/// `2080505-机关事业单位基本养老保险缴费支出`: seven digits right before a name, or three or five with a dash between.
fn leading(text: &str, from: usize, at: usize) -> Option<Found> {
    let length = text[at..].bytes().take(8).take_while(u8::is_ascii_digit).count();
    let digits = &text[at..at + length];
    let after = &text[at + length..];
    let name = after.trim_start_matches(['-', '—', '－', ' ', '“', '"']);
    let dashed = after.starts_with(['-', '—', '－']);
    let joined = text[from..at].ends_with(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | ',' | '，')
    });
    let bare = plausible(digits) && (length == 7 || dashed);
    // 2080505元 is money.
    let named = name.chars().take(2).filter(|c| is_han(*c)).count() == 2 && !measured(after);
    if !bare || joined || !named {
        return None;
    }
    let code = Code { digits: digits.to_owned(), names: [None, None, None] };
    Some(Found { start: at, end: at + length, code })
}

/// Whether a unit follows.
fn measured(after: &str) -> bool {
    super::quantity::measure(after).is_some()
}

/// Reads the code whose first marker (or the digits before it) stands at `at`; `from` is the first free byte.
pub(super) fn found(text: &str, from: usize, at: usize) -> Option<Found> {
    let rest = text.get(at..)?;
    if let Some(found) = bracketed(text, from, at).or_else(|| leading(text, from, at)) {
        return Some(found);
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mut parts = Parts::default();
    let mut level;
    let mut end;
    let mut start = at;
    if let Some((first, own, length)) = numbered(rest) {
        (level, end) = (first, at + length);
        parts.digits[first] = own.to_owned();
        start = name_before(text, from, at);
        parts.take_name(first, &text[start..at]);
    } else if digits > 0 {
        if !(2..=7).contains(&digits) {
            return None;
        }
        let blank = super::quantity::blanks(&rest[digits..]);
        if let Some((first, length)) = marker(&rest[digits + blank..]) {
            (level, end) = (first, at + digits + blank + length);
            start = name_before(text, from, at);
        } else {
            let mut name = 0;
            for (count, (index, c)) in rest[digits..].char_indices().enumerate() {
                if marker(&rest[digits + index..]).is_some() {
                    name = index;
                    break;
                }
                if count > 24
                    || !(is_han(c) || c == '、' || c == '（' || c == '）' || c == '-' || c == ' ')
                {
                    break;
                }
            }
            if name == 0 || !matches!(digits, 3 | 5 | 7) {
                return None;
            }
            let (first, length) = marker(&rest[digits + name..])?;
            (level, end) = (first, at + digits + name + length);
        }
        let stop = end - marker_length(&text[..end]);
        parts.take(level, &text[start..stop]);
    } else {
        let (first, length) = marker(rest)?;
        (level, end) = (first, at + length);
        start = name_before(text, from, at);
        parts.take(level, &text[start..at]);
    }
    while level < 2 {
        let Some((next, stop, after)) = following(&text[end..], level) else { break };
        if let Some((_, own, _)) = numbered(&text[end + stop..]) {
            parts.digits[next] = own.to_owned();
            parts.take_name(next, &text[end..end + stop]);
        } else {
            parts.take(next, &text[end..end + stop]);
        }
        level = next;
        end += after;
    }
    let named = parts.names.iter().flatten().count()
        + parts.digits.iter().filter(|d| !d.is_empty()).count();
    (named > 0).then(|| Found { start, end, code: parts.join() })
}

impl Parts {
    fn take_name(&mut self, level: usize, segment: &str) {
        let digits = std::mem::take(&mut self.digits[level]);
        self.take(level, segment);
        self.digits[level] = digits;
    }
}

/// Bytes of the marker that ends `text`.
fn marker_length(text: &str) -> usize {
    text.chars().rev().take(3).map(char::len_utf8).sum()
}

/// The next marker of a deeper level within a name's reach: level, bytes before it, bytes with it.
fn following(input: &str, level: usize) -> Option<(usize, usize, usize)> {
    for (count, (index, c)) in input.char_indices().enumerate() {
        if count > 40 || matches!(c, '。' | '；' | ';' | '，' | ',' | '：' | ':' | '\n' | '%') {
            return None;
        }
        let found = numbered(&input[index..])
            .map(|(next, _, length)| (next, length))
            .or_else(|| marker(&input[index..]));
        if let Some((next, length)) = found {
            return (next > level).then_some((next, index, index + length));
        }
    }
    None
}

/// Where the name before a marker or its digits starts.
fn name_before(text: &str, from: usize, at: usize) -> usize {
    let before = &text[from..at];
    let mut start = before.len();
    let mut depth = 0usize;
    // 公诉、审判、侦查、执行等检察监督支出（项） at the head of a text is one name.
    let mut whole = None;
    for (index, c) in before.char_indices().rev().take(30) {
        match c {
            '、' if depth == 0 && index > 0 => {
                whole = whole.or(Some(start));
                start = index;
                continue;
            }
            '.' | '．' if whole.is_some() => {
                whole = None;
                break;
            }
            '）' | ')' => depth += 1,
            '（' | '(' if depth > 0 => depth -= 1,
            ' ' | '-' | '—' | '－' if start < before.len() && depth == 0 => {}
            _ if is_han(c) || (depth > 0 && c == '、') => {}
            _ => break,
        }
        start = index;
    }
    if let Some(short) = whole.filter(|_| start > 0) {
        start = short;
    }
    let name = before[start..].trim_start_matches([' ', '-', '—', '－']);
    start = before.len() - name.len();
    const LEADS: [&str; 14] = [
        "主要用于",
        "用于",
        "其中",
        "列入",
        "列支",
        "安排",
        "科目",
        "包括",
        "主要是",
        "新增",
        "功能分类",
        "支出功能分类",
        "增加",
        "减少",
    ];
    if let Some(cut) = LEADS.iter().filter_map(|word| Some(name.rfind(word)? + word.len())).max()
        && cut < name.len()
    {
        start += cut;
    }
    from + start
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn show(text: &str, at: &str) -> String {
        match found(text, 0, text.find(at).unwrap()) {
            Some(f) => {
                let names: Vec<_> =
                    f.code.names.iter().map(|n| n.as_deref().unwrap_or("-")).collect();
                format!("{:?}: {} {}", &text[f.start..f.end], f.code.digits, names.join("/"))
            }
            None => "none".into(),
        }
    }

    #[test]
    fn codes_in_every_printed_form() {
        insta::assert_snapshot!(
            show("：一般公共服务201（类）商贸事务13（款）行政运行01（项）: 支出", "201"),
            @r#""一般公共服务201（类）商贸事务13（款）行政运行01（项）": 2011301 一般公共服务/商贸事务/行政运行"#
        );
        insta::assert_snapshot!(
            show("8.一般公共服务支出（类）政府办公厅（室）及相关机构事务（款） 行政运行（项），", "（类"),
            @r#""一般公共服务支出（类）政府办公厅（室）及相关机构事务（款） 行政运行（项）":  一般公共服务支出/政府办公厅（室）及相关机构事务/行政运行"#
        );
        insta::assert_snapshot!(
            show("201一般公共服务支出（类）20113商贸事务（款）2011301行政运行（项）", "201"),
            @r#""201一般公共服务支出（类）20113商贸事务（款）2011301行政运行（项）": 2011301 一般公共服务支出/商贸事务/行政运行"#
        );
        insta::assert_snapshot!(
            show("20109-海关事务50万元", "20109"),
            @r#""20109": 20109 -/-/-"#
        );
        insta::assert_snapshot!(show("201 户-某村", "201"), @"none");
        insta::assert_snapshot!(
            show("用于科学技术支出（206类）技术研究与开发（04款）", "（206"),
            @r#""科学技术支出（206类）技术研究与开发（04款）": 20604 科学技术支出/技术研究与开发/-"#
        );
    }
}
