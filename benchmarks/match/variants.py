"""How names are spelt otherwise: legal forms, romanisations and other scripts.

Kept apart from the engine on purpose, and smaller: a benchmark that disguised names with the engine's own tables would
only measure that the tables agree with themselves. The forms of names in other scripts are read from a folder of real
data where there is one.
"""

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

from benchmarks.match.sources import text
from rapidfuzz import fuzz

NAME_FORMS = "names/wikidata_name_forms_2025-04-27.txt.zst"

# Each line: ways to write one legal form.
LEGAL_FORMS = [
    line.split(" | ")
    for line in """limited | ltd | ltd.
company | co | co.
corporation | corp | corp.
incorporated | inc | inc.
limited liability company | llc | l.l.c.
company limited | co., ltd. | co ltd | co. ltd
ooo | limited liability company | obshchestvo s ogranichennoi otvetstvennostyu
ao | jsc | joint stock company | aktsionernoe obshchestvo
oao | ojsc | open joint stock company | otkrytoe aktsionernoe obshchestvo
pao | pjsc | public joint stock company | publichnoe aktsionernoe obshchestvo
zao | cjsc | closed joint stock company | zakrytoe aktsionernoe obshchestvo
gmbh | g.m.b.h. | gesellschaft mit beschränkter haftung
ag | aktiengesellschaft
s.a. | sa
s.r.l. | srl
s.p.a. | spa
s.a.s. | sas
s.a.r.l. | sarl
b.v. | bv
n.v. | nv
d.o.o. | doo
a.s. | as
a.g. | ag
l.p. | lp
llp | l.l.p.
plc | p.l.c. | public limited company
fze | f.z.e. | free zone establishment
pte | pte. | private
pvt | pvt. | private
ltda | ltda. | limitada
s.a. de c.v. | sa de cv | sociedad anonima de capital variable
sp. z o.o. | spolka z ograniczona odpowiedzialnoscia""".splitlines()
]

# Spellings of one sound: what stands left is written as any of what stands right. Applied to lower-case Latin words.
ROMANISATIONS = [
    (re.compile(pattern), spellings.split("|"))
    for pattern, spellings in {
        r"^mu?o?hamm?[ae]d$": "muhammad|mohammed|mohamed|mohammad|muhammed|mohamad",
        r"^ah?mad$|^ahmed$": "ahmad|ahmed",
        r"^(h[ua])ss?([ae]i?y?n)$": r"\1s\2|\1ss\2",
        r"^youss?[eu]f$|^yuss?[ue]f$": "yusuf|youssef|yousef|yusef",
        r"^abd[ue]l$": "abdul|abdel",
        r"^[ou]sama$": "usama|osama",
        r"^[ou]mar$": "umar|omar",
        r"^ibn$|^bin$|^ben$": "bin|ben|ibn",
        r"(?<=.)ou(?=.)": "u|oo",
        r"^(?=\w{3,7}$)(\w*[^aeiou])u(?=[^aeiou])": r"\1ou|\1oo",
        r"ee": "i",
        r"oo": "u|ou",
        r"^(\w{0,3}[^aeiou])i(?=[^aeiou]\w{0,2}$)": r"\1ee|\1e",
        r"q": "k|gh",
        r"dh": "d|z",
        r"gh": "g",
        r"kh(?=.)": "h|kh",
        r"aw": "au",
        r"ay(?=.)": "ai|ei",
        r"iyy?a": "ia|iya",
        r"([bdfklmnrst])\1": r"\1",
        r"(?<=[aeiou])(ss?)(?=[aeiou])": "s|ss",
        r"(?<=.)sky$|(?<=.)skiy$|(?<=.)skii$": "sky|skiy|skij|ski",
        r"(?<=..)ey$|(?<=..)ei$|(?<=..)ej$": "ey|ei|ej",
        r"(?<=..)iy$|(?<=..)ii$": "iy|y|ii",
        r"(?<=.[oe])v$": "v|ff",
        r"yu": "iu|ju",
        r"ya": "ia|ja",
        r"^ye": "e",
        r"zh": "j",
        r"shch": "sch",
        r"ts": "tz|c",
        r"ks": "x",
        r"^pak$": "park",
        r"^ri$|^yi$": "ri|lee|yi",
        r"^cho?e$": "choi",
        r"jo?ng$": "jong|jung|chong",
        r"^kh?aled$|^khalid$": "khalid|khaled",
    }.items()
]

