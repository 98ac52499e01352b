//! What query words can match in a list, remembered.

use rustc_hash::FxHashMap;

use crate::engine::bounds::{Bounds, Costs, Counting, LEVELS, Widening, gain};
use crate::engine::edges::{Alike, Edge, Room, add_joins, is_among, text_of};
use crate::engine::rolling::roll;
use crate::engine::segment::{KINDS, List, ZONES};
use crate::engine::similarity::{JOINED, WHOLE};
use crate::engine::unit::HEAVIEST;
use crate::engine::words::{MOST_JOINED, is_run, joinable, joined_form};
use crate::lexicon::{CANONICAL, Lexicon};
use crate::prefetch::prefetch;
use crate::tokens::Token;

/// Where what a run of query words written as one can match among names of a kind is remembered, whatever it weighs.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    edges: (u32, u32),
    joins: (u32, u32),
}

impl Span {
    fn is_empty(&self) -> bool {
        self.edges.0 == self.edges.1 && self.joins.0 == self.joins.1
    }
}

type Spans = [Span; KINDS.len()];

/// The unit of gains, as fine as fits them all in 16 bits: those of runs that meet runs.
const GAIN: u32 = 16;
const _: () =
    assert!(WHOLE as usize * 2 * MOST_JOINED * HEAVIEST as usize <= GAIN as usize * u16::MAX as usize);

/// What a run of query words written as one reaches, as far as most queries ask: half a line of the processor's memory.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub struct Reach {
    /// Hash of its letters.
    pub hash: u64,
    /// The most that it can gain over the threshold in each zone, in units of [`GAIN`] rounded up.
    gains: [u16; ZONES],
    /// Where its details stand …
    details: u32,
    /// … of those kinds among whose names it can match anything, a bit each.
    among: u8,
    /// How many letters a word has that may be part of a join, 0 for other words.
    pub joinable: u8,
    /// Weight of the run.
    weight: u16,
}

impl Reach {
    /// Of a run with this hash and weight, before it is known what it can match.
    fn of(hash: u64, weight: u32, joinable: u8) -> Self {
        // Three words of a hundred weigh less by far than it may be.
        let weight = u16::try_from(weight).unwrap_or(u16::MAX);
        Self { hash, gains: Default::default(), details: 0, among: 0, joinable, weight }
    }

    /// Weight of the run.
    #[must_use]
    pub fn weight(&self) -> u32 {
        u32::from(self.weight)
    }

    /// The most that it can gain over the threshold among names of a zone, or a little more.
    #[must_use]
    pub fn gain(&self, zone: usize) -> u32 {
        u32::from(self.gains[zone]) * GAIN
    }

    /// Notes what it can gain among names of a zone.
    fn note(&mut self, zone: usize, gain: u32) {
        let gain = u16::try_from(gain.div_ceil(GAIN)).unwrap_or(u16::MAX);
        self.gains[zone] = self.gains[zone].max(gain);
    }

    /// Where its detail among names of a kind stands, if there is one.
    fn detail(&self, kind: usize) -> Option<usize> {
        let before = self.among & ((1 << kind) - 1);
        (self.among >> kind & 1 == 1).then(|| (self.details + before.count_ones()) as usize)
    }
}

/// The rest of what it reaches, among names of a kind: a line of the processor's memory.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Detail {
    span: Span,
    bounds: Bounds,
    costs: Costs,
}

/// Of a run that can match nothing among names of a kind.
static NOTHING: Detail = Detail {
    span: Span { edges: (0, 0), joins: (0, 0) },
    bounds: Bounds { adds: 0, gain: 0, rate: 0 },
    costs: [0; LEVELS],
};

/// Matches to a line of the processor's memory.
const EDGES_OF_LINE: usize = 8;
/// Matches that are asked for ahead.
const EDGES_AHEAD: usize = 40;

/// Words remembered before they are forgotten.
const MOST_REACHES: usize = 1 << 19;
/// Matches of theirs remembered before they are forgotten.
const MOST_EDGES: usize = 1 << 24;

/// Weights of one word whose reaches are remembered: what it weighs hangs on the kind of the name and its place in it,
/// and no word has more weights than that.
const WEIGHTS: usize = 4;

