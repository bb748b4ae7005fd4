#![allow(clippy::unwrap_used)]
use super::*;
use crate::document::{BlockKind, Span, Table};
use proptest::prelude::*;
use std::path::Path;

fn doc(text: &str) -> Document {
    read(Path::new("report.txt"), text.as_bytes()).unwrap()
}

fn blocks(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| document.slice(block.span)).collect()
}

/// The text of the cell that covers a place of the grid.
fn cell<'a>(document: &'a Document, table: &Table, row: usize, col: usize) -> &'a str {
    let index = table.grid()[row * table.cols as usize + col].unwrap();
    document.slice(table.cells[index as usize].span)
}

#[test]
fn bookmarks_go_and_every_byte_finds_its_way_back() {
    let source = "[bookmark: _Toc1]二、[bookmark: _Toc2]机构设置情况\n收入 １００.00 万元。\n";
    let document = doc(source);
    assert_eq!(blocks(&document), ["二、机构设置情况", "收入100.00万元。"]);
    for (at, c) in document.text.char_indices().filter(|(_, c)| *c != '\n' && !c.is_ascii_digit()) {
        let run = document.origins.iter().rfind(|(start, _)| *start as usize <= at).unwrap();
        let place = run.1.offset.unwrap() as usize + at - run.0 as usize;
        assert!(source[place..].starts_with(c), "{c} at {at}");
    }
}

#[test]
fn headers_over_groups_get_their_columns_back() {
    let flat = |rows: &[&[&str]]| {
        let row =
            |cells: &&[&str]| cells.iter().map(|cell| format!("\t{cell}\n")).collect::<String>();
        doc(&rows.iter().map(row).collect::<Vec<_>>().join("\n"))
    };
    let spans = |document: &Document, row: u32| {
        let cells = document.tables[0].cells.iter().filter(|cell| cell.row == row);
        cells.map(|cell| cell.colspan).collect::<Vec<_>>()
    };
    let vehicles = flat(&[
        &["预算数", "决算数"],
        &["合计", "公务用车", "公务接待费", "合计", "公务用车", "公务接待费"],
        &["", "购置费", "运行费", "", "", "购置费", "运行费", ""],
        &["3.00", "1.00", "1.00", "1.00", "3.00", "1.00", "1.00", "1.00"],
    ]);
    assert_eq!(spans(&vehicles, 0), [4, 4]);
    assert_eq!(spans(&vehicles, 1), [1, 2, 1, 1, 2, 1]);
    let spending = flat(&[
        &["项目", "本年支出"],
        &["科目代码", "科目名称", "小计", "基本支出", "项目支出"],
        &["合计", "9.00", "4.00", "5.00"],
        &["205", "教育支出", "9.00", "4.00", "5.00"],
    ]);
    assert_eq!(spans(&spending, 0), [2, 3]);
    assert_eq!(spans(&spending, 2), [2, 1, 1, 1]);
}

#[test]
fn a_flattened_table_is_a_grid_again() {
    let document = doc(
        "附表：\n\t项目支出绩效自评表\n\n\t项目名称\n\t青云县档案数字化\n\n\t绩效 指标\n\t一级指标\n\t三级指标\n\
        \t指标值\n\t度量单位\n\n\t\n\t产出指标\n\t扫描\n数量\n\t\t400\n\t份\n\n\t\n\t\n\t扫描质量\n\t定性\n\t\n\n\t指标得分\n\t98\n\n后记。\n",
    );
    let table = &document.tables[0];
    assert_eq!((table.rows, table.cols), (6, 5));
    assert_eq!(document.slice(table.title.unwrap()), "项目支出绩效自评表");
    assert_eq!(cell(&document, table, 1, 4), "青云县档案数字化");
    assert_eq!(cell(&document, table, 2, 0), "绩效指标");
    assert_eq!(cell(&document, table, 3, 2), "扫描数量");
    assert_eq!(cell(&document, table, 3, 3), "400");
    assert_eq!(cell(&document, table, 4, 3), "定性");
    assert_eq!(blocks(&document).last(), Some(&"后记。"));
}

#[test]
fn a_header_over_names_gets_its_span_back() {
    let row = |cells: &[&str]| -> String {
        cells.iter().map(|cell| format!("\t{cell}\n")).collect::<String>() + "\n"
    };
    let text = row(&["绩效指标", "评分说明", "得分"])
        + &row(&["一级指标", "二级指标", "", ""])
        + &row(&["产出", "数量", "够数得满分", "10"])
        + &row(&["", "质量", "合格得满分", "9"])
        + &row(&["合计", "19"]);
    let document = doc(&text);
    let table = &document.tables[0];
    let first = &table.cells[0];
    assert_eq!((first.col, first.colspan), (0, 2));
    assert_eq!(cell(&document, table, 0, 3), "得分");
    assert_eq!(cell(&document, table, 4, 3), "19");
    assert_eq!(table.header_rows, 2);
}

