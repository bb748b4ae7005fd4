#![allow(clippy::unwrap_used)]
use super::*;

#[test]
fn full_width_is_halved_and_chinese_punctuation_stays() {
    assert_eq!(
        cleaned("支出１，２３４．５６万元，占９９．１８％。"),
        "支出1,234.56万元，占99.18%。"
    );
    assert_eq!(cleaned("共12，345人"), "共12,345人");
    assert_eq!(cleaned("第1，2024，2025项"), "第1，2024，2025项");
    assert_eq!(cleaned("⼀、部⻔预算"), "一、部门预算");
}

#[test]
fn blanks_inside_numbers_go_and_between_numbers_stay() {
    assert_eq!(cleaned("5180. 59万元"), "5180.59万元");
    assert_eq!(cleaned("1, 234.56"), "1,234.56");
    assert_eq!(cleaned("4657 .38 万 元"), "4657.38万元");
    assert_eq!(cleaned("占99 .18 %"), "占99.18%");
    assert_eq!(cleaned("12.5 13.6"), "12.5 13.6");
    assert_eq!(cleaned("100 -50"), "100 -50");
    assert_eq!(cleaned("1. 2024年收入"), "1. 2024年收入");
    assert_eq!(cleaned("2 0 2 4 年度"), "2024年度");
}

#[test]
fn line_breaks_join_words_and_numbers() {
    assert_eq!(cleaned("收入14,021.\n21万元"), "收入14,021.21万元");
    assert_eq!(cleaned("收入1,2\n34.56万元"), "收入1,234.56万元");
    assert_eq!(cleaned("收入共计12\n34.56万元"), "收入共计1234.56万元");
    assert_eq!(cleaned("12.5\n13.6"), "12.5 13.6");
    assert_eq!(cleaned("经济\n效益"), "经济效益");
    assert_eq!(cleaned("open\ndata"), "open data");
}

#[test]
fn labels_on_one_line_stay_apart() {
    assert_eq!(cleaned("部门：青云县档案局  金额单位：万元"), "部门：青云县档案局 金额单位：万元");
    assert_eq!(cleaned("合      计"), "合计");
    assert_eq!(cleaned("第一部分 部门概况"), "第一部分部门概况");
}

#[test]
fn boxes_are_not_pounds() {
    assert_eq!(cleaned("£因素法"), "□因素法");
    assert_eq!(cleaned("o项目法"), "□项目法");
    assert_eq!(cleaned("£100"), "£100");
}

#[test]
fn origins_follow_the_text() {
    let raw = "收 入１２";
    let mut text = "甲\n".to_string();
    let mut origins = vec![];
    let at = |offset| Origin { offset: Some(offset), ..Origin::default() };
    clean(raw, &[(0, at(100)), (4, at(200))], &mut text, &mut origins);
    assert_eq!(text, "甲\n收入12");
    assert_eq!(origins, vec![(4, at(100)), (7, at(200)), (11, at(206))]);
}
