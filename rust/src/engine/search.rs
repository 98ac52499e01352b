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
//! words themselves) only uses greater values than the score can take: bits of two words may fall together, and words
//! that have no bits, the lightest of a long name, are held to be explained at the best rate per weight of any run,
//! joins apart, whose names are all looked at. What passes is scored by the same function that the exhaustive search calls.

use std::ops::Range;

use crate::engine::calibration::raw_threshold;
use crate::engine::probe::{Choice, Plan};
use crate::engine::reach::{Bounds, Mark, Memory, gain};
use crate::engine::rolling::joined;
use crate::engine::scan::{self, Find, STEP, Scan, Told, UNTOLD};
use crate::engine::score::{by_initial, score, score_by};
use crate::engine::segment::{KINDS, List, MORE, short};
use crate::engine::similarity::{BY_INITIAL, How, INITIAL, JOINED};
use crate::engine::unit::{HEAVIEST, INITIAL_WEIGHT, Unit, begun, initial_adds, initial_rate};
use crate::engine::words::{LONGEST_JOIN, MOST_JOINED, Words, joinable};
use crate::lexicon::{Glossary, Lexicon, Notes};
use crate::tokens::{Class, Text, Token};

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

/// What a searcher remembers of a list at a threshold, and the room that it works in.
pub struct State {
    notes: Notes,
    memory: Memory,
    /// What the query's runs can add to a name by each of its words.
    told: Box<Told>,
    touched: Vec<u16>,
    /// What each word of the query reaches.
    reached: Vec<u32>,
    /// Neighbours in the query that the list writes as one, `from..to`, and what they reach.
    joined: Vec<(usize, usize, u32)>,
    /// Where the memory was before them: they are remembered for one query only.
    mark: Option<Mark>,
    units: Vec<Unit>,
    plan: Plan,
    finds: Vec<Find>,
    names: Vec<u32>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            notes: Notes::default(),
            memory: Memory::default(),
            told: bytemuck::zeroed_box(),
            touched: Vec::new(),
            reached: Vec::new(),
            joined: Vec::new(),
            mark: None,
            units: Vec::new(),
            plan: Plan::default(),
            finds: Vec::new(),
            names: Vec::new(),
        }
    }
}

/// Searches one list, query after query.
pub struct Searcher<'a> {
    /// What is known of words.
    pub glossary: Glossary<'a>,
    list: &'a List<'a>,
    threshold: u32,
    /// The threshold in thousandths of the raw score.
    raw: u32,
    state: State,
}

