//! Several publications in one file: the report of a department, and after it that of its head office or of a unit
//! (`青云县水务局2024年度部门决算`, `青云县水务局（本级）2024年度单位决算`). Each is a report of its own; nothing said in one is held
//! against the other.

use super::outline::describe;
use super::{Block, BlockId, BlockKind, Document, Section, Span};
use std::collections::HashSet;
use std::ops::Range;

/// Headings that must come again for a part to be another publication: any two reports of one form have more.
const REPEATED: usize = 3;
/// Paragraphs with amounts that each publication has at least: a table of contents has none.
const TOLD: usize = 3;
/// How many lines of a cover and of contents may stand over the first heading.
const COVER: usize = 80;

/// The publications of a document in order; the document itself where it is one.
pub fn publications(document: Document) -> Vec<Document> {
    // Which narrative the tables of other files belong to is not known.
    let starts = if document.files.len() > 1 { Vec::new() } else { starts(&document) };
    if starts.is_empty() {
        return vec![document];
    }
    let last = document.blocks.len();
    let from = std::iter::once(0).chain(starts.iter().copied());
    let to = starts.iter().copied().chain(std::iter::once(last));
    from.zip(to).map(|(from, to)| part(&document, from..to)).collect()
}

/// The first block of each publication but the first.
fn starts(document: &Document) -> Vec<usize> {
    let mut outer =
        document.sections.iter().skip(1).filter(|own| !own.label.is_empty() && own.level <= 2);
    let Some(first) = outer.next() else { return Vec::new() };
    let again = |own: &&Section| {
        (own.level, &own.label) == (first.level, &first.label)
            && name(&own.title) == name(&first.title)
    };
    let rest = outer.filter(again);
    let heads: Vec<u32> =
        std::iter::once(first).chain(rest).map(|section| section.span.start).collect();
    let mut starts: Vec<usize> = Vec::new();
    let mut open = 0;
    let mut before = Part::default();
    for (at, head) in heads.iter().enumerate().skip(1) {
        let Some(head_block) = document.block_at(*head) else { continue };
        let start = cover(document, head_block as usize);
        let end = heads.get(at + 1).copied().unwrap_or(document.text.len() as u32);
        let begin = document.blocks[start].span.start;
        before.add(document, open..begin);
        let mut after = Part::default();
        after.add(document, begin..end);
        if after.repeats(&before) && before.told >= TOLD && after.told >= TOLD {
            starts.push(start);
            before = Part::default();
        }
        open = begin;
    }
    starts
}

/// A heading without the words that name the agency: 部门概况 and 单位概况 are one.
fn name(title: &str) -> String {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let end = plain.rfind([
        '局', '厅', '委', '办', '院', '校', '会', '室', '级', '部', '心', '位', '门', '度',
    ]);
    let after = end.and_then(|at| plain[at..].chars().next().map(|c| &plain[at + c.len_utf8()..]));
    after.filter(|rest| rest.chars().count() > 1).unwrap_or(&plain).to_string()
}

/// What a part of a document holds.
#[derive(Default)]
struct Part {
    headings: HashSet<(String, String)>,
    /// How many paragraphs with amounts.
    told: usize,
}

impl Part {
    /// Adds what stands in a range of the text.
    fn add(&mut self, document: &Document, range: Range<u32>) {
        let from = document.sections.partition_point(|own| own.span.start < range.start);
        let sections = document.sections.iter().skip(from.max(1));
        for section in sections.take_while(|own| own.span.start < range.end) {
            if section.level <= 2 {
                self.headings.insert((section.label.clone(), name(&section.title)));
            }
        }
        let from = document.blocks.partition_point(|own| own.span.start < range.start);
        let blocks = document.blocks[from..].iter();
        let told = |block: &&Block| {
            let text = document.slice(block.span);
            block.kind == BlockKind::Paragraph
                && text.contains('元')
                && text.contains(|c: char| c.is_ascii_digit())
        };
        self.told += blocks.take_while(|own| own.span.start < range.end).filter(told).count();
    }

    /// Whether most of its headings are those of another part once more.
    fn repeats(&self, before: &Self) -> bool {
        let same = self.headings.intersection(&before.headings).count();
        same >= REPEATED && same * 2 >= self.headings.len()
    }
}

/// The first line of the cover over a heading: the title of a report, with its contents under it.
fn cover(document: &Document, heading: usize) -> usize {
    let mut start = heading;
    for at in (heading.saturating_sub(COVER)..heading).rev() {
        let block = &document.blocks[at];
        let text = document.slice(block.span);
        match block.kind {
            BlockKind::Contents | BlockKind::Furniture => start = at,
            BlockKind::Paragraph | BlockKind::Heading => {
                let line = text.chars().count() <= 40 && !text.contains(['。', '；', '：']);
                let noted = text.trim_start().starts_with(['注', '（', '(', '-']);
                if !line || noted {
                    break;
                }
                let titled = text.contains('算') || text.trim().starts_with("20");
                let named = start == at + 1 && !text.contains(|c: char| c.is_ascii_digit());
                if titled || named || text.chars().filter(|c| !c.is_whitespace()).eq("目录".chars())
                {
                    start = at;
                }
            }
            BlockKind::Table(_) | BlockKind::Chart(_) => break,
        }
    }
    start
}

