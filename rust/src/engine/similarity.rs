//! How alike two words are: a sparse graph over words, with every edge named.
//!
//! Two words are equal, variants of one name (a maintained lexicon), alike in sound (equal skeletons), alike in
//! spelling (few edits), akin as legal forms, or an initial and a word that begins with it. Anything else is no edge
//! at all: that sparseness is what makes a lossless search fast.

use compact_str::CompactString;

use crate::lexicon::{Lexicon, is_slip, skeleton, without_same};
use crate::tokens::{Class, Kind, Token};

/// Shares are counted in thousandths.
pub const WHOLE: u32 = 1000;
/// Forms of one name.
pub const VARIANT: u32 = 930;
/// Of what their letters share, two words that are both common keep so much: `marion` is hardly a slip of `marlon` …
const KNOWN: u32 = 900;
/// … and so much if they are as short as `yong` and `song`, where every letter tells.
const KNOWN_SHORT: u32 = 700;
const SOUND: u32 = 870;
const SHORT_SOUND: u32 = 800;
/// Legal forms of one kind.
pub const AKIN: u32 = 600;
/// Two or three words written as one.
pub const JOINED: u32 = 965;
/// An initial is mostly explained by its word: below any threshold worth asking for, or names of nothing but initials
/// would match everything …
pub const INITIAL: u32 = 700;
/// … while the word is only partly explained by its initial.
pub const BY_INITIAL: u32 = 450;

/// Why two words were held to be alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum How {
    /// The same letters.
    Equal,
    /// Forms of one name, by the lexicon.
    Variant,
    /// Equal skeletons.
    Sound,
    /// Few edits apart.
    Spelling,
    /// One edit apart, though both are short and common words.
    Near,
    /// Legal forms of one generic kind.
    Akin,
    /// An initial and its word.
    Initial,
    /// Adjacent words written as one.
    Joined,
}

impl How {
    /// The word used in explanations.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Variant => "variant",
            Self::Sound => "sound",
            Self::Spelling => "spelling",
            Self::Near => "near",
            Self::Akin => "akin",
            Self::Initial => "initial",
            Self::Joined => "joined",
        }
    }
}

/// A word with everything that comparing it needs.
#[derive(Clone, Debug)]
pub struct Word {
    /// The token.
    pub token: Token,
    /// Hash of its skeleton, 0 when it has none.
    pub sound: u64,
    /// Length of the skeleton in letters.
    pub sound_len: u8,
    /// The lexicon's variant groups, sorted.
    pub groups: Vec<u32>,
    /// Whether the word is common, so that it is hardly a misspelling.
    pub known: bool,
}

impl Word {
    /// The word of a token under a kind: variants count for persons and for names of unknown kind.
    #[must_use]
    pub fn new(lexicon: &Lexicon, token: Token, kind: Kind) -> Self {
        let fuzzy = is_fuzzy(&token);
        let key = if fuzzy { skeleton(&token.text) } else { String::new() };
        let groups =
            if fuzzy && has_variants(kind) { lexicon.groups(&token.text).to_vec() } else { Vec::new() };
        let known = fuzzy && lexicon.is_common(&token.text);
        Self {
            known,
            sound: sound_of(&key),
            sound_len: u8::try_from(key.len()).unwrap_or(u8::MAX),
            groups,
            token,
        }
    }
}

/// Whether variants of personal names count as likeness for names of this kind.
#[must_use]
pub fn has_variants(kind: Kind) -> bool {
    matches!(kind, Kind::Person | Kind::Other)
}

/// Whether initials stand for words in names of this kind.
#[must_use]
pub fn has_initials(kind: Kind) -> bool {
    matches!(kind, Kind::Person)
}