#[test]
fn chart_caches_are_charts() {
    let document = doc(
        "收支变动情况图\n2023年\t\n收入（万元）\t支出（万元）\t90.5\t91\t2024年\t\n收入（万元）\t支出（万元）\t100\t101\t\n\n\n结构图\t\n基本支出\t项目支出\t0.25\t0.75\t\n",
    );
    assert_eq!(document.charts.len(), 2);
    let chart = &document.charts[0];
    assert_eq!(chart.title, "收支变动情况图");
    assert_eq!(chart.categories, ["收入（万元）", "支出（万元）"]);
    assert_eq!(chart.series[1].name, "2024年");
    assert_eq!(document.slice(chart.series[1].values[1].unwrap()), "101");
}

#[test]
fn broken_sentences_are_joined() {
    let document = doc(
        "2024年一般公共预算财政拨款支出100.00万元，主要\n用于以下方面：教育支出60.00万元。\n第二段。\n",
    );
    assert_eq!(
        blocks(&document),
        [
            "2024年一般公共预算财政拨款支出100.00万元，主要用于以下方面：教育支出60.00万元。",
            "第二段。"
        ]
    );
}

#[test]
fn commas_typed_half_width_part_sentences_too() {
    let line = "(一)教育支出类科目850088.3元,\n占支出总预算78.33%,比上年减少54,357.12元。\n";
    let line = format!("{line}(二)卫生健康支出类科目43897.73元,占支出总预\n算4.04%,与上年持平。\n");
    let document = doc(&line);
    assert_eq!(
        blocks(&document),
        [
            "(一)教育支出类科目850088.3元,占支出总预算78.33%,比上年减少54,357.12元。",
            "(二)卫生健康支出类科目43897.73元,占支出总预算4.04%,与上年持平。"
        ]
    );
}

#[test]
fn figures_with_their_units_are_no_row() {
    let line = "本部门贯彻执行国家有关档案工作的方针政策，拟订全县档案事业";
    let text = format!(
        "{line}\n{line}\n{line}\n{line}\n{line}，支出包括：\n1154610.5 元的科学技术支出、教育支出 150384 元、卫生健康支\n出 80 元、其他支出 0 元。\n"
    );
    let document = doc(&text);
    assert!(blocks(&document).last().unwrap().contains("150384元、卫生健康支出80元"));
}

#[test]
fn wrapped_pages_are_paragraphs_with_page_numbers_apart() {
    let line = "本部门贯彻执行国家有关档案工作的方针政策，拟订全县档案事业";
    let text = format!(
        "（一）{line}\n{line}\n{line}\n发展规划。\n{line}\n{line}，收入14,021.\n- 1 -\n\u{c}21万元。\n- 2 -\n"
    );
    let document = doc(&text);
    let paragraphs: Vec<&str> = blocks(&document);
    assert_eq!(paragraphs[0], format!("（一）{line}{line}{line}发展规划。"));
    assert_eq!(paragraphs[1], format!("{line}{line}，收入14,021.21万元。"));
    assert_eq!(document.blocks[2].kind, BlockKind::Furniture);
    assert_eq!(document.origin(document.blocks[3].span.start).unwrap().page, Some(2));
    assert_eq!(document.source.pages, Some(2));
}

#[test]
fn tables_with_bars_and_tabs() {
    let document =
        doc("| 项目 | 金额 |\n|---|---|\n| 教育支出 | 12.50 |\n\n科目\t金额\n合计\t3.00\n");
    assert_eq!(document.tables.len(), 2);
    assert_eq!(document.tables[0].header_rows, 1);
    assert_eq!(cell(&document, &document.tables[0], 1, 1), "12.50");
    assert_eq!(cell(&document, &document.tables[1], 1, 1), "3.00");
}

#[test]
fn rows_under_merged_cells_start_with_a_tab() {
    let rows = [
        "产出指标\t数量指标\t培训人次\t≥50人次\t50\t8",
        "\t\t培训期数\t≥5期\t5\t8",
        "\t质量指标",
        "\t\t合格率\t≥95%\t97%\t8",
        "效益指标\t社会效益\t满意度\t≥90%\t93%\t10",
    ];
    let document = doc(&format!("{}\n正文。\n", rows.join("\n")));
    assert_eq!(document.tables.len(), 1);
    let table = &document.tables[0];
    assert_eq!((table.rows, table.cols), (5, 6));
    assert_eq!(cell(&document, table, 3, 2), "合格率");
    let document = doc("\t2023年\t2024年\n收入\t3.00\t5.00\n支出\t2.00\t4.00\n");
    assert_eq!(cell(&document, &document.tables[0], 0, 1), "2023年");
    assert_eq!(document.tables[0].rows, 3);
}

