//! Hostile input: whatever a text or an index file holds, the engine answers or refuses, and in bounded time.
//!
//! `cargo test --test hostile` tries a fixed number of cases in a second or two. Longer, each test for so many seconds:
//!
//! ```sh
//! VACATUR_FUZZ_SECONDS=60 cargo test --release --test hostile -- --nocapture --test-threads 1
//! ```
//!
//! A case is its number: a failure names it, and it comes again.

mod texts;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;
use std::sync::{LazyLock, Once};
use std::time::{Duration, Instant};

use texts::{Dice, NAMES, text};
use vacatur_core::engine::batch::{Asked, Terms, search, search_many};
use vacatur_core::engine::build::{Row, build_with};
use vacatur_core::engine::identifiers::Mark;
use vacatur_core::engine::kept::Kept;
use vacatur_core::engine::memory::Memory;
use vacatur_core::engine::score::{Pair, explained, score};
use vacatur_core::engine::search::Hit;
use vacatur_core::engine::segment::{KINDS, Segment};
use vacatur_core::engine::words::Words;
use vacatur_core::lexicon::Lexicon;
use vacatur_core::normalise::normalise;
use vacatur_core::tokens::{Kind, MAX_TOKEN, MAX_TOKENS, analyse};
use xxhash_rust::xxh3::xxh3_64;

const FINGERPRINT: u64 = 7;
/// The longest that a case may take, on a slow machine and without optimisation.
const BOUND: Duration = Duration::from_secs(10);

/// The compiled lexicon where this checkout has one; Python's build makes it.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/vacatur/match/lexicon.bin");
    let compiled = std::fs::read(path).ok().and_then(|bytes| Lexicon::from_bytes(&bytes).ok());
    compiled.unwrap_or_else(Lexicon::empty)
});

/// Names a case that fails.
struct Case<'a>(&'a str, u64);

impl Drop for Case<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: case {} failed", self.0, self.1);
        }
    }
}

/// Runs so many cases, or those of the seconds that the environment asks for.
fn cases(name: &str, few: u64, mut case: impl FnMut(&mut Dice)) {
    let asked = std::env::var("VACATUR_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let (start, mut slowest, mut number) = (Instant::now(), Duration::ZERO, 0);
    while asked.map_or(number < few, |seconds| start.elapsed() < Duration::from_secs(seconds)) {
        let _named = Case(name, number);
        let begun = Instant::now();
        case(&mut Dice::new(number));
        slowest = slowest.max(begun.elapsed());
        assert!(slowest < BOUND, "it took {slowest:?}");
        number += 1;
    }
    println!("{name}: {number} cases, the slowest {slowest:?}");
}

#[test]
fn any_text_is_read_in_bounded_time() {
    cases("read", 1500, |dice| {
        let text = text(dice);
        let normal = normalise(&text);
        assert_eq!(normalise(&normal), normal, "settled");
        for kind in KINDS {
            let name = analyse(&LEXICON, &text, kind);
            assert!(name.tokens.len() <= MAX_TOKENS);
            for token in &name.tokens {
                assert!(!token.text.is_empty() && token.text.len() <= MAX_TOKEN && token.weight > 0);
                assert!(token.text.is_ascii(), "{}", token.text);
            }
        }
    });
}

/// What the pairs explain, in thousandths of a weight.
fn sum(a: &Words<'_>, b: &Words<'_>, pairs: &[Pair]) -> u64 {
    pairs.iter().map(|pair| explained(a, b, pair)).sum()
}

#[test]
fn what_explains_a_score_is_the_same_either_way_round() {
    cases("compare", 700, |dice| {
        let (one, other) =
            (text(dice), if dice.once_in(2) { (*dice.of(&NAMES)).to_owned() } else { text(dice) });
        for kind in KINDS {
            let (a, b) = (Words::of(&LEXICON, &one, kind), Words::of(&LEXICON, &other, kind));
            let (there, back) = (score(&LEXICON, &a, &b, kind), score(&LEXICON, &b, &a, kind));
            assert!(there.score <= 1_000_000 && (there.score < 1_000_000 || a.normal() == b.normal()));
            let explains = sum(&a, &b, &there.pairs);
            assert!(explains <= 1000 * u64::from(a.weight + b.weight), "more than all is explained");
            assert_eq!(explains, sum(&b, &a, &back.pairs), "{kind:?}");
            // Of alignments that explain the same and keep the words' order equally well, either way round may find
            // another, in some thousands of very long texts one; then a factor applies one way that does not the other.
            assert!(there.score == back.score || there.factors != back.factors, "{kind:?}");
            let itself = score(&LEXICON, &a, &a, kind).score;
            assert!(itself == 1_000_000 || a.normal().is_empty(), "{kind:?}: it is not itself");
        }
    });
}

/// A list of texts as they come, some of them twice or bent, of all kinds.
fn listed(dice: &mut Dice, count: usize) -> Segment {
    let texts: Vec<String> =
        (0..count).map(|_| if dice.once_in(3) { text(dice) } else { dice.of(&NAMES).to_string() }).collect();
    let ids: Vec<String> = (0..count).map(|row| row.to_string()).collect();
    let rows: Vec<Row<'_>> = texts
        .iter()
        .zip(&ids)
        .map(|(text, id)| {
            let kind = *dice.of(&KINDS);
            Row { id, text, kind, valid_from: i64::MIN, valid_to: i64::MAX }
        })
        .collect();
    let (scheme, valid_from, valid_to) = ("reg", i64::MIN, i64::MAX);
    let mark = |row: &Row<'_>| Mark {
        id: ids[0].as_str(),
        name: texts[0].as_str(),
        kind: row.kind,
        scheme,
        value: "4711",
        valid_from,
        valid_to,
    };
    let marks: Vec<Mark<'_>> = rows.iter().take(2).map(mark).collect();
    Segment::open(build_with(&LEXICON, &rows, &marks, FINGERPRINT), FINGERPRINT, true).expect("sound")
}