/// Whether a token may be matched by likeness; canonical forms, numbers and initials match by equality only.
#[must_use]
pub fn is_fuzzy(token: &Token) -> bool {
    matches!(token.class, Class::Plain | Class::Generic | Class::Title | Class::Particle)
        && token.text.len() > 1
        && !token.text.starts_with('_')
        && !token.text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The hash under which a skeleton is filed; 0 for skeletons too short to say anything.
#[must_use]
pub fn sound_of(key: &str) -> u64 {
    if key.len() < 2 { 0 } else { xxhash_rust::xxh3::xxh3_64(key.as_bytes()).max(1) }
}

/// How many edits two words may lie apart, by the length of the longer one.
#[must_use]
pub fn edits_allowed(longest: usize) -> usize {
    match longest {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The likeness of two words that is not by initial or joining: the best edge, or none.
#[must_use]
pub fn similarity(lexicon: &Lexicon, a: &Word, b: &Word) -> Option<(u32, How)> {
    if a.token.text == b.token.text {
        return Some((WHOLE, How::Equal));
    }
    if a.token.class == Class::Legal && b.token.class == Class::Legal {
        let akin = lexicon.generic(&a.token.text).zip(lexicon.generic(&b.token.text));
        return akin.filter(|(x, y)| x == y).map(|_| (AKIN, How::Akin));
    }
    if !is_fuzzy(&a.token) || !is_fuzzy(&b.token) {
        return None;
    }
    if is_joining(a.token.class) != is_joining(b.token.class) {
        return None;
    }
    let variant = shares(&a.groups, &b.groups) && may_vary(rhyme(&a.token.text).as_ref(), &b.token.text);
    let variant = (VARIANT, variant.then_some(How::Variant));
    let sound = (sound_share(a.sound_len), (a.sound != 0 && a.sound == b.sound).then_some(How::Sound));
    let spelling = spelling(a.token.text.as_bytes(), b.token.text.as_bytes());
    let longest = a.token.text.len().max(b.token.text.len());
    let spelling = spelling.map(|share| misspelt(share, longest, a.known && b.known));
    [variant, sound, spelling.map_or((0, None), |(share, how)| (share, Some(how)))]
        .into_iter()
        .filter_map(|(share, how)| how.filter(|_| share > 0).map(|how| (share, how)))
        .max_by_key(|(share, _)| *share)
}

/// Joining words and titles are alike among themselves only: a name is neither, however alike they sound (Ali, al).
#[must_use]
pub fn is_joining(class: Class) -> bool {
    matches!(class, Class::Particle | Class::Title)
}

/// Whether a word can be a form of a name that rhymes so. A Chinese or Korean syllable is written like many others:
/// those of one character, as Yang and Yu, are read for one name only if they rhyme.
#[must_use]
pub fn may_vary(own: Option<&(CompactString, &str)>, other: &str) -> bool {
    own.is_none_or(|own| rhyme(other).is_none_or(|other| *own == other))
}

/// What a word rhymes on, if it is one syllable as Chinese has them: its vowels, as far as romanisations agree on them,
/// and what follows them.
#[must_use]
pub fn rhyme(word: &str) -> Option<(CompactString, &str)> {
    const ENDS: [&str; 3] = ["", "n", "ng"];
    const ALIKE: [(&str, &str); 12] = [
        ("ee", "i"),
        ("y", "i"),
        ("w", "u"),
        ("eo", "o"),
        ("eu", "o"),
        ("u", "o"),
        ("oo", "o"),
        ("oa", "a"),
        ("oe", "oi"),
        ("ae", "ai"),
        ("ia", "a"),
        ("ie", "e"),
    ];
    // Two consonants, two vowels and two more letters at most.
    const LONGEST: usize = 6;
    if word.len() > LONGEST {
        return None;
    }
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    let (onset, rhyme) = word.split_at(word.find(vowel)?);
    let end = rhyme.trim_start_matches(|letter| vowel(letter) || matches!(letter, 'y' | 'w'));
    let one = onset.len() < 2
        || matches!(onset, "ss" | "tt" | "ts")
        || matches!(onset.get(1..), Some("h" | "w" | "y"));
    let vowels = &rhyme[..rhyme.len() - end.len()];
    if !one || !ENDS.contains(&end) || vowels.len() > 2 {
        return None;
    }
    let mut vowels = CompactString::from(vowels);
    if matches!(vowels.as_str(), "a" | "e" | "i" | "o") {
        return Some((vowels, end));
    }
    for (written, heard) in ALIKE {
        if vowels.contains(written) {
            vowels = vowels.replace(written, heard).into();
        }
    }
    Some((vowels, end))
}

/// The share of two spellings, lower if both are known words, the more so short ones.
#[must_use]
pub fn misspelt(share: u32, longest: usize, known: bool) -> (u32, How) {
    match (known, longest < 5) {
        (true, true) => (share * KNOWN_SHORT / WHOLE, How::Near),
        (true, false) => (share * KNOWN / WHOLE, How::Spelling),
        _ => (share, How::Spelling),
    }
}

/// The share of a sound match: short skeletons say less, and one of two letters only what two edits would.
#[must_use]
pub fn sound_share(sound_len: u8) -> u32 {
    match sound_len {
        0 | 1 => 0,
        2 => 700,
        3 => SHORT_SOUND,
        _ => SOUND,
    }
}

/// Shares of words one and two edits apart, by the length of the longer one; the last is for all longer words.
///
/// One slip says the more against likeness the shorter the word is; by length alone (1 − edits / length) the usual
/// words of five to eight letters would lose too much.
const ONE_EDIT: [u32; 7] = [780, 830, 870, 885, 900, 910, 920];
const TWO_EDITS: [u32; 5] = [740, 770, 800, 820, 835];

/// The share of two spellings, when few enough edits part them: an upper bound of the edge's share, which is lower
/// where both words are known.
#[must_use]
pub fn spelling(a: &[u8], b: &[u8]) -> Option<u32> {
    let longest = a.len().max(b.len());
    let allowed = edits_allowed(longest);
    if allowed == 0 || a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    match edits(a, b, allowed)? {
        0 => Some(WHOLE),
        1 => Some(ONE_EDIT[(longest - 4).min(ONE_EDIT.len() - 1)]),
        _ => Some(TWO_EDITS[(longest - 8).min(TWO_EDITS.len() - 1)]),
    }
}

fn shares(a: &[u32], b: &[u32]) -> bool {
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}

/// Optimal string alignment distance (insertions, deletions, replacements, neighbours swapped), up to `most`, which is
/// two at most.
#[must_use]
pub fn edits(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = without_same(&a[..a.len() - end], &b[..b.len() - end]);
    let least = match (a, b) {
        ([], []) => 0,
        _ if is_slip(a, b) => 1,
        _ if most > 1 && are_two_slips(a, b) => 2,
        _ => return None,
    };
    (least <= most).then_some(least)
}

/// Whether two edits do, of pieces that begin and end with different letters: each edit is tried at the beginning, and what is left ends differently still,
/// so that the other one can only stand at its end.
fn are_two_slips(a: &[u8], b: &[u8]) -> bool {
    let rest = |a, b| {
        let (a, b) = without_same(a, b);
        a.is_empty() && b.is_empty() || is_slip(a, b)
    };
    match (a, b) {
        ([], rest) | (rest, []) => rest.len() == 2,
        ([x, tail_a @ ..], [y, tail_b @ ..]) => {
            let swapped = tail_a.first() == Some(y) && tail_b.first() == Some(x);
            a.len().abs_diff(b.len()) <= 2
                && (rest(tail_a, tail_b)
                    || rest(tail_a, b)
                    || rest(a, tail_b)
                    || swapped && rest(&tail_a[1..], &tail_b[1..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_one_character_vary_if_they_rhyme() {
        let may_vary = |a, b| may_vary(rhyme(a).as_ref(), b);
        assert_eq!(rhyme("\u{e9}a"), None, "a damaged index may hold any letters");
        for (a, b) in [
            ("cho", "jo"),
            ("yong", "young"),
            ("lee", "ri"),
            ("gwang", "kwang"),
            ("huang", "hwang"),
            ("son", "seon"),
        ] {
            assert!(may_vary(a, b), "{a} and {b}");
        }
        for (a, b) in [
            ("yang", "yu"),
            ("yang", "yong"),
            ("li", "liu"),
            ("chen", "chun"),
            ("lei", "li"),
            ("son", "song"),
        ] {
            assert!(!may_vary(a, b), "{a} and {b}");
        }
        assert!(
            may_vary("petr", "pyotr")
                && may_vary("paul", "pol")
                && may_vary("saeed", "said")
                && may_vary("ahmad", "ahmed")
        );
    }

    #[test]
    fn neighbours_swapped_are_one_edit() {
        assert_eq!(edits(b"xiaomi", b"xioami", 2), Some(1));
        assert_eq!(edits(b"abcd", b"badc", 2), Some(2));
        assert_eq!(edits(b"xiaomi", b"huawei", 2), None);
    }

    #[test]
    fn short_words_match_exactly() {
        assert_eq!(spelling(b"bai", b"baj"), None);
        assert_eq!(spelling(b"huawei", b"huwei"), Some(870));
        assert_eq!(spelling(b"technologies", b"tecnologeis"), Some(835));
    }

    /// The distance by the table of all beginnings, as the textbook has it.
    fn by_table(a: &[u8], b: &[u8]) -> usize {
        let mut cells = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                cells[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = usize::from(a[i - 1] != b[j - 1]);
                    let cell = (cells[i - 1][j] + 1).min(cells[i][j - 1] + 1).min(cells[i - 1][j - 1] + same);
                    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                    if swapped { cell.min(cells[i - 2][j - 2] + 1) } else { cell }
                };
            }
        }
        cells[a.len()][b.len()]
    }

    proptest::proptest! {
        #[test]
        fn edits_are_those_of_the_textbook(a in "[a-c]{0,9}", b in "[a-c]{0,9}") {
            let distance = by_table(a.as_bytes(), b.as_bytes());
            proptest::prop_assert_eq!(edits(a.as_bytes(), b.as_bytes(), 2), (distance <= 2).then_some(distance));
        }

        #[test]
        fn edits_do_not_depend_on_the_order(a in "[a-e]{0,12}", b in "[a-e]{0,12}") {
            proptest::prop_assert_eq!(edits(a.as_bytes(), b.as_bytes(), 2), edits(b.as_bytes(), a.as_bytes(), 2));
        }
    }
}
