//! One evaluation of a project with consistent figures, told in the words of many places.

use crate::invented::{Dice, percent};

impl Dice {
    /// From `low` up to `high`, without `high`.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.roll((high - low) as u64) as i64
    }
}

/// `1234.50万元` of hundredths.
fn money(cents: i64) -> String {
    format!("{}.{:02}万元", cents / 100, cents % 100)
}

/// `18.5` or `19` of tenths.
fn points(tenths: i64) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// An indicator: its name, its weight and what it lost, in tenths of points.
type Item = (&'static str, i64, i64);

/// A level with its indicators.
struct Level {
    name: &'static str,
    items: Vec<Item>,
}

impl Level {
    fn had(&self) -> i64 {
        self.items.iter().map(|item| item.1).sum()
    }

    fn won(&self) -> i64 {
        self.had() - self.items.iter().map(|item| item.2).sum::<i64>()
    }
}

fn levels(dice: &mut Dice) -> Vec<Level> {
    let names: [(&str, [&str; 3]); 4] = [
        ("决策", ["立项依据充分性", "绩效目标合理性", "预算编制科学性"]),
        ("过程", ["资金使用合规性", "管理制度健全性", "制度执行有效性"]),
        ("产出", ["管护里程", "质量达标率", "完成及时性"]),
        ("效益", ["社会效益", "可持续影响", "服务对象满意度"]),
    ];
    let weights = dice.one(&[
        [[80, 60, 60], [100, 50, 50], [100, 100, 100], [100, 100, 100]],
        [[50, 50, 50], [90, 80, 80], [150, 100, 100], [100, 50, 100]],
        [[40, 30, 30], [120, 90, 90], [120, 90, 90], [120, 90, 90]],
    ]);
    let level = |((name, items), weights): ((&'static str, [&'static str; 3]), [i64; 3])| Level {
        name,
        items: items
            .into_iter()
            .zip(weights)
            .map(|(item, had)| (item, had, dice.one(&[0, 0, 5, 10, 15])))
            .collect(),
    };
    names.into_iter().zip(weights).map(level).collect()
}

/// `决策类指标分值20分，得分19分，得分率95.00%`
fn told(level: &Level, style: u64) -> String {
    let (had, won) = (points(level.had()), points(level.won()));
    let rate = percent(level.won(), level.had());
    let name = level.name;
    match style {
        0 => format!("{name}类指标分值{had}分，得分{won}分，得分率{rate}"),
        1 => format!("项目{name}指标权重{had}分，得分{won}分，得分率为{rate}"),
        2 => format!("{name}指标{had}分，自评得分{won}分"),
        3 => format!("项目{name}（{had}分）得分{won}分，得分率{rate}"),
        _ => format!("{name}指标满分{had}分，实际得分{won}分"),
    }
}

/// `1.立项依据充分性。该指标分值8分，得8分。`
fn item((name, had, lost): &Item, at: usize, style: u64) -> String {
    let (had, won) = (points(*had), points(had - lost));
    let off = match lost {
        0 => String::new(),
        lost => format!("扣{}分，", points(*lost)),
    };
    match style {
        0 => format!("{at}.{name}。该指标分值{had}分，{off}得{won}分。"),
        1 => format!("{at}.{name}（满分{had}分，得{won}分）。资料齐全，程序规范。"),
        2 => format!("{at}.{name}：权重{had}分，{off}得分{won}分。"),
        _ => format!("{at}.{name}（{had}分）。按照评分标准，{off}得{won}分。"),
    }
}

fn grade(won: i64) -> &'static str {
    match won {
        900.. => "优",
        800.. => "良",
        600.. => "中",
        _ => "差",
    }
}

/// What was planned and done, one sentence.
fn done(dice: &mut Dice) -> String {
    let (what, unit) = dice.one(&[("维修管网", "处"), ("培训人员", "人次"), ("发放补贴", "户")]);
    let plan = dice.between(40, 900);
    let made = plan + dice.between(-15, 20);
    let rate = percent(made, plan);
    match dice.roll(4) {
        0 => format!("计划{what}{plan}{unit}，实际{what}{made}{unit}，完成率{rate}。"),
        1 => format!("{what}目标值{plan}{unit}，实际完成{made}{unit}，完成率为{rate}。"),
        2 => {
            format!("{what}计划数{plan}{unit}，截至年底已完成{made}{unit}，实际完成率达到{rate}。")
        }
        _ => format!("完成率={made}/{plan}×100%={rate}。"),
    }
}

