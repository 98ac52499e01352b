//! Many queries at once: cores take stretches of them in turn, each with a state of its own, as earlier ones left it.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::engine::kept::Kept;
use crate::engine::search::{Hit, Searcher};
use crate::engine::segment::{KINDS, List};
use crate::engine::words::Words;
use crate::lexicon::Lexicon;
use crate::prefetch::prefetch;
use crate::tokens::{Kind, Text};

/// Queries that a core takes at a time: enough to be worth asking for …
const STRETCH: usize = 1024;
/// … and so few that each core takes several times, and all end together.
const TIMES: usize = 16;

/// Queries that are answered at once: as many as it takes to wait for none of them alone.
const TOGETHER: usize = 8;
/// Readings of a query, under one kind after another, at most.
const READINGS: usize = 3;

/// What a question may be limited to.
#[derive(Clone, Copy)]
pub struct Terms {
    /// Lowest score, in millionths.
    pub threshold: u32,
    /// Records that hold at this instant only, in microseconds since 1970; all when not given.
    pub at: Option<i64>,
    /// Score every name instead of searching: the oracle.
    pub exhaustive: bool,
}

/// Of which kind the queries are: each is looked for among names of its kind and of unknown kind, and among all where
/// its kind is not given.
#[derive(Clone, Copy)]
pub enum Asked<'a> {
    /// All of them.
    All(Option<Kind>),
    /// One after another.
    Each(&'a [Option<Kind>]),
}

impl Asked<'_> {
    fn of(self, query: usize) -> Option<Kind> {
        match self {
            Self::All(kind) => kind,
            Self::Each(kinds) => kinds.get(query).copied().flatten(),
        }
    }
}

/// The kinds among whose names one is looked for; those for which a text is read alike stand together.
fn searched(list: &List<'_>, asked: Option<Kind>) -> impl Iterator<Item = usize> {
    let asked = move |kind: Kind| asked.is_none_or(|only| only == kind || kind == Kind::Other);
    let order = [Kind::Person, Kind::Organisation, Kind::Other, Kind::Vessel];
    let numbers = order.into_iter().filter_map(|kind| KINDS.iter().position(|other| *other == kind));
    numbers.filter(move |kind| asked(KINDS[*kind]) && !list.names_of(*kind).is_empty())
}

/// The kind as whose a name of some kind is read: one of unknown kind as an organisation's.
fn read_as(kind: usize) -> Kind {
    if KINDS[kind] == Kind::Other { Kind::Organisation } else { KINDS[kind] }
}

/// The hits of many queries: those of each query, best first, equal scores in order of row.
#[derive(Default)]
pub struct Found {
    /// Where the hits of each query end.
    pub ends: Vec<usize>,
    /// The hits.
    pub hits: Vec<Hit>,
}

/// Answers queries, some at a time.
struct Desk<'a> {
    list: &'a List<'a>,
    terms: Terms,
    kept: &'a Kept,
    searcher: Searcher<'a>,
    /// Where the inquiries of each query end.
    ends: Vec<usize>,
}

impl<'a> Desk<'a> {
    fn new(lexicon: &'a Lexicon, list: &'a List<'a>, terms: Terms, kept: &'a Kept) -> Self {
        let searcher = Searcher::new(lexicon, list, terms.threshold, kept.take(terms.threshold));
        Self { list, terms, kept, searcher, ends: Vec::new() }
    }

    /// Ends it, and keeps what it learned.
    fn end(self) {
        self.kept.give(self.terms.threshold, self.searcher.end());
    }

    /// Answers some queries, all at once.
    fn answer<'t>(&mut self, queries: impl Iterator<Item = (&'t str, Option<Kind>)>, found: &mut Found) {
        self.searcher.begin();
        self.ends.clear();
        let mut asked: Vec<(Text<'t>, Option<Kind>)> =
            queries.map(|(text, kind)| (Text::new(text), kind)).collect();
        self.part(&mut asked);
        let mut readings: Vec<Words<'t>> = Vec::with_capacity(READINGS * TOGETHER);
        for (text, kind) in &mut asked {
            self.ask(text, *kind, &mut readings);
            self.ends.push(self.searcher.found().len());
        }
        if self.terms.exhaustive {
            self.searcher.scan(&readings);
        } else {
            self.searcher.search(&readings);
        }
        let mut inquiries = self.searcher.found().iter();
        let mut asked = 0;
        for end in &self.ends {
            let first = found.hits.len();
            inquiries.by_ref().take(end - asked).for_each(|inquiry| found.hits.extend(&inquiry.hits));
            asked = *end;
            if found.hits.len() > first {
                self.order(first, &mut found.hits);
            }
            found.ends.push(found.hits.len());
        }
    }

    /// Parts all texts into words, and asks for what is known of those.
    fn part(&self, asked: &mut [(Text<'_>, Option<Kind>)]) {
        for (text, kind) in &mut *asked {
            if let Some(kind) = searched(self.list, *kind).next() {
                text.part(&self.searcher.glossary, read_as(kind));
            }
        }
        for (text, _) in asked {
            text.ahead(&self.searcher.glossary);
        }
    }

    /// Asks for names of all kinds that a query may be of; one that reads alike under two of them is read once.
    fn ask<'t>(&mut self, text: &mut Text<'t>, kind: Option<Kind>, readings: &mut Vec<Words<'t>>) {
        let mut before = None;
        for kind in searched(self.list, kind) {
            let reading = read_as(kind);
            if before != Some(reading) {
                let words = Words::read(&mut self.searcher.glossary, text, reading);
                if before.is_none() || readings.last().is_none_or(|last| last.tokens != words.tokens) {
                    readings.push(words);
                }
                before = Some(reading);
            }
            self.searcher.ask(readings.len() - 1, kind);
        }
    }

    /// Leaves the hits that hold at the instant asked for, best first.
    fn order(&self, first: usize, hits: &mut Vec<Hit>) {
        if let Some(at) = self.terms.at {
            let mut new = hits.split_off(first);
            new.retain(|hit| self.list.holds(hit.row, at));
            hits.append(&mut new);
        }
        hits[first..].sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.score), hit.row));
    }
}

