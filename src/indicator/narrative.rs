//! What the narrative says of a project that has a table: score, budget, execution.

use super::{Annex, squeeze};
use crate::document::{BlockKind, Document, Span};
use crate::number::{Kind, Number, NumberId};
use crate::pattern::Pattern;
use std::cell::OnceCell;
use std::sync::LazyLock;

/// A sentence about the self-assessment of a project or of the whole department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The project as printed; `None` is the department as a whole.
    pub project: Option<String>,
    /// What tells its project apart.
    pub core: Option<Core>,
    /// `自评得分为95分`
    pub score: Option<NumberId>,
    /// `全年预算数为180.03万元`, `项目预算安排14.99万元`
    pub budget: Option<NumberId>,
    /// `执行数为180.03万元`
    pub executed: Option<NumberId>,
    /// The words.
    pub at: Span,
    /// Whether it stands in an annexed report of its own.
    pub annex: bool,
}

static SCORE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:自评得分|自评总分|自评分|综合得分|综合评分|评价总分|评价得分|总得分|总分|得分|自评|评价得)(?:均?为|是|达到|达|：|:)?\s*(\d{1,3}(?:\.\d+)?)\s*分",
    )
});
static HEAD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?\s*[.．、]?\s*)?([^。；，：]{2,40}?)\s*(?:绩效)?(?:自评)?(?:综述|自评结果|自评情况|评价结果)",
    )
});
static AMOUNT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:(执行数)|(全年预算数|项目预算安排资金|项目预算资金|项目预算安排|预算安排资金))(?:为|是|共)?\s*(\d[\d,]*(?:\.\d+)?)\s*(?:亿|百万|千|万)?元",
    )
});

/// Everything the narrative says about scores and amounts of projects, in reading order.
pub fn assessments(document: &Document, numbers: &[Number], annexes: &[Annex]) -> Vec<Assessment> {
    let mut found = Vec::new();
    for block in &document.blocks {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            continue;
        }
        let text = document.slice(block.span);
        if text.trim().is_empty() {
            continue;
        }
        let annex = annexes.iter().find(|annex| annex.at.contains(block.span));
        let agency = document.report.agency.as_deref().unwrap_or("");
        read_block(text, block.span.start, numbers, annex, agency, &mut found);
    }
    found
}

/// Reads the scores and amounts of one paragraph.
fn read_block(
    text: &str,
    start: u32,
    numbers: &[Number],
    annex: Option<&Annex>,
    agency: &str,
    found: &mut Vec<Assessment>,
) {
    let head = OnceCell::new();
    let head = || head.get_or_init(|| Some(HEAD.captures(text)?.text(1).to_owned()));
    let first = found.len();
    for captures in SCORE.captures_iter(text) {
        let (Some(all), Some(digits)) = (captures.get(0), captures.get(1)) else { continue };
        let Some(number) = starting_at(numbers, start + digits.start as u32) else { continue };
        let clause_start = text[..all.start]
            .char_indices()
            .rev()
            .find(|(_, c)| matches!(c, '；' | '。' | '，' | '：' | ';'))
            .map_or(0, |(at, c)| at + c.len_utf8());
        let clause = squeeze(&text[clause_start..all.start]);
        let partial =
            ["指标", "决策", "产出", "效益", "满意度", "过程", "执行率", "扣", "平均", "每"];
        let is_part = |words: &str| partial.iter().any(|word| words.contains(word));
        // 过程指标25分，得分24分: the clause before says of what.
        let before = text[..clause_start].trim_end_matches('，');
        let before = before.rsplit(['；', '。', '，', '：', ';']).next().unwrap_or("");
        // 决策指标满分15分，实际得分12分
        let bare = matches!(&*clause, "" | "实际" | "自评" | "评价");
        let weighed = ["分值", "满分", "权重"].iter().any(|word| clause.contains(word));
        if weighed || is_part(&clause) || bare && (is_part(before) || had(before)) {
            continue;
        }
        // What others found, another year, is no self-assessment of this one.
        let others =
            ["复核", "抽查", "复评", "第三方", "财政评价", "重点评价", "部门评价", "上年", "去年"];
        if others.iter().any(|word| clause.contains(word)) {
            continue;
        }
        let said = named(&clause, agency);
        let project = match (said, head(), annex) {
            (Said::Department, ..) => None,
            (Said::Project(name), ..) => Some(name),
            (Said::Nothing, Some(name), _) => Some(name.clone()),
            (Said::Nothing, None, Some(annex)) => annex.project.clone(),
            (Said::Nothing, None, None) => continue,
        };
        let at = Span::new(start as usize + clause_start, start as usize + all.end);
        let annex = annex.is_some();
        found.push(Assessment {
            core: project.as_deref().map(Core::of),
            project,
            score: Some(number),
            budget: None,
            executed: None,
            at,
            annex,
        });
    }
    let several = found.len() > first + 1;
    for captures in AMOUNT.captures_iter(text) {
        let (Some(all), Some(digits)) = (captures.get(0), captures.get(3)) else { continue };
        let Some(number) = starting_at(numbers, start + digits.start as u32) else { continue };
        if numbers[number as usize].kind != Kind::Amount || several {
            continue;
        }
        if found.len() == first {
            let project = match (head(), annex) {
                (Some(name), _) => Some(name.clone()),
                (None, Some(Annex { project: Some(name), .. })) => Some(name.clone()),
                _ => continue,
            };
            let at = Span::new(start as usize + all.start, start as usize + all.end);
            let annex = annex.is_some();
            found.push(Assessment {
                core: project.as_deref().map(Core::of),
                project,
                score: None,
                budget: None,
                executed: None,
                at,
                annex,
            });
        }
        let assessment = &mut found[first];
        let slot = if captures.get(1).is_some() {
            &mut assessment.executed
        } else {
            &mut assessment.budget
        };
        slot.get_or_insert(number);
    }
}

