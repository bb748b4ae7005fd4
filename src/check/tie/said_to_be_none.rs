//! 文字说没有，附表或别处却有数。
//!
//! “本年度无政府性基金预算支出”就是说支出为零；附表同一栏有数，两处必有一处误写，多半是上年的文字没有改。表中的数四舍五入后为0.00，或者说的只是一部分（“无新增”“无上年结转”“下属单位无”），不报。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! 第二部分 部门决算情况说明
//! 八、政府性基金预算支出决算情况说明
//! 本年度无政府性基金预算支出。
//!
//! 第五部分 附表
//! 政府性基金预算财政拨款收入支出决算表
//! 公开08表
//! 金额单位：万元
//!
//! 	项目
//! 	项目
//! 	年初结转和结余
//! 	本年收入
//! 	本年支出
//! 	本年支出
//! 	本年支出
//! 	年末结转和结余
//!
//! 	科目编码
//! 	科目名称
//! 	年初结转和结余
//! 	本年收入
//! 	小计
//! 	基本支出
//! 	项目支出
//! 	年末结转和结余
//!
//! 	合计
//! 	合计
//! 	0.00
//! 	27.99
//! 	27.99
//! 	0.00
//! 	27.99
//! 	0.00
//! ```
//!
//! 依据：部门决算公开要求文字说明与报表一致；没有的也要说明。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "tie/said_to_be_none",
    severity: Severity::Error,
    summary_en: "Something is said to be none, and a figure is printed for it.",
    source: include_str!("said_to_be_none.rs"),
    run: Run::Relation(words),
};

fn words(report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    let said = report.document.slice(relation.at);
    Words::new(
        format!("“{name}”文字说“{said}”，别处却有数，请核对。"),
        format!("“{name}” is said to be none, but a figure is printed"),
    )
}
