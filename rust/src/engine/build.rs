//! Laying out a list: analyse every name, number names by zone and weight and words by sound, file everything.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::engine::identifiers::{self, Mark};
use crate::engine::layout::Writer;
use crate::engine::memory::Memory;
use crate::engine::rolling::{filed, joined, mark, roll, without_letters};
use crate::engine::segment::{BLOCK, KINDS, KNOWN, MORE, OTHERS, Posting, REST, Word, ZONES, short, sound32};
use crate::engine::similarity::{edits_allowed, is_fuzzy, sound_of};
use crate::engine::table::{entry, put};
use crate::engine::words::{Words, runs};
use crate::lexicon::{Glossary, Lexicon, Notes, skeleton};
use crate::tokens::{Class, Kind, Text, Token};

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

/// What a worker makes of one name before words have numbers.
struct Raw {
    tokens: Vec<Token>,
    joins: Vec<u32>,
}

/// Where a name stands in the order of the list, and where its words and joins are.
struct Placed {
    row: u32,
    zone: u8,
    weight: u16,
    words: (u32, u8),
    joins: (u32, u8),
}

/// All names analysed, and the words that they hold.
#[derive(Default)]
struct Gathered {
    vocabulary: Vec<Token>,
    names: Vec<Placed>,
    words: Vec<u32>,
    joins: Vec<u32>,
}

impl Gathered {
    fn words_of(&self, name: &Placed) -> &[u32] {
        &self.words[name.words.0 as usize..][..usize::from(name.words.1)]
    }

    fn joins_of(&self, name: &Placed) -> &[u32] {
        &self.joins[name.joins.0 as usize..][..usize::from(name.joins.1)]
    }

    fn weight(&self, word: u32) -> u16 {
        self.vocabulary[word as usize].weight
    }

    /// Numbers the words anew, those together that sound alike: they are looked up together, and so are their postings.
    fn number_by_sound(&mut self) {
        let words = std::mem::take(&mut self.vocabulary).into_par_iter().enumerate();
        let mut words: Vec<_> = words.map(|(was, token)| (skeleton_of(&token), was, token)).collect();
        words.par_sort_unstable_by(|(one, _, a), (other, _, b)| {
            (one, &a.text, a.class as u8, a.weight).cmp(&(other, &b.text, b.class as u8, b.weight))
        });
        let mut numbers = vec![0u32; words.len()];
        for (number, (_, was, _)) in (0u32..).zip(&words) {
            numbers[*was] = number;
        }
        self.vocabulary = words.into_iter().map(|(.., token)| token).collect();
        self.words.par_iter_mut().for_each(|word| *word = numbers[*word as usize]);
    }
}