#[test]
fn whatever_is_listed_and_asked_the_search_finds_what_scoring_every_name_finds() {
    cases("search", 40, |dice| {
        let count = 1 + dice.below(40);
        let segment = listed(dice, count);
        let threshold = *dice.of(&[1, 300_000, 500_000, 700_000, 900_000, 990_000, 1_000_000]);
        let kept = Kept::default();
        let asked: Vec<String> = (0..6).map(|_| text(dice)).collect();
        let kinds: Vec<Option<Kind>> =
            asked.iter().map(|_| KINDS.get(dice.below(KINDS.len() + 1)).copied()).collect();
        let found = |text: &str, kind, kept: &Kept, exhaustive| -> Vec<Hit> {
            let terms = Terms { threshold, at: None, exhaustive };
            search(&LEXICON, &segment.list(), text, kind, terms, kept)
        };
        for (query, kind) in asked.iter().zip(&kinds) {
            let all = found(query, *kind, &Kept::default(), true);
            assert_eq!(found(query, *kind, &kept, false), all, "{query:?} as {kind:?} at {threshold}");
        }
        let terms = Terms { threshold, at: None, exhaustive: false };
        for each in [Asked::All(None), Asked::Each(&kinds)] {
            let kind = |number: usize| if matches!(each, Asked::All(_)) { None } else { kinds[number] };
            let alone = asked.iter().enumerate();
            let one_by_one = alone.flat_map(|(at, query)| found(query, kind(at), &kept, false));
            let many = search_many(&LEXICON, &segment.list(), &asked, each, terms, &kept);
            assert_eq!(many.hits, one_by_one.collect::<Vec<Hit>>());
        }
    });
}

/// Damages an image: bytes changed, numbers replaced, stretches moved or blanked, its end cut off.
fn damaged(dice: &mut Dice, image: &[u8]) -> Vec<u8> {
    let mut bytes = image.to_vec();
    for _ in 0..=dice.below(4) {
        let (at, from) = (dice.below(bytes.len() - 8), dice.below(bytes.len() - 8));
        match dice.below(6) {
            0 | 1 => bytes[at] ^= u8::try_from(1 << dice.below(8)).unwrap_or(1),
            2 => bytes[at] = u8::try_from(dice.below(256)).unwrap_or(0),
            3 => {
                let number = u32::try_from(dice.below(1 << 32)).unwrap_or(0) >> dice.below(32);
                bytes[at / 4 * 4..][..4].copy_from_slice(&number.to_le_bytes());
            }
            4 => bytes.copy_within(from..from + 8, at),
            _ => {
                let end = (at + dice.below(256)).min(bytes.len());
                bytes[at..end].fill(*dice.of(&[0, 0xff]));
            }
        }
    }
    if dice.once_in(8) {
        bytes.truncate(dice.below(bytes.len()));
    }
    bytes
}

