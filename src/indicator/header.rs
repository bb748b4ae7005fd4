//! The header of an indicator grid: which column is the target, the weight, the score.

mod remark;

use super::label::is_long_term;
use super::{Sheet, squeeze};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Level1,
    Level2,
    Level3,
    Operator,
    Target,
    Unit,
    Weight,
    Actual,
    Score,
    /// 单位名称 of a list.
    Agency,
    Project,
    Amount,
    /// 全年预算数 beside 年初预算数 of a list.
    Adjusted,
    Executed,
    Rate,
    Fiscal,
    Other,
    Goal,
}

/// A header row with its columns.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// First row of the header.
    pub top: u32,
    /// The row that names the levels.
    pub row: u32,
    /// First row after the header.
    pub body: u32,
    /// Number of columns of its grid.
    pub cols: u32,
    /// What each column holds.
    pub columns: Vec<Option<Column>>,
}

impl Header {
    /// The column of a kind.
    pub fn at(&self, column: Column) -> Option<u32> {
        self.columns.iter().position(|c| *c == Some(column)).map(|col| col as u32)
    }

    /// Whether it heads indicators, not projects alone.
    pub fn has_levels(&self) -> bool {
        [Column::Level1, Column::Level2, Column::Level3]
            .iter()
            .any(|level| self.at(*level).is_some())
    }

    /// Whether each row names its project or agency (one grid for many of them).
    pub fn is_list(&self) -> bool {
        self.at(Column::Project).is_some() || self.at(Column::Agency).is_some()
    }

    /// First row after the body: a total row, a note, or the next form's own lines.
    pub fn end(&self, sheet: &Sheet) -> u32 {
        let mut end = self.body;
        for row in self.body..sheet.rows {
            if super::above::is_form_line(sheet, row) {
                return row;
            }
            end = row + 1;
        }
        end
    }
}

/// What a header cell names, e.g. `年度指标值` the target.
pub(super) fn column(text: &str) -> Option<Column> {
    let whole = squeeze(text);
    let whole = whole.trim_end_matches(['。', '：', '，']);
    if matches!(whole, "单位（项目）名称" | "（项目）名称" | "项目（单位）名称")
    {
        return Some(Column::Project);
    }
    let name = whole.split('（').next().filter(|n| !n.is_empty()).unwrap_or(whole);
    Some(match name {
        "一级指标" | "一级" | "一级指标名称" => Column::Level1,
        "二级指标" | "二级" | "二级指标名称" => Column::Level2,
        "三级指标" | "三级" | "三级指标名称" | "指标内容" | "指标名称" | "绩效指标名称"
        | "具体指标" | "四级指标" => Column::Level3,
        "指标性质" | "性质" | "绩效指标性质" | "运算符" | "运算符号" | "计算符号" | "符号"
        | "指标值类型" | "指标方向" | "指标类型" | "比较符号" | "比较符" | "指标性质符号" => {
            Column::Operator
        }
        "指标值"
        | "年度指标值"
        | "目标值"
        | "年度目标值"
        | "预期指标值"
        | "预期值"
        | "本年绩效指标值"
        | "绩效指标值"
        | "全年指标值"
        | "全年目标值"
        | "计划指标值"
        | "计划值"
        | "预期目标值"
        | "年初目标值"
        | "年初指标值"
        | "绩效目标值"
        | "本年指标值"
        | "指标目标值"
        | "预期完成值"
        | "年初设定指标值"
        | "设定指标值"
        | "年度绩效指标值"
        | "预期当年实现值"
        | "当年目标值"
        | "实施周期指标值" => Column::Target,
        "度量单位" | "计量单位" | "单位" | "绩效度量单位" | "指标单位" | "指标值单位" => {
            Column::Unit
        }
        "权重" | "分值" | "指标分值" | "分值权重" | "指标权重" | "权重分值" | "标准分值"
        | "权重分" | "标准分" | "满分" | "分数" | "分值比重" => Column::Weight,
        "实际完成值"
        | "实际完成指标值"
        | "全年实际完成值"
        | "全年完成值"
        | "实际值"
        | "完成值"
        | "年度完成值"
        | "实际完成情况"
        | "完成情况"
        | "指标完成值"
        | "实际完成"
        | "全年实际值"
        | "年度实际完成值"
        | "实际完成数"
        | "自评完成值"
        | "全年实际完成情况"
        | "指标实际完成值"
        | "实际实现值" => Column::Actual,
        "得分" | "自评得分" | "指标得分" | "评价得分" | "自评分" | "评分" | "自评分值"
        | "自评分数" | "实际得分" => Column::Score,
        "项目名称" | "项目" | "单位项目名称" | "项目支出名称" | "一级项目名称" | "二级项目名称"
        | "支出项目类别" | "支出项目" | "政策名称" | "专项资金名称" => {
            Column::Project
        }
        "单位名称"
        | "预算单位"
        | "预算单位名称"
        | "二级预算单位名称"
        | "部门名称"
        | "实施单位"
        | "主管部门" => Column::Agency,
        "项目总额"
        | "资金总额"
        | "预算金额"
        | "项目金额"
        | "预算数"
        | "年度预算"
        | "总计"
        | "金额"
        | "年度预算申请"
        | "当年财政拨款预算金额"
        | "当年预算"
        | "预算安排"
        | "年初预算数"
        | "预算安排金额" => Column::Amount,
        "全年预算数" | "调整预算数" | "调整后预算数" => Column::Adjusted,
        "全年执行数" | "执行数" | "预算执行数" | "实际执行数" | "实际支出数" => {
            Column::Executed
        }
        "执行率" | "预算执行率" | "资金执行率" => Column::Rate,
        "财政资金" | "财政拨款" => Column::Fiscal,
        "其他资金" => Column::Other,
        "绩效目标"
        | "年度目标"
        | "总体目标"
        | "年度绩效目标"
        | "当年绩效目标"
        | "整体绩效目标"
        | "项目绩效目标"
        | "总体绩效目标"
        | "项目总体绩效目标"
        | "年度总体目标"
        | "预期绩效目标"
        | "项目支出绩效目标" => Column::Goal,
        _ => return None,
    })
}

