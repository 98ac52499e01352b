//! Whether the search loses anything, on lists that are too long to score name by name in a test:
//! `cargo run --release --example oracle -- LEXICON LIST QUERIES COUNT`.
//!
//! LIST and QUERIES are the files of `benchmarks.match.lists`. Every name of the list is read once and scored against
//! every query; the search must find the same names with the same scores. Half of the queries are disguised names of
//! the list, where there are so many: they have more to lose. Prints one line of JSON.

use rayon::prelude::*;
use vacatur_core::engine::batch::{Asked, Found, Terms, search_many};
use vacatur_core::engine::build::{Row, build};
use vacatur_core::engine::kept::Kept;
use vacatur_core::engine::score::{edge, score_by};
use vacatur_core::engine::segment::{KINDS, List, Segment};
use vacatur_core::engine::similarity::Word;
use vacatur_core::engine::words::Words;
use vacatur_core::lexicon::Lexicon;
use vacatur_core::tokens::Kind;

const THRESHOLD: u32 = 700_000;

/// Number of the query, row of the name, score.
type Hit = (usize, u32, u32);

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [lexicon, list, queries, count] = given.as_slice() else {
        eprintln!("usage: oracle LEXICON LIST QUERIES COUNT");
        std::process::exit(2);
    };
    let lexicon = Lexicon::from_bytes(&std::fs::read(lexicon).expect("a lexicon")).expect("a sound lexicon");
    let (list, queries) = (read(list), read(queries));
    let asked = halved(&queries, count.parse().expect("a number"));
    let segment = built(&lexicon, &list);
    let terms = Terms { threshold: THRESHOLD, at: None, exhaustive: false };
    let found =
        flat(&search_many(&lexicon, &segment.list(), &asked, Asked::All(None), terms, &Kept::default()));
    let truth = scored(&lexicon, &segment.list(), &asked);
    let differ: Vec<&str> = (0..asked.len())
        .filter(|query| of(&found, *query) != of(&truth, *query))
        .map(|query| asked[query])
        .collect();
    println!(
        "{{\"queries\": {}, \"hits\": {}, \"differ\": {}, \"examples\": {:?}}}",
        asked.len(),
        truth.len(),
        differ.len(),
        &differ[..differ.len().min(20)]
    );
}

/// The rows of a tab-parted file.
fn read(path: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).expect("a file of rows");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// So many queries, half of them disguised names where there are so many.
fn halved(queries: &[Vec<String>], count: usize) -> Vec<&str> {
    let (planted, others): (Vec<_>, Vec<_>) = queries.iter().partition(|query| !query[1].is_empty());
    let planted: Vec<_> = planted.into_iter().take(count / 2).collect();
    let rest = count - planted.len();
    planted.into_iter().chain(others.into_iter().take(rest)).map(|query| query[0].as_str()).collect()
}

fn built(lexicon: &Lexicon, list: &[Vec<String>]) -> Segment {
    let kind = |name: &str| match name {
        "person" => Kind::Person,
        "organisation" => Kind::Organisation,
        "vessel" => Kind::Vessel,
        _ => Kind::Other,
    };
    let row = |row: &'_ [String]| (kind(&row[1]), row[0].clone(), row[2].clone());
    let held: Vec<_> = list.iter().map(|each| row(each)).collect();
    let rows: Vec<Row<'_>> = held
        .iter()
        .map(|(kind, id, text)| Row { id, text, kind: *kind, valid_from: i64::MIN, valid_to: i64::MAX })
        .collect();
    Segment::open(build(lexicon, &rows, 0), 0, false).expect("a sound index")
}

/// All hits, in order of query and row.
fn flat(found: &Found) -> Vec<Hit> {
    let mut hits = Vec::with_capacity(found.hits.len());
    let mut start = 0;
    for (query, end) in found.ends.iter().enumerate() {
        hits.extend(found.hits[start..*end].iter().map(|hit| (query, hit.row, hit.score)));
        start = *end;
    }
    hits.sort_unstable();
    hits
}

/// All hits, by scoring every name against every query.
fn scored(lexicon: &Lexicon, list: &List<'_>, asked: &[&str]) -> Vec<Hit> {
    let read: Vec<Vec<(Words<'_>, Vec<Word>)>> = KINDS
        .iter()
        .map(|kind| {
            // A name of unknown kind is read as an organisation's.
            let reading = if *kind == Kind::Other { Kind::Organisation } else { *kind };
            let words = asked.iter().map(|text| Words::of(lexicon, text, reading));
            words.map(|words| (words.words(lexicon, *kind), words)).map(|(all, words)| (words, all)).collect()
        })
        .collect();
    let rows = u32::try_from(list.len()).expect("rows are numbered in 32 bits");
    let mut hits: Vec<Hit> = (0..rows)
        .into_par_iter()
        .flat_map_iter(|row| {
            let number = list.kind_of(row);
            let kind = KINDS[number];
            let name = Words::of(lexicon, list.text(row), kind);
            let words = name.words(lexicon, kind);
            let of_kind = read[number].iter().enumerate();
            let scores = of_kind.map(|(query, (asked, theirs))| {
                let found =
                    score_by(asked, &name, kind, true, |i, j| edge(lexicon, &theirs[i], &words[j], kind));
                (query, row, found.score)
            });
            scores.filter(|hit| hit.2 >= THRESHOLD).collect::<Vec<_>>()
        })
        .collect();
    hits.sort_unstable();
    hits
}

/// The hits of one query.
fn of(hits: &[Hit], query: usize) -> &[Hit] {
    let start = hits.partition_point(|hit| hit.0 < query);
    let end = hits.partition_point(|hit| hit.0 <= query);
    &hits[start..end]
}
