//! The score of two names: soft weighted Dice over the best one-to-one alignment of their words.
//!
//! `raw = Σ (share_a · w_a + share_b · w_b) / (W_a + W_b)`, the sum running over matched words. Each matched pair adds
//! its part, each word left over costs its weight, and named factors below one then lower the result: words out of
//! order, a father's name taken for the son's, numbers that differ. All arithmetic is in integers, so a score is the
//! same on every machine and on any number of threads, and an explanation adds up to it exactly.

use std::ops::Range;

use crate::engine::calibration::{ONE, UNEQUAL, calibrated};
use crate::engine::similarity::{BY_INITIAL, How, INITIAL, JOINED, WHOLE, Word, has_initials, similarity};
use crate::engine::words::{Words, is_run, joined_form, runs};
use crate::lexicon::Lexicon;
use crate::tokens::{Class, Kind, MAX_TOKENS, Token};

/// One matched pair: runs of words of either name, the shares in which each is explained, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Words of the first name, `from..to`.
    pub a: (usize, usize),
    /// Words of the second name, `from..to`.
    pub b: (usize, usize),
    /// Share of the first, in thousandths.
    pub share_a: u32,
    /// Share of the second, in thousandths.
    pub share_b: u32,
    /// Why.
    pub how: How,
}

/// A factor that lowers the score, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Its name in explanations.
    pub name: &'static str,
    /// By how much the score is multiplied.
    pub permille: u32,
}

/// A score with everything that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The calibrated score, in millionths: one only for equal names.
    pub score: u32,
    /// The score before calibration, after the factors.
    pub raw: u32,
    /// The matched pairs, in the order of the first name.
    pub pairs: Vec<Pair>,
    /// The factors that applied.
    pub factors: Vec<Factor>,
}

/// Scores two names of one kind.
#[must_use]
pub fn score(lexicon: &Lexicon, a: &Words<'_>, b: &Words<'_>, kind: Kind) -> Score {
    let (of_a, of_b) = (a.words(lexicon, kind), b.words(lexicon, kind));
    score_by(a, b, kind, true, |i, j| edge(lexicon, &of_a[i], &of_b[j], kind))
}

/// Scores two names whose words' edges are known: those of the words at two places, with the share of each. Without
/// `joins`, no words of the one are written as one in the other.
#[must_use]
pub fn score_by(
    a: &Words<'_>,
    b: &Words<'_>,
    kind: Kind,
    joins: bool,
    edge: impl Fn(usize, usize) -> Option<(u32, u32, How)>,
) -> Score {
    let pairs = align(a, b, joins, edge);
    let factors = factors(a, b, &pairs, kind);
    finish(a, b, pairs, factors)
}

fn finish(a: &Words<'_>, b: &Words<'_>, pairs: Vec<Pair>, factors: Vec<Factor>) -> Score {
    let explained: u64 = pairs.iter().map(|pair| explained(a, b, pair)).sum();
    let whole = u64::from(a.weight + b.weight);
    // Every word met its equal, or there is none, as in scripts that nothing here can read.
    if explained == whole * u64::from(WHOLE) && are_equal(a, b) {
        return Score { score: ONE, raw: ONE, pairs, factors: Vec::new() };
    }
    let mut raw = (explained * 1000).checked_div(whole).unwrap_or(0);
    for factor in &factors {
        raw = raw * u64::from(factor.permille) / 1000;
    }
    let raw = u32::try_from(raw).unwrap_or(ONE).min(ONE);
    Score { score: calibrated(raw).min(UNEQUAL), raw, pairs, factors }
}

/// Whether two names are written alike, but for what typesetting does to them.
fn are_equal(a: &Words<'_>, b: &Words<'_>) -> bool {
    let normal = a.normal();
    !normal.is_empty() && normal == b.normal()
}

/// What a pair adds, in thousandths of a weight.
#[must_use]
pub fn explained(a: &Words<'_>, b: &Words<'_>, pair: &Pair) -> u64 {
    u64::from(pair.share_a) * u64::from(weight_of(&a.tokens, pair.a))
        + u64::from(pair.share_b) * u64::from(weight_of(&b.tokens, pair.b))
}

fn weight_of(tokens: &[Token], run: (usize, usize)) -> u32 {
    tokens[run.0..run.1].iter().map(|token| u32::from(token.weight)).sum()
}

