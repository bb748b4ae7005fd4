use super::Pattern;
use proptest::prelude::*;
use regex::Regex;

/// Every match with all its groups, as this module and as the regex crate find them.
fn both(pattern: &str, text: &str) -> (Vec<Groups>, Vec<Groups>) {
    let own = Pattern::new(pattern).expect(pattern);
    let model = Regex::new(pattern).expect(pattern);
    let groups = model.captures_len();
    let own = own.captures_iter(text).map(|found| (0..groups).map(|at| found.get(at)).collect());
    let model = model.captures_iter(text);
    let model = model.map(|found| (0..groups).map(|at| Some(found.get(at)?.range())).collect());
    (own.collect(), model.collect())
}

type Groups = Vec<Option<std::ops::Range<usize>>>;

const PATTERNS: [&str; 23] = [
    r"预算",
    r"(预)?算|预",
    r"(?:比|较)(?P<base>[^0-9]{0,5}?(?:上年|预算)[^0-9]{0,3}?)(?:增|减)?(?P<amount>[0-9]+)",
    r"(?:各|均|各均)*增",
    r"^预.{1,3}算$",
    r"(?m)^预(算|[^算]{2,4}?)$",
    r"(?m)(?:^|[ 表])(?:部门|单位)?[：:] ?([一-鿿]{2,4})",
    r"[^要]包括$|^\s*包括",
    r"\d{1,3}(?:\.\d{1,2})?分",
    r"(20\d\d)年?度?[^\n。]{0,4}?(决算|预算)",
    r"\b_T\d+\b|\[b: ?[^\]\n]*\]",
    r"[X]{2,}|x{3,}|…+",
    r"(a|ab)(c|bcd)(d*)",
    r"(?:a*)*b",
    r"(?:a|aa)+?b",
    r"a{2,3}?(a*)",
    r"(?:ab?){1,3}",
    r"(a+)(a+)b?",
    r"(?P<x>a)|(?P<y>b)|(?P<z>\.)",
    r"[a-c\-]+\s?[\]}]",
    r"\{?[ \t]*(?:TOC|REF)(?:[ \t]+(?:\\[a-z]+|M))+[ \t]*\}?",
    r"0(\p{Han}{2,3})[。：]",
    r"",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn matches_are_those_of_the_regex_crate(
        at in 0..PATTERNS.len(),
        text in r"[预算各均增减比较上年部门单位：包括要一 表。分度决abcdTX x…_0-9.\n\]\[{}]{0,24}",
    ) {
        let (own, model) = both(PATTERNS[at], &text);
        prop_assert_eq!(own, model);
    }

    #[test]
    fn short_alphabets_find_the_rare_ways(at in 10..PATTERNS.len(), text in "[ab]{0,12}[c.]?") {
        let (own, model) = both(PATTERNS[at], &text);
        prop_assert_eq!(own, model);
    }

    #[test]
    fn phrases_match_as_in_the_regex_crate(
        words in proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..14),
    ) {
        let text = words.concat();
        for phrase in &crate::phrase::grammar().phrases {
            let (own, model) = both(phrase.pattern.source(), &text);
            prop_assert_eq!(own, model, "{}", &phrase.name);
        }
    }
}

/// What phrases are made of, with the placeholders of amount, percent, points and year.
const WORDS: [&str; 40] = [
    "\u{E000}",
    "\u{E000}",
    "\u{E001}",
    "\u{E001}",
    "\u{E002}",
    "\u{E005}",
    "比",
    "较",
    "与",
    "上年",
    "预算",
    "决算",
    "数",
    "增加",
    "减少",
    "降",
    "增减",
    "各",
    "均",
    "的",
    "了",
    "为",
    "占",
    "比例",
    "完成",
    "达到",
    "执行率",
    "持平",
    "一致",
    "相比",
    "包括",
    "其中",
    "主要",
    "主要原因",
    "单价",
    "每人",
    "低于",
    "。",
    "收入",
    " ",
];

#[test]
fn every_phrase_matches_its_examples_as_in_the_regex_crate() {
    let phrases = &crate::phrase::grammar().phrases;
    for example in phrases.iter().flat_map(|phrase| phrase.yes.iter().chain(&phrase.no)) {
        for phrase in phrases {
            let (own, model) = both(phrase.pattern.source(), example);
            assert_eq!(own, model, "{} in {example}", phrase.name);
        }
    }
}

#[test]
fn time_grows_with_the_text_alone() {
    let steps = |times: usize| {
        let pattern = Pattern::own(r"(?:a|aa|各|\s)*b|\[x: [^\]]*\]");
        assert!(!pattern.is_match(&"aa各 [x: ".repeat(times)));
    };
    // as a search over all ways it would outlast the universe
    steps(20_000);
}

#[test]
fn what_is_not_understood_is_an_error() {
    let error = |pattern| Pattern::new(pattern).expect_err("it is not understood");
    insta::assert_snapshot!(error("(?i)a"), @"unknown group (?i");
    insta::assert_snapshot!(error("a{3,2}"), @"no count in {}");
    insta::assert_snapshot!(error(r"\p{L}"), @r"only Han may follow \p");
    insta::assert_snapshot!(error("(ab"), @") is missing");
    insta::assert_snapshot!(error("ab)"), @"unexpected )");
    insta::assert_snapshot!(error("*a"), @"nothing before *");
    insta::assert_snapshot!(error("[a"), @"it ends early");
}
