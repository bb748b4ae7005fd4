//! Spot checks: a random sample that anybody can draw again, and what it says of the whole.

use std::collections::BTreeMap;

/// Draws `size` of `strata.len()` items, stratified: each stratum gives its share of the sample (largest remainder),
/// and which of its items is chance, the same chance for the same seed. Gives indices in order.
pub fn draw<S: Ord>(strata: &[S], size: usize, seed: u64) -> Vec<usize> {
    let mut groups: BTreeMap<&S, Vec<usize>> = BTreeMap::new();
    for (index, stratum) in strata.iter().enumerate() {
        groups.entry(stratum).or_default().push(index);
    }
    let (total, size) = (strata.len(), size.min(strata.len()));
    let mut chance = Chance(seed);
    // Which of several strata with equal remainders gives one more is chance as well.
    let mut shares: Vec<(usize, u64, usize, usize)> = Vec::with_capacity(groups.len());
    for (group, items) in groups.values().enumerate() {
        let exact = items.len() * size;
        shares.push((exact % total.max(1), chance.next(), exact / total.max(1), group));
    }
    let mut left = size - shares.iter().map(|(_, _, whole, _)| whole).sum::<usize>();
    shares.sort_by_key(|(remainder, tie, ..)| (std::cmp::Reverse(*remainder), *tie));
    for (_, _, whole, _) in &mut shares {
        if left > 0 {
            *whole += 1;
            left -= 1;
        }
    }
    shares.sort_by_key(|(.., group)| *group);
    let mut drawn = Vec::with_capacity(size);
    for (mut items, (_, _, share, _)) in groups.into_values().zip(shares) {
        for place in 0..share.min(items.len()) {
            let other = place + (chance.next() % (items.len() - place) as u64) as usize;
            items.swap(place, other);
        }
        drawn.extend_from_slice(&items[..share.min(items.len())]);
    }
    drawn.sort_unstable();
    drawn
}

/// SplitMix64: small, and the same on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// The 95 % confidence interval of a share, after Wilson (1927): `hits` of `size` drawn.
///
/// It is what an endless archive like this would show; for a sample that is a large part of its archive it is wider
/// than it need be, never narrower.
pub fn wilson(hits: usize, size: usize) -> (f64, f64) {
    if size == 0 {
        return (0.0, 1.0);
    }
    const Z: f64 = 1.959_963_984_540_054;
    let (n, p) = (size as f64, hits as f64 / size as f64);
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // At the ends the formula gives 0 and 1 but for rounding.
    let low = if hits == 0 { 0.0 } else { ((middle - half) / scale).max(0.0) };
    let high = if hits == size { 1.0 } else { ((middle + half) / scale).min(1.0) };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stratum_gives_its_share() {
        let strata: Vec<u32> = (0..1000).map(|item| item % 10 / 7).collect();
        let drawn = draw(&strata, 100, 7);
        assert_eq!(drawn.len(), 100);
        assert_eq!(drawn.iter().filter(|at| strata[**at] == 1).count(), 30);
        assert_eq!(drawn, draw(&strata, 100, 7));
        assert_ne!(drawn, draw(&strata, 100, 8));
        assert!(drawn.windows(2).all(|two| two[0] < two[1]));
    }

    #[test]
    fn all_of_a_small_archive_and_none_of_an_empty_one() {
        assert_eq!(draw(&["a", "b"], 5, 1), [0, 1]);
        assert_eq!(draw::<u8>(&[], 5, 1), [0usize; 0]);
    }

    #[test]
    fn every_item_has_the_same_chance() {
        let strata: Vec<u32> = (0..20).map(|item| item / 5).collect();
        let mut drawn = [0; 20];
        for seed in 0..4000 {
            draw(&strata, 4, seed).into_iter().for_each(|at| drawn[at] += 1);
        }
        // 4000 draws of one in five, give or take five standard deviations.
        assert!(drawn.iter().all(|count| (673..=927).contains(count)), "{drawn:?}");
    }

    #[test]
    fn wilson_as_printed_in_the_literature() {
        // Newcombe (1998), table I: 81/263, 15/148, 0/20, 1/29.
        let rounded = |hits, size| {
            let (low, high) = wilson(hits, size);
            (format!("{low:.4}"), format!("{high:.4}"))
        };
        assert_eq!(rounded(81, 263), ("0.2553".into(), "0.3662".into()));
        assert_eq!(rounded(15, 148), ("0.0624".into(), "0.1605".into()));
        assert_eq!(rounded(0, 20), ("0.0000".into(), "0.1611".into()));
        assert_eq!(rounded(1, 29), ("0.0061".into(), "0.1718".into()));
    }
}
