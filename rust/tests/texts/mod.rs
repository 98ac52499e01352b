//! Texts that no sane party bears, and names bent out of shape; the same in every run.

/// Names in several scripts, of persons, companies and ships.
pub const NAMES: [&str; 32] = [
    "Xiaomi Corporation",
    "小米集团",
    "Huawei Technologies Co., Ltd.",
    "Huawei Investment & Holding Co., Ltd.",
    "Semiconductor Manufacturing International Corporation",
    "Semiconductor Manufacturing Int'l Corp",
    "Hang Zhou Hikvision Digital Technology Co Ltd",
    "SIS D.O.O.",
    "SIS DOO",
    "Кадыров Рамзан",
    "KADYROV, Ramzan Akhmatovich",
    "SALMAN BIN MUHAMMAD AL-RAWI",
    "MUHAMMAD BIN SALMAN AL-RAWI",
    "Abu Musab Al Zarqawi",
    "Alzarqawi",
    "مطيع الله",
    "محمد بن سلمان",
    "בנק הפועלים",
    "Εθνική Τράπεζα της Ελλάδος",
    "삼성전자 주식회사",
    "トヨタ自動車株式会社",
    "ธนาคารกรุงเทพ",
    "Kim Jong Un",
    "Li, Wei",
    "J. R. R. Müller-Lüdenscheidt",
    "William G. Frost",
    "MV Hellenic Spirit",
    "Ocean Star 2",
    "Ocean Star 3",
    "3M",
    "General Trading",
    "ООО «Оборонлогистика»",
];

/// Letters that look alike.
const ALIKE: [(char, &str); 8] = [
    ('a', "аα"),
    ('e', "еé"),
    ('i', "іıí"),
    ('o', "о0ο"),
    ('p', "рρ"),
    ('c', "сϲ"),
    ('x', "хχ"),
    ('l', "1Iӏ"),
];
/// What is not seen, or turns the order round.
const HIDDEN: [char; 14] = [
    '\u{200b}', '\u{200d}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}',
    '\u{feff}', '\u{ad}', '\u{34f}', '\u{301}', '\u{0}', '\u{7f}',
];
/// Blocks of letters, signs and pictures.
const BLOCKS: [(u32, u32); 14] = [
    (0x00, 0x1f),
    (0x20, 0x7e),
    (0x80, 0xff),
    (0x100, 0x24f),
    (0x300, 0x36f),
    (0x370, 0x52f),
    (0x590, 0x6ff),
    (0xe00, 0xe7f),
    (0x1100, 0x11ff),
    (0x3040, 0x30ff),
    (0x4e00, 0x9fff),
    (0xac00, 0xd7a3),
    (0xff00, 0xffef),
    (0x1f300, 0x1faff),
];

/// Chance that repeats itself.
pub struct Dice(u64);

impl Dice {
    /// The same throws for the same number.
    pub fn new(number: u64) -> Self {
        Self(number.wrapping_mul(0xA076_1D64_78BD_642F) ^ 0xE703_7ED1_A0B4_28DB)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count.max(1) as u64).unwrap_or(0)
    }

    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn of<'a, T>(&mut self, held: &'a [T]) -> &'a T {
        &held[self.below(held.len())]
    }

    fn sign(&mut self) -> char {
        let (first, last) = *self.of(&BLOCKS);
        let any = if self.once_in(6) {
            self.below(0x11_0000)
        } else {
            first as usize + self.below((last - first) as usize + 1)
        };
        u32::try_from(any).ok().and_then(char::from_u32).unwrap_or('\u{fffd}')
    }

    fn signs(&mut self, most: usize, mut sign: impl FnMut(&mut Self) -> char) -> String {
        (0..self.below(most)).map(|_| sign(self)).collect()
    }
}

/// A text of any sort; one in a hundred is very long.
pub fn text(dice: &mut Dice) -> String {
    let short = match dice.below(12) {
        0 => dice.signs(60, Dice::sign),
        1 => String::from_utf8_lossy(
            &(0..dice.below(60)).map(|_| dice.next().to_le_bytes()[0]).collect::<Vec<u8>>(),
        )
        .into_owned(),
        2 => dice.signs(40, |dice| char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0))),
        3 => dice.signs(20, |dice| {
            char::from_u32(0x1f300 + u32::try_from(dice.below(0x700)).unwrap_or(0)).unwrap_or('😀')
        }),
        4 => dice.signs(30, |dice| *dice.of(&HIDDEN)),
        5 => dice.signs(40, |dice| *dice.of(&['a', 'b', 'A', '.', ' ', '-', '\'', ',', '1', '(', ')'])),
        6 => crossed(dice),
        _ => bent(dice),
    };
    match dice.below(100) {
        0 if !short.is_empty() => short.chars().cycle().take(10_000).collect(),
        1 => dice.signs(10_000, Dice::sign),
        _ => short,
    }
}

/// Words of two names, one after the other or as one.
fn crossed(dice: &mut Dice) -> String {
    let (one, other) = (*dice.of(&NAMES), *dice.of(&NAMES));
    let mut words: Vec<&str> = one.split(' ').chain(other.split(' ')).collect();
    for _ in 0..dice.below(4) {
        let (from, to) = (dice.below(words.len()), dice.below(words.len()));
        words.swap(from, to);
    }
    words.truncate(1 + dice.below(words.len()));
    words.join(*dice.of(&["", " ", "  ", "-", ", ", "\u{a0}", "\t"]))
}

/// A name with up to four changes: letters lost, doubled, exchanged, replaced by what looks alike or is not seen.
fn bent(dice: &mut Dice) -> String {
    let mut signs: Vec<char> = dice.of(&NAMES).chars().collect();
    for _ in 0..dice.below(5) {
        let at = dice.below(signs.len());
        match dice.below(8) {
            0 if signs.len() > 1 => drop(signs.remove(at)),
            1 => signs.insert(at, signs[at]),
            2 if at > 0 => signs.swap(at - 1, at),
            3 => signs[at] = alike(dice, signs[at]),
            4 => signs.insert(at, *dice.of(&HIDDEN)),
            5 => signs.insert(at, ' '),
            6 => signs[at] = dice.sign(),
            _ => signs[at] = signs[at].to_uppercase().next().unwrap_or('?'),
        }
    }
    signs.into_iter().collect()
}

fn alike(dice: &mut Dice, letter: char) -> char {
    let found = ALIKE.iter().find(|(plain, _)| *plain == letter.to_ascii_lowercase());
    let forms: Vec<char> = found.map_or_else(|| vec![letter], |(_, forms)| forms.chars().collect());
    *dice.of(&forms)
}
