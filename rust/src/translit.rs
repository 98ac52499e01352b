//! Latin letters for every script.
//!
//! `any_ascii` gives them letter by letter. Where that loses what names are told apart by (the long vowels of
//! Arabic, Greek digraphs, which of two Hebrew sounds a letter has at a word's start), the tables here come first.

use any_ascii::any_ascii_char;

/// What is known of how a word was written.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Origin {
    /// The word was in another script than Latin.
    pub(crate) foreign: bool,
    /// The word begins with the Arabic article, which is written as one with it: its length in Latin letters.
    pub(crate) article: usize,
}

/// A script of which a word's letters are read together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Other,
}

fn script(letter: char) -> Script {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ə' => {
            Script::Latin
        }
        '\u{250}'..='\u{2ff}' | '\u{300}'..='\u{36f}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{590}'..='\u{5ff}' => Script::Hebrew,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' => Script::Arabic,
        _ => Script::Other,
    }
}

/// Appends a word in Latin letters and digits, capitals kept; nothing else of it remains.
pub(crate) fn latin(word: &str, out: &mut String) -> Origin {
    let scripts = word.chars().fold(0, |scripts, letter| scripts | 1 << script(letter) as u8);
    let has = |script: Script| scripts >> script as u8 & 1 == 1;
    let disguised;
    let word = if (has(Script::Cyrillic) || has(Script::Greek)) && has(Script::Latin) {
        disguised = undisguise(word);
        disguised.as_str()
    } else {
        word
    };
    let mut origin = Origin::default();
    let mut letters = word.chars().peekable();
    let begin = out.len();
    let mut before = None;
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let script = script(letter);
        let start = out.len() == begin;
        match script {
            Script::Greek => greek_letter(letter, before, next, out),
            Script::Arabic => {
                if before.is_none() && letter == 'ا' && next == Some('ل') && word.chars().count() >= 5 {
                    origin.article = 2;
                }
                arabic_letter(letter, start, out);
            }
            Script::Hebrew => hebrew_letter(letter, start, next.is_none(), out),
            Script::Latin | Script::Cyrillic | Script::Other => plain(letter, out),
        }
        origin.foreign |= script != Script::Latin;
        before = Some(letter);
    }
    origin
}

fn plain(letter: char, out: &mut String) {
    if letter.is_ascii_alphanumeric() {
        return out.push(letter);
    }
    // Of what are several letters in Latin, only the first is a capital: Щ is Shch.
    out.extend(any_ascii_char(letter).chars().filter(char::is_ascii_alphanumeric));
}

/// Letters of another script that look like Latin ones, put into a word to disguise it or by a careless keyboard.
/// The word is read in the script of the letters that have no double.
fn undisguise(word: &str) -> String {
    const DOUBLES: &[(char, char)] = &[
        ('а', 'a'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('у', 'y'),
        ('х', 'x'),
        ('і', 'i'),
        ('ј', 'j'),
        ('ѕ', 's'),
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
        ('У', 'Y'),
        ('Х', 'X'),
        ('І', 'I'),
        ('Ј', 'J'),
        ('Ѕ', 'S'),
        ('ο', 'o'),
        ('ν', 'v'),
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Ζ', 'Z'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Υ', 'Y'),
        ('Χ', 'X'),
    ];
    let to_latin = |letter: char| DOUBLES.iter().find(|(foreign, _)| *foreign == letter).map(|pair| pair.1);
    let to_cyrillic = |letter: char| DOUBLES.iter().find(|(_, latin)| *latin == letter).map(|pair| pair.0);
    let foreign = |letter: char| matches!(script(letter), Script::Cyrillic | Script::Greek);
    if word.chars().all(|letter| !foreign(letter) || to_latin(letter).is_some()) {
        word.chars().map(|letter| to_latin(letter).unwrap_or(letter)).collect()
    } else if word.chars().all(|letter| foreign(letter) || to_cyrillic(letter).is_some()) {
        word.chars().map(|letter| to_cyrillic(letter).unwrap_or(letter)).collect()
    } else {
        word.to_owned()
    }
}

