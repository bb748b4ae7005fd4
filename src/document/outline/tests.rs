#![allow(clippy::unwrap_used)]
use crate::document::{BlockKind, Document, ReportKind};
use std::path::Path;

fn doc(text: &str) -> Document {
    crate::document::text::read(Path::new("report.txt"), text.as_bytes()).unwrap()
}

/// `level label title` of each section.
fn outline(document: &Document) -> Vec<String> {
    let sections = document.sections[1..].iter();
    sections
        .map(|section| format!("{} {} {}", section.level, section.label, section.title))
        .collect()
}

#[test]
fn mixed_labels_are_one_row() {
    let document = doc(
        "第一部分 部门概况\n一、部门职责\n拟订规划。\n二、机构设置。青云县档案局下属二级单位2个。\n第二部分 2024年度部门决算情况说明\n\
        1、 收入支出决算总体情况说明\n收入共计1.00万元。\n2、 收入决算情况说明\n收入合计1.00万元。\n三、支出决算情况说明\n\
        1.基本支出1.00万元，占100%。\n2.行政运行201（类）03（款）：支出决算为1.00万元，完成预算100%。\n（1）\n\
        4、 其他重要事项的情况说明\n（一）机关运行经费支出情况\n支出1.00万元。\n第3部分 名词解释\n1.财政拨款收入：指财政资金。\n",
    );
    assert_eq!(
        outline(&document),
        [
            "1 第一部分 部门概况",
            "2 一 部门职责",
            "2 二 机构设置",
            "1 第二部分 2024年度部门决算情况说明",
            "2 1 收入支出决算总体情况说明",
            "2 2 收入决算情况说明",
            "2 三 支出决算情况说明",
            "2 4 其他重要事项的情况说明",
            "3 （一） 机关运行经费支出情况",
            "1 第3部分 名词解释",
        ]
    );
    let stuck = document
        .blocks
        .iter()
        .position(|block| document.slice(block.span) == "二、机构设置。")
        .unwrap();
    assert_eq!(document.slice(document.blocks[stuck + 1].span), "青云县档案局下属二级单位2个。");
    assert_eq!(
        document.section_path(document.blocks[stuck + 1].section),
        "第一部分 部门概况/二、机构设置"
    );
}

#[test]
fn the_table_of_contents_is_no_outline() {
    let text = "青云县档案局\n2024年度部门决算\n目 录\n第一部分 部门概况\n一、部门职责\n第二部分 决算情况说明\n第一部分\n部门概况\n一、部门职责\n\
        拟订全县档案事业规划。\n第二部分\n2024年度\n决算情况说明\n一、收入决算情况说明 ........ 5\n收入合计1.00万元。\n";
    let document = doc(text);
    assert_eq!(
        outline(&document),
        ["1 第一部分 部门概况", "2 一 部门职责", "1 第二部分 2024年度决算情况说明"]
    );
    let contents = document.blocks.iter().filter(|block| block.kind == BlockKind::Contents).count();
    assert_eq!(contents, 5);
}

#[test]
fn annexed_reports_open_their_own_sections() {
    let document = doc(
        "第一部分 概况\n一、部门职责\n拟订规划。\n第四部分 附件\n附件1：\n2024年青云县档案局\n部门整体绩效评价报告\n一、部门基本情况\n\
        本局有人员35人。\n附件：1.部门整体支出绩效自评表\n2.专项资金绩效自评报告\n专项资金绩效自评报告\n（档案数字化项目）\n一、项目概况\n设立于2024年。\n",
    );
    assert_eq!(
        outline(&document),
        [
            "1 第一部分 概况",
            "2 一 部门职责",
            "1 第四部分 附件",
            "1 附件1 2024年青云县档案局部门整体绩效评价报告",
            "2 一 部门基本情况",
            "1  专项资金绩效自评报告（档案数字化项目）",
            "2 一 项目概况",
        ]
    );
}

#[test]
fn list_items_and_rows_are_no_headings() {
    let document = doc(
        "一、主要职责\n（一）负责接收全县各单位移交的档案资料、图书。\n（二）完成上级交办的其他任务。\n\
        九、卫生健康支出 1\n十、节能环保支出\n十一、城乡社区支出\n十二、农林水支出\n二、事业收入 二、外交支出\n",
    );
    assert_eq!(outline(&document), ["2 一 主要职责"]);
}