SOUNDS = re.findall(
    r"\w+",
    """shch щ zh ж kh х ts ц ch ч sh ш yu ю ya я yo ё ye е iya ия iye ие aya ая aye ае eya ея eye ее oya оя oye ое iy ий
    yy ый ey ей ay ай oy ой uy уй ii ий ia ия a а b б v в g г d д e е z з i и k к l л m м n н o о p п r р s с t т u у
    f ф h х c к j дж q к w в x кс y ы""",
)
CYRILLIC = dict(zip(SOUNDS[::2], SOUNDS[1::2], strict=True))
CYRILLIC_FORMS = {"ooo": "ООО", "ao": "АО", "oao": "ОАО", "zao": "ЗАО", "pao": "ПАО", "npo": "НПО", "nii": "НИИ"}
SLAVIC = re.compile(r"(ov|ev|in|yn|ova|eva|ina|skiy|sky|skii|ich|enko|chuk|vna|shvili|dze)$")
ENGLISH = re.compile(r"[wxq]|th|ph|ck|ment|tion|ing|oo|ee|our|ound|ice|group|company|limited|corp|joint|stock")

SCRIPTS = ["CYRILLIC", "ARABIC", "CJK", "HANGUL", "HEBREW", "GREEK", "KATAKANA", "GEORGIAN"]
ARTICLE = {"ARABIC": "ال", "CYRILLIC": "аль-", "HEBREW": "אל-", "GREEK": "αλ-"}
PARTICLES = {
    "bin": {"ARABIC": "بن", "CYRILLIC": "бин", "HEBREW": "בן"},
    "abu": {"ARABIC": "أبو", "CYRILLIC": "абу", "HEBREW": "אבו"},
    "abd": {"ARABIC": "عبد", "CYRILLIC": "абд", "HEBREW": "עבד"},
}
BETWEEN = {"CJK": "·", "KATAKANA": "・"}


def plain(word: str) -> str:
    """A word in lower case without accents and apostrophes, as the tables are keyed."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return re.sub(r"['’‘`ʿʾ]", "", bare.casefold())


def script(word: str) -> str:
    """The script of a word, as Unicode names it."""
    letter = next((sign for sign in word if sign.isalpha()), "?")
    return unicodedata.name(letter, "NONE").split()[0]


def cyrillic(word: str) -> str:
    """A Latin word in Cyrillic letters, the longest spellings first."""
    longest = sorted(CYRILLIC, key=len, reverse=True)
    ended = re.sub(r"(?<=[^aeiou])y$", "iy", plain(word))
    return re.sub("|".join(longest), lambda found: CYRILLIC[found[0]], ended)


class Forms:
    """Other forms of single names, by script: of each name the fullest set that a collection of names knows."""

    def __init__(self, lines: list[str]) -> None:
        self._sets: dict[str, dict[str, list[str]]] = {}
        for line in lines:
            forms: dict[str, list[str]] = defaultdict(list)
            for form in line.rpartition(" => ")[0].split(", "):
                forms[script(form)].append(form)
            for form in forms["LATIN"]:
                if len(forms) > len(self._sets.get(plain(form), ())):
                    self._sets[plain(form)] = forms

    @classmethod
    def of(cls, data: Path | None) -> "Forms":
        """The forms of a data folder; none without one."""
        return cls(text(data / NAME_FORMS).splitlines() if data else [])

    def latin(self, word: str) -> list[str]:
        """Other Latin spellings of a name that are recognisably it."""
        known = {plain(form) for form in self._sets.get(plain(word), {}).get("LATIN", ())} - {plain(word)}
        alike = (form for form in known if form.isalpha() and fuzz.ratio(form, plain(word)) >= 70)
        return sorted(form for form in alike if form.removesuffix("s") not in known | {plain(word)})

    def written(self, word: str, script: str) -> list[str]:
        """The forms of a name in a script, without such as mean «of the family»."""
        known = self._sets.get(plain(word), {}).get(script, [])
        return [form for form in known if not form.endswith(("氏", "姓", "씨")) and " " not in form]
