//! Lossless search: exactly what scoring every name would return, without scoring every name.
//!
//! **Why nothing is lost.** A name N reaches the raw threshold t for a query Q only if its matched words carry it:
//! `Σ_matched [share·w_q + (share − t)·w_n] ≥ t·W_Q`, for words of N left over only make it harder and every factor
//! only lowers the score. So each query word has a greatest possible *gain*, taken over all words of the list that it
//! can match (all found: equal words by hash, variants by group, likeness of sound by skeleton, spellings by the
//! deletion table, which two words within k edits share because each edit costs either side at most one letter), over
//! the joins of either side, and over initials. Words whose gains together stay below `t·W_Q` cannot reach it alone;
//! hence a name that qualifies matches at least one of the other words, the *probes*, by one of their edges, and the
//! postings of those edges hold it. An initial's edge leads to too many words to be probed: its gain is counted
//! against the probes too. Bounds on what is found (weight range, signature, words) only use greater values than the
//! score can take. What passes them is scored by the same function that the exhaustive search calls.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::engine::build::{deletion_keys, group32, hash32, sound32};
use crate::engine::calibration::raw_threshold;
use crate::engine::score::score;
use crate::engine::segment::{HAS_INITIAL, Part, Segment, bit_of};
use crate::engine::similarity::{
    BY_INITIAL, INITIAL, JOINED, Word, has_initials, is_fuzzy, similarity,
};
use crate::engine::words::{Words, joined_form};
use crate::lexicon::Lexicon;
use crate::tokens::{Class, Token};

/// Weight of an initial, as the lexicon gives it.
const INITIAL_WEIGHT: u64 = 25;

/// A hit: row of the segment and calibrated score in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Row among all names of the segment.
    pub row: u32,
    /// Score in millionths.
    pub score: u32,
}

/// The words of a part that a query word can match, with their shares, and the names whose joins equal it.
#[derive(Default)]
pub struct Edges {
    words: Vec<(u32, u32)>,
    joins: Vec<(u32, u32)>,
}

/// Edges of query words, remembered over a batch.
pub type Known = FxHashMap<Token, Edges>;

/// Finds the edges of a word in a part.
#[must_use]
pub fn edges_of(lexicon: &Lexicon, part: &Part<'_>, token: &Token) -> Edges {
    let word = Word::new(lexicon, token.clone(), part.kind);
    let mut found: Vec<u32> = equal_words(part, &token.text);
    if token.class == Class::Legal {
        found.extend((0..).zip(part.classes).filter(|(_, class)| **class == Class::Legal as u8).map(|(word, _)| word));
    }
    if is_fuzzy(token) {
        for key in deletion_keys(token.text.as_bytes()) {
            found.extend(part.deletions.of(key));
        }
        found.extend(word.groups.iter().flat_map(|group| part.sounds.of(group32(*group))));
        if word.sound != 0 {
            found.extend(part.sounds.of(sound32(word.sound)));
        }
    }
    found.sort_unstable();
    found.dedup();
    let words = found
        .into_iter()
        .filter_map(|other| {
            let known = word_of(lexicon, part, other);
            similarity(lexicon, &word, &known).map(|(share, _)| (other, share))
        })
        .collect();
    Edges { words, joins: joins_of(part, token) }
}

fn word_of(lexicon: &Lexicon, part: &Part<'_>, word: u32) -> Word {
    let token = Token { text: part.text(word).to_owned(), class: part.class(word), weight: part.weights[word as usize] };
    Word::new(lexicon, token, part.kind)
}

/// The words with these letters, in whatever class.
fn equal_words(part: &Part<'_>, text: &str) -> Vec<u32> {
    let mask = part.slots.len() - 1;
    let mut at = hash32(text.as_bytes()) as usize & mask;
    let mut found = Vec::new();
    while part.slots[at] != 0 {
        if part.text(part.slots[at] - 1) == text {
            found.push(part.slots[at] - 1);
        }
        at = (at + 1) & mask;
    }
    found
}

/// Names in which adjacent words join to this one, with the weight of those words.
fn joins_of(part: &Part<'_>, token: &Token) -> Vec<(u32, u32)> {
    if !joined_form(token.class, &token.text) {
        return Vec::new();
    }
    let names = part.joins.of(hash32(token.text.as_bytes()));
    names.filter_map(|name| join_weight(part, name, &token.text).map(|weight| (name, weight))).collect()
}

