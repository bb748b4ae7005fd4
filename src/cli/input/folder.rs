//! Folders of narratives and tables in separate files (`某局预算说明.pdf`, `某局预算报表.pdf`), without a workbook.

use super::walk::Input;
use super::{Done, Worker};
use gouji::document::{self, Document};
use rayon::prelude::*;

/// What became of one file of a folder.
enum Part<T> {
    /// Whole, or not readable: done with.
    Done(Done<T>),
    /// A narrative without tables, or tables without narrative.
    Half(Box<Document>),
}

impl<T: Send> Worker<'_, T> {
    /// The reports of a folder, each with its place. Only the files that may be halves of a report stay in memory.
    pub(super) fn folder(&self, number: usize, inputs: Vec<Input>) -> Vec<(usize, Done<T>)> {
        let taken = |place| self.chosen.is_none_or(|all| all.contains(&(number, place)));
        let part = |(place, input): (usize, Input)| match self.read(input.load()) {
            Err(bad) => Some((place, Part::Done(Done::Failed(bad)))),
            Ok(document) if document::is_half(&document) => {
                Some((place, Part::Half(Box::new(document))))
            }
            Ok(document) => taken(place)
                .then(|| (place, Part::Done(self.judge(document::merge(vec![document]))))),
        };
        let parts: Vec<_> = inputs.into_par_iter().enumerate().filter_map(part).collect();
        let (mut results, mut halves) = (Vec::new(), Vec::new());
        for (place, part) in parts {
            match part {
                Part::Done(done) => results.push((place, done)),
                Part::Half(document) => halves.push((place, *document)),
            }
        }
        let judge = |(place, group): (usize, Vec<Document>)| {
            taken(place).then(|| (place, self.judge(document::merge(group))))
        };
        results.par_extend(document::pair_halves(halves).into_par_iter().filter_map(judge));
        results.sort_by_key(|(place, _)| *place);
        results
    }
}
