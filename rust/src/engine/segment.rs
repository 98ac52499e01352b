//! A list of names as laid out for searching: one vocabulary, and the names in zones by kind, each in order of weight.
//!
//! Names are numbered zone by zone and within a zone by rising total weight, so a range of weights is a range of
//! numbers and every list of postings is sorted by weight without saying so. A posting carries the name's number and
//! 16 bits of each of its other words, the heaviest first: what it can add to a score is bounded without looking the
//! name up.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use compact_str::CompactString;

use crate::engine::check;
use crate::engine::identifiers::{self, Identifiers};
use crate::engine::layout::{array, checksum, sections};
use crate::engine::memory::Memory;
use crate::engine::rolling::{filed, mark, roll};
use crate::engine::table::{Table, equal};
use crate::prefetch::prefetch;
use crate::tokens::{Class, Kind, Token};

/// The kinds in the order of their zones.
pub const KINDS: [Kind; 4] = [Kind::Person, Kind::Organisation, Kind::Vessel, Kind::Other];
/// Each kind has two zones: names without initials, and names with some.
pub const ZONES: usize = 2 * KINDS.len();
/// Sections of an image.
pub const SECTIONS: usize = 30;
/// Names to a block, of which the lightest is noted.
pub const BLOCK: u32 = 256;
/// Other words that a posting tells of.
pub const OTHERS: usize = 6;
/// Where a name has more words than a posting can tell of, what those weigh together stands for its last word, in units
/// of [`REST`] and at most this.
pub const MORE: u16 = 255;
/// The unit of weight of words that a posting does not tell of.
pub const REST: u16 = 4;

/// A name that holds a word: its number, and the other words of the name in 16 bits each.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Posting {
    /// Number of the name.
    pub name: u32,
    /// Its other words ([`short`]), the heaviest first; 0 where there are fewer, at last up to [`MORE`] where there are
    /// more.
    pub others: [u16; OTHERS],
}

/// What is known of a word beside its letters, together because it is read together.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Word {
    /// Where its letters begin.
    pub start: u32,
    /// How many names hold it.
    pub names: u32,
    /// Hash of its skeleton, the lower half first; 0 if it has none.
    pub sound: [u32; 2],
    /// What it weighs.
    pub weight: u16,
    /// What it does, with [`KNOWN`] if it is a common word.
    pub class: u8,
    /// In which zones it stands, a bit each.
    pub zones: u8,
}

/// The bit of a word's class that says: it is common, and hardly a misspelling.
pub const KNOWN: u8 = 1 << 7;

/// The 16 bits of a word, above [`MORE`]. Words that sound alike follow each other, and so do their bits.
#[must_use]
pub fn short(word: u32) -> u16 {
    const FIRST: u16 = MORE + 1;
    u16::try_from(word % (u32::from(u16::MAX - FIRST) + 1)).unwrap_or(0) + FIRST
}

/// The hash under which a skeleton is filed.
#[must_use]
pub fn sound32(sound: u64) -> u32 {
    u32::try_from(sound >> 32).unwrap_or(0)
}

/// The sections of an image as arrays.
#[derive(Clone, Copy)]
pub struct List<'a> {
    /// Where each id begins.
    pub id_starts: &'a [u32],
    /// The ids' bytes.
    pub ids: &'a [u8],
    /// Where each name begins.
    pub text_starts: &'a [u32],
    /// The names' bytes.
    pub texts: &'a [u8],
    /// First instant of validity (inclusive), in microseconds since 1970; empty where every name holds for ever.
    pub valid_from: &'a [i64],
    /// Last instant of validity (exclusive).
    pub valid_to: &'a [i64],
    /// The words, and one more where the letters end.
    pub words: &'a [Word],
    /// The letters of all words.
    pub letters: &'a [u8],
    /// Hash table of words by letters: eight bits of each word's hash, 0 in empty slots …
    pub marks: &'a [u8],
    /// … and the words' numbers.
    pub slots: &'a [u32],
    /// Kind by kind, where the postings of each word begin.
    pub posting_starts: &'a [u32],
    /// The postings.
    pub postings: &'a [Posting],
    /// Where the words of each name begin.
    pub name_starts: &'a [u32],
    /// The words of each name, in order.
    pub name_words: &'a [u32],
    /// First name of each zone, and one past the last.
    pub zones: &'a [u32],
    /// Where each zone begins in `by_weight`.
    pub zone_weights: &'a [u32],
    /// Zone by zone: the first name of each total weight, and one past the last.
    pub by_weight: &'a [u32],
    /// The least weight of the names of each block.
    pub lightest: &'a [u16],
    /// The first word of each skeleton, by its hash; the others of it follow that word.
    pub sounds: Table<'a>,
    /// Words by what is left when letters are taken out.
    pub deletions: Table<'a>,
    /// Names by the joins of their words.
    pub joins: Table<'a>,
    /// Groups of variants that words belong to, ascending …
    pub groups: &'a [u32],
    /// … where the words of each begin, and one past the last …
    pub group_starts: &'a [u32],
    /// … and the words.
    pub group_words: &'a [u32],
}

