//! Classification codes: `2011301` is 一般公共服务支出/商贸事务/行政运行; whether a printed code and name belong together.
//!
//! The tables of `grammars/codes` (made by its `build.py`) give each code the names seen for it, in which years, and how
//! sure they are.

use super::indicators::{is_normal, normal};
use crate::number::Code;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// A classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Classification {
    /// 支出功能分类: `2011301`.
    Function,
    /// 部门预算支出经济分类: `30101`.
    Economic,
    /// 政府预算支出经济分类: `50101`.
    GovernmentEconomic,
}

/// How sure it is that a code has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sure {
    /// Many reports print it, or reports and the older set agree.
    High,
    /// A few reports print it.
    Medium,
    /// One report prints it.
    Low,
    /// Only the older set has it; it may have been renamed since.
    Old,
}

/// A name of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As printed: `行政运行`.
    pub name: &'static str,
    /// How sure.
    pub sure: Sure,
    /// The years it was seen in, as the table writes them: `2016-2019,2022`.
    years: &'static str,
    /// The name as it is compared.
    short: Cow<'static, str>,
}

/// What the tables say of a printed code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The code exists and every printed name is its own.
    Known,
    /// The code exists under another name.
    NameDiffers,
    /// The tables do not have it, or are not sure of its name.
    Unknown,
}

/// A printed code as the tables see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The whole code, found by its names where no digits are printed; empty if it is not found.
    pub digits: String,
    /// Official names by level (类, 款, 项), as far as the code goes.
    pub official: [Option<&'static str>; 3],
    /// Whether code and names belong together.
    pub status: Status,
}

/// The codes of one classification.
#[derive(Debug)]
pub struct Codes {
    /// In order of their digits.
    codes: Vec<Known>,
    /// The names of all codes, those of one together, surest first.
    names: Vec<Name>,
    /// Places of the codes of the first level.
    classes: Vec<usize>,
}

/// A code of the tables.
#[derive(Debug)]
struct Known {
    code: &'static str,
    /// Where its names stand among all.
    names: Range<usize>,
}

/// The codes of a classification, read once.
pub fn codes(classification: Classification) -> &'static Codes {
    static FUNCTION: LazyLock<Codes> =
        LazyLock::new(|| Codes::parse(include_str!("../../grammars/codes/functional.tsv")));
    static ECONOMIC: LazyLock<Codes> = LazyLock::new(|| {
        Codes::parse(include_str!("../../grammars/codes/economic_department.tsv"))
    });
    static GOVERNMENT: LazyLock<Codes> = LazyLock::new(|| {
        Codes::parse(include_str!("../../grammars/codes/economic_government.tsv"))
    });
    match classification {
        Classification::Function => &FUNCTION,
        Classification::Economic => &ECONOMIC,
        Classification::GovernmentEconomic => &GOVERNMENT,
    }
}

/// A name without the 支出 it may end with.
fn short(name: &str) -> &str {
    name.strip_suffix("支出").unwrap_or(name)
}

impl Name {
    fn seen_in(&self, year: i32) -> bool {
        self.years.split(',').any(|span| {
            let (from, to) = span.split_once('-').unwrap_or((span, span));
            let (from, to) = (from.parse::<i32>(), to.parse::<i32>());
            from.is_ok_and(|from| from <= year) && to.is_ok_and(|to| year <= to)
        })
    }
}

