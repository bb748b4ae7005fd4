//! Which blocks are headings: `五、一般公共预算财政拨款支出决算情况说明`, not `1.行政运行：支出决算为100.00万元。`

use super::Heading;
use super::label::{self, Label, Style};
use crate::document::{BlockKind, Document};

/// All headings in reading order.
pub(super) fn find(document: &Document) -> Vec<Heading> {
    let mut found: Vec<Heading> = vec![];
    let mut at = 0;
    while at < document.blocks.len() {
        let heading = heading(document, at, &found);
        match heading {
            Some(heading) => {
                at += heading.blocks;
                found.push(heading);
            }
            None => at += 1,
        }
    }
    found
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

fn heading(document: &Document, at: usize, before: &[Heading]) -> Option<Heading> {
    let line = text(document, at)?;
    let Some(label) = label::parse(line) else { return unlabelled(document, at, line, before) };
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
        let defined = deep && rest.contains(['：', ':', '；']) || rest.contains('；');
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
    let chapter = !after.trim().is_empty() || ENDINGS.iter().any(|ending| title.ends_with(ending));
    (plain && chapter).then_some(label.title + stop + '。'.len_utf8())
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
            ENDINGS.iter().any(|ending| title.ends_with(ending)) || title.ends_with('表');
        let missing = title.is_empty()
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
fn unlabelled(document: &Document, at: usize, line: &str, before: &[Heading]) -> Option<Heading> {
    let count = line.chars().count();
    if line.contains(['。', '；', '，']) || count > 50 || at == 0 {
        return None;
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
        let opens = next_text(document, last).and_then(|(_, line)| label::parse(line)).is_some_and(
            |label| {
                label.ordinal == 1
                    && matches!(
                        label.style,
                        Style::Han | Style::Part | Style::HanRound | Style::Arabic
                    )
            },
        );
        if opens {
            let end = line.len();
            return Some(Heading { block: at, blocks, label: None, end, level: 1 });
        }
    }
    let end = line.len();
    marked.then_some(Heading { block: at, blocks: 1, label: None, end, level: 2 })
}

/// `专项资金绩效自评报告`
fn is_report(line: &str) -> bool {
    let line = line.trim_end_matches(['）', ')']);
    line.ends_with("报告") || line.contains("报告（") || line.contains("报告(")
}
