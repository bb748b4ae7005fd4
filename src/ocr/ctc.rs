//! From the reading network's likelihoods to characters: the likeliest string, how sure it is, and what else it might be.
//!
//! The network gives, for each step along the line, how likely each character is; 0 means "none". A character may hold
//! for several steps; two equal ones are parted by a step of none. The steps between sure nones are a *piece*: one
//! character or a few that touch. The likelihood of a string of a piece is the sum over all ways to spread it over the
//! steps, so a lost or doubled digit is weighed as fairly as a `3` for an `8`.

/// A step is surely between characters from here.
const SURE_NONE: f32 = 0.98;
/// Characters less likely than this at a step are not followed.
const LEAST: f32 = 0.001;
/// Characters followed at each step.
const WIDTH: usize = 5;
/// Characters weighed together.
const STRETCH: usize = 64;
/// Strings kept for a piece.
const BEAM: usize = 12;
/// Other readings kept for a piece.
const OTHERS: usize = 5;

/// A few characters that were read together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Piece {
    /// Labels of the characters and the step at which each stands.
    pub signs: Vec<(usize, f32)>,
    /// How likely this reading is, 0 to 1.
    pub certainty: f32,
    /// Other readings and how likely each is, the likeliest first; a reading may be empty.
    pub others: Vec<(Vec<usize>, f32)>,
}

/// The pieces of a line of `steps`, each a slice of `labels` likelihoods.
pub fn decode(likelihoods: &[f32], labels: usize) -> Vec<Piece> {
    let steps: Vec<Step> = likelihoods.chunks_exact(labels).map(Step::of).collect();
    let mut pieces = Vec::new();
    let mut start = 0;
    for at in 0..=steps.len() {
        let none = steps.get(at).is_none_or(|step| step.none >= SURE_NONE);
        if none {
            if at > start {
                pieces.extend(piece(&steps[start..at], start));
            }
            start = at + 1;
        }
    }
    pieces
}

/// The likeliest characters at one step.
struct Step {
    none: f32,
    best: Vec<(usize, f32)>,
}

impl Step {
    fn of(likelihoods: &[f32]) -> Self {
        let mut best: Vec<(usize, f32)> = Vec::with_capacity(WIDTH + 1);
        // Nearly all of the many thousand characters are out of the question: whole stretches are passed over.
        for (stretch, part) in likelihoods.chunks(STRETCH).enumerate() {
            if part.iter().fold(0.0f32, |most, likely| most.max(*likely)) < LEAST {
                continue;
            }
            for (index, likely) in part.iter().enumerate() {
                let label = stretch * STRETCH + index;
                if *likely >= LEAST && label > 0 {
                    let at = best.partition_point(|(_, other)| other >= likely);
                    best.insert(at, (label, *likely));
                    best.truncate(WIDTH);
                }
            }
        }
        Self { none: likelihoods.first().copied().unwrap_or(1.0), best }
    }

    fn top(&self) -> Option<(usize, f32)> {
        self.best.first().copied().filter(|(_, likely)| *likely > self.none)
    }
}

/// A string and how likely the steps so far spell it, ending with none or with its last character.
#[derive(Clone)]
struct Prefix {
    labels: Vec<usize>,
    with_none: f32,
    without: f32,
}

impl Prefix {
    fn likely(&self) -> f32 {
        self.with_none + self.without
    }
}

fn piece(steps: &[Step], first: usize) -> Option<Piece> {
    let mut beam = vec![Prefix { labels: Vec::new(), with_none: 1.0, without: 0.0 }];
    for step in steps {
        let mut next: Vec<Prefix> = Vec::with_capacity(beam.len() * (step.best.len() + 1));
        let mut add = |labels: &[usize], with_none: f32, without: f32| match next
            .iter_mut()
            .find(|prefix| prefix.labels == labels)
        {
            Some(prefix) => {
                prefix.with_none += with_none;
                prefix.without += without;
            }
            None => next.push(Prefix { labels: labels.to_vec(), with_none, without }),
        };
        for prefix in &beam {
            add(&prefix.labels, prefix.likely() * step.none, 0.0);
            for (label, likely) in &step.best {
                let mut longer = prefix.labels.clone();
                longer.push(*label);
                if prefix.labels.last() == Some(label) {
                    add(&prefix.labels, 0.0, prefix.without * likely);
                    add(&longer, 0.0, prefix.with_none * likely);
                } else {
                    add(&longer, 0.0, prefix.likely() * likely);
                }
            }
        }
        next.sort_by(|a, b| b.likely().total_cmp(&a.likely()));
        next.truncate(BEAM);
        beam = next;
    }
    let mut strings = beam.into_iter();
    let best = strings.next()?;
    let certainty = best.likely();
    let others: Vec<_> = strings
        .map(|other| (other.likely(), other.labels))
        .take(OTHERS)
        .filter(|(likely, _)| *likely > LEAST)
        .map(|(likely, labels)| (labels, likely))
        .collect();
    if best.labels.is_empty() && others.is_empty() {
        return None;
    }
    Some(Piece { signs: place(&best.labels, steps, first), certainty, others })
}

/// Where each character of a piece stands: at its likeliest step.
fn place(labels: &[usize], steps: &[Step], first: usize) -> Vec<(usize, f32)> {
    let mut peaks: Vec<(usize, f32, f32)> = Vec::new();
    let mut before = None;
    for (index, step) in steps.iter().enumerate() {
        let top = step.top();
        match top {
            Some((label, likely)) if before == Some(label) => {
                if let Some(peak) = peaks.last_mut().filter(|peak| peak.2 < likely) {
                    *peak = (label, (first + index) as f32, likely);
                }
            }
            Some((label, likely)) => peaks.push((label, (first + index) as f32, likely)),
            None => {}
        }
        before = top.map(|(label, _)| label);
    }
    if peaks.iter().map(|peak| peak.0).eq(labels.iter().copied()) {
        return peaks.into_iter().map(|(label, step, _)| (label, step)).collect();
    }
    let share = steps.len() as f32 / labels.len().max(1) as f32;
    let at = |index: usize| first as f32 + (index as f32 + 0.5) * share - 0.5;
    labels.iter().enumerate().map(|(index, label)| (*label, at(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps over none, `a` (1), `b` (2).
    fn read(steps: &[[f32; 3]]) -> Vec<Piece> {
        decode(&steps.concat(), 3)
    }

    #[test]
    fn repeats_count_once_unless_parted() {
        let pieces = read(&[[0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].signs, [(1, 0.0)]);
        assert_eq!(pieces[1].signs, [(1, 3.0)]);
    }

    #[test]
    fn doubt_between_one_and_two_is_told() {
        let pieces = read(&[[0.0, 1.0, 0.0], [0.4, 0.6, 0.0], [0.0, 1.0, 0.0]]);
        assert_eq!(pieces.len(), 1);
        assert_eq!(pieces[0].signs.len(), 1);
        assert!((pieces[0].certainty - 0.6).abs() < 1e-6);
        assert_eq!(pieces[0].others[0].0, [1, 1]);
    }

    #[test]
    fn the_likelier_string_wins_over_the_likeliest_steps() {
        // Step by step "none" wins, yet "b" is likelier than nothing at all.
        let pieces = read(&[[0.55, 0.0, 0.45], [0.55, 0.0, 0.45]]);
        assert_eq!(pieces[0].signs.iter().map(|sign| sign.0).collect::<Vec<_>>(), [2]);
    }
}
