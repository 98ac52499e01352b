//! One name that is looked for among the names of one kind: what its words reach, the bounds that follow from that,
//! and so by which words of the list, in which names, it is looked for.

use std::ops::Range;

use crate::engine::bounds::{Bounds, gain};
use crate::engine::edges::edge_to;
use crate::engine::met::Met;
use crate::engine::probe::{Choice, Plan};
use crate::engine::reach::Memory;
use crate::engine::reading::{Reached, Reading};
use crate::engine::scan::{Find, Scan, Told};
use crate::engine::search::Hit;
use crate::engine::segment::{List, short};
use crate::engine::similarity::{BY_INITIAL, INITIAL, JOINED};
use crate::engine::unit::{Unit, initial_adds, initial_gain, initial_rate, overlap, tile};
use crate::engine::words::Words;
use crate::tokens::Class;

/// What inquiries are made over.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The list.
    pub list: &'a List<'a>,
    /// What query words reach in it.
    pub memory: &'a Memory,
    /// The raw threshold in thousandths.
    pub raw: u32,
}

/// The most that the words of a query add before a place, and from it on.
#[derive(Default)]
struct Most {
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Most {
    /// Of runs of so many words.
    fn of(&mut self, units: &[Unit], count: usize, initials: bool) {
        for sums in [&mut self.before, &mut self.after] {
            sums.clear();
            sums.resize(count + 1, 0);
        }
        tile(units, &mut self.before, |number| units[number].most(initials));
        let mut units = units.iter().rev().peekable();
        for at in (0..count).rev() {
            self.after[at] = self.after[at + 1];
            while let Some(unit) = units.next_if(|unit| unit.from == at) {
                self.after[at] = self.after[at].max(self.after[unit.to] + unit.most(initials));
            }
        }
    }

    fn all(&self) -> u32 {
        self.after[0]
    }

    fn beside(&self, unit: &Unit) -> u32 {
        self.before[unit.from] + self.after[unit.to]
    }
}

/// How one zone of names is looked through.
#[derive(Clone, Default)]
struct Zone {
    /// What initials of the query add together, which are held to match any name, and one of them at most.
    always: (u32, u32),
    /// The most that a run can explain per weight of a name's words.
    rate: u32,
    /// The words by which it is looked through, among all that are looked up.
    finds: Range<usize>,
}

/// Names of one kind that are like what one question asks for.
#[derive(Default)]
pub struct Inquiry {
    /// The question, by number.
    pub question: usize,
    /// The kind.
    pub kind: usize,
    /// The zones of that kind in which it may find anything, without initials and with.
    may_find: [bool; 2],
    /// The runs of the query that can match something.
    pub units: Vec<Unit>,
    plan: Plan,
    most: Most,
    zones: [Zone; 2],
    /// The words that it can match.
    pub met: Met,
    /// Names that may be hits.
    pub names: Vec<u32>,
    /// The hits.
    pub hits: Vec<Hit>,
}

impl Inquiry {
    /// Asks anew, in the zones in which anything may be found.
    pub fn ask(&mut self, question: usize, kind: usize, may_find: [bool; 2]) {
        (self.question, self.kind, self.may_find) = (question, kind, may_find);
        self.units.clear();
        self.names.clear();
        self.hits.clear();
        self.zones = Default::default();
    }

    /// Asks for what planning needs.
    pub fn plan_ahead(&self, Ground { memory, .. }: Ground<'_>, reached: &Reached) {
        let all = reached.words.iter().chain(reached.runs.iter().map(|(.., reach)| reach));
        all.for_each(|reach| memory.detail_ahead(*reach, self.kind));
    }

    /// Sets up the bounds, and adds the words by which it is looked for to those that are looked up.
    pub fn plan(&mut self, ground: Ground<'_>, reading: Reading<'_>, finds: &mut Vec<Find>) {
        let words = reading.words;
        if words.tokens.is_empty() {
            // Without words it can only equal a name without words.
            return self.names.extend(ground.list.names_between(2 * self.kind, 0, 0));
        }
        for (at, (token, reach)) in words.tokens.iter().zip(&reading.reached.words).enumerate() {
            let (initial, spread) = initial_adds(self.kind, token);
            self.add(ground, at, at + 1, *reach, initial, spread);
        }
        for (from, to, reach) in &reading.reached.runs {
            self.add(ground, *from, *to, *reach, 0, false);
        }
        self.units.sort_by_key(|unit| unit.from);
        for initials in [false, true] {
            if self.may_find[usize::from(initials)] {
                self.plan_zone(ground, words, initials, finds);
            }
        }
    }

