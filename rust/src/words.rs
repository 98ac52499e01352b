//! The words of a name as written: in Latin letters, lower case, with what their writing says about them.

use crate::lexicon::{COLUMNS, Glossary, Key, Known, Lexicon, Role, column, noted_hash};
use crate::normalise::{is_everyday_letter, is_plainly_composed};
use crate::signs::{Block, Sign, sign};
use crate::tokens::{Class, Kind, MAX_TOKEN, MAX_TOKENS};
use crate::translit;
use crate::unspaced::{self, Piece};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// One word; its letters are a range of [`Words::letters`].
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of how the word was written")]
pub(crate) struct Word {
    start: u32,
    end: u32,
    /// By which it is looked up.
    hash: u64,
    /// What is known of it, once it was looked up.
    pub(crate) known: Known,
    /// A comma stood before it.
    pub(crate) comma: bool,
    /// A hyphen joined it to the word before.
    pub(crate) hyphen: bool,
    /// A full stop followed it directly.
    pub(crate) dot: bool,
    /// It was written in another script than Latin.
    pub(crate) foreign: bool,
    /// It was written with capitals only.
    pub(crate) upper: bool,
    /// It was one letter in its own script.
    pub(crate) single: bool,
    /// A phrase that was recognised in the original script; it has no letters.
    pub(crate) phrase: Option<Role>,
}

impl Word {
    /// Its letters, of those of all words.
    fn of<'w>(&self, letters: &'w str) -> &'w str {
        &letters[self.start as usize..self.end as usize]
    }
}

/// All words of a name.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// The words' letters with nothing between them, so that neighbours can be read as one; in lower case once all are
    /// there.
    letters: String,
    pub(crate) list: Vec<Word>,
    /// Whether anything was not in Latin script.
    pub(crate) foreign: bool,
    /// Whether there was more than the bounds allow.
    pub(crate) truncated: bool,
    /// The kinds under which the text might be parted into other words, a bit for each of their columns.
    otherwise: u8,
}

impl Words {
    pub(crate) fn read(lexicon: &Lexicon, text: &str, kind: Kind) -> Self {
        Self::default().instead(lexicon, text, kind)
    }

    /// The words of another text, in the room of these.
    pub(crate) fn instead(self, lexicon: &Lexicon, text: &str, kind: Kind) -> Self {
        let mut reader = Reader::new(lexicon, text, kind, self);
        if text.is_ascii() {
            reader.ascii(text);
        } else {
            reader.unicode(text);
        }
        let mut words = reader.words;
        words.letters.make_ascii_lowercase();
        for word in &mut words.list {
            word.hash = noted_hash(word.of(&words.letters));
        }
        words
    }

    pub(crate) fn text(&self, word: &Word) -> &str {
        word.of(&self.letters)
    }

