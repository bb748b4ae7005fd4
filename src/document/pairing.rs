//! Files of one report (`决算说明.docx` and `决算报表.xls`) found by folder, agency and year, and read as one.

use super::{Block, BlockKind, Document, ReportKind, Span};
use std::collections::HashMap;
use std::path::PathBuf;

/// Groups documents that are parts of one report; order inside a group: narrative first.
pub fn pair(docs: Vec<Document>) -> Vec<Vec<Document>> {
    let mut groups: Vec<Vec<Document>> = Vec::new();
    for document in docs {
        match groups.iter_mut().find(|group| group.iter().all(|other| belong(other, &document))) {
            Some(group) => group.push(document),
            None => groups.push(vec![document]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|document| std::cmp::Reverse(narrative(document) > 0));
    }
    groups
}

/// Whether the document is a narrative without tables, or tables without narrative.
pub fn is_half(document: &Document) -> bool {
    (narrative(document) > 0) == document.tables.is_empty()
}

/// Puts the halves of reports together (each with its place): a narrative and the tables of the same agency, kind and
/// year, if there is only one of each. Order: that of the first half; inside a report the narrative first.
pub fn pair_halves(halves: Vec<(usize, Document)>) -> Vec<(usize, Vec<Document>)> {
    let mut keys: HashMap<(String, ReportKind, i32), [usize; 2]> = HashMap::new();
    for (_, document) in &halves {
        if let Some(key) = key(document) {
            keys.entry(key).or_default()[usize::from(document.tables.is_empty())] += 1;
        }
    }
    let mut groups: Vec<(usize, Vec<Document>)> = Vec::new();
    let mut open: HashMap<(String, ReportKind, i32), usize> = HashMap::new();
    for (place, document) in halves {
        let key = key(&document).filter(|key| keys[key] == [1, 1]);
        match key {
            Some(key) => match open.get(&key) {
                Some(group) => groups[*group].1.push(document),
                None => {
                    open.insert(key, groups.len());
                    groups.push((place, vec![document]));
                }
            },
            None => groups.push((place, vec![document])),
        }
    }
    for (_, group) in &mut groups {
        group.sort_by_key(|document| !document.tables.is_empty());
    }
    groups
}

/// Whose report it is: `中共江苏省委办公厅` and `江苏省委办公厅` are one agency, `某市公安局交通管理局` and `某市公安局` are not.
fn key(document: &Document) -> Option<(String, ReportKind, i32)> {
    let report = &document.report;
    let agency: String = report.agency.as_ref()?.split_whitespace().collect();
    let party = agency.strip_prefix("中国共产党").or(agency.strip_prefix("中共"));
    let agency = party.unwrap_or(&agency).replace("委员会", "委");
    (report.kind != ReportKind::Other).then_some((agency, report.kind, report.year?))
}

/// Whether two documents of one folder are parts of one report: same year and agency as far as both say so, not two
/// narratives, and not the same words twice.
fn belong(a: &Document, b: &Document) -> bool {
    let folder = |document: &Document| -> PathBuf {
        document.source.path.parent().map(PathBuf::from).unwrap_or_default()
    };
    let (x, y) = (&a.report, &b.report);
    let kinds = x.kind == y.kind || x.kind == ReportKind::Other || y.kind == ReportKind::Other;
    let years = x.year.is_none() || y.year.is_none() || x.year == y.year;
    let agencies = match (&x.agency, &y.agency) {
        (Some(a), Some(b)) => a.contains(b.as_str()) || b.contains(a.as_str()),
        // A file that names nobody goes with its neighbour only if the text of the other names its kind of file.
        _ => x.year.is_some() && x.year == y.year,
    };
    let parts = match (narrative(a), narrative(b)) {
        (0, 0) => !a.tables.is_empty() && !b.tables.is_empty(),
        (0, _) => !a.tables.is_empty(),
        (_, 0) => !b.tables.is_empty(),
        _ => false,
    };
    folder(a) == folder(b) && kinds && years && agencies && parts && a.text != b.text
}

/// How many paragraphs of running text the document has (its narrative).
fn narrative(document: &Document) -> usize {
    let long = |block: &&Block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
            && document.slice(block.span).chars().count() > 40
            && !document.slice(block.span).trim_start().starts_with(['注', '说'])
    };
    document.blocks.iter().filter(long).take(4).count().saturating_sub(2)
}

/// One document of several: blocks follow each other, and each origin tells its file.
pub fn merge(docs: Vec<Document>) -> Document {
    let mut docs = docs.into_iter();
    let Some(mut out) = docs.next() else { return Document::default() };
    if out.files.is_empty() {
        out.files = vec![out.source.clone()];
    }
    for document in docs {
        append(&mut out, document);
    }
    if let Some(root) = out.sections.first_mut() {
        root.extent = Span::new(0, out.text.len());
    }
    out
}

