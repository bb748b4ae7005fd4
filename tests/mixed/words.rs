//! One set of consistent figures, told in the words of many places.

use crate::invented::{Dice, percent};

/// Hundredths of 万元.
type Cents = i64;

impl Dice {
    /// An amount from `low` to `high` 万元.
    fn amount(&mut self, low: i64, high: i64) -> Cents {
        low * 100 + self.roll(((high - low) * 100) as u64) as i64 + 1
    }

    /// Nothing, every other time.
    fn maybe(&mut self, low: i64, high: i64) -> Cents {
        if self.roll(2) == 0 { 0 } else { self.amount(low, high) }
    }

    /// So many percent of a whole, from `low` to `high`.
    fn part(&mut self, whole: Cents, low: i64, high: i64) -> Cents {
        whole * (low + self.roll((high - low) as u64) as i64) / 100
    }
}

/// `1234.50万元`
fn money(cents: Cents) -> String {
    if cents == 0 { "0万元".into() } else { format!("{}.{:02}万元", cents / 100, cents % 100) }
}

/// `比上年增加3.00万元，增长5.26%`
fn change(dice: &mut Dice, now: Cents, low: i64, high: i64) -> String {
    let moved = dice.amount(low, high);
    let up = dice.roll(2) == 0 && now > moved;
    let base = if up { now - moved } else { now + moved };
    let than = [
        "比上年",
        "较上年",
        "与上年相比，",
        "比2023年度",
        "较2023年决算数",
        "与2023年相比，",
        "同比",
    ];
    let (verb, rate) = if up { ("增加", "增长") } else { ("减少", "下降") };
    format!("{}{verb}{}，{rate}{}", dice.one(&than), money(moved), percent(moved, base))
}

fn shares(parts: &[(&str, Cents)], whole: Cents, join: &str) -> String {
    let one = |(name, part): &(&str, Cents)| {
        format!("{name}{}，占{}", money(*part), percent(*part, whole))
    };
    parts.iter().map(one).collect::<Vec<_>>().join(join)
}

/// The final accounts of this seed.
pub fn write(seed: u64) -> String {
    let dice = &mut Dice(seed);
    let agency = dice.one(&["青岚县水务局", "石桥市档案馆", "云岭区文化和旅游局"]);
    let year = dice.one(&["2024年度", "2024年"]);
    let general = dice.amount(500, 3000);
    let fund = dice.maybe(10, 300);
    let business = dice.maybe(5, 200);
    let other = dice.maybe(1, 50);
    let income = general + fund + business + other;
    let carried = dice.maybe(1, 90);
    let total = income + carried;
    let left = dice.maybe(1, 40);
    let spent = total - left;
    let basic = dice.part(spent, 30, 80);

    let mut text = format!("{agency}2024年度部门决算\n\n第二部分 2024年度部门决算情况说明\n\n");
    let mut section = |title: &str, paragraphs: Vec<String>| {
        text += &format!("{title}\n\n");
        paragraphs.iter().for_each(|paragraph| text += &format!("{paragraph}\n\n"));
    };

    let (all, moved) = (money(total), change(dice, total, 1, 200));
    let paragraph = dice.one(&[
        format!("{year}收、支总计均为{all}。{moved}。主要原因是项目经费变动。"),
        format!("{agency}{year}收入总计{all}，支出总计{all}。"),
        format!("{year}收入总计{all}。{moved}，主要是人员增加。支出总计{all}。"),
        format!("本部门{year}收入总计{all}、支出总计{all}。"),
        format!(
            "{year}总收入{all}，其中本年收入{}，年初结转和结余{}；总支出{all}，其中本年支出{}，年末结转和结余{}。",
            money(income), money(carried), money(spent), money(left)
        ),
    ]);
    section("一、收入支出决算总体情况说明", vec![paragraph]);

    let mut sources = match dice.roll(2) {
        0 => vec![("财政拨款收入", general + fund)],
        _ => vec![("一般公共预算财政拨款收入", general), ("政府性基金预算财政拨款收入", fund)],
    };
    sources.extend([("事业收入", business), ("其他收入", other)]);
    if dice.roll(2) == 0 {
        sources.retain(|(_, amount)| *amount > 0);
    }
    let moved = change(dice, income, 1, 150);
    let lead = dice.one(&[
        format!("{year}本年收入合计{}，其中：", money(income)),
        format!("本年收入合计{}。其中：", money(income)),
        format!("{year}，本单位本年收入{}，包括：", money(income)),
        format!("{agency}{year}收入合计{}，{moved}。其中：", money(income)),
    ]);
    let join = dice.one(&["；", "，"]);
    section("二、收入决算情况说明", vec![format!("{lead}{}。", shares(&sources, income, join))]);

    let moved = change(dice, spent, 1, 150);
    let lead = dice.one(&[
        format!("{year}本年支出合计{}，其中：", money(spent)),
        format!("本年支出合计{}，{moved}。其中：", money(spent)),
        format!("{year}，本单位支出{}，其中：", money(spent)),
    ]);
    let halves = [("基本支出", basic), ("项目支出", spent - basic)];
    let join = dice.one(&["；", "，"]);
    section("三、支出决算情况说明", vec![format!("{lead}{}。", shares(&halves, spent, join))]);

    general_budget(dice, year, general, spent, &mut section);

    let wages = dice.part(general.min(basic), 60, 90);
    let people = dice.part(wages, 70, 92);
    let (whole, of) = (money(wages), money(people));
    let public = money(wages - people);
    let paragraphs = dice.one(&[
        vec![format!(
            "{year}一般公共预算财政拨款基本支出{whole}，其中：人员经费{of}，主要包括：基本工资、津贴补贴；公用经费{public}，主要包括：办公费、差旅费。"
        )],
        vec![
            format!("{year}一般公共预算财政拨款基本支出{whole}。其中："),
            format!("人员经费{of}，占基本支出的{}，主要包括：基本工资、津贴补贴。", percent(people, wages)),
            format!(
                "公用经费{public}，占基本支出的{}，主要包括：办公费、水费。",
                percent(wages - people, wages)
            ),
        ],
    ]);
    section("五、一般公共预算财政拨款基本支出决算情况说明", paragraphs);

    three_public(dice, year, &mut section);
    let paragraph = match fund {
        0 => dice.one(&[
            "本部门2024年度无政府性基金预算财政拨款支出。".to_string(),
            format!("{year}政府性基金预算财政拨款支出0万元。"),
        ]),
        _ => format!("{year}政府性基金预算财政拨款支出{}。", money(fund)),
    };
    section("七、政府性基金预算支出决算情况说明", vec![paragraph]);
    rest(dice, year, &mut section);
    text
}