impl<'a> List<'a> {
    /// How many names it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text_starts.len() - 1
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The id of a name.
    #[must_use]
    pub fn id(&self, name: u32) -> &'a str {
        slice(self.id_starts, self.ids, name)
    }

    /// The text of a name.
    #[must_use]
    pub fn text(&self, name: u32) -> &'a str {
        slice(self.text_starts, self.texts, name)
    }

    /// The same in UTF-8, of which it is not made sure.
    #[must_use]
    pub fn text_bytes(&self, name: u32) -> &'a [u8] {
        &self.texts[range(self.text_starts, name)]
    }

    /// Bytes of the id and of the text of a name.
    #[must_use]
    pub fn lengths(&self, name: u32) -> [usize; 2] {
        [(self.id_starts, self.ids), (self.text_starts, self.texts)]
            .map(|(starts, bytes)| bytes[range(starts, name)].len())
    }

    /// Whether a name's record holds at an instant.
    #[must_use]
    pub fn holds(&self, name: u32, at: i64) -> bool {
        let name = name as usize;
        self.valid_from.is_empty() || (self.valid_from[name] <= at && at < self.valid_to[name])
    }

    /// The letters of a word.
    #[must_use]
    pub fn word(&self, word: u32) -> &'a [u8] {
        let word = word as usize;
        &self.letters[self.words[word].start as usize..self.words[word + 1].start as usize]
    }

    /// What a word does.
    #[must_use]
    pub fn class(&self, word: u32) -> Class {
        class_of(self.words[word as usize].class & !KNOWN)
    }

    /// Whether a word is common.
    #[must_use]
    pub fn is_known(&self, word: u32) -> bool {
        self.words[word as usize].class & KNOWN != 0
    }

    /// The hash of a word's skeleton, 0 if it has none.
    #[must_use]
    pub fn sound(&self, word: u32) -> u64 {
        let [low, high] = self.words[word as usize].sound.map(u64::from);
        high << 32 | low
    }

    /// The words with a skeleton, given its hash, in order; none for 0, which stands for no skeleton.
    pub fn sounding(&self, sound: u64) -> impl Iterator<Item = u32> {
        let same = move |word: &u32| sound != 0 && self.sound(*word) == sound;
        self.sounds.of(sound32(sound)).filter(same).flat_map(move |first| (first..).take_while(same))
    }

    /// The words of a group of variants.
    #[must_use]
    pub fn variants(&self, group: u32) -> &'a [u32] {
        match self.groups.binary_search(&group) {
            Ok(at) => &self.group_words[self.group_starts[at] as usize..self.group_starts[at + 1] as usize],
            Err(_) => &[],
        }
    }

    /// What a word weighs.
    #[must_use]
    pub fn weight(&self, word: u32) -> u32 {
        u32::from(self.words[word as usize].weight)
    }

    /// A word as analysed.
    #[must_use]
    pub fn token(&self, word: u32) -> Token {
        // A verified index holds ASCII letters only, a damaged one that was not verified may hold anything.
        let text = CompactString::from_utf8(self.word(word)).unwrap_or_default();
        Token { text, class: self.class(word), weight: self.words[word as usize].weight, number: 0 }
    }

    /// The words with these letters, in whatever class, given the hash of the letters.
    pub fn spelled(&self, hash: u64, matches: impl Fn(&[u8]) -> bool) -> impl Iterator<Item = u32> {
        let mask = self.marks.len() - 1;
        let (first, wanted) = (filed(hash) as usize, mark(hash));
        // Bounded, because a damaged table may have no empty slot.
        let most = if is_absent(&self.marks[first & mask..], wanted) { 0 } else { self.marks.len() };
        (0..most)
            .map(move |step| (first + step) & mask)
            .take_while(|slot| self.marks[*slot] != 0)
            .filter(move |slot| self.marks[*slot] == wanted)
            .map(|slot| self.slots[slot])
            .filter(move |word| matches(self.word(*word)))
    }

    /// The words with these letters, in whatever class.
    pub fn words_spelled<'t>(&'t self, text: &'t str) -> impl Iterator<Item = u32> + 't {
        self.spelled(roll(text.as_bytes()), move |word| word == text.as_bytes())
    }

    /// The words of a name.
    #[must_use]
    pub fn words_of(&self, name: u32) -> &'a [u32] {
        let name = name as usize;
        &self.name_words[self.name_starts[name] as usize..self.name_starts[name + 1] as usize]
    }

    /// Where the postings of a word among the names of a kind stand.
    #[must_use]
    pub fn posting_span(&self, word: u32, kind: usize) -> Range<usize> {
        let at = self.posting_place(word, kind);
        self.posting_starts[at] as usize..self.posting_starts[at + 1] as usize
    }

    fn posting_place(&self, word: u32, kind: usize) -> usize {
        kind * (self.words.len() - 1) + word as usize
    }

    /// Asks for where the postings of a word begin.
    pub fn posting_ahead(&self, word: u32, kind: usize) {
        prefetch(self.posting_starts, self.posting_place(word, kind));
    }

    /// Asks for where the words and the letters of some names begin.
    pub fn names_ahead(&self, names: &[u32]) {
        for name in names {
            prefetch(self.name_starts, *name as usize);
            prefetch(self.text_starts, *name as usize);
        }
    }

    /// Asks for where the id and the text of a name begin.
    pub fn row_ahead(&self, name: u32) {
        prefetch(self.id_starts, name as usize);
        prefetch(self.text_starts, name as usize);
    }

    /// Asks for the id and the text of a name.
    pub fn texts_ahead(&self, name: u32) {
        prefetch(self.ids, self.id_starts[name as usize] as usize);
        prefetch(self.texts, self.text_starts[name as usize] as usize);
    }

    /// Asks for the words of some names.
    pub fn name_words_ahead(&self, names: &[u32]) {
        for name in names {
            prefetch(self.name_words, self.name_starts[*name as usize] as usize);
        }
    }

    /// Asks for the letters of some names, and for what is known of their words.
    pub fn words_ahead(&self, names: &[u32]) {
        for name in names {
            prefetch(self.texts, self.text_starts[*name as usize] as usize);
            self.words_of(*name).iter().for_each(|word| prefetch(self.words, *word as usize));
        }
    }

    /// Asks for the letters of the words of some names.
    pub fn letters_ahead(&self, names: &[u32]) {
        let words = names.iter().flat_map(|name| self.words_of(*name));
        words.for_each(|word| prefetch(self.letters, self.words[*word as usize].start as usize));
    }

    /// The least that a name can weigh, and so all that come after it in its zone.
    #[must_use]
    pub fn lightest(&self, name: u32) -> u32 {
        self.lightest.get((name / BLOCK) as usize).copied().map_or(0, u32::from)
    }

    /// The names of a zone.
    #[must_use]
    pub fn zone(&self, zone: usize) -> Range<u32> {
        self.zones[zone]..self.zones[zone + 1]
    }

    /// The names of a kind.
    #[must_use]
    pub fn names_of(&self, kind: usize) -> Range<u32> {
        self.zones[2 * kind]..self.zones[2 * kind + 2]
    }

    /// Which kind a name is of.
    #[must_use]
    pub fn kind_of(&self, name: u32) -> usize {
        (0..KINDS.len() - 1).find(|kind| name < self.zones[2 * kind + 2]).unwrap_or(KINDS.len() - 1)
    }

    /// The names of a zone whose total weight lies in a range of weights, both ends included.
    #[must_use]
    pub fn names_between(&self, zone: usize, least: u32, most: u32) -> Range<u32> {
        let range = self.zone_weights[zone] as usize..self.zone_weights[zone + 1] as usize;
        let starts = &self.by_weight[range];
        let end = starts.len() - 1;
        let (low, high) = ((least as usize).min(end), (most as usize).saturating_add(1).min(end));
        starts[low]..starts[high].max(starts[low])
    }
}

