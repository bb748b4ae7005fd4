//! Text for a person at a terminal.

mod finding;

use super::Lang;
use super::json::{CheckOutput, CheckedReport, Coverage, GapEntry};
use super::place::Place;
use std::fmt::Write as _;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How text is shown.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether colours are used.
    pub color: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Language of the labels.
    pub lang: Lang,
    /// Whether the gaps are listed.
    pub unread: bool,
    /// Whether reports without findings and the coverage lines are left out.
    pub quiet: bool,
}

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const BLUE: &str = "1;34";
const GREEN: &str = "32";
const BOLD: &str = "1";
const FAINT: &str = "2";

/// Findings grouped by report and section, each report and the whole closed by a line of counts.
pub fn render(output: &CheckOutput, style: Style) -> String {
    let mut page = Page { text: String::new(), style };
    let mut total = Tally::default();
    for report in &output.reports {
        let tally = Tally::of(report);
        total.add(&tally);
        let worth = !report.findings.is_empty() || style.unread && !report.gaps.is_empty();
        if worth || !style.quiet {
            if !page.text.is_empty() {
                page.text.push('\n');
            }
            page.report(report, worth);
        }
    }
    for error in &output.errors {
        let label = page.paint(RED, style.lang.pick("无法读取", "cannot read"));
        let _ = writeln!(page.text, "{label} {}: {}", error.path, error.message);
    }
    if !style.quiet {
        let count = output.summary.reports;
        let lead = match style.lang {
            Lang::Zh => format!("共 {count} 份报告："),
            Lang::En => format!("{count} reports: "),
        };
        if count + output.errors.len() > 1 {
            let _ = write!(page.text, "\n{lead}");
            page.tally(&total, output.errors.len());
        }
    }
    if let Some(sample) = &output.summary.sample {
        let _ = writeln!(page.text, "{}", sample.sentence(style.lang));
    }
    page.text
}

#[derive(Default)]
struct Tally {
    coverage: Coverage,
    errors: usize,
    warnings: usize,
    notes: usize,
    waived: usize,
}

impl Tally {
    fn of(report: &CheckedReport) -> Self {
        let count = |severity| report.findings.iter().filter(|f| f.severity == severity).count();
        Self {
            coverage: report.coverage,
            errors: count("error"),
            warnings: count("warning"),
            notes: count("note"),
            waived: report.waived.len(),
        }
    }

    fn add(&mut self, other: &Self) {
        self.coverage.numbers += other.coverage.numbers;
        self.coverage.checked += other.coverage.checked;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.waived += other.waived;
    }
}

struct Page {
    text: String,
    style: Style,
}

impl Page {
    fn paint(&self, code: &str, words: &str) -> String {
        match self.style.color {
            true => format!("\x1b[{code}m{words}\x1b[0m"),
            false => words.to_string(),
        }
    }

    fn report(&mut self, report: &CheckedReport, worth: bool) {
        let path = self.paint(BOLD, &report.source.path);
        let meta = &report.report;
        let mut about = meta.agency.clone().unwrap_or_default();
        if let Some(year) = meta.year {
            about.push_str(&self.year(year));
        }
        about.push_str(match (meta.kind, self.style.lang) {
            ("final_accounts", Lang::Zh) => "部门决算",
            ("budget", Lang::Zh) => "部门预算",
            ("performance", Lang::Zh) => "绩效自评",
            ("other", _) => "",
            ("final_accounts", Lang::En) => "final accounts",
            (kind, Lang::En) => kind,
            _ => "",
        });
        let about = about.trim();
        let fits = report.source.path.width() + about.width() + 2 <= self.style.width;
        let joint = if fits { "  " } else { "\n" };
        let _ = writeln!(self.text, "{}", format!("{path}{joint}{about}").trim_end());
        let mut section = None;
        for finding in &report.findings {
            let here = finding.at.section.as_deref().unwrap_or("");
            if section != Some(here) {
                section = Some(here);
                self.text.push('\n');
                if !here.is_empty() {
                    let words = self.paint(FAINT, &nearest(here, self.style.width));
                    let _ = writeln!(self.text, "{words}");
                }
            }
            self.finding(finding);
        }
        if self.style.unread {
            self.gaps(&report.gaps);
            self.uncounted(report);
        } else if !self.style.quiet {
            self.lost_pages(&report.gaps);
        }
        if worth {
            self.text.push('\n');
        }
        if !report.source.format.is_empty() && !self.style.quiet {
            self.tally(&Tally::of(report), 0);
        }
    }

