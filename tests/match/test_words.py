"""How the engine reads names, with the lexicon that ships: many scripts, legal forms, titles, variants."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur._core import Lexicon, compile_lexicon, skeleton

EMPTY = compile_lexicon("none", [])
KINDS = ["person", "organisation", "vessel", "other"]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(resources.files("vacatur.match").joinpath("lexicon.bin").read_bytes())


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("organisation", "SIS D.O.O.", "sis _doo"),
        ("organisation", "小米科技有限责任公司", "xiaomi _tech _ltd"),
        ("organisation", "Huawei Investment & Holding Co., Ltd.", "huawei _investment and _holding _ltd"),
        ("organisation", "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ «РОМАШКА»", "_ooo romashka"),
        ("organisation", "PUBLIC JOINT STOCK COMPANY GAZPROM", "_pjsc gazprom"),
        ("organisation", "Societatea cu Răspundere Limitată Foo", "_srl foo"),
        ("organisation", "Firma Spółka z ograniczoną odpowiedzialnością", "_co _spzoo"),
        ("organisation", "삼성전자 주식회사", "samseong _electronic _jsc"),
        ("organisation", "Deutsche Bank AG London Branch", "deutsche _bank _ag london _branch"),
        ("organisation", "First Bank Int’l", "1 _bank _intl"),
        ("organisation", "Brigade Forty-Four", "_brigade 44"),
        ("organisation", "Islamic Revolutionary Guard Corps", "_irgc"),
        ("person", "Кадыров Рамзан", "kadyrov ramzan"),
        ("person", "KADYROV, Ramzan Akhmatovich", "ramzan akhmatovich kadyrov"),
        ("person", "习近平", "xi jinping"),
        ("person", "普京", "pujing"),
        ("person", "محمد بن سلمان", "mhmd _bin slman"),
        ("person", "عبد الله", "abdullah"),
        ("person", "Abdurrahman", "_abdul rahman"),
        ("person", "HAJI Asad KHAN", "_haji asad khan"),
        ("person", "Abdullayev, Aziz", "aziz abdullayev"),
        ("person", "W. W. Frost", "w w frost"),
        ("person", "Najib Ullah", "najibullah"),
        ("person", "Nur al-Din", "nuruddin"),
        ("person", "NOOREDDINE, Ali", "ali nooruddin"),
        ("person", "Jamil ElSayed", "jamil al sayed"),
        ("person", "Alfred Benz", "alfred benz"),
        ("organisation", "JSC IQB TECHONLOGIES", "_jsc iqb _tech"),
        ("organisation", "KUMGANGBANK", "kumgang _bank"),
        ("organisation", "HERMIS SHIP PING SA", "hermis _shipping _sa"),
        ("organisation", "Bankia SA", "bankia _sa"),
        ("vessel", "M/V OCEAN STAR II", "mv ocean star 2"),
    ],
)
def test_names_are_read_in_one_form(lexicon: Lexicon, kind: str, name: str, words: str) -> None:
    assert " ".join(word for word, _, _ in lexicon.tokenise(name, kind)) == words


def test_legal_forms_have_a_general_one(lexicon: Lexicon) -> None:
    assert lexicon.generic("_gmbh") == lexicon.generic("_ooo") == lexicon.generic("_doo") == "_llc"
    assert lexicon.generic("_ag") == lexicon.generic("_pjsc") == "_jsc"
    assert lexicon.generic("xiaomi") is None


def shared(lexicon: Lexicon, one: str, other: str) -> set[int]:
    return set(lexicon.variants(one)) & set(lexicon.variants(other))


@pytest.mark.parametrize(
    ("one", "other"), [("muhammad", "mhmd"), ("bob", "robert"), ("pujing", "putin"), ("gim", "kim")]
)
def test_variants_share_a_group(lexicon: Lexicon, one: str, other: str) -> None:
    assert shared(lexicon, one, other)


@pytest.mark.parametrize(("one", "other"), [("muhammad", "mahmud"), ("xi", "li"), ("putin", "patil")])
def test_other_names_do_not(lexicon: Lexicon, one: str, other: str) -> None:
    assert not shared(lexicon, one, other)


def test_common_words_weigh_less(lexicon: Lexicon) -> None:
    def weights(name: str) -> list[int]:
        return [weight for _, _, weight in lexicon.tokenise(name, "organisation")]

    xiaomi, digital, trading, limited = weights("Xiaomi Digital Trading Limited")
    assert xiaomi == 100
    assert xiaomi > digital > trading > limited


@pytest.mark.parametrize(
    ("name", "light"),
    [
        ("Aleksandar Hristov Nikolov", {"hristov"}),
        ("NIKOLOV, Aleksandar Hristov", {"hristov"}),
        ("MEZA GASPAR, Arturo Javier", {"javier", "gaspar"}),
        ("Kim Jong Un", set()),
        ("Arturo Gaspar", set()),
    ],
)
def test_names_beside_the_first_given_and_the_family_name_weigh_less(
    lexicon: Lexicon, name: str, light: set[str]
) -> None:
    def weights(kind: str) -> dict[str, int]:
        return {word: weight for word, _, weight in Lexicon(EMPTY).tokenise(name, kind)}

    as_person, as_vessel = weights("person"), weights("vessel")
    assert {word for word in as_person if as_person[word] < as_vessel[word]} == light


def test_common_words_of_companies_weigh_less_than_of_ships(lexicon: Lexicon) -> None:
    def weights(kind: str) -> list[int]:
        return [weight for _, _, weight in lexicon.tokenise("Star Xiaomi", kind)]

    assert weights("organisation")[0] < weights("vessel")[0]
    assert weights("organisation")[1] == weights("vessel")[1] == 100


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Dirac TechnologyHK Ltd", "dirac _tech hk _ltd"),
        ("Eterra Crudeoil LLC", "eterra crude _oil _llc"),
        ("Banco Corpoerativo SA", "_bank _coop _sa"),
        ("Amursky Shipbiuilding Plant", "amursky _shipbuilding _factory"),
        ("Kadara Eepublic", "kadara _repu"),
        ("Barly Offshore S.A.L.", "barly _offshore _sal"),
    ],
)
def test_general_words_are_known_in_disguise(lexicon: Lexicon, name: str, words: str) -> None:
    assert " ".join(word for word, _, _ in lexicon.tokenise(name, "organisation")) == words


def test_the_lexicon_is_small_and_names_its_version(lexicon: Lexicon) -> None:
    assert lexicon.version.startswith("rigour-1.8.2+")
    assert len(resources.files("vacatur.match").joinpath("lexicon.bin").read_bytes()) < 8_000_000


def test_bytes_that_are_no_lexicon_are_refused() -> None:
    with pytest.raises(ValueError, match="no lexicon of this engine's format"):
        Lexicon(b"PK")


def test_an_unknown_kind_is_refused(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="none of person"):
        lexicon.tokenise("Xiaomi", "company")


def test_the_source_of_the_lexicon_is_not_imported() -> None:
    code = "import sys, vacatur.match.score; sys.exit('rigour' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(), st.sampled_from(KINDS))
def test_any_text_is_read(text: str, kind: str) -> None:
    lexicon = Lexicon(EMPTY)
    for word, _, weight in lexicon.tokenise(text, kind):
        assert word.isascii()
        assert 5 <= weight <= 100


def test_lone_surrogates_are_no_text(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="lone surrogate"):
        lexicon.tokenise("Xiao\ud800mi", "organisation")


def test_words_of_one_sound_share_a_skeleton() -> None:
    assert skeleton("araghi") == skeleton("araqi")
    assert skeleton("yury") == skeleton("iurii")
    assert skeleton("_llc") == ""