/// The sounds that modern Greek writes with two letters.
fn greek_letter(letter: char, before: Option<char>, next: Option<char>, out: &mut String) {
    let bare = |letter: Option<char>| letter.map(|letter| any_ascii_char(letter).to_ascii_lowercase());
    let (before, next) = (bare(before), bare(next));
    match (any_ascii_char(letter), before.as_deref()) {
        ("y", Some("o")) => out.push('u'),
        ("y", Some("a" | "e")) => {
            let voiceless = matches!(
                next.as_deref(),
                None | Some("th" | "k" | "x" | "p" | "s" | "t" | "f" | "ch" | "ps")
            );
            out.push(if voiceless { 'f' } else { 'v' });
        }
        ("g", _) if matches!(next.as_deref(), Some("g" | "x" | "ch")) => out.push('n'),
        _ => plain(letter, out),
    }
}

/// Arabic and Persian letters; short vowels are not written, and the long ones are all that is left of vowels.
fn arabic_letter(letter: char, start: bool, out: &mut String) {
    let latin = match letter {
        'ا' | 'أ' | 'آ' | 'ٱ' | 'ى' | 'ة' => "a",
        'ع' if start => "a",
        // Vowel signs too: in names they are the exception, and would keep the same name apart.
        'ء' | 'ئ' | 'ع' | 'ـ' | '\u{64b}'..='\u{65f}' | '\u{670}' => "",
        'و' if start => "w",
        'ؤ' | 'و' => "u",
        'ي' | 'ی' | 'ې' if start => "y",
        'إ' | 'ي' | 'ی' | 'ې' | 'ے' => "i",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' | 'ہ' | 'ھ' | 'ە' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' | 'ک' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' | 'ں' => "n",
        other => return plain(other, out),
    };
    out.push_str(latin);
}

fn hebrew_letter(letter: char, start: bool, end: bool, out: &mut String) {
    let latin = match letter {
        'א' | 'ע' if start => "a",
        'א' | 'ע' | '\u{591}'..='\u{5c7}' => "",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' if end => "a",
        'ה' | 'ח' => "h",
        'ו' if start => "v",
        'ו' => "u",
        'ז' => "z",
        'ט' | 'ת' => "t",
        'י' if start => "y",
        'י' => "i",
        'כ' | 'ק' => "k",
        'ך' => "kh",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' => "p",
        'ף' => "f",
        'צ' | 'ץ' => "ts",
        'ר' => "r",
        'ש' => "sh",
        other => return plain(other, out),
    };
    out.push_str(latin);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin_of(word: &str) -> String {
        let mut out = String::new();
        latin(word, &mut out);
        out.to_ascii_lowercase()
    }

    #[test]
    fn words_of_many_scripts_become_latin() {
        for (word, expected) in [
            ("Кадыров", "kadyrov"),
            ("Щукин", "shchukin"),
            ("Παπαδόπουλος", "papadopoulos"),
            ("Ευάγγελος", "evangelos"),
            ("محمد", "mhmd"),
            ("القذافي", "alqdhafi"),
            ("חיים", "hiim"),
            ("საქართველო", "sakartvelo"),
            ("Հայաստան", "hayastan"),
            ("मोदी", "modi"),
            ("Gümüş", "gumus"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("Ərdoğan", "erdogan"),
        ] {
            assert_eq!(latin_of(word), expected, "{word}");
        }
    }

    #[test]
    fn disguised_letters_are_read_as_meant() {
        assert_eq!(latin_of("Хiaomi"), "xiaomi"); // Cyrillic Х
        assert_eq!(latin_of("Aкционерное"), latin_of("Акционерное")); // Latin A
        assert_eq!(latin_of("Ηuawei"), "huawei"); // Greek Eta
    }

    #[test]
    fn the_arabic_article_is_told() {
        let mut out = String::new();
        assert_eq!(latin("القذافي", &mut out), Origin { foreign: true, article: 2 });
        assert_eq!(latin("علي", &mut out).article, 0);
        assert!(!latin("Škoda", &mut out).foreign);
    }
}