/// The hits of one text, of a kind if that is given. `kept` is of earlier searches of the same list, or new.
#[must_use]
pub fn search(
    lexicon: &Lexicon,
    list: &List<'_>,
    text: &str,
    kind: Option<Kind>,
    terms: Terms,
    kept: &Kept,
) -> Vec<Hit> {
    let mut found = Found::default();
    let mut desk = Desk::new(lexicon, list, terms, kept);
    desk.answer(std::iter::once((text, kind)), &mut found);
    desk.end();
    found.hits
}

/// The hits of many texts, in the order of the texts. `kept` is of earlier searches of the same list, or new.
#[must_use]
pub fn search_many<T: AsRef<str> + Sync>(
    lexicon: &Lexicon,
    list: &List<'_>,
    texts: &[T],
    asked: Asked<'_>,
    terms: Terms,
    kept: &Kept,
) -> Found {
    let next = AtomicUsize::new(0);
    let stretch = (texts.len() / (TIMES * rayon::current_num_threads())).clamp(TOGETHER, STRETCH);
    let order = in_order(texts);
    let stretches: Vec<&[u32]> = order.chunks(stretch).collect();
    let answered = rayon::broadcast(|_| {
        let mut desk = Desk::new(lexicon, list, terms, kept);
        let mut mine = Vec::new();
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(queries) = stretches.get(number)
        {
            let mut found = Found::default();
            let mut rest = queries.chunks(TOGETHER).peekable();
            while let Some(queries) = rest.next() {
                for next in rest.peek().copied().into_iter().flatten() {
                    prefetch(texts[*next as usize].as_ref().as_bytes(), 0);
                }
                let queries = queries.iter().map(|query| *query as usize);
                desk.answer(queries.map(|query| (texts[query].as_ref(), asked.of(query))), &mut found);
            }
            mine.push((number, found));
        }
        desk.end();
        mine
    });
    let mut parts: Vec<(usize, Found)> = answered.into_iter().flatten().collect();
    parts.sort_unstable_by_key(|(number, _)| *number);
    let parts: Vec<Found> = parts.into_iter().map(|(_, found)| found).collect();
    in_turn(&order, &parts)
}

/// The queries in the order of their first letters: those of one name use the same words of the list, which the
/// processor then need not fetch again. A million queries of three million names take a sixth less time than as given.
fn in_order<T: AsRef<str> + Sync>(texts: &[T]) -> Vec<u32> {
    const LETTERS: usize = 16;
    let letters = |text: &str| {
        let mut letters = [0; LETTERS];
        letters.iter_mut().zip(text.bytes()).for_each(|(to, byte)| *to = byte.to_ascii_lowercase());
        letters
    };
    let mut keys: Vec<([u8; LETTERS], u32)> =
        (0u32..).zip(texts).map(|(query, text)| (letters(text.as_ref()), query)).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(_, query)| query).collect()
}

/// What was found for queries in some order, in the order in which they were given.
fn in_turn(order: &[u32], parts: &[Found]) -> Found {
    let mut found: Vec<&[Hit]> = vec![&[]; order.len()];
    let hits = parts.iter().flat_map(|part| {
        let starts = std::iter::once(0).chain(part.ends.iter().copied());
        starts.zip(&part.ends).map(|(start, end)| &part.hits[start..*end])
    });
    for (query, hits) in order.iter().zip(hits) {
        found[*query as usize] = hits;
    }
    let mut all = Found { ends: Vec::with_capacity(order.len()), hits: Vec::new() };
    for hits in found {
        all.hits.extend(hits);
        all.ends.push(all.hits.len());
    }
    all
}
