//! Columns: 合计 = 基本支出 + 项目支出, 小计 = its sister columns, by the tree of header cells.

use super::{Relation, levels, sum};
use crate::Report;
use crate::table::meaning;
use crate::table::{Family, Shape, Side};

/// A header cell with what stands under it.
#[derive(Debug)]
struct Node {
    text: String,
    /// The column, for a header cell without others under it.
    column: Option<usize>,
    children: Vec<Node>,
}

/// What a whole column is made of.
#[derive(Debug, PartialEq, Eq)]
struct Split {
    whole: usize,
    parts: Vec<usize>,
    exact: bool,
}

/// The path of a whole without its stage, how many parts it has, and whether they are all of it.
type Pattern<'s> = (&'s [String], usize, bool);

impl Split {
    /// What the same header cells say under every money or stage: the path of the whole without its leaf, and how many parts.
    fn pattern<'s>(&self, side: &'s Side) -> Pattern<'s> {
        let path = &side.columns[self.whole].path;
        let staged = bare(side.columns[self.whole].leaf()).is_empty();
        let end =
            path.len() - usize::from(path.len() > 1 && (staged || is_fund(&path[path.len() - 1])));
        (&path[..end], self.parts.len(), self.exact)
    }
}

/// What one pattern of header cells claims, row by row.
pub(super) struct Claims {
    pub(super) relations: Vec<Relation>,
    /// Whether the names of the parts say that they stand beside each other, not in each other.
    pub(super) apart: bool,
}