/// 一般公共预算: in all, by class, by item.
fn general_budget(
    dice: &mut Dice,
    year: &str,
    general: Cents,
    spent: Cents,
    section: &mut impl FnMut(&str, Vec<String>),
) {
    let whole = money(general);
    section("四、一般公共预算财政拨款支出决算情况说明", vec![]);
    let moved = change(dice, general, 1, 100);
    let paragraph = dice.one(&[
        format!(
            "{year}一般公共预算财政拨款支出{whole}，占本年支出合计的{}。{moved}。",
            percent(general, spent)
        ),
        format!("{year}一般公共预算财政拨款支出决算为{whole}，{moved}，主要原因是人员经费变动。"),
    ]);
    section("（一）总体情况", vec![paragraph]);

    let first = dice.part(general, 40, 70);
    let pensions = dice.part(general, 5, 15);
    let health = dice.part(general, 2, 8);
    let housing = general - first - pensions - health;
    let classes = [
        ("农林水支出", first, "水利", "行政运行"),
        (
            "社会保障和就业支出",
            pensions,
            "行政事业单位养老支出",
            "机关事业单位基本养老保险缴费支出",
        ),
        ("卫生健康支出", health, "行政事业单位医疗", "行政单位医疗"),
        ("住房保障支出", housing, "住房改革支出", "住房公积金"),
    ];
    let each = |one: &dyn Fn(&str, Cents) -> String, join: &str| {
        classes.iter().map(|class| one(class.0, class.1)).collect::<Vec<_>>().join(join)
    };
    let of = |part: Cents| percent(part, general);
    let paragraph = dice.one(&[
        format!(
            "一般公共预算财政拨款支出{whole}，主要用于以下方面：{}。",
            each(&|name, part| format!("{name}{}，占{}", money(part), of(part)), "；")
        ),
        format!(
            "{year}一般公共预算财政拨款支出{whole}，主要用于以下方面：{}。",
            each(&|name, part| format!("{name}（类）支出{}，占{}", money(part), of(part)), "；")
        ),
        format!(
            "按支出功能分类，包括：{}。",
            each(&|name, part| format!("{name}{}（占{}）", money(part), of(part)), "、")
        ),
    ]);
    section("（二）结构情况", vec![paragraph]);

    let planned = general + dice.amount(1, 80);
    let done = percent(general, planned);
    let mut paragraphs = vec![dice.one(&[
        format!(
            "{year}一般公共预算财政拨款支出年初预算为{}，支出决算为{whole}，完成年初预算的{done}。其中：",
            money(planned)
        ),
        format!(
            "{year}一般公共预算财政拨款支出决算数为{whole}，完成预算{}的{done}。其中：",
            money(planned)
        ),
    ])];
    let form = dice.roll(4);
    let mut rest = planned;
    for (at, (class, part, group, item)) in classes.into_iter().enumerate() {
        let own = if at == 3 { rest } else { planned * part / general };
        rest -= own;
        let (number, amount, budget) = (at + 1, money(part), money(own));
        let done = percent(part, own);
        let why = match part.cmp(&own) {
            std::cmp::Ordering::Less => "决算数小于预算数的主要原因是厉行节约",
            std::cmp::Ordering::Equal => "决算数与预算数持平",
            std::cmp::Ordering::Greater => "决算数大于预算数的主要原因是人员增加",
        };
        let name = format!("{class}（类）{group}（款）{item}（项）");
        paragraphs.push(match form {
            0 => format!("{number}.{name}。年初预算为{budget}，支出决算为{amount}，完成年初预算的{done}，{why}。"),
            1 => format!("{number}．{name}：支出决算为{amount}，完成预算{done}。"),
            2 => format!("（{number}）{class}类支出{amount}，年初预算{budget}，完成年初预算的{done}。{why}。"),
            _ => format!("{number}、“{name}”{amount}，主要用于保障运转。"),
        });
    }
    section("（三）具体情况", paragraphs);
}

