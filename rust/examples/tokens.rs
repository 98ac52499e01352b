//! How long a name takes to read: `cargo run --release --example tokens -- LEXICON [NAMES]`, NAMES one a line.

use std::hint::black_box;
use std::time::{Duration, Instant};
use vacatur_core::lexicon::Lexicon;
use vacatur_core::tokens::{Kind, analyse};

const ASCII: &[&str] = &[
    "Semiconductor Manufacturing International Corporation",
    "NIRANI ENERGY PRIVATE LIMITED",
    "T. Rowe Price Summit Municipal Income Fund",
    "Huawei Investment & Holding Co., Ltd.",
    "GE AVIATION CZECH S.R.O.",
    "Siemens Aktiengesellschaft",
];
const MIXED: &[&str] = &[
    "小米科技有限责任公司",
    "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \"РОМАШКА\"",
    "Petróleos de Venezuela, S.A.",
    "مجموعة بن لادن السعودية",
    "삼성전자 주식회사",
    "Müller & Söhne GmbH",
];
const PERSONS: &[&str] =
    &["AL-RAWI, Salman bin Muhammad", "Vladimir Vladimirovich PUTIN", "Abdul Rahman Khan", "W. W. Frost"];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: tokens LEXICON [NAMES]");
        std::process::exit(2);
    };
    let bytes = std::fs::read(&path).expect("the lexicon can be read");
    let mut opening = Vec::new();
    for _ in 0..9 {
        let start = Instant::now();
        black_box(Lexicon::from_bytes(&bytes).expect("the lexicon is sound"));
        opening.push(start.elapsed());
    }
    opening.sort();
    println!("open {} bytes: {:?}", bytes.len(), opening[4]);
    let lexicon = Lexicon::from_bytes(&bytes).expect("the lexicon is sound");

    time(&lexicon, "organisations, ASCII", ASCII, Kind::Organisation);
    time(&lexicon, "organisations, mixed scripts", MIXED, Kind::Organisation);
    time(&lexicon, "persons, ASCII", PERSONS, Kind::Person);
    if let Some(names) = arguments.next() {
        let text = std::fs::read_to_string(names).expect("the names can be read");
        let (ascii, mixed): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.is_ascii());
        time(&lexicon, "the file's ASCII names", &ascii, Kind::Organisation);
        time(&lexicon, "the file's other names", &mixed, Kind::Organisation);
    }
}

/// The median over rounds of the mean over names.
fn time(lexicon: &Lexicon, what: &str, names: &[&str], kind: Kind) {
    let repeat = 60_000 / names.len().max(1) + 1;
    let mut rounds: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..repeat {
                for name in names {
                    black_box(analyse(lexicon, black_box(name), kind));
                }
            }
            start.elapsed()
        })
        .collect();
    rounds.sort();
    let count = (repeat * names.len().max(1)) as u128;
    println!("{what}: {} ns a name ({} names)", rounds[3].as_nanos() / count, names.len());
}
