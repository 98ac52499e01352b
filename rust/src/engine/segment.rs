//! A list of names as laid out for searching: one part per kind, and in each part everything in order of name weight.
//!
//! Names are numbered by rising total weight, so a range of weights is a range of numbers and every list of postings
//! is sorted by weight without saying so. A posting carries the name's number and a 32-bit signature of its words.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use crate::engine::identifiers::{self, Identifiers};
use crate::engine::layout::{array, checksum, sections};
use crate::tokens::{Class, Kind, Token};

/// The kinds in the order of their parts.
pub const KINDS: [Kind; 4] = [Kind::Person, Kind::Organisation, Kind::Vessel, Kind::Other];
/// Sections that describe the names: ids, texts, validity.
pub const COMMON: usize = 6;
/// Sections of each part.
pub const PER_PART: usize = 17;
/// Bit of a signature that says: one of the words is an initial.
pub const HAS_INITIAL: u32 = 1 << 31;

/// A name that holds a word: its number and the signature of its words.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Posting {
    /// Number of the name within its part.
    pub name: u32,
    /// Signature of its words.
    pub signature: u32,
}

/// Something filed under a hash.
#[derive(Clone, Copy, Debug, Pod, Zeroable, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C)]
pub struct Filed {
    /// Lower half of the hash.
    pub hash: u32,
    /// A word or a name.
    pub value: u32,
}

/// The signature bit of a word.
#[must_use]
pub fn bit_of(word: u32) -> u32 {
    1 << ((word.wrapping_mul(0x9E37_79B1) >> 27) % 31)
}

/// A table of lists, filed by the upper bits of a 32-bit hash.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// Where each bucket begins; the last one ends the table.
    pub starts: &'a [u32],
    /// The entries, bucket by bucket.
    pub entries: &'a [Filed],
}

impl<'a> Table<'a> {
    /// The entries of the bucket of a hash.
    #[must_use]
    pub fn bucket(&self, hash: u32) -> &'a [Filed] {
        if self.starts.len() < 2 {
            return &[];
        }
        let bucket = bucket_of(hash, self.starts.len() - 1);
        &self.entries[self.starts[bucket] as usize..self.starts[bucket + 1] as usize]
    }

    /// The values filed under a hash.
    pub fn of(&self, hash: u32) -> impl Iterator<Item = u32> + 'a {
        self.bucket(hash).iter().filter(move |entry| entry.hash == hash).map(|entry| entry.value)
    }
}

/// The bucket of a hash among `buckets`.
#[must_use]
pub fn bucket_of(hash: u32, buckets: usize) -> usize {
    usize::try_from((u64::from(hash) * buckets as u64) >> 32).unwrap_or(0)
}

/// One part: the names of one kind.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// The kind under which its names were analysed.
    pub kind: Kind,
    /// Row of its first name among all names of the segment.
    pub base: u32,
    /// Where each word's letters begin.
    pub word_starts: &'a [u32],
    /// The letters of all words.
    pub letters: &'a [u8],
    /// What each word does.
    pub classes: &'a [u8],
    /// What each word weighs.
    pub weights: &'a [u16],
    /// Hash table of words by letters: slots hold a word's number plus one.
    pub slots: &'a [u32],
    /// Where the postings of each word begin.
    pub posting_starts: &'a [u32],
    /// The postings.
    pub postings: &'a [Posting],
    /// Where the words of each name begin.
    pub name_starts: &'a [u32],
    /// The words of each name, in order.
    pub name_words: &'a [u32],
    /// First name of each total weight, and one past the last.
    pub by_weight: &'a [u32],
    /// Words by skeleton.
    pub sounds: Table<'a>,
    /// Words by what is left when letters are taken out.
    pub deletions: Table<'a>,
    /// Names by the joins of their words.
    pub joins: Table<'a>,
}

