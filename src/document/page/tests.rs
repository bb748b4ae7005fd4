#![allow(clippy::unwrap_used)]
use super::*;
use crate::document::{BlockKind, Document, Source};

/// A page drawn by hand: text of size 10 with half-width Latin characters, ruling lines, areas.
struct Page(Canvas);

impl Page {
    fn new(number: u32) -> Self {
        Self(Canvas::new(number, 595.0, 842.0))
    }

    fn sized(mut self, x: f32, y: f32, size: f32, text: &str) -> Self {
        let mut x0 = x;
        for c in text.chars() {
            let x1 = x0 + if c.is_ascii() { size / 2.0 } else { size };
            let (top, bottom) = (y - 0.88 * size, y + 0.12 * size);
            self.0.glyphs.push(Glyph { c, x0, x1, top, bottom, size, certainty: 100 });
            x0 = x1;
        }
        self
    }

    fn text(self, x: f32, y: f32, text: &str) -> Self {
        self.sized(x, y, 10.0, text)
    }

    fn row(mut self, at: f32, from: f32, to: f32) -> Self {
        self.0.rules.push(Rule { horizontal: true, at, from, to });
        self
    }

    fn col(mut self, at: f32, from: f32, to: f32) -> Self {
        self.0.rules.push(Rule { horizontal: false, at, from, to });
        self
    }

    /// A full grid with texts in row-major order.
    fn grid(mut self, xs: &[f32], ys: &[f32], texts: &[&str]) -> Self {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        for y in ys {
            self = self.row(*y, left, right);
        }
        for x in xs {
            self = self.col(*x, top, bottom);
        }
        self.texts(xs, ys, texts)
    }

    fn texts(mut self, xs: &[f32], ys: &[f32], texts: &[&str]) -> Self {
        for (index, text) in texts.iter().enumerate() {
            let (row, col) = (index / (xs.len() - 1), index % (xs.len() - 1));
            self = self.text(xs[col] + 3.0, ys[row] + 12.0, text);
        }
        self
    }
}

fn read(pages: Vec<Page>) -> Document {
    let mut builder = Builder::new(Source::default());
    flow(pages.into_iter().map(|page| page.0).collect(), &mut builder);
    builder.finish()
}

/// Blocks as `kind text`; tables as rows of `text` or `text<rows×cols>`.
fn seen(pages: Vec<Page>) -> Vec<String> {
    let document = read(pages);
    let mut out = Vec::new();
    for block in &document.blocks {
        let kind = match block.kind {
            BlockKind::Table(id) => {
                let table = &document.tables[id as usize];
                let mut rows = vec![Vec::new(); table.rows as usize];
                for cell in &table.cells {
                    let text = document.slice(cell.span);
                    rows[cell.row as usize].push(match (cell.rowspan, cell.colspan) {
                        (1, 1) => text.to_string(),
                        (down, over) => format!("{text}<{down}×{over}>"),
                    });
                }
                out.extend(rows.into_iter().map(|row| format!("| {}", row.join(" | "))));
                continue;
            }
            BlockKind::Furniture => "- ",
            _ => "",
        };
        out.push(format!("{kind}{}", document.slice(block.span)));
    }
    out
}

const XS: [f32; 4] = [60.0, 160.0, 260.0, 360.0];
const YS: [f32; 4] = [100.0, 120.0, 140.0, 160.0];
const TEXTS: [&str; 9] = ["项目", "行次", "金额", "合计", "29", "1,615.24", "教育", "30", "7.50"];
const ROWS: [&str; 3] = ["| 项目 | 行次 | 金额", "| 合计 | 29 | 1,615.24", "| 教育 | 30 | 7.50"];

#[test]
fn full_grid() {
    assert_eq!(seen(vec![Page::new(1).grid(&XS, &YS, &TEXTS)]), ROWS);
}

