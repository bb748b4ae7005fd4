"""The invented report of 清河县水务局: every figure is computed here, so that it cannot contradict itself."""
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal as D

AGENCY = "清河县水务局"
YEAR = 2024


@dataclass
class Heading:
    level: int
    text: str


@dataclass
class Para:
    text: str


@dataclass
class Table:
    sheet: str
    title: str
    number: str
    left: str
    right: str
    header_rows: int
    rows: list  # of lists of cells (text, colspan, rowspan); covered positions are left out
    notes: list = field(default_factory=list)
    cols: int = 0

    def __post_init__(self):
        self.rows = [[c if isinstance(c, tuple) else (c, 1, 1) for c in row] for row in self.rows]
        self.cols = max(max(c + w for _, _, c, w, _ in self.placed()), 1)

    def placed(self):
        """(text, row, col, colspan, rowspan) of each cell."""
        taken, out = set(), []
        for r, row in enumerate(self.rows):
            c = 0
            for text, w, h in row:
                while (r, c) in taken:
                    c += 1
                taken |= {(r + y, c + x) for y in range(h) for x in range(w)}
                out.append((text, r, c, w, h))
                c += w
        return out


@dataclass
class Chart:
    title: str
    kind: str  # bar, pie
    categories: list
    series: list  # of (name, [value])


def d(text):
    return D(str(text))


def q(value, places="0.01"):
    return value.quantize(D(places), ROUND_HALF_UP)


def pct(part, whole):
    """`12.34%`, `100%` and `0%` bare."""
    p = q(part * 100 / whole)
    return f"{p.to_integral()}%" if p in (0, 100) else f"{p}%"


def n(value):
    """A figure of the narrative."""
    return "0" if value == 0 else str(q(value))


def t(value):
    """A figure of a table; nothing for zero."""
    return "" if value == 0 else f"{q(value):,}"


# code, name of item, basic, project, budget of the year's start, reason of the difference
ITEMS = [
    ("2050803", "培训支出", "0", "12.60", "15.00", "部分培训改为线上举办"),
    ("2080501", "行政单位离退休", "46.32", "0", "44.00", "年中退休人员增加"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "118.46", "0", "120.00", "年中人员调出"),
    ("2080506", "机关事业单位职业年金缴费支出", "59.23", "0", "60.00", "年中人员调出"),
    ("2101101", "行政单位医疗", "38.75", "0", "38.75", ""),
    ("2101103", "公务员医疗补助", "15.50", "0", "15.50", ""),
    ("2130301", "行政运行", "1046.28", "0", "1020.00", "年中追加人员经费"),
    ("2130304", "水利行业业务管理", "0", "86.40", "90.00", "压减一般性支出"),
    ("2130305", "水利工程建设", "0", "912.35", "960.00", "部分工程跨年度结算"),
    ("2130306", "水利工程运行与维护", "0", "428.17", "430.00", "采购节约资金"),
    ("2130309", "水利执法监督", "0", "35.20", "35.20", ""),
    ("2130311", "水资源节约管理与保护", "0", "74.68", "80.00", "部分项目采购节约资金"),
    ("2130314", "防汛", "0", "163.50", "170.00", "防汛物资结转下年采购"),
    ("2210201", "住房公积金", "88.84", "0", "90.00", "年中人员调出"),
]
NAMES = {
    "205": "教育支出", "20508": "进修及培训", "208": "社会保障和就业支出", "20805": "行政事业单位养老支出",
    "210": "卫生健康支出", "21011": "行政事业单位医疗", "212": "城乡社区支出",
    "21208": "国有土地使用权出让收入安排的支出", "2120816": "农业农村生态环境支出", "213": "农林水支出",
    "21303": "水利", "221": "住房保障支出", "22102": "住房改革支出",
}
NAMES.update({code: name for code, name, *_ in ITEMS})
BASIC = {c: d(b) for c, _, b, _, _, _ in ITEMS}
PROJECT = {c: d(p) for c, _, _, p, _, _ in ITEMS}
BUDGET = {c: d(b) for c, _, _, _, b, _ in ITEMS}
GENERAL = {c: BASIC[c] + PROJECT[c] for c in BASIC}
FUND = {"2120816": d("150.00")}
OTHER_IN, OTHER_OUT = {"2130304": d("23.60")}, {"2130304": d("20.00")}
CARRIED_IN = {"2130305": d("136.25")}
CARRIED_OUT = {"2130305": d("60.00"), "2130314": d("38.40")}
GENERAL_IN = {c: v + CARRIED_OUT.get(c, 0) - CARRIED_IN.get(c, 0) for c, v in GENERAL.items()}


