//! What a query word can match in a list, and the bounds that follow from it.

use rustc_hash::FxHashMap;

use crate::engine::memory::prefetch;
use crate::engine::rolling::{roll, without_letters};
use crate::engine::segment::{KINDS, List};
use crate::engine::similarity::{
    AKIN, How, JOINED, VARIANT, WHOLE, edits_allowed, has_variants, is_fuzzy, is_joining, may_vary, misspelt,
    rhyme, sound_of, sound_share, spelling,
};
use crate::engine::words::{is_run, joined_form};
use crate::lexicon::{Lexicon, skeleton};
use crate::tokens::{Class, Token};

/// A word of the list that a query word can match, with the share where variants of names count, and where not.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The word.
    pub word: u32,
    share: u16,
    strict: u16,
    weight: u16,
    zones: u8,
    near: bool,
}

impl Edge {
    fn new(word: u32, share: u32, strict: u32) -> Self {
        let small = |share| u16::try_from(share).unwrap_or(u16::MAX);
        Self { word, share: small(share), strict: small(strict), weight: 0, zones: 0, near: false }
    }

    /// Whether what makes them alike, among names of a kind, is that both are short known words, one slip apart.
    #[must_use]
    pub fn is_near(self, kind: usize) -> bool {
        self.near && self.share(kind) == u32::from(self.strict)
    }

    /// What the word weighs.
    #[must_use]
    pub fn weight(self) -> u32 {
        u32::from(self.weight)
    }

    /// Whether the word stands in a zone.
    #[must_use]
    pub fn is_in(self, zone: usize) -> bool {
        self.zones >> zone & 1 == 1
    }

    /// Whether the word stands in names of a kind.
    #[must_use]
    pub fn is_among(self, kind: usize) -> bool {
        self.zones >> (2 * kind) & 3 != 0
    }

    /// The share among names of a kind; 0 where the words do not match.
    #[must_use]
    pub fn share(self, kind: usize) -> u32 {
        u32::from(if has_variants(KINDS[kind]) { self.share } else { self.strict })
    }
}

/// Bounds over all that a run of query words can match among names of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds {
    /// Most that it can add to the explained weight: `share · (w_q + w_n)`.
    pub adds: u32,
    /// Most that it can gain over the threshold: `share · w_q + (share − t) · w_n`, never below nothing.
    pub gain: u32,
    /// Most that it can explain per weight of a name's words: `share · (w_q + w_n) / w_n`, rounded up.
    pub rate: u32,
}

/// Postings behind the matches of a run that gain more than so many parts of the greatest gain.
pub type Costs = [u32; LEVELS];

/// Opening a list of postings costs as much as reading so many of them.
const OPENING: u32 = 16;

/// Parts into which gains are divided when it is weighed what to look up.
pub const LEVELS: usize = LEVEL_PARTS as usize;
const LEVEL_PARTS: u32 = 8;

impl Bounds {
    /// Those of one match.
    fn of(share: u32, own: u32, other: u32, threshold: u32) -> Self {
        let adds = share * (own + other);
        Self { adds, gain: gain(share, own, other, threshold), rate: adds.div_ceil(other.max(1)) }
    }

    fn widen(&mut self, other: &Self) {
        self.adds = self.adds.max(other.adds);
        self.gain = self.gain.max(other.gain);
        self.rate = self.rate.max(other.rate);
    }

    /// Counts what postings behind a gain cost; the counts are added up once all are known.
    fn count(&self, costs: &mut Costs, gain: u32, names: u32) {
        let level = (gain * LEVEL_PARTS).div_ceil(self.gain.max(1)).min(LEVEL_PARTS);
        if let Some(level) = level.checked_sub(1) {
            let level = level as usize;
            costs[level] = costs[level].saturating_add(names).saturating_add(OPENING);
        }
    }
}

fn add_up(costs: &mut Costs) {
    for level in (1..LEVELS).rev() {
        costs[level - 1] = costs[level - 1].saturating_add(costs[level]);
    }
}

/// What an edge gains over a raw threshold: `share · w_q + (share − t) · w_n`, never below nothing.
#[must_use]
pub fn gain(share: u32, own: u32, other: u32, threshold: u32) -> u32 {
    (share * (own + other)).saturating_sub(threshold * other)
}

/// Where what a run of query words written as one can match is remembered, whatever it weighs.
#[derive(Clone, Copy, Debug)]
struct Spans {
    /// Hash of its letters.
    hash: u64,
    edges: (u32, u32),
    joins: (u32, u32),
}