/// Writes length and checksum anew, as a forger would.
fn sealed(bytes: &mut [u8]) {
    if bytes.len() >= 64 {
        let length = bytes.len() as u64;
        bytes[16..24].copy_from_slice(&length.to_le_bytes());
        let checksum = xxh3_64(&bytes[64..]);
        bytes[24..32].copy_from_slice(&checksum.to_le_bytes());
    }
}

fn memory(bytes: &[u8]) -> Memory {
    let mut words = vec![0u64; bytes.len() / 8];
    let whole = words.len() * 8;
    bytemuck::cast_slice_mut::<u64, u8>(&mut words).copy_from_slice(&bytes[..whole]);
    Memory::Owned(words)
}

/// Asks an image all that can be asked.
fn asked(segment: &Segment, query: &str) {
    for threshold in [300_000, 700_000] {
        for exhaustive in [false, true] {
            let terms = Terms { threshold, at: None, exhaustive };
            let list = segment.list();
            for hit in search(&LEXICON, &list, query, None, terms, &Kept::default()) {
                let told =
                    (list.id(hit.row), list.text(hit.row), list.kind_of(hit.row), list.holds(hit.row, 0));
                assert!(told.2 < KINDS.len());
            }
        }
    }
    let _ = (segment.identifiers().find("reg", "4711", None), segment.identifiers().schemes());
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The work's result, or none where a bounds check ended it; that one is not printed.
fn bounded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic);
            }
        }));
    });
    QUIET.set(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.set(false);
    done
}

#[test]
fn a_damaged_image_that_is_verified_is_refused() {
    cases("verified", 400, |dice| {
        let segment = listed(dice, 12);
        for _ in 0..20 {
            let bytes = damaged(dice, segment.image());
            let opened = Segment::open(memory(&bytes), FINGERPRINT, true);
            // What the header leaves unused may change; beyond it, every byte counts.
            assert!(opened.is_err() || bytes[64..] == segment.image()[64..]);
        }
    });
}

/// How images fared.
#[derive(Default)]
struct Fates {
    refused: u32,
    answered: u32,
    ended: u32,
}

impl Fates {
    fn tell(&mut self, dice: &mut Dice, bytes: &[u8], verify: bool) {
        let name = *dice.of(&NAMES);
        match Segment::open(memory(bytes), FINGERPRINT, verify) {
            Err(_) => self.refused += 1,
            Ok(opened) if bounded(|| asked(&opened, name)).is_some() => self.answered += 1,
            Ok(_) => self.ended += 1,
        }
    }
}

impl Drop for Fates {
    fn drop(&mut self) {
        let Self { refused, answered, ended } = self;
        println!("images: {refused} refused, {answered} answered, {ended} ended by a bounds check");
    }
}

#[test]
fn a_damaged_image_that_is_not_verified_is_refused_or_ends_in_a_bounds_check() {
    let mut fates = Fates::default();
    cases("damaged", 60, |dice| {
        let segment = listed(dice, 12);
        for _ in 0..20 {
            let bytes = damaged(dice, segment.image());
            fates.tell(dice, &bytes, false);
        }
    });
}

#[test]
fn a_forged_image_that_is_verified_is_refused_or_answers() {
    let mut fates = Fates::default();
    cases("forged", 60, |dice| {
        let segment = listed(dice, 12);
        for _ in 0..20 {
            let mut bytes = damaged(dice, segment.image());
            sealed(&mut bytes);
            fates.tell(dice, &bytes, true);
        }
        assert_eq!(fates.ended, 0, "what was verified is read without a failed check");
    });
}
