//! Words that loosen a figure: `约`, `不超过`, `以上`, `左右`.

use super::Approximate;

/// The loosening word right before a figure, as in `约`, `不超过`, `≥`.
pub(super) fn before(text: &str) -> Option<Approximate> {
    const WORDS: [(&str, Approximate); 33] = [
        ("不超过", Approximate::AtMost),
        ("不高于", Approximate::AtMost),
        ("不多于", Approximate::AtMost),
        ("不大于", Approximate::AtMost),
        ("少于等于", Approximate::AtMost),
        ("小于等于", Approximate::AtMost),
        ("大于等于", Approximate::AtLeast),
        ("高于等于", Approximate::AtLeast),
        ("不少于", Approximate::AtLeast),
        ("不低于", Approximate::AtLeast),
        ("不小于", Approximate::AtLeast),
        ("至少", Approximate::AtLeast),
        ("最少", Approximate::AtLeast),
        ("最低", Approximate::AtLeast),
        ("最高", Approximate::AtMost),
        ("最多", Approximate::AtMost),
        ("至多", Approximate::AtMost),
        ("超过", Approximate::AtLeast),
        ("大于", Approximate::AtLeast),
        ("高于", Approximate::AtLeast),
        ("多于", Approximate::AtLeast),
        ("小于", Approximate::AtMost),
        ("低于", Approximate::AtMost),
        ("少于", Approximate::AtMost),
        ("大约", Approximate::About),
        ("约", Approximate::About),
        ("约为", Approximate::About),
        ("近", Approximate::Nearly),
        ("超", Approximate::Over),
        ("逾", Approximate::Over),
        ("≥", Approximate::AtLeast),
        ("≤", Approximate::AtMost),
        ("＞", Approximate::AtLeast),
    ];
    let text = text.trim_end_matches([' ', '\u{3000}']);
    let found = WORDS.iter().find(|(word, _)| text.ends_with(word)).map(|(_, a)| *a);
    match found {
        Some(_) if text.ends_with("节约") || text.ends_with("最近") || text.ends_with("附近") => {
            None
        }
        Some(_) if text.ends_with("集约") || text.ends_with("公约") || text.ends_with("合约") => {
            None
        }
        None if text.ends_with(['>', '⩾', '≧']) => Some(Approximate::AtLeast),
        None if text.ends_with(['<', '＜', '⩽', '≦']) => Some(Approximate::AtMost),
        found => found,
    }
}

/// The loosening word right after a figure and its unit.
pub(super) fn after(text: &str) -> Option<Approximate> {
    let text = text.trim_start_matches([' ', '（', '(']);
    const WORDS: [(&str, Approximate); 7] = [
        ("以上", Approximate::AtLeast),
        ("及以上", Approximate::AtLeast),
        ("以下", Approximate::AtMost),
        ("以内", Approximate::AtMost),
        ("左右", Approximate::About),
        ("上下", Approximate::About),
        ("多", Approximate::Over),
    ];
    if text.starts_with("多个") || text.starts_with("多家") || text.starts_with("多种") {
        return None;
    }
    WORDS.iter().find(|(word, _)| text.starts_with(word)).map(|(_, a)| *a)
}