#[test]
fn lines_around_a_table_are_attached() {
    let document = doc(
        "收入支出决算总表\n公开01表\n部门：青云县档案局  金额单位：万元\n收入\t\t支出\t\n项目\t金额\t项目\t金额\n栏次\t1\t栏次\t2\n\
        一、财政拨款\t1.00\t一、教育支出\t1.00\n总计\t1.00\t总计\t1.00\n注：本表反映收支情况。\n下文。\n",
    );
    let table = &document.tables[0];
    assert_eq!(document.slice(table.title.unwrap()), "收入支出决算总表");
    assert_eq!(document.slice(table.number.unwrap()), "公开01表");
    assert_eq!(table.unit.as_deref(), Some("万元"));
    assert_eq!(table.header_rows, 3);
    assert_eq!(table.notes.len(), 1);
    assert_eq!(document.report.agency.as_deref(), Some("青云县档案局"));
}

#[test]
fn titles_inside_the_grid_count_as_header() {
    let document = doc(
        "| 2025年部门收支预算总表 |  |  |\n| 预算01表 |  | 单位：元 |\n| 项目 | 行次 | 预算数 |\n| 教育支出 | 1 | 12.50 |\n",
    );
    let table = &document.tables[0];
    assert_eq!(document.slice(table.title.unwrap()), "2025年部门收支预算总表");
    assert_eq!(document.slice(table.number.unwrap()), "预算01表");
    assert_eq!((table.unit.as_deref(), table.header_rows), (Some("元"), 3));
}

#[test]
fn reports_say_what_they_are() {
    let report =
        doc("青云县档案局2025年部门预算\n一、收支预算情况\n收入预算3.00万元，支出预算3.00万元。\n")
            .report;
    assert_eq!((report.kind, report.year), (ReportKind::Budget, Some(2025)));
    assert_eq!(
        (report.agency.as_deref(), report.unit.as_deref()),
        (Some("青云县档案局"), Some("万元"))
    );
    let report = doc("二〇二四年度\n青云县档案局部门决算\n收入合计30000元。\n").report;
    assert_eq!((report.kind, report.year), (ReportKind::FinalAccounts, Some(2024)));
    assert_eq!(report.unit.as_deref(), Some("元"));
    let report = doc("青云县档案局2024年度项目支出绩效自评报告\n自评得分98分。\n").report;
    assert_eq!(report.kind, ReportKind::Performance);
}

/// Read from the reference report by eye.
#[test]
fn the_reference_report() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/reports/final_accounts/anju_2024_economy_technology.txt"
    );
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: no ../shared");
        return;
    };
    let document = crate::document::text::read(Path::new(path), &bytes).unwrap();
    let second = document.sections.iter().position(|section| section.label == "第二部分").unwrap();
    let chapters: Vec<String> = document
        .sections
        .iter()
        .filter(|section| section.parent == Some(second as u32))
        .map(|section| format!("{} {}", section.label, section.title))
        .collect();
    assert_eq!(
        chapters,
        [
            "1 收入支出决算总体情况说明",
            "2 收入决算情况说明",
            "3 支出决算情况说明",
            "四 财政拨款收入支出决算总体情况说明",
            "五 一般公共预算财政拨款支出决算情况说明",
            "六 一般公共预算财政拨款基本支出决算情况说明",
            "七 财政拨款“三公”经费支出决算情况说明",
            "八 政府性基金预算支出决算情况说明",
            "9 国有资本经营预算支出决算情况说明",
            "10 其他重要事项的情况说明",
        ]
    );
    assert_eq!(document.charts.len(), 7);
    assert_eq!(document.tables.len(), 15);
    let rows: Vec<u32> = document.tables.iter().map(|table| table.rows).collect();
    assert_eq!((rows[5], rows[6], rows[7], rows[9]), (25, 24, 31, 29));
    assert!(document.tables[1..].iter().all(|table| table.cols == 9));
    let annexes = document
        .sections
        .iter()
        .filter(|section| section.level == 1 && section.title.contains("自评报告（"));
    assert_eq!(annexes.count(), 13);
    assert_eq!(
        (document.report.kind, document.report.year),
        (ReportKind::FinalAccounts, Some(2024))
    );
}
