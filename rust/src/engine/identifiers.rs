//! Identifiers beside the names: exact, each filed by the hash of its text (`scheme:value`, in normal form).
//!
//! Hashes are kept in order and found by halving. What stands under one is compared with the stored text, so two texts that share a hash are never taken for each other.
//! An entry carries whose it is, that party's first name and its kind, and the time for which it holds. Reads are
//! checked: what a damaged file that was not verified leads astray is not found, and nothing panics.

use xxhash_rust::xxh3::xxh3_64;

use crate::engine::layout::Writer;
use crate::engine::segment::{KINDS, Segment};
use crate::tokens::Kind;

/// Sections that hold identifiers, after those of the parts.
pub const SECTIONS: usize = 12;

/// An identifier to be indexed.
#[derive(Clone, Copy)]
pub struct Mark<'a> {
    /// Whose it is.
    pub id: &'a str,
    /// By which name to show the party; may be empty.
    pub name: &'a str,
    /// What kind that name is of.
    pub kind: Kind,
    /// What it is called: lei, imo …; holds no colon.
    pub scheme: &'a str,
    /// Its value, in the scheme's normal form.
    pub value: &'a str,
    /// From when it holds (inclusive), in microseconds since 1970.
    pub valid_from: i64,
    /// Until when it holds (exclusive).
    pub valid_to: i64,
}

/// An identifier found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Whose it is.
    pub id: &'a str,
    /// By which name to show the party.
    pub name: &'a str,
    /// What kind that name is of.
    pub kind: Kind,
}

/// The sections of a segment that hold its identifiers.
#[derive(Clone, Copy)]
pub struct Identifiers<'a> {
    ids: Texts<'a>,
    names: Texts<'a>,
    keys: Texts<'a>,
    kinds: &'a [u8],
    valid_from: &'a [i64],
    valid_to: &'a [i64],
    hashes: &'a [u32],
    rows: &'a [u32],
    schemes: &'a [u8],
}

/// A column of texts.
#[derive(Clone, Copy)]
struct Texts<'a> {
    starts: &'a [u32],
    bytes: &'a [u8],
}

impl<'a> Texts<'a> {
    fn get(&self, row: usize) -> Option<&'a str> {
        let (start, end) = (*self.starts.get(row)? as usize, *self.starts.get(row + 1)? as usize);
        std::str::from_utf8(self.bytes.get(start..end)?).ok()
    }

    fn holds(&self, rows: usize, deep: bool) -> bool {
        self.starts.len() == rows + 1
            && self.starts.last().is_some_and(|end| *end as usize == self.bytes.len())
            && (!deep
                || (self.starts.windows(2).all(|two| two[0] <= two[1])
                    && (0..rows).all(|row| self.get(row).is_some())))
    }
}

fn hash32(key: &str) -> u32 {
    u32::try_from(xxh3_64(key.as_bytes()) >> 32).unwrap_or(0)
}

fn key_of(scheme: &str, value: &str) -> String {
    format!("{scheme}:{value}")
}

/// Writes the identifiers' sections.
pub fn put(writer: &mut Writer, marks: &[Mark<'_>]) {
    let keys: Vec<String> = marks.iter().map(|mark| key_of(mark.scheme, mark.value)).collect();
    put_texts(writer, marks.iter().map(|mark| mark.id));
    put_texts(writer, marks.iter().map(|mark| mark.name));
    put_texts(writer, keys.iter().map(String::as_str));
    writer.put(&marks.iter().map(|mark| number_of(mark.kind)).collect::<Vec<_>>());
    writer.put(&marks.iter().map(|mark| mark.valid_from).collect::<Vec<_>>());
    writer.put(&marks.iter().map(|mark| mark.valid_to).collect::<Vec<_>>());
    put_table(writer, &keys);
    let mut schemes: Vec<&str> = marks.iter().map(|mark| mark.scheme).collect();
    schemes.sort_unstable();
    schemes.dedup();
    writer.put(schemes.join(":").as_bytes());
}

fn put_texts<'a>(writer: &mut Writer, texts: impl Iterator<Item = &'a str>) {
    let (mut starts, mut bytes) = (vec![0u32], Vec::new());
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
        starts.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    }
    writer.put(&starts);
    writer.put(&bytes);
}

/// Hashes in order, and the rows beside them.
fn put_table(writer: &mut Writer, keys: &[String]) {
    let mut filed: Vec<(u32, u32)> = (0u32..).zip(keys).map(|(row, key)| (hash32(key), row)).collect();
    filed.sort_unstable();
    writer.put(&filed.iter().map(|(hash, _)| *hash).collect::<Vec<_>>());
    writer.put(&filed.iter().map(|(_, row)| *row).collect::<Vec<_>>());
}

