//! Tables of points without targets: `一级指标 | 分值 | 得分 | 得分率`, one line a level, and 合计.

use super::merged;
use super::points::{self, Points};
use crate::Report;
use crate::document::{Cell, TableId};
use crate::fact::label::strip_list_label;
use crate::indicator::squeeze;
use crate::number::{Home, Kind, NumberId};
use crate::relation::Relation;
use crate::relation::evaluate::Figures;
use std::collections::{BTreeMap, HashMap};

/// The lines of one table.
pub(super) struct Sheet {
    /// The levels or indicators.
    pub lines: Vec<Points>,
    /// 合计
    pub total: Option<Points>,
}

pub(super) const HAD: [&str; 8] =
    ["分值", "满分", "权重", "标准分", "分值权重", "权重分值", "权重分", "指标分值"];
pub(super) const WON: [&str; 7] =
    ["得分", "实际得分", "自评得分", "评价得分", "实得分", "评分", "最终得分"];
pub(super) const TOTAL: [&str; 5] = ["合计", "总计", "总分", "综合得分", "总得分"];

/// The columns of a table of points.
#[derive(Default)]
struct Columns {
    row: u32,
    had: Option<u32>,
    won: Option<u32>,
    lost: Option<u32>,
    rate: Option<u32>,
}

/// The tables of points that are no forms with targets; what the lines of all claim goes to `relations`.
pub(super) fn read(
    report: &Report,
    reckoned: &Figures<'_>,
    relations: &mut Vec<Relation>,
) -> Vec<Sheet> {
    let forms: Vec<TableId> =
        report.indicators.iter().flat_map(|table| table.tables.iter().copied()).collect();
    let telling = report.numbers.chunk_by(|one, other| match (one.home, other.home) {
        (Home::Cell(one, _), Home::Cell(other, _)) => one == other,
        _ => false,
    });
    let mut from = 0;
    let mut sheets = Vec::new();
    for own in telling {
        let first = from;
        from += own.len();
        let Home::Cell(id, _) = own[0].home else { continue };
        if !own.iter().any(|number| number.kind == Kind::Score) {
            continue;
        }
        merged::relate(report, reckoned, id, first as NumberId, own.len(), relations);
        if forms.contains(&id) {
            rates(report, id, first as NumberId, own.len(), relations);
        } else {
            sheets.extend(sheet(report, id, first as NumberId, own.len()));
        }
    }
    sheets
}

fn sheet(report: &Report, id: TableId, first: NumberId, count: usize) -> Option<Sheet> {
    let table = &report.document.tables[id as usize];
    let words = |cell: &Cell| squeeze(report.document.slice(cell.span)).into_owned();
    let columns = columns(table.cells.iter().take(40), words)?;
    let (had, won) = (columns.had?, columns.won?);
    let mut numbers: HashMap<(u32, u32), NumberId> = HashMap::new();
    for number in first..first + count as NumberId {
        if let Home::Cell(_, cell) = report.numbers[number as usize].home {
            let cell = &table.cells[cell as usize];
            // A cell with several figures is none of these.
            if numbers.insert((cell.row, cell.col), number).is_some() {
                return None;
            }
        }
    }
    let mut names: HashMap<u32, String> = HashMap::new();
    for cell in table.cells.iter().filter(|cell| cell.col < had.min(won)) {
        let name = words(cell);
        if !name.is_empty() {
            (cell.row..cell.row + cell.rowspan).for_each(|row| {
                names.insert(row, name.clone());
            });
        }
    }
    let mut sheet = Sheet { lines: Vec::new(), total: None };
    for row in columns.row + 1..table.rows {
        let at = |col: Option<u32>| numbers.get(&(row, col?)).copied();
        let Some(name) = names.remove(&row) else { continue };
        let points = Points {
            name: super::levels::core(strip_list_label(&name)),
            had: at(Some(had)),
            won: at(Some(won)),
            lost: at(columns.lost).into_iter().collect(),
            rate: at(columns.rate),
            ..Points::default()
        };
        if TOTAL.contains(&name.as_str()) {
            // A second total is of another list.
            if sheet.total.is_some() {
                return None;
            }
            sheet.total = Some(Points { name: String::new(), whole: true, ..points });
        } else if sheet.total.is_none() {
            sheet.lines.push(points);
        }
    }
    (!sheet.lines.is_empty()).then_some(sheet)
}

fn columns<'c>(
    cells: impl Iterator<Item = &'c Cell>,
    words: impl Fn(&Cell) -> String,
) -> Option<Columns> {
    let mut columns = Columns::default();
    for cell in cells {
        let words = words(cell);
        let words = words.split('（').next().unwrap_or("");
        if columns.had.is_some() && columns.won.is_some() && cell.row > columns.row {
            break;
        }
        // Several columns of one name are of several levels, or of several judges.
        let slot = match words {
            "扣分" => &mut columns.lost,
            "得分率" => &mut columns.rate,
            _ if HAD.contains(&words) => &mut columns.had,
            _ if WON.contains(&words) => &mut columns.won,
            _ => continue,
        };
        if slot.is_some() || cell.rowspan > 1 && cell.row > 0 {
            return None;
        }
        *slot = Some(cell.col);
        columns.row = cell.row + cell.rowspan - 1;
    }
    (columns.had.is_some() && columns.won.is_some()).then_some(columns)
}

/// The 得分率 of each line of a form, and of its 合计.
fn rates(
    report: &Report,
    id: TableId,
    first: NumberId,
    count: usize,
    relations: &mut Vec<Relation>,
) {
    let table = &report.document.tables[id as usize];
    let named = |cell: &&Cell| squeeze(report.document.slice(cell.span)) == "得分率";
    let Some(head) = table.cells.iter().take(60).find(named) else { return };
    let row = |number: NumberId| match report.numbers[number as usize].home {
        Home::Cell(own, cell) if own == id => Some(&table.cells[cell as usize]),
        _ => None,
    };
    let forms = report.indicators.iter().filter(|form| form.tables.contains(&id));
    let mut lines: BTreeMap<u32, Points> = BTreeMap::new();
    for form in forms {
        let rows = form.rows.iter().map(|row| (row.weight, row.score));
        for (had, won) in rows.chain([(form.weight_total, form.score)]) {
            let (Some(a), Some(b)) = (had.and_then(row), won.and_then(row)) else { continue };
            if a.row == b.row {
                lines.insert(a.row, Points { had, won, ..Points::default() });
            }
        }
    }
    for number in first..first + count as NumberId {
        let below = |cell: &&Cell| cell.col == head.col && cell.row > head.row;
        if let Some(points) = row(number).filter(below).and_then(|cell| lines.get_mut(&cell.row)) {
            points.rate = Some(number);
        }
    }
    let mut lines: Vec<Points> = lines.into_values().collect();
    lines.retain(|points| points.rate.is_some());
    points::relate(report, &lines, relations);
}