impl<'a> Part<'a> {
    /// How many names it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.name_starts.len() - 1
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The letters of a word.
    #[must_use]
    pub fn text(&self, word: u32) -> &'a str {
        let range = self.word_starts[word as usize] as usize..self.word_starts[word as usize + 1] as usize;
        std::str::from_utf8(&self.letters[range]).unwrap_or("")
    }

    /// What a word does.
    #[must_use]
    pub fn class(&self, word: u32) -> Class {
        class_of(self.classes[word as usize])
    }

    /// A word as analysed.
    #[must_use]
    pub fn token(&self, word: u32) -> Token {
        Token {
            text: self.text(word).to_owned(),
            class: self.class(word),
            weight: self.weights[word as usize],
        }
    }

    /// The words of a name.
    #[must_use]
    pub fn words_of(&self, name: u32) -> &'a [u32] {
        &self.name_words
            [self.name_starts[name as usize] as usize..self.name_starts[name as usize + 1] as usize]
    }

    /// The postings of a word.
    #[must_use]
    pub fn postings_of(&self, word: u32) -> &'a [Posting] {
        let range =
            self.posting_starts[word as usize] as usize..self.posting_starts[word as usize + 1] as usize;
        &self.postings[range]
    }

    /// The names whose total weight lies in a range of weights.
    #[must_use]
    pub fn names_between(&self, least: u32, most: u32) -> Range<u32> {
        let end = self.by_weight.len() - 1;
        let (low, high) = ((least as usize).min(end), (most as usize).saturating_add(1).min(end));
        self.by_weight[low]..self.by_weight[high].max(self.by_weight[low])
    }
}

/// The class of its number.
#[must_use]
pub fn class_of(number: u8) -> Class {
    match number {
        1 => Class::Generic,
        2 => Class::Legal,
        3 => Class::Title,
        4 => Class::Particle,
        5 => Class::Initial,
        6 => Class::Number,
        _ => Class::Plain,
    }
}

/// The memory that holds an image: built here, or a mapped file.
pub enum Memory {
    /// Built by this process; words keep it aligned.
    Owned(Vec<u64>, usize),
    /// A mapped file, shared by all processes that open it.
    Mapped(memmap2::Mmap),
}

impl Memory {
    /// Takes over an image.
    #[must_use]
    pub fn owned(image: &[u8]) -> Self {
        let mut words = vec![0u64; image.len().div_ceil(8)];
        bytemuck::cast_slice_mut::<u64, u8>(&mut words)[..image.len()].copy_from_slice(image);
        Self::Owned(words, image.len())
    }

    /// The image.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Owned(words, length) => &bytemuck::cast_slice(words)[..*length],
            Self::Mapped(map) => map,
        }
    }
}

/// A checked image: its sections can be read without further checks.
pub struct Segment {
    memory: Memory,
    ranges: Vec<Range<usize>>,
}

/// The names' own sections.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// Where each id begins.
    pub id_starts: &'a [u32],
    /// The ids' bytes.
    pub ids: &'a [u8],
    /// Where each name begins.
    pub text_starts: &'a [u32],
    /// The names' bytes.
    pub texts: &'a [u8],
    /// First instant of validity (inclusive), in microseconds since 1970.
    pub valid_from: &'a [i64],
    /// Last instant of validity (exclusive).
    pub valid_to: &'a [i64],
}

impl<'a> Names<'a> {
    /// The id of a row.
    #[must_use]
    pub fn id(&self, row: u32) -> &'a str {
        slice(self.id_starts, self.ids, row)
    }

    /// The name of a row.
    #[must_use]
    pub fn text(&self, row: u32) -> &'a str {
        slice(self.text_starts, self.texts, row)
    }
}

fn slice<'a>(starts: &[u32], bytes: &'a [u8], row: u32) -> &'a str {
    std::str::from_utf8(&bytes[starts[row as usize] as usize..starts[row as usize + 1] as usize])
        .unwrap_or("")
}

impl Segment {
    /// Opens an image. Its header, table and the lengths of its arrays are always checked; `verify` also checks the
    /// checksum, every offset and every text. Reads are bounds-checked in any case: a damaged file that was not
    /// verified ends a search with an error, never with foreign memory.
    ///
    /// # Errors
    ///
    /// What is wrong with the image.
    pub fn open(memory: Memory, fingerprint: u64, verify: bool) -> Result<Self, String> {
        let count = COMMON + PER_PART * KINDS.len() + identifiers::SECTIONS;
        let ranges = sections(memory.bytes(), fingerprint, count, verify)?;
        let segment = Self { memory, ranges };
        segment.check(verify)?;
        Ok(segment)
    }

    /// Content id of the image.
    #[must_use]
    pub fn checksum(&self) -> u64 {
        checksum(self.memory.bytes())
    }

    /// The image as written to a file.
    #[must_use]
    pub fn image(&self) -> &[u8] {
        self.memory.bytes()
    }

    /// How many names it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names().id_starts.len() - 1
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn get<T: Pod>(&self, section: usize) -> &[T] {
        array(self.memory.bytes(), &self.ranges[section]).unwrap_or(&[])
    }