fn join_weight(part: &Part<'_>, name: u32, text: &str) -> Option<u32> {
    let words = part.words_of(name);
    let joined = |from: usize| {
        let (mut rest, mut weight) = (text, 0);
        for word in &words[from..] {
            rest = rest.strip_prefix(part.text(*word))?;
            weight += u32::from(part.weights[*word as usize]);
            if rest.is_empty() {
                return Some(weight);
            }
        }
        None
    };
    (0..words.len()).filter_map(joined).max()
}

/// A unit of the query: one word, or a run of words written as one by some name.
struct Unit {
    from: usize,
    to: usize,
    weight: u64,
    edges: Vec<(u32, u32)>,
    joins: Vec<(u32, u32)>,
    /// Most that it can add to the explained weight: `share · (w_q + w_n)`.
    adds: u64,
    /// Most that it can explain per weight of the name's words: `share · (w_q + w_n) / w_n`, rounded up.
    rate: u64,
    /// Signature bits of the words that it can match.
    bits: u32,
}

/// One query against one part.
struct Query<'a, 'b> {
    part: &'b Part<'a>,
    words: &'b Words,
    threshold: u64,
    units: Vec<Unit>,
    initials: Vec<u64>,
}

/// Searches a part for names that score at least `threshold` (millionths), in order of row.
#[must_use]
pub fn search_part(lexicon: &Lexicon, segment: &Segment, part: &Part<'_>, words: &Words, known: &Known, threshold: u32) -> Vec<Hit> {
    if part.is_empty() || words.words.is_empty() {
        return Vec::new();
    }
    let query = Query::new(lexicon, part, words, known, u64::from(raw_threshold(threshold)));
    let names = query.candidates();
    let texts = segment.names();
    let mut hits = Vec::new();
    for name in names {
        if query.may_reach(name) {
            let row = part.base + name;
            let other = stored(lexicon, part, name, texts.text(row));
            let found = score(lexicon, words, &other, part.kind).score;
            if found >= threshold {
                hits.push(Hit { row, score: found });
            }
        }
    }
    hits
}

/// Scores every name of a part: the oracle.
#[must_use]
pub fn scan_part(lexicon: &Lexicon, segment: &Segment, part: &Part<'_>, words: &Words, threshold: u32) -> Vec<Hit> {
    if words.words.is_empty() {
        return Vec::new();
    }
    let texts = segment.names();
    (0..u32::try_from(part.len()).unwrap_or(0))
        .filter_map(|name| {
            let row = part.base + name;
            let other = Words::of(lexicon, texts.text(row), part.kind);
            let found = score(lexicon, words, &other, part.kind).score;
            (found >= threshold).then_some(Hit { row, score: found })
        })
        .collect()
}

/// A name of the list, from its stored words.
fn stored(lexicon: &Lexicon, part: &Part<'_>, name: u32, text: &str) -> Words {
    let words: Vec<Word> = part.words_of(name).iter().map(|word| word_of(lexicon, part, *word)).collect();
    let weight = words.iter().map(|word| u32::from(word.token.weight)).sum();
    Words { words, weight, normal: crate::normalise::normalise(text) }
}

impl<'a, 'b> Query<'a, 'b> {
    fn new(lexicon: &Lexicon, part: &'b Part<'a>, words: &'b Words, known: &Known, raw: u64) -> Self {
        let mut units = Vec::new();
        for (at, word) in words.words.iter().enumerate() {
            let fresh;
            let edges = if let Some(edges) = known.get(&word.token) {
                edges
            } else {
                fresh = edges_of(lexicon, part, &word.token);
                &fresh
            };
            let weight = u64::from(word.token.weight);
            units.push(Unit::new(part, at, at + 1, weight, edges.words.clone(), edges.joins.clone()));
        }
        for join in words.joins() {
            let edges: Vec<(u32, u32)> = equal_words(part, &join.text)
                .into_iter()
                .filter(|word| joined_form(part.class(*word), &join.text))
                .map(|word| (word, JOINED))
                .collect();
            if !edges.is_empty() {
                units.push(Unit::new(part, join.from, join.to, u64::from(join.weight), edges, Vec::new()));
            }
        }
        let initials = words.words.iter().map(|word| initial_adds(part, word)).collect();
        // In thousandths like the shares; rounded down, so that no name at the threshold is cut.
        Self { part, words, threshold: raw / 1000, units, initials }
    }

