//! The PDF reader on small files, one hard case each (`corpus/pdf`, written by `make.py` beside them), and on damage.

#![allow(clippy::unwrap_used)]

use gouji::document::page::Canvas;
use gouji::document::pdf::{canvases, open};
use gouji::document::{Document, Format, ReadOptions, read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/pdf").join(name).with_extension("pdf")
}

fn options(password: Option<&str>) -> ReadOptions {
    ReadOptions { password: password.map(str::to_owned), ..ReadOptions::default() }
}

fn document(name: &str) -> Document {
    let path = sample(name);
    read(&path, &std::fs::read(&path).unwrap(), &options(None)).unwrap()
}

/// The one page of a sample, and what of it was not read.
fn page(name: &str) -> (Canvas, Vec<String>) {
    let path = sample(name);
    let pdf = open(&path, &std::fs::read(&path).unwrap(), &options(None)).unwrap();
    let (mut pages, gaps) = canvases(&pdf);
    assert_eq!(pages.len(), 1, "{name}");
    (pages.remove(0), gaps.into_iter().map(|gap| gap.why).collect())
}

/// Half-width characters in the order drawn.
fn text(canvas: &Canvas) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap(),
        c => c,
    };
    canvas.glyphs.iter().map(|glyph| half(glyph.c)).collect()
}

const WORDS: &str = "合计1,234.56万元";

#[test]
fn fonts_that_do_not_say_their_unicode() {
    for name in ["gbk_not_embedded", "unigb_not_embedded", "without_tounicode"] {
        let (canvas, gaps) = page(name);
        assert_eq!(text(&canvas), WORDS, "{name}");
        assert!(gaps.is_empty(), "{name} {gaps:?}");
        assert_eq!(document(name).text.trim_end(), WORDS, "{name}");
    }
    assert_eq!(text(&page("identity_of_gb1").0), "1,234.56");
}

/// A character without a name does not shorten its number.
#[test]
fn a_private_digit_leaves_the_number_unread() {
    let (canvas, _) = page("private_digit");
    assert_eq!(text(&canvas), "合计1,23\u{FFFD}.56万元");
    assert!(canvas.glyphs.iter().any(|glyph| glyph.certainty == 0));
    let report = gouji::understand(document("private_digit"));
    let read = |number: &gouji::number::Number| number.value().is_some();
    let words = |number: &gouji::number::Number| report.document.slice(number.span).to_owned();
    let numbers: Vec<String> = report.numbers.iter().filter(|n| read(n)).map(words).collect();
    assert!(numbers.is_empty(), "{numbers:?}");
}

#[test]
fn boxes_stand_where_the_text_is_seen() {
    let (canvas, _) = page("gbk_not_embedded");
    let first = canvas.glyphs[0];
    // 50 from the left, base line 150 of 200 from below, twelve points high.
    assert!((first.x0 - 50.0).abs() < 0.01 && (first.x1 - 62.0).abs() < 0.01, "{first:?}");
    assert!((first.bottom - (50.0 + 0.12 * 12.0)).abs() < 0.01 && first.size == 12.0, "{first:?}");
    let digit = canvas.glyphs[2];
    assert!((digit.x1 - digit.x0 - 6.0).abs() < 0.01, "{digit:?}");
}

#[test]
fn turned_pages_are_read_upright() {
    for name in ["rotate_90", "turned_text"] {
        let (canvas, gaps) = page(name);
        assert_eq!(text(&canvas), WORDS, "{name}");
        assert_eq!((canvas.width, canvas.height), (200.0, 400.0), "{name}");
        assert!(gaps.is_empty() && canvas.aside.is_empty(), "{name}");
        let (first, last) = (canvas.glyphs[0], *canvas.glyphs.last().unwrap());
        assert!((first.x0 - 50.0).abs() < 0.01 && last.x0 > first.x1, "{name} {first:?}");
        assert!((first.bottom - last.bottom).abs() < 0.01, "{name}");
        assert!((first.bottom - (150.0 + 0.12 * 12.0)).abs() < 0.01, "{name} {first:?}");
        let rule = canvas.rules[0];
        assert!(rule.horizontal && (rule.at - 100.0).abs() < 0.01, "{name} {rule:?}");
    }
}

#[test]
fn fake_bold_is_read_once() {
    assert_eq!(text(&page("fake_bold").0), "支出11.10元");
}

#[test]
fn pictures_say_so() {
    let (canvas, gaps) = page("picture_only");
    assert!(canvas.glyphs.is_empty() && canvas.pictures == [[0.0, 0.0, 400.0, 200.0]]);
    assert_eq!(gaps, ["第 1 页是图片，没有文字 (scanned page)"]);
    let (canvas, gaps) = page("hidden_layer");
    assert_eq!(text(&canvas), WORDS);
    assert!(canvas.glyphs.iter().all(|glyph| glyph.certainty < 100));
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    let document = document("picture_only");
    assert_eq!((document.source.pages, document.gaps.len()), (Some(1), 1));
}

#[test]
fn watermarks_and_words_off_the_page_stand_aside() {
    let (canvas, _) = page("watermark");
    assert_eq!(text(&canvas), WORDS);
    let aside: String = canvas.aside.iter().map(|glyph| glyph.c).collect();
    assert!(aside.contains("页外") && aside.contains("样本"), "{aside}");
}