/// What a run of query words written as one can match.
#[derive(Clone, Debug)]
pub struct Reach {
    spans: Spans,
    /// Weight of the run.
    pub weight: u32,
    bounds: [Bounds; KINDS.len()],
}

impl Reach {
    /// Hash of its letters.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.spans.hash
    }

    /// Its bounds among names of a kind.
    #[must_use]
    pub fn bounds(&self, kind: usize) -> &Bounds {
        &self.bounds[kind]
    }
}

/// Matches to a line of the processor's memory.
const EDGES_OF_LINE: usize = 5;
/// Matches that are asked for ahead.
const EDGES_AHEAD: usize = 40;

/// Words remembered before they are forgotten.
const MOST_REACHES: usize = 1 << 20;
/// Matches of theirs remembered before they are forgotten.
const MOST_EDGES: usize = 1 << 24;

/// What query words reach in one list at one raw threshold (in thousandths), each looked up once.
///
/// It depends on the letters, the class and the weight of a word alone, so it serves any number of queries.
#[derive(Default)]
pub struct Memory {
    known: FxHashMap<Token, u32>,
    /// Words with a number, by it and what they weigh.
    numbered: FxHashMap<(u32, u16), u32>,
    /// Words with a number, by it alone: what a word can match does not hang on what it weighs.
    spelled: FxHashMap<u32, u32>,
    reaches: Vec<Reach>,
    /// What matches cost to look up, by kind; apart, because it is seldom read.
    costs: Vec<[Costs; KINDS.len()]>,
    edges: Vec<Edge>,
    joins: Vec<(u32, u32)>,
    /// Room for the hashes of what is left of a word.
    keys: Vec<u32>,
}

impl Memory {
    /// What a number stands for.
    #[must_use]
    pub fn reach(&self, number: u32) -> &Reach {
        &self.reaches[number as usize]
    }

    /// Asks for what a number stands for.
    pub fn reach_ahead(&self, number: u32) {
        prefetch(&self.reaches, number as usize);
    }

    /// Asks for the first words that it can match.
    pub fn edges_ahead(&self, reach: &Reach) {
        let (first, end) = (reach.spans.edges.0 as usize, reach.spans.edges.1 as usize);
        (first..end.min(first + EDGES_AHEAD)).step_by(EDGES_OF_LINE).for_each(|at| prefetch(&self.edges, at));
    }

    /// What the matches of a number cost to look up among names of a kind.
    #[must_use]
    pub fn costs(&self, number: u32, kind: usize) -> &Costs {
        &self.costs[number as usize][kind]
    }

    /// The words that it can match, in order.
    #[must_use]
    pub fn edges(&self, reach: &Reach) -> &[Edge] {
        &self.edges[reach.spans.edges.0 as usize..reach.spans.edges.1 as usize]
    }

    /// Names whose adjacent words join to it, with the weight of those words, in order.
    #[must_use]
    pub fn joins(&self, reach: &Reach) -> &[(u32, u32)] {
        &self.joins[reach.spans.joins.0 as usize..reach.spans.joins.1 as usize]
    }

    /// Forgets everything if it has grown large; numbers given before are void then.
    pub fn trim(&mut self) {
        if self.reaches.len() > MOST_REACHES || self.edges.len() + self.joins.len() > MOST_EDGES {
            *self = Self::default();
        }
    }

    /// Forgets what was added after a mark.
    pub fn back(&mut self, mark: Mark) {
        self.reaches.truncate(mark.0);
        self.costs.truncate(mark.0);
        self.edges.truncate(mark.1);
    }

