//! Scripts that put no space between words: Han, Kana, Hangul, Thai and their neighbours.
//!
//! Legal forms and general words are taken out of a run by longest match in the original script, where they are
//! unmistakable; what is left is one word in Latin letters. Of a person's name, the family name comes first.

use crate::lexicon::{Key, Lexicon, Role};
use crate::tokens::Kind;
use any_ascii::any_ascii_char;

/// The longest phrase that is looked for, in characters.
const LONGEST: usize = 16;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Script {
    Han,
    Kana,
    Hangul,
    SouthEast,
}

pub(crate) fn script(letter: char) -> Option<Script> {
    match letter {
        '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}'
        | '々'
        | '〇' => Some(Script::Han),
        '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Some(Script::Kana),
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7af}' => Some(Script::Hangul),
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Some(Script::SouthEast),
        _ => None,
    }
}

/// A piece of a run.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    /// A word in Latin letters.
    Word(String),
    /// A known phrase, by what it does.
    Phrase(Role),
}

/// Takes a run of one name apart; `alone` if the name has no other run.
pub(crate) fn pieces(lexicon: &Lexicon, run: &str, kind: Kind, alone: bool) -> Vec<Piece> {
    match kind {
        Kind::Person => person(run, alone),
        _ => phrases(lexicon, run, kind),
    }
}

/// The whole run as one word in Latin letters.
pub(crate) fn joined(run: &str) -> String {
    let mut latin = String::new();
    let mut last = "";
    for letter in run.chars() {
        let syllable = if letter == '々' { last } else { any_ascii_char(letter) };
        last = syllable;
        latin.extend(
            syllable.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()),
        );
    }
    latin
}

fn phrases(lexicon: &Lexicon, run: &str, kind: Kind) -> Vec<Piece> {
    let alone = run.chars().nth(1).is_none();
    let mut pieces = Vec::new();
    let (mut at, mut rest) = (0, 0);
    while let Some(letter) = run[at..].chars().next().map(char::len_utf8) {
        // One character is a phrase only where nothing else is: 核 begins too many names.
        let found = longest(lexicon, &run[at..], kind).filter(|(length, _)| alone || *length > letter);
        if let Some((length, role)) = found {
            words(&run[rest..at], &mut pieces);
            pieces.push(Piece::Phrase(role));
            at += length;
            rest = at;
        } else {
            at += letter;
        }
    }
    words(&run[rest..], &mut pieces);
    pieces
}

/// The longest phrase that a run begins with: its bytes, and what it does.
fn longest(lexicon: &Lexicon, run: &str, kind: Kind) -> Option<(usize, Role)> {
    let (mut key, mut found) = (Key::of(""), None);
    for (at, letter) in run.char_indices().take(LONGEST) {
        let end = at + letter.len_utf8();
        key = key.and(&run[at..end]);
        if let Some(role) = lexicon.find_role(key, &run[..end], kind) {
            found = Some((end, role));
        }
        if !lexicon.may_begin(key) {
            break;
        }
    }
    found
}

/// Places in front, as organisations' names have them, then one word.
fn words(mut run: &str, pieces: &mut Vec<Piece>) {
    let first = |text: &str| text.as_bytes().first_chunk::<3>().copied();
    while let Some((place, latin)) =
        PLACES.iter().find(|(place, _)| first(place) == first(run) && run.starts_with(place))
    {
        pieces.extend(latin.split(' ').map(|word| Piece::Word(word.to_owned())));
        run = &run[place.len()..];
    }
    let word = joined(run);
    if !word.is_empty() {
        pieces.push(Piece::Word(word));
    }
}

