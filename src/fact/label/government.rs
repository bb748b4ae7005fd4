//! Whose budget it is where a text tells those of several governments: 全市一般公共预算收入 beside 市本级一般公共预算收入.

/// A government, as named before its money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Government {
    /// `全市`, `市本级`.
    pub name: &'static str,
    /// Whether it is more than one purse: no department has 全市 or 地方. 本级 alone may be what a department's money comes from.
    pub many: bool,
}

const MANY: [&str; 16] = [
    "全国",
    "全省",
    "全自治区",
    "全市",
    "全州",
    "全盟",
    "全区",
    "全县",
    "全旗",
    "全镇",
    "全乡",
    "地方",
    "中央",
    "各区",
    "各县",
    "下级",
];

const ONE: [&str; 24] = [
    "中央本级",
    "自治区本级",
    "省本级",
    "市本级",
    "州本级",
    "盟本级",
    "区本级",
    "县本级",
    "旗本级",
    "镇本级",
    "乡本级",
    "自治区级",
    "省级",
    "市级",
    "州级",
    "盟级",
    "区级",
    "县级",
    "旗级",
    "镇级",
    "乡级",
    "市县",
    "区县",
    "本级",
];

/// The government that the words before the name of a budget end with; `money` is that name, `after` what follows it.
pub fn government(before: &str, money: &str, after: &str) -> Option<Government> {
    // 县级一般公共预算财政拨款 is what a department gets, 全市一般公共预算“三公”经费 the sum of what departments spend.
    let of_departments = money.contains("拨款") || after.contains("拨款") || after.contains('三');
    if of_departments || money.contains("资金") || money.ends_with("财政") {
        return None;
    }
    let before = before.trim_end_matches('的');
    let named = |names: &[&'static str]| names.iter().copied().find(|name| before.ends_with(name));
    let one = named(&ONE).map(|name| Government { name, many: false });
    one.or_else(|| named(&MANY).map(|name| Government { name, many: true }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_government_stands_before_its_budget() {
        let name = |before, money, after| government(before, money, after).map(|own| own.name);
        assert_eq!(name("某市全市", "一般公共预算", "收入"), Some("全市"));
        assert_eq!(name("某市市本级", "一般公共预算", "支出"), Some("市本级"));
        assert_eq!(name("中央", "一般公共预算", "收入"), Some("中央"));
        assert_eq!(name("县级", "一般公共预算财政拨款", "收入"), None);
        assert_eq!(name("全市", "一般公共预算", "安排三公经费"), None);
        assert_eq!(name("本部门", "一般公共预算", "收入"), None);
    }
}