#[test]
fn double_and_broken_rules() {
    let mut page = Page::new(1).texts(&XS, &YS, &TEXTS);
    for y in YS {
        page = page.row(y, 60.0, 200.0).row(y + 1.5, 198.0, 360.0);
    }
    for x in XS {
        page = page.col(x, 100.0, 130.0).col(x + 1.0, 131.0, 160.0).col(x + 2.0, 100.0, 160.0);
    }
    assert_eq!(seen(vec![page]), ROWS);
}

#[test]
fn outer_borders_missing() {
    let mut page = Page::new(1).texts(&XS, &YS, &TEXTS);
    for y in YS {
        page = page.row(y, 60.0, 360.0);
    }
    page = page.col(160.0, 100.0, 160.0).col(260.0, 100.0, 160.0);
    assert_eq!(seen(vec![page]), ROWS);
}

#[test]
fn spans_and_two_lines_in_a_cell() {
    let page = Page::new(1)
        .row(100.0, 60.0, 360.0)
        .row(120.0, 160.0, 360.0)
        .row(140.0, 60.0, 360.0)
        .row(170.0, 60.0, 360.0)
        .col(60.0, 100.0, 170.0)
        .col(160.0, 100.0, 170.0)
        .col(260.0, 120.0, 170.0)
        .col(360.0, 100.0, 170.0)
        .text(90.0, 124.0, "项目")
        .text(230.0, 112.0, "支出")
        .text(170.0, 132.0, "基本")
        .text(270.0, 132.0, "项目")
        .text(65.0, 152.0, "社会保障和就")
        .text(65.0, 164.0, "业支出")
        .text(170.0, 158.0, "12.34")
        .text(270.0, 158.0, "5.00");
    let rows = ["| 项目<2×1> | 支出<1×2>", "| 基本 | 项目", "| 社会保障和就业支出 | 12.34 | 5.00"];
    assert_eq!(seen(vec![page]), rows);
}

#[test]
fn frame_around_prose_is_no_table() {
    let page = Page::new(1)
        .grid(&[60.0, 400.0], &[100.0, 160.0], &[])
        .text(70.0, 115.0, "一、本部门负责全县水利工程。")
        .text(70.0, 135.0, "二、承办其他事项。");
    let texts = ["一、本部门负责全县水利工程。", "二、承办其他事项。"];
    assert_eq!(seen(vec![page]), texts);
}

#[test]
fn tables_side_by_side() {
    let right: Vec<f32> = XS.iter().map(|x| x + 310.0).collect();
    let mut page = Page::new(1).grid(&XS, &YS, &TEXTS).grid(&right, &YS, &TEXTS);
    page.0.width = 842.0;
    assert_eq!(seen(vec![page]), [ROWS, ROWS].concat());
}

#[test]
fn a_rule_through_a_number_parts_nothing() {
    let mut texts = TEXTS;
    texts[4] = "123,456,789.01234567890";
    texts[5] = "";
    let found = seen(vec![Page::new(1).grid(&XS, &YS, &texts)]);
    assert!(found[1].contains("123,456,789.01234567890"), "{found:?}");
}

#[test]
fn shading_alone_draws_cells() {
    let mut page = Page::new(1).texts(&XS, &YS, &TEXTS);
    for y in YS.windows(2) {
        for x in XS.windows(2) {
            page.0.fills.push([x[0] + 0.5, y[0] + 0.5, x[1] - 0.5, y[1] - 0.5]);
        }
    }
    assert_eq!(seen(vec![page]), ROWS);
}

#[test]
fn shaded_header_over_a_ruled_grid() {
    let mut page = Page::new(1).texts(&XS, &YS, &TEXTS[..3]);
    page = page.grid(&XS, &YS[1..], &TEXTS[3..]);
    for x in XS.windows(2) {
        page.0.fills.push([x[0], YS[0], x[1], YS[1]]);
    }
    assert_eq!(seen(vec![page]), ROWS);
}

