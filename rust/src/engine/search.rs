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

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::engine::build::{deletion_keys, group32, hash32, sound32};
use crate::engine::calibration::raw_threshold;
use crate::engine::score::score;
use crate::engine::segment::{HAS_INITIAL, Part, Segment, bit_of};
use crate::engine::similarity::{
    AKIN, BY_INITIAL, INITIAL, JOINED, VARIANT, WHOLE, Word, has_initials, is_fuzzy, sound_of, sound_share,
    spelling,
};
use crate::engine::words::{Words, joined_form};
use crate::lexicon::{Lexicon, skeleton};
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

/// What a run of query words written as one can match in a part, and the bounds that follow from it.
///
/// It depends on the letters and the weight alone, so a batch looks each distinct word up once.
#[derive(Default)]
pub struct Reach {
    /// Words that it can match, with their shares, in order.
    words: Vec<(u32, u32)>,
    /// Names whose adjacent words join to it, with the weight of those words, in order.
    joins: Vec<(u32, u32)>,
    /// Weight of the run.
    weight: u64,
    /// Most that it can add to the explained weight: `share · (w_q + w_n)`.
    adds: u64,
    /// Most that it can gain over the threshold: `share · w_q + (share − t) · w_n`, never below nothing.
    gain: u64,
    /// Most that it can explain per weight of a name's words: `share · (w_q + w_n) / w_n`, rounded up.
    rate: u64,
    /// Signature bits of the words that it can match.
    bits: u32,
    /// Postings behind it.
    cost: usize,
}

impl Reach {
    fn new(
        part: &Part<'_>,
        weight: u64,
        mut words: Vec<(u32, u32)>,
        mut joins: Vec<(u32, u32)>,
        threshold: u64,
    ) -> Self {
        words.sort_unstable();
        joins.sort_unstable();
        let mut reach = Self { weight, cost: joins.len(), ..Self::default() };
        for (word, share) in &words {
            reach.widen(u64::from(*share), u64::from(part.weights[*word as usize]), threshold);
            reach.bits |= bit_of(*word);
            reach.cost += part.postings_of(*word).len();
        }
        for (_, other) in &joins {
            reach.widen(u64::from(JOINED), u64::from(*other), threshold);
        }
        Self { words, joins, ..reach }
    }

    /// Signature bits of what it can match, and the most that it can add; joins show in no signature.
    fn bound(&self) -> (u32, u64) {
        (if self.joins.is_empty() { self.bits } else { u32::MAX }, self.adds)
    }

    fn widen(&mut self, share: u64, other: u64, threshold: u64) {
        let adds = share * (self.weight + other);
        self.adds = self.adds.max(adds);
        self.gain = self.gain.max(adds.saturating_sub(threshold * other));
        self.rate = self.rate.max(adds.div_ceil(other.max(1)));
    }
}

/// What query words reach, remembered over a batch of one threshold.
pub type Known = FxHashMap<Token, Reach>;

/// What a word reaches in a part, at a raw threshold in thousandths.
#[must_use]
pub fn reach_of(lexicon: &Lexicon, part: &Part<'_>, token: &Token, threshold: u64) -> Reach {
    let mut found: Vec<(u32, u32)> =
        equal_words(part, &token.text).into_iter().map(|word| (word, WHOLE)).collect();
    if token.class == Class::Legal {
        found.extend(akin_words(lexicon, part, &token.text));
    }
    if is_fuzzy(token) {
        let word = Word::new(lexicon, token.clone(), part.kind);
        found.extend(spelled_alike(part, token.text.as_bytes()));
        found.extend(word.groups.iter().flat_map(|group| variants(lexicon, part, *group)));
        found.extend(sounding_alike(part, &word));
    }
    found.sort_unstable_by_key(|(word, share)| (*word, Reverse(*share)));
    found.dedup_by_key(|(word, _)| *word);
    Reach::new(part, u64::from(token.weight), found, joins_of(part, token), threshold)
}

/// Legal forms of the same generic kind.
fn akin_words<'a>(
    lexicon: &'a Lexicon,
    part: &'a Part<'_>,
    text: &'a str,
) -> impl Iterator<Item = (u32, u32)> + 'a {
    let legal =
        (0..).zip(part.classes).filter(|(_, class)| **class == Class::Legal as u8).map(|(word, _)| word);
    let generic = lexicon.generic(text);
    legal
        .filter(move |word| generic.is_some() && lexicon.generic(part.text(*word)) == generic)
        .map(|word| (word, AKIN))
}