impl Codes {
    fn parse(table: &'static str) -> Self {
        let most = table.matches('\n').count();
        let (codes, names) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut codes = Self { codes, names, classes: Vec::new() };
        for line in table.lines().skip(1) {
            let mut fields = line.split('\t');
            let (Some(code), Some(name), Some(years), Some(sure)) =
                (fields.next(), fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let sure = match sure {
                "high" => Sure::High,
                "medium" => Sure::Medium,
                "low" => Sure::Low,
                _ => Sure::Old,
            };
            let short = match is_normal(name) {
                true => Cow::Borrowed(short(name)),
                false => Cow::Owned(short(&normal(name)).to_owned()),
            };
            let at = codes.names.len();
            codes.names.push(Name { name, sure, years, short });
            match codes.codes.last_mut().filter(|known| known.code == code) {
                Some(known) => known.names.end = at + 1,
                None => codes.codes.push(Known { code, names: at..at + 1 }),
            }
        }
        debug_assert!(codes.codes.is_sorted_by_key(|known| known.code), "tables are in order");
        let first = |at: &usize| codes.codes[*at].code.len() <= 3;
        codes.classes = (0..codes.codes.len()).filter(first).collect();
        codes
    }

    fn place(&self, code: &str) -> Option<usize> {
        self.codes.binary_search_by_key(&code, |known| known.code).ok()
    }

    /// The codes of this and all lower levels.
    fn under(&self, code: &str) -> &[Known] {
        let from = self.codes.partition_point(|known| known.code < code);
        let length = self.codes[from..].partition_point(|known| known.code.starts_with(code));
        &self.codes[from..from + length]
    }

    /// The names of a code, surest first; empty for a code that is not there.
    pub fn names(&self, code: &str) -> &[Name] {
        self.place(code).map_or(&[], |at| self.names_of(&self.codes[at]))
    }

    fn names_of(&self, known: &Known) -> &[Name] {
        &self.names[known.names.clone()]
    }

    /// Whether a code has a name, as names are compared.
    fn is_named(&self, known: &Known, short: &str) -> bool {
        self.names_of(known).iter().any(|own| own.short == short)
    }

    /// The name a code has in `year`: the surest, one seen in that year before others.
    pub fn official(&self, code: &str, year: Option<i32>) -> Option<&Name> {
        let seen = |name: &Name| year.is_some_and(|year| name.seen_in(year));
        let names = self.names(code);
        names.iter().find(|name| seen(name) && name.sure <= Sure::Medium).or(names.first())
    }

    /// All codes of a class, in order.
    pub fn class_codes(&self, class: &str) -> impl Iterator<Item = &'static str> + use<'_> {
        self.under(class).iter().map(|known| known.code)
    }

    /// The class (类) of a name: `205` of 教育支出.
    pub fn class(&self, name: &str) -> Option<&'static str> {
        self.named("", name)
    }

    /// The digits of a code, found by its names where none are printed; empty where they are not found.
    pub fn digits(&self, printed: &Code) -> String {
        match printed.digits.as_str() {
            "" => self.by_names(&printed.names).unwrap_or_default().to_owned(),
            digits => digits.to_owned(),
        }
    }

