//! Laying out a list: analyse every name, number names by weight and words by letters, file everything.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::engine::identifiers::{self, Mark};
use crate::engine::layout::Writer;
use crate::engine::segment::{Filed, HAS_INITIAL, KINDS, Posting, bit_of, bucket_of};
use crate::engine::similarity::{Word, edits_allowed, is_fuzzy};
use crate::engine::words::Words;
use crate::lexicon::Lexicon;
use crate::tokens::{Class, Kind, Token};

/// A name to be indexed.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// Whose name it is.
    pub id: &'a str,
    /// The name.
    pub text: &'a str,
    /// Under which kind it is analysed.
    pub kind: Kind,
    /// From when the record holds (inclusive), in microseconds since 1970.
    pub valid_from: i64,
    /// Until when it holds (exclusive).
    pub valid_to: i64,
}

/// A name analysed: its words by number in the vocabulary, and what its neighbours join to.
struct Analysed {
    row: u32,
    weight: u32,
    words: Vec<u32>,
    joins: Vec<u32>,
}

/// What a worker makes of one name before words have numbers.
struct Raw {
    row: u32,
    weight: u32,
    tokens: Vec<Token>,
    joins: Vec<u32>,
}

/// The image of a segment that holds these rows.
#[must_use]
pub fn build(lexicon: &Lexicon, rows: &[Row<'_>], fingerprint: u64) -> Vec<u8> {
    build_with(lexicon, rows, &[], fingerprint)
}

/// The image of a segment that holds these rows and identifiers.
#[must_use]
pub fn build_with(lexicon: &Lexicon, rows: &[Row<'_>], marks: &[Mark<'_>], fingerprint: u64) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut order: Vec<u32> = Vec::with_capacity(rows.len());
    for kind in KINDS {
        let (vocabulary, mut names) = analyse_part(lexicon, rows, kind);
        names.par_sort_unstable_by_key(|name| (name.weight, name.row));
        let base = u32::try_from(order.len()).unwrap_or(u32::MAX);
        order.extend(names.iter().map(|name| name.row));
        parts.push((base, kind, vocabulary, names));
    }
    let mut writer = Writer::default();
    put_texts(&mut writer, order.iter().map(|row| rows[*row as usize].id));
    put_texts(&mut writer, order.iter().map(|row| rows[*row as usize].text));
    writer.put(&order.iter().map(|row| rows[*row as usize].valid_from).collect::<Vec<_>>());
    writer.put(&order.iter().map(|row| rows[*row as usize].valid_to).collect::<Vec<_>>());
    for (base, kind, vocabulary, names) in parts {
        put_part(&mut writer, lexicon, base, kind, &vocabulary, &names);
    }
    identifiers::put(&mut writer, marks);
    writer.finish(fingerprint)
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

/// Analyses the names of a kind in parallel, a stretch at a time, and numbers their words.
fn analyse_part(lexicon: &Lexicon, rows: &[Row<'_>], kind: Kind) -> (Vec<Token>, Vec<Analysed>) {
    const STRETCH: usize = 1 << 16;
    let wanted: Vec<u32> =
        (0u32..).zip(rows).filter(|(_, row)| row.kind == kind).map(|(number, _)| number).collect();
    let mut numbers: FxHashMap<Token, u32> = FxHashMap::default();
    let mut vocabulary = Vec::new();
    let mut names = Vec::with_capacity(wanted.len());
    for stretch in wanted.chunks(STRETCH) {
        let raw: Vec<Raw> =
            stretch.par_iter().map(|row| analysed(lexicon, *row, rows[*row as usize].text, kind)).collect();
        for Raw { row, weight, tokens, joins } in raw {
            let words = tokens
                .into_iter()
                .map(|token| {
                    *numbers.entry(token).or_insert_with_key(|token| {
                        vocabulary.push(token.clone());
                        u32::try_from(vocabulary.len() - 1).unwrap_or(u32::MAX)
                    })
                })
                .collect();
            names.push(Analysed { row, weight, words, joins });
        }
    }
    (vocabulary, names)
}

fn analysed(lexicon: &Lexicon, row: u32, text: &str, kind: Kind) -> Raw {
    let words = Words::of(lexicon, text, kind);
    let joins = words.joins().iter().map(|join| hash32(join.text.as_bytes())).collect();
    let weight = words.weight;
    Raw { row, weight, joins, tokens: words.tokens }
}

/// The hash under which letters are filed.
#[must_use]
pub fn hash32(bytes: &[u8]) -> u32 {
    u32::try_from(xxh3_64(bytes) >> 32).unwrap_or(0)
}

fn put_part(
    writer: &mut Writer,
    lexicon: &Lexicon,
    base: u32,
    kind: Kind,
    vocabulary: &[Token],
    names: &[Analysed],
) {
    writer.put(&[base]);
    put_texts(writer, vocabulary.iter().map(|token| token.text.as_str()));
    writer.put(&vocabulary.iter().map(|token| token.class as u8).collect::<Vec<_>>());
    writer.put(&vocabulary.iter().map(|token| token.weight).collect::<Vec<_>>());
    writer.put(&slots(vocabulary));
    put_postings(writer, vocabulary, names);
    put_names(writer, names);
    let words: Vec<Word> =
        vocabulary.par_iter().map(|token| Word::new(lexicon, token.clone(), kind)).collect();
    let sounds: Vec<Filed> = (0u32..)
        .zip(&words)
        .filter(|(_, word)| word.sound != 0)
        .map(|(value, word)| Filed { hash: sound32(word.sound), value })
        .collect();
    let mut groups: Vec<Filed> = (0u32..)
        .zip(&words)
        .flat_map(|(value, word)| word.groups.iter().map(move |group| Filed { hash: group32(*group), value }))
        .collect();
    groups.extend(sounds);
    put_table(writer, groups);
    put_table(writer, deletions(vocabulary));
    let joins = (0u32..)
        .zip(names)
        .flat_map(|(value, name)| name.joins.iter().map(move |hash| Filed { hash: *hash, value }));
    put_table(writer, joins.collect());
}

/// The hash under which a skeleton is filed.
#[must_use]
pub fn sound32(sound: u64) -> u32 {
    u32::try_from(sound >> 32).unwrap_or(0)
}

/// The hash under which a group of variants is filed, apart from skeletons.
#[must_use]
pub fn group32(group: u32) -> u32 {
    hash32(&group.to_le_bytes())
}

/// An open-addressing table over the words' letters; the same letters may stand in several classes.
fn slots(vocabulary: &[Token]) -> Vec<u32> {
    let size = (vocabulary.len() * 2 + 1).next_power_of_two();
    let mut slots = vec![0u32; size];
    for (number, token) in (1u32..).zip(vocabulary) {
        let mut at = hash32(token.text.as_bytes()) as usize & (size - 1);
        while slots[at] != 0 {
            at = (at + 1) & (size - 1);
        }
        slots[at] = number;
    }
    slots
}

fn put_postings(writer: &mut Writer, vocabulary: &[Token], names: &[Analysed]) {
    let mut starts = vec![0u32; vocabulary.len() + 1];
    for word in names.iter().flat_map(|name| distinct(&name.words)) {
        starts[word as usize + 1] += 1;
    }
    for word in 0..vocabulary.len() {
        starts[word + 1] += starts[word];
    }
    let mut next = starts.clone();
    let mut postings = vec![Posting { name: 0, signature: 0 }; starts.last().map_or(0, |end| *end as usize)];
    for (number, name) in (0u32..).zip(names) {
        let initial = name.words.iter().any(|word| vocabulary[*word as usize].class == Class::Initial);
        let signature = name.words.iter().fold(0, |bits, word| bits | bit_of(*word))
            | if initial { HAS_INITIAL } else { 0 };
        for word in distinct(&name.words) {
            postings[next[word as usize] as usize] = Posting { name: number, signature };
            next[word as usize] += 1;
        }
    }
    writer.put(&starts);
    writer.put(&postings);
}

fn distinct(words: &[u32]) -> Vec<u32> {
    let mut found = words.to_vec();
    found.sort_unstable();
    found.dedup();
    found
}

fn put_names(writer: &mut Writer, names: &[Analysed]) {
    let (mut starts, mut words) = (vec![0u32], Vec::new());
    for name in names {
        words.extend_from_slice(&name.words);
        starts.push(u32::try_from(words.len()).unwrap_or(u32::MAX));
    }
    writer.put(&starts);
    writer.put(&words);
    let heaviest = names.last().map_or(0, |name| name.weight as usize);
    let mut by_weight = vec![0u32; heaviest + 2];
    for name in names {
        by_weight[name.weight as usize + 1] += 1;
    }
    for weight in 0..=heaviest {
        by_weight[weight + 1] += by_weight[weight];
    }
    writer.put(&by_weight);
}

/// Files entries by the upper bits of their hashes, by counting.
fn put_table(writer: &mut Writer, mut entries: Vec<Filed>) {
    let buckets = (entries.len() / 2).max(1);
    let mut starts = vec![0u32; buckets + 1];
    for entry in &entries {
        starts[bucket_of(entry.hash, buckets) + 1] += 1;
    }
    for bucket in 0..buckets {
        starts[bucket + 1] += starts[bucket];
    }
    entries.par_sort_unstable();
    entries.dedup();
    if entries.len() < starts[buckets] as usize {
        return put_table(writer, entries);
    }
    writer.put(&starts);
    writer.put(&entries);
}

/// What is left of each word when up to its allowed number of letters is taken out; words within that many edits of
/// each other meet here, because each edit costs either side at most one letter.
fn deletions(vocabulary: &[Token]) -> Vec<Filed> {
    (0..u32::try_from(vocabulary.len()).unwrap_or(u32::MAX))
        .into_par_iter()
        .flat_map_iter(|value| {
            let token = &vocabulary[value as usize];
            let keys = if is_fuzzy(token) { deletion_keys(token.text.as_bytes()) } else { Vec::new() };
            keys.into_iter().map(move |hash| Filed { hash, value })
        })
        .collect()
}

/// The hashes of a word with none, one or two letters taken out, as many as its length allows.
#[must_use]
pub fn deletion_keys(word: &[u8]) -> Vec<u32> {
    let allowed = edits_allowed(word.len());
    let mut keys = vec![hash32(word)];
    let mut rest = Vec::with_capacity(word.len());
    for first in 0..if allowed > 0 { word.len() } else { 0 } {
        rest.clear();
        rest.extend(word.iter().enumerate().filter(|(at, _)| *at != first).map(|(_, letter)| *letter));
        keys.push(hash32(&rest));
        for second in first + 1..if allowed > 1 { word.len() } else { 0 } {
            rest.clear();
            let kept = word.iter().enumerate().filter(|(at, _)| *at != first && *at != second);
            rest.extend(kept.map(|(_, letter)| *letter));
            keys.push(hash32(&rest));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