/// The best alignment: joined words first, then the best one-to-one assignment of the rest.
fn align(
    a: &Words<'_>,
    b: &Words<'_>,
    joins: bool,
    edge: impl Fn(usize, usize) -> Option<(u32, u32, How)>,
) -> Vec<Pair> {
    let (mut free_a, mut free_b) = (Places::all(a.tokens.len()), Places::all(b.tokens.len()));
    let mut pairs = Vec::with_capacity(a.tokens.len());
    if joins {
        let (share_a, share_b, how) = (JOINED, JOINED, How::Joined);
        for (from, to, at) in joined(&a.tokens, &b.tokens) {
            if free_a.take(from..to, &mut free_b, at..at + 1) {
                pairs.push(Pair { a: (from, to), b: (at, at + 1), share_a, share_b, how });
            }
        }
        for (from, to, at) in joined(&b.tokens, &a.tokens) {
            if free_b.take(from..to, &mut free_a, at..at + 1) {
                pairs.push(Pair { a: (at, at + 1), b: (from, to), share_a, share_b, how });
            }
        }
    }
    let mut edges = Vec::with_capacity(a.tokens.len());
    for i in (0..a.tokens.len()).filter(|i| free_a.has(*i)) {
        for j in (0..b.tokens.len()).filter(|j| free_b.has(*j)) {
            if let Some((share_a, share_b, how)) = edge(i, j) {
                edges.push(Pair { a: (i, i + 1), b: (j, j + 1), share_a, share_b, how });
            }
        }
    }
    assign(a, b, edges, &mut pairs);
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// Places of words in a name, which has at most [`MAX_TOKENS`].
#[derive(Clone, Copy)]
struct Places(u64);

impl Places {
    fn all(count: usize) -> Self {
        Self(
            u64::MAX.checked_shr(u32::try_from(MAX_TOKENS - count.min(MAX_TOKENS)).unwrap_or(0)).unwrap_or(0),
        )
    }

    fn has(self, at: usize) -> bool {
        self.0 >> at & 1 == 1
    }

    fn without(&mut self, run: Range<usize>) {
        run.for_each(|at| self.0 &= !(1 << at));
    }

    /// Takes a run here and another one there, if all of both are free.
    fn take(&mut self, run: Range<usize>, others: &mut Self, other: Range<usize>) -> bool {
        let free = run.clone().all(|at| self.has(at)) && other.clone().all(|at| others.has(at));
        if free {
            self.without(run);
            others.without(other);
        }
        free
    }
}

/// Runs `from..to` of one name that the other writes as one word, `at`, unless a word of the run stands there by
/// itself too; longer runs first.
fn joined(own: &[Token], others: &[Token]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for (from, to) in runs(own) {
        let run = &own[from..to];
        for (at, other) in others.iter().enumerate() {
            if is_run(other.text.as_bytes(), run)
                && joined_form(other.class, &other.text)
                && !run.iter().any(|word| stands(word, own, others))
            {
                found.push((from, to, at));
            }
        }
    }
    found.sort_by_key(|(from, to, at)| (usize::MAX - (to - from), *from, *at));
    found
}

/// Whether a word of one name stands in the other as often.
fn stands(word: &Token, own: &[Token], others: &[Token]) -> bool {
    let times = |words: &[Token]| words.iter().filter(|other| other.text == word.text).count();
    (1..=times(others)).contains(&times(own))
}

/// The edge between two words, with the share of each.
#[must_use]
pub fn edge(lexicon: &Lexicon, a: &Word, b: &Word, kind: Kind) -> Option<(u32, u32, How)> {
    if let Some((share, how)) = similarity(lexicon, a, b) {
        return Some((share, share, how));
    }
    by_initial(&a.token, &b.token, kind)
}

/// The edge between an initial and a word that begins with it, with the share of each.
#[must_use]
pub fn by_initial(a: &Token, b: &Token, kind: Kind) -> Option<(u32, u32, How)> {
    if !has_initials(kind) {
        return None;
    }
    match (a.class, b.class) {
        (Class::Initial, Class::Plain) if begins(b, a) => Some((INITIAL, BY_INITIAL, How::Initial)),
        (Class::Plain, Class::Initial) if begins(a, b) => Some((BY_INITIAL, INITIAL, How::Initial)),
        _ => None,
    }
}

fn begins(word: &Token, initial: &Token) -> bool {
    word.text.starts_with(initial.text.as_str())
}

/// The assignment of greatest total, by the Hungarian method; edges that meet no rival are taken at once.
fn assign(a: &Words<'_>, b: &Words<'_>, mut edges: Vec<Pair>, taken: &mut Vec<Pair>) {
    let (mut of_a, mut of_b) = ([0u8; MAX_TOKENS], [0u8; MAX_TOKENS]);
    for edge in &edges {
        of_a[edge.a.0] += 1;
        of_b[edge.b.0] += 1;
    }
    edges.retain(|edge| {
        let alone = of_a[edge.a.0] == 1 && of_b[edge.b.0] == 1;
        if alone {
            taken.push(edge.clone());
        }
        !alone
    });
    if !edges.is_empty() {
        taken.extend(hungarian(a, b, &edges));
    }
}

/// Of assignments of one total, the one that keeps the words' order best, so that either way round finds the same as a rule: the
/// squared distances of all words' places are less than one thousandth of a weight.
const TIES: u32 = (MAX_TOKENS * MAX_TOKENS * MAX_TOKENS).ilog2();

fn hungarian(a: &Words<'_>, b: &Words<'_>, edges: &[Pair]) -> Vec<Pair> {
    let rows = distinct(edges.iter().map(|edge| edge.a.0));
    let columns = distinct(edges.iter().map(|edge| edge.b.0));
    let size = rows.len().max(columns.len());
    let mut gain = vec![vec![0i64; size]; size];
    for edge in edges {
        let (row, column) = (place(&rows, edge.a.0), place(&columns, edge.b.0));
        let (whole, apart) = (explained(a, b, edge) << TIES, edge.a.0.abs_diff(edge.b.0));
        gain[row][column] =
            i64::try_from(whole).unwrap_or(i64::MAX) - i64::try_from(apart * apart).unwrap_or(0);
    }
    let chosen = maximum(&gain);
    let held = |edge: &&Pair| chosen[place(&rows, edge.a.0)] == place(&columns, edge.b.0);
    edges.iter().filter(held).cloned().collect()
}

fn distinct(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut found: Vec<usize> = values.collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn place(values: &[usize], value: usize) -> usize {
    values.binary_search(&value).unwrap_or(0)
}

/// The column of each row in the assignment of greatest total (Kuhn 1955, with potentials).
fn maximum(gain: &[Vec<i64>]) -> Vec<usize> {
    let size = gain.len();
    let (mut rows, mut columns) = (vec![0i64; size + 1], vec![0i64; size + 1]);
    let (mut matched, mut way) = (vec![0usize; size + 1], vec![0usize; size + 1]);
    for row in 1..=size {
        matched[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![i64::MAX; size + 1], vec![false; size + 1]);
        while matched[column] != 0 {
            used[column] = true;
            let (here, mut delta, mut next) = (matched[column], i64::MAX, 0);
            for other in 1..=size {
                if used[other] {
                    continue;
                }
                let cost = -gain[here - 1][other - 1] - rows[here] - columns[other];
                if cost < least[other] {
                    least[other] = cost;
                    way[other] = column;
                }
                if least[other] < delta {
                    delta = least[other];
                    next = other;
                }
            }
            for other in 0..=size {
                if used[other] {
                    rows[matched[other]] += delta;
                    columns[other] -= delta;
                } else {
                    least[other] = least[other].saturating_sub(delta);
                }
            }
            column = next;
        }
        while column != 0 {
            matched[column] = matched[way[column]];
            column = way[column];
        }
    }
    let mut chosen = vec![0; size];
    for column in 1..=size {
        chosen[matched[column] - 1] = column - 1;
    }
    chosen
}

const SWAPPED_PERSON: Factor = Factor { name: "word order", permille: 985 };
const SWAPPED: Factor = Factor { name: "word order", permille: 960 };
const FATHER: Factor = Factor { name: "father's name differs", permille: 720 };
const FIRST: Factor = Factor { name: "first given name missing", permille: 790 };
const OTHER_PERSON: Factor = Factor { name: "names differ", permille: 860 };
const OTHER_WORD: Factor = Factor { name: "names differ", permille: 920 };
const OTHER_TRADE: Factor = Factor { name: "general words differ", permille: 985 };
const OTHER_INITIALS: Factor = Factor { name: "initials differ", permille: 800 };
const NUMBERS: Factor = Factor { name: "numbers differ", permille: 965 };
/// Ships of one owner differ by their number alone.
const SHIP_NUMBERS: Factor = Factor { name: "numbers differ", permille: 700 };

/// The factors that lower the score of an alignment; each is below one, so that none can lift a name over a bound.
fn factors(a: &Words<'_>, b: &Words<'_>, pairs: &[Pair], kind: Kind) -> Vec<Factor> {
    let mut found = Vec::new();
    if pairs.windows(2).any(|two| two[0].b > two[1].b) {
        found.push(if kind == Kind::Person { SWAPPED_PERSON } else { SWAPPED });
    }
    if kind == Kind::Person && fathers_differ(a, b, pairs) {
        found.push(FATHER);
    }
    let (left_a, left_b) =
        (left(&a.tokens, pairs.iter().map(|p| p.a)), left(&b.tokens, pairs.iter().map(|p| p.b)));
    let both = |class| left_a[class as usize] && left_b[class as usize];
    if both(Class::Number) {
        found.push(if kind == Kind::Vessel { SHIP_NUMBERS } else { NUMBERS });
    }
    if kind == Kind::Person {
        found.extend(persons_differ(a, b, pairs, both(Class::Plain)));
        found.extend(both(Class::Initial).then_some(OTHER_INITIALS));
    } else if both(Class::Plain) {
        found.push(OTHER_WORD);
    } else if both(Class::Generic) {
        found.push(OTHER_TRADE);
    }
    found
}

/// What tells persons of one family apart: each has a name that the other has not, or one is named like the other's
/// father: `Ali Barzan Ibrahim` is not `Barzan Ibrahim`.
fn persons_differ(a: &Words, b: &Words, pairs: &[Pair], both_left: bool) -> Option<Factor> {
    if both_left || pairs.iter().any(|pair| pair.how == How::Near) {
        return Some(OTHER_PERSON);
    }
    (lacks_first(a, b, pairs, |pair| (pair.a, pair.b)) || lacks_first(b, a, pairs, |pair| (pair.b, pair.a)))
        .then_some(FIRST)
}

/// Words of a name, from and up to.
type Run = (usize, usize);

/// Whether a chain of names lacks the first name of a longer one, and begins with its second.
fn lacks_first(longer: &Words, shorter: &Words, pairs: &[Pair], sides: impl Fn(&Pair) -> (Run, Run)) -> bool {
    const CHAIN: usize = 3;
    fn plain<'w>(words: &'w Words) -> impl Iterator<Item = usize> + 'w {
        let tokens = words.tokens.iter().enumerate();
        tokens.filter(|(_, token)| token.class == Class::Plain).map(|(at, _)| at)
    }
    let count = plain(shorter).count();
    if count < CHAIN || plain(longer).count() <= count {
        return false;
    }
    let mut first = plain(longer);
    let (Some(first), Some(second), Some(begins)) = (first.next(), first.next(), plain(shorter).next())
    else {
        return false;
    };
    let met = |at: usize| pairs.iter().map(&sides).any(|(run, _)| run.0 <= at && at < run.1);
    !met(first) && pairs.iter().map(&sides).any(|(run, other)| run.0 == second && other.0 == begins)
}

