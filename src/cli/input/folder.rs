//! Folders of narratives and tables in separate files (`某局预算说明.pdf`, `某局预算报表.pdf`), without a workbook.

use super::walk::Input;
use super::{Done, Worker};
use gouji::document::{self, Document};
use rayon::prelude::*;
use std::path::Path;

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
        let count = inputs.len();
        let Some(alone) = self.alone(&inputs) else {
            self.bar.inc(count as u64);
            return vec![(0, Done::Known(count))];
        };
        let part = |(place, input): (usize, Input)| match self.read(input.load()) {
            Err(bad) => Some((place, Part::Done(Done::Failed(bad)))),
            Ok(document) if document::is_half(&document) => {
                Some((place, Part::Half(Box::new(document))))
            }
            Ok(_) if alone[place] => Some((place, Part::Done(Done::Known(1)))),
            Ok(document) => taken(place)
                .then(|| (place, Part::Done(self.judge(document::merge(vec![document]))))),
        };
        let (stored, fresh): (Vec<_>, Vec<_>) =
            inputs.into_iter().enumerate().partition(|(place, _)| alone[*place]);
        let mut parts: Vec<_> = fresh.into_par_iter().filter_map(part).collect();
        // What is stored alone may be the other half of what is new.
        if parts.iter().any(|(_, part)| matches!(part, Part::Half(_))) {
            parts.par_extend(stored.into_par_iter().filter_map(part));
        } else {
            self.bar.inc(stored.len() as u64);
            parts.extend(stored.iter().map(|(place, _)| (*place, Part::Done(Done::Known(1)))));
        }
        let (mut results, mut halves) = (Vec::new(), Vec::new());
        for (place, part) in parts {
            match part {
                Part::Done(done) => results.push((place, done)),
                Part::Half(document) => halves.push((place, *document)),
            }
        }
        halves.sort_by_key(|(place, _)| *place);
        let judge = |(place, group): (usize, Vec<Document>)| {
            let known = group.len() == 1 && alone[place];
            let done = || if known { Done::Known(1) } else { self.judge(document::merge(group)) };
            taken(place).then(|| (place, done()))
        };
        results.par_extend(document::pair_halves(halves).into_par_iter().filter_map(judge));
        results.sort_by_key(|(place, _)| *place);
        results
    }

    /// Which of the files are stored as reports of their own; `None` if all are stored as they stand here.
    fn alone(&self, inputs: &[Input]) -> Option<Vec<bool>> {
        let Some(known) = self.known else { return Some(vec![false; inputs.len()]) };
        let hashes: Vec<Option<String>> = inputs.par_iter().map(Input::hash).collect();
        let files: Vec<Option<(&Path, String)>> = inputs
            .iter()
            .zip(hashes)
            .map(|(input, hash)| hash.map(|hash| (input.path(), hash)))
            .collect();
        let all: Option<Vec<_>> = files.iter().cloned().collect();
        if all.is_some_and(|all| known(&all)) {
            return None;
        }
        Some(files.into_iter().map(|file| file.is_some_and(|file| known(&[file]))).collect())
    }
}
