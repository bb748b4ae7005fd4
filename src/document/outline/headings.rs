//! Which blocks are headings: `五、一般公共预算财政拨款支出决算情况说明`, not `1.行政运行：支出决算为100.00万元。`

use super::Heading;
use super::label::{self, Label, Style};
use crate::document::{BlockKind, Document};

/// All headings in reading order.
pub(super) fn find(document: &Document) -> Vec<Heading> {
    let mut entries = super::contents::entries(document);
    let mut found: Vec<Heading> = vec![];
    let mut listed = 0; // last annex of a list `附件：1.… 2.…`
    let mut at = 0;
    while at < document.blocks.len() {
        let line = text(document, at).unwrap_or("");
        let label = label::parse(line);
        if let Some(first) =
            line.strip_prefix("附件").map(|rest| rest.trim_start_matches(['：', ':']))
        {
            listed = u32::from(label.is_none() && first.starts_with('1'));
        } else if listed > 0 {
            let next = label
                .is_some_and(|label| label.style == Style::Arabic && label.ordinal == listed + 1);
            listed = if next { listed + 1 } else { 0 };
        }
        let heading = if listed > 0 { None } else { heading(document, at, &found, &mut entries) };
        match heading {
            Some(heading) => {
                at += heading.blocks;
                found.push(heading);
            }
            None => at += 1,
        }
    }
    without_rows(document, found)
}

/// Drops lines of tables, `十、节能环保支出` after `九、卫生健康支出`, that only look like headings.
fn without_rows(document: &Document, found: Vec<Heading>) -> Vec<Heading> {
    let row = |heading: &Heading| {
        let line = document.slice(document.blocks[heading.block].span);
        let stuck = heading.end < line.len();
        !stuck && heading.blocks == 1 && !ends_chapter(line.trim_end_matches(['：', ':']))
    };
    let style = |heading: &Heading| heading.label.map(|label| label.style);
    let follows = |a: &Heading, b: &Heading| {
        row(a)
            && row(b)
            && style(a).is_some()
            && style(a) == style(b)
            && a.block + a.blocks == b.block
    };
    // `二、年终结转结余` without a sentence after it
    let lonely = |heading: &Heading| {
        const ITEMS: [&str; 7] = ["支出", "收入", "结余", "拨款", "基金", "资金", "结转"];
        let title = document.slice(document.blocks[heading.block].span);
        let next = next_text(document, heading.block).map_or("", |(_, line)| line);
        row(heading)
            && ITEMS.iter().any(|item| title.ends_with(item))
            && !next.contains(['。', '，', '：'])
            && label::parse(next)
                .is_none_or(|next| heading.label.is_some_and(|label| label.style >= next.style))
    };
    let drop: Vec<bool> = (0..found.len())
        .map(|at| {
            at > 0 && follows(&found[at - 1], &found[at])
                || found.get(at + 1).is_some_and(|next| follows(&found[at], next))
                || lonely(&found[at])
        })
        .collect();
    found.into_iter().zip(drop).filter(|(_, drop)| !drop).map(|(heading, _)| heading).collect()
}

fn text(document: &Document, at: usize) -> Option<&str> {
    let block = document.blocks.get(at)?;
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
        .then(|| document.slice(block.span))
}

/// The next block that is not furniture, if it is text.
fn next_text(document: &Document, at: usize) -> Option<(usize, &str)> {
    let next = (at + 1..document.blocks.len().min(at + 5))
        .find(|next| document.blocks[*next].kind != BlockKind::Furniture)?;
    Some((next, text(document, next)?))
}

fn heading(
    document: &Document,
    at: usize,
    before: &[Heading],
    entries: &mut Vec<String>,
) -> Option<Heading> {
    let line = text(document, at)?;
    let Some(label) = label::parse(line) else {
        return unlabelled(document, at, line, before, entries);
    };
    let end = title_end(line, &label)?;
    let mut blocks = 1;
    let title = line[label.title..end].trim();
    if end == line.len() {
        blocks = wrapped(document, at, &label, title);
        if title.is_empty() && blocks == 1 && !matches!(label.style, Style::Part | Style::Annex) {
            return None;
        }
    }
    Some(Heading { block: at, blocks, label: Some(label), end, level: label.style.level() })
}

/// Where the heading ends in `line`, if it is one.
fn title_end(line: &str, label: &Label) -> Option<usize> {
    let rest = &line[label.title..];
    let count = |text: &str| text.chars().count();
    let deep = label.style >= Style::Arabic;
    let Some(stop) = rest.find('。') else {
        let longest = if deep { 30 } else { 60 };
        let commas = rest.matches('，').count();
        let fits = count(rest) <= longest && commas <= usize::from(!deep && count(rest) <= 40);
        let open = rest.ends_with(['，', '、', '；', ';']) || deep && rest.ends_with(['：', ':']);
        let defined = rest.contains('；')
            || rest.find(['：', ':']).is_some_and(|colon| deep || count(&rest[colon..]) > 8);
        // two labels on one line are the two halves of a row, `二、事业收入 二、外交支出`
        let defined = defined || two_labels(rest);
        let row = rest.ends_with(|c: char| c.is_ascii_digit()) && !rest.contains(['表', '件']);
        let plain = fits && !open && !defined && !row && !has_amount(rest);
        return plain.then_some(line.len());
    };
    let title = &rest[..stop];
    let after = &rest[stop + '。'.len_utf8()..];
    let longest = if deep { 20 } else { 28 };
    let plain = !title.is_empty()
        && count(title) <= longest
        && !title.contains(['，', '：', ':', '；', ';'])
        && !has_amount(title);
    // one short sentence alone is a list item, `（九）完成上级交办的其他任务。`, unless it names a chapter
    let chapter = !after.trim().is_empty()
        || count(title) <= 14
            && !title.contains('、')
            && ENDINGS.iter().any(|ending| title.ends_with(ending));

    // `6.教育（类）进修及培训（款）培训支出（项）。年初预算为…` is the sixth item of its section
    let item = ["（类）", "（款）", "（项）", "(类)", "(款)", "(项)"]
        .iter()
        .any(|level| title.ends_with(level));
    (plain && chapter && !item).then_some(label.title + stop + '。'.len_utf8())
}

