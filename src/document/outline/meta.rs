//! What a report says it is: `2024年度`, `部门决算`, `青云县档案局`, amounts in `万元`.

mod form;
use crate::beside::beside;
use crate::document::{BlockKind, Document, ReportKind, ReportMeta};
use crate::pattern::{Captures, Pattern};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Bytes of the text that are searched for the title.
const TITLE: usize = 3000;

/// Kind, agency, year and default unit.
pub(super) fn read(document: &Document) -> ReportMeta {
    let ((kind, year, unit), agency) = beside(
        document.text.len(),
        || {
            let kind = kind(document);
            (kind, year(document, kind), unit(document))
        },
        || agency(document),
    );
    ReportMeta { kind, agency, year, unit }
}

fn head(document: &Document) -> &str {
    let mut end = document.text.len().min(TITLE);
    while !document.text.is_char_boundary(end) {
        end -= 1;
    }
    &document.text[..end]
}

/// The first lines up to the table of contents, as one.
fn title(document: &Document) -> String {
    let mut title = String::new();
    for block in document.blocks.iter().take(6) {
        let text = document.slice(block.span);
        let wanted =
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Furniture);
        if !wanted || text.contains(['。', '：']) || text.chars().count() > 50 {
            break;
        }
        if block.kind != BlockKind::Furniture || text.contains("算") {
            title.push_str(text);
        }
    }
    title
}

/// Words of a title weigh most, then headings, then the text.
fn kind(document: &Document) -> ReportKind {
    let mut scores = [0usize; 3];
    let mut weigh = |text: &str, weight: usize| {
        let said = Said::count(text);
        scores[0] += weight * said.finals;
        scores[1] += weight * said.budgets.saturating_sub(said.funds);
        scores[2] += weight * said.performance;
    };
    for (index, block) in document.blocks.iter().enumerate() {
        let text = document.slice(block.span);
        match block.kind {
            BlockKind::Furniture => {}
            _ if index < 6 && text.chars().count() <= 60 => weigh(text, 10),
            BlockKind::Heading => weigh(text, 3),
            BlockKind::Table(_) | BlockKind::Chart(_) => {}
            _ => weigh(text, 1),
        }
    }
    for table in &document.tables {
        if let Some(title) = table.title {
            weigh(document.slice(title), 3);
        }
    }
    let title = title(document);
    let first = |words: &[&str]| words.iter().filter_map(|word| title.find(word)).min();
    let report = first(&["绩效自评", "绩效评价", "绩效报告", "绩效目标申报"]);
    let other = first(&["决算", "部门预算", "单位预算"]).unwrap_or(usize::MAX);
    if report.is_some_and(|at| at < other) {
        return ReportKind::Performance;
    }
    let [finals, budget, performance] = scores;
    let alone = finals + budget == 0 && form::alone(document, &title);
    if alone || performance > 2 * (finals + budget) {
        ReportKind::Performance
    } else if finals + budget == 0 {
        ReportKind::Other
    } else if finals >= budget {
        ReportKind::FinalAccounts
    } else {
        ReportKind::Budget
    }
}

/// How often a text says what reports are named by.
#[derive(Default)]
struct Said {
    finals: usize,
    budgets: usize,
    /// 预算 as part of the name of money or of a stage, no report.
    funds: usize,
    performance: usize,
}

impl Said {
    fn count(text: &str) -> Self {
        let mut said = Self::default();
        let opens = |text: &str, words: &[&str]| words.iter().any(|word| text.starts_with(word));
        let closes = |text: &str, words: &[&str]| words.iter().any(|word| text.ends_with(word));
        for (at, c) in text.char_indices() {
            let around = || (&text[..at], &text[at + c.len_utf8()..]);
            match c {
                '算' => {
                    let (before, after) = around();
                    said.finals += usize::from(before.ends_with('决'));
                    if let Some(before) = before.strip_suffix('预') {
                        let stages = ["公共", "基金", "经营", "完成", "年初", "调整"];
                        let uses = ["财政", "数", "绩效", "执行", "项目"];
                        said.budgets += 1;
                        said.funds += usize::from(closes(before, &stages));
                        said.funds += usize::from(opens(after, &uses));
                    }
                }
                '效' => {
                    let (before, after) = around();
                    let named = opens(after, &["自评", "评价报告", "目标自评", "目标申报"]);
                    said.performance += usize::from(named && before.ends_with('绩'));
                }
                '评' => {
                    let (before, after) = around();
                    let form = after.starts_with('表') && before.ends_with('自');
                    said.performance += usize::from(form);
                }
                _ => {}
            }
        }
        said
    }
}