/// Whether words say what a part can get at most: `（一）投入情况（10分` before `，自评得分10分）`.
fn had(words: &str) -> bool {
    let Some(points) = words.trim_end().strip_suffix('分') else { return false };
    let digits = points.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let whole = &points[digits.len()..];
    let won = ["得分", "评分", "总分", "自评"].iter().any(|word| words.contains(word));
    !won && !whole.is_empty() && whole.split('.').next().is_some_and(|whole| whole.len() < 3)
}

/// The number that begins at a byte.
fn starting_at(numbers: &[Number], start: u32) -> Option<NumberId> {
    let index = numbers.partition_point(|number| number.span.start < start);
    (numbers.get(index)?.span.start == start).then_some(index as NumberId)
}

/// Whom a clause names before its score.
enum Said {
    Department,
    Project(String),
    Nothing,
}

fn named(clause: &str, agency: &str) -> Said {
    let whole = ["整体", "部门预算绩效", "部门预算总体"];
    if let Some(at) = whole.iter().find_map(|word| clause.find(word)) {
        // `所属河道管理所整体支出`: a unit's, not the department's.
        let unit = clause[..at].rsplit(['、', '，']).next().and_then(|name| {
            let at =
                ["所属", "下属"].iter().find_map(|word| Some(name.find(word)? + word.len()))?;
            Some(name[at..].trim_end_matches("部门").to_owned())
        });
        let unit = unit.or_else(|| unit_named(&clause[..at], agency));
        return unit.filter(|name| !name.is_empty()).map_or(Said::Department, Said::Project);
    }
    // 我局自评得分95分, 本单位绩效自评得分为95分: of all it does.
    let own =
        ["我部门", "本部门", "我单位", "本单位", "我局", "本局", "我委", "本委", "我办", "本办"];
    if own.iter().any(|own| clause.starts_with(own)) && !clause.contains("项目") {
        return Said::Department;
    }
    let mut name = clause.to_owned();
    for end in ["绩效", "支出", "预算项目", "专项预算", "项目", "专项"] {
        if let Some(cut) = name.strip_suffix(end) {
            name = cut.to_owned();
        }
    }
    // `经综合评价，专项资金绩效自评总分为95分` names no project of its own.
    let general = ["该", "本", "最终", "综合", "经", "我", "此"];
    if general.iter().any(|word| name.starts_with(word)) || is_general(&name) {
        return Said::Nothing;
    }
    if name.contains("部门") && name.contains("预算") {
        return Said::Department;
    }
    Said::Project(name)
}