    /// Where `back` leads to.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.reaches.len(), self.edges.len())
    }

    /// The number of what a word reaches.
    pub fn learn(&mut self, lexicon: &Lexicon, list: &List<'_>, token: &Token, threshold: u32) -> u32 {
        let key = (token.number, token.weight);
        let known = if token.number == 0 { self.known.get(token) } else { self.numbered.get(&key) };
        if let Some(number) = known {
            return *number;
        }
        let spans = match self.spelled.get(&token.number) {
            Some(number) if token.number != 0 => self.reach(*number).spans,
            _ => self.look_up(lexicon, list, token),
        };
        let number = self.push(list, spans, u32::from(token.weight), threshold);
        if token.number == 0 {
            self.known.insert(token.clone(), number);
        } else {
            self.numbered.insert(key, number);
            self.spelled.insert(token.number, number);
        }
        number
    }

    /// Looks up what a word can match, whatever it weighs.
    fn look_up(&mut self, lexicon: &Lexicon, list: &List<'_>, token: &Token) -> Spans {
        let hash = roll(token.text.as_bytes());
        let from = (self.edges.len(), self.joins.len());
        add_edges(lexicon, list, token, hash, &mut self.edges, &mut self.keys);
        add_joins(list, token, hash, &mut self.joins);
        self.spans(list, hash, from)
    }

    /// What was found from a place on, with what the list knows of it.
    fn spans(&mut self, list: &List<'_>, hash: u64, from: (usize, usize)) -> Spans {
        for edge in &mut self.edges[from.0..] {
            let word = &list.words[edge.word as usize];
            (edge.weight, edge.zones) = (word.weight, word.zones);
        }
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let edges = (place(from.0), place(self.edges.len()));
        Spans { hash, edges, joins: (place(from.1), place(self.joins.len())) }
    }

    /// The number of what a run of words written as one is in the list, if it is there; forgotten by `back`.
    pub fn join(
        &mut self,
        list: &List<'_>,
        hash: u64,
        weight: u32,
        run: &[Token],
        threshold: u32,
    ) -> Option<u32> {
        let edges = self.edges.len();
        let same = |word: &[u8]| is_run(word, run);
        let words =
            list.spelled(hash, same).filter(|word| joined_form(list.class(*word), text_of(list, *word)));
        self.edges.extend(words.map(|word| Edge::new(word, JOINED, JOINED)));
        (self.edges.len() > edges).then(|| {
            let spans = self.spans(list, hash, (edges, self.joins.len()));
            self.push(list, spans, weight, threshold)
        })
    }

    fn push(&mut self, list: &List<'_>, spans: Spans, weight: u32, threshold: u32) -> u32 {
        let mut reach = Reach { spans, weight, bounds: Default::default() };
        let mut costs = [Costs::default(); KINDS.len()];
        for edge in self.edges(&reach) {
            let alone = |share| Bounds::of(share, weight, edge.weight(), threshold);
            let loose = alone(u32::from(edge.share));
            let strict = if edge.share == edge.strict { loose } else { alone(u32::from(edge.strict)) };
            for (kind, bounds) in reach.bounds.iter_mut().enumerate() {
                if edge.is_among(kind) {
                    bounds.widen(if has_variants(KINDS[kind]) { &loose } else { &strict });
                }
            }
        }
        for (name, other) in self.joins(&reach) {
            let bounds = &mut reach.bounds[list.kind_of(*name)];
            bounds.widen(&Bounds::of(JOINED, weight, *other, threshold));
        }
        for edge in self.edges(&reach) {
            for (kind, (bounds, costs)) in reach.bounds.iter().zip(&mut costs).enumerate() {
                if bounds.gain > 0 && edge.is_among(kind) {
                    let gain = gain(edge.share(kind), weight, edge.weight(), threshold);
                    bounds.count(costs, gain, list.words[edge.word as usize].names);
                }
            }
        }
        costs.iter_mut().for_each(add_up);
        self.reaches.push(reach);
        self.costs.push(costs);
        u32::try_from(self.reaches.len() - 1).unwrap_or(u32::MAX)
    }
}

/// How much a [`Memory`] held.
#[derive(Clone, Copy)]
pub struct Mark(usize, usize);

/// All words that a word can match, each once with its greatest shares.
fn add_edges(
    lexicon: &Lexicon,
    list: &List<'_>,
    token: &Token,
    hash: u64,
    edges: &mut Vec<Edge>,
    keys: &mut Vec<u32>,
) {
    let from = edges.len();
    let text = token.text.as_str();
    edges
        .extend(list.spelled(hash, |word| word == text.as_bytes()).map(|word| Edge::new(word, WHOLE, WHOLE)));
    if token.class == Class::Legal {
        for akin in lexicon.akin(text) {
            let legal = list.words_spelled(akin).filter(|word| list.class(*word) == Class::Legal);
            edges.extend(legal.map(|word| Edge::new(word, AKIN, AKIN)));
        }
    }
    if is_fuzzy(token) {
        let alike = edges.len();
        let joining = is_joining(token.class);
        let (common, groups) = lexicon.kin(text);
        add_alike(list, text, common, edges, keys);
        let rhyme = rhyme(text);
        for group in groups {
            let words = list.variants(*group).iter().copied();
            let shared = words.filter(|word| rhyme.is_none() || may_vary(rhyme.as_ref(), text_of(list, *word)));
            edges.extend(shared.map(|word| Edge::new(word, VARIANT, 0)));
        }
        let mut kept = alike;
        for at in alike..edges.len() {
            let word = edges[at].word;
            let same = || edges[from..alike].iter().any(|equal| equal.word == word);
            if is_joining(list.class(word)) == joining || same() {
                edges[kept] = edges[at];
                kept += 1;
            }
        }
        edges.truncate(kept);
    }
    merge(edges, from);
}

