//! Lists filed by hash: buckets by the upper bits, a tag of eight lower bits beside each value.
//!
//! A tag lets through one in 256 entries of a bucket that another hash filed there; whoever reads a value compares
//! what it stands for.

use rayon::prelude::*;

use crate::engine::layout::Writer;

/// Entries of a bucket, on average.
const FULL: usize = 4;

/// Hashes whose buckets are read at once.
const AT_ONCE: usize = 64;
/// Where more than eight tags are to be looked at.
const MANY: u64 = u64::MAX;

/// A table of lists.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// Where each bucket begins; the last one ends the table.
    pub starts: &'a [u32],
    /// The tags, bucket by bucket.
    pub tags: &'a [u8],
    /// The values, beside their tags.
    pub values: &'a [u32],
}

impl<'a> Table<'a> {
    /// The values that may be filed under a hash: all that are, and few others.
    pub fn of(&self, hash: u32) -> impl Iterator<Item = u32> + 'a {
        let (tags, values) = self.bucket(hash);
        let wanted = tag(hash);
        tags.iter().zip(values).filter(move |(tag, _)| **tag == wanted).map(|(_, value)| *value)
    }

    /// Calls `found` with what may be filed under each of some hashes, as [`Self::of`] gives it.
    ///
    /// The buckets of many hashes are read at once: all reads of a pass are independent and nothing branches on them, so
    /// that the processor waits for memory once in a pass and not hash by hash.
    pub fn each(&self, hashes: &[u32], mut found: impl FnMut(u32)) {
        let Some(buckets) = self.starts.len().checked_sub(1).filter(|buckets| *buckets > 0) else { return };
        let mut ranges = [(0u32, 0u32); AT_ONCE];
        let mut hits = [0u64; AT_ONCE];
        for hashes in hashes.chunks(AT_ONCE) {
            for (range, hash) in ranges.iter_mut().zip(hashes) {
                let bucket = bucket_of(*hash, buckets);
                *range = (self.starts[bucket], self.starts[bucket + 1]);
            }
            for ((hit, (start, end)), hash) in hits.iter_mut().zip(&ranges).zip(hashes) {
                *hit = self.tagged(*start, *end, tag(*hash));
            }
            for ((hit, (start, end)), hash) in hits.iter().zip(&ranges).zip(hashes) {
                if *hit == MANY {
                    self.of(*hash).for_each(&mut found);
                    continue;
                }
                let mut hit = *hit;
                while hit != 0 {
                    let at = start + hit.trailing_zeros() / u8::BITS;
                    if at < *end && self.tags[at as usize] == tag(*hash) {
                        found(self.values[at as usize]);
                    }
                    hit &= hit - 1;
                }
            }
        }
    }

    /// Which of eight tags are one, as [`equal`] says it, or [`MANY`] where they are not all of the bucket.
    fn tagged(&self, start: u32, end: u32, tag: u8) -> u64 {
        let eight = self.tags.get(start as usize..).and_then(|tags| tags.first_chunk());
        let marked = equal(*eight.unwrap_or(&[0; 8]), tag);
        if end.saturating_sub(start) > 8 || eight.is_none() { MANY } else { marked }
    }

    fn bucket(&self, hash: u32) -> (&'a [u8], &'a [u32]) {
        if self.starts.len() < 2 {
            return (&[], &[]);
        }
        let bucket = bucket_of(hash, self.starts.len() - 1);
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        (&self.tags[range.clone()], &self.values[range])
    }
}

/// The top bit of each of eight bytes, the first of them lowest, that equals a byte. A byte above such a one may be marked
/// too.
#[must_use]
pub fn equal(eight: [u8; 8], byte: u8) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const TOPS: u64 = ONES << 7;
    let differ = u64::from_le_bytes(eight) ^ (ONES * u64::from(byte));
    differ.wrapping_sub(ONES) & !differ & TOPS
}

fn tag(hash: u32) -> u8 {
    hash.to_le_bytes()[0]
}

/// The bucket of a hash among `buckets`.
fn bucket_of(hash: u32, buckets: usize) -> usize {
    usize::try_from((u64::from(hash) * buckets as u64) >> 32).unwrap_or(0)
}

/// An entry to be filed: its hash in the upper half, its value in the lower.
#[must_use]
pub fn entry(hash: u32, value: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(value)
}

/// Files entries and writes the table's three sections.
pub fn put(writer: &mut Writer, mut entries: Vec<u64>) {
    entries.par_sort_unstable();
    entries.dedup();
    let (starts, tags, values) = arrays(&entries);
    drop(entries);
    writer.put(&starts);
    writer.put(&tags);
    writer.put(&values);
}

/// The arrays of a table of sorted entries.
fn arrays(entries: &[u64]) -> (Vec<u32>, Vec<u8>, Vec<u32>) {
    let buckets = (entries.len() / FULL).max(1);
    let mut starts = vec![0u32; buckets + 1];
    for entry in entries {
        starts[bucket_of(hash(*entry), buckets) + 1] += 1;
    }
    for bucket in 0..buckets {
        starts[bucket + 1] += starts[bucket];
    }
    let tags = entries.iter().map(|entry| tag(hash(*entry))).collect();
    (starts, tags, entries.iter().map(|entry| value(*entry)).collect())
}

fn hash(entry: u64) -> u32 {
    u32::try_from(entry >> 32).unwrap_or(0)
}

fn value(entry: u64) -> u32 {
    u32::try_from(entry & u64::from(u32::MAX)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::strategy::Strategy;

    /// A few hashes, some of which share bucket and tag.
    fn hashes() -> impl Strategy<Value = Vec<u32>> {
        proptest::collection::vec((0..8u32, 0..4u32).prop_map(|(high, low)| high << 28 | low), 0..200)
    }

    proptest::proptest! {
        #[test]
        fn many_hashes_find_what_each_of_them_finds(filed in hashes(), asked in hashes()) {
            let mut entries: Vec<u64> = (0u32..).zip(&filed).map(|(value, hash)| entry(*hash, value)).collect();
            entries.sort_unstable();
            let (starts, tags, values) = arrays(&entries);
            let table = Table { starts: &starts, tags: &tags, values: &values };
            let mut found = Vec::new();
            table.each(&asked, |value| found.push(value));
            let one_by_one: Vec<u32> = asked.iter().flat_map(|hash| table.of(*hash)).collect();
            proptest::prop_assert_eq!(&found, &one_by_one);
            let held = |hash: &u32| asked.contains(hash);
            let wanted = (0u32..).zip(&filed).filter(|(_, hash)| held(hash)).map(|(value, _)| value);
            proptest::prop_assert!(wanted.into_iter().all(|value| found.contains(&value)));
        }
    }
}
