"""Compile the lexicon of the matching engine: `lexicon.py OUT` writes it, after the native core is built.

What is known of legal forms, general words, titles, numbers and variants of persons' names comes from the package
`rigour` (MIT), as installed without its dependencies: its data is read as text, none of its code runs. How common
words are comes from rarity.tsv, our own measurement. What `rigour` does not keep and matching needs is added below.
The compiled file names the versions it was made of; scores of different ones are not comparable.
"""

import ast
import hashlib
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vacatur import _core

HERE = Path(__file__).resolve().parent
Row = tuple[str, str, str, list[str]]  # what the forms are, their canonical form, its general form, the forms

# Forms that in Latin letters are words of other languages, or names.
NOT_LEGAL = {"in", "is", "ii", "comp", "de", "no", "of"}
# Two letters that are no word; other legal forms of two letters count only first, last, or beside another one.
UNMISTAKABLE = {"ag", "sa", "nv", "bv", "kg", "oy", "kk", "co"}
NOT_SYMBOLS = {
    *("fi", "im", "ev", "ii", "uni", "tele", "dom", "mir", "мир", "labor", "labour"),
    *("intel", "allianz", "татнефть"),  # companies of that name
}
NOT_NUMBERS = {"once", "premier", "nil", "x", "v", "i", "una"}
# Distinctive, so left as the words they are.
NOT_GENERAL = {"ALQAEDA"}
BODIES = {"IRGC", "TPB"}

# Legal forms in all but the word: every company has one, and names exchange them freely.
COMPANY = {"CO": "co", "CORP": "co"}

ALSO_LEGAL = {
    ("Ltd", "LLC"): [
        *["Co Ltd", "Company Limited", "Co Limited", "Company Ltd", "有限责任公司", "有限責任公司", "จำกัด"],
        *["Private Limited", "Private Ltd", "Pvt Ltd", "Pvt Limited", "Pte Ltd", "Pte Limited"],
        *["Pty Ltd", "Pty Limited"],
    ],
    ("JSC", "JSC"): ["Joint Stock Company", "JSC", "Joint Stock Co", "股份公司"],
    ("PJSC", "JSC"): ["Public Joint Stock Company", "PJSC", "Public JSC"],
    ("OJSC", "JSC"): ["Open Joint Stock Company", "OJSC", "Open JSC"],
    ("CJSC", "JSC"): ["Closed Joint Stock Company", "CJSC", "Closed JSC"],
    ("LLC", "LLC"): ["Limited Liability Company", "LLC", "Limited Liability Co"],
    ("Tbk", "JSC"): ["Tbk"],
    ("SL", "LLC"): ["S.L.", "Sociedad Limitada", "S.L.U.", "Sociedad Limitada Unipersonal"],
    ("SRL", "LLC"): ["S.R.L.S.", "Società a responsabilità limitata semplificata"],
    ("SA", "JSC"): ["S.A.U.", "Sociedad Anónima Unipersonal"],
    ("Kft", "LLC"): ["Korlátolt Felelősségű Társaság"],
    ("KK", "JSC"): ["kabushiki kaisha", "kabushikigaisha", "kabushikikaisha", "K.K.", "㈱", "㈜"],
    ("IKE", "LLC"): ["I.K.E."],
    ("ULC", "LLC"): ["ULC", "Unlimited Liability Company"],
    ("SCSp", "LP"): ["SCSp", "S.C.Sp.", "Société en commandite spéciale"],
    ("SLP", "LP"): ["SLP"],
    ("LLLP", "LP"): ["LLLP"],
    ("ICAV", "FIN"): ["ICAV", "Irish Collective Asset-management Vehicle"],
    ("Sp. k.", "LP"): ["spółka komandytowa", "Sp. k."],
    ("Sp. j.", "GP"): ["spółka jawna", "Sp. j."],
    ("LP", "LP"): ["有限合伙", "有限合伙企业", "合伙企业"],
}
# The same of forms that are words elsewhere: they count first, last, or beside another one.
ALSO_BESIDE = {("SAL", "JSC"): ["SAL", "S.A.L.", "Société anonyme libanaise"], ("OsOO", "LLC"): ["OSOO", "ОсОО"]}
ALSO_SYMBOLS = {
    "GRP": ["group", "集团", "集團", "그룹", "groupe", "gruppo", "grupo", "gruppe", "группа", "مجموعة", "gruppa"],
    "CORP": ["総公司", "总公司"],
    "CO": ["บริษัท"],
    "HOLDING": ["控股", "홀딩스", "ホールディングス"],
    "INVESTMENT": ["投资"],
    "INDUSTRY": ["工业", "工業", "实业", "實業", "산업", "industrie"],
    "MANUFACTURING": ["制造", "製造", "mfg", "manufacture"],
    "DEV": ["发展", "發展", "개발"],
    "SERVICE": ["服务", "服務", "서비스"],
    "INSTITUTE": ["研究院"],
    "ASSET": ["资产", "資產"],
    "CAPITAL": ["资本", "資本"],
    "LEASING": ["租赁", "租賃"],
    "CENTER": ["中心", "center", "centre"],
    "SHIPPING": ["海运", "海運", "航运", "航運", "해운"],
    "PHARMACY": ["医药", "醫藥"],
    "MACHINE": ["机械", "機械"],
    "ENG": ["工程"],
    "SCIENTIFIC": ["科学", "科學"],
    "TRADE": ["贸易", "貿易", "무역", "tradings"],
    "BRANCH": ["分公司"],
    "NETWORK": ["网络", "網絡"],
    "INTL": ["international", "intl", "int'l", "國際"],
    "ELECTRONIC": ["电子", "electronics"],
    "TECH": ["tech"],
}
# Conjunctions: `&` is read as `and`.
AND = ["and", "und", "et"]
AND_BETWEEN_COMPANIES = ["og", "och", "ve", "e", "y", "и", "та", "και", "ja", "és"]