/// The unit whose name words end with, if it is not the agency of the report: `2023年度河道管理所`.
fn unit_named(words: &str, agency: &str) -> Option<String> {
    let name = words
        .rsplit(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度' | '对' | '由'))
        .next()?;
    let name = name.trim_end_matches("部门").trim_end_matches("单位");
    let ends = ["局", "所", "中心", "站", "院", "馆", "校", "队", "处", "委", "会", "办"];
    let is_unit = name.chars().count() >= 4 && ends.iter().any(|end| name.ends_with(end));
    let own = agency.ends_with(name) || name.ends_with(agency) && !agency.is_empty();
    (is_unit && !agency.is_empty() && !own).then(|| name.to_owned())
}

/// Whether a name is made of general words only: `专项资金`, `项目经费`.
fn is_general(name: &str) -> bool {
    let words = [
        "专项", "资金", "项目", "经费", "支出", "预算", "财政", "年度", "补助", "奖励", "绩效",
        "自评", "评价", "综合",
    ];
    let rest = words.iter().fold(squeeze(name).into_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().filter(|c| c.is_alphabetic()).count() < 2
}

/// The part of a project's name that tells it apart: without code, year, batch, quotes and general words.
pub(super) fn core(name: &str) -> String {
    let mut name: String = squeeze(name)
        .chars()
        .filter(|c| {
            !matches!(c, '“' | '”' | '"' | '《' | '》' | '〈' | '〉' | '‘' | '’' | '·' | '—')
        })
        .collect();
    // `51090422T000000400299-科技创新发展引导资金`
    if let Some((code, rest)) = name.split_once('-')
        && code.len() >= 6
        && code.is_ascii()
    {
        name = rest.to_owned();
    }
    if let Some(at) =
        name.find('年').filter(|at| *at == 4 && name[..4].bytes().all(|b| b.is_ascii_digit()))
    {
        name = name[at + '年'.len_utf8()..].trim_start_matches('度').to_owned();
    }
    if let Some(rest) = name.strip_prefix('第')
        && let Some((batch, rest)) = rest.split_once('批')
        && batch.chars().count() <= 2
    {
        name = rest.to_owned();
    }
    loop {
        let mut cut = false;
        for word in [
            "专项预算项目",
            "专项",
            "预算",
            "项目",
            "资金",
            "经费",
            "费用",
            "支出",
            "激励",
            "工作",
            "相关",
            "补助",
            "费",
        ] {
            if let Some(rest) = name.strip_suffix(word)
                && rest.chars().nth(1).is_some()
            {
                name = rest.to_owned();
                cut = true;
            }
        }
        if !cut {
            return name;
        }
    }
}

/// What tells a project apart from others: its printed name without code, year, batch and general words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Core(String);

impl Core {
    /// The core of a printed name.
    pub fn of(name: &str) -> Self {
        Self(core(name))
    }

    /// Whether two names mean the same project: 2 for the same core, 1 where one holds the other, 0 for no.
    pub fn same(&self, other: &Self) -> u8 {
        let (Self(one), Self(other)) = (self, other);
        if one.is_empty() || other.is_empty() {
            return 0;
        }
        if one == other {
            return 2;
        }
        let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
        let part = long.starts_with(short.as_str()) || long.ends_with(short.as_str());
        let length = |name: &str| name.chars().count();
        u8::from(part && length(short) >= 5 && length(short) * 2 >= length(long))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_projects_lose_their_general_words() {
        assert_eq!(core("51090422T000000400299-人工湿地引导资金"), "人工湿地引导");
        assert_eq!(core("2023年第一批省级湿地发展专项资金"), "省级湿地发展");
        assert_eq!(core("培训费"), "培训");
        let same = |one: &str, other: &str| Core::of(one).same(&Core::of(other));
        assert_eq!(same("湿地扩区调整工作经费", "安平湿地扩区调整工作经费"), 1);
        assert_eq!(same("湿地扩区", "道路养护"), 0);
    }
}