/// Words within the edits that their length allows.
fn spelled_alike<'a>(part: &'a Part<'_>, text: &'a [u8]) -> impl Iterator<Item = (u32, u32)> + 'a {
    let mut met: Vec<u32> = deletion_keys(text).into_iter().flat_map(|key| part.deletions.of(key)).collect();
    met.sort_unstable();
    met.dedup();
    met.into_iter()
        .filter_map(move |word| spelling(text, part.text(word).as_bytes()).map(|share| (word, share)))
}

/// Words of a group of variants.
fn variants<'a>(
    lexicon: &'a Lexicon,
    part: &'a Part<'_>,
    group: u32,
) -> impl Iterator<Item = (u32, u32)> + 'a {
    let filed = part.sounds.of(group32(group));
    filed.filter(move |word| lexicon.groups(part.text(*word)).contains(&group)).map(|word| (word, VARIANT))
}

/// Words with the same skeleton.
fn sounding_alike<'a>(part: &'a Part<'_>, word: &'a Word) -> impl Iterator<Item = (u32, u32)> + 'a {
    let filed = part.sounds.of(sound32(word.sound)).filter(move |_| word.sound != 0);
    let share = sound_share(word.sound_len);
    filed
        .filter(move |other| share > 0 && sound_of(&skeleton(part.text(*other))) == word.sound)
        .map(move |other| (other, share))
}

/// The raw threshold in thousandths, like the shares; rounded down, so that no name at the threshold is cut.
#[must_use]
pub fn permille(threshold: u32) -> u64 {
    u64::from(raw_threshold(threshold) / 1000)
}