def total(of):
    return sum(of.values(), D(0))


def add(*many):
    out = {}
    for one in many:
        for code, value in one.items():
            out[code] = out.get(code, D(0)) + value
    return dict(sorted(out.items()))


def levels(*many):
    """Codes of class, group and item in order, each with its sums in `many`."""
    codes = sorted({c for one in many for c in one})
    out = []
    for length in (3, 5, 7):
        out += {c[:length] for c in codes}
    return [(c, [sum((v for k, v in one.items() if k.startswith(c)), D(0)) for one in many])
            for c in sorted(set(out))]


G, F = total(GENERAL), total(FUND)
G_IN, OTHER = total(GENERAL_IN), total(OTHER_IN)
START, END_GENERAL = total(CARRIED_IN), total(CARRIED_OUT)
END = END_GENERAL + OTHER - total(OTHER_OUT)
INCOME = G_IN + F + OTHER
SPENT = G + F + total(OTHER_OUT)
ALL = INCOME + START
FISCAL = G_IN + F + START
BASIC_ALL, PROJECT_ALL = total(BASIC), total(PROJECT) + F + total(OTHER_OUT)
assert ALL == SPENT + END and FISCAL == G + F + END_GENERAL
LAST = {"all": d("3105.74"), "fiscal": d("3084.14"), "general": d("2951.63"), "three": d("13.45"),
        "car": d("11.27"), "guest": d("2.18"), "office": d("214.32"), "fund": d("150.00")}

STAFF = [("301", "工资福利支出", [
    ("30101", "基本工资", "412.36"), ("30102", "津贴补贴", "268.90"), ("30103", "奖金", "121.45"),
    ("30108", "机关事业单位基本养老保险缴费", "118.46"), ("30109", "职业年金缴费", "59.23"),
    ("30110", "职工基本医疗保险缴费", "38.75"), ("30111", "公务员医疗补助缴费", "15.50"),
    ("30112", "其他社会保障缴费", "9.84"), ("30113", "住房公积金", "88.84"),
    ("30199", "其他工资福利支出", "21.37")]),
    ("303", "对个人和家庭的补助", [
        ("30302", "退休费", "46.32"), ("30305", "生活补助", "5.18"), ("30309", "奖励金", "1.20")])]
OFFICE = [("302", "商品和服务支出", [
    ("30201", "办公费", "28.46"), ("30202", "印刷费", "6.35"), ("30205", "水费", "3.42"),
    ("30206", "电费", "14.78"), ("30207", "邮电费", "11.26"), ("30209", "物业管理费", "19.80"),
    ("30211", "差旅费", "24.65"), ("30213", "维修（护）费", "8.37"), ("30215", "会议费", "2.16"),
    ("30216", "培训费", "3.94"), ("30217", "公务接待费", "1.92"), ("30226", "劳务费", "7.58"),
    ("30228", "工会经费", "16.40"), ("30229", "福利费", "5.20"), ("30231", "公务用车运行维护费", "10.86"),
    ("30239", "其他交通费用", "32.75"), ("30299", "其他商品和服务支出", "3.18")]),
    ("310", "资本性支出", [("31002", "办公设备购置", "4.90")])]


def group_sum(groups):
    return sum((d(v) for _, _, items in groups for _, _, v in items), D(0))


STAFF_ALL, OFFICE_ALL = group_sum(STAFF), group_sum(OFFICE)
assert STAFF_ALL + OFFICE_ALL == BASIC_ALL
CAR, CAR_BUDGET, GUEST, GUEST_BUDGET = d("10.86"), d("12.00"), d("1.92"), d("3.00")
THREE, THREE_BUDGET = CAR + GUEST, CAR_BUDGET + GUEST_BUDGET
CLASSES = [(c, v[0]) for c, v in levels(GENERAL) if len(c) == 3]


def change(now, before, verb="增加", rate="增长"):
    if now < before:
        verb, rate = "减少", "下降"
    diff = abs(now - before)
    return f"{verb}{n(diff)}万元，{rate}{pct(diff, before)}"