    /// The letters of some neighbours, read as one word.
    pub(crate) fn span(&self, words: Range<usize>) -> &str {
        match (self.list.get(words.start), self.list.get(words.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if words.start < words.end => {
                &self.letters[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }

    /// The same words in another order; their letters move along.
    pub(crate) fn reordered(&self, order: impl IntoIterator<Item = usize>) -> Self {
        let mut letters = String::with_capacity(self.letters.len());
        let mut list = Vec::with_capacity(self.list.len());
        for index in order {
            let mut word = self.list[index];
            let text = self.text(&word);
            word.start = offset(&letters);
            letters.push_str(text);
            word.end = offset(&letters);
            list.push(word);
        }
        Self { letters, list, ..*self }
    }

    /// The words, with the hashes by which they are looked up.
    pub(crate) fn hashed(&self) -> impl Iterator<Item = (u64, &str)> {
        self.list.iter().map(|word| (word.hash, self.text(word)))
    }

    /// Whether under a kind the text might be parted into other words.
    pub(crate) fn is_otherwise(&self, kind: Kind) -> bool {
        self.otherwise >> column(kind) & 1 == 1
    }

    /// Looks all words up.
    pub(crate) fn look_up(&mut self, glossary: &mut Glossary<'_>) {
        for word in &mut self.list {
            word.known = glossary.of_hashed(word.hash, word.of(&self.letters));
        }
    }
}

/// Offsets stay small: 64 words of 64 letters.
#[expect(clippy::cast_possible_truncation, reason = "at most MAX_TOKENS * MAX_TOKEN")]
fn offset(letters: &str) -> u32 {
    letters.len() as u32
}

/// The letters of an open word, which of them are capitals and which digits.
struct Reader<'a> {
    lexicon: &'a Lexicon,
    kind: Kind,
    words: Words,
    start: usize,
    capitals: u64,
    digits: u64,
    next: Word,
    /// The last word is an acronym that may go on: `D.O.` before `O.`
    acronym: bool,
}

impl<'a> Reader<'a> {
    fn new(lexicon: &'a Lexicon, text: &str, kind: Kind, room: Words) -> Self {
        let Words { mut letters, mut list, .. } = room;
        letters.clear();
        letters.reserve(text.len().min(MAX_TOKENS * MAX_TOKEN));
        list.clear();
        list.reserve(8);
        let words = Words { letters, list, ..Words::default() };
        Self { lexicon, kind, words, start: 0, capitals: 0, digits: 0, next: Word::default(), acronym: false }
    }

    fn full(&self) -> bool {
        self.words.list.len() >= MAX_TOKENS
    }

    fn ascii(&mut self, text: &str) {
        for from in (0..text.len()).step_by(Block::SIZE) {
            let part = &text[from..text.len().min(from + Block::SIZE)];
            let block = Block::of(part.as_bytes());
            let mut at = 0;
            while at < part.len() {
                let letters = (block.letters >> at).trailing_ones() as usize;
                if letters == 0 {
                    match sign(char::from(part.as_bytes()[at])) {
                        Sign::Apostrophe | Sign::Invisible | Sign::Letter => {}
                        other => self.part(&other, Self::close),
                    }
                    at += 1;
                    continue;
                }
                if self.full() {
                    self.words.truncated = true;
                    return;
                }
                self.letters_of(&part[at..at + letters], block.capitals >> at, block.digits >> at);
                at += letters;
            }
        }
        self.close();
    }

    fn unicode(&mut self, text: &str) {
        // Nearly all text is composed already, and composing costs more than all the rest.
        if is_plainly_composed(text) || is_nfkc_quick(text.chars()) == IsNormalized::Yes {
            self.characters(text, text.chars());
        } else {
            self.characters(text, text.nfkc());
        }
    }

    fn characters(&mut self, text: &str, characters: impl Iterator<Item = char>) {
        let alone = one_run(text);
        let mut raw = String::new();
        let mut script = None;
        for character in characters {
            match sign(character) {
                Sign::Letter => {
                    let other = unspaced::script(character);
                    let everyday = character.is_ascii() || is_everyday_letter(character);
                    let mark = !everyday && is_combining_mark(character);
                    if !raw.is_empty() && !mark && other != script {
                        self.raw(&mut raw, script.is_some(), alone);
                    }
                    if !mark || raw.is_empty() {
                        script = other;
                    }
                    if self.full() {
                        self.words.truncated = true;
                        return;
                    }
                    if raw.len() < 4 * MAX_TOKEN {
                        raw.push(character);
                    } else {
                        self.words.truncated = true;
                    }
                }
                Sign::Apostrophe | Sign::Invisible => {}
                other => {
                    self.raw(&mut raw, script.is_some(), alone);
                    self.part(&other, |_| {});
                }
            }
        }
        self.raw(&mut raw, script.is_some(), alone);
    }

    /// Ends the open word, and keeps what the sign says of it and of the next.
    fn part(&mut self, sign: &Sign, close: impl Fn(&mut Self)) {
        close(self);
        match sign {
            Sign::Dot => {
                if let Some(last) = self.words.list.last_mut() {
                    last.dot = true;
                    return;
                }
            }
            Sign::Comma => self.next.comma = !self.words.list.is_empty(),
            Sign::Hyphen => self.next.hyphen = !self.words.list.is_empty(),
            Sign::Ampersand => {
                self.letters("and");
                self.close();
            }
            _ => {}
        }
        self.acronym = false;
    }

    /// Adds ASCII letters and digits to the open word.
    fn letters(&mut self, letters: &str) {
        let Block { capitals, digits, .. } = Block::of(letters.as_bytes());
        self.letters_of(letters, capitals, digits);
    }

    /// Adds ASCII letters and digits of which it is known which are capitals and which digits, a bit each.
    fn letters_of(&mut self, letters: &str, capitals: u64, digits: u64) {
        let length = self.words.letters.len() - self.start;
        let taken = letters.len().min(MAX_TOKEN - length);
        self.words.truncated |= letters.len() > taken;
        if taken == 0 {
            return;
        }
        let these = u64::MAX >> (MAX_TOKEN - taken);
        self.capitals |= (capitals & these) << length;
        self.digits |= (digits & these) << length;
        self.words.letters.push_str(&letters[..taken]);
    }

    /// Ends a word of any script.
    fn raw(&mut self, raw: &mut String, run: bool, alone: bool) {
        if raw.is_empty() {
            return;
        }
        if run {
            self.run(raw, alone);
        } else if raw.is_ascii() {
            self.next.foreign = false;
            self.letters(raw);
            self.close();
        } else {
            let mut latin = String::with_capacity(raw.len());
            let origin = translit::latin(raw, &mut latin);
            self.next.foreign = origin.foreign;
            self.words.foreign |= origin.foreign;
            let single = raw.chars().count() == 1;
            let upper = raw.chars().all(|letter| !letter.is_lowercase());
            if upper {
                // Щ is Shch: of a word in capitals all letters are.
                latin.make_ascii_uppercase();
            }
            let (article, word) = latin.split_at(origin.article.min(latin.len()));
            for part in [article, word] {
                self.letters(part);
                self.next.foreign = origin.foreign;
                self.close_as(single);
            }
        }
        raw.clear();
    }

    fn run(&mut self, run: &str, alone: bool) {
        self.words.foreign = true;
        self.differ(|_, _| true);
        for piece in unspaced::pieces(self.lexicon, run, self.kind, alone) {
            if self.full() {
                self.words.truncated = true;
                return;
            }
            self.next.foreign = true;
            match piece {
                Piece::Word(word) => {
                    self.letters(&word);
                    self.close_as(false);
                }
                Piece::Phrase(role) => {
                    self.next.phrase = Some(role);
                    self.push(self.start..self.start);
                }
            }
            self.acronym = false;
        }
    }

    fn close(&mut self) {
        self.close_as(self.words.letters.len() == self.start + 1);
    }

    /// Ends the open word, if there is one.
    fn close_as(&mut self, single: bool) {
        let range = self.start..self.words.letters.len();
        if range.is_empty() {
            return;
        }
        let length = range.len();
        let letters = u64::MAX >> (64 - length);
        self.next.single = single && self.digits == 0;
        self.next.upper = self.capitals == letters;
        let mixed = self.digits != 0 && self.digits != letters;
        let glued = self.digits == 0 && self.capitals & !1 != 0 && self.capitals != letters;
        let spaced = self.acronym && self.next.single;
        if spaced {
            self.differ_for_persons();
        }
        if spaced && self.kind != Kind::Person {
            if let Some(last) = self.words.list.last_mut() {
                last.end = offset(&self.words.letters);
                last.single = false;
            }
            self.open();
            return;
        }
        self.acronym = self.next.single;
        if mixed || glued {
            self.words.letters[range.clone()].make_ascii_lowercase();
        }
        if mixed {
            self.split_digits(range);
        } else if glued {
            self.split_capitals(range);
        } else {
            self.push(range);
        }
        self.open();
    }

    fn open(&mut self) {
        self.start = self.words.letters.len();
        self.capitals = 0;
        self.digits = 0;
        self.next = Word::default();
    }

    fn push(&mut self, range: Range<usize>) {
        if self.full() {
            self.words.truncated = true;
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most MAX_TOKENS * MAX_TOKEN")]
        let word = Word { start: range.start as u32, end: range.end as u32, ..self.next };
        self.words.list.push(word);
        // Only the first part of a word was preceded by the comma.
        self.next = Word { foreign: word.foreign, upper: word.upper, ..Word::default() };
    }

    /// `Fund2` is two words, `A380`, `B2B` and `3M` are one; in a person's name a digit stands for a letter.
    fn split_digits(&mut self, range: Range<usize>) {
        let length = range.len();
        if let Some(letters) = letters_for_digits(&self.words.letters[range.clone()]) {
            self.differ_for_persons();
            if self.kind == Kind::Person {
                self.words.letters.truncate(range.start);
                self.words.letters.push_str(&letters);
                self.push(range);
                return;
            }
        }
        let leading = (self.digits.trailing_ones() as usize).min(length);
        let trailing = ((self.digits << (64 - length)).leading_ones() as usize).min(length);
        let inner = length - leading - trailing;
        let core = (self.digits >> leading) & (u64::MAX >> (64 - inner.max(1)));
        // An ordinal stays whole: 21st.
        if inner >= 3 && core == 0 && (leading == 0 || trailing == 0) {
            let middle = if leading > 0 { range.start + leading } else { range.end - trailing };
            self.push(range.start..middle);
            self.push(middle..range.end);
        } else {
            self.push(range);
        }
    }

    /// `SergeiLavrov` is two words, `McDonald` and `DeSouza` are one; `SiemensAG` ends with a legal form.
    fn split_capitals(&mut self, range: Range<usize>) {
        let cuts = self.cuts(range.clone(), self.kind);
        self.differ(|own, kind| own.cuts(range.clone(), kind) != cuts);
        let mut start = range.start;
        for cut in (range.clone()).filter(|at| cuts >> (at - range.start) & 1 == 1) {
            self.push(start..cut);
            start = cut;
        }
        self.push(start..range.end);
    }

    /// Where a word with capitals inside is cut under a kind, a bit for each of its letters.
    fn cuts(&self, range: Range<usize>, kind: Kind) -> u64 {
        let word = &self.words.letters[range];
        let (mut cuts, mut from) = (0, 0);
        for at in 2..word.len().saturating_sub(1) {
            let capital = |at: usize| self.capitals >> at & 1 == 1;
            let (head, tail) = (&word[from..at], &word[at..]);
            let parts = match kind {
                _ if !capital(at) || capital(at - 1) => false,
                Kind::Person => {
                    !capital(at + 1)
                        && tail.len() >= 3
                        && (matches!(head, "al" | "el")
                            || head.len() >= 3 && !matches!(head, "mac" | "fitz" | "van"))
                }
                Kind::Vessel => false,
                Kind::Organisation | Kind::Other => head.len() >= 3 && self.is_legal(tail, kind),
            };
            if parts {
                cuts |= 1 << at;
                from = at;
            }
        }
        cuts
    }

    fn is_legal(&self, word: &str, kind: Kind) -> bool {
        let role = self.lexicon.find_role(Key::of(word), word, kind);
        role.is_some_and(|role| role.class == Class::Legal)
    }

    /// Notes that the words would be others in a person's name, or in any but a person's.
    fn differ_for_persons(&mut self) {
        self.differ(|own, kind| (kind == Kind::Person) != (own.kind == Kind::Person));
    }

    /// Notes the kinds under which the words would be others.
    fn differ(&mut self, differs: impl Fn(&Self, Kind) -> bool) {
        let kinds = COLUMNS.into_iter().filter(|kind| differs(self, *kind));
        self.words.otherwise |= kinds.map(|kind| 1 << column(kind)).sum::<u8>();
    }
}

/// `ig0r` is igor: digits that look like letters, inside a word of letters.
fn letters_for_digits(word: &str) -> Option<String> {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if 2 * digits >= word.len() || word.ends_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    word.chars()
        .map(|letter| match letter {
            '0' => Some('o'),
            '1' => Some('i'),
            '3' => Some('e'),
            '4' => Some('a'),
            '5' => Some('s'),
            '7' => Some('t'),
            '2' | '6' | '8' | '9' => None,
            letter => Some(letter),
        })
        .collect()
}

/// Whether all letters of a text stand in one run of one script, as a Chinese name does; foreign names are parted
/// by a dot or have Latin beside them.
fn one_run(text: &str) -> bool {
    let mut letters = text.trim_matches(|letter| !matches!(sign(letter), Sign::Letter)).chars();
    letters.all(|letter| unspaced::script(letter).is_some())
}