/// The blocks of one publication as a document.
fn part(document: &Document, blocks: Range<usize>) -> Document {
    let begin = document.blocks.get(blocks.start).map_or(0, |block| block.span.start);
    let begin = if blocks.start == 0 { 0 } else { begin };
    let end = document.blocks.get(blocks.end).map_or(document.text.len() as u32, |b| b.span.start);
    let inside = |at: u32| (begin..end).contains(&at);
    let shift = |span: Span| Span {
        start: span.start.clamp(begin, end) - begin,
        end: span.end.clamp(begin, end) - begin,
    };
    let mut out = Document {
        source: document.source.clone(),
        files: document.files.clone(),
        text: document.text.get(begin as usize..end as usize).unwrap_or("").to_string(),
        ..Document::default()
    };
    let opening = document.origin(begin).map(|origin| (0, origin.clone()));
    let rest = document.origins.iter().filter(|(at, _)| *at > begin && *at < end);
    out.origins =
        opening.into_iter().chain(rest.map(|(at, own)| (at - begin, own.clone()))).collect();
    let mut sections = vec![None; document.sections.len()];
    let root = Section { extent: Span::new(0, out.text.len()), ..Section::default() };
    out.sections.push(root);
    for (id, section) in document.sections.iter().enumerate().skip(1) {
        if inside(section.span.start) {
            sections[id] = Some(out.sections.len() as u32);
            let parent = section.parent.and_then(|parent| sections[parent as usize]).unwrap_or(0);
            let (span, extent) = (shift(section.span), shift(section.extent));
            out.sections.push(Section { parent: Some(parent), span, extent, ..section.clone() });
        }
    }
    for (at, block) in document.blocks.iter().enumerate().take(blocks.end).skip(blocks.start) {
        let own = (at - blocks.start) as BlockId;
        let kind = match block.kind {
            BlockKind::Table(id) => BlockKind::Table(table(document, &mut out, id, own, shift)),
            BlockKind::Chart(id) => {
                let mut chart = document.charts[id as usize].clone();
                let values = chart.series.iter_mut().flat_map(|series| &mut series.values);
                values.flatten().for_each(|span| *span = shift(*span));
                chart.block = own;
                out.charts.push(chart);
                BlockKind::Chart(out.charts.len() as u32 - 1)
            }
            kind => kind,
        };
        let section = sections[block.section as usize].unwrap_or(0);
        out.blocks.push(Block { kind, span: shift(block.span), section });
    }
    let pages: HashSet<u32> = out.origins.iter().filter_map(|(_, origin)| origin.page).collect();
    let scans = document.scans.iter().filter(|scan| pages.contains(&scan.page));
    out.scans = scans.cloned().collect();
    let own = document.gaps.iter().filter(|gap| match (gap.at, gap.page) {
        (Some(span), _) => inside(span.start),
        (None, Some(page)) => pages.contains(&page),
        (None, None) => begin == 0,
    });
    out.gaps = own.cloned().collect();
    for gap in &mut out.gaps {
        gap.at = gap.at.map(shift);
    }
    describe(&mut out);
    out
}

fn table(
    document: &Document,
    out: &mut Document,
    id: u32,
    block: BlockId,
    shift: impl Fn(Span) -> Span,
) -> u32 {
    let mut table = document.tables[id as usize].clone();
    table.title = table.title.map(&shift);
    table.number = table.number.map(&shift);
    table.above.iter_mut().chain(&mut table.notes).for_each(|span| *span = shift(*span));
    table.cells.iter_mut().for_each(|cell| cell.span = shift(cell.span));
    table.block = block;
    out.tables.push(table);
    out.tables.len() as u32 - 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::{ReadOptions, read};
    use std::path::Path;

    fn split(text: &str) -> Vec<Document> {
        let read = read(Path::new("a.txt"), text.as_bytes(), &ReadOptions::default());
        publications(read.unwrap())
    }

    fn report(agency: &str, kind: &str, spent: &str, parts: bool) -> String {
        let [one, two] = match parts {
            true => [format!("第一部分 {kind}概况\n"), "第二部分 决算情况说明\n".to_string()],
            false => [String::new(), String::new()],
        };
        format!(
            "{agency}\n2024年度{kind}决算\n{one}一、主要职责\n组织实施水资源的统一管理和保护。\n{two}\
             二、支出决算情况说明\n2024年度支出合计{spent}万元。\n三、“三公”经费支出决算情况说明\n\
             2024年度公务接待费1.10万元。\n四、机关运行经费支出情况\n2024年度机关运行经费支出3.40万元。\n\n\
             支出决算表\n金额单位：万元\n\n\t项目\n\t合计\n\n\t支出合计\n\t{spent}\n\n"
        )
    }

    #[test]
    fn the_report_of_the_head_office_after_that_of_the_department_is_another() {
        for parts in [true, false] {
            let department = report("青云县水务局", "部门", "1520.50", parts);
            let office = report("青云县水务局（本级）", "单位", "640.10", parts);
            let found = split(&(department + &office));
            let agencies: Vec<_> =
                found.iter().map(|own| own.report.agency.as_deref().unwrap()).collect();
            assert_eq!(agencies, ["青云县水务局", "青云县水务局（本级）"]);
            let office = &found[1];
            assert!(office.text.starts_with("青云县水务局（本级）\n"), "{}", office.text);
            let cell = office.tables[0].cells.last().unwrap();
            assert_eq!(office.slice(cell.span), "640.10");
            let block = &office.blocks[office.tables[0].block as usize];
            assert_eq!(block.kind, BlockKind::Table(0));
            let section = &office.sections[office.blocks[3].section as usize];
            assert_eq!(section.title, "主要职责");
        }
    }

    #[test]
    fn contents_and_annexes_are_no_publications() {
        let own = report("青云县水务局", "部门", "1520.50", true);
        let contents = "目录\n第一部分 部门概况\n第二部分 决算情况说明\n";
        let annex = "附件\n青云县水务局项目自评报告\n一、项目概况\n项目支出3.00万元。\n二、绩效\n得分95分。\n";
        assert_eq!(split(&format!("{contents}{own}{annex}")).len(), 1);
    }
}