    /// The names' sections.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names {
            id_starts: self.get(0),
            ids: self.get(1),
            text_starts: self.get(2),
            texts: self.get(3),
            valid_from: self.get(4),
            valid_to: self.get(5),
        }
    }

    /// The identifiers.
    #[must_use]
    pub fn identifiers(&self) -> Identifiers<'_> {
        Identifiers::of(self, COMMON + PER_PART * KINDS.len())
    }

    /// The part of a kind.
    #[must_use]
    pub fn part(&self, number: usize) -> Part<'_> {
        let at = COMMON + number * PER_PART;
        Part {
            kind: KINDS[number],
            base: self.get::<u32>(at).first().copied().unwrap_or(0),
            word_starts: self.get(at + 1),
            letters: self.get(at + 2),
            classes: self.get(at + 3),
            weights: self.get(at + 4),
            slots: self.get(at + 5),
            posting_starts: self.get(at + 6),
            postings: self.get(at + 7),
            name_starts: self.get(at + 8),
            name_words: self.get(at + 9),
            by_weight: self.get(at + 10),
            sounds: Table { starts: self.get(at + 11), entries: self.get(at + 12) },
            deletions: Table { starts: self.get(at + 13), entries: self.get(at + 14) },
            joins: Table { starts: self.get(at + 15), entries: self.get(at + 16) },
        }
    }

    /// Checks the arrays against each other: their lengths, and if `deep` every offset and text in them.
    fn check(&self, deep: bool) -> Result<(), String> {
        self.identifiers().check(deep)?;
        let names = self.names();
        let rows = names.id_starts.len().checked_sub(1).ok_or("the index is damaged: it has no rows")?;
        let even = names.text_starts.len() == rows + 1
            && names.valid_from.len() == rows
            && names.valid_to.len() == rows;
        ensure(even, "its columns differ in length")?;
        offsets(names.id_starts, names.ids.len(), deep)?;
        offsets(names.text_starts, names.texts.len(), deep)?;
        let texts =
            !deep || (std::str::from_utf8(names.ids).is_ok() && std::str::from_utf8(names.texts).is_ok());
        ensure(texts, "its texts are no text")?;
        let mut base = 0;
        for number in 0..KINDS.len() {
            let part = self.part(number);
            ensure(part.base as usize == base && !part.name_starts.is_empty(), "its parts do not join")?;
            base += part.len();
            check_lengths(&part, deep)?;
            if deep {
                check_references(&part)?;
            }
        }
        ensure(base == rows, "its parts do not cover its names")
    }
}

fn check_lengths(part: &Part<'_>, deep: bool) -> Result<(), String> {
    let words = part.weights.len();
    let even = part.classes.len() == words
        && part.word_starts.len() == words + 1
        && part.posting_starts.len() == words + 1;
    ensure(even, "its words differ in number")?;
    offsets(part.word_starts, part.letters.len(), deep)?;
    offsets(part.posting_starts, part.postings.len(), deep)?;
    offsets(part.name_starts, part.name_words.len(), deep)?;
    offsets(part.by_weight, part.len(), deep)?;
    ensure(part.by_weight.len() > 1, "its weights are missing")?;
    ensure(part.slots.len().is_power_of_two() && part.slots.len() > words, "its word table is too small")?;
    for table in [part.sounds, part.deletions, part.joins] {
        offsets(table.starts, table.entries.len(), deep)?;
    }
    Ok(())
}

fn check_references(part: &Part<'_>) -> Result<(), String> {
    let words = part.weights.len();
    ensure(part.letters.is_ascii(), "its words are not in Latin letters")?;
    ensure(part.name_words.iter().all(|word| (*word as usize) < words), "a name holds an unknown word")?;
    ensure(
        part.postings.iter().all(|posting| (posting.name as usize) < part.len()),
        "a posting leads nowhere",
    )?;
    ensure(part.slots.iter().all(|slot| *slot as usize <= words), "a slot leads nowhere")?;
    for (table, limit) in [(part.sounds, words), (part.deletions, words), (part.joins, part.len())] {
        ensure(table.entries.iter().all(|entry| (entry.value as usize) < limit), "a table leads nowhere")?;
    }
    Ok(())
}

/// Offsets end where the array ends that they divide; if `deep`, they never fall.
fn offsets(starts: &[u32], length: usize, deep: bool) -> Result<(), String> {
    let ends = starts.last().is_some_and(|last| *last as usize == length);
    ensure(ends && (!deep || starts.windows(2).all(|two| two[0] <= two[1])), "its offsets do not hold")
}

fn ensure(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("the index is damaged: {what}")) }
}
