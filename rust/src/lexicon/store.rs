//! The flat arrays of a lexicon, as bytes and in memory.
//!
//! ```text
//! magic (8) · checksum of what follows (8) · lengths: version, words, pool, slots, groups, meanings (6 × u32)
//! version · pool of all words · blocks of 16 words: where their letters and groups begin (2 × u32 each)
//! groups (u32) · meanings (4 × u32 each) · slots (u32) · meaning of each word (u16)
//! rarity, length and number of groups of each word (3 × u8 arrays)
//! ```
//!
//! All numbers are little-endian. A slot holds a word's number plus one and eight bits of its hash.

use super::{Entry, Role};
use crate::prefetch::prefetch;
use crate::tokens::Kind;

/// The class of the commonest words.
pub(super) const COMMONEST: u8 = 15;

const MAGIC: &[u8; 8] = b"vacaLEX1";
/// Words are found by their block's beginning and the lengths of the words before them in it.
const BLOCK: usize = 16;
const HEADER: usize = 16 + 6 * 4;
const SLOT_WORD: u32 = Role::ENTRIES - 1;

/// What a word means in names of each kind; most words mean nothing and have row 0.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Debug)]
pub(super) struct Meaning {
    /// Packed roles in organisations', persons' and vessels' names.
    pub(super) roles: [u32; 3],
    /// Bits 0–2: begins phrases of that kind; from bit 8: the entry of the general form plus one.
    pub(super) extra: u32,
}

