//! Planted errors: a clean report with one figure, unit, word, year or code changed, and whether it is caught.

#![allow(dead_code, clippy::unwrap_used)]

use gouji::Report;
use gouji::check::{Selection, run};
use gouji::document::{BlockKind, Document, ReadOptions, Span};
use gouji::fact::codes::{Classification, codes};
use gouji::finding::{Finding, Severity, Suggestion};
use gouji::number::{Kind, Reading};
use gouji::relation::evaluate::{Figures, Verdict, evaluate};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A change to try: what kind, where, and the words that stand there instead.
pub struct Plant {
    pub kind: &'static str,
    pub at: Span,
    pub text: String,
    /// What the changed report contradicts by the relations of the clean one, if it does.
    pub broken: Option<&'static str>,
}

/// How many of one kind were planted, can be proven, were caught, got a suggestion, and the right one.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    pub planted: u32,
    pub provable: u32,
    pub caught: u32,
    /// Of these, those told as an error.
    pub errors: u32,
    /// Caught of those that can be proven.
    pub proven: u32,
    pub suggested: u32,
    pub right: u32,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.planted += other.planted;
        self.provable += other.provable;
        self.caught += other.caught;
        self.errors += other.errors;
        self.proven += other.proven;
        self.suggested += other.suggested;
        self.right += other.right;
    }
}

pub type Table = BTreeMap<&'static str, Tally>;

/// The clean reports with `name` in their path, at most `most`: the invented ones, and the real ones in which no error is
/// found.
pub fn clean(most: usize, name: &str) -> Vec<(PathBuf, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("corpus/whole/qinghe_2024_final_accounts/report.txt")];
    let shared = root.join("../shared/reports");
    for folder in ["final_accounts", "budget"] {
        let Ok(files) = std::fs::read_dir(shared.join(folder)) else { continue };
        let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        paths.extend(files);
    }
    let mut found = Vec::new();
    paths.retain(|path| path.to_string_lossy().contains(name));
    for path in paths {
        if found.len() == most {
            break;
        }
        let bytes = std::fs::read(&path).unwrap();
        let Ok(document) = gouji::document::read(&path, &bytes, &ReadOptions::default()) else {
            continue;
        };
        let report = gouji::understand(document.clone());
        if errors(&report).next().is_none() && report.relations.len() > 20 {
            found.push((path, document));
        }
    }
    found
}

fn errors(report: &Report) -> impl Iterator<Item = Finding> {
    let found = run(report, &Selection::default());
    found.into_iter().filter(|finding| finding.severity == Severity::Error)
}

/// All changes worth trying in a report.
pub fn plants(report: &Report) -> Vec<Plant> {
    let mut plants = Vec::new();
    let figures = Figures::new(&report.numbers);
    let mut related: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (id, relation) in report.relations.iter().enumerate() {
        if evaluate(&relation.claim, &figures) == Verdict::Agrees {
            for term in relation.claim.terms() {
                related.entry(term.number).or_default().push(id);
            }
        }
    }
    for (number, relations) in &related {
        let own = &report.numbers[*number as usize];
        let Reading::Quantity { .. } = own.reading else { continue };
        let words = report.document.slice(own.span).to_string();
        let breaks = |range: Option<gouji::number::Range>| {
            let mut figures = figures.clone();
            figures.replace(*number, range);
            let mut relations = relations.iter().map(|id| &report.relations[*id]);
            let broken =
                relations.find(|own| evaluate(&own.claim, &figures) == Verdict::Differs)?;
            Some(broken.check)
        };
        if let Some((at, text, range)) = digit(&words, own, *number) {
            let at = own.span.start as usize + at;
            plants.push(Plant {
                kind: "digit",
                at: Span::new(at, at + 1),
                text,
                broken: breaks(range),
            });
        }
        if own.kind == Kind::Amount && words.ends_with("万元") {
            let end = own.span.end as usize;
            let scale = gouji::number::Range::exact(rust_decimal::Decimal::new(1, 4));
            let range = own.range().and_then(|range| range.times(scale));
            plants.push(Plant {
                kind: "unit",
                at: Span::new(end - "万元".len(), end),
                text: "元".into(),
                broken: breaks(range),
            });
        }
        directions(
            report,
            own,
            &mut plants,
            breaks(own.range().map(|r| gouji::number::Range { low: -r.high, high: -r.low })),
        );
    }
    plants
}

