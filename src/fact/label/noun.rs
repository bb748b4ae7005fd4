//! The name of an amount no grammar knows, cut out of its sentence: `线上销售额` of `线上销售额突破800万元`.
//!
//! Names that are nouns already are left as they are.

use super::dictionary::{Word, cut};
use super::words::words;

/// Names longer than this are taken for sentences.
const LONG: usize = 16;

/// What words for money end with.
const MONEY: [&str; 10] = ["费", "收入", "支出", "资金", "经费", "补助", "补贴", "款", "额", "金"];

/// Verbs that stand between a subject and the name of a figure.
const PREDICATES: [&str; 8] = ["实现", "完成", "达到", "突破", "吸引", "带动", "拨付", "使"];

/// The noun at the end of `name`, with the words that belong to it.
pub fn noun(name: &str) -> String {
    if name.chars().count() < 5 || !name.chars().all(|c| c.is_alphanumeric() || c == '、') {
        return name.to_owned();
    }
    // 森林火灾受害率控制在: a rate is named whole.
    if let Some(at) = name.rfind('率').map(|at| at + '率'.len_utf8())
        && at < name.len()
        && name[at..].chars().count() <= 3
        && name[..at].chars().count() <= LONG
    {
        return name[..at].to_owned();
    }
    let whole = name.ends_with(['率', '度']) || name.ends_with("得分");
    if whole && name.chars().count() <= LONG {
        return name.to_owned();
    }
    let tags = cut(name);
    // The dictionary takes 收入 and 费 for verbs.
    let money = |word: &str| MONEY.iter().any(|end| word.ends_with(end));
    let verbal =
        |word: &Word<'_>| !money(word.word) && word.tag.starts_with(['v', 'd', 'p', 'r', 'u']);
    let nominal = |word: &Word<'_>| {
        let tag = word.tag;
        money(word.word)
            || ["其他", "其它"].contains(&word.word)
            || tag.starts_with(['n', 'j', 'b', 's', 'f', 'l', 'a', 'q'])
            || tag == "vn"
    };
    let end = tags.iter().rposition(|word| !verbal(word)).map_or(0, |at| at + 1);
    let said = |word: &Word<'_>| {
        word.tag.starts_with(['d', 'p', 'r', 'u']) || PREDICATES.contains(&word.word)
    };
    let sentence = name.chars().count() > LONG || end < tags.len() || tags.iter().any(said);
    if end == 0 || !sentence {
        return name.to_owned();
    }
    let mut start = end - 1;
    // 资金 says nothing without its verb: 兑现资金.
    let head = tags[start].word;
    if start > 0 && (words().generic(head) || head.chars().count() == 1) {
        start -= 1;
    }
    while start > 0 && nominal(&tags[start - 1]) {
        start -= 1;
    }
    tags[start..end].iter().map(|word| word.word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_out_of_their_sentence() {
        insta::assert_snapshot!(noun("兑现资金"), @"兑现资金");
        insta::assert_snapshot!(noun("线上销售额突破"), @"线上销售额");
        insta::assert_snapshot!(noun("规上食品及特色消费品产业企业实现产值"), @"产值");
        insta::assert_snapshot!(noun("设备运行费"), @"设备运行费");
        insta::assert_snapshot!(noun("若干政策奖励已经全部兑现资金"), @"全部兑现资金");
        insta::assert_snapshot!(noun("项目实现营业收入"), @"营业收入");
        insta::assert_snapshot!(noun("使农产品附加值提升"), @"农产品附加值");
        insta::assert_snapshot!(noun("森林火灾受害率控制在"), @"森林火灾受害率");
        insta::assert_snapshot!(noun("产出指标得分"), @"产出指标得分");
        insta::assert_snapshot!(noun("其他固定资产"), @"其他固定资产");
    }
}