/// The column of a kind among [`super::COLUMNS`].
pub(crate) fn column(kind: Kind) -> usize {
    match kind {
        Kind::Organisation | Kind::Other => 0,
        Kind::Person => 1,
        Kind::Vessel => 2,
    }
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Parts {
    pool: String,
    /// Of each block of words: where in the pool, and where in the groups, its first begins.
    blocks: Vec<[u32; 2]>,
    groups: Vec<u32>,
    pub(super) meanings: Vec<Meaning>,
    pub(super) slots: Vec<u32>,
    words: Vec<Word>,
    group_counts: Vec<u8>,
}

/// What is said of each word, together, because words are looked up often and far apart.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(8))]
struct Word {
    /// Where its letters begin in the pool: not written, but summed up from the lengths.
    start: u32,
    /// Row of what it means.
    meaning: u16,
    length: u8,
    rarity: u8,
}

impl Parts {
    pub(super) fn find(&self, hash: u64, word: &[u8]) -> Option<Entry> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = position(hash, self.slots.len());
        loop {
            let value = self.slots[slot];
            if value == 0 {
                return None;
            }
            if value >> 24 == tag(hash) {
                let entry = Entry((value & SLOT_WORD) - 1);
                if self.text(entry).as_bytes() == word {
                    return Some(entry);
                }
            }
            slot += 1;
            if slot == self.slots.len() {
                slot = 0;
            }
        }
    }

    /// Asks for where a word with this hash is looked for.
    pub(super) fn ahead(&self, hash: u64) {
        prefetch(&self.slots, position(hash, self.slots.len()));
    }

    pub(super) fn text(&self, entry: Entry) -> &str {
        let word = self.word(entry);
        let begin = word.start as usize;
        &self.pool[begin..begin + usize::from(word.length)]
    }

    fn word(&self, Entry(entry): Entry) -> Word {
        self.words[entry as usize]
    }

    pub(super) fn groups(&self, entry: Entry) -> &[u32] {
        let entry = entry.0 as usize;
        let block = entry / BLOCK;
        let before: usize =
            self.group_counts[block * BLOCK..entry].iter().map(|&count| usize::from(count)).sum();
        let begin = self.blocks[block][1] as usize + before;
        &self.groups[begin..begin + usize::from(self.group_counts[entry])]
    }

    /// Adds a word; words are numbered in the order they are added.
    pub(super) fn add(&mut self, name: &str, groups: &[u32], rarity: u8, meaning: u16) -> Result<(), String> {
        let byte = |count: usize| {
            u8::try_from(count).map_err(|_| format!("{name:?} is too long or has too many groups"))
        };
        if self.words.len().is_multiple_of(BLOCK) {
            self.blocks.push([length(self.pool.len())?, length(self.groups.len())?]);
        }
        self.words.push(Word { start: length(self.pool.len())?, meaning, length: byte(name.len())?, rarity });
        self.group_counts.push(byte(groups.len())?);
        self.pool.push_str(name);
        self.groups.extend(groups);
        Ok(())
    }

    pub(super) fn rarity(&self, entry: Entry) -> u8 {
        self.word(entry).rarity
    }

    /// All words.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Entry, &str)> {
        (0..u32::try_from(self.words.len()).unwrap_or(0)).map(|entry| (Entry(entry), self.text(Entry(entry))))
    }

    /// Whether a word is common, or general in names of some kind, and written in letters.
    pub(super) fn is_common(&self, entry: Entry, word: &str) -> bool {
        (self.rarity(entry) > 0 || self.meaning(entry).roles != [0; 3])
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
    }

    /// Whether anything but its letters is known of a word.
    pub(super) fn is_known(&self, entry: Entry) -> bool {
        self.rarity(entry) > 0 || !self.is_plain(entry)
    }

    /// Whether a word is no form of a person's name and does nothing in names of any kind.
    pub(super) fn is_plain(&self, entry: Entry) -> bool {
        !self.has_groups(entry) && self.meaning(entry).roles == [0; 3]
    }

    /// Whether a word is a form of a person's name.
    pub(super) fn has_groups(&self, Entry(entry): Entry) -> bool {
        self.group_counts[entry as usize] > 0
    }

    fn meaning(&self, entry: Entry) -> &Meaning {
        &self.meanings[usize::from(self.row(entry))]
    }

    /// The row of what a word means.
    pub(super) fn row(&self, entry: Entry) -> u16 {
        self.word(entry).meaning
    }

    /// Whether a row of meanings is that of words that begin phrases.
    pub(super) fn begins(&self, row: u16, kind: Kind) -> bool {
        self.meanings.get(usize::from(row)).is_some_and(|meaning| meaning.extra >> column(kind) & 1 == 1)
    }

    pub(super) fn generic(&self, entry: Entry) -> Option<Entry> {
        (self.meaning(entry).extra >> 8).checked_sub(1).map(Entry)
    }

    /// The bytes that [`Parts::read`] reads.
    pub(super) fn write(&self, version: &str) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([0; 8]);
        let lengths = [
            version.len(),
            self.words.len(),
            self.pool.len(),
            self.slots.len(),
            self.groups.len(),
            self.meanings.len(),
        ];
        for length in lengths {
            push(&mut bytes, &[u32::try_from(length).expect("a lexicon stays far below 4 GiB")]);
        }
        bytes.extend(version.as_bytes());
        bytes.extend(self.pool.as_bytes());
        for block in &self.blocks {
            push(&mut bytes, block);
        }
        push(&mut bytes, &self.groups);
        for meaning in &self.meanings {
            push(&mut bytes, &meaning.roles);
            push(&mut bytes, &[meaning.extra]);
        }
        push(&mut bytes, &self.slots);
        bytes.extend(self.words.iter().flat_map(|word| word.meaning.to_le_bytes()));
        bytes.extend(self.words.iter().map(|word| word.rarity));
        bytes.extend(self.words.iter().map(|word| word.length));
        bytes.extend(&self.group_counts);
        seal(&mut bytes);
        bytes
    }

    /// Takes the bytes apart and checks every number, so that no lookup can fail later.
    pub(super) fn read(bytes: &[u8]) -> Result<(String, Self), String> {
        if bytes.len() < HEADER || &bytes[..8] != MAGIC {
            return Err("these bytes are no lexicon of this engine's format; build it anew".to_owned());
        }
        if bytes[8..16] != checksum(&bytes[16..]).to_le_bytes() {
            return Err("the lexicon is damaged: its checksum does not fit; build it anew".to_owned());
        }
        let mut lengths = numbers(&bytes[16..HEADER]).map(|length| length as usize);
        let mut length = || lengths.next().unwrap_or_default();
        let (version, words, pool, slots, groups, meanings) =
            (length(), length(), length(), length(), length(), length());
        let mut rest = &bytes[HEADER..];
        let mut take = |count: usize| -> Result<&[u8], String> {
            if count > rest.len() {
                return Err("the lexicon is cut short; build it anew".to_owned());
            }
            let (taken, left) = rest.split_at(count);
            rest = left;
            Ok(taken)
        };
        let version = text(take(version)?)?;
        let parts = Self {
            pool: text(take(pool)?)?,
            blocks: take(8 * words.div_ceil(BLOCK))?
                .chunks_exact(8)
                .map(|pair| {
                    let mut pair = numbers(pair);
                    [pair.next().unwrap_or_default(), pair.next().unwrap_or_default()]
                })
                .collect(),
            groups: numbers(take(4 * groups)?).collect(),
            meanings: take(16 * meanings)?
                .chunks_exact(16)
                .map(|row| {
                    let mut row = numbers(row);
                    let mut cell = || row.next().unwrap_or_default();
                    Meaning { roles: [cell(), cell(), cell()], extra: cell() }
                })
                .collect(),
            slots: numbers(take(4 * slots)?).collect(),
            words: said(take(2 * words)?, take(words)?, take(words)?),
            group_counts: take(words)?.to_vec(),
        };
        if !rest.is_empty() {
            return Err("the lexicon has more bytes than it says; build it anew".to_owned());
        }
        parts.check()?;
        Ok((version, parts))
    }

    fn check(&self) -> Result<(), String> {
        let words = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let sound = words < Role::ENTRIES
            && self.blocks_fit()
            && self.words.iter().all(|word| word.rarity <= COMMONEST)
            // Row 0 is that of words that mean nothing, and of all that are not here.
            && self.meanings.first().is_none_or(|none| *none == Meaning::default())
            && self.words.iter().all(|word| usize::from(word.meaning) < self.meanings.len())
            // An empty slot to end every search at.
            && (words == 0 || self.slots.contains(&0))
            && self.slots.iter().all(|&slot| slot == 0 || (1..=words).contains(&(slot & SLOT_WORD)));
        if !sound {
            return Err("the lexicon contradicts itself; build it anew".to_owned());
        }
        for meaning in &self.meanings {
            let canonical = |entry: u32| {
                let form = (entry < words).then(|| self.text(Entry(entry)));
                if form.is_some_and(is_canonical) {
                    Ok(())
                } else {
                    Err(format!("the lexicon names a canonical form that is none: {form:?}; build it anew"))
                }
            };
            for packed in meaning.roles {
                if let Some(role) = Role::unpack(packed)? {
                    canonical(role.canonical.0)?;
                }
            }
            if let Some(generic) = (meaning.extra >> 8).checked_sub(1) {
                canonical(generic)?;
            }
        }
        Ok(())
    }

    /// Whether the blocks begin where the lengths add up to, each word at a whole letter, and end with the arrays.
    fn blocks_fit(&self) -> bool {
        let (mut letters, mut groups) = (0, 0);
        for (block, (words, counts)) in
            self.blocks.iter().zip(self.words.chunks(BLOCK).zip(self.group_counts.chunks(BLOCK)))
        {
            if block.map(|begin| begin as usize) != [letters, groups] {
                return false;
            }
            for word in words {
                letters += usize::from(word.length);
                if !self.pool.is_char_boundary(letters) {
                    return false;
                }
            }
            groups += counts.iter().map(|&count| usize::from(count)).sum::<usize>();
        }
        letters == self.pool.len() && groups == self.groups.len()
    }
}