impl<'a> Searcher<'a> {
    /// A searcher of a list, for names that score at least `threshold` (millionths), with the state in which another
    /// one of the same list and threshold ended.
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, list: &'a List<'a>, threshold: u32, mut state: State) -> Self {
        let glossary = Glossary::new(lexicon, std::mem::take(&mut state.notes));
        Self { glossary, list, threshold, raw: permille(threshold), state }
    }

    /// Ends it, and leaves what it remembers to the next.
    #[must_use]
    pub fn end(self) -> State {
        State { notes: self.glossary.end(), ..self.state }
    }

    /// Looks up what the words of a query reach; then names of one kind after another are searched for these words.
    pub fn enter(&mut self, words: &Words<'_>) {
        if let Some(mark) = self.state.mark.take() {
            self.state.memory.back(mark);
        }
        self.state.memory.trim();
        self.state.reached.clear();
        self.state.joined.clear();
        for token in &words.tokens {
            let reach = self.state.memory.learn(self.glossary.lexicon, self.list, token, self.raw);
            self.state.reached.push(reach);
        }
        self.state.mark = Some(self.state.memory.mark());
        for from in 0..words.tokens.len() {
            self.join(words, from);
        }
    }

    /// Appends the names of a kind that reach the threshold, in order of row; the words are those that were entered.
    pub fn search(&mut self, words: &Words<'_>, kind: usize, hits: &mut Vec<Hit>) {
        if words.tokens.is_empty() {
            // Without words it can only equal a name without words.
            for name in self.list.names_between(2 * kind, 0, 0) {
                hits.extend(self.scored(words, kind, name));
            }
            return;
        }
        self.set_up(words, kind);
        self.state.names.clear();
        self.joined_names(kind);
        for zone in [2 * kind, 2 * kind + 1] {
            if !self.list.zone(zone).is_empty() {
                self.candidates(words, kind, zone);
            }
        }
        self.state.names.sort_unstable();
        self.state.names.dedup();
        let mut names = std::mem::take(&mut self.state.names);
        self.list.names_ahead(&names);
        names.retain(|name| self.may_reach(words, kind, *name));
        self.list.texts_ahead(&names);
        for name in &names {
            hits.extend(self.scored(words, kind, *name));
        }
        self.state.names = names;
        for word in self.state.touched.drain(..) {
            self.state.told[usize::from(word)] = 0;
        }
    }

    /// Scores every name of a kind: the oracle.
    pub fn scan(&mut self, words: &Words<'_>, kind: usize, hits: &mut Vec<Hit>) {
        for row in self.list.names_of(kind) {
            self.glossary.trim();
            let other = Words::read(&mut self.glossary, &mut Text::new(self.list.text(row)), KINDS[kind]);
            let found = score(self.glossary.lexicon, words, &other, KINDS[kind]).score;
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
            let edges = self.state.memory.edges(self.state.memory.reach(self.state.reached[i]));
            match edges.binary_search_by_key(&own[j], |edge| edge.word).map(|at| edges[at]) {
                Ok(edge) if edge.share(kind) > 0 => {
                    let how = if edge.is_near(kind) { How::Near } else { How::Equal };
                    Some((edge.share(kind), edge.share(kind), how))
                }
                _ => by_initial(&words.tokens[i], &other.tokens[j], KINDS[kind]),
            }
        };
        let score = score_by(words, &other, KINDS[kind], edge).score;
        (score >= self.threshold).then_some(Hit { row: name, score })
    }

    fn join(&mut self, words: &Words<'_>, from: usize) {
        let (mut hash, mut weight, mut length) = (0, 0, 0);
        for to in from + 1..=(from + MOST_JOINED).min(words.tokens.len()) {
            let token = &words.tokens[to - 1];
            length += token.text.len();
            if !joinable(token.class, &token.text) || length > LONGEST_JOIN {
                return;
            }
            let own = self.state.memory.reach(self.state.reached[to - 1]).hash;
            hash = joined(hash, own, token.text.len());
            weight += u32::from(token.weight);
            if to - from > 1 {
                let reach =
                    self.state.memory.join(self.list, hash, weight, &words.tokens[from..to], self.raw);
                self.state.joined.extend(reach.map(|reach| (from, to, reach)));
            }
        }
    }

    /// Sets up the runs of a query for names of a kind: its words, and neighbours that the list writes as one.
    fn set_up(&mut self, words: &Words<'_>, kind: usize) {
        self.state.units.clear();
        for (at, token) in words.tokens.iter().enumerate() {
            let (initial, spread) = initial_adds(kind, token);
            self.add(at, at + 1, self.state.reached[at], kind, initial, spread);
        }
        for number in 0..self.state.joined.len() {
            let (from, to, reach) = self.state.joined[number];
            self.add(from, to, reach, kind, 0, false);
        }
    }

    fn add(&mut self, from: usize, to: usize, reach: u32, kind: usize, initial: u32, spread: bool) {
        let found = self.state.memory.reach(reach);
        let Bounds { adds, gain, rate } = *found.bounds(kind);
        if adds == 0 && initial == 0 {
            return;
        }
        let always = spread || self.state.memory.joins(found).len() > FEW_JOINS;
        let weight = found.weight;
        self.state.units.push(Unit { from, to, reach, weight, adds, gain, rate, initial, spread, always });
    }

    /// Names whose words join to a query word: few, and seen in no posting, so all of them are looked at.
    fn joined_names(&mut self, kind: usize) {
        let range = self.list.names_of(kind);
        for unit in &self.state.units {
            let joins = self.state.memory.joins(self.state.memory.reach(unit.reach));
            if joins.len() <= FEW_JOINS {
                self.state
                    .names
                    .extend(joins.iter().map(|(name, _)| *name).filter(|name| range.contains(name)));
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
        match self.choose(words, kind, initials) {
            Choice::None => return,
            Choice::All => return self.state.names.extend(range),
            Choice::Some => {}
        }
        let always: u32 =
            self.state.units.iter().filter(|unit| unit.always).map(|unit| unit.most(initials)).sum();
        let mut finds = std::mem::take(&mut self.state.finds);
        finds.clear();
        for unit in &self.state.units {
            self.finds(words, kind, zone, unit, range.clone(), &mut finds);
        }
        if !finds.is_empty() {
            self.note(words, kind);
            let scan = Scan {
                threshold: self.raw,
                weight: words.weight,
                always,
                told: &self.state.told,
                rate: self.rate(initials),
                lightest: self.list.lightest,
            };
            scan::open(self.list, kind, &mut finds);
            for find in &finds {
                scan.run(self.list.postings, find, &mut self.state.names);
            }
        }
        self.state.finds = finds;
        self.many_joined(words, &range);
    }

    /// The words of the list by which a run finds names of a zone.
    fn finds(
        &self,
        words: &Words<'_>,
        kind: usize,
        zone: usize,
        unit: &Unit,
        range: Range<u32>,
        finds: &mut Vec<Find>,
    ) {
        let initials = zone % 2 == 1;
        let beside: u32 = self.state.plan.gains.iter().sum::<u32>()
            - self.state.plan.gains[unit.from..unit.to].iter().sum::<u32>();
        let all: u32 = self.state.units.iter().map(|unit| unit.most(initials)).sum();
        let most = all - unit.most(initials);
        // What its best match gains is not looked up: nothing is.
        if unit.gain + beside < self.raw * words.weight || !self.is_probed(words, unit, unit.gain) {
            return;
        }
        for edge in self.state.memory.edges(self.state.memory.reach(unit.reach)) {
            let share = edge.share(kind);
            if share == 0 || !edge.is_in(zone) {
                continue;
            }
            // An edge through which a name is found is one that its score rests on: with what the words beside the
            // run can gain at most, it must come to what is needed.
            let gain = gain(share, unit.weight, edge.weight(), self.raw);
            if gain + beside >= self.raw * words.weight && self.is_probed(words, unit, gain) {
                let adds = share * (unit.weight + edge.weight());
                let heaviest = ((most + adds) / self.raw.max(1)).saturating_sub(words.weight);
                let end = self.list.names_between(zone, 0, heaviest).end.min(range.end);
                finds.push(Find::new(edge.word, adds, range.start..end));
            }
        }
    }

    /// Whether a match of a run is looked up: its share of the gain passes the cut of one of the words.
    fn is_probed(&self, words: &Words<'_>, unit: &Unit, gain: u32) -> bool {
        (unit.from..unit.to).any(|at| {
            let weight = u32::from(words.tokens[at].weight);
            (gain * weight).div_ceil(unit.weight.max(1)) > self.state.plan.cuts[at]
        })
    }

    /// Names that join to a query word, where they are too many to be looked at in any case.
    fn many_joined(&mut self, words: &Words<'_>, range: &Range<u32>) {
        let mut names = std::mem::take(&mut self.state.names);
        for unit in &self.state.units {
            let joins = self.state.memory.joins(self.state.memory.reach(unit.reach));
            if joins.len() > FEW_JOINS {
                let probed =
                    |other: u32| self.is_probed(words, unit, gain(JOINED, unit.weight, other, self.raw));
                let found = joins.iter().filter(|(name, other)| range.contains(name) && probed(*other));
                names.extend(found.map(|(name, _)| *name));
            }
        }
        self.state.names = names;
    }

    /// The names of a zone whose weight alone does not rule them out: what a name explains is at most what its own
    /// weight can carry at the best rate of any edge, and at most what all runs add together.
    fn range(&self, words: &Words<'_>, zone: usize, initials: bool) -> Range<u32> {
        let t = self.raw.max(1);
        let most: u32 = self.state.units.iter().map(|unit| unit.most(initials)).sum();
        let rate = self.rate(initials);
        let least = if rate > t { (t * words.weight).div_ceil(rate - t) } else { u32::MAX };
        let heaviest = (most / t).saturating_sub(words.weight).min(self.heaviest(words, initials));
        self.list.names_between(zone, least, heaviest)
    }

    /// The most that any run can explain per weight of a name's words.
    fn rate(&self, initials: bool) -> u32 {
        let rates = self.state.units.iter().map(|unit| unit.rate.max(initial_rate(unit, initials)));
        rates.max().unwrap_or(0)
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
        let adds: u32 = self.state.units.iter().map(most).sum();
        adds.saturating_sub(self.raw * words.weight) / (self.raw - BY_INITIAL)
    }

    /// Finds the most that each word can gain over the threshold, and which words must be probed; says what
    /// that leaves to be looked at.
    fn choose(&mut self, words: &Words<'_>, kind: usize, initials: bool) -> Choice {
        let mut plan = std::mem::take(&mut self.state.plan);
        plan.reset(words.tokens.len());
        for unit in &self.state.units {
            if unit.initial > 0 && (initials || unit.spread) {
                plan.weak[unit.from] = self.initial_gain(unit, &words.tokens[unit.from]);
            }
            for at in unit.from..unit.to {
                let weight = u32::from(words.tokens[at].weight);
                plan.gains[at] = plan.gains[at].max((unit.gain * weight).div_ceil(unit.weight.max(1)));
            }
        }
        let needed = self.raw * words.weight;
        if plan.reaches(needed) {
            for unit in &self.state.units {
                let costs = self.state.memory.costs(unit.reach, kind);
                (unit.from..unit.to).for_each(|at| plan.add_costs(at, costs));
            }
        }
        let choice = plan.choose(needed);
        self.state.plan = plan;
        choice
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
        if !self.state.touched.is_empty() {
            return;
        }
        for unit in &self.state.units {
            let edges = self.state.memory.edges(self.state.memory.reach(unit.reach));
            for edge in edges.iter().filter(|edge| edge.is_in(2 * kind) || edge.is_in(2 * kind + 1)) {
                let adds = edge.share(kind) * (unit.weight + edge.weight());
                tell(&mut self.state.told, &mut self.state.touched, short(edge.word), adds);
            }
            if unit.initial > 0 && !unit.spread {
                let letter = &words.tokens[unit.from].text[..1];
                for word in self.list.words_spelled(letter) {
                    if self.list.class(word) == Class::Initial {
                        tell(&mut self.state.told, &mut self.state.touched, short(word), unit.initial);
                    }
                }
            }
        }
        tell(&mut self.state.told, &mut self.state.touched, MORE, u32::from(UNTOLD) * STEP);
    }

    /// The bound from a name's own words.
    fn may_reach(&self, words: &Words<'_>, kind: usize, name: u32) -> bool {
        let list = self.list;
        let own = list.words_of(name);
        let needed = self.raw * (words.weight + list.weight_of(name));
        // Each word of the name meets one run at most; what words add is noted once something was probed.
        let told: u32 = own.iter().map(|word| u32::from(self.state.told[usize::from(short(*word))])).sum();
        let beside: u32 =
            self.state.units.iter().filter(|unit| unit.always).map(|unit| unit.most(true)).sum();
        if !self.state.touched.is_empty() && told * STEP + beside < needed && !self.is_join(name) {
            return false;
        }
        let mut total = 0;
        for unit in &self.state.units {
            let reach = self.state.memory.reach(unit.reach);
            let (edges, joins) = (self.state.memory.edges(reach), self.state.memory.joins(reach));
            let mut best = 0;
            for word in own {
                if let Ok(at) = edges.binary_search_by_key(word, |edge| edge.word) {
                    best = best.max(edges[at].share(kind) * (unit.weight + edges[at].weight()));
                }
            }
            if let Ok(at) = joins.binary_search_by_key(&name, |(other, _)| *other) {
                best = best.max(JOINED * (unit.weight + joins[at].1));
            }
            let initials = unit.spread || name >= list.zones[2 * kind + 1];
            if initials && unit.initial > best && begun(list, own, &words.tokens[unit.from]) {
                best = unit.initial;
            }
            total += best;
        }
        total >= needed
    }

    /// Whether words of a name join to a word of the query: what they add is not noted.
    fn is_join(&self, name: u32) -> bool {
        let joins =
            self.state.units.iter().map(|unit| self.state.memory.joins(self.state.memory.reach(unit.reach)));
        let mut few = joins.filter(|joins| !joins.is_empty() && joins.len() <= FEW_JOINS);
        few.any(|joins| joins.binary_search_by_key(&name, |(other, _)| *other).is_ok())
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