def sheet_tables():
    left, right = f"部门：{AGENCY}", "金额单位：万元"
    functions = ["一般公共服务支出", "外交支出", "国防支出", "公共安全支出", "教育支出", "科学技术支出",
                 "文化旅游体育与传媒支出", "社会保障和就业支出", "卫生健康支出", "节能环保支出", "城乡社区支出",
                 "农林水支出", "交通运输支出", "住房保障支出"]
    ordinal = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四"]
    spent = add(GENERAL, FUND, OTHER_OUT)
    by_name = {NAMES[c]: v[0] for c, v in levels(spent) if len(c) == 3}
    income = ["一、一般公共预算财政拨款收入", "二、政府性基金预算财政拨款收入", "三、国有资本经营预算财政拨款收入",
              "四、上级补助收入", "五、事业收入", "六、经营收入", "七、附属单位上缴收入", "八、其他收入"]
    got = [G_IN, F, D(0), D(0), D(0), D(0), D(0), OTHER]
    rows = [[("收入", 3, 1), ("支出", 3, 1)], ["项目", "行次", "金额", "项目", "行次", "金额"],
            ["栏次", "", "1", "栏次", "", "2"]]
    for i, name in enumerate(functions):
        side = [income[i], str(i + 1), t(got[i])] if i < len(income) else ["", str(i + 1), ""]
        rows.append(side + [f"{ordinal[i]}、{name}", str(i + 19), t(by_name.get(name, D(0)))])
    rows += [["本年收入合计", "15", t(INCOME), "本年支出合计", "33", t(SPENT)],
             ["使用非财政拨款结余", "16", "", "结余分配", "34", ""],
             ["年初结转和结余", "17", t(START), "年末结转和结余", "35", t(END)],
             ["总计", "18", t(ALL), "总计", "36", t(ALL)]]
    tables = [Table("公开01表", "收入支出决算总表", "公开01表", left, right, 3, rows,
                    ["注：本表反映部门本年度的总收支和年末结转结余情况。"])]

    head = [[("项目", 2, 1)] + [(x, 1, 2) for x in ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入",
                                                "经营收入", "附属单位上缴收入", "其他收入"]],
            ["科目代码", "科目名称"], [("栏次", 2, 1)] + [str(i) for i in range(1, 8)],
            [("合计", 2, 1), t(INCOME), t(G_IN + F), "", "", "", "", t(OTHER)]]
    for code, (a, b) in levels(add(GENERAL_IN, FUND), OTHER_IN):
        head.append([code, NAMES[code], t(a + b), t(a), "", "", "", "", t(b)])
    tables.append(Table("公开02表", "收入决算表", "公开02表", left, right, 3, head,
                        ["注：本表反映部门本年度取得的各项收入情况。"]))

    project = add(PROJECT, FUND, OTHER_OUT)
    head = [[("项目", 2, 1)] + [(x, 1, 2) for x in ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出",
                                                "对附属单位补助支出"]],
            ["科目代码", "科目名称"], [("栏次", 2, 1)] + [str(i) for i in range(1, 7)],
            [("合计", 2, 1), t(SPENT), t(BASIC_ALL), t(PROJECT_ALL), "", "", ""]]
    for code, (a, b) in levels(BASIC, project):
        head.append([code, NAMES[code], t(a + b), t(a), t(b), "", "", ""])
    tables.append(Table("公开03表", "支出决算表", "公开03表", left, right, 3, head,
                        ["注：本表反映部门本年度各项支出情况。"]))

    general_by, fund_by = ({NAMES[c]: v[0] for c, v in levels(x) if len(c) == 3} for x in (GENERAL, FUND))
    rows = [[("收入", 3, 1), ("支出", 6, 1)],
            ["项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款",
             "国有资本经营预算财政拨款"],
            ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"]]
    income = [("一、一般公共预算财政拨款", G_IN), ("二、政府性基金预算财政拨款", F), ("三、国有资本经营预算财政拨款", D(0))]
    for i, name in enumerate(functions):
        g, f = general_by.get(name, D(0)), fund_by.get(name, D(0))
        side = [income[i][0], str(i + 1), t(income[i][1])] if i < 3 else ["", str(i + 1), ""]
        rows.append(side + [f"{ordinal[i]}、{name}", str(i + 20), t(g + f), t(g), t(f), ""])
    rows += [["本年收入合计", "15", t(G_IN + F), "本年支出合计", "34", t(G + F), t(G), t(F), ""],
             ["年初财政拨款结转和结余", "16", t(START), "年末财政拨款结转和结余", "35", t(END_GENERAL), t(END_GENERAL), "", ""],
             ["一般公共预算财政拨款", "17", t(START), "", "36", "", "", "", ""],
             ["政府性基金预算财政拨款", "18", "", "", "37", "", "", "", ""],
             ["总计", "19", t(FISCAL), "总计", "38", t(FISCAL), t(G + END_GENERAL), t(F), ""]]
    tables.append(Table("公开04表", "财政拨款收入支出决算总表", "公开04表", left, right, 3, rows,
                        ["注：本表反映部门本年度一般公共预算财政拨款、政府性基金预算财政拨款和国有资本经营预算财政拨款的总收支和年末结转结余情况。"]))

    rows = [[("项目", 2, 1), ("本年支出", 3, 1)], ["科目代码", "科目名称", "小计", "基本支出", "项目支出"],
            [("栏次", 2, 1), "1", "2", "3"], [("合计", 2, 1), t(G), t(BASIC_ALL), t(total(PROJECT))]]
    for code, (a, b) in levels(BASIC, PROJECT):
        rows.append([code, NAMES[code], t(a + b), t(a), t(b)])
    tables.append(Table("公开05表", "一般公共预算财政拨款支出决算表", "公开05表", left, right, 3, rows,
                        ["注：本表反映部门本年度一般公共预算财政拨款支出情况。"]))

    def flat(groups):
        out = []
        for code, name, items in groups:
            out.append((code, name, t(sum((d(v) for _, _, v in items), D(0)))))
            out += [(c, m, t(d(v))) for c, m, v in items]
        return out
    one, two = flat(STAFF), flat(OFFICE)
    rows = [[("人员经费", 3, 1), ("公用经费", 3, 1)], ["科目代码", "科目名称", "决算数"] * 2]
    for i in range(max(len(one), len(two))):
        rows.append(list(one[i] if i < len(one) else ("", "", "")) + list(two[i] if i < len(two) else ("", "", "")))
    rows.append([("人员经费合计", 2, 1), t(STAFF_ALL), ("公用经费合计", 2, 1), t(OFFICE_ALL)])
    tables.append(Table("公开06表", "一般公共预算财政拨款基本支出决算明细表", "公开06表", left, right, 2, rows,
                        ["注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"]))

    rows = [[("项目", 2, 1), ("年初结转和结余", 1, 2), ("本年收入", 1, 2), ("本年支出", 3, 1), ("年末结转和结余", 1, 2)],
            ["科目代码", "科目名称", "小计", "基本支出", "项目支出"],
            [("栏次", 2, 1)] + [str(i) for i in range(1, 7)],
            [("合计", 2, 1), "", t(F), t(F), "", t(F), ""]]
    rows += [[code, NAMES[code], "", t(a), t(a), "", t(a), ""] for code, (a,) in levels(FUND)]
    tables.append(Table("公开07表", "政府性基金预算财政拨款收入支出决算表", "公开07表", left, right, 3, rows,
                        ["注：本表反映部门本年度政府性基金预算财政拨款收入、支出及结转和结余情况。"]))

    rows = [[("项目", 2, 1), ("本年支出", 3, 1)], ["科目代码", "科目名称", "合计", "基本支出", "项目支出"],
            [("栏次", 2, 1), "1", "2", "3"], [("合计", 2, 1), "", "", ""]]
    tables.append(Table("公开08表", "国有资本经营预算财政拨款支出决算表", "公开08表", left, right, 3, rows,
                        ["注：本表反映部门本年度国有资本经营预算财政拨款支出情况。",
                         f"说明：{AGENCY}没有使用国有资本经营预算安排的支出，故本表无数据。"]))

    half = [("合计", 1, 2), ("因公出国（境）费", 1, 2), ("公务用车购置及运行维护费", 3, 1), ("公务接待费", 1, 2)]
    rows = [[("预算数", 6, 1), ("决算数", 6, 1)], half * 2, ["小计", "公务用车购置费", "公务用车运行维护费"] * 2,
            [str(i) for i in range(1, 13)],
            [t(THREE_BUDGET), "", t(CAR_BUDGET), "", t(CAR_BUDGET), t(GUEST_BUDGET),
             t(THREE), "", t(CAR), "", t(CAR), t(GUEST)]]
    tables.append(Table("公开09表", "财政拨款“三公”经费支出决算表", "公开09表", left, right, 4, rows,
                        ["注：本表反映部门本年度“三公”经费支出预决算情况。其中，预算数为“三公”经费全年预算数，反映按规定程序调整后的预算数。"]))
    return tables


def indicator_table():
    spent, budget = GENERAL["2130306"], BUDGET["2130306"]
    rate = spent / budget
    funds_score = q(rate * 10)
    rows = [
        [("项目名称", 1, 1), ("水利工程维修养护项目", 8, 1)],
        ["主管部门", (AGENCY, 3, 1), ("实施单位", 2, 1), ("清河县水利工程管理站", 3, 1)],
        [("项目资金（万元）", 1, 4), ("", 2, 1), "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [("年度资金总额", 2, 1), n(budget), n(budget), n(spent), "10", pct(spent, budget), str(funds_score)],
        [("其中：当年财政拨款", 2, 1), n(budget), n(budget), n(spent), "—", pct(spent, budget), "—"],
        [("其他资金", 2, 1), "0", "0", "0", "—", "—", "—"],
        [("年度总体目标", 1, 2), ("预期目标", 4, 1), ("实际完成情况", 4, 1)],
        [("完成18座小型水库和42公里渠道的维修养护，保障工程安全运行。", 4, 1),
         ("已完成18座小型水库和43公里渠道的维修养护，工程安全运行。", 4, 1)],
        [("绩效指标", 1, 10), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    ]
    items = [
        ("产出指标（50分）", 5, [("数量指标", 2, [("维修养护小型水库数量", "≥18座", "18座", 10, 10, ""),
                                   ("维修养护渠道长度", "≥42公里", "43公里", 10, 10, "")]),
                         ("质量指标", 1, [("工程验收合格率", "=100%", "100%", 10, 10, "")]),
                         ("时效指标", 1, [("维修养护任务按期完成率", "≥95%", "97%", 10, 10, "")]),
                         ("成本指标", 1, [("项目总成本", "≤430万元", f"{n(spent)}万元", 10, 10, "")])]),
        ("效益指标（30分）", 3, [("社会效益指标", 1, [("新增和改善灌溉面积", "≥2.5万亩", "2.6万亩", 10, 10, "")]),
                         ("生态效益指标", 1, [("水库水质达标率", "≥90%", "94%", 10, 10, "")]),
                         ("可持续影响指标", 1, [("管护制度健全性", "健全", "健全", 10, 10, "")])]),
        ("满意度指标（10分）", 1, [("服务对象满意度指标", 1, [("受益群众满意度", "≥95%", "93%", 10, 8, "个别渠段清淤不及时，已列入下年计划")])]),
    ]
    scores, weights = funds_score, 10
    for first, height, seconds in items:
        lead = [(first, 1, height)]
        for second, depth, thirds in seconds:
            lead += [(second, 1, depth)]
            for name, target, actual, weight, score, why in thirds:
                rows.append(lead + [name, target, actual, str(weight), str(score), why])
                lead, scores, weights = [], scores + score, weights + weight
    rows.append([("总分", 6, 1), str(weights), str(scores), ""])
    assert weights == 100
    table = Table("绩效自评表", "项目支出绩效自评表", "", "（2024年度）", "", 0, rows)
    return table, scores


def report():
    """All blocks of the report in reading order."""
    tables = sheet_tables()
    indicators, score = indicator_table()
    y, last = YEAR, YEAR - 1
    b = [Para(AGENCY), Para(f"{y}年度部门决算"), Heading(1, "第一部分 部门概况"), Heading(2, "一、部门职责"),
         Para("（一）贯彻执行国家和省、市有关水利工作的方针政策和法律法规，拟订全县水利发展规划并组织实施。"),
         Para("（二）负责生活、生产经营和生态环境用水的统筹和保障，组织实施取水许可和节约用水制度。"),
         Para("（三）负责全县水利工程建设与运行管理，组织编制洪水干旱灾害防治规划并指导实施。"),
         Heading(2, "二、机构设置"),
         Para(f"{AGENCY}下属二级单位3个，其中：行政单位1个，参照公务员法管理的事业单位1个，其他事业单位1个。"),
         Heading(1, f"第二部分 {y}年度部门决算表")]
    for label, table in zip("一二三四五六七八九", tables):
        b += [Heading(2, f"{label}、{table.title}"), table]
    b += [Heading(1, f"第三部分 {y}年度部门决算情况说明"), Heading(2, "一、收入支出决算总体情况说明"),
          Para(f"{y}年度收、支总计均为{n(ALL)}万元。与{last}年度相比，收、支总计各{change(ALL, LAST['all'])}。主要变动原因是水利工程建设项目支出增加。"),
          Chart("图1：收、支决算总计变动情况图", "bar", ["收入（万元）", "支出（万元）"],
                [(f"{last}年", [LAST["all"]] * 2), (f"{y}年", [ALL] * 2)]),
          Heading(2, "二、收入决算情况说明"),
          Para(f"{y}年度本年收入合计{n(INCOME)}万元，其中：一般公共预算财政拨款收入{n(G_IN)}万元，占{pct(G_IN, INCOME)}；"
               f"政府性基金预算财政拨款收入{n(F)}万元，占{pct(F, INCOME)}；国有资本经营预算财政拨款收入0万元，占0%；上级补助收入0万元，占0%；"
               f"事业收入0万元，占0%；经营收入0万元，占0%；附属单位上缴收入0万元，占0%；其他收入{n(OTHER)}万元，占{pct(OTHER, INCOME)}。"),
          Chart("图2：收入决算结构图", "pie", ["一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "其他收入"],
                [("占比", [q(x / INCOME, "0.0001") for x in (G_IN, F, OTHER)])]),
          Heading(2, "三、支出决算情况说明"),
          Para(f"{y}年度本年支出合计{n(SPENT)}万元，其中：基本支出{n(BASIC_ALL)}万元，占{pct(BASIC_ALL, SPENT)}；"
               f"项目支出{n(PROJECT_ALL)}万元，占{pct(PROJECT_ALL, SPENT)}；上缴上级支出0万元，占0%；经营支出0万元，占0%；对附属单位补助支出0万元，占0%。"),
          Chart("图3：支出决算结构图", "pie", ["基本支出", "项目支出"],
                [("占比", [q(x / SPENT, "0.0001") for x in (BASIC_ALL, PROJECT_ALL)])]),
          Heading(2, "四、财政拨款收入支出决算总体情况说明"),
          Para(f"{y}年度财政拨款收、支总计均为{n(FISCAL)}万元。与{last}年度相比，财政拨款收、支总计各{change(FISCAL, LAST['fiscal'])}。主要变动原因是水利工程建设项目支出增加。"),
          Chart("图4：财政拨款收、支决算总计变动情况图", "bar", ["收入（万元）", "支出（万元）"],
                [(f"{last}年", [LAST["fiscal"]] * 2), (f"{y}年", [FISCAL] * 2)]),
          Heading(2, "五、一般公共预算财政拨款支出决算情况说明"),
          Heading(3, "（一）一般公共预算财政拨款支出决算总体情况"),
          Para(f"{y}年度一般公共预算财政拨款支出{n(G)}万元，占本年支出合计的{pct(G, SPENT)}。与{last}年度相比，一般公共预算财政拨款支出{change(G, LAST['general'])}。主要变动原因是水利工程建设项目支出增加。"),
          Chart("图5：一般公共预算财政拨款支出决算变动情况图", "bar", ["一般公共预算财政拨款支出（万元）"],
                [(f"{last}年", [LAST["general"]]), (f"{y}年", [G])]),
          Heading(3, "（二）一般公共预算财政拨款支出决算结构情况"),
          Para(f"{y}年度一般公共预算财政拨款支出{n(G)}万元，主要用于以下方面：" +
               "；".join(f"{NAMES[c]}（类）{n(v)}万元，占{pct(v, G)}" for c, v in CLASSES) + "。"),
          Chart("图6：一般公共预算财政拨款支出决算结构图", "pie", [NAMES[c] for c, _ in CLASSES],
                [("占比", [q(v / G, "0.0001") for _, v in CLASSES])]),
          Heading(3, "（三）一般公共预算财政拨款支出决算具体情况"),
          Para(f"{y}年度一般公共预算财政拨款支出年初预算为{n(total(BUDGET))}万元，支出决算为{n(G)}万元，完成年初预算的{pct(G, total(BUDGET))}。其中：")]
    for i, (code, name, _, _, _, why) in enumerate(ITEMS, 1):
        spent, budget = GENERAL[code], BUDGET[code]
        word = "大于" if spent > budget else "小于" if spent < budget else "等于"
        tail = f"决算数{word}预算数的主要原因是{why}。" if why else "决算数等于预算数。"
        b.append(Para(f"{i}.{NAMES[code[:3]]}{code[:3]}（类）{NAMES[code[:5]]}{code[3:5]}（款）{name}{code[5:]}（项）："
                      f"年初预算为{n(budget)}万元，支出决算为{n(spent)}万元，完成年初预算的{pct(spent, budget)}。{tail}"))
    def listed(groups):
        return "、".join(m for _, _, items in groups for _, m, _ in items)

    b += [Heading(2, "六、一般公共预算财政拨款基本支出决算情况说明"),
          Para(f"{y}年度一般公共预算财政拨款基本支出{n(BASIC_ALL)}万元，其中："),
          Para(f"人员经费{n(STAFF_ALL)}万元，主要包括：{listed(STAFF)}。"),
          Para(f"公用经费{n(OFFICE_ALL)}万元，主要包括：{listed(OFFICE)}。"),
          Heading(2, "七、财政拨款“三公”经费支出决算情况说明"),
          Heading(3, "（一）“三公”经费财政拨款支出决算总体情况说明"),
          Para(f"{y}年度“三公”经费财政拨款支出预算为{n(THREE_BUDGET)}万元，支出决算为{n(THREE)}万元，完成预算的{pct(THREE, THREE_BUDGET)}，"
               f"较上年度{change(THREE, LAST['three'])}。决算数小于预算数的主要原因是从严控制公务用车和公务接待支出。"),
          Heading(3, "（二）“三公”经费财政拨款支出决算具体情况说明"),
          Para(f"{y}年度“三公”经费财政拨款支出决算中，因公出国（境）费支出决算0万元，占0%；公务用车购置及运行维护费支出决算{n(CAR)}万元，占{pct(CAR, THREE)}；"
               f"公务接待费支出决算{n(GUEST)}万元，占{pct(GUEST, THREE)}。具体情况如下："),
          Chart("图7：“三公”经费财政拨款支出结构图", "pie", ["公务用车购置及运行维护费", "公务接待费"],
                [("占比", [q(x / THREE, "0.0001") for x in (CAR, GUEST)])]),
          Para("1.因公出国（境）费支出0万元。全年安排因公出国（境）团组0个，累计0人次。"),
          Para(f"2.公务用车购置及运行维护费支出{n(CAR)}万元，完成预算的{pct(CAR, CAR_BUDGET)}。公务用车购置及运行维护费支出决算比{last}年度{change(CAR, LAST['car'])}。"
               f"其中：公务用车购置支出0万元；公务用车运行维护费支出{n(CAR)}万元。截至{y}年12月31日，单位共有公务用车4辆。"),
          Para(f"3.公务接待费支出{n(GUEST)}万元，完成预算的{pct(GUEST, GUEST_BUDGET)}。公务接待费支出决算比{last}年度{change(GUEST, LAST['guest'])}。"
               f"其中：国内公务接待24批次，186人次，共计支出{n(GUEST)}万元；外事接待0批次，0人次，共计支出0万元。"),
          Heading(2, "八、政府性基金预算财政拨款支出决算情况说明"),
          Para(f"{y}年度政府性基金预算财政拨款支出{n(F)}万元，与{last}年度持平，全部用于农业农村生态环境支出。"),
          Heading(2, "九、国有资本经营预算财政拨款支出决算情况说明"),
          Para(f"{y}年度国有资本经营预算财政拨款支出0万元。"),
          Heading(2, "十、其他重要事项的情况说明"),
          Heading(3, "（一）机关运行经费支出情况"),
          Para(f"{y}年度，{AGENCY}机关运行经费支出{n(OFFICE_ALL)}万元，比{last}年度{change(OFFICE_ALL, LAST['office'])}，主要原因是压减办公费和印刷费。"),
          Heading(3, "（二）政府采购支出情况")]
    goods, works, services, small, tiny = map(d, ("42.60", "486.30", "158.45", "612.40", "368.20"))
    bought, chosen = goods + works + services, total(PROJECT)
    b += [Para(f"{y}年度，{AGENCY}政府采购支出总额{n(bought)}万元，其中：政府采购货物支出{n(goods)}万元、政府采购工程支出{n(works)}万元、政府采购服务支出{n(services)}万元。"
               f"授予中小企业合同金额{n(small)}万元，占政府采购支出总额的{pct(small, bought)}，其中：授予小微企业合同金额{n(tiny)}万元，占授予中小企业合同金额的{pct(tiny, small)}。"),
          Heading(3, "（三）国有资产占有使用情况"),
          Para(f"截至{y}年12月31日，{AGENCY}共有车辆4辆，其中：机要通信用车1辆、应急保障用车2辆、特种专业技术用车1辆；单价100万元以上设备（不含车辆）0台（套）。"),
          Heading(3, "（四）预算绩效管理情况"),
          Para(f"根据预算绩效管理要求，{AGENCY}组织对{y}年度一般公共预算项目支出全面开展绩效自评，共7个项目，涉及资金{n(chosen)}万元，占一般公共预算项目支出总额的100%。"
               f"组织对{y}年度1个政府性基金预算项目支出开展绩效自评，涉及资金{n(F)}万元，占政府性基金预算项目支出总额的100%。"),
          Para(f"水利工程维修养护项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为{score}分。项目全年预算数为{n(BUDGET['2130306'])}万元，执行数为{n(GENERAL['2130306'])}万元，"
               f"完成预算的{pct(GENERAL['2130306'], BUDGET['2130306'])}。项目绩效目标完成情况：完成18座小型水库和43公里渠道的维修养护。"),
          Heading(1, "第四部分 名词解释"),
          Para("1.财政拨款收入：指单位从同级财政部门取得的财政预算资金。"),
          Para("2.其他收入：指单位取得的除财政拨款收入等以外的各项收入。"),
          Para("3.年初结转和结余：指以前年度尚未完成、结转到本年按有关规定继续使用的资金。"),
          Para("4.年末结转和结余：指单位按有关规定结转到下年或以后年度继续使用的资金。"),
          Para("5.农林水支出（类）水利（款）行政运行（项）：指水利部门行政单位的基本支出。"),
          Para("6.基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。"),
          Para("7.项目支出：指在基本支出之外为完成特定行政任务和事业发展目标所发生的支出。"),
          Para("8.“三公”经费：指部门用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。"),
          Para("9.机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。"),
          Heading(1, "第五部分 附件"), indicators]
    return b


# Each slip: the block it stands in (by its first words), what is right there, and what is printed instead.
SLIPS = [
    # 收入: one source more than the table and the total allow.
    (f"{YEAR}年度本年收入合计", f"其他收入{n(OTHER)}万元", "其他收入32.60万元"),
    # 支出: a share that its own figures refute.
    (f"{YEAR}年度本年支出合计", f"项目支出{n(PROJECT_ALL)}万元，占{pct(PROJECT_ALL, SPENT)}", f"项目支出{n(PROJECT_ALL)}万元，占65.10%"),
    # 三公: a completion that budget and final refute.
    (f"{YEAR}年度“三公”经费财政拨款支出预算为", f"完成预算的{pct(THREE, THREE_BUDGET)}", "完成预算的95.20%"),
    # A final figure below its budget called above it.
    ("3.社会保障和就业支出208", "决算数小于预算数", "决算数大于预算数"),
    # 采购: parts that miss the total.
    (f"{YEAR}年度，{AGENCY}政府采购支出总额", "政府采购货物支出42.60万元", "政府采购货物支出24.60万元"),
    # The score of the project, which the indicator table prints otherwise.
    ("水利工程维修养护项目绩效自评综述", "项目自评得分为", "项目自评得分为1"),
]
# Cells: table, the row's first words, what is right, what is printed instead.
CELL_SLIPS = [
    # One item less than its 款 says.
    ("公开03表", "2130306", "428.17", "482.17"),
    # A score above its weight.
    ("绩效自评表", "受益群众满意度", "8", "18"),
]


def flawed():
    """The same report without charts and with the slips above."""
    blocks = [b for b in report() if not isinstance(b, Chart)]
    for start, right, wrong in SLIPS:
        [block] = [b for b in blocks if isinstance(b, Para) and b.text.startswith(start)]
        assert block.text.count(right) == 1, (start, right)
        block.text = block.text.replace(right, wrong)
    for sheet, key, right, wrong in CELL_SLIPS:
        [table] = [b for b in blocks if isinstance(b, Table) and b.sheet == sheet]
        [row] = [row for row in table.rows if any(cell[0] == key for cell in row)]
        hits = [i for i, cell in enumerate(row) if cell[0] == right]
        assert hits, (sheet, key)
        for i in hits:
            row[i] = (wrong, *row[i][1:])
    return blocks
