//! What the words around a figure say about it: labels, references, telephone numbers, money.

use super::chinese::Numeral;
use super::figure::Figure;
use super::quantity::is_han;
use rust_decimal::Decimal;

/// Bytes of the heading or list label that opens a text: `一、`, `（二）`, `1.`, `①`, `第三部分`.
pub(super) fn label(text: &str) -> usize {
    let lead = text.len() - text.trim_start_matches([' ', '\u{3000}', '\t', '\u{a0}']).len();
    let rest = &text[lead..];
    let open = rest.starts_with(['（', '(']);
    let inner = if open { &rest[rest.chars().next().map_or(0, char::len_utf8)..] } else { rest };
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = if digits > 0 {
        digits
    } else {
        inner
            .chars()
            .take_while(|c| "一二三四五六七八九十百零〇".contains(*c))
            .map(char::len_utf8)
            .sum()
    };
    if number == 0 || digits > 2 {
        return if rest.starts_with('第') { lead + ordinal_end(rest) } else { 0 };
    }
    let close = &inner[number..];
    let Some(mark) = close.chars().next() else { return 0 };
    let end = lead + (rest.len() - inner.len()) + number + mark.len_utf8();
    let after = &close[mark.len_utf8()..];
    let labelled = match mark {
        '）' | ')' => true,
        '、' => !open,
        '.' | '．' if digits > 0 => {
            !open && {
                let next = after.bytes().take_while(u8::is_ascii_digit).count();
                // 1.2024年 is a label and a year; 1.5万元 is a figure.
                next == 0 || (next == 4 && after[4..].starts_with('年'))
            }
        }
        '.' | '．' => !open,
        _ => false,
    };
    if labelled { end } else { 0 }
}

/// The end of `第三部分` at the start.
fn ordinal_end(rest: &str) -> usize {
    rest.char_indices()
        .skip(1)
        .find(|(_, c)| !c.is_ascii_digit() && !"一二三四五六七八九十百零〇 ".contains(*c))
        .map_or(rest.len(), |(index, _)| index)
}

/// After 第: skips the ordinal; it is no quantity.
pub(super) fn ordinal(text: &str, after: usize) -> usize {
    let blank = super::quantity::blanks(&text[after..]);
    let rest = &text[after + blank..];
    let end = rest
        .char_indices()
        .find(|(_, c)| !c.is_ascii_digit() && !"一二三四五六七八九十百零〇两".contains(*c))
        .map_or(rest.len(), |(index, _)| index);
    if end == 0 { after } else { after + blank + end }
}

/// A list label or reference at a digit, given what stands before: `1.` after a full stop, `图1`, `附件2`, `公开01表`.
pub(super) fn reference(before: &str, rest: &str) -> Option<usize> {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let before = before.trim_end_matches([' ', '\u{3000}']);
    let last = before.chars().next_back();
    if digits <= 2 {
        let opens = last.is_none_or(|c| "。；：:;，,、！”）)“（.".contains(c));
        if opens && let Some(mark @ ('.' | '．' | '、' | '）' | ')')) = after.chars().next() {
            let inner = &after[mark.len_utf8()..];
            let next = inner.bytes().take_while(u8::is_ascii_digit).count();
            let list = matches!(mark, '.' | '．')
                && (next == 0 || (next == 4 && inner[4..].starts_with('年')));
            let closed =
                matches!(mark, '）' | ')') && last.is_none_or(|c| "。；：:;，,、".contains(c));
            let starts = inner.starts_with(|c: char| {
                is_han(c) || c == '“' || c == ' ' || c == '《' || c.is_ascii_digit()
            });
            if (list || closed) && starts {
                return Some(digits);
            }
        }
    }
    const NOUNS: [&str; 12] =
        ["附件", "附表", "附图", "附", "图表", "图", "表", "公开", "专栏", "注", "脚注", "指标"];
    let noun = NOUNS.iter().find(|noun| before.ends_with(**noun))?;
    let whole = digits <= 3 && !after.starts_with([',', '%', '％']);
    let clear = match *noun {
        "注" | "指标" | "附" => after.starts_with(['：', ':', '.', '、', '．']),
        "表" => !before.ends_with("代表") && !before.ends_with("仪表"),
        _ => true,
    };
    let decimal =
        after.strip_prefix('.').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    if !whole || !clear || decimal || measured(after) {
        return None;
    }
    let mut end = digits;
    // 表2-1
    if let Some(more) = after.strip_prefix('-') {
        let sub = more.bytes().take_while(u8::is_ascii_digit).count();
        end += if sub > 0 { 1 + sub } else { 0 };
    }
    Some(end)
}

/// Whether a unit that only quantities have follows; `表12项目支出绩效目标表` is about 项目.
fn measured(after: &str) -> bool {
    ["万", "亿", "元", "个", "张", "份", "项", "幅", "套", "页"]
        .iter()
        .any(|unit| after.starts_with(unit))
        && !after.starts_with("项目")
}

