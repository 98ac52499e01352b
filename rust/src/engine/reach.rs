//! What a query word can match in a list, and the bounds that follow from it.

use rustc_hash::FxHashMap;

use crate::engine::edges::{Edge, Room, add_edges, add_joins, text_of};
use crate::engine::memory::prefetch;
use crate::engine::rolling::roll;
use crate::engine::segment::{KINDS, List};
use crate::engine::similarity::JOINED;
use crate::engine::words::{is_run, joinable, joined_form};
use crate::lexicon::{CANONICAL, Lexicon};
use crate::tokens::Token;

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
pub const LEVELS: usize = PARTS as usize;
/// The same number.
pub const PARTS: u32 = 8;

/// Bounds as they are found, match by match.
#[derive(Clone, Copy)]
struct Widening {
    adds: u32,
    gain: u32,
    /// The greatest rate, as what is added and for which weight: it is divided once.
    rate: (u32, u32),
}

impl Widening {
    fn new() -> Self {
        Self { adds: 0, gain: 0, rate: (0, 1) }
    }

    fn take(&mut self, share: u32, own: u32, other: u32, threshold: u32) {
        let adds = share * (own + other);
        self.adds = self.adds.max(adds);
        self.gain = self.gain.max(gain(share, own, other, threshold));
        let rate = (adds, other.max(1));
        if rate.0 * self.rate.1 > self.rate.0 * rate.1 {
            self.rate = rate;
        }
    }

    fn bounds(self) -> Bounds {
        Bounds { adds: self.adds, gain: self.gain, rate: self.rate.0.div_ceil(self.rate.1) }
    }
}

/// Counts postings by the gain of the match that leads to them.
struct Counting {
    /// Levels to a gain, in parts of 2^32.
    levels: u64,
    costs: Costs,
}

impl Counting {
    fn new(most: u32) -> Self {
        Self { levels: (u64::from(PARTS) << 32) / u64::from(most.max(1)), costs: Costs::default() }
    }

    fn take(&mut self, gain: u32, names: u32) {
        if let Some(below) = gain.checked_sub(1) {
            let level = usize::try_from((u64::from(below) * self.levels) >> 32).unwrap_or(LEVELS);
            let cost = &mut self.costs[level.min(LEVELS - 1)];
            *cost = cost.saturating_add(names).saturating_add(OPENING);
        }
    }