/// Keeps each word once, with its greatest shares.
fn merge(edges: &mut Vec<Edge>, from: usize) {
    if edges.len() - from < 2 {
        return;
    }
    edges[from..].sort_unstable_by_key(|edge| edge.word);
    let mut last = from;
    for at in from + 1..edges.len() {
        let edge = edges[at];
        if edge.word == edges[last].word {
            edges[last].share = edges[last].share.max(edge.share);
            if edge.strict > edges[last].strict {
                (edges[last].strict, edges[last].near) = (edge.strict, edge.near);
            }
        } else {
            last += 1;
            edges[last] = edge;
        }
    }
    edges.truncate(last + 1);
}

/// Words within the edits that their length allows, and words with the same skeleton.
fn add_alike(list: &List<'_>, text: &str, known: bool, edges: &mut Vec<Edge>, keys: &mut Vec<u32>) {
    let from = edges.len();
    keys.clear();
    without_letters(text.as_bytes(), edits_allowed(text.len()), |key| keys.push(key));
    list.deletions.each(keys, |word| edges.push(Edge::new(word, 0, 0)));
    merge(edges, from);
    let key = skeleton(text);
    let (sound, share) = (sound_of(&key), sound_share(u8::try_from(key.len()).unwrap_or(u8::MAX)));
    let words = || edges[from..].iter().map(|edge| edge.word as usize);
    words().for_each(|word| prefetch(list.words, word));
    words().for_each(|word| prefetch(list.letters, list.words[word].start as usize));
    keep_spellings(list, text.as_bytes(), known, edges, from);
    if sound != 0 && share > 0 {
        edges.extend(list.sounding(sound).map(|word| Edge::new(word, share, share)));
    }
}

/// Of the words from a place on, keeps those within the edits that their length allows, each with its share.
fn keep_spellings(list: &List<'_>, text: &[u8], known: bool, edges: &mut Vec<Edge>, from: usize) {
    let mut kept = from;
    for at in from..edges.len() {
        let word = edges[at].word;
        let letters = list.word(word);
        if let Some(share) = spelling(text, letters) {
            let known = known && list.is_known(word);
            let (share, how) = if letters == text {
                (share, How::Equal)
            } else {
                misspelt(share, text.len().max(letters.len()), known)
            };
            edges[kept] = Edge { near: how == How::Near, ..Edge::new(word, share, share) };
            kept += 1;
        }
    }
    edges.truncate(kept);
}

/// Names in which adjacent words join to this one, with the weight of those words.
fn add_joins(list: &List<'_>, token: &Token, hash: u64, joins: &mut Vec<(u32, u32)>) {
    if !joined_form(token.class, &token.text) {
        return;
    }
    let from = joins.len();
    let names = list.joins.of(crate::engine::rolling::filed(hash));
    joins.extend(names.filter_map(|name| join_weight(list, name, &token.text).map(|weight| (name, weight))));
    joins[from..].sort_unstable();
}

fn join_weight(list: &List<'_>, name: u32, text: &str) -> Option<u32> {
    let words = list.words_of(name);
    let joined = |from: usize| {
        let (mut rest, mut weight) = (text.as_bytes(), 0);
        for word in &words[from..] {
            rest = rest.strip_prefix(list.word(*word))?;
            weight += list.weight(*word);
            if rest.is_empty() {
                return Some(weight);
            }
        }
        None
    };
    (0..words.len()).filter_map(joined).max()
}

/// The letters of a word as text; a damaged index that was not verified may hold others, which match nothing.
fn text_of<'a>(list: &List<'a>, word: u32) -> &'a str {
    std::str::from_utf8(list.word(word)).unwrap_or("")
}