/// All header rows of a grid, from the top.
pub(super) fn find(sheet: &Sheet) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for row in 0..sheet.rows {
        let named: Vec<Column> = sheet
            .row(row)
            .iter()
            .filter(|cell| cell.row == row)
            .filter_map(|cell| column(sheet.document.slice(cell.span)))
            .collect();
        let lists = heads_goals(&named) || heads_results(&named);
        if !heads_indicators(&named) && !lists {
            continue;
        }
        let header = header_at(sheet, row, headers.last().map_or(0, |last| last.body));
        let useful = [Column::Target, Column::Weight, Column::Actual, Column::Score];
        if lists || useful.iter().any(|kind| header.at(*kind).is_some()) {
            // The line under a header of two lines may name the levels: the two are one header.
            headers.retain(|other| other.body <= row);
            headers.push(header);
        }
    }
    headers
}

/// Whether a row names the columns of indicators: two levels of them, or, where a form has no levels, the name with its
/// target and how it is measured (`指标名称 指标性质 指标值 计量单位 指标权重`).
fn heads_indicators(named: &[Column]) -> bool {
    let has = |kind: &Column| named.contains(kind);
    let levels = [Column::Level1, Column::Level2, Column::Level3];
    let measured = [Column::Operator, Column::Unit, Column::Weight];
    levels.iter().filter(|level| has(level)).count() >= 2
        || has(&Column::Level3)
            && has(&Column::Target)
            && measured.iter().filter(|kind| has(kind)).count() >= 2
}

/// Whether a row heads a list of goals: `项目 预算数 绩效目标`.
fn heads_goals(named: &[Column]) -> bool {
    [Column::Project, Column::Amount, Column::Goal].iter().all(|kind| named.contains(kind))
}

/// Whether a row heads a list of results: `项目名称 预算数 执行数 执行率 自评得分`.
fn heads_results(named: &[Column]) -> bool {
    let has = |kind: &Column| named.contains(kind);
    let money = [Column::Amount, Column::Adjusted, Column::Executed];
    has(&Column::Project) && has(&Column::Score) && money.iter().any(has)
}

/// Whether a column holds values of indicators; the line above may be one of attributes (`总体目标 …`, `单位名称 …`).
fn measures(kind: Column) -> bool {
    use Column::{Actual, Operator, Score, Target, Weight};
    matches!(kind, Operator | Target | Weight | Actual | Score)
}