    /// What those of each level and all above it cost.
    fn costs(mut self) -> Costs {
        for level in (1..LEVELS).rev() {
            self.costs[level - 1] = self.costs[level - 1].saturating_add(self.costs[level]);
        }
        self.costs
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
    /// How many letters a word has that may be part of a join, 0 for other words.
    pub joinable: u8,
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

/// Weights of one word whose reaches are remembered: what it weighs hangs on the kind of the name and its place in it,
/// and no word has more weights than that.
const WEIGHTS: usize = 4;

/// What a word reaches, by what it weighs.
#[derive(Clone, Copy)]
struct Weighed {
    weights: [u16; WEIGHTS],
    /// The numbers of its reaches, or [`NOT_KNOWN`].
    reaches: [u32; WEIGHTS],
}

/// Stands for no reach.
const NOT_KNOWN: u32 = u32::MAX;

impl Weighed {
    const NEW: Self = Self { weights: [0; WEIGHTS], reaches: [NOT_KNOWN; WEIGHTS] };

    fn at(&self, weight: u16) -> Option<u32> {
        let at = (0..WEIGHTS).find(|at| self.weights[*at] == weight && self.reaches[*at] != NOT_KNOWN)?;
        Some(self.reaches[at])
    }

    /// Its reach at some weight: what a word can match does not hang on what it weighs.
    fn any(&self) -> Option<u32> {
        (self.reaches[0] != NOT_KNOWN).then_some(self.reaches[0])
    }

    /// Remembers one more; past the last place it takes the place of the one before.
    fn note(&mut self, weight: u16, reach: u32) {
        let place = self.reaches.iter().position(|reach| *reach == NOT_KNOWN).unwrap_or(WEIGHTS - 1);
        (self.weights[place], self.reaches[place]) = (weight, reach);
    }
}

/// What query words reach in one list at one raw threshold (in thousandths), each looked up once.
///
/// It depends on the letters, the class and the weight of a word alone, so it serves any number of queries.
#[derive(Default)]
pub struct Memory {
    /// Words without a number.
    known: FxHashMap<Token, u32>,
    /// Canonical forms, by their number and what they weigh.
    canonical: FxHashMap<(u32, u16), u32>,
    /// Words with a number, in order of it, from the number after `before` on.
    numbered: Vec<Weighed>,
    before: u32,
    reaches: Vec<Reach>,
    /// What matches cost to look up, by kind; apart, because it is seldom read.
    costs: Vec<[Costs; KINDS.len()]>,
    edges: Vec<Edge>,
    joins: Vec<(u32, u32)>,
    room: Room,
}

impl Memory {
    /// One of words with numbers after this.
    #[must_use]
    pub fn after(before: u32) -> Self {
        Self { before, ..Self::default() }
    }

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
        self.edges_of(reach.spans)
    }

    fn edges_of(&self, Spans { edges, .. }: Spans) -> &[Edge] {
        &self.edges[edges.0 as usize..edges.1 as usize]
    }

    /// Names whose adjacent words join to it, with the weight of those words, in order.
    #[must_use]
    pub fn joins(&self, reach: &Reach) -> &[(u32, u32)] {
        self.joins_of(reach.spans)
    }

    fn joins_of(&self, Spans { joins, .. }: Spans) -> &[(u32, u32)] {
        &self.joins[joins.0 as usize..joins.1 as usize]
    }

    /// Forgets everything if it has grown large; numbers given before are void then.
    pub fn trim(&mut self) {
        if self.reaches.len() > MOST_REACHES || self.edges.len() + self.joins.len() > MOST_EDGES {
            *self = Self::after(self.before);
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
        let place = self.place(token.number);
        let known = match (token.number, place) {
            (0, _) => self.known.get(token).copied(),
            (_, Some(place)) => self.numbered.get(place).and_then(|word| word.at(token.weight)),
            (number, None) => self.canonical.get(&(number, token.weight)).copied(),
        };
        known.unwrap_or_else(|| {
            let spelled = place.and_then(|place| self.numbered.get(place)?.any());
            let spans = match spelled {
                Some(reach) => self.reach(reach).spans,
                None => self.look_up(lexicon, list, token),
            };
            let able = joinable(token.class, &token.text);
            let length = if able { u8::try_from(token.text.len()).unwrap_or(0) } else { 0 };
            let reach = self.push(list, spans, u32::from(token.weight), length, threshold);
            self.note(token, place, reach);
            reach
        })
    }

    /// Where a word with a number has its place; canonical forms have none.
    fn place(&self, number: u32) -> Option<usize> {
        if number >= CANONICAL {
            return None;
        }
        number.checked_sub(self.before + 1).map(|place| place as usize)
    }

    fn note(&mut self, token: &Token, place: Option<usize>, reach: u32) {
        match (token.number, place) {
            (0, _) => {
                self.known.insert(token.clone(), reach);
            }
            (_, Some(place)) => {
                if place >= self.numbered.len() {
                    self.numbered.resize(place + 1, Weighed::NEW);
                }
                self.numbered[place].note(token.weight, reach);
            }
            (number, None) => {
                self.canonical.insert((number, token.weight), reach);
            }
        }
    }

    /// Looks up what a word can match, whatever it weighs.
    fn look_up(&mut self, lexicon: &Lexicon, list: &List<'_>, token: &Token) -> Spans {
        let hash = roll(token.text.as_bytes());
        let from = (self.edges.len(), self.joins.len());
        add_edges(lexicon, list, token, hash, &mut self.edges, &mut self.room);
        add_joins(list, token, hash, &mut self.joins);
        self.spans(list, hash, from)
    }

    /// What was found from a place on, with what the list knows of it.
    fn spans(&mut self, list: &List<'_>, hash: u64, from: (usize, usize)) -> Spans {
        for edge in &mut self.edges[from.0..] {
            edge.learn(list);
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
        let same = |word: &[u8]| is_run(word, run);
        let able = |word: &u32| joined_form(list.class(*word), text_of(list, *word));
        let mut words = list.spelled(hash, same).filter(able);
        // Most runs are no word.
        let first = words.next()?;
        let edges = self.edges.len();
        self.edges.extend(std::iter::once(first).chain(words).map(|word| Edge::new(word, JOINED, JOINED)));
        let spans = self.spans(list, hash, (edges, self.joins.len()));
        Some(self.push(list, spans, weight, 0, threshold))
    }

    fn push(&mut self, list: &List<'_>, spans: Spans, weight: u32, joinable: u8, threshold: u32) -> u32 {
        let (mut widening, edges) = ([Widening::new(); KINDS.len()], self.edges_of(spans));
        if edges.is_empty() && self.joins_of(spans).is_empty() {
            let reach = Reach { spans, weight, joinable, bounds: Default::default() };
            return self.file(reach, Default::default());
        }
        for edge in edges {
            for (kind, widening) in widening.iter_mut().enumerate().filter(|(kind, _)| edge.is_among(*kind)) {
                widening.take(edge.share(kind), weight, edge.weight(), threshold);
            }
        }
        for (name, other) in self.joins_of(spans) {
            widening[list.kind_of(*name)].take(JOINED, weight, *other, threshold);
        }
        let bounds = widening.map(Widening::bounds);
        let mut counting = bounds.map(|bounds| Counting::new(bounds.gain));
        for edge in edges {
            let names = list.words[edge.word as usize].names;
            for (kind, counting) in counting.iter_mut().enumerate().filter(|(kind, _)| edge.is_among(*kind)) {
                counting.take(gain(edge.share(kind), weight, edge.weight(), threshold), names);
            }
        }
        let costs = counting.map(Counting::costs);
        self.file(Reach { spans, weight, joinable, bounds }, costs)
    }

    fn file(&mut self, reach: Reach, costs: [Costs; KINDS.len()]) -> u32 {
        self.reaches.push(reach);
        self.costs.push(costs);
        u32::try_from(self.reaches.len() - 1).unwrap_or(u32::MAX)
    }
}

/// How much a [`Memory`] held.
#[derive(Clone, Copy)]
pub struct Mark(usize, usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_each_of_its_weights_and_past_the_last_place_by_the_newest() {
        let mut word = Weighed::NEW;
        assert_eq!((word.any(), word.at(0)), (None, None));
        for (weight, reach) in [(100, 7), (60, 8), (0, 9), (35, 10), (36, 11)] {
            word.note(weight, reach);
            assert_eq!((word.at(weight), word.any()), (Some(reach), Some(7)));
        }
        assert_eq!((word.at(100), word.at(0), word.at(35)), (Some(7), Some(9), None));
    }

    #[test]
    fn words_have_places_from_the_first_number_on_and_canonical_forms_have_none() {
        let memory = Memory::after(10);
        let places = [0, 10, 11, 12, CANONICAL, u32::MAX].map(|number| memory.place(number));
        assert_eq!(places, [None, None, Some(0), Some(1), None, None]);
    }
}
