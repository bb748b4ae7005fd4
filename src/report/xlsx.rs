//! Findings as a workbook: one sheet of findings, one of reports, one of what is not covered.

use super::Lang;
use super::json::CheckOutput;
use super::place::Place;
use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The workbook's bytes.
///
/// # Errors
/// There are more rows than a sheet can hold, or a text is longer than a cell can hold.
pub fn render(output: &CheckOutput, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    findings(workbook.add_worksheet(), output, lang)?;
    reports(workbook.add_worksheet(), output, lang)?;
    gaps(workbook.add_worksheet(), output, lang)?;
    workbook.save_to_buffer()
}

fn findings(sheet: &mut Worksheet, output: &CheckOutput, lang: Lang) -> Result<(), XlsxError> {
    let heads = match lang {
        Lang::Zh => [
            "文件",
            "级别",
            "检查",
            "章节",
            "位置",
            "原文",
            "问题",
            "算式",
            "建议",
            "处理意见",
            "指纹",
        ],
        Lang::En => [
            "File",
            "Severity",
            "Check",
            "Section",
            "Place",
            "Quote",
            "Problem",
            "Arithmetic",
            "Suggestion",
            "Verdict",
            "Fingerprint",
        ],
    };
    let widths = [28, 7, 30, 36, 20, 48, 48, 44, 30, 16, 18];
    start(sheet, lang.pick("发现的问题", "findings"), &heads, &widths)?;
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let mut row = 1;
    for report in &output.reports {
        for finding in &report.findings {
            let level = match finding.severity {
                "error" => lang.pick("错误", "error"),
                "warning" => lang.pick("警告", "warning"),
                _ => lang.pick("提示", "note"),
            };
            let color = match finding.severity {
                "error" => Color::RGB(0xC6_28_28),
                "warning" => Color::RGB(0xB2_6A_00),
                _ => Color::RGB(0x15_65_C0),
            };
            let suggestion = finding
                .suggestion
                .as_ref()
                .map(|s| format!("{} → {}（{}）", s.quote, s.replace_with, s.because))
                .unwrap_or_default();
            let at = &finding.at;
            let words = [
                &report.source.path,
                level,
                &finding.check,
                at.section.as_deref().unwrap_or(""),
                &place(at, lang),
                at.quote.as_deref().unwrap_or(""),
                &finding.message,
                &finding.arithmetic,
                &suggestion,
                "",
                &finding.fingerprint,
            ];
            for (column, words) in (0..).zip(words) {
                sheet.write_string_with_format(row, column, fit(words), &cell)?;
            }
            let bold = cell.clone().set_bold().set_font_color(color);
            sheet.write_string_with_format(row, 1, level, &bold)?;
            row += 1;
        }
    }
    sheet.autofilter(0, 0, row - 1, heads.len() as u16 - 1)?;
    Ok(())
}

fn reports(sheet: &mut Worksheet, output: &CheckOutput, lang: Lang) -> Result<(), XlsxError> {
    let heads = match lang {
        Lang::Zh => {
            ["文件", "部门", "年度", "数字", "已读", "有含义", "已核对", "错误", "警告", "提示"]
        }
        Lang::En => [
            "File", "Agency", "Year", "Figures", "Read", "Bound", "Compared", "Errors", "Warnings",
            "Notes",
        ],
    };
    start(sheet, lang.pick("报告", "reports"), &heads, &[40, 28, 8, 8, 8, 8, 8, 8, 8, 8])?;
    let mut row = 1;
    for report in &output.reports {
        let count = |severity| report.findings.iter().filter(|f| f.severity == severity).count();
        sheet.write_string(row, 0, fit(&report.source.path))?;
        sheet.write_string(row, 1, fit(report.report.agency.as_deref().unwrap_or("")))?;
        if let Some(year) = report.report.year {
            sheet.write_number(row, 2, year)?;
        }
        let coverage = report.coverage;
        let counts = [coverage.numbers, coverage.read, coverage.bound, coverage.checked];
        let severities = ["error", "warning", "note"].map(count);
        for (column, count) in (3..).zip(counts.into_iter().chain(severities)) {
            sheet.write_number(row, column, count as u32)?;
        }
        row += 1;
    }
    for error in &output.errors {
        sheet.write_string(row, 0, fit(&error.path))?;
        sheet.write_string(row, 1, fit(&error.message))?;
        row += 1;
    }
    Ok(())
}

fn gaps(sheet: &mut Worksheet, output: &CheckOutput, lang: Lang) -> Result<(), XlsxError> {
    let heads = match lang {
        Lang::Zh => ["文件", "种类", "章节", "位置", "原文", "原因"],
        Lang::En => ["File", "Kind", "Section", "Place", "Quote", "Why"],
    };
    start(sheet, lang.pick("未读未核对", "not covered"), &heads, &[28, 10, 36, 20, 48, 40])?;
    let mut row = 1;
    for report in &output.reports {
        for gap in &report.gaps {
            let kind = match gap.kind {
                "unread" => lang.pick("未读", "unread"),
                "doubtful" => lang.pick("存疑", "doubtful"),
                _ => lang.pick("未核对", "unpaired"),
            };
            let words = [
                &report.source.path,
                kind,
                gap.at.section.as_deref().unwrap_or(""),
                &place(&gap.at, lang),
                gap.at.quote.as_deref().unwrap_or(""),
                &gap.why,
            ];
            for (column, words) in (0..).zip(words) {
                sheet.write_string(row, column, fit(words))?;
            }
            row += 1;
        }
    }
    sheet.autofilter(0, 0, row - 1, heads.len() as u16 - 1)?;
    Ok(())
}

fn start(
    sheet: &mut Worksheet,
    name: &str,
    heads: &[&str],
    widths: &[u32],
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let bold = Format::new().set_bold().set_background_color(Color::RGB(0xEE_EE_EE));
    for (column, (head, width)) in (0..).zip(heads.iter().zip(widths)) {
        sheet.write_string_with_format(0, column, *head, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn place(place: &Place, lang: Lang) -> String {
    let mut words = Vec::new();
    if let Some(page) = place.page {
        words.push(match lang {
            Lang::Zh => format!("第{page}页"),
            Lang::En => format!("page {page}"),
        });
    }
    words.extend(place.table.as_deref().map(str::to_owned));
    match (&place.cell, place.row, place.column) {
        (Some(cell), ..) => words.push(cell.clone()),
        (None, Some(row), Some(column)) => words.push(match lang {
            Lang::Zh => format!("{row}行{column}列"),
            Lang::En => format!("row {row} column {column}"),
        }),
        _ => {}
    }
    words.join(" ")
}

/// At most what a cell holds (32,767 characters).
fn fit(words: &str) -> &str {
    words.char_indices().nth(32_000).map_or(words, |(cut, _)| &words[..cut])
}
