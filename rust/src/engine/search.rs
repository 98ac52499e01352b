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
//! against the probes too, but only among the names that hold an initial, which have a zone of their own, or where
//! the query holds one. What bounds the names found (their weight, then 16 bits of each of their words, then the
//! words themselves) only uses greater values than the score can take: bits of two words may fall together, and a word
//! that has no bits is held to match. What passes is scored by the same function that the exhaustive search calls.

use std::ops::Range;

use crate::engine::calibration::raw_threshold;
use crate::engine::probe::{Plan, STEP, Scan, Told, UNTOLD};
use crate::engine::reach::{Mark, Memory};
use crate::engine::rolling::joined;
use crate::engine::score::{by_initial, score, score_by};
use crate::engine::segment::{KINDS, List, MORE, short};
use crate::engine::similarity::{BY_INITIAL, How, INITIAL, JOINED, has_initials};
use crate::engine::words::{LONGEST_JOIN, MOST_JOINED, Words, joinable};
use crate::lexicon::Lexicon;
use crate::tokens::{Class, Token};

/// Weight of an initial, as the lexicon gives it.
const INITIAL_WEIGHT: u32 = 25;
/// Greatest weight of a word.
const HEAVIEST: u32 = 100;
/// Names that join to a query word are looked at one by one up to so many; of more, any name is held to be one.
const FEW_JOINS: usize = 64;

/// A hit: row of the segment and calibrated score in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Row among all names of the segment.
    pub row: u32,
    /// Score in millionths.
    pub score: u32,
}

/// The raw threshold in thousandths, like the shares; rounded down, so that no name at the threshold is cut.
#[must_use]
pub fn permille(threshold: u32) -> u32 {
    raw_threshold(threshold) / 1000
}

/// A run of query words, `from..to`, with what it reaches.
#[derive(Clone, Copy)]
struct Unit {
    from: usize,
    to: usize,
    reach: u32,
    weight: u32,
    adds: u32,
    gain: u32,
    rate: u32,
    cost: u32,
    /// Most that an initial's edge can add.
    initial: u32,
    /// Whether it is an initial, which matches any word that begins with it.
    spread: bool,
    /// Whether it is held to match any name.
    always: bool,
}

impl Unit {
    /// Most that it can add to a name, in a zone with initials or without.
    fn most(&self, initials: bool) -> u32 {
        if initials || self.spread { self.adds.max(self.initial) } else { self.adds }
    }
}

/// Searches one list, query after query; it remembers what words reach, and keeps its memory.
pub struct Searcher<'a> {
    lexicon: &'a Lexicon,
    list: List<'a>,
    threshold: u32,
    /// The threshold in thousandths of the raw score.
    raw: u32,
    memory: Memory,
    /// What the query's runs can add to a name by each of its words.
    told: Box<Told>,
    touched: Vec<u16>,
    /// What each word of the query reaches.
    reached: Vec<u32>,
    units: Vec<Unit>,
    plan: Plan,
    names: Vec<u32>,
}

