"""What an author's slip looks like to the author: one located problem for each, and all of them in one run."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import QUAY

from vacatur.app import App
from vacatur.cli import main
from vacatur.errors import BookError

ACTS, CASES, PARTIES, PROGRAMME = "acts/quay.yaml", "cases/quay.yml", "parties/trees.yaml", "programmes/quay.yaml"

# What is edited: file, the text there, what it becomes, the line of the problem, and words that it must contain.
EDITS: dict[str, tuple[str, str, str, str, tuple[str, ...]]] = {
    "a quote is deleted": (
        ACTS, "    quote: Dogwood is a restricted company.\n    grade: documented", "    grade: documented",
        "grade: documented", ("quay/dogwood/2021-03-01-designate", "without quote or fact", "add `quote:`"),
    ),
    "a fact is deleted": (
        ACTS, "    fact: The entry of Fir was removed.\n", "",
        "grade: documented", ("quay/fir/2022-06-01-delist", "without quote or fact"),
    ),
    "a target is mistyped": (
        ACTS, "14-designate\n    title: Court", "14-desginate\n    title: Court",
        "target: quay/alder/2021-01-14-desginate", ("Did you mean quay/alder/2021-01-14-designate",),
    ),
    "a listed party is mistyped": (
        ACTS, "target: dogwood@quay", "target: dogwod@quay", "target: dogwod@quay", ("Did you mean dogwood",),
    ),
    "published before it was issued": (
        ACTS, 'published: "2021-03-02"', 'published: "2021-02-02"',
        'published: "2021-02-02"', ("published 2021-02-02, before it was issued (2021-03-01)",),
    ),
    "a delisting before the listing": (
        ACTS, "id: quay/fir/2022-06-01-delist", "id: quay/fir/2020-06-01-delist",
        'issued: "2022-06-01"', ("id says 2020-06-01",),
    ),
    "a year is mistyped in an act that others rest on": (
        ACTS, 'title: Fir designated\n    issued: "2021-03-01"', 'title: Fir designated\n    issued: "2023-03-01"',
        'issued: "2023-03-01"', ("issued 2023-03-01 but the id says 2021-03-01",),
    ),
    "a day that does not exist": (
        ACTS, 'published: "2021-03-02"', 'published: "2021-13-45"', 'published: "2021-13-45"',
        ("month must be in 1..12",),
    ),
    "an unknown key": (
        ACTS, "    title: Elm designated\n", "    title: Elm designated\n    ruling: yes\n",
        "ruling: yes", ("unknown key 'ruling'", "Known here: ", "authority"),
    ),
    "a key stands twice": (
        ACTS, "    title: Elm designated\n", "    title: Elm designated\n    title: Elm is designated\n",
        "title: Elm is designated", ("key 'title' stands twice",),
    ),
    "an id is given twice": (
        PARTIES, "parties:\n", "parties:\n  - {id: fir, kind: person, source: x, names: [{text: F, kind: primary}]}\n",
        "- id: fir\n", ("'fir' stands twice, also at parties/trees.yaml:",),
    ),
    "an unknown kind of act": (
        ACTS, "kind: vacate", "kind: vacated", "kind: vacated", ("kind 'vacated' is not known", "vacate"),
    ),
    "a date without quotes": (
        ACTS, 'issued: "2021-05-25"', "issued: 2021-05-25",
        "issued: 2021-05-25", ("issued is not a text", "Put it in quotes"),
    ),
    "a YAML alias": (
        PARTIES, "source: an unlisted company\n", "source: &s an unlisted company\n    note: *s\n",
        "note: *s", ("alias *s", "Write it out"),
    ),
    "a bad formula": (
        ACTS, "issued + 90d", "issued plus 90 days", "issued plus 90 days", ("not a formula", "listed + 60d"),
    ),
    "a formula on an act that is not there": (
        ACTS, "until: issued + 90d", "until: quay/cedar/2021-12-01-license + 90d",
        "until: quay/cedar/2021-12-01-license", ("no act of the book", "Did you mean quay/cedar/2021-11-30-license"),
    ),
    "a document that is not there": (
        ACTS, "document: quay-order-1\n    quote", "document: quay-order-l\n    quote",
        "document: quay-order-l", ("Did you mean quay-order-1",),
    ),
    "a party without its own name": (
        PARTIES, "{text: Maple Mills, kind: primary}", "{text: Maple Mills, kind: alias}", "names: [{text: Maple Mills",
        ("'maple' needs exactly one primary name",),
    ),
    "a fact without a source": (
        PARTIES, "    source: an unlisted company\n", "", "names: [{text: Maple Mills", ("a fact without a source",),
    ),
    "a zone that does not exist": (
        PROGRAMME, "York\n  cov", "Yark\n  cov", "zone: America/New_Yark", ("no zone",),
    ),
    "a programme followed until no day": (
        PROGRAMME, '"2026-08-31"', '"2026-08-32"', 'followed_until: "2026-08-32"', ("day is out of range",),
    ),
    "a case that fails": (
        CASES, "answer: prohibited, since", "answer: permitted, since",
        "- title: Birch", ("case 'Birch may not be bought from the sixtieth day'", "is prohibited, expected permitted"),
    ),
    "a case about nobody": (
        CASES, "party: birch", "party: brich", "- title: Birch", ("party 'brich' is not known; did you mean birch",),
    ),
    "a case about no activity": (
        CASES, "birch, activity: buy", "birch, activity: by", "- title: Birch",
        ("activity 'by' is not known; did you mean buy",),
    ),
    "a case with an unknown key": (
        CASES, 'count: "7"}', 'cuont: "7"}', "expect: {has: [", ("unknown key 'cuont'",),
    ),
}  # fmt: skip
TOGETHER = (
    "a quote is deleted", "a fact is deleted", "a target is mistyped", "published before it was issued",
    "an unknown key", "an id is given twice", "an unknown kind of act", "a date without quotes", "a YAML alias",
    "a bad formula", "a case that fails",
)  # fmt: skip
"""The edits that a reviewer makes at once; no two of them touch the same words."""

Edit = Callable[[str], None]


@pytest.fixture
def edit(book: Path) -> Edit:
    def make(name: str) -> None:
        file, old, new, _, _ = EDITS[name]
        text = (book / file).read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        (book / file).write_text(text.replace(old, new), "utf-8")

    return make


def place(book: Path, name: str) -> str:
    """The file and line at which the problem of an edit must be reported."""
    file, old, _, at, _ = EDITS[name]
    text, before = (book / file).read_text("utf-8"), (QUAY / file).read_text("utf-8")
    found = text.index(at) if text.count(at) == 1 else text.index(at, before.index(old))
    return f"{file}:{text.count(chr(10), 0, found) + 1}: "


def test_the_book_as_it_is_has_no_problem(quay: App) -> None:
    assert quay.check() == (5, [])


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_reported_once_where_it_was_made(name: str, book: Path, edit: Edit, home: Path) -> None:
    edit(name)
    (problem,) = App(home, book=book).check()[1]
    assert str(problem).startswith(place(book, name))
    for words in EDITS[name][4]:
        assert words in str(problem)


def test_all_edits_are_reported_in_one_run(book: Path, edit: Edit, home: Path) -> None:
    for name in TOGETHER:
        edit(name)
    found = [str(problem) for problem in App(home, book=book).check()[1]]
    for name in TOGETHER:
        assert [True for said in found if all(words in said for words in EDITS[name][4])] == [True], name
    assert len(found) == len(TOGETHER)


def test_the_command_prints_every_problem_and_exits_with_1(
    book: Path, edit: Edit, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit("a quote is deleted")
    edit("a bad formula")
    monkeypatch.setattr("vacatur.app.App.at", lambda _: App(home, book=book))
    ran = CliRunner().invoke(main, ["check"])
    assert ran.exit_code == 1
    assert ran.stdout.splitlines() == [str(problem) for problem in App(home, book=book).check()[1]]
    assert ran.stderr.startswith("2 problem(s)")


def test_a_book_with_a_problem_is_not_taken_into_the_ledger(book: Path, edit: Edit, home: Path) -> None:
    edit("a target is mistyped")
    with pytest.raises(BookError, match="Did you mean quay/alder/2021-01-14-designate") as raised:
        App(home, book=book).ask("alder", "buy")
    assert len(raised.value.problems) == 1
    assert next(App(home, book=QUAY).entries.walk(), None) is None


def test_cases_that_rest_on_a_broken_record_are_not_run(book: Path, edit: Edit, home: Path) -> None:
    edit("a target is mistyped")  # Alder's injunction: its case and the list would fail for that alone
    assert App(home, book=book).check()[0] == 3
