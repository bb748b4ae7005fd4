//! Charts of office files (`word/charts/chart1.xml`): the cached values, e.g. `0.9918` under 财政拨款收入.

use super::xml::{Node, Xml};
use super::{Builder, Origin, Run};

/// Most points of one series.
const MAX_POINTS: usize = 10_000;

/// Hands the chart of a part to the builder; a chart without values is left out.
pub(super) fn read(xml: &Xml, builder: &mut Builder, origin: &Origin) {
    let Some(chart) = xml.root().find("chart") else { return };
    let title = chart.child("title").map(title).unwrap_or_default();
    let mut categories: Vec<String> = Vec::new();
    let mut series = Vec::new();
    let Some(area) = chart.child("plotArea") else { return };
    for node in area.children().flat_map(|kind| kind.children()) {
        if node.name() != "ser" {
            continue;
        }
        let name = node
            .child("tx")
            .map(|tx| match cache(tx).into_iter().flatten().next() {
                Some(name) => name,
                None => tx.texts("v") + &tx.texts("t"),
            })
            .unwrap_or_default();
        let names = node.child("cat").or(node.child("xVal")).map(cache).unwrap_or_default();
        let values = node.child("val").or(node.child("yVal")).map(cache).unwrap_or_default();
        if names.len() > categories.len() {
            categories = names.into_iter().map(Option::unwrap_or_default).collect();
        }
        let values: Vec<_> = values
            .into_iter()
            .map(|value| value.map(|text| Run { text: tidy(&text), origin: origin.clone() }))
            .collect();
        series.push((name, values));
    }
    let longest = series.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
    if longest == 0 || series.iter().all(|(_, values)| values.iter().all(Option::is_none)) {
        return;
    }
    categories.resize(longest.max(categories.len()), String::new());
    let title = match (title.is_empty(), &series[..]) {
        (true, [(name, _)]) => name.clone(),
        _ => title,
    };
    builder.chart(&title, categories, series);
}

fn title(node: Node) -> String {
    let rich = node.texts("t");
    if rich.is_empty() { node.texts("v") } else { rich }
}

/// The cached points of a reference, by index; of nested categories the innermost level.
fn cache(node: Node) -> Vec<Option<String>> {
    let Some(holder) = node
        .descendants()
        .find(|node| matches!(node.name(), "strCache" | "numCache" | "strLit" | "numLit" | "lvl"))
    else {
        return Vec::new();
    };
    let mut out: Vec<Option<String>> = Vec::new();
    for point in holder.children().filter(|node| node.name() == "pt") {
        let at: usize = point.attr("idx").and_then(|at| at.parse().ok()).unwrap_or(out.len());
        if at >= MAX_POINTS {
            continue;
        }
        if out.len() <= at {
            out.resize(at + 1, None);
        }
        out[at] = Some(point.texts("v").trim().to_string()).filter(|text| !text.is_empty());
    }
    out
}

/// A cached number without the noise of binary fractions: `0.13489999999999999` as `0.1349`.
pub(super) fn tidy(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => super::sheet::format::general(value),
        _ => text.to_string(),
    }
}
