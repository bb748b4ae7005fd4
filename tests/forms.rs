//! Performance forms as the provinces lay them out: each case is a whole invented form, read as a person reads it, and silent.
#![allow(clippy::unwrap_used)]

use gouji::Report;
use gouji::check::{Selection, run};
use gouji::document::{ReadOptions, read};
use gouji::indicator::IndicatorTable;
use std::fmt::Write;
use std::path::Path;

/// A page with a grid: a line a row, cells apart by `|`, `text*3` runs over three columns, `text^2` over two rows.
fn page(grid: &str) -> String {
    let mut page = String::from("<html><body><p>2023年度项目支出绩效自评表</p><table>");
    for line in grid.trim().lines() {
        page.push_str("<tr>");
        for cell in line.trim().split('|') {
            let (cell, rows) = cell.rsplit_once('^').unwrap_or((cell, "1"));
            let (cell, cols) = cell.rsplit_once('*').unwrap_or((cell, "1"));
            write!(page, "<td colspan={cols} rowspan={rows}>{cell}</td>").unwrap();
        }
        page.push_str("</tr>");
    }
    page + "</table></body></html>"
}

fn report(grid: &str) -> Report {
    let read = read(Path::new("form.html"), page(grid).as_bytes(), &ReadOptions::default());
    gouji::understand(read.unwrap())
}

/// One line an attribute, a line of funds, an indicator.
fn record(report: &Report, table: &IndicatorTable) -> String {
    let number = |id: Option<u32>| {
        id.map_or("-", |id| report.document.slice(report.numbers[id as usize].span))
    };
    let words = |span| report.document.slice(span).trim().to_owned();
    let mut lines = vec![format!(
        "{} score {} goal {}",
        table.project.as_deref().unwrap_or("-"),
        number(table.score),
        table.goal.map_or("-".into(), words)
    )];
    lines.extend(table.attributes.iter().map(|(label, value, _)| format!("  {label}: {value}")));
    for row in &table.funds {
        let told = [row.budget, row.adjusted, row.executed, row.weight, row.rate, row.score];
        lines.push(format!("  {} {}", words(row.label), told.map(number).join(" ")));
    }
    for row in &table.rows {
        let told = [row.level1, row.level2, row.level3, row.operator, row.target, row.unit];
        let told: Vec<String> = told.map(|span| span.map_or("-".into(), words)).into();
        let actual = row.actual.map_or("-".into(), words);
        let (weight, score) = (number(row.weight), number(row.score));
        lines.push(format!("  {} | {weight} | {actual} | {score}", told.join(" ")));
    }
    lines.join("\n")
}

/// The records of a grid, then what is found in it.
fn records(grid: &str) -> String {
    let report = report(grid);
    let records = report.indicators.iter().map(|table| record(&report, table));
    let found = run(&report, &Selection::default());
    let found = found.iter().map(|finding| format!("{}: {}", finding.check, finding.message));
    records.chain(found).collect::<Vec<String>>().join("\n")
}

#[test]
fn lines_under_the_indicators_are_none_of_them() {
    insta::assert_snapshot!(records(
        "项目名称*2|堤防巡查*7
         主管部门*2|清河县水务局*3|实施单位（盖章）*2|清河县水务局*2
         项目基本情况^3|1.项目年度目标完成情况^2|项目年度目标*4|年度目标完成情况*3
         巡查堤防40次*4|巡查堤防40次*3
         2.项目实施内容及过程概述|按月巡查*7
         预算执行情况（10分）^3|年度预算数（万元）|年初预算|调整后预算数|预算执行数|预算执行率|权重|得分|原因
         总额|8.00|8.00|7.20|90.00%|10|9|
         其中：财政资金|8.00|8.00|7.20|90.00%|/|/|
         一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分
         产出指标|数量指标|巡查堤防|≥|40|次|40|60|60
         满意度指标|服务对象满意度指标|群众满意度|≥|90|%|91|30|30
         合计*7|100|99
         评价结论|自评总分99分。*8
         改进措施|无*8
         项目负责人：*5|财务负责人：*4"
    ));
}