fn append(out: &mut Document, document: Document) {
    let by = out.text.len() as u32;
    let file = out.files.len() as u16;
    let (blocks, tables) = (out.blocks.len() as u32, out.tables.len() as u32);
    let (charts, sections) = (out.charts.len() as u32, out.sections.len() as u32);
    let shift = |span: Span| {
        if span.is_empty() {
            Span::new(span.start as usize + by as usize, span.end as usize + by as usize)
        } else {
            span.shifted(by)
        }
    };
    // Section 0 of the other file is the report itself: its children move up to ours.
    let section = |id: u32| if id == 0 { 0 } else { id - 1 + sections };
    out.text.push_str(&document.text);
    for (start, mut origin) in document.origins {
        origin.file += file;
        out.origins.push((start + by, origin));
    }
    for mut block in document.blocks {
        block.kind = match block.kind {
            BlockKind::Table(id) => BlockKind::Table(id + tables),
            BlockKind::Chart(id) => BlockKind::Chart(id + charts),
            kind => kind,
        };
        block.span = shift(block.span);
        block.section = section(block.section);
        out.blocks.push(block);
    }
    for mut inner in document.sections.into_iter().skip(1) {
        inner.parent = inner.parent.map(section);
        inner.span = shift(inner.span);
        inner.extent = shift(inner.extent);
        out.sections.push(inner);
    }
    for mut table in document.tables {
        table.title = table.title.map(shift);
        table.number = table.number.map(shift);
        table.above.iter_mut().chain(&mut table.notes).for_each(|span| *span = shift(*span));
        table.cells.iter_mut().for_each(|cell| cell.span = shift(cell.span));
        table.block += blocks;
        out.tables.push(table);
    }
    for mut chart in document.charts {
        let values = chart.series.iter_mut().flat_map(|series| &mut series.values);
        values.flatten().for_each(|span| *span = shift(*span));
        chart.block += blocks;
        out.charts.push(chart);
    }
    for mut scan in document.scans {
        scan.file += file;
        out.scans.push(scan);
    }
    for mut gap in document.gaps {
        gap.at = gap.at.map(shift);
        out.gaps.push(gap);
    }
    let report = &mut out.report;
    if report.kind == ReportKind::Other {
        report.kind = document.report.kind;
    }
    report.agency = report.agency.take().or(document.report.agency);
    report.year = report.year.or(document.report.year);
    report.unit = report.unit.take().or(document.report.unit);
    if document.files.is_empty() {
        out.files.push(document.source);
    } else {
        out.files.extend(document.files);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::{Builder, Format, Origin, RawCell, RawTable, Run, Source};
    use std::path::Path;

    fn document(path: &str, words: &[&str], cell: Option<&str>) -> Document {
        let mut builder = Builder::new(Source::new(Path::new(path), Format::Text, b""));
        for word in words {
            builder.run(word, Origin::default());
            builder.end(BlockKind::Paragraph);
        }
        if let Some(text) = cell {
            let runs = vec![Run { text: text.into(), origin: Origin::default() }];
            let cells = vec![RawCell { row: 0, col: 0, rowspan: 1, colspan: 1, runs }];
            builder.table(RawTable { rows: 1, cols: 1, cells, ..RawTable::default() });
        }
        let mut document = builder.finish();
        document.report.agency = Some("某县水务局".into());
        document.report.year = Some(2024);
        document
    }

    #[test]
    fn halves_of_one_agency_go_together() {
        let long = "2024年度收入总计100.00万元，与上年相比增加10.00万元，增长11.11%，主要原因是项目增加，其中基本支出增加较多。";
        let half = |agency: &str, cell| {
            let words: &[&str] = if cell { &["收支总表"] } else { &[long, long, long] };
            let mut document = document("a/x.pdf", words, cell.then_some("100.00"));
            document.report.agency = Some(agency.into());
            document.report.kind = ReportKind::Budget;
            document
        };
        let halves = vec![
            half("某市公安局", false),
            half("某市公安局交通管理局", true),
            half("中共某省委员会办公厅", true),
            half("某省委办公厅", false),
            half("某市审计局", false),
            half("某市审计局", false),
            half("某市审计局", true),
        ];
        assert!(halves.iter().all(is_half));
        let groups = pair_halves(halves.into_iter().enumerate().collect());
        let shape: Vec<_> = groups.iter().map(|(place, group)| (*place, group.len())).collect();
        assert_eq!(shape, [(0, 1), (1, 1), (2, 2), (4, 1), (5, 1), (6, 1)]);
        assert!(groups[2].1[0].tables.is_empty());
    }

    #[test]
    fn narrative_and_tables_become_one() {
        let long = "2024年度收入总计100.00万元，与上年相比增加10.00万元，增长11.11%，主要原因是项目增加，其中基本支出增加较多。";
        let tables = document("a/表.xls", &["收入决算表"], Some("100.00"));
        let words = document("a/说明.docx", &[long, long, long], None);
        let other = document("b/表.xls", &["收入决算表"], Some("100.00"));
        let groups = pair(vec![tables, words, other]);
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        let merged = merge(groups.into_iter().next().unwrap());
        assert_eq!(merged.files.len(), 2);
        let cell = &merged.tables[0].cells[0];
        assert_eq!(merged.slice(cell.span), "100.00");
        assert_eq!(merged.origin(cell.span.start).unwrap().file, 1);
        assert_eq!(merged.origin(0).unwrap().file, 0);
        let block = &merged.blocks[merged.tables[0].block as usize];
        assert_eq!(block.kind, BlockKind::Table(0));
    }
}
