//! Many queries at once: cores take stretches of them in turn, each with a state of its own, as earlier ones left it.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::engine::kept::Kept;
use crate::engine::reading::Question;
use crate::engine::search::{Hit, Searcher};
use crate::engine::segment::{KINDS, List};
use crate::engine::words::Words;
use crate::lexicon::Lexicon;
use crate::prefetch::prefetch;
use crate::tokens::{Kind, Text, Token};

/// Queries that a core takes at a time: enough to be worth asking for …
const STRETCH: usize = 1024;
/// … and so few that each core takes several times, and all end together.
const TIMES: usize = 16;

/// Queries that are answered at once: as many as it takes to wait for none of them alone.
const TOGETHER: usize = 8;

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

/// A kind of whose names a list has some.
#[derive(Clone, Copy)]
struct Listed {
    /// Its number.
    kind: usize,
    /// The kind as whose such names are read: those of unknown kind as organisations'.
    read_as: Kind,
}

impl Listed {
    /// All of a list; those that are read alike stand together.
    fn of(list: &List<'_>) -> Vec<Self> {
        let order = [Kind::Person, Kind::Organisation, Kind::Other, Kind::Vessel];
        let numbers = order.into_iter().filter_map(|kind| KINDS.iter().position(|other| *other == kind));
        let listed = numbers.filter(|kind| !list.names_of(*kind).is_empty());
        let read_as = |kind: usize| match KINDS[kind] {
            Kind::Other => Kind::Organisation,
            kind => kind,
        };
        listed.map(|kind| Self { kind, read_as: read_as(kind) }).collect()
    }

    /// Whether one is looked for among names of this kind that is asked for as of some kind.
    fn is_for(&self, asked: Option<Kind>) -> bool {
        let kind = KINDS[self.kind];
        asked.is_none_or(|only| only == kind || kind == Kind::Other)
    }
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
    listed: Vec<Listed>,
    terms: Terms,
    kept: &'a Kept,
    searcher: Searcher<'a>,
    texts: Vec<(Text<'a>, Option<Kind>)>,
    questions: Vec<Question<'a>>,
    /// The room of questions that were answered.
    room: Vec<Vec<Token>>,
}

impl<'a> Desk<'a> {
    fn new(lexicon: &'a Lexicon, list: &'a List<'a>, terms: Terms, kept: &'a Kept) -> Self {
        let searcher = Searcher::new(lexicon, list, terms.threshold, kept.take(terms.threshold));
        let (texts, questions, room) = Default::default();
        Self { list, listed: Listed::of(list), terms, kept, searcher, texts, questions, room }
    }

    /// Ends it, and keeps what it learned.
    fn end(self) {
        self.kept.give(self.terms.threshold, self.searcher.end());
    }

    /// Answers some queries, all at once.
    fn answer(&mut self, queries: impl Iterator<Item = (&'a str, Option<Kind>)>, found: &mut Found) {
        self.searcher.trim();
        let count = self.begin(queries);
        let mut questions = std::mem::take(&mut self.questions);
        for query in 0..count {
            self.ask(query, &mut questions);
        }
        if self.terms.exhaustive {
            self.searcher.scan(&questions);
        } else {
            self.searcher.search(&questions);
        }
        let mut hits =
            self.searcher.found().map(|(question, hits)| (questions[question].query, hits)).peekable();
        for query in 0..count {
            let first = found.hits.len();
            while let Some((_, hits)) = hits.next_if(|(of, _)| *of == query) {
                found.hits.extend(hits);
            }
            if found.hits.len() > first {
                self.order(first, &mut found.hits);
            }
            found.ends.push(found.hits.len());
        }
        drop(hits);
        self.room.extend(questions.drain(..).map(|question| question.words.into_room()));
        self.questions = questions;
    }

    /// Parts all texts into words, and asks for what is known of those; says how many there are.
    fn begin(&mut self, queries: impl Iterator<Item = (&'a str, Option<Kind>)>) -> usize {
        let mut count = 0;
        for (text, kind) in queries {
            match self.texts.get_mut(count) {
                Some(before) => {
                    before.0.begin(text);
                    before.1 = kind;
                }
                None => self.texts.push((Text::new(text), kind)),
            }
            count += 1;
        }
        for (text, kind) in &mut self.texts[..count] {
            if let Some(first) = self.listed.iter().find(|listed| listed.is_for(*kind)) {
                text.part(&self.searcher.glossary, first.read_as);
            }
        }
        for (text, _) in &self.texts[..count] {
            text.ahead(&self.searcher.glossary);
        }
        count
    }

    /// Asks for names of all kinds that a query may be of; one that reads alike under two of them is one question.
    fn ask(&mut self, query: usize, questions: &mut Vec<Question<'a>>) {
        let (text, kind) = &mut self.texts[query];
        let first = questions.len();
        let mut before = None;
        for listed in self.listed.iter().filter(|listed| listed.is_for(*kind)) {
            if before.replace(listed.read_as) != Some(listed.read_as) {
                let room = self.room.pop().unwrap_or_default();
                let words = Words::read_into(room, &mut self.searcher.glossary, text, listed.read_as);
                match questions[first..].last() {
                    Some(last) if last.words.tokens == words.tokens => self.room.push(words.into_room()),
                    _ => questions.push(Question { query, words, among: Default::default() }),
                }
            }
            if let Some(last) = questions.last_mut() {
                last.among[listed.kind] = true;
            }
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
    let stretches: Vec<&[(u32, &str)]> = order.chunks(stretch).collect();
    let answered = rayon::broadcast(|_| {
        let mut desk = Desk::new(lexicon, list, terms, kept);
        let mut mine = Vec::new();
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(queries) = stretches.get(number)
        {
            let mut found = Found::default();
            let mut rest = queries.chunks(TOGETHER).peekable();
            while let Some(queries) = rest.next() {
                for (_, next) in rest.peek().copied().into_iter().flatten() {
                    prefetch(next.as_bytes(), 0);
                }
                let queries = queries.iter().map(|(query, text)| (*text, asked.of(*query as usize)));
                desk.answer(queries, &mut found);
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

/// The queries in the order of their first letters, with their texts: those of one name use the same words of the list,
/// which the processor then need not fetch again. A million queries of three million names take a sixth less time than
/// as given.
fn in_order<T: AsRef<str> + Sync>(texts: &[T]) -> Vec<(u32, &str)> {
    let letters = |text: &str| {
        let mut letters = [0; size_of::<u128>()];
        letters.iter_mut().zip(text.bytes()).for_each(|(to, byte)| *to = byte.to_ascii_lowercase());
        u128::from_be_bytes(letters)
    };
    let mut keys: Vec<(u128, u32)> =
        (0u32..).zip(texts).map(|(query, text)| (letters(text.as_ref()), query)).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(_, query)| (query, texts[query as usize].as_ref())).collect()
}

/// What was found for queries in some order, in the order in which they were given.
fn in_turn(order: &[(u32, &str)], parts: &[Found]) -> Found {
    let mut found: Vec<&[Hit]> = vec![&[]; order.len()];
    let hits = parts.iter().flat_map(|part| {
        let starts = std::iter::once(0).chain(part.ends.iter().copied());
        starts.zip(&part.ends).map(|(start, end)| &part.hits[start..*end])
    });
    for ((query, _), hits) in order.iter().zip(hits) {
        found[*query as usize] = hits;
    }
    let mut all = Found { ends: Vec::with_capacity(order.len()), hits: Vec::new() };
    for hits in found {
        all.hits.extend(hits);
        all.ends.push(all.hits.len());
    }
    all
}
