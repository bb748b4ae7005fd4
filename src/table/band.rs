//! Bands: a grid whose columns get another header further down is several tables, one below the other, as the forms of
//! 绩效自评 draw them: 年度收入情况 over its columns and rows, then 年度支出情况 over other columns.

use super::cells::{self, Figures};
use super::header;
use crate::document::{Document, Table, TableId};
use std::borrow::Cow;
use std::ops::Range;

/// Rows a header may have.
const HEADER: u32 = 3;

/// The row ranges of the tables that stand below each other in a grid; mostly one.
pub(super) fn bands(
    document: &Document,
    id: TableId,
    table: &Table,
    figures: &Figures,
) -> Vec<Range<u32>> {
    let mut counts = vec![0usize; table.rows as usize];
    for (cell, own) in table.cells.iter().enumerate() {
        if figures.of(id, cell as u32).is_some()
            && let Some(count) = counts.get_mut(own.row as usize)
        {
            *count += 1;
        }
    }
    let grid = Grid { document, id, table, figures, counts };
    let mut bands = Vec::new();
    let mut start = 0;
    let mut filled = false;
    for row in 0..table.rows {
        if filled && grid.counts[row as usize] == 0 && grid.opens(start, row) {
            bands.push(start..row);
            (start, filled) = (row, false);
        }
        filled |= grid.counts[row as usize] > 1;
    }
    bands.push(start..table.rows);
    bands
}

struct Grid<'r> {
    document: &'r Document,
    id: TableId,
    table: &'r Table,
    figures: &'r Figures,
    /// How many figures each row holds.
    counts: Vec<usize>,
}

impl Grid<'_> {
    /// Whether `row` begins a table of its own under the band that began at `start`: a caption over all columns, or a
    /// header with the same first name; then header rows, then figures.
    fn opens(&self, start: u32, row: u32) -> bool {
        let Some(first) = self.first(row) else { return false };
        let caption = self.is_caption(row);
        let header = row + u32::from(caption);
        if !caption && self.head_of(start).is_none_or(|own| own != first) {
            return false;
        }
        let body =
            (header..self.table.rows.min(header + HEADER + 1)).find(|row| self.is_body(*row));
        let Some(body) = body.filter(|body| *body > header) else { return false };
        self.is_full(header) && self.counts[body as usize] > 1 && !self.repeats(start, header)
    }

    fn is_body(&self, row: u32) -> bool {
        header::is_body(self.document, self.id, self.table, row, self.figures)
    }

    /// The text of a row's first cell, if the row begins at the left edge.
    fn first(&self, row: u32) -> Option<Cow<'_, str>> {
        let texts = header::row_texts(self.document, self.table, row);
        texts.into_iter().next().filter(|(_, col, _)| *col == 0).map(|(_, _, text)| text)
    }

    fn is_caption(&self, row: u32) -> bool {
        let texts = header::row_texts(self.document, self.table, row);
        let [(cell, _, text)] = texts.as_slice() else { return false };
        let wide = self.table.cells[*cell as usize].colspan == self.table.cols;
        wide && self.table.cols > 2 && !cells::is_note(text) && !self.is_body(row)
    }

    /// What stands at the left of the header of a band.
    fn head_of(&self, start: u32) -> Option<Cow<'_, str>> {
        let header = start + u32::from(self.is_caption(start));
        self.first(header).filter(|_| !self.is_body(header))
    }

    /// Whether the texts of a header row stand over most columns.
    fn is_full(&self, row: u32) -> bool {
        let texts = header::row_texts(self.document, self.table, row);
        let covered = |cell: &u32| self.table.cells[*cell as usize].colspan;
        let wide: u32 = texts.iter().map(|(cell, ..)| covered(cell)).sum();
        texts.len() > 2 && wide * 3 >= self.table.cols * 2
    }

    /// Whether a header row says what the band's own header says: it is printed again.
    fn repeats(&self, start: u32, row: u32) -> bool {
        let texts = |row| {
            let texts = header::row_texts(self.document, self.table, row);
            texts.into_iter().map(|(_, _, text)| text).collect::<Vec<_>>()
        };
        texts(start + u32::from(self.is_caption(start))) == texts(row)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::document::{ReadOptions, read};
    use std::path::Path;

    fn captions(rows: &[&str]) -> Vec<(String, Vec<String>)> {
        let rows: String = rows.iter().map(|row| format!("<tr>{row}</tr>")).collect();
        let html = format!("<html><body><p>单位：万元</p><table>{rows}</table></body></html>");
        let document = read(Path::new("a.html"), html.as_bytes(), &ReadOptions::default()).unwrap();
        let report = crate::understand(document);
        let columns = |shape: &crate::table::Shape| {
            shape.sides[0].columns.iter().map(|column| column.leaf().to_owned()).collect()
        };
        report.tables.iter().map(|shape| (shape.title.clone(), columns(shape))).collect()
    }

    const INCOME: [&str; 4] = [
        "<td colspan=4>年度收入情况</td>",
        "<td>机构名称</td><td>收入合计</td><td>上年结转</td><td>财政拨款</td>",
        "<td>局机关</td><td>30.10</td><td>10.10</td><td>20.00</td>",
        "<td>林业站</td><td>20.00</td><td></td><td>20.00</td>",
    ];

    #[test]
    fn a_header_further_down_opens_another_table() {
        let spent = [
            "<td colspan=4>年度支出情况</td>",
            "<td>机构名称</td><td>支出合计</td><td>基本支出</td><td>项目支出</td>",
            "<td>局机关</td><td>29.00</td><td>20.00</td><td>9.00</td>",
        ];
        let found = captions(&[&INCOME[..], &spent[..]].concat());
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].0, "年度支出情况");
        assert_eq!(found[1].1, ["支出合计", "基本支出", "项目支出"]);
    }

    #[test]
    fn a_caption_or_a_header_printed_again_opens_none() {
        let more = [
            "<td colspan=4>二、所属单位</td>",
            "<td>苗圃</td><td>5.00</td><td></td><td>5.00</td>",
            INCOME[1],
            "<td>林场</td><td>7.00</td><td>2.00</td><td>5.00</td>",
        ];
        assert_eq!(captions(&[&INCOME[..], &more[..]].concat()).len(), 1);
    }
}