/// What a word reaches, by what it weighs: half a line of the processor's memory.
#[derive(Clone, Copy)]
#[repr(align(32))]
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
    /// Of each reach, one after another, those of its kinds.
    details: Vec<Detail>,
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

    /// How many it remembers.
    #[must_use]
    pub fn learned(&self) -> usize {
        self.reaches.len()
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

    fn detail(&self, number: u32, kind: usize) -> &Detail {
        self.reach(number).detail(kind).map_or(&NOTHING, |at| &self.details[at])
    }

    /// Asks for the rest of what it stands for, among names of a kind.
    pub fn detail_ahead(&self, number: u32, kind: usize) {
        if let Some(at) = self.reach(number).detail(kind) {
            prefetch(&self.details, at);
        }
    }

    /// Its bounds among names of a kind.
    #[must_use]
    pub fn bounds(&self, number: u32, kind: usize) -> Bounds {
        self.detail(number, kind).bounds
    }

    /// What its matches cost to look up among names of a kind.
    #[must_use]
    pub fn costs(&self, number: u32, kind: usize) -> &Costs {
        &self.detail(number, kind).costs
    }

    /// The words that it can match among names of a kind, in order.
    #[must_use]
    pub fn edges(&self, number: u32, kind: usize) -> &[Edge] {
        self.edges_of(self.detail(number, kind).span)
    }

    fn edges_of(&self, Span { edges, .. }: Span) -> &[Edge] {
        &self.edges[edges.0 as usize..edges.1 as usize]
    }

    /// Asks for the first words that it can match among names of a kind.
    pub fn edges_ahead(&self, number: u32, kind: usize) {
        let edges = self.edges(number, kind);
        (0..edges.len().min(EDGES_AHEAD)).step_by(EDGES_OF_LINE).for_each(|at| prefetch(edges, at));
    }

    /// Names of a kind whose adjacent words join to it, with the weight of those words, in order.
    #[must_use]
    pub fn joins(&self, number: u32, kind: usize) -> &[(u32, u32)] {
        self.joins_of(self.detail(number, kind).span)
    }

    fn joins_of(&self, Span { joins, .. }: Span) -> &[(u32, u32)] {
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
        self.details.truncate(mark.1);
        self.edges.truncate(mark.2);
    }

    /// Where `back` leads to.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.reaches.len(), self.details.len(), self.edges.len())
    }

    /// Asks for where it is remembered what a word reaches.
    pub fn ahead(&self, token: &Token) {
        if let Some(place) = self.place(token.number) {
            prefetch(&self.numbered, place);
        }
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
            let hash = roll(token.text.as_bytes());
            let spans = match spelled {
                Some(reach) => std::array::from_fn(|kind| self.detail(reach, kind).span),
                None => self.look_up(lexicon, list, token, hash),
            };
            let able = joinable(token.class, &token.text);
            let length = if able { u8::try_from(token.text.len()).unwrap_or(0) } else { 0 };
            let reach = Reach::of(hash, token.weight.into(), length);
            let reach = self.push(list, spans, reach, threshold);
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
    fn look_up(&mut self, lexicon: &Lexicon, list: &List<'_>, token: &Token, hash: u64) -> Spans {
        self.room.find(lexicon, list, token, hash);
        let from = self.joins.len();
        add_joins(list, token, hash, &mut self.joins);
        self.spans(list, from)
    }

    /// What was found, parted by kind, with the joins from a place on.
    fn spans(&mut self, list: &List<'_>, mut joins: usize) -> Spans {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let zones = self.room.found.iter().fold(0, |zones, found| zones | found.zones());
        std::array::from_fn(|kind| {
            let (first, from) = (self.edges.len(), joins);
            if is_among(zones, kind) {
                self.edges.extend(self.room.found.iter().filter_map(|found| found.among(kind)));
            }
            let end = list.names_of(kind).end;
            joins += self.joins[from..].iter().take_while(|(name, _)| *name < end).count();
            Span { edges: (place(first), place(self.edges.len())), joins: (place(from), place(joins)) }
        })
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
        self.room.found.clear();
        self.room
            .found
            .extend(std::iter::once(first).chain(words).map(|word| Alike::new(list, word, JOINED, JOINED)));
        let spans = self.spans(list, self.joins.len());
        Some(self.push(list, spans, Reach::of(hash, weight, 0), threshold))
    }

    fn push(&mut self, list: &List<'_>, spans: Spans, mut reach: Reach, threshold: u32) -> u32 {
        reach.details = u32::try_from(self.details.len()).unwrap_or(u32::MAX);
        for (kind, span) in spans.into_iter().enumerate().filter(|(_, span)| !span.is_empty()) {
            let detail = self.weighed(list, span, kind, &mut reach, threshold);
            reach.among |= 1 << kind;
            self.details.push(detail);
        }
        self.reaches.push(reach);
        u32::try_from(self.reaches.len() - 1).unwrap_or(u32::MAX)
    }

    /// What a run can match among names of a kind, with what that comes to at its weight; notes what it can gain.
    fn weighed(&self, list: &List<'_>, span: Span, kind: usize, run: &mut Reach, threshold: u32) -> Detail {
        let (edges, joins, weight) = (self.edges_of(span), self.joins_of(span), run.weight());
        let mut widening = Widening::NONE;
        for edge in edges {
            widening.take(edge.share(), weight, edge.weight(), threshold);
        }
        for (name, other) in joins {
            widening.take(JOINED, weight, *other, threshold);
            let zone = 2 * kind + usize::from(*name >= list.zone(2 * kind).end);
            run.note(zone, gain(JOINED, weight, *other, threshold));
        }
        let bounds = widening.bounds();
        let mut counting = Counting::new(bounds.gain);
        for edge in edges {
            let gain = gain(edge.share(), weight, edge.weight(), threshold);
            counting.take(gain, list.words[edge.word as usize].names);
            for initials in [false, true].into_iter().filter(|initials| edge.is_among(*initials)) {
                run.note(2 * kind + usize::from(initials), gain);
            }
        }
        Detail { span, bounds, costs: counting.costs() }
    }
}

/// How much a [`Memory`] held.
#[derive(Clone, Copy)]
pub struct Mark(usize, usize, usize);

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