fn number_of(kind: Kind) -> u8 {
    KINDS.iter().position(|known| *known == kind).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

impl<'a> Identifiers<'a> {
    /// The identifiers of a segment whose sections begin at `first`.
    #[must_use]
    pub fn of(segment: &'a Segment, first: usize) -> Self {
        let texts = |at| Texts { starts: segment.get(first + at), bytes: segment.get(first + at + 1) };
        Self {
            ids: texts(0),
            names: texts(2),
            keys: texts(4),
            kinds: segment.get(first + 6),
            valid_from: segment.get(first + 7),
            valid_to: segment.get(first + 8),
            hashes: segment.get(first + 9),
            rows: segment.get(first + 10),
            schemes: segment.get(first + 11),
        }
    }

    /// Whose this identifier is, in the order of the list; `at` an instant, or at any time.
    #[must_use]
    pub fn find(&self, scheme: &str, value: &str, at: Option<i64>) -> Vec<Found<'a>> {
        let key = key_of(scheme, value);
        let rows = self.filed(hash32(&key)).iter().map(|row| *row as usize);
        rows.filter(|row| self.keys.get(*row) == Some(&key) && self.holds_at(*row, at))
            .filter_map(|row| {
                let kind = *KINDS.get(usize::from(*self.kinds.get(row)?))?;
                Some(Found { id: self.ids.get(row)?, name: self.names.get(row)?, kind })
            })
            .collect()
    }

    /// Every scheme under which something is filed, in order.
    #[must_use]
    pub fn schemes(&self) -> Vec<&'a str> {
        let joined = std::str::from_utf8(self.schemes).unwrap_or("");
        joined.split(':').filter(|scheme| !scheme.is_empty()).collect()
    }

    /// Checks the sections against each other: their lengths, and if `deep` every offset and text in them.
    ///
    /// # Errors
    ///
    /// What is wrong.
    pub fn check(&self, deep: bool) -> Result<(), String> {
        let rows = self.kinds.len();
        let columns = [self.ids, self.names, self.keys].iter().all(|texts| texts.holds(rows, deep))
            && self.valid_from.len() == rows
            && self.valid_to.len() == rows
            && self.hashes.len() == rows
            && self.rows.len() == rows;
        let leads = !deep
            || (self.hashes.is_sorted()
                && self.rows.iter().all(|row| (*row as usize) < rows)
                && self.kinds.iter().all(|kind| usize::from(*kind) < KINDS.len())
                && std::str::from_utf8(self.schemes).is_ok());
        if columns && leads {
            return Ok(());
        }
        Err("the index is damaged: its identifiers do not hold".to_owned())
    }

    /// The rows filed under a hash.
    fn filed(&self, hash: u32) -> &'a [u32] {
        let first = self.hashes.partition_point(|other| *other < hash);
        let past = self.hashes.partition_point(|other| *other <= hash);
        self.rows.get(first..past).unwrap_or(&[])
    }

    fn holds_at(&self, row: usize, at: Option<i64>) -> bool {
        let (Some(from), Some(to)) = (self.valid_from.get(row), self.valid_to.get(row)) else {
            return false;
        };
        at.is_none_or(|at| *from <= at && at < *to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::build::build_with;
    use crate::engine::memory::Memory;
    use crate::lexicon::Lexicon;

    const ALWAYS: (i64, i64) = (i64::MIN, i64::MAX);

    fn mark<'a>(
        id: &'a str,
        scheme: &'a str,
        value: &'a str,
        (valid_from, valid_to): (i64, i64),
    ) -> Mark<'a> {
        Mark { id, name: "Alder", kind: Kind::Vessel, scheme, value, valid_from, valid_to }
    }

    fn image(marks: &[Mark<'_>]) -> Memory {
        build_with(&Lexicon::empty(), &[], marks, 7)
    }

    fn opened(marks: &[Mark<'_>]) -> Segment {
        Segment::open(image(marks), 7, true).unwrap()
    }

    fn ids<'a>(segment: &'a Segment, scheme: &str, value: &str, at: Option<i64>) -> Vec<&'a str> {
        segment.identifiers().find(scheme, value, at).iter().map(|found| found.id).collect()
    }

    #[test]
    fn an_identifier_is_found_under_its_own_scheme_and_value_alone() {
        let segment = opened(&[mark("a", "imo", "9074729", ALWAYS), mark("b", "reg", "9074729", ALWAYS)]);
        assert_eq!(ids(&segment, "imo", "9074729", None), ["a"]);
        assert_eq!(ids(&segment, "reg", "9074729", None), ["b"]);
        assert!(ids(&segment, "imo", "9074728", None).is_empty());
        assert_eq!(segment.identifiers().schemes(), ["imo", "reg"]);
    }

    #[test]
    fn two_parties_may_carry_one_identifier_each_for_its_time() {
        let segment = opened(&[mark("a", "reg", "1", (i64::MIN, 10)), mark("b", "reg", "1", (10, i64::MAX))]);
        assert_eq!(ids(&segment, "reg", "1", None), ["a", "b"]);
        assert_eq!(ids(&segment, "reg", "1", Some(9)), ["a"]);
        assert_eq!(ids(&segment, "reg", "1", Some(10)), ["b"]);
    }

    #[test]
    fn a_segment_without_identifiers_finds_none() {
        let segment = opened(&[]);
        assert!(ids(&segment, "imo", "1", None).is_empty());
        assert!(segment.identifiers().schemes().is_empty());
    }

    proptest! {
        #[test]
        fn every_identifier_of_a_list_is_found(values in prop::collection::vec("[A-C0-1]{0,3}", 0..60)) {
            let marks: Vec<Mark<'_>> = values.iter().map(|value| mark(value, "reg", value, ALWAYS)).collect();
            let segment = opened(&marks);
            for value in &values {
                let held = values.iter().filter(|other| *other == value).count();
                prop_assert_eq!(ids(&segment, "reg", value, None), vec![value.as_str(); held]);
            }
        }

        #[test]
        fn a_damaged_file_is_refused_or_read_without_panic(at in 64usize..4000, bits in 1u8..=255) {
            let values: Vec<String> = (0..20).map(|number| number.to_string()).collect();
            let marks: Vec<Mark<'_>> = values.iter().map(|value| mark(value, "reg", value, ALWAYS)).collect();
            let Memory::Owned(mut words) = image(&marks) else { unreachable!() };
            let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
            let at = at % bytes.len();
            bytes[at] ^= bits;
            if let Ok(segment) = Segment::open(Memory::Owned(words), 7, false) {
                for value in &values {
                    let _ = ids(&segment, "reg", value, None);
                }
                let _ = segment.identifiers().schemes();
            }
        }
    }
}