fn person(run: &str, alone: bool) -> Vec<Piece> {
    let letters: Vec<char> = run.chars().collect();
    let double = DOUBLE_FAMILY_NAMES.iter().any(|name| run.starts_with(name));
    let family = match (script(letters[0]), letters.len()) {
        _ if !alone => 0,
        (Some(Script::Han | Script::Hangul), 3..) if double => 2,
        (Some(Script::Han), 2 | 3) => usize::from(CHINESE_FAMILY_NAMES.contains(letters[0])),
        (Some(Script::Hangul), 2 | 3) => 1,
        // Two and two: a Japanese name mostly, or two family names.
        (Some(Script::Han | Script::Hangul), 4) => 2,
        _ => 0,
    };
    let (family, given): (String, String) =
        (letters[..family].iter().collect(), letters[family..].iter().collect());
    let read = FAMILY_NAMES.iter().find(|(name, _)| *name == family).map(|(_, latin)| (*latin).to_owned());
    [read.unwrap_or_else(|| joined(&family)), joined(&given)]
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(Piece::Word)
        .collect()
}

/// Places that Chinese organisations put before their name, under the name they have in Latin letters.
const PLACES: &[(&str, &str)] = &[
    ("中国", "china"),
    ("中國", "china"),
    ("中华", "china"),
    ("香港", "hong kong"),
    ("澳门", "macau"),
    ("澳門", "macau"),
    ("台湾", "taiwan"),
    ("臺灣", "taiwan"),
    ("台灣", "taiwan"),
    ("内蒙古", "inner mongolia"),
    ("新疆", "xinjiang"),
    ("西藏", "tibet"),
    ("宁夏", "ningxia"),
    ("北京", "beijing"),
    ("上海", "shanghai"),
    ("天津", "tianjin"),
    ("重庆", "chongqing"),
    ("广东", "guangdong"),
    ("广西", "guangxi"),
    ("广州", "guangzhou"),
    ("深圳", "shenzhen"),
    ("珠海", "zhuhai"),
    ("东莞", "dongguan"),
    ("佛山", "foshan"),
    ("江苏", "jiangsu"),
    ("南京", "nanjing"),
    ("苏州", "suzhou"),
    ("无锡", "wuxi"),
    ("浙江", "zhejiang"),
    ("杭州", "hangzhou"),
    ("宁波", "ningbo"),
    ("山东", "shandong"),
    ("济南", "jinan"),
    ("青岛", "qingdao"),
    ("山西", "shanxi"),
    ("陕西", "shaanxi"),
    ("西安", "xian"),
    ("河北", "hebei"),
    ("河南", "henan"),
    ("郑州", "zhengzhou"),
    ("湖北", "hubei"),
    ("武汉", "wuhan"),
    ("湖南", "hunan"),
    ("长沙", "changsha"),
    ("四川", "sichuan"),
    ("成都", "chengdu"),
    ("贵州", "guizhou"),
    ("云南", "yunnan"),
    ("昆明", "kunming"),
    ("福建", "fujian"),
    ("厦门", "xiamen"),
    ("福州", "fuzhou"),
    ("江西", "jiangxi"),
    ("安徽", "anhui"),
    ("合肥", "hefei"),
    ("辽宁", "liaoning"),
    ("大连", "dalian"),
    ("沈阳", "shenyang"),
    ("吉林", "jilin"),
    ("长春", "changchun"),
    ("黑龙江", "heilongjiang"),
    ("哈尔滨", "harbin"),
    ("甘肃", "gansu"),
    ("青海", "qinghai"),
    ("海南", "hainan"),
];

/// The family names of nearly all Chinese; what begins otherwise is a foreign name in Chinese writing, or Japanese.
const CHINESE_FAMILY_NAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧\
    曹彭曾肖萧蕭田董袁潘于於蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范範金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱\
    江尹薛闫閆阎閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪\
    庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂塗成苗谷盛曲翁冉骆駱蓝藍路游\
    辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜\
    冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺刑习習\
    薄令胥买";