/// The claims of the header of a side for each header cell that sums up others; those of one pattern together.
pub(super) fn relate(report: &Report, shape: &Shape, side: &Side) -> Vec<Claims> {
    let three_public = shape.form.as_ref().is_some_and(|form| form.family == Family::ThreePublic);
    let mut claims: Vec<(Pattern<'_>, Claims)> = Vec::new();
    for split in splits(side, three_public) {
        let mut relations = Vec::new();
        for row in &side.rows {
            let Some(total) = row.values[split.whole] else { continue };
            let parts: Vec<_> = split.parts.iter().filter_map(|part| row.values[*part]).collect();
            if parts.is_empty() {
                continue;
            }
            let label = if row.name.is_empty() {
                side.columns[split.whole].path.join("/")
            } else {
                format!("{} {}", row.name, side.columns[split.whole].leaf())
            };
            let check = "table/columns_do_not_add";
            let at = if row.at.is_empty() { report.numbers[total as usize].span } else { row.at };
            relations.push(sum(total, parts, split.exact, check, at, &label));
        }
        let pattern = split.pattern(side);
        match claims.iter_mut().find(|(own, _)| *own == pattern) {
            Some((_, own)) => own.relations.extend(relations),
            None => {
                claims.push((pattern, Claims { relations, apart: are_apart(side, &split.parts) }))
            }
        }
    }
    claims.into_iter().map(|(_, claims)| claims).collect()
}

/// Whether columns are the two halves of all spending, or each another money.
fn are_apart(side: &Side, parts: &[usize]) -> bool {
    let path = |part: &usize| side.columns[*part].path.as_slice();
    let of = |name: &str| {
        parts.iter().filter(|part| path(part).iter().any(|text| text.contains(name))).count()
    };
    let halves = parts.len() == 2 && of("基本支出") == 1 && of("项目支出") == 1;
    let mut funds: Vec<_> = parts
        .iter()
        .filter_map(|part| {
            path(part).iter().find_map(|text| meaning::split_fund(text).0.filter(|_| is_fund(text)))
        })
        .collect();
    let named = funds.len();
    funds.sort_unstable();
    funds.dedup();
    halves || named == parts.len() && funds.len() == named
}

/// Whether a header text only names a money: `一般公共预算`.
fn is_fund(text: &str) -> bool {
    let (fund, rest) = meaning::split_fund(text);
    fund.is_some() && rest.is_empty()
}

/// The header text without year and stage: `2026年预算数` → ``.
fn bare(text: &str) -> String {
    meaning::split_basis(text, &mut meaning::column(&[], "expenditure"))
}

fn splits(side: &Side, three_public: bool) -> Vec<Split> {
    let columns = levels(side);
    // 预算数 | 决算数, or the moneys, under every header cell: one tree for each of them.
    let total = columns.iter().any(|column| {
        let path = &side.columns[*column].path;
        path.len() > 1 && meaning::is_whole(&path[0]) && is_fund(side.columns[*column].leaf())
    });
    let stage = |column: &usize| {
        let path = &side.columns[*column].path;
        let leaf = path.last()?;
        let staged = bare(leaf).is_empty() || total && is_fund(leaf);
        (path.len() > 1 && staged).then(|| leaf.clone())
    };
    let mut stages: Vec<Option<String>> = columns.iter().map(stage).collect();
    stages.sort();
    stages.dedup();
    let mut found = Vec::new();
    for wanted in stages {
        let chosen: Vec<usize> =
            columns.iter().copied().filter(|column| stage(column) == wanted).collect();
        let tree = tree(side, &chosen, 0, wanted.is_some());
        let root = Node { text: String::new(), column: None, children: tree };
        walk(&root, three_public, &mut found);
    }
    found
}

fn tree(side: &Side, columns: &[usize], depth: usize, staged: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = 0;
    while at < columns.len() {
        let column = &side.columns[columns[at]];
        let length = column.path.len() - usize::from(staged);
        if depth >= length {
            at += 1;
            continue;
        }
        let cell = column.cells[depth];
        let end = at
            + columns[at..]
                .iter()
                .take_while(|other| {
                    let other = &side.columns[**other];
                    depth < other.path.len() - usize::from(staged) && other.cells[depth] == cell
                })
                .count();
        let text = column.path[depth].clone();
        if end - at == 1 && depth + 1 == length {
            nodes.push(Node { text, column: Some(columns[at]), children: Vec::new() });
        } else {
            let children = tree(side, &columns[at..end], depth + 1, staged);
            // A chain of single header cells is one cell: 小计 over nothing but one column.
            match <[Node; 1]>::try_from(children) {
                Ok([only]) if only.column.is_some() && end - at == 1 => {
                    nodes.push(Node { text, ..only });
                }
                Ok(one) => nodes.push(Node { text, column: None, children: one.into() }),
                Err(children) => nodes.push(Node { text, column: None, children }),
            }
        }
        at = end;
    }
    nodes
}

/// Header cells that stand beside a total without being a part of it.
fn is_apart(text: &str, three_public: bool) -> bool {
    let apart = ["政府采购", "备注", "数量", "机关运行", "单价", "面积", "人数", "预留给", "自评"];
    apart.iter().any(|word| text.contains(word))
        || three_public && ["会议费", "培训费"].iter().any(|word| text.contains(word))
        || bare(text).is_empty()
}

fn is_whole(node: &Node, sisters: &[Node]) -> bool {
    node.column.is_some()
        && (meaning::is_whole(&bare(&node.text)) && node.text != "金额"
            || node.text == "金额" && sisters.iter().any(|node| meaning::is_of_which(&node.text)))
}

fn walk(node: &Node, three_public: bool, found: &mut Vec<Split>) {
    for child in &node.children {
        walk(child, three_public, found);
    }
    let wholes: Vec<usize> = (0..node.children.len())
        .filter(|at| is_whole(&node.children[*at], &node.children))
        .collect();
    let [whole] = wholes.as_slice() else { return };
    let Some(column) = node.children[*whole].column else { return };
    let main = |word: &str| node.children.iter().any(|child| bare(&child.text).contains(word));
    let both = main("基本支出") && main("项目支出");
    let three = three_public && node.children[*whole].text.contains("三公");
    // 总计 beside 2026年预算 with all parts under it: the cell of the year was drawn one column short.
    let short = |child: &Node| node.children.len() == 2 && child.column.is_none();
    let (mut parts, mut informal) = (Vec::new(), Vec::new());
    for (at, child) in node.children.iter().enumerate() {
        let apart = is_apart(&child.text, three_public || three);
        if at == *whole || apart && !(short(child) && bare(&child.text).is_empty()) {
            continue;
        }
        if meaning::is_of_which(&child.text) && !both {
            informal.extend(child.column);
            continue;
        }
        if matches!(child.text.as_str(), "其中" | "其中：") {
            let inner = |word: &str| child.children.iter().any(|node| node.text.contains(word));
            if inner("基本支出") && inner("项目支出") || parts.is_empty() && inner("人员")
            {
                expand(child, &mut parts);
            } else {
                let mut listed = Vec::new();
                expand(child, &mut listed);
                found.push(Split { whole: column, parts: listed, exact: false });
            }
            continue;
        }
        expand(child, &mut parts);
    }
    if parts.len() >= 2 {
        found.push(Split { whole: column, parts, exact: true });
    }
    for part in informal {
        found.push(Split { whole: column, parts: vec![part], exact: false });
    }
}

/// The columns that make up a header cell: its 小计 where it has one, else all under it.
fn expand(node: &Node, into: &mut Vec<usize>) {
    if let Some(column) = node.column {
        into.push(column);
        return;
    }
    let whole = node.children.iter().find(|child| is_whole(child, &node.children));
    if let Some(column) = whole.and_then(|whole| whole.column) {
        into.push(column);
        return;
    }
    for child in &node.children {
        if !meaning::is_of_which(&child.text) && !is_apart(&child.text, false) {
            expand(child, into);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Column;

    /// A side whose columns have these header paths; equal texts side by side are one cell.
    fn side(paths: &[&[&str]]) -> Side {
        let mut columns: Vec<Column> = Vec::new();
        let mut next = 0;
        for (at, path) in paths.iter().enumerate() {
            let mut cells = Vec::new();
            for (depth, text) in path.iter().enumerate() {
                let before = at.checked_sub(1).map(|before| &columns[before]);
                let shared = before.filter(|before| {
                    before.path.get(depth).is_some_and(|other| other == text)
                        && before.path[..depth] == *path[..depth].to_vec()
                });
                cells.push(shared.map_or(next, |before| before.cells[depth]));
                next += 1;
            }
            let path = path.iter().map(|text| (*text).to_string()).collect();
            columns.push(Column { col: at as u32, path, cells, ordinal: None });
        }
        Side { columns, ..Side::default() }
    }

    fn read(paths: &[&[&str]], three_public: bool) -> Vec<(usize, Vec<usize>, bool)> {
        let found = splits(&side(paths), three_public);
        found.into_iter().map(|split| (split.whole, split.parts, split.exact)).collect()
    }

    #[test]
    fn a_total_is_the_sum_of_its_sisters() {
        assert_eq!(
            read(&[&["合计"], &["基本支出"], &["项目支出"]], false),
            [(0, vec![1, 2], true)]
        );
    }

    #[test]
    fn groups_count_by_their_subtotal_or_all_their_columns() {
        let paths: &[&[&str]] = &[
            &["合计"],
            &["基本支出", "小计"],
            &["基本支出", "人员经费"],
            &["基本支出", "公用经费"],
            &["项目支出"],
        ];
        assert_eq!(read(paths, false), [(1, vec![2, 3], true), (0, vec![1, 4], true)]);
        let paths: &[&[&str]] =
            &[&["合计"], &["财政拨款", "一般公共预算"], &["财政拨款", "政府性基金"], &["上年结转"]];
        assert_eq!(read(paths, false), [(0, vec![1, 2, 3], true)]);
    }

    #[test]
    fn meetings_are_no_part_of_the_three_public_expenses() {
        let paths: &[&[&str]] = &[
            &["“三公”经费合计"],
            &["因公出国（境）费"],
            &["公务接待费"],
            &["会议费"],
            &["培训费"],
        ];
        assert_eq!(read(paths, true), [(0, vec![1, 2], true)]);
    }

    #[test]
    fn stages_under_every_column_are_kept_apart() {
        let paths: &[&[&str]] = &[
            &["合计", "预算数"],
            &["合计", "决算数"],
            &["因公出国（境）费", "预算数"],
            &["因公出国（境）费", "决算数"],
            &["公务接待费", "预算数"],
            &["公务接待费", "决算数"],
        ];
        assert_eq!(read(paths, true), [(1, vec![3, 5], true), (0, vec![2, 4], true)]);
    }

    #[test]
    fn a_year_drawn_over_the_parts_only_is_no_other_year() {
        let paths: &[&[&str]] =
            &[&["总计"], &["2026年预算", "财政拨款"], &["2026年预算", "事业收入"]];
        assert_eq!(read(paths, false), [(0, vec![1, 2], true)]);
    }

    #[test]
    fn other_years_are_no_part() {
        let paths: &[&[&str]] = &[
            &["2025年预算数"],
            &["2026年预算数", "总计"],
            &["2026年预算数", "基本支出"],
            &["2026年预算数", "项目支出"],
        ];
        assert_eq!(read(paths, false), [(1, vec![2, 3], true)]);
    }
}
