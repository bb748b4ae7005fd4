//! Grades of evaluation reports and the scores they are given for: `90分（含）以上为优`, `综合得分92.5分，评价等级为“优”`.

use crate::Report;
use crate::document::{BlockKind, Span};
use crate::number::{Home, Kind, NumberId};
use crate::pattern::Pattern;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// From which score to which a grade is given, as the report prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The first character of the grade: 优 良 中 合 差.
    pub grade: char,
    /// The least score; a border belongs to both its bands.
    pub low: Decimal,
    /// The greatest score.
    pub high: Decimal,
    /// The words.
    pub at: Span,
}

/// A grade with the score it is given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// The first character of the grade.
    pub grade: char,
    /// The grade as printed.
    pub at: Span,
    /// The score before it.
    pub score: NumberId,
}

/// The grades of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grades {
    /// One of each grade, or none where two places of the report differ.
    pub bands: Vec<Band>,
    /// What was given.
    pub given: Vec<Graded>,
}

static SCORE_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?P<low>\d{2,3})分?(?:[（(]?含[）)]?)?分?(?:[-—–~～至－]{1,2}(?P<high>\d{2,3})分?(?:[（(]不?含[）)])?|及?(?P<up>以上)|及?(?P<down>以下))(?:[（(]不?含[）)])?(?:的|者)?(?:为|评为|，等级为|：)[“‘]?(?P<grade>优|良|中|合格|较差|差|不合格)",
    )
});
static GRADE_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"[“‘]?(?P<grade>优秀|优|良好|良|中等|中|合格|较差|差|不合格)[”’]?[（(：](?:得分)?≥?(?P<low>\d{2,3})分?(?:[（(]?含[）)]?)?分?(?:[-—–~～至－]{1,2}(?P<high>\d{2,3})|及?(?P<up>以上)|及?(?P<down>以下))",
    )
});
static GIVEN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:等级|评级|级别|档次|等次|评价结果|评价结论)(?:评定)?(?:均?为|是|：)[“‘]?(?P<grade>优|良|中|合格|较差|差|不合格)(?:秀|好|等)?[”’]?",
    )
});

/// Reads the grades; looks only at paragraphs that hold scores.
pub fn grades(report: &Report) -> Grades {
    let mut grades = Grades::default();
    let mut differ = false;
    for own in report.numbers.chunk_by(|one, other| one.home == other.home) {
        let Home::Block(id) = own[0].home else { continue };
        let block = &report.document.blocks[id as usize];
        let text = report.document.slice(block.span);
        let scored = own.iter().any(|number| number.kind == Kind::Score);
        let tells = scored && text.contains(['优', '良', '差']);
        if !tells || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            continue;
        }
        let compact: String = text.chars().filter(|c| *c != ' ').collect();
        // Offsets are of use only where nothing was left out.
        let (text, start) = match compact.len() == text.len() {
            true => (text, block.span.start as usize),
            false => continue,
        };
        for pattern in [&*SCORE_FIRST, &*GRADE_FIRST] {
            for found in pattern.captures_iter(text) {
                let Some(band) = band(&found, start) else { continue };
                let same = grades.bands.iter().find(|other| other.grade == band.grade);
                differ |= same.is_some_and(|o| (o.low, o.high) != (band.low, band.high));
                if same.is_none() {
                    grades.bands.push(band);
                }
            }
        }
        for found in GIVEN.captures_iter(text) {
            let Some(grade) = first(found.said("grade")) else { continue };
            let at = Span::new(start + found.range().start, start + found.range().end);
            let first =
                report.numbers.partition_point(|number| number.span.end <= block.span.start);
            let before = report.numbers[first..]
                .iter()
                .take_while(|number| number.span.end <= at.start)
                .zip(first..)
                .filter(|(number, _)| number.kind == Kind::Score)
                .last();
            let Some((number, score)) = before else { continue };
            let between = report.document.slice(Span { start: number.span.end, end: at.start });
            // What stands in another sentence is of another score.
            if between.chars().count() < 24 && !between.contains(['。', '；', '优', '良']) {
                grades.given.push(Graded { grade, at, score: score as NumberId });
            }
        }
    }
    if differ {
        grades.bands.clear();
    }
    grades
}

fn band(found: &crate::pattern::Captures<'_, '_>, start: usize) -> Option<Band> {
    let number = |name: &str| found.said(name).parse::<Decimal>().ok();
    let (first_score, range) = (number("low")?, found.range());
    let (low, high) = match () {
        () if found.name("up").is_some() => (first_score, Decimal::ONE_HUNDRED),
        () if found.name("down").is_some() => (Decimal::ZERO, first_score),
        () => {
            let other = number("high")?;
            (first_score.min(other), first_score.max(other))
        }
    };
    let grade = first(found.said("grade"))?;
    Some(Band { grade, low, high, at: Span::new(start + range.start, start + range.end) })
}

/// 差 of 较差 and 不合格 is one grade each; 中等 is 中.
fn first(grade: &str) -> Option<char> {
    match grade {
        "较差" => Some('差'),
        grade => grade.chars().next(),
    }
}
