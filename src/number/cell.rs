//! Numbers of table cells: the whole cell is a number (`-4.63`, `（2.32）`, `≥95%`), or it is read as words.

use super::quantity::{self, blanks};
use super::scan::{Found, Scan, Unread};
use super::units::units;
use super::{Approximate, Code, Kind, Reading, chinese, figure};
use crate::document::{Document, Table};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What a cell holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub found: Vec<Found>,
    pub unread: Vec<Unread>,
    /// Whether the cell is one number and nothing else.
    pub whole: bool,
}

/// Reads a cell: one number if the whole cell is one, else its text like prose.
pub(super) fn content(text: &str) -> Content {
    if let Some(found) = whole(text) {
        return Content { found: vec![found], unread: Vec::new(), whole: true };
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(['年', '元', '分', '十']) {
        return Content::default();
    }
    let scan = Scan::run(text, true);
    let whole = scan.found.len() == 1
        && scan.found[0].start == 0
        && scan.found[0].end == text.len()
        && scan.unread.is_empty();
    Content { found: scan.found, unread: scan.unread, whole }
}

/// The number a whole cell is; blanks, a sign, an operator, and brackets for a negative may stand around it.
pub(super) fn whole(text: &str) -> Option<Found> {
    let inner = text.trim();
    let offset = text.len() - text.trim_start().len();
    let (operator, body) = operator(inner);
    let mut at = inner.len() - body.len();
    let mut body = body;
    let mut negative = false;
    for (open, close) in [('（', '）'), ('(', ')')] {
        if let Some(inside) = body.strip_prefix(open).and_then(|b| b.strip_suffix(close)) {
            (body, negative) = (inside, true);
            at += open.len_utf8();
        }
    }
    let bracketed = negative;
    let signed = body.trim_start_matches(['-', '−', '－', '﹣', '–', '—']);
    let signs = body[..body.len() - signed.len()].chars().count();
    if signs > 1 || (signs == 1 && bracketed) {
        return None;
    }
    let sign_start = at;
    at += body.len() - signed.len();
    negative |= signs == 1;
    let mut digits = signed;
    if let Some(plus) = signed.strip_prefix(['+', '＋', '¥', '￥']) {
        at += signed.len() - plus.len();
        digits = plus;
    }
    let at = at + blanks(digits);
    let digits = &digits[blanks(digits)..];
    let start = if bracketed || signs == 0 { at } else { sign_start };
    let mixed =
        chinese::numeral(digits).filter(|n| n.scaled && digits.starts_with(chinese::starts));
    let (read, length) = if let Some(numeral) = mixed {
        (quantity::spoken(&numeral, &digits[numeral.length..])?, numeral.length)
    } else if let Some((length, figure)) = figure::half_grouped(digits) {
        (quantity::arabic(&figure, &digits[length..])?, length)
    } else {
        let (after, figure) = figure::figure(digits).ok()?;
        (quantity::arabic(&figure, after)?, digits.len() - after.len())
    };
    let end = length + read.length;
    let rest = digits[end..].trim();
    let suffix = match rest {
        "" | "整" => None,
        "以上" | "及以上" | "（含）以上" | "(含)以上" => Some(Approximate::AtLeast),
        "以下" | "以内" | "及以下" => Some(Approximate::AtMost),
        "左右" => Some(Approximate::About),
        _ => return None,
    };
    let (start, end) =
        if bracketed { (at - open_length(inner, at), inner.len()) } else { (start, at + end) };
    // A year in a cell of words is read as prose.
    if read.unit == "年" && read.value >= Decimal::from(1900) || read.unit == "日" {
        return None;
    }
    let value = if negative { -read.value } else { read.value };
    let approximate = read.over.then_some(Approximate::Over).or(operator).or(suffix);
    Some(Found {
        kind: read.kind,
        reading: Reading::Quantity { value, quantum: read.quantum },
        unit: read.unit,
        factor: read.factor,
        decimals: read.decimals,
        approximate,
        start: offset + start,
        end: offset + end,
    })
}

/// Bytes from the opening bracket to the figure.
fn open_length(inner: &str, at: usize) -> usize {
    at - inner[..at].rfind(['（', '(']).unwrap_or(at)
}

/// A leading `≥`, `=`, `不低于`.
fn operator(text: &str) -> (Option<Approximate>, &str) {
    const SIGNS: [(&str, Option<Approximate>); 19] = [
        ("≥", Some(Approximate::AtLeast)),
        (">=", Some(Approximate::AtLeast)),
        ("＞=", Some(Approximate::AtLeast)),
        ("＞", Some(Approximate::AtLeast)),
        (">", Some(Approximate::AtLeast)),
        ("≤", Some(Approximate::AtMost)),
        ("<=", Some(Approximate::AtMost)),
        ("＜", Some(Approximate::AtMost)),
        ("<", Some(Approximate::AtMost)),
        ("=", None),
        ("＝", None),
        ("不低于", Some(Approximate::AtLeast)),
        ("不少于", Some(Approximate::AtLeast)),
        ("不超过", Some(Approximate::AtMost)),
        ("不高于", Some(Approximate::AtMost)),
        ("大于等于", Some(Approximate::AtLeast)),
        ("小于等于", Some(Approximate::AtMost)),
        ("约", Some(Approximate::About)),
        ("达到", None),
    ];
    for (sign, approximate) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return (approximate, rest.trim_start_matches([' ', '\u{3000}']));
        }
    }
    (None, text)
}