/// What may stand in a token: `_llc`, `al`, `44`.
fn is_canonical(form: &str) -> bool {
    let letters = form.strip_prefix('_').unwrap_or(form);
    !letters.is_empty()
        && letters.len() < crate::tokens::MAX_TOKEN
        && letters.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn text(bytes: &[u8]) -> Result<String, String> {
    String::from_utf8(bytes.to_vec())
        .map_err(|_| "the lexicon's words are not UTF-8; build it anew".to_owned())
}

/// What is said of each word, from the rows of what they mean, how common they are, and their lengths.
fn said(meanings: &[u8], rarity: &[u8], lengths: &[u8]) -> Vec<Word> {
    let meanings = meanings.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let mut begin = 0u32;
    let words = meanings.zip(rarity).zip(lengths).map(|((meaning, rarity), length)| {
        let start = begin;
        begin = begin.saturating_add(u32::from(*length));
        Word { start, meaning, length: *length, rarity: *rarity }
    });
    words.collect()
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn push(bytes: &mut Vec<u8>, numbers: &[u32]) {
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// FNV-1a, which words can be added to one after another.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    hash_on(0xcbf2_9ce4_8422_2325, bytes)
}

pub(super) fn hash_on(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// FNV's low bits are poor; a multiplication carries all of them up.
pub(super) fn spread(hash: u64) -> u64 {
    (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Spreads hashes over any number of slots.
#[expect(clippy::cast_possible_truncation, reason = "less than the number of slots")]
fn position(hash: u64, slots: usize) -> usize {
    ((u128::from(spread(hash)) * slots as u128) >> 64) as usize
}

fn tag(hash: u64) -> u32 {
    u32::from(spread(hash).to_le_bytes()[1])
}

/// Places each word in an open-addressing table that is at most four fifths full.
pub(super) fn place(words: impl ExactSizeIterator<Item = u64>) -> Vec<u32> {
    let size = words.len() * 5 / 4 + 1;
    let mut slots = vec![0; size];
    for (number, hash) in (1_u32..).zip(words) {
        let mut slot = position(hash, size);
        while slots[slot] != 0 {
            slot = (slot + 1) % size;
        }
        slots[slot] = tag(hash) << 24 | number;
    }
    slots
}

fn length(count: usize) -> Result<u32, String> {
    u32::try_from(count).map_err(|_| "the lexicon would pass 4 GiB".to_owned())
}

/// Writes the checksum of the bytes into their place.
pub(super) fn seal(bytes: &mut [u8]) {
    let checksum = checksum(&bytes[16..]).to_le_bytes();
    bytes[8..16].copy_from_slice(&checksum);
}

/// Against damage, not against forgery: eight bytes at a time, since it is paid at every opening.
fn checksum(bytes: &[u8]) -> u64 {
    let mut sums = [1_u64, 2, 3, 4];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (sum, word) in sums.iter_mut().zip(block.chunks_exact(8)) {
            let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
            *sum = (*sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        }
    }
    let rest = blocks.remainder();
    let length = bytes.len() as u64;
    sums.iter().fold(hash_on(hash(rest), &length.to_le_bytes()), |all, &sum| hash_on(all, &sum.to_le_bytes()))
}
