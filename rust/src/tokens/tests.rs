use super::*;
use crate::lexicon::tests::small;
use proptest::prelude::*;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::from_bytes(&small()).expect("sound"));

fn words(text: &str, kind: Kind) -> String {
    let texts: Vec<String> =
        analyse(&LEXICON, text, kind).tokens.into_iter().map(|token| token.text.into_string()).collect();
    texts.join(" ")
}

fn classes(text: &str, kind: Kind) -> Vec<Class> {
    analyse(&LEXICON, text, kind).tokens.into_iter().map(|token| token.class).collect()
}

#[track_caller]
fn organisation(text: &str, expected: &str) {
    assert_eq!(words(text, Kind::Organisation), expected, "{text}");
}

#[track_caller]
fn person(text: &str, expected: &str) {
    assert_eq!(words(text, Kind::Person), expected, "{text}");
}

#[test]
fn legal_forms_of_many_languages_are_one_token() {
    organisation("SIS D.O.O.", "sis _doo");
    organisation("SIS DOO", "sis _doo");
    organisation("Gesellschaft mit beschränkter Haftung Foo", "_gmbh foo");
    organisation("ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ «Ромашка»", "_ooo romashka");
    organisation("ООО Ромашка", "_ooo romashka");
    organisation("Firma Sp. z o.o.", "firma _spzoo");
    organisation("Firma spzoo", "firma _spzoo");
    organisation("Foo Societatea cu Răspundere Limitată", "foo _srl");
    organisation("PUBLIC JOINT STOCK COMPANY GAZPROM", "_jsc gazprom");
    organisation("SiemensAG", "siemens _ag");
    organisation("Huawei Co., Ltd.", "huawei _ltd");
    assert_eq!(classes("SIS DOO", Kind::Organisation), [Class::Plain, Class::Legal]);
}

#[test]
fn short_legal_forms_are_words_elsewhere() {
    organisation("AS Roma", "_as roma");
    organisation("Foo AS", "foo _as");
    organisation("Such as Trading", "such as trading");
    organisation("Bank of China", "bank of china");
    organisation("ОФ Помощь", "_of pomoshch");
}

#[test]
fn han_is_read_in_the_original() {
    organisation("小米集团", "xiaomi _grp");
    organisation("北京小米科技有限责任公司", "beijing xiaomi _tech _ltd");
    organisation("中国石油股份有限公司", "china shiyou _jsc");
    person("习近平", "xi jinping");
    person("Xi Jinping", "xi jinping");
    person("弗拉基米尔·普京", "fulajimier pujing");
    person("김정은", "kim jeongeun");
}

#[test]
fn general_words_and_numbers_are_canonical_in_organisations_only() {
    organisation("Semiconductor Int'l Corp", "semiconductor _intl _co");
    organisation("Semiconductor International Corporation", "semiconductor _intl _co");
    organisation("Brigade Forty-Four", "brigade 44");
    organisation("No. 1 Factory", "1 factory");
    organisation("Alpha Fund III", "alpha fund 3");
    organisation("Alpha Group V Ltd", "alpha _grp 5 _ltd");
    organisation("Plan V Ltd", "plan v _ltd");
    organisation("Islamic Revolutionary Guard Corps", "_irgc");
    person("Group International", "group international");
}

#[test]
fn digits_part_from_words_but_not_from_models() {
    organisation("Fund2", "fund 2");
    organisation("007 Bond", "7 bond");
    organisation("A380 B2B 3M 1st", "a380 b2b 3m 1");
    person("Ig0r Sech1n", "igor sechin");
}

#[test]
fn acronyms_collapse_and_initials_do_not() {
    organisation("A.B.C. Trading", "abc trading");
    organisation("J. P. Morgan & Co", "jp morgan and _co");
    person("W. W. Frost", "w w frost");
    person("J.-C. Juncker", "j c juncker");
    assert_eq!(classes("W. Frost", Kind::Person), [Class::Initial, Class::Plain]);
    person("José Ortega y Gasset", "jose ortega y gasset");
}