fn year(document: &Document, kind: ReportKind) -> Option<i32> {
    static TITLED: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::own(r"(20\d\d)年?度?[^\n。，]{0,40}?(决算|预算|绩效)"));
    static AFTER: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::own(r"^年?度?[^\n。，]{0,40}?(决算|预算|绩效)"));
    let wanted = match kind {
        ReportKind::FinalAccounts => "决算",
        ReportKind::Budget => "预算",
        _ => "",
    };
    let said = |found: Captures<'_, '_>| -> Option<i32> {
        let right = wanted.is_empty() || found.text(2) == wanted;
        found.text(1).parse().ok().filter(|year| right && *year >= 2008)
    };
    let han = han_years(head(document));
    let first = TITLED.captures_iter(head(document)).find_map(said);
    // a title over several lines: `2024年度`, `青云县档案局`, `部门决算`
    let first = first.or_else(|| {
        let title: String = head(document).chars().take(120).filter(|c| *c != '\n').collect();
        TITLED.captures_iter(&title).find_map(said)
    });
    first.or(han).or_else(|| {
        let mut counts: HashMap<i32, usize> = HashMap::new();
        let text = &document.text;
        let mut end = 0; // of the last title, whose other years do not count
        for (at, _) in text.match_indices("20") {
            let digits =
                text.get(at..at + 4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
            let Some(year) = digits.and_then(|digits| digits.parse().ok()) else { continue };
            let after = &text[at + 4..];
            let title = (at >= end).then(|| AFTER.captures(after)).flatten();
            end = title.as_ref().map_or(end, |title| at + 4 + title.range().end);
            let titled = title.is_some_and(|title| wanted.is_empty() || title.text(1) == wanted);
            let weight = 5 * usize::from(titled) + usize::from(after.starts_with('年'));
            if year >= 2008 && weight > 0 {
                *counts.entry(year).or_default() += weight;
            }
        }
        counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
    })
}

/// `二〇二四年度部门决算`
fn han_years(text: &str) -> Option<i32> {
    static HAN: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::own(
            r"二[〇○ＯO0零]([一二三])([〇○ＯO0零一二三四五六七八九])年度?[^。，；]{0,60}(?:决算|预算)",
        )
    });
    let digit = |text: &str| {
        "〇一二三四五六七八九".chars().position(|c| text.starts_with(c)).unwrap_or(0) as i32
    };
    let found = HAN.captures(text)?;
    Some(2000 + 10 * digit(found.text(1)) + digit(found.text(2)))
}

fn agency(document: &Document) -> Option<String> {
    static LABELLED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::own(
            r"(?m)(?:^|[ 　表])(?:公开)?(?:部门|单位|编制单位|填报单位|部门名称|单位名称|编制部门|填报部门|预算单位|主管部门)(?:[（(](?:公章|单位|部门|盖章)[）)])?[：:] ?([〇㐀-䶿一-鿿（）()A-Za-z0-9、]{3,40})",
        )
    });
    static TITLED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::own(
            r"(?m)^(?:附件\d?：?)?(?:(?:20\d\d|二[〇○零]..)年度?)?([〇㐀-䶿一-鿿（）()]{3,40}?)(?:(?:20\d\d|二[〇○零]..)年度?)?(?:部门|单位)?(?:收支|预决算)?(?:决算|预算|整体(?:支出)?绩效|绩效自评)",
        )
    });
    static CELL: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::own(
            r"(?m)^(?:部门名称|单位名称|部门（单位）名称|预算部门)[：: \n]?([〇㐀-䶿一-鿿（）()]{3,40}?)(?:总体资金|部门预算|项目|$)",
        )
    });
    static OVERVIEW: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::own(
            r"(?m)^第[一1]部分[：、 ]*([〇㐀-䶿一-鿿（）()]{3,40}?)(?:单位|部门)?(?:概况|基本情况)",
        )
    });
    let text = &document.text;
    let mut votes = Votes::default();
    for found in LABELLED.captures_iter(text).take(500) {
        votes.add(text, found.get(1), 2);
    }
    // the title may stand on several lines: `2026年度`, `青云县档案局`, `单位预算`
    let title = title(document);
    votes.add(&title, TITLED.captures(&title).and_then(|found| found.get(1)), 4);
    for found in CELL.captures_iter(text).take(100) {
        votes.add(text, found.get(1), 1);
    }
    for found in TITLED.captures_iter(head(document)).take(50) {
        votes.add(text, found.get(1), 3);
    }
    for found in OVERVIEW.captures_iter(head(document)).take(5) {
        votes.add(text, found.get(1), 3);
    }
    if votes.0.is_empty() {
        let mut end = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            end += line.len();
            (end - line.len(), line)
        });
        // what the names of reports end with is said with 算 or 绩
        let lines = lines.filter(|(_, line)| line.contains(['算', '绩']));
        let named = |(at, line)| {
            let own = TITLED.captures(line)?.get(1)?;
            Some(at + own.start..at + own.end)
        };
        for name in lines.filter_map(named).take(200) {
            votes.add(text, Some(name), 1);
        }
        for section in &document.sections {
            let found = TITLED.captures(&section.title).and_then(|found| found.get(1));
            votes.add(&section.title, found, 2);
        }
    }
    let best = votes.0.into_iter().max_by_key(|(_, (count, at))| (*count, usize::MAX - at));
    best.map(|(name, _)| name.to_string())
}