    /// The most that each word can gain over the threshold, and which words need not be probed.
    fn probes(&self) -> Option<Vec<bool>> {
        let count = self.words.words.len();
        let mut gains = vec![0u64; count];
        for unit in &self.units {
            let gain = unit.gain(self.part, self.threshold);
            for at in unit.from..unit.to {
                let weight = u64::from(self.words.words[at].token.weight);
                gains[at] = gains[at].max((gain * weight).div_ceil(unit.weight.max(1)));
            }
        }
        let weak: Vec<u64> = (0..count).map(|at| self.initial_gain(at)).collect();
        for at in 0..count {
            gains[at] = gains[at].max(weak[at]);
        }
        let needed = self.threshold * u64::from(self.words.weight);
        let mut total: u64 = weak.iter().sum();
        if total >= needed {
            return None;
        }
        let mut order: Vec<usize> = (0..count).collect();
        let costs: Vec<usize> = (0..count).map(|at| self.cost(at)).collect();
        order.sort_by_key(|at| std::cmp::Reverse((costs[*at], gains[*at])));
        let mut probed = vec![true; count];
        for at in order {
            let without = total - weak[at] + gains[at];
            if without < needed {
                total = without;
                probed[at] = false;
            }
        }
        Some(probed)
    }

    fn cost(&self, at: usize) -> usize {
        let units = self.units.iter().filter(|unit| unit.from <= at && at < unit.to);
        units.map(|unit| unit.edges.iter().map(|(word, _)| self.part.postings_of(*word).len()).sum::<usize>() + unit.joins.len()).sum()
    }

    /// What an initial's edge of a word can gain over the threshold, in thousandths of a weight.
    fn initial_gain(&self, at: usize) -> u64 {
        let word = &self.words.words[at].token;
        if !has_initials(self.part.kind) {
            return 0;
        }
        let (own, other, weight) = match word.class {
            Class::Plain => (BY_INITIAL, INITIAL, INITIAL_WEIGHT),
            Class::Initial => (INITIAL, BY_INITIAL, 0),
            _ => return 0,
        };
        u64::from(own) * u64::from(word.weight) + u64::from(other).saturating_sub(self.threshold) * weight
    }