#[test]
fn apostrophes_vanish_and_hyphens_part() {
    organisation("Al Qa'ida", "al qaida");
    organisation("AL-QAIDA", "al qaida");
    person("Mu’ammar al-Qadhafi", "muammar al qadhafi");
}

#[test]
fn given_names_come_first() {
    person("KADYROV, Ramzan", "ramzan kadyrov");
    person("Кадыров, Рамзан", "ramzan kadyrov");
    person("John Smith, Jr.", "john smith _jr");
    person("AL-RAWI, Salman bin Muhammad, Haji", "salman _bin muhammad al rawi _haji");
    organisation("Homs Refinery, The", "homs refinery the");
}

#[test]
fn the_servants_of_god_have_one_form() {
    for text in
        ["Abd al-Rahman", "Abdul Rahman", "Abdel Rahman", "Abdulrahman", "ABDURRAHMAN", "Abd ar-Rahman"]
    {
        person(text, "_abdul rahman");
    }
    person("Abdullah", "abdullah");
    person("ABD ALLAH Khan", "abdullah khan");
    person("Abdullayev", "abdullayev");
    person("Paula Abdul", "paula abdul");
}

#[test]
fn titles_and_particles_stand_where_they_can() {
    person("Lieutenant Colonel John Doe", "lieutenantcolonel john doe");
    person("Mr. General", "mr general");
    person("de la Cruz, Juan", "juan de la cruz");
    person("La, Van", "van la");
    person("as-Sadr, Muqtada", "muqtada al sadr");
    assert_eq!(classes("HAJI Asad", Kind::Person), [Class::Title, Class::Plain]);
    assert_eq!(classes("Muhammad bin Salman", Kind::Person), [Class::Plain, Class::Particle, Class::Plain]);
    assert_eq!(words("M/V Ocean Star II", Kind::Vessel), "mv ocean star 2");
    assert_eq!(words("MV OCEAN STAR", Kind::Vessel), "mv ocean star");
    person("John Smith III", "john smith 3");
}

#[test]
fn glued_names_part() {
    person("SergeiLavrov", "sergei lavrov");
    person("McDonald", "mcdonald");
    person("AlZarqawi", "al zarqawi");
    organisation("PetroChina", "petrochina");
}

#[test]
fn order_matters_and_is_kept() {
    assert_ne!(
        words("SALMAN BIN MUHAMMAD AL-RAWI", Kind::Person),
        words("MUHAMMAD BIN SALMAN AL-RAWI", Kind::Person)
    );
}

#[test]
fn what_is_left_out_is_told() {
    let name = analyse(&LEXICON, &"a1b ".repeat(100), Kind::Organisation);
    assert_eq!(name.tokens.len(), MAX_TOKENS);
    assert!(name.truncated);
    let name = analyse(&LEXICON, &"x".repeat(5000), Kind::Person);
    assert_eq!(name.tokens[0].text.len(), MAX_TOKEN);
    assert!(name.truncated);
    assert!(!analyse(&LEXICON, &"word ".repeat(64), Kind::Organisation).truncated);
}

#[test]
fn what_names_nothing_has_no_tokens() {
    for text in ["", "   ", "🚀", "\u{202e}\u{200f}", "...", "'", "\u{301}", "\0\u{7f}"] {
        for kind in [Kind::Person, Kind::Organisation, Kind::Vessel, Kind::Other] {
            assert_eq!(words(text, kind), "", "{text:?}");
        }
    }
}

#[test]
fn whether_a_script_was_changed_is_told() {
    assert!(analyse(&LEXICON, "Кадыров", Kind::Person).script_original);
    assert!(analyse(&LEXICON, "小米", Kind::Organisation).script_original);
    assert!(!analyse(&LEXICON, "Škoda a.s.", Kind::Organisation).script_original);
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Person), Just(Kind::Organisation), Just(Kind::Vessel), Just(Kind::Other)]
}

/// Text that names are made of, and what hides in copied text.
fn any_name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[A-Za-z]{1,12}",
        "[а-яА-Я]{1,12}",
        "[一-龥]{1,6}",
        "[가-힣]{1,4}",
        "[ا-ي]{1,8}",
        "[0-9]{1,4}",
        "[ .,'&/-]{1,3}",
        "\\PC{1,3}",
        Just("\u{202e}".to_owned()),
        Just("GmbH".to_owned()),
        Just("有限公司".to_owned()),
        Just("Abd al".to_owned()),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A word that persons' and organisations' names are read by, or one like it.
