//! What the labels of a form say: `年度总体目标` announces the goal, `项目名称` the project, `项目资金（万元）` a block of lines.

/// A label without what decorates it: its number, its points, its unit, a colon (`二、预算执行情况（10分）：` → `预算执行情况`).
fn bare(label: &str) -> &str {
    let label = label.trim_end_matches('：');
    let label = match label.split_once(['、', '.', '．']) {
        Some((number, rest)) if numeral(number) && !rest.is_empty() => rest,
        _ => label,
    };
    match label.split_once('（') {
        Some(("", rest)) => {
            let named =
                rest.split_once('）').filter(|(number, rest)| numeral(number) && !rest.is_empty());
            named.map_or(label, |(_, rest)| bare(rest))
        }
        Some((name, _)) => name,
        None => label,
    }
}

/// `二`, `3`
fn numeral(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= 2
        && text.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// Whether a first cell names a group of lines rather than one value.
pub(super) fn is_group(label: &str) -> bool {
    matches!(
        bare(label),
        "项目概况"
            | "项目基本情况"
            | "项目资金"
            | "资金金额"
            | "资金情况"
            | "资金投入情况"
            | "资金管理情况"
            | "专项资金情况"
            | "项目资金情况"
            | "预算资金"
            | "预算情况"
            | "预算整体情况"
            | "预算执行情况"
            | "目标完成情况"
            | "总体目标完成情况"
            | "年度总体目标完成情况"
            | "年度资金"
            | "财政资金安排和使用情况"
    ) || is_goal(label)
}

/// Whether a label announces the goal: `目标` with words before it that say of what and of when.
pub(super) fn is_goal(label: &str) -> bool {
    const WORDS: [&str; 30] = [
        "年度",
        "总体",
        "整体",
        "绩效",
        "预期",
        "项目",
        "实施期",
        "部门",
        "年初",
        "设定",
        "当年",
        "本年",
        "全年",
        "中期",
        "长期",
        "阶段性",
        "支出",
        "单位",
        "履职",
        "政策",
        "专项资金",
        "资金",
        "转移支付",
        "区域",
        "实施周期",
        "预算",
        "主要",
        "工作",
        "计划",
        "总",
    ];
    let mut rest = bare(label).trim_end_matches(|c: char| c.is_ascii_digit() || c == '：');
    while let Some(cut) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = cut;
    }
    rest == "目标"
}

/// Whether a label announces what came of the goal: `全年实际完成情况`.
pub(super) fn is_achieved(label: &str) -> bool {
    let name = bare(label);
    name.ends_with("完成情况") || name.ends_with("实现情况")
}

/// Whether a label names the project: `项目名称`, `转移支付（项目）名称`.
pub(super) fn is_project(label: &str) -> bool {
    let mut name = String::new();
    let mut depth = 0;
    for c in label.trim_end_matches('：').chars() {
        match c {
            '（' => depth += 1,
            '）' => depth -= 1,
            c if depth == 0 => name.push(c),
            _ => {}
        }
    }
    name.starts_with("项目名称")
        || matches!(
            name.as_str(),
            "项目名称"
                | "专项名称"
                | "转移支付名称"
                | "专项资金名称"
                | "政策名称"
                | "资金名称"
                | "项目"
        )
}

/// Whether a label opens a form.
pub(super) fn is_start(label: &str) -> bool {
    let label = label.trim_end_matches('：');
    is_project(label)
        || matches!(label, "部门名称" | "单位名称" | "部门（单位）名称" | "预算单位" | "主管部门")
}

/// Whether a line is the title of a form: `部门预算项目支出绩效自评表（2023年度）`.
pub(super) fn is_title(line: &str) -> bool {
    let name = line.split('（').next().unwrap_or(line);
    name.contains("绩效") && name.ends_with('表') && line.chars().count() <= 40
}

/// Whether a label speaks of several years: `中期目标（2024年—2026年）`, beside the year's own.
pub(super) fn is_long_term(label: &str) -> bool {
    ["中期", "中长期", "实施期", "长期"].iter().any(|word| label.contains(word))
}
