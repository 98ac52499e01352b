"""Headers: what they mean by convention, what users may say instead, and when nobody is asked to guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.errors import InputError
from vacatur.screen.files.columns import MAPPABLE, Said, understand
from vacatur.screen.files.headers import PARTS, SYNONYMS, column_of, plain_header
from vacatur.screen.subject import COLUMNS


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Date of Birth", "birth_date"), ("DATE_OF_BIRTH", "birth_date"), ("  dob. ", "birth_date"),
        ("A.K.A.", "aliases"), ("Alias(es)", "aliases"), ("SWIFT / BIC", "bic"), ("Swift code", "bic"),
        ("Customer-ID", "key"), ("Client no.", "key"),
        ("Citizenship", "country"), ("Staatsangehörigkeit", "country"), ("STAATSANGEHORIGKEIT", "country"),
        ("Nationalité", "country"), ("Raison sociale", "name"), ("Razón social", "name"), ("Firma", "name"),
        ("Né(e) le", "birth_date"), ("Nº de cliente", ""), ("account", ""), ("type", ""), ("", ""), ("???", ""),
        ("birth_date", "birth_date"), ("Vorname", "first_name"),
    ],
)  # fmt: skip
def test_a_header_means_a_column_however_it_is_typed(header: str, column: str) -> None:
    assert column_of(header) == column


def test_every_column_goes_by_its_own_name_and_no_word_means_two() -> None:
    assert [column for column in (*COLUMNS, *PARTS) if column_of(column) != column] == []
    assert set(SYNONYMS) == {*COLUMNS, *PARTS} == set(MAPPABLE)
    words = {(plain_header(word), column) for column, said in SYNONYMS.items() for word in (column, *said)}
    assert len(words) == len({word for word, _ in words})


def test_what_was_understood_can_be_shown() -> None:
    found = understand(["Note", "LEI", " Name ", "Residence country", "Nationality"])
    assert found.columns == (
        ("LEI", "lei"),
        (" Name ", "name"),
        ("Residence country", "country"),
        ("Nationality", "country"),
    )
    assert found.left == ("Note",)
    assert found.places("country") == (3, 4)


@pytest.mark.parametrize(
    ("headers", "meant"),
    [
        (["First name", "Middle name", "Surname"], ["first_name", "middle_name", "last_name"]),
        (["Vorname", "Name"], ["first_name", "last_name"]),
        (["Nombre", "Apellidos"], ["first_name", "last_name"]),
        (["Nom", "Prénom"], ["last_name", "first_name"]),
        (["Nom"], ["name"]),
        (["Name", "First name", "Last name"], ["name", "first_name", "last_name"]),
        (["Full name", "First name"], ["name"]),
        (["Name", "Middle name"], ["name"]),
        (["Surname"], ["last_name"]),
    ],
)
def test_a_name_in_parts_is_understood_as_one(headers: list[str], meant: list[str]) -> None:
    assert [column for _, column in understand(headers).columns] == meant


@pytest.mark.parametrize(
    ("mapping", "columns"),
    [
        ({"name": "Kunde"}, (("Kunde", "name"), ("ID", "key"))),
        ({"name": "kunde "}, (("Kunde", "name"), ("ID", "key"))),
        ({"name": "Kunde", "key": ""}, (("Kunde", "name"),)),
        ({"name": "Kunde", "reg": "ID"}, (("Kunde", "name"), ("ID", "reg"))),
        ({"name": "Kunde", "reg": "ID", "key": "ID"}, (("Kunde", "name"), ("ID", "key"), ("ID", "reg"))),
        ({"name": "Name", "aliases": ["Kunde", "Art"]},
         (("Kunde", "aliases"), ("ID", "key"), ("Name", "name"), ("Art", "aliases"))),
        ({}, (("ID", "key"), ("Name", "name"))),
    ],
)  # fmt: skip
def test_what_the_user_says_goes_before_convention(mapping: Said, columns: tuple[tuple[str, str], ...]) -> None:
    assert understand(["Kunde", "ID", "Name", "Art"], mapping).columns == columns


# Headers, what the user says of them, and words of the refusal.
REFUSED: dict[str, tuple[list[str], Said, str]] = {
    "nothing to screen": (["co", "country"], {}, r"no column to screen among: co, country\. Say which .*--map name="),
    "a mistyped column": (["name"], {"birthdate": "name"}, "no column 'birthdate' is known; nearest: birth_date"),
    "a mistyped header": (["Client", "Kunde"], {"name": "Kunden"}, "no column is headed 'Kunden'; nearest: Kunde"),
    "a header that is not there": (["Client"], {"name": "Zzz"}, r"headed 'Zzz'\. Its headers are Client"),
    "two names": (["Company", "Full name"], {}, "2 columns could be `name`: Company, Full name"),
    "two keys": (["id", "Customer ID", "name"], {}, r"2 columns could be `key`.*--map key=id"),
    "one column said twice": (["a", "b"], {"name": ["a", "b"]}, "2 columns could be `name`"),
    "all that is known let go": (["name", "country"], {"name": ""}, "no column to screen"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_nobody_guesses(name: str) -> None:
    headers, mapping, said = REFUSED[name]
    with pytest.raises(InputError, match=said) as raised:
        understand(headers, mapping, where="customers.csv")
    assert raised.value.where == "customers.csv"
    assert raised.value.fix


@given(
    st.lists(
        st.sampled_from(["name", "Nom", "First name", "surname", "x", "", "LEI", "country", "Land", "id"]), unique=True
    )
)
def test_every_header_has_one_meaning_or_is_left_alone(headers: list[str]) -> None:
    try:
        found = understand(headers)
    except InputError:
        return
    assert len(found.columns) + len(found.left) == len(headers)