/// Whether an empty slot comes before any that a mark may stand in: eight are looked at together, and nearly all searches
/// end there.
fn is_absent(marks: &[u8], wanted: u8) -> bool {
    marks.first_chunk().is_some_and(|eight| {
        let (empty, same) = (equal(*eight, 0), equal(*eight, wanted));
        empty != 0 && same & (empty ^ empty.wrapping_sub(1)) == 0
    })
}

fn range(starts: &[u32], at: u32) -> Range<usize> {
    starts[at as usize] as usize..starts[at as usize + 1] as usize
}

fn slice<'a>(starts: &[u32], bytes: &'a [u8], at: u32) -> &'a str {
    std::str::from_utf8(&bytes[range(starts, at)]).unwrap_or("")
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

/// A checked image: its sections can be read without further checks.
pub struct Segment {
    memory: Memory,
    ranges: Vec<Range<usize>>,
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
        let ranges = sections(memory.bytes(), fingerprint, SECTIONS + identifiers::SECTIONS, verify)?;
        let segment = Self { memory, ranges };
        check::list(&segment.list(), verify)?;
        segment.identifiers().check(verify)?;
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

    pub(crate) fn get<T: Pod>(&self, section: usize) -> &[T] {
        array(self.memory.bytes(), &self.ranges[section]).unwrap_or(&[])
    }

