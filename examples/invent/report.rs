//! Invented reports of invented departments, as like to real ones as their figures need be: five years of one agency
//! follow each other, so that this year's report quotes last year's figures, and the budget those of the accounts.

use std::fmt::Write as _;

/// Years of one agency: final accounts of each, and in the last year the budget.
pub const YEARS: [i32; 4] = [2021, 2022, 2023, 2024];

const FIRST: &str = "青清云林安永宁海河江新和平光明长兴";
const SECOND: &str = "山川溪源泉阳丰昌泰康乐城桥塘岭湾港";
const BUREAUS: [(&str, &str, &str, &str); 12] = [
    ("水务局", "213", "农林水支出", "水利"),
    ("教育局", "205", "教育支出", "教育管理事务"),
    ("卫生健康局", "210", "卫生健康支出", "卫生健康管理事务"),
    ("交通运输局", "214", "交通运输支出", "公路水路运输"),
    ("科学技术局", "206", "科学技术支出", "科学技术管理事务"),
    ("生态环境局", "211", "节能环保支出", "环境保护管理事务"),
    ("文化旅游局", "207", "文化旅游体育与传媒支出", "文化和旅游"),
    ("商务局", "216", "商业服务业等支出", "商业流通事务"),
    ("自然资源局", "220", "自然资源海洋气象等支出", "自然资源事务"),
    ("应急管理局", "224", "灾害防治及应急管理支出", "应急管理事务"),
    ("民政局", "208", "社会保障和就业支出", "民政管理事务"),
    ("住房和城乡建设局", "212", "城乡社区支出", "城乡社区管理事务"),
];

/// A report.
pub struct Invented {
    /// `0000123_2024.txt`
    pub name: String,
    /// Its text.
    pub text: String,
    /// What was made wrong, if anything.
    pub planted: Option<&'static str>,
}

/// The report of this number; one in a hundred has a figure changed.
pub fn report(number: u64) -> Invented {
    let agency = number / 5;
    let which = (number % 5) as usize;
    let (budget, year) = match which {
        4 => (true, YEARS[3]),
        which => (false, YEARS[which]),
    };
    let now = Accounts::new(agency, year);
    let planted = match mix(number ^ 0x5eed) % 200 {
        0 => Some("total"),
        1 if !budget && which > 0 => Some("base"),
        _ => None,
    };
    let text = match budget {
        true => now.budget(planted),
        false => now.accounts(planted),
    };
    let kind = if budget { "_budget" } else { "" };
    Invented { name: format!("{number:07}_{year}{kind}.txt"), text, planted }
}