impl<'a> Searcher<'a> {
    /// A searcher of a list, for names that score at least `threshold` (millionths).
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, list: List<'a>, threshold: u32) -> Self {
        Self {
            lexicon,
            list,
            threshold,
            raw: permille(threshold),
            memory: Memory::default(),
            told: Box::new([0; 1 << 16]),
            touched: Vec::new(),
            reached: Vec::new(),
            units: Vec::new(),
            plan: Plan::default(),
            names: Vec::new(),
        }
    }

    /// Appends the names of a kind that reach the threshold, in order of row.
    pub fn search(&mut self, words: &Words<'_>, kind: usize, hits: &mut Vec<Hit>) {
        if words.tokens.is_empty() || self.list.names_of(kind).is_empty() {
            return;
        }
        self.memory.trim();
        let mark = self.enter(words, kind);
        self.names.clear();
        self.joined_names(kind);
        for zone in [2 * kind, 2 * kind + 1] {
            if !self.list.zone(zone).is_empty() {
                self.candidates(words, kind, zone);
            }
        }
        self.names.sort_unstable();
        self.names.dedup();
        let mut names = std::mem::take(&mut self.names);
        names.retain(|name| self.may_reach(words, kind, *name));
        for name in &names {
            hits.extend(self.scored(words, kind, *name));
        }
        self.names = names;
        for word in self.touched.drain(..) {
            self.told[usize::from(word)] = 0;
        }
        self.memory.back(mark);
    }

    /// Scores every name of a kind: the oracle.
    pub fn scan(&self, words: &Words<'_>, kind: usize, hits: &mut Vec<Hit>) {
        if words.tokens.is_empty() {
            return;
        }
        for row in self.list.names_of(kind) {
            let other = Words::of(self.lexicon, self.list.text(row), KINDS[kind]);
            let found = score(self.lexicon, words, &other, KINDS[kind]).score;
            if found >= self.threshold {
                hits.push(Hit { row, score: found });
            }
        }
    }

    /// Scores a name by the edges that are known already.
    fn scored(&self, words: &Words<'_>, kind: usize, name: u32) -> Option<Hit> {
        let own = self.list.words_of(name);
        let tokens = own.iter().map(|word| self.list.token(*word)).collect();
        let other = Words::from_tokens(tokens, self.list.text(name));
        let edge = |i: usize, j: usize| {
            let edges = self.memory.edges(self.memory.reach(self.reached[i]));
            let found = edges.binary_search_by_key(&own[j], |edge| edge.word).map(|at| edges[at].share(kind));
            match found {
                Ok(share) if share > 0 => Some((share, share, How::Equal)),
                _ => by_initial(&words.tokens[i], &other.tokens[j], KINDS[kind]),
            }
        };
        let score = score_by(words, &other, KINDS[kind], edge).score;
        (score >= self.threshold).then_some(Hit { row: name, score })
    }

    /// Sets up the runs of a query: its words, and neighbours that the list writes as one; the latter are remembered
    /// for this query only, from the mark on.
    fn enter(&mut self, words: &Words<'_>, kind: usize) -> Mark {
        self.units.clear();
        self.reached.clear();
        for (at, token) in words.tokens.iter().enumerate() {
            let reach = self.memory.learn(self.lexicon, &self.list, token, self.raw);
            self.reached.push(reach);
            let (initial, spread) = initial_adds(kind, token);
            self.add(at, at + 1, reach, kind, initial, spread);
        }
        let mark = self.memory.mark();
        for from in 0..words.tokens.len() {
            self.joins(words, kind, from);
        }
        mark
    }

    fn joins(&mut self, words: &Words<'_>, kind: usize, from: usize) {
        let (mut hash, mut weight, mut length) = (0, 0, 0);
        for to in from + 1..=(from + MOST_JOINED).min(words.tokens.len()) {
            let token = &words.tokens[to - 1];
            length += token.text.len();
            if !joinable(token.class, &token.text) || length > LONGEST_JOIN {
                return;
            }
            let own = self.memory.reach(self.reached[to - 1]).hash;
            hash = joined(hash, own, token.text.len());
            weight += u32::from(token.weight);
            if to - from > 1
                && let Some(reach) =
                    self.memory.join(&self.list, hash, weight, &words.tokens[from..to], self.raw)
            {
                self.add(from, to, reach, kind, 0, false);
            }
        }
    }

    fn add(&mut self, from: usize, to: usize, reach: u32, kind: usize, initial: u32, spread: bool) {
        let found = self.memory.reach(reach);
        let bounds = *found.bounds(kind);
        if bounds.adds == 0 && initial == 0 {
            return;
        }
        let always = spread || self.memory.joins(found).len() > FEW_JOINS;
        let weight = found.weight;
        let (adds, gain, rate, cost) = (bounds.adds, bounds.gain, bounds.rate, bounds.cost);
        self.units.push(Unit { from, to, reach, weight, adds, gain, rate, cost, initial, spread, always });
    }

    /// Names whose words join to a query word: few, and seen in no posting, so all of them are looked at.
    fn joined_names(&mut self, kind: usize) {
        let range = self.list.names_of(kind);
        for unit in &self.units {
            let joins = self.memory.joins(self.memory.reach(unit.reach));
            if joins.len() <= FEW_JOINS {
                self.names.extend(joins.iter().map(|(name, _)| *name).filter(|name| range.contains(name)));
            }
        }
    }

    /// Names of a zone that match a probed word and pass the bounds on weight and bits.
    fn candidates(&mut self, words: &Words<'_>, kind: usize, zone: usize) {
        let initials = zone % 2 == 1;
        let range = self.range(words, zone, initials);
        if range.is_empty() {
            return;
        }
        if self.choose(words, initials) {
            self.names.extend(range);
            return;
        }
        let needed = self.raw * words.weight;
        let whole: u32 = self.plan.gains.iter().sum();
        let all: u32 = self.units.iter().map(|unit| unit.most(initials)).sum();
        let mut names = std::mem::take(&mut self.names);
        for number in 0..self.units.len() {
            let unit = self.units[number];
            if !self.plan.probed[unit.from..unit.to].contains(&true) {
                continue;
            }
            self.note(words, kind);
            // An edge through which a name is found is one that its score rests on: with what the words beside the
            // unit can gain at most, it must come to what is needed.
            let beside = whole - self.plan.gains[unit.from..unit.to].iter().sum::<u32>();
            let most = all - unit.most(initials);
            let scan = Scan {
                threshold: self.raw,
                weight: words.weight,
                always: self.units.iter().filter(|unit| unit.always).map(|unit| unit.most(initials)).sum(),
                told: &self.told,
                lightest: self.list.lightest,
            };
            for edge in self.memory.edges(self.memory.reach(unit.reach)) {
                let (share, other) = (edge.share(kind), self.list.weight(edge.word));
                let adds = share * (unit.weight + other);
                if share > 0 && adds.saturating_sub(self.raw * other) + beside >= needed {
                    let heaviest = ((most + adds) / self.raw.max(1)).saturating_sub(words.weight);
                    let end = self.list.names_between(zone, 0, heaviest).end.min(range.end);
                    scan.run(self.list.postings_of(edge.word, kind), range.start..end, adds, &mut names);
                }
            }
        }
        self.names = names;
    }

    /// The names of a zone whose weight alone does not rule them out: what a name explains is at most what its own
    /// weight can carry at the best rate of any edge, and at most what all runs add together.
    fn range(&self, words: &Words<'_>, zone: usize, initials: bool) -> Range<u32> {
        let t = self.raw.max(1);
        let most: u32 = self.units.iter().map(|unit| unit.most(initials)).sum();
        let rate =
            self.units.iter().map(|unit| unit.rate.max(initial_rate(unit, initials))).max().unwrap_or(0);
        let least = if rate > t { (t * words.weight).div_ceil(rate - t) } else { u32::MAX };
        let heaviest = (most / t).saturating_sub(words.weight).min(self.heaviest(words, initials));
        self.list.names_between(zone, least, heaviest)
    }

    /// The greatest weight of a name that initials of the query may carry over the threshold: they explain less of each
    /// word than the threshold asks for.
    fn heaviest(&self, words: &Words<'_>, initials: bool) -> u32 {
        if self.raw <= BY_INITIAL {
            return u32::MAX;
        }
        let most = |unit: &Unit| {
            if unit.spread { unit.adds.max(INITIAL * unit.weight) } else { unit.most(initials) }
        };
        let adds: u32 = self.units.iter().map(most).sum();
        adds.saturating_sub(self.raw * words.weight) / (self.raw - BY_INITIAL)
    }

    /// Finds the most that each word can gain over the threshold, and which words must be probed; says whether initials
    /// alone may carry a name over it.
    fn choose(&mut self, words: &Words<'_>, initials: bool) -> bool {
        let mut plan = std::mem::take(&mut self.plan);
        plan.reset(words.tokens.len());
        for unit in &self.units {
            if unit.initial > 0 && (initials || unit.spread) {
                plan.weak[unit.from] = self.initial_gain(unit, &words.tokens[unit.from]);
            }
            for at in unit.from..unit.to {
                plan.costs[at] = plan.costs[at].saturating_add(unit.cost);
                let weight = u32::from(words.tokens[at].weight);
                plan.gains[at] = plan.gains[at].max((unit.gain * weight).div_ceil(unit.weight.max(1)));
            }
        }
        let alone = plan.choose(words, self.raw * words.weight);
        self.plan = plan;
        alone
    }

    /// What an initial's edge of a word can gain over the threshold, in thousandths of a weight.
    fn initial_gain(&self, unit: &Unit, token: &Token) -> u32 {
        let (own, other, weight) = match token.class {
            Class::Initial => (INITIAL, BY_INITIAL, HEAVIEST),
            _ => (BY_INITIAL, INITIAL, INITIAL_WEIGHT),
        };
        own * unit.weight + other.saturating_sub(self.raw) * weight
    }

    /// Notes what each word that a run matches can add, once for a query.
    fn note(&mut self, words: &Words<'_>, kind: usize) {
        if !self.touched.is_empty() {
            return;
        }
        for unit in &self.units {
            for edge in self.memory.edges(self.memory.reach(unit.reach)) {
                let adds = edge.share(kind) * (unit.weight + self.list.weight(edge.word));
                tell(&mut self.told, &mut self.touched, short(edge.word), adds);
            }
            if unit.initial > 0 && !unit.spread {
                let letter = &words.tokens[unit.from].text[..1];
                for word in self.list.words_spelled(letter) {
                    if self.list.class(word) == Class::Initial {
                        tell(&mut self.told, &mut self.touched, short(word), unit.initial);
                    }
                }
            }
        }
        tell(&mut self.told, &mut self.touched, MORE, u32::from(UNTOLD) * STEP);
    }

    /// The bound from a name's own words.
    fn may_reach(&self, words: &Words<'_>, kind: usize, name: u32) -> bool {
        let list = &self.list;
        let own = list.words_of(name);
        let weight: u32 = own.iter().map(|word| list.weight(*word)).sum();
        let mut total = 0;
        for unit in &self.units {
            let reach = self.memory.reach(unit.reach);
            let (edges, joins) = (self.memory.edges(reach), self.memory.joins(reach));
            let mut best = 0;
            for word in own {
                if let Ok(at) = edges.binary_search_by_key(word, |edge| edge.word) {
                    best = best.max(edges[at].share(kind) * (unit.weight + list.weight(*word)));
                }
            }
            if let Ok(at) = joins.binary_search_by_key(&name, |(other, _)| *other) {
                best = best.max(JOINED * (unit.weight + joins[at].1));
            }
            if unit.initial > best && begun(list, own, &words.tokens[unit.from]) {
                best = unit.initial;
            }
            total += best;
        }
        total >= self.raw * (words.weight + weight)
    }
}

