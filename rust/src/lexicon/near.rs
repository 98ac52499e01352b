//! Known words one slip of the finger away from a word that nobody knows, and general words within one.
//!
//! A misspelt `techonlogies` would otherwise weigh like the rarest of names. What is found here depends on the word
//! and the lexicon alone, so that a name is read the same whatever it is compared with.

use super::Entry;
use super::filter::Filter;

/// Letters of the words that are looked at; shorter ones lie too near to each other.
pub(super) const LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;
const MOST: usize = *LENGTHS.end() + 1;
/// Bits of the filter before the table: nearly all words miss, and should miss cheaply.
const FILTER: u32 = 21;
/// Bits of a key by which it is looked up, for a handful of keys each.
const BUCKETS: u32 = 15;
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Words filed under themselves and under what is left of them without one letter: two words within one slip share
/// such a key.
#[derive(Debug, Default)]
pub(super) struct Near {
    filter: Filter,
    /// Where the keys that begin with each [`BUCKETS`] bits begin, and where the last end.
    starts: Vec<u32>,
    filed: Vec<(u32, u32)>,
}

impl Near {
    /// Files words; those of other lengths are passed over.
    pub(super) fn of<'a>(words: impl Iterator<Item = (Entry, &'a str)>) -> Self {
        let mut near = Self { filter: Filter::new(FILTER), ..Self::default() };
        for (Entry(entry), word) in words.filter(|(_, word)| LENGTHS.contains(&word.len())) {
            each_key(word.as_bytes(), |key| {
                near.filter.put(spread(key));
                near.filed.push((tag(key), entry));
            });
        }
        near.filed.sort_unstable();
        near.filed.dedup();
        near.starts = (0..=1 << BUCKETS)
            .map(|bucket| {
                near.filed.partition_point(|(tag, _)| u64::from(*tag) < bucket << (u32::BITS - BUCKETS))
            })
            .map(|start| u32::try_from(start).unwrap_or(u32::MAX))
            .collect();
        near
    }

    /// Entries that may lie one slip from a word; the caller looks at their letters ([`slip`]).
    pub(super) fn candidates(&self, word: &str) -> Vec<Entry> {
        let mut found = Vec::new();
        if word.len() >= MOST || word.len() + 1 < *LENGTHS.start() {
            return found;
        }
        each_key(word.as_bytes(), |key| {
            if !self.filter.may_hold(spread(key)) {
                return;
            }
            let bucket = (tag(key) >> (u32::BITS - BUCKETS)) as usize;
            let bucket = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
            let same = self.filed[bucket].iter().filter(|(filed, _)| *filed == tag(key));
            found.extend(same.map(|(_, entry)| Entry(*entry)));
        });
        found.sort_unstable_by_key(|Entry(entry)| *entry);
        found.dedup();
        found
    }
}

/// The hashes of a word and of it without each of its letters, from sums over its beginning and its end.
fn each_key(word: &[u8], mut file: impl FnMut(u64)) {
    let mut ends = [0u64; MOST + 1];
    let mut power = 1u64;
    for (at, letter) in word.iter().enumerate().rev() {
        ends[at] = ends[at + 1].wrapping_add(u64::from(*letter).wrapping_mul(power));
        power = power.wrapping_mul(BASE);
    }
    file(ends[0]);
    // `begun · BASE^rest` grows by a letter at a time while the rest shrinks: the product is kept, not the power.
    let mut begun = 0u64;
    let mut powers = [1u64; MOST + 1];
    for at in 1..=word.len() {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
    }
    for (at, letter) in word.iter().enumerate() {
        file(begun.wrapping_mul(powers[word.len() - at - 1]).wrapping_add(ends[at + 1]));
        begun = begun.wrapping_mul(BASE).wrapping_add(u64::from(*letter));
    }
}

fn spread(key: u64) -> u64 {
    (key ^ key >> 31).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

fn tag(key: u64) -> u32 {
    u32::try_from(spread(key) >> 32).unwrap_or(0)
}

/// Whether one letter more, less, other or swapped with its neighbour makes one word of the other.
pub(crate) fn slip(a: &str, b: &str) -> bool {
    let (a, b) = without_same(a.as_bytes(), b.as_bytes());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    is_slip(&a[..a.len() - end], &b[..b.len() - end])
}

/// What is left of two words without the letters with which both begin.
pub(crate) fn without_same<'w>(a: &'w [u8], b: &'w [u8]) -> (&'w [u8], &'w [u8]) {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    (&a[same..], &b[same..])
}

/// Whether one edit makes one of the other, of pieces that begin and end with different letters.
pub(crate) fn is_slip(a: &[u8], b: &[u8]) -> bool {
    match (a, b) {
        ([_], [_] | []) | ([], [_]) => true,
        ([first, second], [one, two]) => first == two && second == one,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter() {
        for (a, b) in
            [("trading", "tradng"), ("trading", "tradding"), ("trading", "tradinh"), ("bank", "bakn")]
        {
            assert!(slip(a, b) && slip(b, a), "{a} {b}");
        }
        for (a, b) in [("trading", "trading"), ("trading", "trdaign"), ("bank", "bk")] {
            assert!(!slip(a, b), "{a} {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn words_one_slip_apart_meet(word in "[a-d]{4,20}", other in "[a-d]{4,20}", at: proptest::sample::Index, cut: bool) {
            let mut near = word.clone();
            if cut { near.remove(at.index(word.len())); } else { near.insert(at.index(word.len()), 'c'); }
            let filed = Near::of([(Entry(7), word.as_str()), (Entry(8), other.as_str())].into_iter());
            proptest::prop_assert!(filed.candidates(&near).contains(&Entry(7)));
        }
    }
}