    fn add(&mut self, ground: Ground<'_>, from: usize, to: usize, reach: u32, initial: u32, spread: bool) {
        let Bounds { adds, gain, rate } = ground.memory.bounds(reach, self.kind);
        if adds == 0 && initial == 0 {
            return;
        }
        ground.memory.edges_ahead(reach, self.kind);
        let weight = ground.memory.reach(reach).weight();
        self.units.push(Unit { from, to, reach, weight, adds, gain, rate, initial, spread });
    }

    /// Whether neighbours of either name are written as one in the other.
    #[must_use]
    pub fn is_joined(&self, ground: Ground<'_>, reached: &Reached, name: u32, own: &[u32]) -> bool {
        let memory = ground.memory;
        let ours = reached.words.iter().any(|number| {
            memory.joins(*number, self.kind).binary_search_by_key(&name, |(other, _)| *other).is_ok()
        });
        ours || reached.runs.iter().any(|(.., number)| {
            let edges = memory.edges(*number, self.kind);
            own.iter().any(|word| edge_to(edges, *word).is_some())
        })
    }

    fn zone(&self, initials: bool) -> usize {
        2 * self.kind + usize::from(initials)
    }

    /// By which words the names of a zone are looked through.
    fn plan_zone(&mut self, ground: Ground<'_>, words: &Words<'_>, initials: bool, finds: &mut Vec<Find>) {
        if !self.gains(ground, words, initials) {
            return;
        }
        self.most.of(&self.units, words.tokens.len(), initials);
        let range = self.range(ground, words, initials);
        if range.is_empty() {
            return;
        }
        match self.choose(ground, words) {
            Choice::None => return,
            Choice::All => return self.names.extend(range),
            Choice::Some => {}
        }
        let first = finds.len();
        for number in 0..self.units.len() {
            self.finds(ground, words, initials, number, &range, finds);
        }
        self.joined_names(ground, words, &range);
        let spread = || self.units.iter().filter(|unit| unit.spread).map(|unit| unit.most(initials));
        let always = (spread().sum(), spread().max().unwrap_or(0));
        let rate = self.rate(initials);
        self.zones[usize::from(initials)] = Zone { always, rate, finds: first..finds.len() };
    }

    /// The words of the list by which a run finds names of a zone.
    fn finds(
        &self,
        ground: Ground<'_>,
        words: &Words<'_>,
        initials: bool,
        number: usize,
        range: &Range<u32>,
        finds: &mut Vec<Find>,
    ) {
        let (raw, zone, unit) = (ground.raw, self.zone(initials), &self.units[number]);
        let beside: u32 =
            self.plan.gain() - self.plan.words[unit.from..unit.to].iter().map(|word| word.gain).sum::<u32>();
        let most = self.most.beside(unit);
        // An edge through which a name is found is one that its score rests on: with what the words beside the run can
        // gain at most, it must come to what is needed.
        let least = (raw * words.weight).saturating_sub(beside).max(self.least_probed(words, unit));
        // What its best match gains is not looked up: nothing is.
        if unit.gain < least {
            return;
        }
        for edge in ground.memory.edges(unit.reach, self.kind) {
            let share = edge.share();
            if edge.is_among(initials) && gain(share, unit.weight, edge.weight(), raw) >= least {
                let adds = share * (unit.weight + edge.weight());
                let heaviest = ((most + adds) / raw.max(1)).saturating_sub(words.weight);
                let end = ground.list.names_between(zone, 0, heaviest).end.min(range.end);
                ground.list.posting_ahead(edge.word, self.kind);
                finds.push(Find::new(edge.word, self.kind, number, adds, range.start..end));
            }
        }
    }

    /// The least gain of a match of a run that is looked up: its share of the gain passes the cut of one of the words.
    fn least_probed(&self, words: &Words<'_>, unit: &Unit) -> u32 {
        let passes = |at: usize| match u32::from(words.tokens[at].weight) {
            0 => u32::MAX,
            weight => self.plan.words[at].cut * unit.weight.max(1) / weight + 1,
        };
        (unit.from..unit.to).map(passes).min().unwrap_or(u32::MAX)
    }

    /// Names of a zone whose words join to a query word: no posting tells of that, so each that may reach the threshold
    /// with all that the other words add at best is looked at.
    fn joined_names(&mut self, ground: Ground<'_>, words: &Words<'_>, range: &Range<u32>) {
        let Ground { list, memory, raw } = ground;
        for unit in &self.units {
            let beside = self.most.beside(unit);
            let joins = memory.joins(unit.reach, self.kind);
            let first = joins.partition_point(|(name, _)| *name < range.start);
            let within = joins[first..].iter().take_while(|(name, _)| *name < range.end);
            let may = |(name, other): &&(u32, u32)| {
                beside + JOINED * (unit.weight + other) >= raw * (words.weight + list.lightest(*name))
            };
            self.names.extend(within.filter(may).map(|(name, _)| *name));
        }
    }