/// Notes what a word can add.
fn tell(told: &mut Told, touched: &mut Vec<u16>, word: u16, adds: u32) {
    if adds > 0 {
        let adds = u16::try_from(adds.div_ceil(STEP)).unwrap_or(u16::MAX);
        let known = &mut told[usize::from(word)];
        if *known == 0 {
            touched.push(word);
        }
        *known = adds.max(*known);
    }
}

/// Whether an initial's edge joins a query word to one of a name's.
fn begun(list: &List<'_>, own: &[u32], token: &Token) -> bool {
    let same = |word: u32| list.word(word).first() == token.text.as_bytes().first();
    let wanted = if token.class == Class::Initial { Class::Plain } else { Class::Initial };
    own.iter().any(|word| list.class(*word) == wanted && same(*word))
}

/// The most that an initial's edge of a word can add, and whether it leads to any name rather than to one initial.
fn initial_adds(kind: usize, token: &Token) -> (u32, bool) {
    let weight = u32::from(token.weight);
    match token.class {
        _ if !has_initials(KINDS[kind]) => (0, false),
        Class::Plain => (BY_INITIAL * weight + INITIAL * INITIAL_WEIGHT, false),
        Class::Initial => (INITIAL * weight + BY_INITIAL * HEAVIEST, true),
        _ => (0, false),
    }
}

/// The most that an initial's edge of a word can explain per weight of the name's word.
fn initial_rate(unit: &Unit, initials: bool) -> u32 {
    match unit.initial {
        0 => 0,
        _ if unit.spread => INITIAL * unit.weight + BY_INITIAL,
        adds if initials => adds.div_ceil(INITIAL_WEIGHT),
        _ => 0,
    }
}