    fn table(&self, section: usize) -> Table<'_> {
        Table { starts: self.get(section), tags: self.get(section + 1), values: self.get(section + 2) }
    }

    /// Its sections, in the order in which `build` writes them.
    #[must_use]
    pub fn list(&self) -> List<'_> {
        List {
            id_starts: self.get(0),
            ids: self.get(1),
            text_starts: self.get(2),
            texts: self.get(3),
            valid_from: self.get(4),
            valid_to: self.get(5),
            words: self.get(6),
            letters: self.get(7),
            marks: self.get(8),
            slots: self.get(9),
            posting_starts: self.get(10),
            postings: self.get(11),
            name_starts: self.get(12),
            name_words: self.get(13),
            zones: self.get(14),
            zone_weights: self.get(15),
            by_weight: self.get(16),
            lightest: self.get(17),
            sounds: self.table(18),
            deletions: self.table(21),
            joins: self.table(24),
            groups: self.get(27),
            group_starts: self.get(28),
            group_words: self.get(29),
        }
    }

    /// The identifiers, in the sections after those of the names.
    #[must_use]
    pub fn identifiers(&self) -> Identifiers<'_> {
        Identifiers::of(self, SECTIONS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_mark_is_absent_only_where_an_empty_slot_comes_first(marks in proptest::collection::vec(0u8..4, 0..12), wanted in 1u8..4) {
            let empty = marks.iter().take(8).position(|mark| *mark == 0);
            let same = marks.iter().position(|mark| *mark == wanted);
            if is_absent(&marks, wanted) {
                proptest::prop_assert!(empty.is_some_and(|empty| same.is_none_or(|same| empty < same)));
            }
        }
    }

    #[test]
    fn most_marks_that_are_absent_are_told() {
        let told = (1..=u8::MAX).filter(|wanted| is_absent(&[7, 9, 0, 0, 0, 0, 0, 0], *wanted)).count();
        assert_eq!(told, 253);
    }
}
