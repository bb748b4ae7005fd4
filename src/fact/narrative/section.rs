//! What a section's heading says for all paragraphs in it: whose figures, which money, which name or code.

use crate::Report;
use crate::document::{Section, SectionId, Span};
use crate::fact::indicators::{Side, fund_in, normal};
use crate::fact::label::{self, Context, Government, Label, government};
use crate::fact::{Entity, Fund};
use crate::number::{Kind, NumberId};
use std::cell::OnceCell;

/// What the paragraphs of a section inherit.
pub(super) struct Inherited {
    /// The department, or a project in an annexed 绩效 report.
    pub entity: Entity,
    /// The money: 五、一般公共预算财政拨款支出决算情况说明.
    pub fund: Option<Fund>,
    /// Whether it is about revenue: 二、收入决算情况说明.
    pub side: Side,
    /// What the heading itself names, read for the first paragraph that asks.
    label: OnceCell<Option<Label>>,
}

impl Inherited {
    /// What the heading of section `id` names, for a paragraph that begins with `2024年预算数…`.
    pub fn label(&self, report: &Report, id: SectionId, context: Context<'_>) -> Option<Label> {
        let read = || match id {
            0 => None,
            _ => heading(report, &report.document.sections[id as usize], context),
        };
        self.label.get_or_init(read).clone()
    }
}

/// What each section says; section 0 first; and whether they tell of several governments.
pub(super) fn sections(report: &Report) -> (Vec<Inherited>, bool) {
    let sections = &report.document.sections;
    let named: Vec<_> = sections.iter().map(|section| money(&section.title)).collect();
    let governments = named.iter().any(|(_, own)| own.is_some_and(|own| own.many));
    let mut all: Vec<Inherited> = Vec::with_capacity(sections.len());
    for (section, (fund, government)) in sections.iter().zip(named) {
        let parent = section.parent.and_then(|parent| all.get(parent as usize));
        let inherited = parent.map_or(Entity::Department, |parent| parent.entity.clone());
        let side = if section.title.contains("收入") {
            Side::Revenue
        } else {
            parent.map_or(Side::Expenditure, |parent| parent.side)
        };
        let entity = match government.filter(|_| governments) {
            Some(government) => Entity::Unit(government.name.into()),
            None => entity(section, inherited),
        };
        all.push(Inherited {
            entity,
            fund: fund.or(parent.and_then(|parent| parent.fund)),
            side,
            label: OnceCell::new(),
        });
    }
    (all, governments)
}

/// The money that a heading names, and the government whose budget it is: （一）全市一般公共预算收支情况.
fn money(title: &str) -> (Option<Fund>, Option<Government>) {
    let title = normal(title);
    let Some((at, fund)) = fund_in(&title) else { return (None, None) };
    let government = government(&title[..at.start], &title[at.clone()], &title[at.end..]);
    (Some(fund), government)
}

fn entity(section: &Section, inherited: Entity) -> Entity {
    let title = &section.title;
    let annex = section.label.starts_with("附") || title.starts_with("附件");
    let report =
        title.contains("自评报告") || title.contains("评价报告") || title.contains("自评表");
    let whole = title.contains("部门整体") || title.contains("整体支出");
    if (annex || report) && !whole && section.parent.is_some() {
        Entity::Project(title.as_str().into())
    } else {
        inherited
    }
}

/// The name or code that a heading is.
fn heading(report: &Report, section: &Section, context: Context<'_>) -> Option<Label> {
    if let Some(code) = code_in(report, section.span) {
        return Some(Label { code: Some(code), ..Label::default() });
    }
    let label = label::read(&section.title, |_| None, context);
    (!label.indicators.is_empty() && !label.generic).then_some(label)
}

fn code_in(report: &Report, span: Span) -> Option<NumberId> {
    let from = report.numbers.partition_point(|number| number.span.start < span.start);
    let inside = report.numbers[from..].iter().take_while(|number| number.span.start < span.end);
    let code = inside.enumerate().find(|(_, number)| number.kind == Kind::Code)?.0;
    Some((from + code) as NumberId)
}