    /// The code with this name one level under `parent` (empty for the first level), if there is exactly one.
    fn named(&self, parent: &'static str, name: &str) -> Option<&'static str> {
        let name = normal(name);
        let has = |known: &&Known| self.is_named(known, short(&name));
        let found: Vec<&Known> = match parent {
            "" => self.classes.iter().map(|at| &self.codes[*at]).filter(has).collect(),
            _ => {
                let next = |known: &&Known| known.code.len() == parent.len() + 2;
                self.under(parent).iter().filter(next).filter(has).collect()
            }
        };
        if let [one] = found.as_slice() {
            return Some(one.code);
        }
        let mut current = found.iter().filter(|known| self.names_of(known)[0].sure < Sure::Old);
        let one = current.next()?;
        current.next().is_none().then_some(one.code)
    }

    /// The code of a path of names from 类 down; where the 类 (or 类 and 款) is not printed, the only one of today that ends
    /// in these names: `住房改革支出（款）提租补贴（项）`, `检察（款）`.
    fn by_names(&self, names: &[Option<String>; 3]) -> Option<&'static str> {
        let depth = names.iter().rposition(Option::is_some)? + 1;
        let from = names.iter().position(Option::is_some)?;
        let descend = |from: &'static str, names: &[Option<String>]| {
            names.iter().try_fold(from, |code, name| self.named(code, name.as_deref()?))
        };
        if from == 0 {
            return descend("", &names[..depth]);
        }
        let first = normal(names[from].as_deref()?);
        let starts = |known: &&Known| {
            known.code.len() == 3 + 2 * from && self.is_named(known, short(&first))
        };
        let found: Vec<&str> = self
            .codes
            .iter()
            .filter(starts)
            .filter_map(|known| descend(known.code, &names[from + 1..depth]))
            .collect();
        if let [one] = found.as_slice() {
            return Some(*one);
        }
        // A group that moved keeps its old code in the list: the one of today is meant.
        let mut current = found.iter().filter(|code| self.is_current(code));
        let one = current.next()?;
        current.next().is_none().then_some(*one)
    }

    /// Whether a code and all it stands under are of today.
    fn is_current(&self, code: &str) -> bool {
        (3..=code.len())
            .step_by(2)
            .all(|end| self.names(&code[..end]).first().is_some_and(|name| name.sure < Sure::Old))
    }

    /// Judges a printed code with its names in a report of `year`.
    pub fn judge(&self, printed: &Code, year: Option<i32>) -> Judgement {
        let digits = self.digits(printed);
        let mut judgement = Judgement { digits, official: [None; 3], status: Status::Unknown };
        let digits = judgement.digits.clone();
        let depth = digits.len().saturating_sub(1) / 2;
        if !matches!(digits.len(), 3 | 5 | 7) || self.names(&digits).is_empty() {
            return judgement;
        }
        let mut status = Status::Known;
        for level in 0..depth {
            let own = &digits[..3 + 2 * level];
            let Some(official) = self.official(own, year) else { continue };
            judgement.official[level] = Some(official.name);
            let Some(name) = &printed.names[level] else { continue };
            let same = |known: &str| {
                let (a, b) = (normal(name), normal(known));
                // 一般公共服务（类） is how 一般公共服务支出 is said.
                a == b || level == 0 && short(&a) == short(&b)
            };
            if same(official.name) {
                continue;
            }
            let elsewhere = self.names(own).iter().any(|name| same(name.name));
            match official.sure {
                Sure::High | Sure::Medium => status = Status::NameDiffers,
                _ if elsewhere => {}
                _ if status == Status::Known => status = Status::Unknown,
                _ => {}
            }
        }
        judgement.status = status;
        judgement
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(digits: &str, names: [&str; 3]) -> String {
        let names = names.map(|name| (!name.is_empty()).then(|| name.to_owned()));
        let code = Code { digits: digits.to_owned(), names };
        let found = codes(Classification::Function).judge(&code, Some(2024));
        let official: Vec<&str> = found.official.into_iter().flatten().collect();
        format!("{:?} {:?} {:?}", found.digits, official.join("/"), found.status)
    }

    #[test]
    fn codes_are_judged_by_digits_and_names() {
        insta::assert_snapshot!(show("2011301", ["一般公共服务", "商贸事务", "行政运行"]), @r#""2011301" "一般公共服务支出/商贸事务/行政运行" Known"#);
        insta::assert_snapshot!(show("2060902", ["科学技术支出", "科技重大项目", "其重点研发计划"]), @r#""2060902" "科学技术支出/科技重大项目/重点研发计划" NameDiffers"#);
        insta::assert_snapshot!(show("", ["住房保障支出", "住房改革支出", "住房公积金"]), @r#""2210201" "住房保障支出/住房改革支出/住房公积金" Known"#);
        insta::assert_snapshot!(show("", ["教育支出", "进修及培训", "没有的项"]), @r#""" "" Unknown"#);
        insta::assert_snapshot!(show("2080505", ["", "", "机关事业单位基本养老保险缴费"]), @r#""2080505" "社会保障和就业支出/行政事业单位养老支出/机关事业单位基本养老保险缴费支出" NameDiffers"#);
        insta::assert_snapshot!(show("2987654", ["", "", "行政运行"]), @r#""2987654" "" Unknown"#);
    }
}
