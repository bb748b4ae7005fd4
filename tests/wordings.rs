//! What sentences of all provinces mean: each case is a short report, and its facts as a person reads them.
#![allow(clippy::unwrap_used)]

use gouji::Report;
use gouji::document::{ReadOptions, read};
use gouji::fact::{Entity, Fact, Standing};
use std::path::Path;

/// A report of 清河县水务局 with this text.
fn report(kind: &str, text: &str) -> Report {
    let text = format!("清河县水务局2024年度部门{kind}\n\n第二部分 情况说明\n\n{text}\n");
    let read = read(Path::new("qinghe.txt"), text.as_bytes(), &ReadOptions::default());
    gouji::understand(read.unwrap())
}

/// One line a fact: the figure, what is measured of what, its name, and what else is said of it.
fn line(report: &Report, fact: &Fact) -> String {
    let words =
        |fact: &Fact| report.document.slice(report.numbers[fact.number as usize].span).to_string();
    let mut line = format!(
        "{} {:?} {} “{}” {:?}",
        words(fact),
        fact.measure,
        fact.indicator,
        fact.label,
        fact.basis
    );
    line += &fact.year.map_or(String::new(), |year| format!(" {year}"));
    line += &fact.fund.map_or(String::new(), |fund| format!(" {fund:?}"));
    line += if fact.negative { " less" } else { "" };
    if let Entity::Unit(name) = &fact.entity {
        line += &format!(" unit {name}");
    }
    let other = |id: Option<u32>, name: &str| {
        id.map_or(String::new(), |id| format!(" {name} {}", words(&report.facts[id as usize])))
    };
    line + &other(fact.of, "of") + &other(fact.against, "against")
}

fn facts(kind: &str, text: &str) -> String {
    let report = report(kind, text);
    let said = |fact: &&Fact| matches!(fact.standing, Standing::Narrative(_));
    let lines: Vec<String> =
        report.facts.iter().filter(said).map(|fact| line(&report, fact)).collect();
    lines.join("\n")
}

#[test]
fn under_a_heading_of_both_sides_the_words_say_which() {
    insta::assert_snapshot!(facts(
        "预算",
        "一、收支总体情况\n\n2024年，本单位收入预算为300万元，比上年增加20万元。相应安排支出预算300万元。"
    ));
    insta::assert_snapshot!(facts(
        "预算",
        "一、收支总体情况\n\n（一）收入预算：2024年年初预算数300万元，其中：一般公共预算拨款280万元，其他收入20万元；收入比2023年增加10万元。"
    ));
}

#[test]
fn shares_are_of_what_their_section_speaks_of() {
    insta::assert_snapshot!(facts(
        "预算",
        "二、收入预算情况说明\n\n清河县水务局2024年收入预算300万元，比上年增加20万元。\n\n其中：一般公共预算拨款收入240万元，占80%；其他收入60万元，占20%。"
    ));
    insta::assert_snapshot!(facts(
        "预算",
        "二、收入预算情况说明\n\n清河县水务局2024年收入预算合计300万元，包括本年收入300万元，上年结转结余0万元。\n\n本年一般公共预算收入240万元，占80%；\n\n本年其他收入60万元，占20%。"
    ));
    insta::assert_snapshot!(facts(
        "决算",
        "三、支出决算情况说明\n\n本年支出合计300万元，其中：按功能分类划分为教育支出240万元，占比80%；其他支出60万元，占比20%。按支出性质划分为基本支出210万元，占比70%；项目支出90万元，占比30%。"
    ));
}

#[test]
fn a_bracket_ends_nothing_outside_it() {
    insta::assert_snapshot!(facts(
        "预算",
        "三、“三公”经费\n\n2024年财政拨款安排“三公”经费20万元。其中：因公出国（境）费8万元；公务用车购置及运行维护费10万元（公务用车购置费0万元，比上年增加0万元；公务用车运行维护费10万元，比上年减少2万元。）比上年减少2万元；公务接待费2万元，比上年减少1万元。"
    ));
}