/// The image of a segment that holds these rows.
#[must_use]
pub fn build(lexicon: &Lexicon, rows: &[Row<'_>], fingerprint: u64) -> Memory {
    build_with(lexicon, rows, &[], fingerprint)
}

/// The image of a segment that holds these rows and identifiers.
#[must_use]
pub fn build_with(lexicon: &Lexicon, rows: &[Row<'_>], marks: &[Mark<'_>], fingerprint: u64) -> Memory {
    let mut gathered = gather(lexicon, rows);
    gathered.names.par_sort_unstable_by_key(|name| (name.zone, name.weight, name.row));
    gathered.number_by_sound();
    let mut writer = Writer::default();
    put_rows(&mut writer, rows, &gathered.names);
    put_words(&mut writer, lexicon, &gathered);
    put_postings(&mut writer, &gathered);
    put_names(&mut writer, &gathered);
    put_zones(&mut writer, &gathered.names);
    put_tables(&mut writer, lexicon, gathered);
    identifiers::put(&mut writer, marks);
    writer.finish(fingerprint)
}

/// Analyses the names in parallel, a stretch at a time, and numbers their words.
fn gather(lexicon: &Lexicon, rows: &[Row<'_>]) -> Gathered {
    const STRETCH: usize = 1 << 16;
    let mut numbers: FxHashMap<Token, u32> = FxHashMap::default();
    let mut all = Gathered { names: Vec::with_capacity(rows.len()), ..Gathered::default() };
    for (stretch, first) in rows.chunks(STRETCH).zip((0..).step_by(STRETCH)) {
        let raw: Vec<Raw> =
            stretch.par_iter().map_init(|| Glossary::new(lexicon, Notes::default()), analysed).collect();
        for (row, (Raw { tokens, joins }, number)) in stretch.iter().zip(raw.into_iter().zip(first..)) {
            let initials =
                row.kind == Kind::Person && tokens.iter().any(|token| token.class == Class::Initial);
            let kind = KINDS.iter().position(|kind| *kind == row.kind).unwrap_or(0);
            all.names.push(Placed {
                row: number,
                zone: small(2 * kind + usize::from(initials)),
                weight: tokens.iter().map(|token| token.weight).sum(),
                words: (offset(&all.words), small(tokens.len())),
                joins: (offset(&all.joins), small(joins.len())),
            });
            all.joins.extend(joins);
            for token in tokens {
                let number = *numbers.entry(token).or_insert_with_key(|token| {
                    all.vocabulary.push(token.clone());
                    offset(&all.vocabulary) - 1
                });
                all.words.push(number);
            }
        }
    }
    all
}

fn analysed(glossary: &mut Glossary<'_>, row: &Row<'_>) -> Raw {
    glossary.trim();
    let words = Words::read(glossary, &mut Text::new(row.text), row.kind);
    let hash = |run: &[Token]| {
        run.iter().fold(0, |hash, token| joined(hash, roll(token.text.as_bytes()), token.text.len()))
    };
    let joins = runs(&words.tokens).map(|(from, to)| filed(hash(&words.tokens[from..to]))).collect();
    Raw { tokens: words.tokens, joins }
}

fn offset<T>(values: &[T]) -> u32 {
    u32::try_from(values.len()).unwrap_or(u32::MAX)
}

/// Zones, words of a name (at most 64) and their joins (at most twice as many) fit a byte.
fn small(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

fn put_rows(writer: &mut Writer, rows: &[Row<'_>], names: &[Placed]) {
    let ordered = || names.iter().map(|name| &rows[name.row as usize]);
    put_texts(writer, ordered().map(|row| row.id));
    put_texts(writer, ordered().map(|row| row.text));
    let timed = rows.iter().any(|row| (row.valid_from, row.valid_to) != (i64::MIN, i64::MAX));
    let spans = || ordered().filter(|_| timed);
    writer.put(&spans().map(|row| row.valid_from).collect::<Vec<_>>());
    writer.put(&spans().map(|row| row.valid_to).collect::<Vec<_>>());
}

fn put_texts<'a>(writer: &mut Writer, texts: impl Iterator<Item = &'a str>) {
    let (mut starts, mut bytes) = (vec![0u32], Vec::new());
    for text in texts {
        bytes.extend_from_slice(text.as_bytes());
        starts.push(offset(&bytes));
    }
    writer.put(&starts);
    writer.put(&bytes);
}

fn put_words(writer: &mut Writer, lexicon: &Lexicon, all: &Gathered) {
    let vocabulary = &all.vocabulary;
    let (mut words, mut letters) = (Vec::with_capacity(vocabulary.len() + 1), Vec::new());
    for token in vocabulary {
        let known = if is_fuzzy(token) && lexicon.is_common(&token.text) { KNOWN } else { 0 };
        let class = token.class as u8 | known;
        let sound = sound_of(&skeleton_of(token));
        let sound = [sound & u64::from(u32::MAX), sound >> 32].map(|half| u32::try_from(half).unwrap_or(0));
        words.push(Word { start: offset(&letters), sound, weight: token.weight, class, ..Word::default() });
        letters.extend_from_slice(token.text.as_bytes());
    }
    words.push(Word { start: offset(&letters), ..Word::default() });
    for name in &all.names {
        for word in distinct(all.words_of(name)) {
            words[word as usize].names += 1;
            words[word as usize].zones |= 1 << name.zone;
        }
    }
    writer.put(&words);
    writer.put(&letters);
    // An open-addressing table over the words' letters; the same letters may stand in several classes.
    let size = (vocabulary.len() * 2 + 1).next_power_of_two();
    let (mut marks, mut slots) = (vec![0u8; size], vec![0u32; size]);
    for (number, token) in (0u32..).zip(vocabulary) {
        let hash = roll(token.text.as_bytes());
        let mut at = filed(hash) as usize & (size - 1);
        while marks[at] != 0 {
            at = (at + 1) & (size - 1);
        }
        (marks[at], slots[at]) = (mark(hash), number);
    }
    writer.put(&marks);
    writer.put(&slots);
}

fn put_postings(writer: &mut Writer, all: &Gathered) {
    let count = all.vocabulary.len();
    let place = |word: u32, zone: u8| usize::from(zone / 2) * count + word as usize;
    let mut starts = vec![0u32; all.vocabulary.len() * KINDS.len() + 1];
    for name in &all.names {
        for word in distinct(all.words_of(name)) {
            starts[place(word, name.zone) + 1] += 1;
        }
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let empty = Posting { name: 0, others: [0; OTHERS] };
    let mut postings = vec![empty; starts.last().map_or(0, |end| *end as usize)];
    for (number, name) in (0u32..).zip(&all.names) {
        let mut words = all.words_of(name).to_vec();
        words.sort_unstable_by_key(|word| std::cmp::Reverse((all.weight(*word), *word)));
        for word in distinct(&words) {
            let at = &mut next[place(word, name.zone)];
            postings[*at as usize] = Posting { name: number, others: others(all, &words, word) };
            *at += 1;
        }
    }
    writer.put(&starts);
    writer.put(&postings);
}

/// All words but one occurrence of the posting's own, or the heaviest of them and what the rest weighs.
fn others(all: &Gathered, words: &[u32], own: u32) -> [u16; OTHERS] {
    let mut found = [0; OTHERS];
    let at = words.iter().position(|word| *word == own).unwrap_or(0);
    let rest = words[..at].iter().chain(&words[at + 1..]);
    for (place, word) in found.iter_mut().zip(rest.clone()) {
        *place = short(*word);
    }
    if words.len() > OTHERS + 1 {
        found[OTHERS - 1] =
            rest.skip(OTHERS - 1).map(|word| all.weight(*word)).sum::<u16>().div_ceil(REST).min(MORE);
    }
    found
}

fn distinct(words: &[u32]) -> Vec<u32> {
    let mut found = words.to_vec();
    found.sort_unstable();
    found.dedup();
    found
}

fn put_names(writer: &mut Writer, all: &Gathered) {
    let (mut starts, mut words) = (vec![0u32], Vec::with_capacity(all.words.len()));
    for name in &all.names {
        words.extend_from_slice(all.words_of(name));
        starts.push(offset(&words));
    }
    writer.put(&starts);
    writer.put(&words);
}

fn put_zones(writer: &mut Writer, names: &[Placed]) {
    let (mut zones, mut zone_weights, mut by_weight) = (vec![0u32], vec![0u32], Vec::new());
    for zone in 0..ZONES {
        let first = names.partition_point(|name| usize::from(name.zone) < zone);
        let end = names.partition_point(|name| usize::from(name.zone) <= zone);
        let heaviest = if first < end { names[end - 1].weight } else { 0 };
        let starts = (0..=heaviest)
            .map(|weight| first + names[first..end].partition_point(|name| name.weight < weight));
        by_weight.extend(starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)));
        zones.push(u32::try_from(end).unwrap_or(u32::MAX));
        by_weight.push(zones[zone + 1]);
        zone_weights.push(offset(&by_weight));
    }
    writer.put(&zones);
    writer.put(&zone_weights);
    writer.put(&by_weight);
    let blocks = names.chunks(BLOCK as usize);
    let lightest = blocks.map(|block| block.iter().map(|name| name.weight).min().unwrap_or(0));
    writer.put(&lightest.collect::<Vec<_>>());
}

/// The skeleton of a word that others may sound like; of other words none.
fn skeleton_of(token: &Token) -> String {
    if is_fuzzy(token) { skeleton(&token.text) } else { String::new() }
}

/// The first word of each sound, words by what is left when letters are taken out, names by their joins, and words by
/// group of variants.
fn put_tables(writer: &mut Writer, lexicon: &Lexicon, all: Gathered) {
    let joins = (0u32..).zip(&all.names);
    let joins =
        joins.flat_map(|(value, name)| all.joins_of(name).iter().map(move |hash| entry(*hash, value)));
    let joins: Vec<u64> = joins.collect();
    let Gathered { vocabulary, .. } = all;
    let mut last = 0;
    let sounds = (0u32..).zip(&vocabulary).map(|(value, token)| (value, sound_of(&skeleton_of(token))));
    let first = sounds.filter(|(_, sound)| *sound != std::mem::replace(&mut last, *sound) && *sound != 0);
    put(writer, first.map(|(value, sound)| entry(sound32(sound), value)).collect());
    put(writer, deletions(&vocabulary));
    put(writer, joins);
    put_groups(writer, lexicon, &vocabulary);
}

/// The groups of variants that words of the list belong to, and their words.
fn put_groups(writer: &mut Writer, lexicon: &Lexicon, vocabulary: &[Token]) {
    let fuzzy = (0u32..).zip(vocabulary).filter(|(_, token)| is_fuzzy(token));
    let of =
        |(word, token): (u32, &Token)| lexicon.groups(&token.text).iter().map(move |group| (*group, word));
    let mut pairs: Vec<(u32, u32)> = fuzzy.flat_map(of).collect();
    pairs.sort_unstable();
    let (mut groups, mut starts) = (Vec::new(), Vec::new());
    for (at, (group, _)) in (0u32..).zip(&pairs) {
        if groups.last() != Some(group) {
            groups.push(*group);
            starts.push(at);
        }
    }
    starts.push(offset(&pairs));
    writer.put(&groups);
    writer.put(&starts);
    writer.put(&pairs.iter().map(|(_, word)| *word).collect::<Vec<_>>());
}

/// What is left of each word when up to its allowed number of letters is taken out; words within that many edits of
/// each other meet here, because each edit costs either side at most one letter.
fn deletions(vocabulary: &[Token]) -> Vec<u64> {
    let entries =
        (0u32..offset(vocabulary)).into_par_iter().filter(|value| is_fuzzy(&vocabulary[*value as usize]));
    entries
        .flat_map_iter(|value| {
            let word = vocabulary[value as usize].text.as_bytes();
            let mut keys = Vec::new();
            without_letters(word, edits_allowed(word.len()), |key| keys.push(entry(key, value)));
            keys
        })
        .collect()
}