# The Arabic article, the names of sons and servants, and what stands before Latin family names. Which of the
# joining words of `rigour` are such is the law of no list; those that are names elsewhere count between names only.
ARTICLES = ["al", "el"]
JOINING = ["del", "della", "delle", "degli", "dos", "das", "los", "las", "zu", "zur", "ter", "ten", "of", "the", "de"]
JOINING_BETWEEN = ["di", "da", "do", "du", "la", "le", "der", "den", "des", "y", "e", "av", "af", "i"]
PARTICLES = ["BIN", "BINT", "OULD", "ABUL", "ABU", "UMM", "VON", "VAN"]
NAMES_TOO = {"ben", "bat", "mint", "ult", "wald"}
TITLES = ["HAJI", "SHEIKH", "DR", "PROF"]
ALSO_TITLES = {
    "HAJI": ["haj", "hajj", "alhaj", "alhaji", "al haj", "hadj", "el hadj", "hadji"],
    "SHEIKH": ["shaikh", "sheik", "shekh", "cheikh"],
}
SUFFIXES = ["JR", "SR", "ESQ", "MD", "DDS", "DVM", "PHD", "CPA", "CFA", "CMA", "CSA"]
ALSO_PREFIXES = [
    *["gen", "col", "lt", "lt col", "lt gen", "maj", "maj gen", "major", "major general", "brig", "brig gen"],
    *["brigadier general", "sgt", "sergeant", "lieutenant", "cmdr", "commander", "adm", "capt", "vice admiral"],
    *["mullah", "mulla", "maulavi", "maulawi", "mawlawi", "maulvi", "mawlana", "maulana", "ayatollah", "imam"],
    *["eng", "engr", "engineer", "ing", "don", "dona", "senora", "sra", "hojjatoleslam", "ustad", "qari", "daw"],
    *["sayyid", "sayyed", "sayed", "seyed", "seyyed", "seyid", "syed", "saiyed", "sayid", "سید", "سيد"],
]
SHIPS = ["M/V", "MV", "M/T", "MT", "M/S", "MS", "S/S", "SS", "F/V", "FV", "M/Y", "MY", "S/V", "SV", "T/T", "LPG/C"]
# Abbreviations of the commonest name on earth.
ALSO_VARIANTS = [["muhammad", "md", "mohd", "muhd", "mohamad", "mhmd"]]

HAN = re.compile(r"[\u3400-\u9fff]")
HIRAGANA = re.compile(r"[\u3041-\u309f]")
KANA = re.compile(r"[\u3041-\u30ff]")