#[test]
fn what_is_bought_is_not_what_is_owned() {
    insta::assert_snapshot!(facts(
        "预算",
        "四、国有资产占用情况\n\n截至2023年12月31日，共有车辆10辆，其中：执法执勤用车6辆、其他用车4辆。单位价值50万元以上通用设备3台（套），单位价值100万元以上专用设备2台（套）。2024年部门预算安排购置车辆3辆，其中：执法执勤用车2辆、其他用车1辆；购置单价50万元（含）以上设备1台（套），单价100万元（含）以上设备1台（套）。"
    ));
}

#[test]
fn units_and_staff_are_counted_by_the_words_on_either_side() {
    insta::assert_snapshot!(facts(
        "预算",
        "一、部门概况\n\n清河县水务局有7个内设机构，下属5家预算单位。纳入本部门2024年部门汇总预算编制范围的预算单位共计6家。人员编制45人，其中行政编制20人；实有人员41人，单位管理的离退休人员12人。本部门共12个项目纳入绩效目标管理。对2024年度3个项目开展绩效自评，数十万群众受益。"
    ));
}

#[test]
fn what_words_say_is_none_is_none_of_the_whole_report() {
    let text = "三、支出\n\n本年度无国有资本经营预算支出。本单位2024年没有使用政府性基金预算拨款安排的支出。\n\n本年度无政府性基金预算财政拨款收入和支出。下属单位无机关运行经费，本年无新增政府性基金预算支出。如无上级补助收入的，不填。\n\n四、其他\n\n本部门未发生公务接待费，无因公出国（境）团组，没有购置车辆。主要原因是上年无培训费。";
    let report = report("决算", text);
    let line = |own: &gouji::fact::Nothing| {
        let words = report.document.slice(own.at);
        format!("{:?} {} {:?} {:?}: {words}", own.measure, own.indicator, own.year, own.fund)
    };
    let lines: Vec<String> = report.nothing.iter().map(line).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn figures_in_a_row_are_of_the_names_in_the_row_before() {
    insta::assert_snapshot!(facts(
        "决算",
        "一、政府采购支出情况\n\n货物、工程和服务采购金额分别为100万元、200万元和300万元，占政府采购支出600万元的16.67%、33.33%和50.00%，分别增长1.00%、2.00%和3.00%。"
    ));
}

#[test]
fn spending_is_no_part_of_a_revenue_before_it() {
    insta::assert_snapshot!(facts(
        "决算",
        "一、政府性基金情况\n\n完成政府性基金收入969万元，占年初预算1000万元的96.90%，其中土地收入866万元，配套费收入103万元；完成政府性基金支出1093万元。"
    ));
}

#[test]
fn a_paragraph_of_another_year_stays_in_it() {
    insta::assert_snapshot!(facts(
        "决算",
        "一、历年情况\n\n2021年本部门政府采购支出600万元。其中：货物采购支出200万元。占政府采购支出的33.33%。\n\n本部门政府采购支出700万元。"
    ));
}

#[test]
fn figures_after_an_items_code_are_of_that_item() {
    insta::assert_snapshot!(facts(
        "决算",
        "五、支出决算具体情况\n\n2024年度财政拨款支出年初预算数为300万元，支出决算数为350万元，完成年初预算的116.67%，其中：\n\n1、农林水支出（类）水利（款）行政运行（项）。\n\n年初预算为200万元，支出决算为240万元，完成年初预算的120%，决算数大于年初预算数的主要原因是：调整工资。\n\n2、住房保障支出（类）住房改革支出（款）住房公积金（项）。\n\n年初预算为100万元，支出决算为110万元，完成年初预算的110%。"
    ));
}

#[test]
fn a_comparison_after_a_reason_is_of_the_figure_again() {
    insta::assert_snapshot!(facts(
        "决算",
        "七、“三公”经费\n\n公务接待费支出预算为10万元，支出决算为6.5万元，完成预算的65%，决算数小于预算数的主要原因是厉行节约，与上年相比减少1.5万元，减少18.75%。\n\n公务用车运行维护费支出决算为5万元，主要原因是人员经费减少，比上年减少2万元。"
    ));
}

#[test]
fn people_and_money_are_of_what_was_counted_before() {
    insta::assert_snapshot!(facts(
        "决算",
        "七、“三公”经费\n\n全年国内公务接待30批，累计接待240人次，其中外事接待0批，累计接待0人次。全年安排因公出国（境）团组1个，累计3人次。全年共接待来访团组45个、来宾320人次。\n\n十、一般性支出\n\n2024年开支会议费3万元，人数120人；举办赛事活动0场，开支0万元。"
    ));
}

#[test]
fn what_is_not_said_of_a_figure_is_not_made_up() {
    insta::assert_snapshot!(facts(
        "决算",
        "九、政府采购\n\n授予中小企业合同金额400万元，其中：授予小微企业合同金额300万元，占授予中小企业合同金额的75%。货物采购授予中小企业合同金额占货物支出金额的100%。"
    ));
    insta::assert_snapshot!(facts(
        "决算",
        "八、政府性基金预算收入支出决算情况\n\n2024年度政府性基金预算财政拨款收入3万元；年初结转和结余0万元；支出2万元；年末结转和结余1万元。"
    ));
    insta::assert_snapshot!(facts(
        "决算",
        "十、绩效\n\n组织对2个项目开展部门评价，涉及一般公共预算支出3000万元，政府性基金预算支出0万元。"
    ));
}

#[test]
fn whose_figures_they_are_is_no_part_of_a_name() {
    insta::assert_snapshot!(facts(
        "决算",
        "一、收入决算情况说明\n\n本部门2024年度收入总计510万元，其中年初结转和结余10万元；本年收入合计500万元。\n\n本年收入的具体构成为：财政拨款收入490万元，占98%；其他收入10万元，占2%。"
    ));
    insta::assert_snapshot!(facts(
        "预算",
        "1.机关运行经费\n\n2024年清河县水务局本级1家行政单位、1家参公事业单位的机关运行经费财政拨款预算260万元。"
    ));
}

#[test]
fn a_rate_is_compared_with_what_its_change_is() {
    insta::assert_snapshot!(facts(
        "决算",
        "八、“三公”经费\n\n公务用车购置及运行维护费全年预算数为36万元，支出决算数为32万元，完成预算的88.89%，决算数较预算数减少4万元；较上年减少1万元，下降3.03%。购置公务用车0辆；公务用车保有量为12辆。"
    ));
    let text = "八、“三公”经费\n\n公务接待费支出决算数为32万元，决算数较预算数减少4万元；较上年减少1万元，下降3.03%。";
    let report = report("决算", text);
    let base = |fact: &Fact| (fact.base_year, fact.base_basis);
    let bases: Vec<_> = report.facts.iter().filter(|f| f.of.is_some()).map(base).collect();
    assert_eq!(bases[1], bases[2], "the rate is of the change before it");
    assert_eq!(bases[1].0, Some(2023));
}

#[test]
fn a_listed_item_is_named_whole() {
    let text = "项目支出300万元，具体包括：\n\n1.发展规划、计划与实施业务200万元，主要用于编制规划。\n\n2.交通建设管理预算60万元。\n\n3.上级下达资金40万元。";
    let report = report("预算", &format!("二、支出\n\n{text}"));
    let extracted = gouji::report::extract(&report);
    let named = extracted.facts.iter().filter(|fact| fact.indicator.starts_with("label/"));
    let names: Vec<&str> = named.map(|fact| fact.label.as_str()).collect();
    insta::assert_snapshot!(names.join(" · "), @"发展规划、计划与实施业务 · 交通建设管理 · 上级下达资金");
}

#[test]
fn parts_of_a_score_and_rates_have_names_of_their_own() {
    insta::assert_snapshot!(facts(
        "决算",
        "十、绩效\n\n绩效自评综合得分96.5分。其中：过程指标25分，得分24分；产出指标35分，得分34分。群众满意度达到95%以上，森林火灾受害率控制在0.9‰以内。"
    ));
}

#[test]
fn money_of_one_fund_among_both_sides_is_revenue() {
    insta::assert_snapshot!(facts(
        "预算",
        "二、财政拨款收支预算总体情况\n\n2024年财政拨款收支总预算560万元，其中：一般公共预算财政拨款500万元，上年结转60万元。\n\n三、政府性基金预算财政拨款情况\n\n2024年政府性基金预算财政拨款收入3万元，支出2万元。"
    ));
}

#[test]
fn a_semicolon_ends_a_list_parted_by_commas() {
    insta::assert_snapshot!(facts(
        "决算",
        "一、支出情况\n\n基本支出300万元，其中：办公费20万元，差旅费30万元；项目支出700万元。"
    ));
}

#[test]
fn money_after_a_count_is_what_it_was_spent_on() {
    insta::assert_snapshot!(facts(
        "预算",
        "一、国有资产占有使用情况\n\n2024年计划购置车辆2辆，36万元；单价100万元以上设备1台（套），120万元。委托办理课题3个，45万元。"
    ));
}

#[test]
fn a_comparison_after_a_list_is_of_its_whole_and_with_the_figure_said_here() {
    insta::assert_snapshot!(facts(
        "预算",
        "八、“三公”经费预算\n\n2024年“三公”经费预算14万元，其中：公务用车运行维护费10万元，公务接待费4万元。比上年增加2万元，增长16.67%。\n\n公务接待费预算4万元。2023年预算数5万元，2024年预算比2023年预算下降20%。"
    ));
}

#[test]
fn a_paragraph_that_only_compares_is_of_the_figure_before_it() {
    insta::assert_snapshot!(facts(
        "决算",
        "一、支出决算情况\n\n卫生健康支出类科目30万元，占本年支出的30%。\n\n较2023年度决算数增加3万元，增长11.11%。"
    ));
}

#[test]
fn the_year_compared_with_is_not_that_of_what_follows() {
    insta::assert_snapshot!(facts(
        "决算",
        "七、“三公”经费\n\n2024年实际支出“三公”经费22万元，其中公务接待费20万元。相比2023年公务接待费有所减少，公务用车保有量为2辆。"
    ));
}

#[test]
fn what_a_purchase_is_paid_from_is_not_the_departments_purse() {
    insta::assert_snapshot!(facts(
        "预算",
        "二、政府采购\n\n2024年政府采购预算170万元。按资金来源划分，一般公共预算拨款160万元，财政专户管理资金8万元，上年结转结余资金2万元。"
    ));
}

#[test]
fn a_figure_with_something_left_out_is_not_certain() {
    let text =
        "七、“三公”经费\n\n公务用车运行维护费32万元。剔除租车费2万元，公务用车运行维护费为30万元。";
    let report = report("决算", text);
    let running =
        report.facts.iter().filter(|fact| &*fact.indicator == "three_public/vehicle_running");
    let certainties: Vec<u8> = running.map(|fact| fact.certainty).collect();
    assert_eq!(certainties.len(), 2);
    assert!(certainties[0] >= 80 && certainties[1] <= 50, "{certainties:?}");
}

#[test]
fn a_share_in_a_section_on_one_money_is_of_what_that_section_says() {
    insta::assert_snapshot!(facts(
        "决算",
        "三、支出决算情况说明\n\n本年支出合计600万元，其中：基本支出500万元，项目支出100万元。\n\n六、一般公共预算财政拨款基本支出决算情况说明\n\n一般公共预算财政拨款基本支出400万元。其中：\n\n人员经费300万元，占基本支出的75%，主要包括：基本工资。"
    ));
}

#[test]
fn a_completion_after_the_budget_is_of_what_was_spent_before_it() {
    insta::assert_snapshot!(facts(
        "决算",
        "五、支出决算情况\n\n农林水支出（213）类支出300万元，年初预算250万元，完成年初预算的120%。"
    ));
}

#[test]
fn a_list_without_a_whole_is_of_the_total_in_the_section_beside() {
    insta::assert_snapshot!(facts(
        "决算",
        "五、一般公共预算财政拨款支出决算情况说明\n\n（一）总体情况\n\n一般公共预算财政拨款支出400万元，占本年支出合计的80%。\n\n（二）结构情况\n\n按支出功能分类，包括：农林水支出300万元（占75%）、卫生健康支出100万元（占25%）。"
    ));
}

#[test]
fn parts_in_brackets_take_their_name_from_the_whole() {
    insta::assert_snapshot!(facts(
        "决算",
        "七、“三公”经费\n\n公务用车购置及运行费10万元（购置费4万元，运行维护费6万元）。"
    ));
}

#[test]
fn a_change_after_last_years_figure_is_counted_from_it() {
    insta::assert_snapshot!(facts(
        "预算",
        "七、“三公”经费\n\n因公出国（境）经费1万元。2023年预算2万元，减少1万元，下降50%。"
    ));
}

#[test]
fn governments_are_told_apart() {
    insta::assert_snapshot!(facts(
        "决算",
        "一、财政收支\n\n2024年，全市一般公共预算收入500万元，完成预算的98%。市本级一般公共预算收入200万元。\n\n二、部门收支\n\n一般公共预算财政拨款收入30万元。"
    ), @r"
    500万元 Level revenue/general “收入” Final 2024 General unit 全市
    98% Completion revenue/general “收入” Final 2024 General unit 全市 of 500万元
    200万元 Level revenue/general “收入” Final 2024 General unit 市本级
    30万元 Level revenue/general “收入” Final 2024 General
    ");
}

#[test]
fn a_completion_is_less_by_what_is_beyond_the_budget() {
    insta::assert_snapshot!(facts(
        "决算",
        "一般公共预算财政拨款支出520万元，完成年初预算104%，决算数大于预算数20万元。"
    ), @r"
    520万元 Level expenditure/this_year “支出” Final 2024 General
    104% Completion expenditure/this_year “支出” Final 2024 General of 520万元 against 20万元
    20万元 Change expenditure/this_year “支出” Final 2024 General of 520万元
    ");
}

#[test]
fn spending_after_a_list_of_revenue_is_no_part_of_it() {
    let report = report(
        "预算",
        "一、收支总体情况\n\n收入包括：一般公共预算拨款收入300万元、其他收入0万元、上年结转结余0万元；支出包括：教育支出200万元、住房保障支出100万元。",
    );
    assert!(report.lists.iter().all(|list| list.parts.is_empty()), "{:?}", report.lists);
}

#[test]
fn a_short_name_names_the_figure() {
    insta::assert_snapshot!(facts(
        "决算",
        "出国（境）经费、车辆购置及运行费、公务接待费（简称“三公”经费）支出合计24.75万元，其中公务用车运行维护费用8.2万元。"
    ), @r"
    24.75万元 Level three_public/total “三公经费支出” Final 2024
    8.2万元 Level three_public/vehicle_running “公务用车运行维护费用” Final 2024
    ");
}

#[test]
fn a_code_before_a_dash_names_the_class() {
    insta::assert_snapshot!(facts(
        "决算",
        "201-一般公共服务支出90万元，其中：\n\n1、20109-海关事务50万元，较2023年决算数增加5万元。"
    ), @r"
    90万元 Level function/201 “一般公共服务支出” Final 2024
    50万元 Level function/20109 “海关事务” Final 2024
    5万元 Change function/20109 “海关事务” Final 2024 of 50万元
    ");
}