/// “三公”经费: against the budget, then its parts.
fn three_public(dice: &mut Dice, year: &str, section: &mut impl FnMut(&str, Vec<String>)) {
    let abroad = dice.maybe(1, 9);
    let bought = dice.maybe(10, 40);
    let running = dice.amount(2, 30);
    let hosted = dice.amount(1, 5);
    let cars = bought + running;
    let total = abroad + cars + hosted;
    let planned = total + dice.amount(1, 10);
    let moved = change(dice, total, 1, 8);
    let (budget, spent, done) = (money(planned), money(total), percent(total, planned));
    let mut paragraphs = vec![dice.one(&[
        format!("{year}“三公”经费财政拨款支出预算为{budget}，支出决算为{spent}，完成预算的{done}。"),
        format!("{year}“三公”经费支出年初预算数为{budget}，决算数为{spent}，完成年初预算的{done}，{moved}。"),
    ])];
    let three = [
        ("因公出国（境）费支出", abroad),
        ("公务用车购置及运行维护费支出", cars),
        ("公务接待费支出", hosted),
    ];
    match dice.roll(3) {
        0 => paragraphs.push(format!("{year}“三公”经费支出决算中，{}。", shares(&three, total, "；"))),
        1 => paragraphs.push(format!(
            "其中：因公出国（境）费{}，占“三公”经费的{}；公务用车购置及运行费{}（购置费{}，运行维护费{}），占“三公”经费的{}；公务接待费{}，占“三公”经费的{}。",
            money(abroad), percent(abroad, total), money(cars), money(bought), money(running),
            percent(cars, total), money(hosted), percent(hosted, total)
        )),
        _ => paragraphs.extend([
            format!("1.因公出国（境）费支出{}。", money(abroad)),
            format!(
                "2.公务用车购置及运行维护费支出{}。其中：公务用车购置支出{}，公务用车运行维护费支出{}。",
                money(cars), money(bought), money(running)
            ),
            format!("3.公务接待费支出{}。国内公务接待{}批次，{}人次。", money(hosted), dice.roll(30) + 2, dice.roll(200) + 40),
        ]),
    }
    section("六、“三公”经费支出决算情况说明", paragraphs);
}

/// 机关运行经费, 政府采购, 国有资产.
fn rest(dice: &mut Dice, year: &str, section: &mut impl FnMut(&str, Vec<String>)) {
    let running = dice.amount(20, 100);
    let moved = change(dice, running, 1, 15);
    let (goods, works, services) = (dice.amount(5, 50), dice.maybe(5, 90), dice.amount(5, 90));
    let bought = goods + works + services;
    let medium = dice.part(bought, 50, 99);
    let small = dice.part(medium, 30, 99);
    let (total, of_medium, of_small) = (money(bought), money(medium), money(small));
    let procurement = dice.one(&[
        format!(
            "{year}政府采购支出总额{total}，其中：政府采购货物支出{}、政府采购工程支出{}、政府采购服务支出{}。授予中小企业合同金额{of_medium}，占政府采购支出总额的{}，其中：授予小微企业合同金额{of_small}，占授予中小企业合同金额的{}。",
            money(goods), money(works), money(services), percent(medium, bought), percent(small, medium)
        ),
        format!(
            "{year}，本部门政府采购支出总额{total}，其中：货物{}、工程{}、服务{}。授予中小企业合同金额{of_medium}，占政府采购支出总额的{}。其中授予小微企业合同金额{of_small}，占政府采购支出总额的{}。",
            money(goods), money(works), money(services), percent(medium, bought), percent(small, bought)
        ),
    ]);
    let (one, two, three) = (dice.roll(5), dice.roll(5), dice.roll(5) + 1);
    section(
        "八、其他重要事项的情况说明",
        vec![
            format!("{year}机关运行经费支出{}，{moved}。", money(running)),
            procurement,
            format!(
                "截至2024年12月31日，本部门共有车辆{}辆，其中：机要通信用车{one}辆、应急保障用车{two}辆、其他用车{three}辆。",
                one + two + three
            ),
        ],
    );
}
