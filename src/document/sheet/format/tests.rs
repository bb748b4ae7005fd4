#![allow(clippy::unwrap_used)]
use super::*;

fn shown(value: f64, code: &str) -> String {
    show(value, code, false)
}

#[test]
fn general_has_no_noise() {
    assert_eq!(general("3398.2800000000002".parse().unwrap()), "3398.28");
    assert_eq!(general("0.13489999999999999".parse().unwrap()), "0.1349");
    assert_eq!(general(100.0), "100");
    assert_eq!(general(-0.5), "-0.5");
    assert_eq!(general(1234567890.0), "1234567890");
    assert_eq!(general(2130305.0), "2130305");
    assert_eq!(general(0.1 + 0.2), "0.3");
    assert_eq!(general(1.0 / 3.0), "0.333333333");
}

#[test]
fn the_published_number_is_the_shown_one() {
    assert_eq!(shown(1234.567, "#,##0.00"), "1,234.57");
    assert_eq!(shown(1234567.005, "#,##0.00"), "1,234,567.01");
    assert_eq!(shown(-1234.5, "#,##0.00"), "-1,234.50");
    assert_eq!(shown(12.0, "0.00_ "), "12.00");
    assert_eq!(shown(0.0, "0.00"), "0.00");
    assert_eq!(shown(0.0, "#.##"), "");
    assert_eq!(shown(0.5, "#.##"), ".5");
    assert_eq!(shown(0.99175, "0.00%"), "99.18%");
    assert_eq!(shown(0.5, "0%"), "50%");
    assert_eq!(shown(999.999, "#,##0.00"), "1,000.00");
    assert_eq!(shown(5.0, "000"), "005");
    assert_eq!(shown(2.5, "0"), "3");
    assert_eq!(shown(0.004, "0.00"), "0.00");
    assert_eq!(shown(-0.004, "0.00"), "0.00");
}

#[test]
fn scaled_and_worded_formats() {
    assert_eq!(shown(33_982_800.0, "#,##0.00,"), "33,982.80");
    assert_eq!(shown(33_982_800.0, "0!.00,\"万元\""), "339.83万元");
    assert_eq!(shown(12_345.0, "0!.0,"), "1.2");
    assert_eq!(shown(3.5, "0.00\"万元\""), "3.50万元");
    assert_eq!(shown(1234.5, "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ "), "1,234.50");
    assert_eq!(shown(0.0, "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ "), "-");
    assert_eq!(shown(-3.0, "#,##0.00_);[Red](#,##0.00)"), "(3.00)");
    assert_eq!(shown(-3.0, "#,##0.00_ ;[Red]\\-#,##0.00\\ "), "-3.00");
    assert_eq!(shown(5.0, "[$¥-804]#,##0.00"), "¥5.00");
    assert_eq!(shown(0.0, "0.00;-0.00;"), "");
    assert_eq!(shown(5.0, "[>=100]0.0;0.00"), "5.00");
    assert_eq!(shown(18.0, "General\"座\""), "18座");
    assert_eq!(shown(42.0, "G/通用格式"), "42");
}

#[test]
fn dates() {
    assert_eq!(shown(45657.0, "yyyy\"年\"m\"月\"d\"日\""), "2024年12月31日");
    assert_eq!(shown(45657.0, builtin(14)), "2024/12/31");
    assert_eq!(shown(45657.5, "yyyy-mm-dd hh:mm"), "2024-12-31 12:00");
    assert_eq!(shown(1.0, "yyyy-m-d"), "1900-1-1");
    assert_eq!(shown(60.0, "yyyy-m-d"), "1900-2-29");
    assert_eq!(shown(61.0, "yyyy-m-d"), "1900-3-1");
    assert_eq!(show(0.0, "yyyy-m-d", true), "1904-1-1");
    assert_eq!(shown(45657.0, "[$-804]yyyy年m月"), "2024年12月");
}

#[test]
fn any_code_is_shown_without_a_panic() {
    let pieces =
        ["0", "#", ",", ".", "%", ";", "\"", "[", "]", "_", "!", "E+", "@", "y", "\\", "?"];
    let mut seed = 7u32;
    for _ in 0..4000 {
        let mut code = String::new();
        for _ in 0..8 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            code.push_str(pieces[(seed >> 16) as usize % pieces.len()]);
        }
        for value in [0.0, 1.5, -1234.567, 1e15, 1e300, 5e-324] {
            shown(value, &code);
        }
    }
}