/// How often each name was said, and where first.
#[derive(Default)]
struct Votes<'a>(HashMap<&'a str, (usize, usize)>);

impl<'a> Votes<'a> {
    fn add(&mut self, text: &'a str, found: Option<Range<usize>>, weight: usize) {
        let Some(found) = found else { return };
        let name = text[found.clone()].trim_matches(['、', '（', '(']);
        let name =
            name.strip_suffix("金额单位").or_else(|| name.strip_suffix("单位")).unwrap_or(name);
        let name = name.trim();
        if is_agency(name) {
            self.0.entry(name).or_insert((0, found.start)).0 += weight;
        }
    }
}

/// Whether a name can be that of a department or unit.
fn is_agency(name: &str) -> bool {
    const ENDINGS: [&str; 58] = [
        "局",
        "厅",
        "委",
        "委员会",
        "办公室",
        "办",
        "部",
        "院",
        "校",
        "中心",
        "处",
        "所",
        "站",
        "队",
        "会",
        "署",
        "馆",
        "社",
        "大学",
        "学院",
        "学校",
        "政府",
        "街道",
        "镇",
        "乡",
        "办事处",
        "法院",
        "检察院",
        "政协",
        "人大",
        "公司",
        "台",
        "总队",
        "支队",
        "大队",
        "园",
        "团",
        "银行",
        "本级）",
        "）",
        "协会",
        "联合会",
        "总工会",
        "团委",
        "妇联",
        "党校",
        "医院",
        "集团",
        "基地",
        "管委会",
        "指挥部",
        "研究院",
        "库",
        "段",
        "室",
        "组",
        "司",
        "系统",
    ];
    let words = [
        "预算",
        "决算",
        "收入",
        "支出",
        "财政",
        "情况",
        "说明",
        "金额",
        "公共",
        "我",
        "本部门",
        "该",
        "绩效",
        "预留",
    ];
    let count = name.chars().count();
    let own = name.contains("财政局") || name.contains("财政厅") || name.contains("财政部");
    (3..=40).contains(&count)
        && ENDINGS.iter().any(|ending| name.ends_with(ending))
        && (own
            || !words.iter().any(|word| name.contains(word))
            || name.contains("财政") && !name.starts_with("财政"))
        && !name.starts_with(['（', '各', '第', '的'])
        && !name.starts_with("部门")
        && !name.starts_with("单位")
        && name.matches(['（', '(']).count() == name.matches(['）', ')']).count()
}

/// The unit most amounts of the running text carry.
fn unit(document: &Document) -> Option<String> {
    const UNITS: [&str; 5] = ["亿元", "百万元", "万元", "千元", "元"];
    let mut counts = [0usize; UNITS.len()];
    for block in &document.blocks {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let text = document.slice(block.span);
        let mut digit = false;
        for (at, c) in text.char_indices() {
            if digit && !c.is_ascii_digit() {
                let unit = UNITS.iter().position(|unit| text[at..].starts_with(unit));
                if let Some(unit) = unit {
                    counts[unit] += 1;
                }
            }
            digit = c.is_ascii_digit();
        }
    }
    let best = (0..UNITS.len()).max_by_key(|at| counts[*at])?;
    if counts[best] > 0 {
        return Some(UNITS[best].to_string());
    }
    let mut tables: HashMap<&str, usize> = HashMap::new();
    for unit in document.tables.iter().filter_map(|table| table.unit.as_deref()) {
        *tables.entry(unit).or_default() += 1;
    }
    tables
        .into_iter()
        .max_by_key(|(unit, count)| (*count, unit.len()))
        .map(|(unit, _)| unit.to_string())
}