fn two_labels(rest: &str) -> bool {
    rest.char_indices().skip(2).any(|(at, c)| {
        matches!(c, '一'..='龥' | '（')
            && label::parse(&rest[at..]).is_some_and(|label| {
                matches!(label.style, Style::Han | Style::HanRound)
                    && !rest[at + label.title..].is_empty()
            })
            && !rest[..at].ends_with(['、', '十', '第', '（'])
    })
}

/// How the titles of chapters end.
const ENDINGS: [&str; 20] = [
    "说明", "情况", "概况", "职责", "职能", "设置", "分析", "报告", "目标", "建议", "问题", "结论",
    "范围", "方法", "组织", "解释", "构成", "依据", "安排", "总表",
];

/// `1,234.56万元`, `12%`: a heading does not state amounts.
fn has_amount(text: &str) -> bool {
    let mut digits = false;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            digits = true;
        } else if digits && !matches!(c, '.' | ',') {
            let rest = &text[at..];
            if ["万元", "亿元", "元", "千元", "%", "个百分点", "万", "亿"]
                .iter()
                .any(|unit| rest.starts_with(unit))
            {
                return true;
            }
            digits = c == ' ';
        }
    }
    let figures = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    figures.filter(|figure| figure.contains('.') && figure.len() > 3).count() > 0
}

/// How many blocks a heading takes whose title stands on the following lines.
fn wrapped(document: &Document, at: usize, label: &Label, title: &str) -> usize {
    let mut title: String = title.into();
    // `第二部分`, `2024年度`, `青云县档案局`, `部门决算表` on four lines
    let year = title.trim_end_matches("年度").trim_end_matches('年');
    let parted = label.style == Style::Part && year.bytes().all(|byte| byte.is_ascii_digit());
    let mut blocks = 1;
    let mut last = at;
    while blocks <= 3
        && let Some((next, line)) = next_text(document, last)
    {
        let short = line.chars().count() <= 45;
        let words = !line.contains(['。', '，', '；', '：', '|']) && !line.starts_with(['（', '(']);
        let subtitle = title.ends_with("报告") && line.starts_with('（') && line.ends_with('）');
        let labelled = label::parse(line).is_some();
        let complete =
            ENDINGS.iter().any(|ending| title.ends_with(ending)) || title.ends_with(['表', '件']);
        let missing = title.is_empty()
            || parted && !complete
            || label.style == Style::Annex && !complete
            || title.chars().count() >= 14
                && line.chars().count() <= 10
                && !complete
                && ends_chapter(line);
        if !short || labelled || has_amount(line) || !(subtitle || words && missing) {
            break;
        }
        title.push_str(line);
        blocks += next - last;
        last = next;
    }
    blocks
}

fn ends_chapter(line: &str) -> bool {
    line.ends_with('表') || ENDINGS.iter().any(|ending| line.ends_with(ending))
}

/// A heading without label: a reader marked it, or it is the title of an annexed report.
fn unlabelled(
    document: &Document,
    at: usize,
    line: &str,
    before: &[Heading],
    entries: &mut Vec<String>,
) -> Option<Heading> {
    let count = line.chars().count();
    if line.contains(['。', '；', '，']) || count > 50 || at == 0 {
        return None;
    }
    if let Some(entry) = entries.iter().position(|entry| announced(entry, line)) {
        entries.remove(entry);
        let end = line.len();
        return Some(Heading { block: at, blocks: 1, label: None, end, level: 1 });
    }
    let marked = document.blocks[at].kind == BlockKind::Heading;
    let mut blocks = 1;
    let mut last = at;
    if is_report(line) && !before.is_empty() {
        if let Some((next, subtitle)) = next_text(document, at)
            && subtitle.starts_with(['（', '('])
            && label::parse(subtitle).is_none()
            && subtitle.ends_with(['）', ')'])
        {
            blocks += next - last;
            last = next;
        }
        let opens = next_text(document, last).and_then(|(_, line)| label::parse(line));
        let report = line.contains("报告");
        let opens = opens.is_some_and(|label| {
            label.ordinal == 1
                && (label.style == Style::Han || report && label.style != Style::Circled)
        });
        if opens {
            let end = line.len();
            return Some(Heading { block: at, blocks, label: None, end, level: 1 });
        }
    }
    let end = line.len();
    marked.then_some(Heading { block: at, blocks: 1, label: None, end, level: 2 })
}

/// Whether a line is the title that the table of contents announced: `某局主要职能` for `部门主要职能`.
fn announced(entry: &str, line: &str) -> bool {
    let core = entry.trim_start_matches("部门").trim_start_matches("单位");
    line.ends_with(core) && line.chars().count() <= core.chars().count() + 25
}

/// `专项资金绩效自评报告`, `培训专项经费情况说明`
fn is_report(line: &str) -> bool {
    let name = line.split(['（', '(']).next().unwrap_or(line);
    let ends =
        |text: &str| ["报告", "说明", "情况", "方案"].iter().any(|ending| text.ends_with(ending));
    line.chars().count() >= 5 && (ends(line) || ends(name))
}