/// What the header says of a column, or the label of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: units of the table hold.
    Plain,
    /// 科目编码
    Code,
    /// 行次
    Line,
    /// 栏次
    Column,
    /// 序号
    Ordinal,
    /// 分值、得分、权重
    Score,
    /// 数量、率: not of the table's unit.
    Other,
}

/// The unit a header or label names: `金额（万元）`, `单位：元`, `完成率%`.
pub(super) fn named_unit(text: &str) -> Option<&str> {
    for (index, open) in text
        .char_indices()
        .filter(|(_, c)| matches!(c, '（' | '(' | '：' | ':' | '/'))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        let inside = text[index + open.len_utf8()..].trim_start();
        let inside =
            inside.strip_prefix("单位").map_or(inside, |s| s.trim_start_matches(['：', ':', ' ']));
        let Some(found) = units().plain(inside) else { continue };
        let rest = inside[found.length..].trim_start();
        if rest.is_empty() || rest.starts_with(['）', ')', '，', ',']) {
            return Some(&inside[..found.length]);
        }
    }
    text.trim_end().ends_with(['%', '％']).then_some("%")
}

fn role(header: &str) -> Role {
    let is = |words: &[&str]| words.iter().any(|word| header.contains(word));
    let last = header.rsplit('\n').next().unwrap_or(header);
    if is(&["编码", "代码"]) || matches!(last, "类" | "款" | "项") {
        Role::Code
    } else if last.contains("行次") {
        Role::Line
    } else if last.contains("序号") {
        Role::Ordinal
    } else if is(&["分值", "得分", "权重", "评分", "自评分"]) {
        Role::Score
    } else if is(&[
        "数量",
        "人数",
        "率",
        "比重",
        "占比",
        "指标值",
        "目标值",
        "实际值",
        "编制数",
        "单价",
        "年度",
        "%",
    ]) {
        Role::Other
    } else {
        Role::Plain
    }
}

/// Headers of each column and the row where the body starts.
struct Header {
    columns: Vec<String>,
    roles: Vec<Role>,
    rows: u32,
}

/// Columns beyond this are read without a header.
const MANY: usize = 4096;

impl Header {
    fn new(document: &Document, table: &Table) -> Self {
        let rows =
            if table.header_rows > 0 { table.header_rows } else { head_rows(document, table) };
        let mut columns = vec![String::new(); (table.cols as usize).min(MANY)];
        for cell in table.cells.iter().take_while(|cell| cell.row < rows) {
            let text: String =
                document.slice(cell.span).chars().filter(|c| !c.is_whitespace()).take(60).collect();
            if text.is_empty() {
                continue;
            }
            let end = (cell.col as usize).saturating_add(cell.colspan as usize).min(columns.len());
            for column in columns.get_mut(cell.col as usize..end).unwrap_or_default() {
                if !column.is_empty() {
                    column.push('\n');
                }
                column.push_str(&text);
            }
        }
        let roles = columns.iter().map(|header| role(header)).collect();
        Self { columns, roles, rows }
    }
}

/// Where no header is marked: the rows before the first that holds a number (行次 and 栏次 aside).
fn head_rows(document: &Document, table: &Table) -> u32 {
    let mut row_start = 0;
    while row_start < table.cells.len() {
        let row = table.cells[row_start].row;
        let cells = table.cells[row_start..].iter().take_while(|cell| cell.row == row);
        let count = cells.clone().count();
        let texts: Vec<&str> = cells.map(|cell| document.slice(cell.span).trim()).collect();
        if !counting(&texts) && texts.iter().any(|text| whole(text).is_some()) {
            return row;
        }
        row_start += count;
    }
    0
}