    fn year(&self, year: i32) -> String {
        match self.style.lang {
            Lang::Zh => format!(" {year}年"),
            Lang::En => format!(" {year} "),
        }
    }

    /// Says that whole pages, or the rest of a file, were not read, and of the first why: a scan without models or the first
    /// half of a file must not pass for a report without figures.
    fn lost_pages(&mut self, gaps: &[GapEntry]) {
        let lost = |gap: &&GapEntry| gap.kind == "unread" && gap.at.quote.is_none();
        let mut lost = gaps.iter().filter(lost);
        let Some(first) = lost.next() else { return };
        let label = self.paint(YELLOW, self.style.lang.pick("未读", "not read"));
        let rest = match (lost.count(), self.style.lang) {
            (0, _) => String::new(),
            (rest, Lang::Zh) => format!("；另有 {rest} 处未读，见 --unread"),
            (rest, Lang::En) => format!("; {rest} more places not read, see --unread"),
        };
        let _ = writeln!(self.text, "{label} {}{rest}", first.why);
    }

    /// Counts, scores and the like that were compared with nothing are not listed one by one: how many there are.
    fn uncounted(&mut self, report: &CheckedReport) {
        let listed = report.gaps.iter().filter(|gap| gap.kind == "unpaired").count();
        let Coverage { read, checked, .. } = report.coverage;
        let rest = match read.saturating_sub(checked).saturating_sub(listed) {
            0 => return,
            rest => rest,
        };
        let words = match self.style.lang {
            Lang::Zh => format!("另有 {rest} 个数量、分值等未核对，不逐一列出。"),
            Lang::En => format!("{rest} more counts, scores and the like were not compared"),
        };
        let _ = writeln!(self.text, "{words}");
    }

    fn gaps(&mut self, gaps: &[GapEntry]) {
        if gaps.is_empty() {
            return;
        }
        let lead = self.style.lang.pick("未读或未核对：", "not read or not compared:");
        let _ = writeln!(self.text, "\n{lead}");
        for gap in gaps {
            let kind = match (gap.kind, self.style.lang) {
                ("unread", lang) => lang.pick("未读", "unread"),
                ("doubtful", lang) => lang.pick("存疑", "doubtful"),
                (_, lang) => lang.pick("未核对", "unpaired"),
            };
            let kind = self.paint(
                YELLOW,
                &format!("{kind}{}", " ".repeat(8usize.saturating_sub(kind.width()))),
            );
            let place = self.place(&gap.at);
            let quote = self.quote(&gap.at, 12).unwrap_or_default();
            match gap.kind {
                "unread" | "doubtful" => {
                    let _ = writeln!(self.text, "  {kind} {quote}  {}{place}", gap.why);
                }
                _ => {
                    let _ = writeln!(self.text, "  {kind} {quote}{place}");
                }
            }
        }
    }

    /// ` · 第3页 公开02表 4行2列 Sheet1!C7`
    fn place(&self, place: &Place) -> String {
        match self.place_words(place) {
            words if words.is_empty() => words,
            words => self.paint(FAINT, &format!(" · {words}")),
        }
    }

    fn place_words(&self, place: &Place) -> String {
        let zh = self.style.lang == Lang::Zh;
        let mut words = Vec::new();
        if let Some(page) = place.page {
            words.push(if zh { format!("第{page}页") } else { format!("page {page}") });
        }
        let file = |file: &String| {
            let name = std::path::Path::new(file).file_name();
            clip(&name.map_or(file.into(), |name| name.to_string_lossy()), 40)
        };
        words.extend(place.file.iter().map(file));
        words.extend(place.table.iter().map(|table| clip(table, 40)));
        match (&place.cell, place.row, place.column) {
            (Some(cell), ..) => words.push(cell.clone()),
            (None, Some(row), Some(column)) if zh => words.push(format!("{row}行{column}列")),
            (None, Some(row), Some(column)) => words.push(format!("row {row} column {column}")),
            _ => {}
        }
        words.join(" ")
    }