const DOUBLE_FAMILY_NAMES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "皇甫", "东方", "東方", "慕容", "令狐",
    "尉迟", "尉遲", "公孙", "公孫", "长孙", "長孫", "宇文", "夏侯", "端木", "呼延", "轩辕", "軒轅", "独孤",
    "獨孤", "南宫", "南宮", "남궁", "황보", "제갈", "사공", "선우", "서문", "독고",
];

/// Family names that are read otherwise than their character elsewhere, or are customarily written otherwise.
const FAMILY_NAMES: &[(&str, &str)] = &[
    ("单", "shan"),
    ("單", "shan"),
    ("曾", "zeng"),
    ("解", "xie"),
    ("仇", "qiu"),
    ("区", "ou"),
    ("區", "ou"),
    ("查", "zha"),
    ("翟", "zhai"),
    ("朴", "park"),
    ("缪", "miao"),
    ("盖", "ge"),
    ("尉迟", "yuchi"),
    ("尉遲", "yuchi"),
    ("长孙", "zhangsun"),
    ("長孫", "zhangsun"),
    ("김", "kim"),
    ("이", "lee"),
    ("리", "ri"),
    ("박", "park"),
    ("최", "choi"),
    ("정", "jung"),
    ("강", "kang"),
    ("조", "cho"),
    ("윤", "yoon"),
    ("임", "lim"),
    ("신", "shin"),
    ("권", "kwon"),
    ("안", "ahn"),
    ("류", "ryu"),
    ("전", "jeon"),
    ("고", "ko"),
    ("문", "moon"),
    ("손", "son"),
    ("백", "baek"),
    ("허", "heo"),
    ("유", "yoo"),
    ("심", "shim"),
    ("노", "noh"),
    ("곽", "kwak"),
    ("성", "sung"),
    ("주", "joo"),
    ("우", "woo"),
    ("구", "koo"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn person_of(run: &str) -> Vec<String> {
        let word = |piece| match piece {
            Piece::Word(word) => word,
            Piece::Phrase(..) => unreachable!("persons have no phrases"),
        };
        pieces(&Lexicon::empty(), run, Kind::Person, true).into_iter().map(word).collect()
    }

    #[test]
    fn the_family_name_comes_first_and_the_given_name_is_one_word() {
        assert_eq!(person_of("习近平"), ["xi", "jinping"]);
        assert_eq!(person_of("欧阳明"), ["ouyang", "ming"]);
        assert_eq!(person_of("李强"), ["li", "qiang"]);
        assert_eq!(person_of("司马相如"), ["sima", "xiangru"]);
        assert_eq!(person_of("김정은"), ["kim", "jeongeun"]);
        assert_eq!(person_of("弗拉基米尔"), ["fulajimier"]);
        assert_eq!(person_of("普京"), ["pujing"]);
        assert_eq!(joined("佐々木"), "zuozuomu");
    }

    #[test]
    fn the_longest_phrase_that_begins_at_a_place_is_taken_out() {
        let lexicon = Lexicon::from_bytes(&crate::lexicon::tests::small()).expect("sound");
        let forms = |run| {
            let form = |piece| match piece {
                Piece::Word(word) => word,
                Piece::Phrase(role) => lexicon.text(role.canonical).to_owned(),
            };
            phrases(&lexicon, run, Kind::Organisation).into_iter().map(form).collect::<Vec<_>>()
        };
        assert_eq!(forms("小米集团股份有限公司"), ["xiaomi", "_grp", "_jsc"]);
        assert_eq!(forms("小米有限责任公司集"), ["xiaomi", "_ltd", "ji"]);
        assert_eq!(forms("有限责任"), ["youxianzeren"]);
    }

    #[test]
    fn of_an_organisation_places_part_from_the_name() {
        let words = phrases(&Lexicon::empty(), "北京小米", Kind::Organisation);
        assert_eq!(words, [Piece::Word("beijing".to_owned()), Piece::Word("xiaomi".to_owned())]);
        assert_eq!(joined("プーチン"), "puchin");
    }
}