/// Whether a row is a 栏次 row: `栏次 | 1 | 2 | 3` or bare consecutive integers.
fn counting(texts: &[&str]) -> bool {
    if texts.iter().any(|text| text.replace([' ', '\u{3000}'], "").contains("栏次")) {
        return true;
    }
    let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    let labels = texts.iter().filter(|text| !text.is_empty()).count() - numbers.len();
    numbers.len() >= 3
        && labels <= 2
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
        && numbers[0] <= 2
}

/// Reads all cells of a table; `take` gets the index of each cell with what it holds.
pub(super) fn table(document: &Document, table: &Table, mut take: impl FnMut(usize, Content)) {
    let header = Header::new(document, table);
    let mut start = 0;
    while start < table.cells.len() {
        let row = table.cells[start].row;
        let end = start + table.cells[start..].iter().take_while(|cell| cell.row == row).count();
        let texts: Vec<&str> =
            table.cells[start..end].iter().map(|cell| document.slice(cell.span).trim()).collect();
        let columns_row = row < header.rows.max(6) && counting(&texts);
        let mut label = "";
        for (index, cell) in table.cells[start..end].iter().enumerate() {
            let text = document.slice(cell.span);
            if text.is_empty() {
                continue;
            }
            let column = cell.col as usize;
            let role = if columns_row {
                Role::Column
            } else if row < header.rows {
                Role::Plain
            } else {
                header.roles.get(column).copied().unwrap_or(Role::Plain)
            };
            if role == Role::Column {
                take(start + index, lines(text, "栏次"));
                continue;
            }
            let mut content = content(text);
            if content.whole
                && let Some(found) = content.found.first_mut()
                && found.kind == Kind::Number
                && row >= header.rows
            {
                let next = texts.get(index + 1).copied().unwrap_or("");
                let above = header.columns.get(column).map_or("", String::as_str);
                inherit(found, text, role, above, label, next, table.unit.as_deref());
            }
            if !content.whole {
                label = text;
            }
            take(start + index, content);
        }
        start = end;
    }
}

/// Gives a bare figure of a cell the unit or the meaning its header, its row or its table names.
pub(super) fn inherit(
    found: &mut Found,
    text: &str,
    role: Role,
    header: &str,
    label: &str,
    next: &str,
    unit: Option<&str>,
) {
    let Reading::Quantity { value, .. } = found.reading else { return };
    let digits = text.trim();
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    let coded = plain
        && (matches!(role, Role::Code) && digits.len() <= 12 || looks_coded(digits, header, next));
    if coded {
        found.kind = Kind::Code;
        found.reading =
            Reading::Code(Code { digits: digits.to_owned(), names: [None, None, None] });
        return;
    }
    match role {
        Role::Line | Role::Ordinal if plain => {
            found.unit = Cow::Borrowed(if role == Role::Line { "行次" } else { "序号" });
            return;
        }
        Role::Score => {
            (found.kind, found.unit) = (Kind::Score, Cow::Borrowed("分"));
            return;
        }
        _ => {}
    }
    if !found.unit.is_empty() {
        return;
    }
    let last = header.rsplit('\n').find_map(named_unit);
    let name = last.or_else(|| named_unit(label)).or(if role == Role::Other { None } else { unit });
    let Some(name) = name else { return };
    let Some(measure) = quantity::measure(name).filter(|measure| measure.length == name.len())
    else {
        return;
    };
    if measure.unit == "‰" || value.checked_mul(measure.factor).is_none() {
        return;
    }
    (found.kind, found.unit, found.factor) = (measure.kind, measure.unit, measure.factor);
}

/// Whether an integer is a classification code by its length and the name beside it.
fn looks_coded(digits: &str, header: &str, next: &str) -> bool {
    let first = digits.as_bytes().first().copied().unwrap_or(0);
    let named =
        next.chars().take(2).filter(|c| quantity::is_han(*c)).count() == 2 && whole(next).is_none();
    let length = matches!(digits.len(), 3 | 5 | 7) && matches!(first, b'2' | b'3' | b'5');
    // `预算数（单位：万元） 560 通过开展…`: an amount with words beside it.
    let last = header.rsplit('\n').next().unwrap_or(header);
    let amount = named_unit(last).is_some()
        || ["预算数", "决算数", "执行数", "金额", "总计"].iter().any(|word| last.contains(word));
    length && !amount && (named || header.contains("科目"))
}

/// The numbers of a 栏次 row; formulas such as `5=1+2` stay words.
fn lines(text: &str, unit: &'static str) -> Content {
    match whole(text) {
        Some(mut found) if found.kind == Kind::Number => {
            found.unit = Cow::Borrowed(unit);
            Content { found: vec![found], unread: Vec::new(), whole: true }
        }
        _ => Content::default(),
    }
}