/// Which classes have words that met nothing.
fn left(words: &[Token], matched: impl Iterator<Item = (usize, usize)>) -> [bool; 7] {
    let mut alone = Places::all(words.len());
    matched.for_each(|run| alone.without(run.0..run.1));
    let mut found = [false; 7];
    for (_, word) in words.iter().enumerate().filter(|(at, _)| alone.has(*at)) {
        found[word.class as usize] = true;
    }
    found
}

/// Whether both names say "son of", and the son's name of one is the father's of the other.
fn fathers_differ(a: &Words<'_>, b: &Words<'_>, pairs: &[Pair]) -> bool {
    let (of_a, of_b) = (fathers(&a.tokens), fathers(&b.tokens));
    !of_a.is_empty()
        && !of_b.is_empty()
        && pairs.iter().any(|pair| {
            let plain = a.tokens[pair.a.0].class == Class::Plain;
            plain && of_a.contains(&pair.a.0) != of_b.contains(&pair.b.0)
        })
}

/// Places of the names that follow "son of", past articles.
fn fathers(words: &[Token]) -> Vec<usize> {
    let after = words.iter().enumerate().filter(|(_, word)| word.text == "_bin");
    let name = |at: usize| (at + 1..words.len()).find(|next| words[*next].class != Class::Particle);
    after.filter_map(|(at, _)| name(at)).collect()
}