/// The words with these letters, in whatever class.
fn equal_words(part: &Part<'_>, text: &str) -> Vec<u32> {
    let mask = part.slots.len() - 1;
    let mut at = hash32(text.as_bytes()) as usize & mask;
    let mut found = Vec::new();
    // Bounded, because a damaged table may have no empty slot.
    for _ in 0..=mask {
        let Some(word) = part.slots[at].checked_sub(1) else { break };
        if part.text(word) == text {
            found.push(word);
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

/// A run of query words, `from..to`, and what it reaches.
struct Unit<'a> {
    from: usize,
    to: usize,
    reach: &'a Reach,
}

/// One query against one part.
struct Query<'a> {
    part: &'a Part<'a>,
    words: &'a Words,
    threshold: u64,
    units: Vec<Unit<'a>>,
    /// Most that an initial's edge of each word can add.
    initials: Vec<u64>,
}

/// What the words of a query reach that a batch does not know: all of them for a single query, and its joins.
struct Fresh {
    words: Vec<Option<Reach>>,
    joins: Vec<(usize, usize, Reach)>,
}

impl Fresh {
    fn of(lexicon: &Lexicon, part: &Part<'_>, words: &Words, known: &Known, threshold: u64) -> Self {
        let unknown =
            |token: &Token| (!known.contains_key(token)).then(|| reach_of(lexicon, part, token, threshold));
        let mut joins = Vec::new();
        for join in words.joins() {
            let equal = equal_words(part, &join.text)
                .into_iter()
                .filter(|word| joined_form(part.class(*word), &join.text));
            let equal: Vec<(u32, u32)> = equal.map(|word| (word, JOINED)).collect();
            if !equal.is_empty() {
                let reach = Reach::new(part, u64::from(join.weight), equal, Vec::new(), threshold);
                joins.push((join.from, join.to, reach));
            }
        }
        Self { words: words.tokens.iter().map(unknown).collect(), joins }
    }
}

/// Searches a part for names that score at least `threshold` (millionths), in order of row.
#[must_use]
pub fn search_part(
    lexicon: &Lexicon,
    segment: &Segment,
    part: &Part<'_>,
    words: &Words,
    known: &Known,
    threshold: u32,
) -> Vec<Hit> {
    if part.is_empty() || words.tokens.is_empty() {
        return Vec::new();
    }
    let raw = permille(threshold);
    let fresh = Fresh::of(lexicon, part, words, known, raw);
    let query = Query::new(part, words, known, &fresh, raw);
    let names = query.candidates();
    let texts = segment.names();
    let mut hits = Vec::new();
    for name in names {
        if query.may_reach(name) {
            let row = part.base + name;
            let other = stored(part, name, texts.text(row));
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
pub fn scan_part(
    lexicon: &Lexicon,
    segment: &Segment,
    part: &Part<'_>,
    words: &Words,
    threshold: u32,
) -> Vec<Hit> {
    if words.tokens.is_empty() {
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
fn stored(part: &Part<'_>, name: u32, text: &str) -> Words {
    let tokens = part.words_of(name).iter().map(|word| part.token(*word)).collect();
    Words::from_tokens(tokens, crate::normalise::normalise(text))
}

impl<'a> Query<'a> {
    fn new(part: &'a Part<'a>, words: &'a Words, known: &'a Known, fresh: &'a Fresh, threshold: u64) -> Self {
        let of_word = |at: usize| fresh.words[at].as_ref().or_else(|| known.get(&words.tokens[at]));
        let alone = (0..words.tokens.len())
            .filter_map(|at| of_word(at).map(|reach| Unit { from: at, to: at + 1, reach }));
        let joins = fresh.joins.iter().map(|(from, to, reach)| Unit { from: *from, to: *to, reach });
        let units = alone.chain(joins).filter(|unit| unit.reach.adds > 0).collect();
        let initials = words.tokens.iter().map(|word| initial_adds(part, word)).collect();
        Self { part, words, threshold, units, initials }
    }

    /// The most that each word can gain over the threshold, and which words must be probed; no words to probe means
    /// that initials alone may carry a name over it.
    fn probes(&self) -> (Vec<u64>, Option<Vec<bool>>) {
        let count = self.words.tokens.len();
        let weak: Vec<u64> = (0..count).map(|at| self.initial_gain(at)).collect();
        let mut gains = weak.clone();
        for unit in &self.units {
            for (at, gain) in (unit.from..).zip(&mut gains[unit.from..unit.to]) {
                let weight = u64::from(self.words.tokens[at].weight);
                *gain = (*gain).max((unit.reach.gain * weight).div_ceil(unit.reach.weight.max(1)));
            }
        }
        let needed = self.needed();
        let mut total: u64 = weak.iter().sum();
        if total >= needed {
            return (gains, None);
        }
        let mut order: Vec<usize> = (0..count).collect();
        let costs: Vec<usize> = (0..count).map(|at| self.cost(at)).collect();
        order.sort_by_key(|at| Reverse((costs[*at], gains[*at])));
        let mut probed = vec![true; count];
        for at in order {
            let without = total - weak[at] + gains[at];
            if without < needed {
                total = without;
                probed[at] = false;
            }
        }
        (gains, Some(probed))
    }

    /// What the gains of a name's words must come to.
    fn needed(&self) -> u64 {
        self.threshold * u64::from(self.words.weight)
    }

    fn cost(&self, at: usize) -> usize {
        self.units.iter().filter(|unit| unit.from <= at && at < unit.to).map(|unit| unit.reach.cost).sum()
    }

    /// What an initial's edge of a word can gain over the threshold, in thousandths of a weight.
    fn initial_gain(&self, at: usize) -> u64 {
        let word = &self.words.tokens[at];
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
        let (gains, probed) = self.probes();
        let Some(probed) = probed else {
            return range.collect();
        };
        let whole: u64 = gains.iter().sum();
        let mut found = Vec::new();
        for (number, unit) in self.units.iter().enumerate() {
            if !probed[unit.from..unit.to].contains(&true) {
                continue;
            }
            // An edge through which a name is found is one that its score rests on: with what the words beside the
            // unit can gain at most, it must come to what is needed.
            let beside = whole - gains[unit.from..unit.to].iter().sum::<u64>();
            let joins = unit.reach.joins.iter().map(|(name, _)| *name);
            found.extend(joins.filter(|name| range.contains(name)));
            for (word, share) in &unit.reach.words {
                let other = u64::from(self.part.weights[*word as usize]);
                let adds = u64::from(*share) * (unit.reach.weight + other);
                if adds.saturating_sub(self.threshold * other) + beside >= self.needed() {
                    self.scan(*word, adds, number, &range, &mut found);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Names that hold a word and whose other words may bring enough, as far as weight and signature tell.
    fn scan(&self, word: u32, adds: u64, number: usize, range: &Range<u32>, found: &mut Vec<u32>) {
        let unit = &self.units[number];
        let apart = |other: &&Unit<'_>| other.to <= unit.from || unit.to <= other.from;
        let beside: Vec<(u32, u64)> =
            self.units.iter().filter(apart).map(|other| other.reach.bound()).collect();
        let initials: Vec<(u32, u64)> = self.initial_bounds(unit.from..unit.to);
        let most = adds + beside.iter().chain(&initials).map(|(_, adds)| adds).sum::<u64>();
        let heaviest = (most / self.threshold.max(1)).saturating_sub(u64::from(self.words.weight));
        let by_weight = self.part.by_weight;
        let end = by_weight
            [(usize::try_from(heaviest).unwrap_or(usize::MAX)).saturating_add(1).min(by_weight.len() - 1)];
        let postings = self.part.postings_of(word);
        let start = postings.partition_point(|posting| posting.name < range.start);
        let Some(first) = postings.get(start) else { return };
        let mut weight = by_weight.partition_point(|begin| *begin <= first.name) - 1;
        let mut needed = self.threshold * (u64::from(self.words.weight) + weight as u64);
        for posting in &postings[start..] {
            if posting.name >= end.min(range.end) {
                break;
            }
            while by_weight[weight + 1] <= posting.name {
                weight += 1;
                needed += self.threshold;
            }
            let bound = beside.iter().chain(&initials).filter(|(bits, _)| bits & posting.signature != 0);
            if adds + bound.map(|(_, adds)| adds).sum::<u64>() >= needed {
                found.push(posting.name);
            }
        }
    }

    /// The most that initials can add for the words outside a run, with the signature bits that allow it.
    fn initial_bounds(&self, run: Range<usize>) -> Vec<(u32, u64)> {
        let outside = self.initials.iter().enumerate().filter(|(at, adds)| !run.contains(at) && **adds > 0);
        let of_initial = |at: usize| self.words.tokens[at].class == Class::Initial;
        outside.map(|(at, adds)| (if of_initial(at) { u32::MAX } else { HAS_INITIAL }, *adds)).collect()
    }

    /// The names whose weight alone does not rule them out: what a name explains is at most what its own weight can
    /// carry at the best rate of any edge, and at most what all units add together.
    fn weights(&self) -> Range<u32> {
        let (t, weight) = (self.threshold.max(1), u64::from(self.words.weight));
        let most: u64 =
            self.units.iter().map(|unit| unit.reach.adds).sum::<u64>() + self.initials.iter().sum::<u64>();
        let rate = self
            .units
            .iter()
            .map(|unit| unit.reach.rate)
            .chain(self.words.tokens.iter().map(|word| initial_rate(self.part, word)));
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
                if let Ok(at) = unit.reach.words.binary_search_by_key(word, |(other, _)| *other) {
                    let other = u64::from(self.part.weights[*word as usize]);
                    best = best.max(u64::from(unit.reach.words[at].1) * (unit.reach.weight + other));
                }
            }
            if let Ok(at) = unit.reach.joins.binary_search_by_key(&name, |(other, _)| *other) {
                best = best.max(u64::from(JOINED) * (unit.reach.weight + u64::from(unit.reach.joins[at].1)));
            }
            total += best;
        }
        for (word, adds) in self.words.tokens.iter().zip(&self.initials) {
            if *adds > 0
                && (word.class == Class::Initial
                    || words.iter().any(|w| self.part.class(*w) == Class::Initial))
            {
                total += adds;
            }
        }
        total >= self.threshold * (u64::from(self.words.weight) + weight)
    }
}

/// The most that an initial's edge of a word can add.
fn initial_adds(part: &Part<'_>, word: &Token) -> u64 {
    if !has_initials(part.kind) {
        return 0;
    }
    let weight = u64::from(word.weight);
    match word.class {
        Class::Plain => u64::from(BY_INITIAL) * weight + u64::from(INITIAL) * INITIAL_WEIGHT,
        Class::Initial => u64::from(INITIAL) * weight + u64::from(BY_INITIAL) * HEAVIEST,
        _ => 0,
    }
}

/// The most that an initial's edge of a word can explain per weight of the name's word.
fn initial_rate(part: &Part<'_>, word: &Token) -> u64 {
    let weight = u64::from(word.weight);
    match word.class {
        Class::Plain if has_initials(part.kind) => {
            (u64::from(BY_INITIAL) * weight + u64::from(INITIAL) * INITIAL_WEIGHT).div_ceil(INITIAL_WEIGHT)
        }
        Class::Initial if has_initials(part.kind) => u64::from(INITIAL) * weight + u64::from(BY_INITIAL),
        _ => 0,
    }
}

/// Greatest weight of a word.
const HEAVIEST: u64 = 100;