fn telling() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "abd",
        "abdul",
        "abdool",
        "abdurrahman",
        "al",
        "el",
        "ar",
        "ad",
        "din",
        "eddine",
        "nuraddin",
        "ullah",
        "allah",
        "elsayed",
        "abuislam",
        "benkhalifa",
        "Sheikh",
        "bin",
        "van",
        "III",
        "Xi",
        "Company",
        "Limited",
        "Trading",
        "inter",
        "national",
        "techonlogies",
        "kumgangbank",
        "d.o.o.",
        "co",
        "J.",
        "and",
        "Lee",
        "Najib",
        "Rahman",
    ]);
    (known, prop::option::of("[a-z]")).prop_map(|(word, more)| word.to_owned() + &more.unwrap_or_default())
}

fn sound(name: &Name) -> bool {
    name.tokens.len() <= MAX_TOKENS
        && name.tokens.iter().all(|token| {
            let letters = token.text.strip_prefix('_').unwrap_or(&token.text);
            !letters.is_empty()
                && token.text.len() <= MAX_TOKEN
                && letters.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                && (5..=100).contains(&token.weight)
        })
}

proptest! {
    #[test]
    fn any_text_gives_sound_tokens(text: String, name in any_name(), kind in any_kind()) {
        prop_assert!(sound(&analyse(&LEXICON, &text, kind)));
        prop_assert!(sound(&analyse(&LEXICON, &name, kind)), "{name:?}");
        prop_assert!(sound(&analyse(&Lexicon::empty(), &name, kind)), "{name:?}");
    }

    #[test]
    fn a_name_reads_the_same_whatever_was_read_before(names in prop::collection::vec(any_name(), 1..6), kinds in prop::collection::vec(any_kind(), 1..6)) {
        let mut glossary = Glossary::new(&LEXICON, Notes::default());
        for name in &names {
            let mut text = Text::new(name);
            for kind in &kinds {
                prop_assert_eq!(text.read(&mut glossary, *kind), analyse(&LEXICON, name, *kind), "{:?}", name);
            }
        }
    }

    #[test]
    fn words_that_only_name_are_read_as_if_all_were_asked_of_them(
        parts in prop::collection::vec(prop_oneof![any_name(), telling()], 1..6),
        kind in any_kind(),
    ) {
        let name = parts.join(" ");
        let mut glossary = Glossary::new(&LEXICON, Notes::default());
        let mut text = Text::new(&name);
        let quick = text.read(&mut glossary, kind);
        for word in &mut text.words.list {
            word.known = word.known.untold();
        }
        prop_assert_eq!(quick, text.read(&mut glossary, kind), "{:?}", name);
    }

    #[test]
    fn long_text_is_bounded(piece in any_name(), kind in any_kind()) {
        prop_assert!(sound(&analyse(&LEXICON, &piece.repeat(1000), kind)));
    }

    #[test]
    fn case_and_what_is_invisible_do_not_matter(text in "[a-z]{2,9}( [a-z]{2,9}){0,4}", kind in any_kind()) {
        prop_assert_eq!(words(&text, kind), words(&text.replace(' ', "\u{200b} \u{202e}"), kind));
    }

    #[test]
    fn latin_words_read_again_are_the_same(text in "[A-Za-z0-9 .'-]{0,40}") {
        let once = words(&text, Kind::Person);
        let plain: Vec<&str> = once.split(' ').filter(|word| !word.starts_with('_') && word.len() > 1).collect();
        for word in plain {
            prop_assert_eq!(words(word, Kind::Person), word);
        }
    }

    #[test]
    fn the_ascii_way_is_the_unicode_way(text in "[ -~]{0,60}", kind in any_kind()) {
        // A soft hyphen is invisible, and sends the text the long way round.
        prop_assert_eq!(words(&text, kind), words(&format!("{text}\u{ad}"), kind));
    }
}
