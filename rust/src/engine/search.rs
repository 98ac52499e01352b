//! Lossless search: exactly what scoring every name would return, without scoring every name.
//!
//! **Why nothing is lost.** A name N reaches the raw threshold t for a query Q only if its matched words carry it:
//! `Σ_matched [share·w_q + (share − t)·w_n] ≥ t·W_Q`, for words of N left over only make it harder and every factor
//! only lowers the score. So each query word has a greatest possible *gain*, taken over all words of the list that it
//! can match (all found: equal words by hash, variants by group, likeness of sound by skeleton, spellings by the
//! deletion table, which two words within k edits share because each edit costs either side at most one letter), over
//! the joins of either side, and over initials. Where all words together gain less in a zone of names, nothing is there
//! and the zone is not asked. Words whose gains together stay below `t·W_Q` cannot reach it alone;
//! hence a name that qualifies matches at least one of the other words, the *probes*, by one of their edges, and the
//! postings of those edges hold it. An initial's edge leads to too many words to be probed: its gain is counted
//! against the probes too, but only among the names that hold an initial, which have a zone of their own, or where
//! the query holds one. No posting tells of joins: names whose neighbours join to a query word are known one by one.
//! What bounds the names found (their weight, then 16 bits of each of their words, then the words themselves) only uses
//! greater values than the score can take: each run of the query meets one word of a name at most, runs that overlap
//! are not counted together, an initial stands for one word; bits of two words may fall together, and words that have
//! no bits, the lightest of a long name, are held to be explained at the best rate per weight of any run. What passes
//! is scored by the same function that the exhaustive search calls.

use crate::engine::calibration::raw_threshold;
use crate::engine::inquiry::{Ground, Inquiry};
use crate::engine::reach::{Mark, Memory};
use crate::engine::reading::{Question, Reached, Reading};
use crate::engine::scan::{Find, Told, open};
use crate::engine::score::score;
use crate::engine::segment::{KINDS, List};
use crate::engine::verify::{may_reach, scored};
use crate::engine::words::Words;
use crate::lexicon::{Glossary, Lexicon, Notes};
use crate::tokens::Text;

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
#[derive(Default)]
pub struct State {
    notes: Notes,
    memory: Memory,
    /// Where the memory was before words written as one: they are remembered for the inquiries of one search only.
    mark: Option<Mark>,
    /// Large, so made when it is first needed.
    told: Option<Told>,
    /// What the words of each question reach.
    reached: Vec<Reached>,
    /// The inquiries, of which so many are made.
    inquiries: Vec<Inquiry>,
    made: usize,
    finds: Vec<Find>,
    long: Vec<usize>,
}

impl State {
    /// How many words it remembers, each once for each of its weights.
    #[must_use]
    pub fn words(&self) -> usize {
        self.memory.learned()
    }
}

