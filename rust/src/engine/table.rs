//! Lists filed by hash: buckets by the upper bits, a tag of eight lower bits beside each value.
//!
//! A tag lets through one in 256 entries of a bucket that another hash filed there; whoever reads a value compares
//! what it stands for.

use rayon::prelude::*;

use crate::engine::layout::Writer;

/// Entries of a bucket, on average.
const FULL: usize = 4;

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

    fn bucket(&self, hash: u32) -> (&'a [u8], &'a [u32]) {
        if self.starts.len() < 2 {
            return (&[], &[]);
        }
        let bucket = bucket_of(hash, self.starts.len() - 1);
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        (&self.tags[range.clone()], &self.values[range])
    }
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
    let buckets = (entries.len() / FULL).max(1);
    let mut starts = vec![0u32; buckets + 1];
    for entry in &entries {
        starts[bucket_of(hash(*entry), buckets) + 1] += 1;
    }
    for bucket in 0..buckets {
        starts[bucket + 1] += starts[bucket];
    }
    writer.put(&starts);
    writer.put(&entries.iter().map(|entry| tag(hash(*entry))).collect::<Vec<_>>());
    writer.put(&entries.iter().map(|entry| value(*entry)).collect::<Vec<_>>());
}

fn hash(entry: u64) -> u32 {
    u32::try_from(entry >> 32).unwrap_or(0)
}

fn value(entry: u64) -> u32 {
    u32::try_from(entry & u64::from(u32::MAX)).unwrap_or(0)
}