/// The header whose level names stand in `row`; columns without a name there are named above or below.
fn header_at(sheet: &Sheet, row: u32, after: u32) -> Header {
    let name = |row: u32, col: u32| {
        sheet.cell(row, col).and_then(|cell| {
            let first = cell.col == col || cell.colspan == 1;
            first.then(|| column(sheet.document.slice(cell.span))).flatten()
        })
    };
    let mut columns = vec![None; sheet.cols as usize];
    let mut top = row;
    let mut body = row + 1;
    for col in 0..sheet.cols {
        // A label that runs down beside the rows (`年度绩效指标`, `年度总体目标`) heads no column.
        let beside = sheet.cell(row, col).is_some_and(|cell| cell.rowspan > 3);
        let own = if beside { None } else { name(row, col) };
        let mut found = own;
        if found.is_none() && row > after && !beside {
            found = name(row - 1, col).filter(|kind| {
                sheet.cell(row - 1, col).is_some_and(|cell| {
                    let reaches = cell.row + cell.rowspan > row;
                    cell.colspan == 1 && (reaches || measures(*kind))
                })
            });
            if found.is_some() && sheet.cell(row - 1, col).is_some_and(|cell| cell.row < row) {
                top = row - 1;
            }
        }
        columns[col as usize] = found;
        if let Some(cell) = sheet.cell(row, col)
            && own.is_some()
        {
            body = body.max((cell.row + cell.rowspan).min(row + 3));
        }
    }
    forget_weights_of_groups(&mut columns);
    forget_long_term(sheet, after, row, &mut columns);
    // The same kind twice is read once: the first stands.
    for col in 1..columns.len() {
        if columns[col].is_some() && columns[..col].contains(&columns[col]) {
            let same_cell = sheet.index(row, col as u32) == sheet.index(row, col as u32 - 1);
            if !same_cell || columns[col - 1] != columns[col] {
                columns[col] = None;
            }
        }
    }
    // A second header line of names (`其中：财政资金 其他资金`) below.
    if body < sheet.rows && body == row + 1 {
        let below: Vec<Option<Column>> = (0..sheet.cols).map(|col| name(row + 1, col)).collect();
        let known = below.iter().flatten().count();
        let other = sheet
            .row(row + 1)
            .iter()
            .filter(|cell| cell.row == row + 1 && !cell.span.is_empty())
            .count();
        if known > 0 && known == other {
            for (col, kind) in below.into_iter().enumerate() {
                if columns[col].is_none() || kind.is_some() {
                    columns[col] = kind.or(columns[col]);
                }
            }
            body = row + 2;
        }
    }
    part_target(sheet, row, body, &mut columns);
    remark::points(sheet, row, body, &mut columns);
    Header { top, row, body, cols: sheet.cols, columns }
}

/// Where goals of several years stand beside the year's, so do their indicators: the columns of the year are the later ones.
fn forget_long_term(sheet: &Sheet, after: u32, row: u32, columns: &mut [Option<Column>]) {
    let twice = |kind| columns.iter().filter(|own| **own == Some(kind)).count() == 2;
    if !twice(Column::Level3) || !twice(Column::Target) {
        return;
    }
    let above = (after..row).flat_map(|row| sheet.row(row));
    if !above.into_iter().any(|cell| is_long_term(&sheet.squeezed(cell.span))) {
        return;
    }
    for at in 0..columns.len() {
        let later = columns[at].is_some() && columns[at + 1..].contains(&columns[at]);
        if later && columns[at] != Some(Column::Level1) {
            columns[at] = None;
        }
    }
}

/// One `年度指标值` over `≥ | 30 | 公里` heads the sign, the value and the unit.
fn part_target(sheet: &Sheet, row: u32, body: u32, columns: &mut [Option<Column>]) {
    let Some(first) = columns.iter().position(|own| *own == Some(Column::Target)) else { return };
    let Some(head) = sheet.cell(row, first as u32) else { return };
    let wide = head.colspan as usize;
    let free = columns.iter().skip(first + 1).take(wide - 1).all(Option::is_none);
    if wide < 2 || !free || columns.contains(&Some(Column::Operator)) {
        return;
    }
    let told = |col: usize| {
        let cells = (body..sheet.rows).filter_map(move |row| sheet.cell(row, col as u32));
        cells.filter(move |cell| {
            cell.col == col as u32 && cell.colspan == 1 && !cell.span.is_empty()
        })
    };
    let signs = told(first).filter(|cell| is_sign(&sheet.squeezed(cell.span))).count();
    if signs == 0 || signs < told(first).count() {
        return;
    }
    columns[first] = Some(Column::Operator);
    columns[first + 1] = Some(Column::Target);
    if wide > 2 && !columns.contains(&Some(Column::Unit)) {
        columns[first + 2] = Some(Column::Unit);
    }
}

/// Whether a cell says how a value is compared, nothing else.
fn is_sign(text: &str) -> bool {
    matches!(
        text,
        "≥" | "≤"
            | "="
            | "＝"
            | ">"
            | "<"
            | "＞"
            | "＜"
            | ">="
            | "<="
            | "定性"
            | "定量"
            | "等于"
            | "大于等于"
            | "小于等于"
    )
}

/// Where each level has its own 分值, the weight of a row is the one after its deepest level.
fn forget_weights_of_groups(columns: &mut [Option<Column>]) {
    let levels = [Column::Level1, Column::Level2, Column::Level3];
    let is_level = |column: &Option<Column>| column.is_some_and(|own| levels.contains(&own));
    let Some(deepest) = columns.iter().rposition(is_level) else { return };
    if columns[deepest..].contains(&Some(Column::Weight)) {
        let groups = columns[..deepest].iter_mut().filter(|own| **own == Some(Column::Weight));
        groups.for_each(|own| *own = None);
    }
}