/// Whether the figure is a telephone number.
pub(super) fn phone(before: &str, figure: &Figure, token: &str, after: &str) -> bool {
    let said = before.char_indices().rev().nth(11).map_or(before, |(index, _)| &before[index..]);
    const WORDS: [&str; 10] =
        ["电话", "传真", "热线", "手机", "邮编", "邮政编码", "联系方式", "QQ", "账号", "帐号"];
    // a short one, 12345, stands right after the word; `热线受理量3000件` is none
    let name = before.trim_end_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("号码");
    const LINES: [&str; 7] = ["热线", "市民", "便民", "政务服务", "融媒体", "投诉", "举报"];
    let asked = || match figure.digits {
        5 if LINES.iter().any(|word| after.starts_with(word)) => token.starts_with('1'),
        3..=6 => WORDS.iter().any(|word| name.ends_with(word)),
        _ => WORDS.iter().any(|word| said.contains(word)),
    };
    let area = token.starts_with('0')
        && token.contains('-')
        && figure.plain()
        && (3..=4).contains(&figure.digits);
    let money = ["元", "万元", "亿元"].iter().any(|unit| after.trim_start().starts_with(unit));
    let mobile = figure.plain() && figure.digits == 11 && token.starts_with('1') && !money;
    let alone = figure.plain() && figure.digits >= 3 && !before.ends_with(['为', '共']);
    area || mobile || alone && asked()
}

/// Whether `万` after a figure means money, given what stands before: `项目总预算1170.00万`.
pub(super) fn money_is_meant(before: &str) -> bool {
    let near = before.char_indices().rev().nth(24).map_or(before, |(index, _)| &before[index..]);
    let clause = near.rsplit(['。', '；', ';']).next().unwrap_or(near);
    const WORDS: [&str; 34] = [
        "预算", "资金", "经费", "金额", "支出", "收入", "投资", "投入", "补助", "补贴", "奖", "元",
        "费", "款", "拨", "价", "贷", "债", "税", "产值", "额", "安排", "成本", "采购", "合同",
        "造价", "余额", "结转", "决算", "下达", "支付", "费用", "扶持", "支持",
    ];
    WORDS.iter().any(|word| clause.contains(word))
}

/// `三成五` of a Chinese numeral: percent, quantum, bytes after the numeral.
pub(super) fn tenths(after: &str, numeral: &Numeral) -> Option<(Decimal, Decimal, usize)> {
    let rest = after.strip_prefix('成')?;
    let decimal = numeral.value.scale() > 0;
    if numeral.chars != 1 || numeral.value > Decimal::TEN || numeral.value.is_zero() {
        return None;
    }
    if decimal {
        return Some((
            numeral.value * Decimal::TEN,
            numeral.quantum * Decimal::TEN,
            '成'.len_utf8(),
        ));
    }
    part_of_ten(rest, numeral.value)
}

/// `3成`.
pub(super) fn arabic_tenths(figure: &Figure, after: &str) -> Option<(Decimal, Decimal, usize)> {
    let rest = after.strip_prefix('成')?;
    if figure.value > Decimal::TEN || figure.value.is_zero() {
        return None;
    }
    part_of_ten(rest, figure.value)
}

fn part_of_ten(rest: &str, value: Decimal) -> Option<(Decimal, Decimal, usize)> {
    if rest.starts_with('半') {
        return Some((value * Decimal::TEN + Decimal::from(5), Decimal::ONE, 6));
    }
    // 七成六
    let mut chars = rest.chars();
    if let Some(digit) = chars.next().and_then(super::chinese::digit)
        && !chars.next().is_some_and(is_han)
    {
        let length = rest.chars().next().map_or(0, char::len_utf8);
        let value = value.checked_mul(Decimal::TEN)?.checked_add(Decimal::from(digit))?;
        return Some((value, Decimal::ONE, 3 + length));
    }
    let stops = [
        '立', '为', '功', '员', '本', '果', '都', '长', '效', '绩', '套', '交', '人', '品', '就',
        '熟',
    ];
    (!rest.starts_with(stops)).then_some((value * Decimal::TEN, Decimal::TEN, 3))
}

#[cfg(test)]
mod tests {
    use crate::number::scan::Scan;

    #[test]
    fn a_count_beside_a_telephone_is_no_number_of_one() {
        let phones = |text: &str| {
            Scan::run(text, false).unread.iter().filter(|gap| gap.2.contains("电话")).count()
        };
        for text in ["联系电话：67512578", "拨打12345热线", "邮编：830000", "服务热线（12329）"]
        {
            assert_eq!(phones(text), 1, "{text}");
        }
        for text in ["热线受理量3000件", "电话预警推送量100次", "涉诈电话拦截数10000次"]
        {
            assert_eq!(phones(text), 0, "{text}");
        }
    }
}