/// The evaluation of this seed.
pub fn write(seed: u64) -> String {
    let dice = &mut Dice(seed);
    let project = dice.one(&["农村供水维护", "堤防巡查", "残疾人就业培训"]);
    let place = dice.one(&["青岚县", "石桥市", "云岭区"]);
    let report = dice.one(&["项目支出绩效评价报告", "项目绩效评价报告", "项目绩效自评报告"]);
    let levels = levels(dice);
    let won: i64 = levels.iter().map(Level::won).sum();
    let (a, b, c) =
        (dice.between(1000, 90000), dice.between(1000, 90000), dice.between(1000, 90000));
    let given = a + b + c;
    let spent = given - dice.between(0, given / 10);
    let rate = percent(spent, given);
    let sources = format!(
        "其中：中央财政资金{}，省级财政资金{}，县级配套资金{}",
        money(a),
        money(b),
        money(c)
    );
    let budget = match dice.roll(3) {
        0 => format!(
            "项目预算资金{}，{sources}。截至2023年12月31日，项目实际支出{}，预算执行率{rate}。",
            money(given),
            money(spent)
        ),
        1 => format!(
            "2023年下达{project}资金{}，{sources}。全年实际支出{}，执行率为{rate}。",
            money(given),
            money(spent)
        ),
        _ => format!(
            "项目到位资金{}，{sources}。\n\n到位资金{}，实际支出{}，结余资金{}，资金使用率{rate}。",
            money(given),
            money(given),
            money(spent),
            money(given - spent)
        ),
    };
    let (sent, back) = (dice.between(100, 300), dice.between(60, 100));
    let fond = dice.between(20, back);
    let asked = format!(
        "{}{sent}份，{}{back}份，{}{}。其中满意的{fond}人，占{}；不满意的{}人，占{}。",
        dice.one(&["发放调查问卷", "共发放问卷", "发出问卷"]),
        dice.one(&["收回有效问卷", "回收有效问卷", "收回"]),
        dice.one(&["回收率", "有效回收率", "问卷回收率为"]),
        percent(back, sent),
        percent(fond, back),
        back - fond,
        percent(back - fond, back),
    );
    let style = dice.roll(5);
    let list: Vec<String> = levels.iter().map(|level| told(level, style)).collect();
    let whole = dice.one(&["综合得分为", "综合得分", "总得分为", "评价得分为", "最终得分"]);
    let grading = dice.one(&["评价等级为", "绩效评级为", "等级为", "绩效评价等级为"]);
    let bands = dice.one(&[
        "90（含）-100分为优，80（含）-90分为良，60（含）-80分为中，60分以下为差",
        "90分及以上为优、80分（含）-90分为良、60分（含）-80分为中、60分以下为差",
        "优（90-100分）、良（80-90分）、中（60-80分）、差（60分以下）",
    ]);
    let mut text = format!(
        "{place}2023年度{project}{report}\n\n一、基本情况\n\n{budget}\n\n{}\n\n{asked}\n\n二、评价结论\n\n\
         评价等级分为四档：{bands}。\n\n项目{whole}{}分，{grading}“{}”。其中：{}。\n\n三、指标分析\n\n",
        done(dice),
        points(won),
        grade(won),
        list.join("；"),
    );
    let style = dice.roll(4);
    for (at, level) in levels.iter().enumerate() {
        let label = ["一", "二", "三", "四"][at];
        let own = match dice.roll(3) {
            0 => String::new(),
            1 => format!("分值{}分，得分{}分。\n\n", points(level.had()), points(level.won())),
            _ => format!(
                "该部分满分{}分，得{}分，得分率{}。\n\n",
                points(level.had()),
                points(level.won()),
                percent(level.won(), level.had())
            ),
        };
        text.push_str(&format!("（{label}）项目{}情况\n\n{own}", level.name));
        for (at, own) in level.items.iter().enumerate() {
            text.push_str(&format!("{}\n\n", item(own, at + 1, style)));
        }
        if level.name == "过程" {
            let figure = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
            text.push_str(&format!(
                "预算执行率=（实际支出/预算资金）×100%={}/{}×100%={rate}。\n\n",
                figure(spent),
                figure(given)
            ));
        }
    }
    text
}