    /// Names that match a probed word and pass the bounds on weight and signature, each once, in order.
    fn candidates(&self) -> Vec<u32> {
        let range = self.weights();
        let Some(probed) = self.probes() else {
            return range.collect();
        };
        let mut found = Vec::new();
        for unit in &self.units {
            if !(unit.from..unit.to).any(|at| probed[at]) {
                continue;
            }
            found.extend(unit.joins.iter().map(|(name, _)| *name).filter(|name| range.contains(name)));
            for (word, _) in &unit.edges {
                self.scan(*word, &range, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn scan(&self, word: u32, range: &Range<u32>, found: &mut Vec<u32>) {
        let postings = self.part.postings_of(word);
        let start = postings.partition_point(|posting| posting.name < range.start);
        let by_weight = self.part.by_weight;
        let Some(first) = postings.get(start) else { return };
        let mut weight = by_weight.partition_point(|begin| *begin <= first.name) - 1;
        for posting in &postings[start..] {
            if posting.name >= range.end {
                break;
            }
            while by_weight[weight + 1] <= posting.name {
                weight += 1;
            }
            let needed = self.threshold * (u64::from(self.words.weight) + weight as u64);
            if self.most(posting.signature) >= needed {
                found.push(posting.name);
            }
        }
    }

    /// The most that a name with this signature can explain.
    fn most(&self, signature: u32) -> u64 {
        let mut total = 0;
        for unit in &self.units {
            if unit.bits & signature != 0 || !unit.joins.is_empty() {
                total += unit.adds;
            }
        }
        for (word, adds) in self.words.words.iter().zip(&self.initials) {
            if *adds > 0 && (word.token.class == Class::Initial || signature & HAS_INITIAL != 0) {
                total += adds;
            }
        }
        total
    }

    /// The names whose weight alone does not rule them out: what a name explains is at most what its own weight can
    /// carry at the best rate of any edge, and at most what all units add together.
    fn weights(&self) -> Range<u32> {
        let (t, weight) = (self.threshold.max(1), u64::from(self.words.weight));
        let most: u64 = self.units.iter().map(|unit| unit.adds).sum::<u64>() + self.initials.iter().sum::<u64>();
        let rate = self.units.iter().map(|unit| unit.rate).chain(self.words.words.iter().map(|word| initial_rate(self.part, word)));
        let rate = rate.max().unwrap_or(0);
        let least = if rate > t { t * weight / (rate - t) } else { u64::from(u32::MAX) };
        let heaviest = (most / t).saturating_sub(weight);
        let small = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        self.part.names_between(small(least), small(heaviest))
    }

    /// The bound from a name's own words.
    fn may_reach(&self, name: u32) -> bool {
        let words = self.part.words_of(name);
        let weight: u64 = words.iter().map(|word| u64::from(self.part.weights[*word as usize])).sum();
        let mut total = 0u64;
        for unit in &self.units {
            let mut best = 0;
            for word in words {
                if let Ok(at) = unit.edges.binary_search_by_key(word, |(other, _)| *other) {
                    let other = u64::from(self.part.weights[*word as usize]);
                    best = best.max(u64::from(unit.edges[at].1) * (unit.weight + other));
                }
            }
            if let Ok(at) = unit.joins.binary_search_by_key(&name, |(other, _)| *other) {
                best = best.max(u64::from(JOINED) * (unit.weight + u64::from(unit.joins[at].1)));
            }
            total += best;
        }
        for (word, adds) in self.words.words.iter().zip(&self.initials) {
            if *adds > 0 && (word.token.class == Class::Initial || words.iter().any(|w| self.part.class(*w) == Class::Initial)) {
                total += adds;
            }
        }
        total >= self.threshold * (u64::from(self.words.weight) + weight)
    }
}

/// The most that an initial's edge of a word can add.
fn initial_adds(part: &Part<'_>, word: &Word) -> u64 {
    if !has_initials(part.kind) {
        return 0;
    }
    let weight = u64::from(word.token.weight);
    match word.token.class {
        Class::Plain => u64::from(BY_INITIAL) * weight + u64::from(INITIAL) * INITIAL_WEIGHT,
        Class::Initial => u64::from(INITIAL) * weight + u64::from(BY_INITIAL) * HEAVIEST,
        _ => 0,
    }
}

/// The most that an initial's edge of a word can explain per weight of the name's word.
fn initial_rate(part: &Part<'_>, word: &Word) -> u64 {
    let weight = u64::from(word.token.weight);
    match word.token.class {
        Class::Plain if has_initials(part.kind) => {
            (u64::from(BY_INITIAL) * weight + u64::from(INITIAL) * INITIAL_WEIGHT).div_ceil(INITIAL_WEIGHT)
        }
        Class::Initial if has_initials(part.kind) => u64::from(INITIAL) * weight + u64::from(BY_INITIAL),
        _ => 0,
    }
}

/// Greatest weight of a word.
const HEAVIEST: u64 = 100;

impl Unit {
    fn new(part: &Part<'_>, from: usize, to: usize, weight: u64, mut edges: Vec<(u32, u32)>, mut joins: Vec<(u32, u32)>) -> Self {
        edges.sort_unstable();
        joins.sort_unstable();
        let of_word = |(word, share): &(u32, u32)| u64::from(*share) * (weight + u64::from(part.weights[*word as usize]));
        let of_join = |(_, other): &(u32, u32)| u64::from(JOINED) * (weight + u64::from(*other));
        let adds = edges.iter().map(of_word).chain(joins.iter().map(of_join)).max().unwrap_or(0);
        let rate_of = |share: u32, other: u32| (u64::from(share) * (weight + u64::from(other))).div_ceil(u64::from(other.max(1)));
        let rates = edges.iter().map(|(word, share)| rate_of(*share, u32::from(part.weights[*word as usize])));
        let rate = rates.chain(joins.iter().map(|(_, other)| rate_of(JOINED, *other))).max().unwrap_or(0);
        let bits = edges.iter().fold(0, |bits, (word, _)| bits | bit_of(*word));
        Self { from, to, weight, edges, joins, adds, rate, bits }
    }

    /// The most that the unit can gain over the threshold: `share·w_q + (share − t)·w_n`, never below nothing.
    fn gain(&self, part: &Part<'_>, threshold: u64) -> u64 {
        let gain = |share: u64, other: u64| {
            (share * self.weight + share * other).saturating_sub(threshold * other)
        };
        let of_words = self.edges.iter().map(|(word, share)| gain(u64::from(*share), u64::from(part.weights[*word as usize])));
        let of_joins = self.joins.iter().map(|(_, other)| gain(u64::from(JOINED), u64::from(*other)));
        of_words.chain(of_joins).max().unwrap_or(0)
    }
}