#[test]
fn clipped_text() {
    // The next page's line is hidden; the cut name is whole; the cut figure is no shorter figure.
    let text = text(&page("clipped").0);
    assert!(text.starts_with("首行1.00城乡社区支出"), "{text}");
    assert!(
        !text.contains("次页") && text.contains("98765") && text.contains('\u{FFFD}'),
        "{text}"
    );
}

#[test]
fn ruling_lines_however_drawn() {
    let (canvas, _) = page("rules");
    let across: Vec<[i32; 3]> = canvas
        .rules
        .iter()
        .filter(|rule| rule.horizontal)
        .map(|rule| [rule.at, rule.from, rule.to].map(|v| v.round() as i32))
        .collect();
    let wanted = [20, 40, 60, 80, 100, 120, 140];
    let found: Vec<i32> = across.iter().map(|[at, ..]| *at).collect();
    assert_eq!(found, wanted, "{across:?}");
    assert!(across.iter().all(|[_, from, to]| *from == 50 && (*to - 230).abs() <= 2), "{across:?}");
    let down: Vec<f32> = canvas.rules.iter().filter(|r| !r.horizontal).map(|r| r.at).collect();
    assert_eq!(down, [50.0, 230.0]);
}

#[test]
fn form_fields_are_text() {
    assert_eq!(text(&page("form_field").0), WORDS);
}

#[test]
fn encrypted_files() {
    assert_eq!(document("encrypted_empty").text.trim_end(), WORDS);
    let path = sample("encrypted");
    let bytes = std::fs::read(&path).unwrap();
    let open = read(&path, &bytes, &options(Some("勾稽2024"))).unwrap();
    assert_eq!(open.text.trim_end(), WORDS);
    let why = |password| read(&path, &bytes, &options(password)).unwrap_err().message();
    assert!(why(None).contains("--password"), "{}", why(None));
    assert!(why(Some("1234")).contains("密码不对"), "{}", why(Some("1234")));
}

#[test]
fn damage_is_said() {
    assert_eq!(document("damaged_xref").text.trim_end(), WORDS);
    let document = document("page_lost");
    assert_eq!(document.source.pages, Some(2));
    assert!(document.gaps.iter().any(|gap| gap.why.contains("声明 3 页")), "{:?}", document.gaps);
}

/// A file cut short may still open: it must not pass for a whole one.
#[test]
fn a_file_without_its_end_says_so() {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus/whole/qinghe_2024_final_accounts/report.pdf");
    let mut bytes = std::fs::read(whole).unwrap();
    let cut = |bytes: &[u8]| {
        let document = read(Path::new("report.pdf"), bytes, &options(None)).unwrap();
        document.gaps.iter().any(|gap| gap.why.contains("不完整"))
    };
    bytes.extend([0; 2000]);
    assert!(!cut(&bytes), "padding is no loss");
    let end = bytes.windows(5).rposition(|window| window == b"%%EOF").unwrap();
    bytes.truncate(end - 40);
    assert!(cut(&bytes));
}

#[test]
fn hostile_pages_end() {
    let begun = Instant::now();
    assert_eq!(text(&page("form_in_itself").0), WORDS);
    let (canvas, gaps) = page("forms_in_forms");
    assert_eq!(text(&canvas), WORDS);
    assert!(gaps[0].contains("内容过多"), "{gaps:?}");
    let path = sample("bomb");
    let why = read(&path, &std::fs::read(&path).unwrap(), &options(None)).unwrap_err();
    assert!(why.message().contains("压缩炸弹"), "{why}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// The content decides, not the name, and junk before the header is no matter.
#[test]
fn format_by_content() {
    let mut bytes = b"\r\n\r\njunk ".to_vec();
    bytes.extend(std::fs::read(sample("gbk_not_embedded")).unwrap());
    let document = read(Path::new("report.doc"), &bytes, &options(None)).unwrap();
    assert_eq!(document.source.format, Format::Pdf);
    assert_eq!(document.text.trim_end(), WORDS);
}

/// Truncated files, flipped bytes, cut streams: read or refused, never a panic or a hang.
#[test]
fn damaged_files() {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus/whole/qinghe_2024_final_accounts/report.pdf");
    let whole = std::fs::read(whole).unwrap();
    let mut seed = 1u32;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    let (mut read_well, mut refused) = (0, 0);
    for round in 0..36 {
        let mut bytes = whole.clone();
        match round % 3 {
            0 => bytes.truncate(next(whole.len())),
            1 => {
                for _ in 0..1 + round {
                    let at = next(bytes.len());
                    bytes[at] = next(256) as u8;
                }
            }
            _ => {
                let at = next(bytes.len() - 600);
                bytes.drain(at..at + 1 + next(599));
            }
        }
        let begun = Instant::now();
        match read(Path::new("report.pdf"), &bytes, &options(None)) {
            Ok(document) => {
                assert!(document.source.pages.is_some() || document.source.format == Format::Text);
                read_well += 1;
            }
            Err(error) => {
                assert!(error.to_string().starts_with("report.pdf: "), "{error}");
                refused += 1;
            }
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "round {round}: {:?}", begun.elapsed());
    }
    assert!(read_well >= 20 && read_well + refused == 36, "{read_well} {refused}");
}