#[test]
fn a_header_again_for_the_next_goal_is_the_same_form() {
    insta::assert_snapshot!(records(
        "单位名称*2|清河县水务局*5
         预算执行情况（万元）（20分）*2^2||预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）
         部门整体支出总额|1520.00|1500.70|98.73%|19.75
         年度目标1：（40分）*2|保障防洪安全*5
         年度绩效指标^2|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
         产出指标|数量指标|巡查堤防|≥48次|52次|40
         年度目标2：（40分）*2|保障城乡供水*5
         年度绩效指标^2|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
         产出指标|数量指标|新建供水点|6处|6处|40
         总分*6|99.75
         偏差原因分析*2|无*5"
    ));
}

#[test]
fn amounts_with_their_labels_before_them_stand_under_wide_headers() {
    insta::assert_snapshot!(records(
        "一、项目基本情况|项目名称|移民扶持*2|实施（主管）单位|清河县水务局*2
         二、预算执行情况（10分）^4|预算安排情况（调整后）*2|资金到位情况*2|资金执行情况|预算执行进度
         预算数：|80.00|到位数：|80.00|72.00|90.00%
         其中：财政资金|80.00|其中：财政资金|80.00|72.00|
         其他|0.00|其他|0.00|0.00|
         三、目标完成情况^2|年度预期目标*3|具体完成情况*2|总体完成率
         扶持5个村*3|扶持5个村*2|100%
         四、年度绩效指标完成情况^3|一级指标|二级指标|三级指标|预期指标值|实际完成值|自评得分
         产出指标（90）|数量指标|扶持移民村数|≥5个|5个|90
         预算执行率（10）|预算执行率|预算执行率|100%|90%|9
         自评总分*6|99
         五、存在问题|支付偏慢。*6"
    ));
}

/// Rows of one project under the plainest header.
fn rows(rows: &str) -> String {
    findings(&format!(
        "项目名称*2|堤防巡查*5\n一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分\n{rows}"
    ))
}

fn findings(grid: &str) -> String {
    let found = run(&report(grid), &Selection::default());
    found.iter().map(|found| format!("{} {}\n", found.check, found.arithmetic)).collect()
}

#[test]
fn points_are_rounded_on_top_or_shares() {
    let silent = [
        // a third of fifty is 16.67
        "产出指标|数量指标|甲|≥3次|3次|16.67|16.67
         产出指标|数量指标|乙|≥3次|3次|16.67|16.67
         产出指标|数量指标|丙|≥3次|3次|16.67|16.67
         效益指标|社会效益指标|丁|≥3次|3次|50|50
         总分*5|100|100",
        // points beyond the hundred
        "产出指标|数量指标|甲|≥3次|3次|50|50
         效益指标|社会效益指标|乙|≥3次|3次|50|49
         加分项|获奖|省级|1次|1次|5|3
         总分*6|102",
        // a score in percent of its points, points beside weights that are shares
        "产出指标|数量指标|甲|≥3次|3次|50|100%
         效益指标|社会效益指标|乙|≥3次|2次|50|98%",
        "产出指标|数量指标|甲|≥3次|3次|0.5|50
         效益指标|社会效益指标|乙|≥3次|2次|0.3|28
         效益指标|社会效益指标|丙|≥3次|3次|0.2|20",
        // 0.98 and 1 beside a target in percent
        "产出指标|质量指标|甲|≥95%|0.98|50|50
         效益指标|社会效益指标|乙|≥100%|1|50|50",
    ];
    for grid in silent {
        assert_eq!(rows(grid), "", "{grid}");
    }
    assert!(rows("产出指标|质量指标|甲|≥95%|0.98%|50|50").contains("indicator/missed_target"));
}

#[test]
fn a_rate_may_be_the_quotient_itself() {
    let form = |rate: &str| {
        findings(&format!(
            "项目名称*2|堤防巡查*5
             项目资金（万元）^2||年初预算数|全年预算数|全年执行数|执行率|得分
             年度资金总额|100.00|100.00|95.00|{rate}|9.5
             单位（盖章）：清河县水务局*3|金额单位：万元*4
             一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
             产出指标|数量指标|甲|≥3次|3次|90|90"
        ))
    };
    assert_eq!(form("0.95"), "");
    assert_eq!(form("95%"), "");
    assert_eq!(form("0.92"), "indicator/execution_rate_wrong 95.00 ÷ 100.00 = 95%，写为 0.92%\n");
}

#[test]
fn one_target_heads_sign_value_and_unit() {
    insta::assert_snapshot!(records(
        "项目名称*2|堤防巡查*7
         一级指标|二级指标|三级指标|年度指标值*3|实际完成值|分值|得分
         产出指标|数量指标|巡查堤防|≥|40|次|42|60|60
         效益指标|社会效益指标|保障能力|定性|提升||提升|40|38
         总分*7|100|98"
    ));
}