/// One digit changed: which one and into what depends on the number only, so that every run plants the same.
fn digit(
    words: &str,
    own: &gouji::number::Number,
    id: u32,
) -> Option<(usize, String, Option<gouji::number::Range>)> {
    let digits: Vec<usize> =
        words.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let seed = u64::from(id).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
    let at = *digits.get(seed as usize % digits.len().max(1))?;
    let old = words.as_bytes()[at] - b'0';
    let mut new = (old + 1 + (seed / 7 % 9) as u8) % 10;
    if at == digits[0] && digits.len() > 1 && new == 0 {
        new = (old % 9) + 1;
    }
    if new == old {
        return None;
    }
    let place = words[at + 1..].chars().filter(char::is_ascii_digit).count() as u32;
    let unit = rust_decimal::Decimal::try_new(1, own.decimals).ok()?;
    let power = rust_decimal::Decimal::from(10u64.checked_pow(place)?);
    let by = unit * power * rust_decimal::Decimal::from(i64::from(new) - i64::from(old));
    let by = gouji::number::Range::exact(by * own.factor);
    let range = own.range().and_then(|range| match own.value()?.is_sign_negative() {
        true => range.minus(by),
        false => range.plus(by),
    });
    Some((at, new.to_string(), range))
}

fn directions(
    report: &Report,
    own: &gouji::number::Number,
    plants: &mut Vec<Plant>,
    broken: Option<&'static str>,
) {
    let start = own.span.start as usize;
    for (word, other) in [("增加", "减少"), ("减少", "增加"), ("增长", "下降"), ("下降", "增长")]
    {
        let from = start.saturating_sub(word.len());
        let nonzero = own.value().is_some_and(|value| !value.is_zero());
        if nonzero && report.document.text.get(from..start) == Some(word) {
            plants.push(Plant {
                kind: "direction",
                at: Span::new(from, start),
                text: other.into(),
                broken,
            });
        }
    }
}

/// Years and codes, each one digit off.
pub fn names(report: &Report) -> Vec<Plant> {
    let mut plants = Vec::new();
    let year = report.document.report.year.unwrap_or(0);
    for number in &report.numbers {
        let words = report.document.slice(number.span);
        if number.kind == Kind::Year && words.starts_with(&year.to_string()) {
            let at = number.span.start as usize;
            let text = (year - 1).to_string();
            let broken = year_is_held(report, at, year).then_some("period");
            plants.push(Plant { kind: "year", at: Span::new(at, at + 4), text, broken });
        }
        if number.kind == Kind::Code
            && words.len() == 7
            && words.bytes().all(|b| b.is_ascii_digit())
        {
            let at = number.span.start as usize + 3;
            let old = words.as_bytes()[3] - b'0';
            let text = ((old + 3) % 10).to_string();
            // A code the tables know belongs to its name and its class; of another nothing can be said. 行政运行 is the
            // name of many items: one for another is no contradiction.
            let table = codes(Classification::Function);
            let changed = format!("{}{text}{}", &words[..3], &words[4..]);
            let alike = |name: &gouji::fact::codes::Name| {
                table.names(&changed).iter().any(|other| other.name == name.name)
            };
            let known = table.official(words, Some(year)).is_some_and(|name| !alike(name));
            let broken = known.then_some("code");
            plants.push(Plant { kind: "code", at: Span::new(at, at + 1), text, broken });
        }
    }
    plants
}

/// What is found in a clean report already: warnings, by check and words.
pub fn known(report: &Report) -> Known {
    run(report, &Selection::default()).into_iter().map(|f| (f.check, f.message)).collect()
}