/// SplitMix64.
fn mix(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Hundredths of 万元.
type Cents = i64;

struct Accounts {
    agency: String,
    bureau: (&'static str, &'static str, &'static str, &'static str),
    year: i32,
    items: Vec<(String, &'static str, &'static str, Cents, Cents)>,
    before: Cents,
    other: Cents,
    basic: Cents,
    personnel: Cents,
    vehicles: Cents,
    reception: Cents,
    running_before: Cents,
    goods: Cents,
    services: Cents,
}

impl Accounts {
    fn new(number: u64, year: i32) -> Self {
        let (first, second) = (chars(FIRST), chars(SECOND));
        let place = number / BUREAUS.len() as u64;
        let bureau = BUREAUS[(number % BUREAUS.len() as u64) as usize];
        let a = first[(place % 16) as usize];
        let b = second[(place / 16 % 17) as usize];
        let round = place / 272;
        let kind = ["县", "市", "区"][(round % 3) as usize];
        let c = match round / 3 {
            0 => String::new(),
            n => {
                chars(FIRST)[(n % 16) as usize].to_string()
                    + &chars(SECOND)[(n / 16 % 17) as usize].to_string()
            }
        };
        let items = Self::items(number, year, bureau);
        let total = |items: &[(String, &str, &str, Cents, Cents)]| {
            items.iter().map(|item| item.4).sum::<Cents>()
        };
        let before = total(&Self::items(number, year - 1, bureau)) + Self::other(number, year - 1);
        let basic = items[..4].iter().map(|item| item.4).sum::<Cents>();
        let chance = |salt: u64| {
            mix(number
                .wrapping_mul(31)
                .wrapping_add(year as u64)
                .wrapping_mul(131)
                .wrapping_add(salt))
        };
        let personnel = basic * 85 / 100;
        Self {
            agency: format!("{c}{a}{b}{kind}{}", bureau.0),
            bureau,
            year,
            before,
            other: Self::other(number, year),
            basic,
            personnel,
            vehicles: 300 + (chance(1) % 900) as i64,
            reception: 50 + (chance(2) % 400) as i64,
            running_before: {
                let items = Self::items(number, year - 1, bureau);
                let basic = items[..4].iter().map(|item| item.4).sum::<Cents>();
                basic - basic * 85 / 100
            },
            goods: 1_000 + (chance(3) % 9_000) as i64,
            services: 2_000 + (chance(4) % 30_000) as i64,
            items,
        }
    }

    fn other(number: u64, year: i32) -> Cents {
        (mix(number.wrapping_mul(17) ^ year as u64) % 5_000) as i64
    }

    fn items(
        number: u64,
        year: i32,
        bureau: (&'static str, &'static str, &'static str, &'static str),
    ) -> Vec<(String, &'static str, &'static str, Cents, Cents)> {
        let code = |tail: &str| format!("{}{tail}", bureau.1);
        let names: [(String, &str, &str, u64); 8] = [
            (
                "2080505".into(),
                "社会保障和就业支出/行政事业单位养老支出",
                "机关事业单位基本养老保险缴费支出",
                20_000,
            ),
            ("2101101".into(), "卫生健康支出/行政事业单位医疗", "行政单位医疗", 6_000),
            ("2210201".into(), "住房保障支出/住房改革支出", "住房公积金", 12_000),
            (code("0101"), "", "行政运行", 120_000),
            (code("0102"), "", "一般行政管理事务", 40_000),
            (code("0103"), "", "机关服务", 9_000),
            (code("0104"), "", "专项业务", 90_000),
            (code("0199"), "", "其他支出", 30_000),
        ];
        let item = |(at, (code, group, name, size)): (
            usize,
            (String, &'static str, &'static str, u64),
        )| {
            let chance = mix(number.wrapping_mul(1009).wrapping_add(year as u64 * 16 + at as u64));
            let budget = (size / 2 + chance % size) as i64;
            let done = budget * (9_000 + (chance >> 32) as i64 % 1_800) / 10_000;
            (code, group, name, budget, done)
        };
        names.into_iter().enumerate().map(item).collect()
    }

    fn accounts(&self, planted: Option<&str>) -> String {
        let mut out = String::with_capacity(12_000);
        let (agency, year, last) = (&self.agency, self.year, self.year - 1);
        let general: Cents = self.items.iter().map(|item| item.4).sum();
        let budget: Cents = self.items.iter().map(|item| item.3).sum();
        let total = general + self.other;
        let stated = if planted == Some("total") { total + 1_000 } else { total };
        let before = if planted == Some("base") { self.before + 500 } else { self.before };
        let w = |out: &mut String, text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        w(&mut out, format!("{agency}\n{year}年度部门决算\n第一部分 部门概况\n一、部门职责"));
        w(
            &mut out,
            format!(
                "（一）贯彻执行国家和省、市有关{}工作的方针政策和法律法规，拟订发展规划并组织实施。",
                self.bureau.3
            ),
        );
        w(
            &mut out,
            format!(
                "二、机构设置\n{agency}下属二级单位3个，其中：行政单位1个，参照公务员法管理的事业单位1个，其他事业单位1个。"
            ),
        );
        w(&mut out, format!("第二部分 {year}年度部门决算情况说明\n一、收入支出决算总体情况说明"));
        w(
            &mut out,
            format!(
                "{year}年度收、支总计均为{}万元。与{last}年度相比，收、支总计各{}。主要变动原因是项目支出变动。",
                m(stated),
                change(total - before, before)
            ),
        );
        w(&mut out, "二、收入决算情况说明".into());
        w(
            &mut out,
            format!(
                "{year}年度本年收入合计{}万元，其中：一般公共预算财政拨款收入{}万元，占{}；其他收入{}万元，占{}。",
                m(total),
                m(general),
                share(general, total),
                m(self.other),
                share(self.other, total)
            ),
        );
        w(&mut out, "三、支出决算情况说明".into());
        w(
            &mut out,
            format!(
                "{year}年度本年支出合计{}万元，其中：基本支出{}万元，占{}；项目支出{}万元，占{}。",
                m(total),
                m(self.basic),
                share(self.basic, total),
                m(total - self.basic),
                share(total - self.basic, total)
            ),
        );
        w(
            &mut out,
            "四、一般公共预算财政拨款支出决算情况说明\n（一）一般公共预算财政拨款支出决算总体情况"
                .into(),
        );
        w(
            &mut out,
            format!(
                "{year}年度一般公共预算财政拨款支出{}万元，占本年支出合计的{}。",
                m(general),
                share(general, total)
            ),
        );
        w(&mut out, "（二）一般公共预算财政拨款支出决算具体情况".into());
        w(
            &mut out,
            format!(
                "{year}年度一般公共预算财政拨款支出年初预算为{}万元，支出决算为{}万元，完成年初预算的{}。其中：",
                m(budget),
                m(general),
                share(general, budget)
            ),
        );
        for (at, (code, group, name, budget, done)) in self.items.iter().enumerate() {
            let (class, group) = group.split_once('/').unwrap_or((self.bureau.2, self.bureau.3));
            let word = match done.cmp(budget) {
                std::cmp::Ordering::Less => "小于预算数的主要原因是压减一般性支出",
                std::cmp::Ordering::Equal => "等于预算数",
                std::cmp::Ordering::Greater => "大于预算数的主要原因是年中追加经费",
            };
            w(
                &mut out,
                format!(
                    "{}.{class}{}（类）{group}{}（款）{name}{}（项）：年初预算为{}万元，支出决算为{}万元，完成年初预算的{}。决算数{word}。",
                    at + 1,
                    &code[..3],
                    &code[3..5],
                    &code[5..],
                    m(*budget),
                    m(*done),
                    share(*done, *budget)
                ),
            );
        }
        let public = self.basic - self.personnel;
        w(&mut out, "五、一般公共预算财政拨款基本支出决算情况说明".into());
        w(
            &mut out,
            format!(
                "{year}年度一般公共预算财政拨款基本支出{}万元，其中：\n人员经费{}万元，主要包括：基本工资、津贴补贴、奖金、住房公积金。\n公用经费{}万元，主要包括：办公费、印刷费、水费、电费、差旅费、会议费、培训费。",
                m(self.basic),
                m(self.personnel),
                m(public)
            ),
        );
        let three = self.vehicles + self.reception;
        w(&mut out, "六、财政拨款“三公”经费支出决算情况说明".into());
        w(
            &mut out,
            format!(
                "{year}年度“三公”经费财政拨款支出决算{}万元，其中：因公出国（境）费支出决算0万元，占0%；公务用车购置及运行维护费支出决算{}万元，占{}；公务接待费支出决算{}万元，占{}。",
                m(three),
                m(self.vehicles),
                share(self.vehicles, three),
                m(self.reception),
                share(self.reception, three)
            ),
        );
        w(&mut out, "七、其他重要事项的情况说明\n（一）机关运行经费支出情况".into());
        w(
            &mut out,
            format!(
                "{year}年度，{agency}机关运行经费支出{}万元，比{last}年度{}，主要原因是办公费和印刷费变动。",
                m(public),
                change(public - self.running_before, self.running_before)
            ),
        );
        w(&mut out, "（二）政府采购支出情况".into());
        w(
            &mut out,
            format!(
                "{year}年度，{agency}政府采购支出总额{}万元，其中：政府采购货物支出{}万元、政府采购工程支出0万元、政府采购服务支出{}万元。",
                m(self.goods + self.services),
                m(self.goods),
                m(self.services)
            ),
        );
        w(&mut out, "第三部分 名词解释\n1.财政拨款收入：指单位从同级财政部门取得的财政预算资金。\n2.基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。".into());
        w(
            &mut out,
            format!(
                "第四部分 附表\n一般公共预算财政拨款支出决算表\n公开05表\n部门：{agency}　　金额单位：万元"
            ),
        );
        self.table(
            &mut out,
            &["科目代码", "科目名称", "合计", "基本支出", "项目支出"],
            |item| item.4,
        );
        out
    }

    fn budget(&self, planted: Option<&str>) -> String {
        let mut out = String::with_capacity(6_000);
        let (agency, year) = (&self.agency, self.year);
        let total: Cents = self.items.iter().map(|item| item.3).sum();
        let stated = if planted == Some("total") { total + 1_000 } else { total };
        let _ = writeln!(
            out,
            "{agency}\n{year}年部门预算\n第一部分 部门概况\n一、主要职能\n（一）拟订{}发展规划并组织实施。",
            self.bureau.3
        );
        let _ = writeln!(
            out,
            "第二部分 {year}年部门预算情况说明\n一、收支预算总体情况\n{year}年收支预算总计{}万元。",
            m(stated)
        );
        let _ = writeln!(
            out,
            "二、一般公共预算财政拨款支出情况\n{year}年一般公共预算财政拨款支出预算{}万元。具体情况如下：",
            m(total)
        );
        for (at, (code, group, name, budget, _)) in self.items.iter().enumerate() {
            let (class, group) = group.split_once('/').unwrap_or((self.bureau.2, self.bureau.3));
            let _ = writeln!(
                out,
                "{}.{class}{}（类）{group}{}（款）{name}{}（项）预算数为{}万元。",
                at + 1,
                &code[..3],
                &code[3..5],
                &code[5..],
                m(*budget)
            );
        }
        let _ =
            writeln!(out, "第三部分 附表\n一般公共预算支出表\n部门：{agency}　　金额单位：万元");
        self.table(
            &mut out,
            &["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            |item| item.3,
        );
        out
    }

    fn table(
        &self,
        out: &mut String,
        header: &[&str],
        value: impl Fn(&(String, &'static str, &'static str, Cents, Cents)) -> Cents,
    ) {
        for cell in header {
            let _ = writeln!(out, "\t{cell}");
        }
        out.push('\n');
        let sum = |items: &[(String, &'static str, &'static str, Cents, Cents)]| {
            items.iter().map(&value).sum::<Cents>()
        };
        let (basic, project) = (sum(&self.items[..4]), sum(&self.items[4..]));
        let _ =
            writeln!(out, "\t合计\n\t{}\n\t{}\n\t{}\n", t(basic + project), t(basic), t(project));
        for (at, item) in self.items.iter().enumerate() {
            let amount = t(value(item));
            let (basic, project) =
                if at < 4 { (amount.as_str(), "") } else { ("", amount.as_str()) };
            let _ =
                writeln!(out, "\t{}\n\t{}\n\t{amount}\n\t{basic}\n\t{project}\n", item.0, item.2);
        }
    }
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// `1234.56`
fn m(cents: Cents) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// `1,234.56`
fn t(cents: Cents) -> String {
    let whole = (cents / 100).to_string();
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out}.{:02}", cents % 100)
}

/// `12.34%`, rounded half up.
fn share(part: Cents, whole: Cents) -> String {
    if whole == 0 {
        return "0%".into();
    }
    let basis = (part * 20_000 + whole) / (2 * whole);
    format!("{}.{:02}%", basis / 100, basis % 100)
}

/// `增加12.30万元，增长1.20%`
fn change(by: Cents, before: Cents) -> String {
    match by {
        0 => "持平".into(),
        by if by > 0 => format!("增加{}万元，增长{}", m(by), share(by, before)),
        by => format!("减少{}万元，下降{}", m(-by), share(-by, before)),
    }
}