#[test]
fn figures_under_each_other_are_a_table_and_prose_is_none() {
    let mut page = Page::new(1).text(60.0, 80.0, "项目").text(200.0, 80.0, "预算数").text(
        300.0,
        80.0,
        "决算数",
    );
    for (row, name) in ["收入", "其他收入", "总计"].iter().enumerate() {
        let y = 95.0 + 15.0 * row as f32;
        page = page.text(60.0, y, name).text(205.0, y, "1,234.50").text(305.0, y, "12.00");
    }
    let page = page.text(
        60.0,
        180.0,
        "2024年收入合计12.00万元，比上年增加1.00万元，增长9.09%，其中财政拨款收入11.00万元。",
    );
    let found = seen(vec![page]);
    assert_eq!(found[0], "| 项目 | 预算数 | 决算数");
    assert_eq!(found[3], "| 总计 | 1,234.50 | 12.00");
    assert!(found[4].starts_with("2024年收入合计"), "{found:?}");
    let prose = (0..4).fold(Page::new(1), |page, row| {
        page.text(60.0, 100.0 + 15.0 * row as f32, "人员 12 人，公用 3 人，比上年增加 4 人，")
    });
    assert!(!seen(vec![prose]).iter().any(|block| block.starts_with('|')));
}

fn long(number: u32, texts: &[&str]) -> Page {
    let ys: Vec<f32> = (0..=texts.len() / 3).map(|row| 60.0 + 20.0 * row as f32).collect();
    Page::new(number).grid(&XS, &ys, texts).text(290.0, 820.0, &format!("- {number} -"))
}

/// A page filled with rows, so that the next page goes on.
fn filled(number: u32) -> (Page, Vec<String>) {
    let mut texts = vec!["项目", "行次", "金额"];
    (0..34).for_each(|_| texts.extend(["教育", "1", "2.00"]));
    let mut rows = vec![ROWS[0].to_string()];
    rows.extend((0..34).map(|_| "| 教育 | 1 | 2.00".to_string()));
    (long(number, &texts), rows)
}

#[test]
fn a_table_over_pages_with_and_without_its_header() {
    for header in [true, false] {
        let (first, mut rows) = filled(1);
        let next = if header {
            vec!["项目", "行次", "金额", "科技", "2", "3.00"]
        } else {
            vec!["科技", "2", "3.00"]
        };
        rows.push("| 科技 | 2 | 3.00".into());
        let found = seen(vec![first, long(2, &next)]);
        let table: Vec<&String> = found.iter().filter(|block| block.starts_with('|')).collect();
        assert_eq!(table.len(), rows.len());
        assert!(table.iter().zip(&rows).all(|(a, b)| *a == b), "{found:?}");
        assert_eq!(found.iter().filter(|block| block.starts_with("- - ")).count(), 2);
        assert_eq!(read(vec![filled(1).0, long(2, &next)]).tables[0].pages, [1, 2]);
    }
}

#[test]
fn a_repeated_title_goes_with_the_header() {
    let title = |page: Page, title: &str| page.text(160.0, 50.0, title);
    let pages = vec![
        title(filled(1).0, "收入决算表"),
        title(long(2, &["项目", "行次", "金额", "科技", "2", "3.00"]), "收入决算表（续）"),
    ];
    let document = read(pages);
    assert_eq!(document.tables.len(), 1);
    assert_eq!(document.tables[0].rows, 36);
}

#[test]
fn forms_of_one_kind_stay_apart() {
    let form = |number, name| {
        let mut texts = vec!["项目名称", name, "", "指标", "值", "分"];
        (0..30).for_each(|_| texts.extend(["数量", "1", "5"]));
        long(number, &texts)
    };
    assert_eq!(read(vec![form(1, "甲"), form(2, "乙")]).tables.len(), 2);
    // the same with a title that comes again over each
    let titled = |number, name| form(number, name).text(160.0, 50.0, "绩效目标表");
    assert_eq!(read(vec![titled(1, "甲"), titled(2, "乙")]).tables.len(), 2);
}