def constants(path: Path) -> dict[str, Any]:
    """The constants that a data module assigns, without running it."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None
    }


def folded(forms: list[str] | tuple[str, ...], without: set[str]) -> list[str]:
    """The forms in order, each once, without those that mislead."""
    return [form for form in dict.fromkeys(forms) if form.casefold().strip(" .") not in without]


def is_mistakable(form: str) -> bool:
    """Whether a legal form may be a word of its own."""
    letters = re.sub(r"[\W_]", "", form).lower()
    return letters.isascii() and len(letters) <= 2 and letters not in UNMISTAKABLE


def organisations(names: dict[str, Any], legal_forms: list[dict[str, Any]]) -> Iterator[Row]:
    """Legal forms and general words; the first row that claims a form has it."""
    for (key, generic), forms in ALSO_LEGAL.items():
        yield "legal", f"_{key}", f"_{generic}", forms
    for (key, generic), forms in ALSO_BESIDE.items():
        yield "edge", f"_{key}", f"_{generic}", forms
    for name, forms in ALSO_SYMBOLS.items():
        if name not in COMPANY:
            yield "symbol", f"_{name.lower()}", "", forms
    for form in legal_forms:
        generic = form.get("generic", "")
        key = form.get("compare") or form.get("display") or generic
        forms = folded([*form["aliases"], *([form["display"]] if "display" in form else [])], NOT_LEGAL)
        short = [form for form in forms if is_mistakable(form)]
        for what, some in (("edge", short), ("legal", [form for form in forms if form not in short])):
            yield what, f"_{key}", f"_{generic}" if generic else "", some
    groups = {**names["ORG_SYMBOLS"], **names["ORG_DOMAINS"]}
    for name in ("CO", "CORP", *(name for name in groups if name not in COMPANY)):
        forms = folded([*ALSO_SYMBOLS.get(name, []), *groups.get(name, ())], NOT_SYMBOLS)
        key = f"_{name.lower()}"
        if name in COMPANY:
            yield "legal", key, f"_{COMPANY[name]}", forms
        elif name not in NOT_GENERAL:
            yield "body" if name in BODIES else "symbol", key, "", forms
    missing = ALSO_SYMBOLS.keys() - groups.keys()
    if missing:
        sys.exit(f"rigour has no symbols {sorted(missing)} any more: look through ALSO_SYMBOLS")


def numbers(ordinals: dict[int, tuple[str, ...]]) -> Iterator[Row]:
    """First, Second, сорок четыре: as the decimal number."""
    for number, forms in ordinals.items():
        yield "number", str(number), "", folded(forms, NOT_NUMBERS)


def joining(stopwords: tuple[str, ...]) -> Iterator[Row]:
    """Words that join others and tell nothing."""
    yield "and", "and", "", AND
    yield "stop", "and", "", AND_BETWEEN_COMPANIES
    yield "stop", "", "", list(stopwords)


def persons(names: dict[str, Any]) -> Iterator[Row]:
    """Titles and particles of persons' names."""
    symbols = names["PERSON_SYMBOLS"]
    yield "particle", "al", "", ARTICLES
    for name in PARTICLES:
        key = "_abu" if name == "ABUL" else f"_{name.lower()}"
        # The article stays a word of its own, but where it has merged: Abul.
        forms = [form for form in symbols[name] if name == "ABUL" or not re.search(r" (al|ul|ال)$", form)]
        yield "inner", key, "", [form for form in forms if form in NAMES_TOO]
        yield "particle", key, "", [form for form in forms if form not in NAMES_TOO]
    yield "particle", "", "", JOINING
    yield "inner", "", "", JOINING_BETWEEN
    for name in TITLES:
        yield "title", f"_{name.lower()}", "", [*symbols[name], *ALSO_TITLES.get(name, [])]
    for name in SUFFIXES:
        yield "suffix", f"_{name.lower()}", "", list(symbols[name])
    yield "prefix", "", "", [*folded(names["PERSON_NAME_PREFIXES"], {"the"}), *ALSO_PREFIXES]


def variants(names: dict[str, Any], persons_txt: Path) -> Iterator[Row]:
    """Groups of forms of one name, in many scripts."""
    for forms in ALSO_VARIANTS:
        yield "variants", "", "", forms
    for groups in (names["PERSON_NICK"], names["PERSON_NAME_PARTS"]):
        for forms in groups.values():
            yield "variants", "", "", list(forms)
    for line in persons_txt.read_text("utf-8").splitlines():
        forms = line.split(" => ")[0].split(", ")
        yield "variants", "", "", legible(forms)


def legible(forms: list[str]) -> list[str]:
    """Without Han forms whose sound is not the name's: Kanji of Japanese names, and single characters."""
    native = any(HIRAGANA.search(form) for form in forms)
    return [form for form in forms if not (HAN.search(form) and (native or KANA.search(form) or len(form) == 1))]


def rarity(path: Path) -> Iterator[Row]:
    """How common words are, by class."""
    classes: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            word, number = line.split("\t")
            classes.setdefault(number, []).append(word)
    for number, words in sorted(classes.items()):
        yield "rarity", number, "", words


def rows(data: Path) -> list[Row]:
    """Everything that is compiled."""
    names = constants(data / "names" / "data.py")
    return [
        *organisations(names, constants(data / "names" / "org_types.py")["ORG_TYPES"]),
        *numbers(constants(data / "text" / "ordinals.py")["ORDINALS"]),
        *joining(constants(data / "text" / "stopwords.py")["STOPWORDS"]),
        *persons(names),
        ("vessel", "", "", SHIPS),
        *variants(names, data / "names" / "persons.txt"),
        *(rarity(HERE / "rarity.tsv") if (HERE / "rarity.tsv").exists() else ()),
    ]


def main() -> None:
    """Compile."""
    if len(sys.argv) != 2:
        sys.exit("usage: python rust/lexicon.py OUT")
    spec = find_spec("rigour")  # finds it; does not import it, and could not without its dependencies
    if spec is None or spec.origin is None:
        sys.exit("rigour is missing: pip install --no-deps --require-hashes --requirement requirements/lexicon.txt")
    everything = rows(Path(spec.origin).parent / "data")
    digest = hashlib.sha256(repr(everything).encode()).hexdigest()[:12]
    version = f"rigour-{metadata.version('rigour')}+{digest}"
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(_core.compile_lexicon(version, everything))
    print(f"lexicon {version}: {out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