/// Findings by check and words.
pub type Known = BTreeSet<(&'static str, String)>;

/// Whether something beside a year says which it is: the heading of a part, as all parts have it, or a comparison with the
/// year before in the same sentence. A year that nothing else speaks of may be any, and so may one that is given as a
/// reason (`主要原因是2026年度无购置需求；公务用车运行费20.10万元，比2025年预算增加…`): no figure is of it.
fn year_is_held(report: &Report, at: usize, year: i32) -> bool {
    let document = &report.document;
    let Some(block) = document.block_at(at as u32) else { return false };
    let block = &document.blocks[block as usize];
    let text = document.slice(block.span);
    if block.kind == BlockKind::Heading {
        let part = ["部门预算", "部门决算", "单位预算", "单位决算"];
        return part.iter().any(|word| text.contains(word)) && !text.contains("绩效");
    }
    let (before, after) = text.split_at(at - block.span.start as usize);
    if before.rsplit('。').next().unwrap_or("").contains("原因") {
        return false;
    }
    let sentence = after.split('。').next().unwrap_or("");
    let compared = ["比", "与", "较", "同"].iter().any(|word| {
        sentence.split_once(&format!("{word}{}年", year - 1)).is_some_and(|(before, after)| {
            // 与2025年持平 holds of any year, and 减少0.00万元 as well.
            let change = after.split(['，', '；']).next().unwrap_or("");
            let none =
                change.contains("平") || change.contains("加0.00") || change.contains("少0.00");
            !none && before.contains('元') && !before.contains(&(year - 1).to_string())
        })
    });
    block.kind == BlockKind::Paragraph && compared
}

/// Plants a change and looks whether anything is found that was not found before, and what is suggested.
pub fn try_out(
    document: &Document,
    known: &Known,
    plant: &Plant,
) -> (Tally, Vec<(&'static str, Suggestion)>) {
    let mut tally =
        Tally { planted: 1, provable: u32::from(plant.broken.is_some()), ..Tally::default() };
    let changed = change(document, plant.at, &plant.text);
    let old = document.slice(plant.at);
    let report = gouji::understand(changed);
    let found = run(&report, &Selection::default()).into_iter();
    let found: Vec<Finding> =
        found.filter(|f| !known.contains(&(f.check, f.message.clone()))).collect();
    let touched = plant.at.start;
    if found.is_empty() {
        return (tally, Vec::new());
    }
    tally.caught = 1;
    tally.errors = u32::from(found.iter().any(|finding| finding.severity == Severity::Error));
    tally.proven = tally.provable;
    let suggestions: Vec<(&'static str, Suggestion)> = found
        .into_iter()
        .filter_map(|finding| Some((finding.check, finding.suggestion?)))
        .collect();
    if suggestions.is_empty() {
        return (tally, suggestions);
    }
    tally.suggested = 1;
    let restores = suggestions.iter().any(|(_, suggestion)| {
        let restored = change(&report.document, suggestion.at, &suggestion.replace_with);
        let end = touched as usize + old.len();
        restored.text.get(touched as usize..end) == Some(old)
            && restored.text.len() == document.text.len()
    });
    tally.right = u32::from(restores);
    (tally, suggestions)
}

/// The document with other words in one place.
pub fn change(document: &Document, at: Span, text: &str) -> Document {
    let mut document = document.clone();
    document.text.replace_range(at.range(), text);
    let by = text.len() as i64 - i64::from(at.end - at.start);
    if by == 0 {
        return document;
    }
    let moved = |offset: &mut u32| {
        if *offset >= at.end {
            *offset = (i64::from(*offset) + by) as u32;
        }
    };
    let shift = |span: &mut Span| {
        moved(&mut span.start);
        moved(&mut span.end);
    };
    document.blocks.iter_mut().for_each(|block| shift(&mut block.span));
    document.sections.iter_mut().for_each(|section| {
        shift(&mut section.span);
        shift(&mut section.extent);
    });
    for table in &mut document.tables {
        table.title.as_mut().into_iter().for_each(shift);
        table.number.as_mut().into_iter().for_each(shift);
        table.above.iter_mut().chain(&mut table.notes).for_each(shift);
        table.cells.iter_mut().for_each(|cell| shift(&mut cell.span));
    }
    for chart in &mut document.charts {
        chart.series.iter_mut().flat_map(|s| s.values.iter_mut().flatten()).for_each(shift);
    }
    document.origins.iter_mut().for_each(|(start, _)| moved(start));
    document
}

/// The table of recall as text.
pub fn render(table: &Table) -> String {
    let mut out = String::from(
        "kind        planted provable  caught  errors  share  suggested  right  share\n",
    );
    let share = |a: u32, b: u32| match b {
        0 => "   -".to_string(),
        _ => format!("{:3.0}%", 100.0 * f64::from(a) / f64::from(b)),
    };
    for (kind, tally) in table {
        out.push_str(&format!(
            "{kind:<12}{:>7}{:>9}{:>8}{:>8}{:>7}{:>11}{:>7}{:>7}\n",
            tally.planted,
            tally.provable,
            tally.caught,
            tally.errors,
            share(tally.proven, tally.provable),
            tally.suggested,
            tally.right,
            share(tally.right, tally.suggested)
        ));
    }
    out
}