    /// The names of a zone whose weight alone does not rule them out: what a name explains is at most what its own
    /// weight can carry at the best rate of any edge, and at most what all runs add together.
    fn range(&self, ground: Ground<'_>, words: &Words<'_>, initials: bool) -> Range<u32> {
        let t = ground.raw.max(1);
        let rate = self.rate(initials);
        let least = if rate > t { (t * words.weight).div_ceil(rate - t) } else { u32::MAX };
        let heaviest = (self.most.all() / t)
            .saturating_sub(words.weight)
            .min(self.heaviest(ground.raw, words, initials));
        ground.list.names_between(self.zone(initials), least, heaviest)
    }

    /// The most that any run can explain per weight of a name's words.
    fn rate(&self, initials: bool) -> u32 {
        let rates = self.units.iter().map(|unit| unit.rate.max(initial_rate(unit, initials)));
        rates.max().unwrap_or(0)
    }

    /// The greatest weight of a name that initials of the query may carry over the threshold: they explain less of each
    /// word than the threshold asks for.
    fn heaviest(&self, raw: u32, words: &Words<'_>, initials: bool) -> u32 {
        if raw <= BY_INITIAL {
            return u32::MAX;
        }
        let most = |unit: &Unit| {
            if unit.spread { unit.adds.max(INITIAL * unit.weight) } else { unit.most(initials) }
        };
        let adds: u32 = self.units.iter().map(most).sum();
        adds.saturating_sub(raw * words.weight) / (raw - BY_INITIAL)
    }

    /// Finds the most that each word can gain over the threshold; whether that may come to what is needed.
    fn gains(&mut self, ground: Ground<'_>, words: &Words<'_>, initials: bool) -> bool {
        let plan = &mut self.plan;
        plan.reset(words.tokens.len());
        for unit in &self.units {
            if unit.initial > 0 && (initials || unit.spread) {
                let weak = initial_gain(&words.tokens[unit.from], ground.raw);
                let word = &mut plan.words[unit.from];
                (word.weak, word.gain) = (weak, word.gain.max(weak));
            }
            if unit.to - unit.from == 1 {
                plan.words[unit.from].gain = plan.words[unit.from].gain.max(unit.gain);
                continue;
            }
            for at in unit.from..unit.to {
                let weight = u32::from(words.tokens[at].weight);
                let gain = (unit.gain * weight).div_ceil(unit.weight.max(1));
                plan.words[at].gain = plan.words[at].gain.max(gain);
            }
        }
        plan.gain() >= ground.raw * words.weight
    }

    /// Which words must be probed; says what that leaves to be looked at.
    fn choose(&mut self, ground: Ground<'_>, words: &Words<'_>) -> Choice {
        for unit in &self.units {
            let costs = ground.memory.costs(unit.reach, self.kind);
            self.plan.words[unit.from..unit.to].iter_mut().for_each(|word| word.add_costs(costs));
        }
        self.plan.choose(ground.raw * words.weight)
    }

    /// Reads the postings of what was looked up, and keeps the names that may be hits, each once and in order.
    pub fn read(&mut self, ground: Ground<'_>, words: &Words<'_>, finds: &[Find], told: &mut Told) {
        if self.zones.iter().any(|zone| !zone.finds.is_empty()) {
            self.tell(ground, words, told);
            let (units, overlap) = (&self.units, overlap(&self.units));
            for zone in &self.zones {
                let Zone { always, rate, .. } = *zone;
                let (list, threshold, weight) = (ground.list, ground.raw, words.weight);
                let scan = Scan { list, threshold, weight, units, overlap, always };
                told.tell_rest(rate);
                for find in &finds[zone.finds.clone()] {
                    scan.run(told, find, &mut self.names);
                }
            }
            told.clear();
        }
        if !self.names.is_empty() {
            self.names.sort_unstable();
            self.names.dedup();
            self.met.clear();
            let edges = self.units.iter().flat_map(|unit| ground.memory.edges(unit.reach, self.kind));
            edges.for_each(|edge| self.met.put(edge.word));
        }
    }

    /// Notes what each word that a run matches can add.
    fn tell(&self, Ground { list, memory, .. }: Ground<'_>, words: &Words<'_>, told: &mut Told) {
        for (run, unit) in self.units.iter().enumerate() {
            for edge in memory.edges(unit.reach, self.kind) {
                told.tell(short(edge.word), edge.share() * (unit.weight + edge.weight()), run);
            }
            if unit.initial > 0 && !unit.spread {
                let letter = &words.tokens[unit.from].text[..1];
                for word in list.words_spelled(letter) {
                    if list.class(word) == Class::Initial {
                        told.tell(short(word), unit.initial, run);
                    }
                }
            }
        }
    }
}