#[test]
fn results_of_many_projects_are_a_list() {
    insta::assert_snapshot!(records(
        "序号|项目名称|年初预算数|全年预算数|全年执行数|预算执行率|自评得分|评价等级
         1|堤防巡查|50.00|50.00|45.00|90.00%|97|优
         2|防汛物资|20.00|20.00|20.00|98.00%|98.5|优
         |合计|70.00|70.00|65.00|92.86%|97.75|"
    ));
}

#[test]
fn a_rate_may_be_of_the_money_received() {
    let form = |rate: &str| {
        findings(&format!(
            "项目名称*2|堤防巡查*5
             项目资金（万元）^2||全年预算数|到位数|全年执行数|执行率|得分
             年度资金总额|100.00|90.00|81.00|{rate}|9
             一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
             产出指标|数量指标|甲|≥3次|3次|90|90"
        ))
    };
    assert_eq!(form("81.00%") + &form("90.00%"), "");
    assert!(form("91.00%").contains("indicator/execution_rate_wrong"));
}

#[test]
fn goals_of_several_years_stand_beside_those_of_the_year() {
    insta::assert_snapshot!(records(
        "项目名称*2|堤防巡查*5
         项目资金（万元）|中期资金总额：|300.00*2|年度资金总额：|100.00*2
         总体目标^2|中期目标（2024年—2026年）*3|年度目标*3
         三年巡查120次*3|巡查40次*3
         一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值
         产出指标|数量指标|巡查堤防|≥120次|数量指标|巡查堤防|≥40次"
    ));
}

#[test]
fn the_title_of_a_page_that_is_one_table_is_no_furniture() {
    let report =
        report("项目名称|堤防巡查\n一级指标|二级指标\n产出指标|数量指标\n效益指标|社会效益指标");
    assert_eq!(report.document.report.year, Some(2023));
    assert_eq!(report.document.report.kind, gouji::document::ReportKind::Performance);
}

#[test]
fn points_under_remarks_and_of_levels_are_compared() {
    insta::assert_snapshot!(records(
        "部门名称|清河县水务局*5
         一级指标|二级指标|三级指标|指标值|度量单位|备注
         产出指标^2|数量指标|巡查次数|40|次|20分
         质量指标|合格率|95|%|30分
         效益指标|社会效益指标|事故数|0|起|30分
         满意度指标|服务对象满意度|满意度|90|%|10分"
    ), @r#"
    - score - goal -
      部门名称: 清河县水务局
      产出指标 数量指标 巡查次数 - 40 次 | 20分 | - | -
      产出指标 质量指标 合格率 - 95 % | 30分 | - | -
      效益指标 社会效益指标 事故数 - 0 起 | 30分 | - | -
      满意度指标 服务对象满意度 满意度 - 90 % | 10分 | - | -
    "#);
    insta::assert_snapshot!(records(
        "一级指标|分值|二级指标|分值|三级指标|分值|得分
         投入^2|10^2|目标设定^2|10^2|目标合理性|5|5
         目标明确性|5|4
         过程^2|40^2|预算执行|18|预算完成率|18|17.5
         预算管理|12|管理制度健全性|12|12
         产出|60|职责履行|60|实际完成率|60|57
         合计|100*5|95.5"
    ), @r#"
    - score 95.5 goal -
      投入 目标设定 目标合理性 - - - | 5 | - | 5
      投入 目标设定 目标明确性 - - - | 5 | - | 4
      过程 预算执行 预算完成率 - - - | 18 | - | 17.5
      过程 预算管理 管理制度健全性 - - - | 12 | - | 12
      产出 职责履行 实际完成率 - - - | 60 | - | 57
    indicator/levels_do_not_sum: “指标”的分数与所属指标之和不一致，请核对。
    "#);
}

#[test]
fn a_form_alone_is_a_performance_report() {
    let form = "项目名称|堤防巡查*3
         年度资金总额|8.00*3
         一级指标|二级指标|三级指标|指标值
         产出指标|数量指标|巡查堤防|≥40次";
    let page = page(form).replace("2023年度项目支出绩效自评表", "项目支出绩效目标表");
    let read = read(Path::new("form.html"), page.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(read.report.kind, gouji::document::ReportKind::Performance);
}