/// Searches one list.
///
/// It makes several inquiries at once, each stage of all of them before the next stage: what a stage needs is asked for
/// in the one before, and the processor waits for memory once and not name by name.
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

    /// Forgets words if they have grown too many, and then what they reach, for they get other numbers.
    pub fn trim(&mut self) {
        if self.glossary.trim() {
            (self.state.memory, self.state.mark) = (Memory::after(self.glossary.numbered()), None);
        }
    }

    /// What was found for the last questions: the number of each among them, in order, with its hits among the names of
    /// a kind; some have nothing.
    pub fn found(&self) -> impl Iterator<Item = (usize, &[Hit])> {
        self.state.inquiries[..self.state.made].iter().map(|inquiry| (inquiry.question, &*inquiry.hits))
    }

    /// Finds the names that reach the threshold, those of each kind in order of row.
    pub fn search(&mut self, questions: &[Question<'_>]) {
        let State { memory, mark, told, reached, inquiries, made, finds, long, .. } = &mut self.state;
        let told = told.get_or_insert_default();
        look_up(self.glossary.lexicon, self.list, self.raw, questions, reached, memory, mark);
        let ground = Ground { list: self.list, memory, raw: self.raw };
        let reading = |number: usize| Reading { words: &questions[number].words, reached: &reached[number] };
        *made = 0;
        for (number, question) in questions.iter().enumerate() {
            for kind in question.kinds() {
                let may_find = reading(number).may_find(ground, kind);
                if may_find != [false; 2] {
                    let inquiry = next(inquiries, made);
                    inquiry.ask(number, kind, may_find);
                    inquiry.plan_ahead(ground, &reached[number]);
                }
            }
        }
        let inquiries = &mut inquiries[..*made];
        finds.clear();
        for inquiry in &mut *inquiries {
            inquiry.plan(ground, reading(inquiry.question), finds);
        }
        open(self.list, finds, long);
        for inquiry in &mut *inquiries {
            inquiry.read(ground, &questions[inquiry.question].words, finds, told);
            self.list.names_ahead(&inquiry.names);
        }
        for inquiry in &*inquiries {
            self.list.name_words_ahead(&inquiry.names);
        }
        for inquiry in &mut *inquiries {
            let mut names = std::mem::take(&mut inquiry.names);
            names.retain(|name| may_reach(ground, inquiry, &questions[inquiry.question].words, *name));
            inquiry.names = names;
            self.list.words_ahead(&inquiry.names);
        }
        for inquiry in &*inquiries {
            self.list.letters_ahead(&inquiry.names);
        }
        for inquiry in inquiries {
            let mut hits = std::mem::take(&mut inquiry.hits);
            let reading = reading(inquiry.question);
            let found = inquiry.names.iter().map(|name| scored(ground, inquiry, reading, *name));
            hits.extend(found.filter(|hit| hit.score >= self.threshold));
            inquiry.hits = hits;
        }
    }

    /// Scores every name instead of searching: the oracle.
    pub fn scan(&mut self, questions: &[Question<'_>]) {
        self.state.made = 0;
        for (number, question) in questions.iter().enumerate() {
            for kind in question.kinds() {
                let mut hits = Vec::new();
                for row in self.list.names_of(kind) {
                    self.trim();
                    let mut text = Text::new(self.list.text(row));
                    let other = Words::read(&mut self.glossary, &mut text, KINDS[kind]);
                    let score = score(self.glossary.lexicon, &question.words, &other, KINDS[kind]).score;
                    if score >= self.threshold {
                        hits.push(Hit { row, score });
                    }
                }
                let inquiry = next(&mut self.state.inquiries, &mut self.state.made);
                inquiry.ask(number, kind, [true; 2]);
                inquiry.hits = hits;
            }
        }
    }
}

/// One more inquiry, of those that were made before or new.
fn next<'a>(inquiries: &'a mut Vec<Inquiry>, made: &mut usize) -> &'a mut Inquiry {
    if *made == inquiries.len() {
        inquiries.push(Inquiry::default());
    }
    *made += 1;
    &mut inquiries[*made - 1]
}

/// Looks up what the words of all questions reach, then words written as one.
fn look_up(
    lexicon: &Lexicon,
    list: &List<'_>,
    raw: u32,
    questions: &[Question<'_>],
    reached: &mut Vec<Reached>,
    memory: &mut Memory,
    mark: &mut Option<Mark>,
) {
    if let Some(mark) = mark.take() {
        memory.back(mark);
    }
    memory.trim();
    questions.iter().flat_map(|question| &question.words.tokens).for_each(|token| memory.ahead(token));
    if reached.len() < questions.len() {
        reached.resize_with(questions.len(), Reached::default);
    }
    for (question, reached) in questions.iter().zip(&mut *reached) {
        reached.learn(&question.words, lexicon, list, memory, raw);
    }
    *mark = Some(memory.mark());
    for (question, reached) in questions.iter().zip(reached) {
        reached.join(&question.words, list, memory, raw);
    }
}