    /// The quoted words with the figure marked: by colour, or by 〔〕 where there is none.
    fn quote(&self, place: &Place, indent: usize) -> Option<String> {
        let quote = place.quote.as_deref()?.replace('\n', " ");
        let (before, rest) = quote.split_at_checked(place.mark.start)?;
        let (own, after) = rest.split_at_checked(place.mark.end.checked_sub(place.mark.start)?)?;
        let room = self.style.width.saturating_sub(indent + 4);
        let own = clip(own, room.max(20));
        let left = room.saturating_sub(own.width());
        let before = clip_front(before, left.saturating_sub(after.width().min(left / 3)));
        let after = clip(after, left.saturating_sub(before.width()).max(2));
        Some(match self.style.color {
            true => format!("“{before}\x1b[1;4;31m{own}\x1b[0m{after}”"),
            false => format!("“{before}〔{own}〕{after}”"),
        })
    }

    /// A paragraph that is folded at the terminal's width; marks that close a line may stand in its last two columns.
    fn wrapped(&mut self, first: &str, next: &str, words: &str) {
        let room = self.style.width.saturating_sub(next.width()).max(20);
        self.text.push_str(first);
        let mut used = 0;
        let mut rest = words.chars().peekable();
        while let Some(c) = rest.next() {
            if c == '\x1b' {
                // a colour takes no room
                self.text.push(c);
                self.text.extend(rest.by_ref().take_while(|c| *c != 'm'));
                self.text.push('m');
                continue;
            }
            let width = c.width().unwrap_or(0);
            let hanging = "，。；：、）”%".contains(c);
            let in_word = c.is_ascii_graphic();
            let word = match in_word && used > 0 {
                true => width + rest.clone().take_while(char::is_ascii_graphic).take(24).count(),
                false => width,
            };
            let starts_word =
                !in_word || self.text.ends_with(|last: char| !last.is_ascii_graphic());
            let full = if hanging { used + width > room } else { used + word > room - 2 };
            if used > 0 && starts_word && full {
                self.text.truncate(self.text.trim_end_matches(' ').len());
                self.text.push('\n');
                self.text.push_str(next);
                used = 0;
            }
            if used > 0 || c != ' ' {
                self.text.push(c);
                used += width;
            }
        }
        self.text.push('\n');
    }

    /// `已核对 412 / 455 个数字 · 3 处错误 · 1 处警告`
    fn tally(&mut self, tally: &Tally, unreadable: usize) {
        let Coverage { numbers, checked, .. } = tally.coverage;
        let zh = self.style.lang == Lang::Zh;
        let mut parts = vec![match zh {
            true => format!("已核对 {checked} / {numbers} 个数字"),
            false => format!("compared {checked} of {numbers} figures"),
        }];
        for (count, code, word_zh, word_en) in [
            (tally.errors, RED, "处错误", "errors"),
            (tally.warnings, YELLOW, "处警告", "warnings"),
            (tally.notes, BLUE, "处提示", "notes"),
            (tally.waived, FAINT, "处已豁免", "waived"),
            (unreadable, RED, "个文件无法读取", "files unreadable"),
        ] {
            if count > 0 {
                let word = self.style.lang.pick(word_zh, word_en);
                let word = if count == 1 { word.trim_end_matches('s') } else { word };
                let words = format!("{count} {word}");
                parts.push(self.paint(code, &words));
            }
        }
        if tally.errors + tally.warnings + tally.notes == 0 {
            parts.push(match checked {
                0 => self.paint(YELLOW, self.style.lang.pick("未作任何核对", "nothing compared")),
                _ => {
                    self.paint(GREEN, self.style.lang.pick("未发现矛盾", "no contradiction found"))
                }
            });
        }
        let _ = writeln!(self.text, "{}", parts.join(" · "));
    }
}

/// A path of sections without its outer ones where it is too long: `…/（二）支出决算结构情况`.
fn nearest(path: &str, width: usize) -> String {
    let mut shown = path.to_string();
    let mut rest = path;
    while shown.width() > width
        && let Some((_, inner)) = rest.split_once('/')
    {
        rest = inner;
        shown = format!("…/{inner}");
    }
    clip(&shown, width)
}

/// The first `width` columns, with `…` where cut.
fn clip(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_string();
    }
    let mut used = 1;
    let mut kept: String = words
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= width
        })
        .collect();
    kept.push('…');
    kept
}

/// The last `width` columns, with `…` where cut.
fn clip_front(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_string();
    }
    let mut used = 1;
    let mut kept: Vec<char> = words
        .chars()
        .rev()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= width
        })
        .collect();
    kept.push('…');
    kept.reverse();
    kept.into_iter().collect()
}