#[test]
fn encodings_are_told_apart() {
    let text =
        "青云县档案局2024年度部门决算\r\n本年收入合计100.00万元，其中：财政拨款收入90.00万元。\r\n";
    let expected = blocks(&doc(text)).join("|");
    let (gbk, _, _) = encoding_rs::GB18030.encode(text);
    let utf16 = |big: bool, bom: bool| -> Vec<u8> {
        let bom = bom.then_some(0xFEFF_u16);
        let units = bom.into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let with_bom = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [
        gbk.to_vec(),
        utf16(true, true),
        utf16(false, true),
        utf16(false, false),
        utf16(true, false),
        with_bom,
    ] {
        let document = read(Path::new("a.txt"), &bytes).unwrap();
        assert_eq!(blocks(&document).join("|"), expected);
    }
    assert!(
        read(Path::new("a.bin"), &[0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 200, 201, 202, 3, 3, 3])
            .is_err()
    );
}

fn check(document: &Document) {
    let slices = |span: Span| assert!(document.text.get(span.range()).is_some(), "{span:?}");
    document.blocks.iter().for_each(|block| slices(block.span));
    document.sections.iter().for_each(|section| {
        slices(section.span);
        slices(section.extent);
    });
    for table in &document.tables {
        table.cells.iter().for_each(|cell| slices(cell.span));
        table
            .title
            .iter()
            .chain(&table.number)
            .chain(&table.above)
            .chain(&table.notes)
            .for_each(|span| slices(*span));
        assert!(table.header_rows <= table.rows);
        assert!(matches!(document.blocks[table.block as usize].kind, BlockKind::Table(_)));
        table.grid();
    }
    for chart in &document.charts {
        assert!(matches!(document.blocks[chart.block as usize].kind, BlockKind::Chart(_)));
        chart
            .series
            .iter()
            .flat_map(|series| &series.values)
            .flatten()
            .for_each(|span| slices(*span));
    }
    assert!(document.origins.is_sorted_by_key(|(start, _)| *start));
    assert!(document.blocks.is_sorted_by_key(|block| block.span.start));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(document) = read(Path::new("a.txt"), &bytes) {
            check(&document);
        }
    }

    #[test]
    fn any_report_like_text_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("一、"), Just("（二）"), Just("3."), Just("第四部分"), Just("附件1："), Just("目录"), Just("情况说明"),
        Just("2024年度"), Just("部门决算"), Just("1,234.56万元"), Just("，"), Just("。"), Just("\n"), Just("\n\n"),
        Just("\t"), Just("\n\t"), Just("\u{c}"), Just("|"), Just("……5"), Just("合计"), Just("表"), Just("单位：万元"),
        Just("公开01表"), Just("部门：青云县档案局"), Just(" "), Just("注："), Just("12"), Just("[bookmark: a]"), Just("£"),
        Just("绩效自评报告"), Just("三级指标"), Just("\u{f0a3}"), Just("（"), Just("）"),
    ], 0..120)) {
        check(&doc(&parts.concat()));
    }
}

#[test]
fn hostile_shapes_stay_small() {
    let wide = "\ta\n".repeat(5_000) + "\n" + &"\tb\n\n".repeat(5_000);
    for text in [wide, "\ta\n\n".repeat(20_000), "|---|\n".repeat(20_000), "a\tb\n".repeat(20_000)]
    {
        let document = doc(&text);
        assert!(
            document
                .tables
                .iter()
                .all(|table| table.rows as usize * table.cols as usize <= 2_000_000)
        );
    }
}

#[test]
fn a_list_that_opens_at_the_end_of_a_line_goes_on() {
    let line = "本部门贯彻执行国家有关档案工作的方针政策，拟订全县档案事业";
    let text = format!(
        "{line}\n{line}\n{line}\n{line}，\n教育支出1200000.00元和卫生健康支出1500000.00元，其中：\n基本支出300.00元，项目支出0元。\n"
    );
    let document = doc(&text);
    assert!(blocks(&document).last().unwrap().ends_with("其中：基本支出300.00元，项目支出0元。"));
}

#[test]
fn a_text_of_one_line_is_cut_into_paragraphs_of_whole_sentences() {
    let sentence = "2024年收入合计100.00万元，比上年增加5.00万元。";
    let long = sentence.repeat(2_000);
    for text in [long.clone(), long.replace('。', "；"), "决算".repeat(50_000)] {
        let document = doc(&text);
        let paragraphs = blocks(&document);
        assert!(paragraphs.iter().all(|text| text.len() <= 32 << 10));
        assert!(paragraphs.len() <= text.len() / (16 << 10) + 1);
        assert_eq!(paragraphs.concat(), text);
        let starts = paragraphs.iter().skip(1).all(|text| text.starts_with("2024年"));
        assert!(starts || !text.contains("2024"));
    }
}