#[test]
fn a_row_cut_by_the_page_break_is_one() {
    let (first, _) = filled(1);
    let last = 60.0 + 35.0 * 20.0;
    // 项目 goes on: its line fills the cell
    let first = first
        .col(60.0, last, last + 20.0)
        .col(160.0, last, last + 20.0)
        .col(260.0, last, last + 20.0)
        .col(360.0, last, last + 20.0)
        .row(last + 20.0, 60.0, 360.0)
        .text(63.0, last + 12.0, "社会保障和就业支")
        .text(143.0, last + 12.0, "出")
        .text(163.0, last + 12.0, "7")
        .text(263.0, last + 12.0, "8.00");
    let document = read(vec![first, long(2, &["合计", "", "", "科技", "2", "3.00"])]);
    assert_eq!(document.tables.len(), 1);
    let texts: Vec<&str> =
        document.tables[0].cells.iter().map(|cell| document.slice(cell.span)).collect();
    assert!(texts.contains(&"社会保障和就业支出合计"), "{texts:?}");
}

#[test]
fn heads_and_page_numbers_are_furniture() {
    let page = |number: u32| {
        Page::new(number)
            .text(60.0, 40.0, "青云县档案局2024年度部门决算")
            .text(60.0, 100.0, &format!("第{number}段说明。"))
            .text(290.0, 810.0, &number.to_string())
    };
    let found = seen((1..=4).map(page).collect());
    assert_eq!(found.iter().filter(|block| !block.starts_with("- ")).count(), 4, "{found:?}");
}

#[test]
fn digits_under_the_han_line_and_gaps() {
    let page = Page::new(1)
        .text(60.0, 100.0, "收入")
        .text(80.0, 102.5, "1,234.50")
        .text(120.0, 100.0, "万元")
        .text(60.0, 130.0, "部门：某局")
        .text(300.0, 130.0, "单位：万元")
        .text(60.0, 160.0, "1")
        .text(72.0, 160.0, "668.14");
    assert_eq!(seen(vec![page]), ["收入1,234.50万元", "部门：某局 单位：万元", "1 668.14"]);
}

#[test]
fn lines_become_paragraphs_over_the_page_break() {
    let line = "本部门负责全县水利工程建设与运行管理组织编制防治规划并指导实";
    let mut first = Page::new(1).text(80.0, 80.0, &line.chars().take(29).collect::<String>());
    for row in 1..=35 {
        first = first.text(60.0, 80.0 + 20.0 * row as f32, line);
    }
    let page = Page::new(2).text(60.0, 80.0, "施。").text(80.0, 100.0, "二、机构设置");
    let found = seen(vec![first.text(290.0, 820.0, "1"), page]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].ends_with("施。"));
    assert_eq!(found[1..], ["- 1", "二、机构设置"]);
}

#[test]
fn a_figure_kept_together_leaves_room_on_the_line_before_it() {
    let full =
        "本部门所有收入和支出均纳入部门预算管理，部门本级和所属单位的收支均列入本部门的预算之中了";
    let page =
        (0..4).fold(Page::new(1), |page, at| page.text(60.0, 100.0 + 16.0 * at as f32, full));
    let page = page
        .text(80.0, 170.0, "1.收入预算增加14,345.82万元，比上年增加较多，其中一般公共预算增加")
        .text(60.0, 186.0, "12,895.94万元，其他收入增加75万元。")
        .text(80.0, 202.0, "2.支出预算增加14,345.82万元，与收入预算增加的一样多，都在上级下达")
        .text(80.0, 218.0, "3.收支平衡。");
    let seen = seen(vec![page]);
    assert!(seen.iter().any(|text| text.contains("增加12,895.94万元")), "{seen:#?}");
    assert!(seen.iter().any(|text| text == "3.收支平衡。"), "{seen:#?}");
}

#[test]
fn a_superscript_and_two_small_lines_beside_a_tall_one() {
    let page = Page::new(1)
        .text(60.0, 100.0, "40万m")
        .sized(85.0, 96.0, 6.0, "3")
        .sized(60.0, 200.0, 24.0, "公告")
        .sized(120.0, 188.0, 8.0, "上行")
        .sized(120.0, 201.0, 8.0, "下行");
    let found = seen(vec![page]);
    assert_eq!(found[0], "40万m3");
    assert!(found.contains(&"上行".to_string()) || found.iter().any(|b| b.ends_with("上行")));
}
