"""A small book written for these tests, and ways to look at the pages made from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from vacatur.law.clocks import view_of, zone_of
from vacatur.law.corpus import Corpus
from vacatur.ledger.load import Loaded, load
from vacatur.model.kinds import ACTIVITIES
from vacatur.model.view import View
from vacatur.report.dossier import Dossier, compile_dossier
from vacatur.report.html import VOID
from vacatur.report.party import party_page

NOW = datetime(2026, 11, 22, 20, 12, 33, tzinfo=UTC)
SNAPSHOT = "9f3c71e04b2da886"
XIAOMI = "us-ccmc/xiaomi/2021-01-14-designate"
"""Where the questions of these tests begin."""


@cache
def book() -> Loaded:
    """The book beside this module; it has no problems."""
    loaded = load(Path(__file__).parent / "book")
    assert loaded.problems == []
    return loaded


def corpus() -> Corpus:
    """Its records."""
    return Corpus(book().programmes, book().acts, book().parties)


def view(party: str, clocks: Mapping[str, str]) -> View:
    """A view from typed dates; today's without any."""
    where = zone_of(corpus(), (party,), None)[1]
    return view_of(NOW, where, as_of=clocks.get("as_of"), on=clocks.get("on"), law_at=clocks.get("law_at"),
                   known_at=clocks.get("known_at"))  # fmt: skip


def dossier(party: str, **clocks: str) -> Dossier:
    """What a page about buying is made of."""
    return dossier_of(corpus(), party, clocks)


def dossier_of(law: Corpus, party: str, clocks: Mapping[str, str]) -> Dossier:
    """The same for another law."""
    name, _ = zone_of(law, (party,), None)
    return compile_dossier(law, view(party, clocks), party, ("buy", "us-person"), NOW, name)


def page(party: str, **clocks: str) -> str:
    """A whole page about buying."""
    return page_of(corpus(), party, "buy", clocks)


def page_of(law: Corpus, party: str, activity: str, clocks: Mapping[str, str]) -> str:
    """A whole page on another law, or about another activity."""
    name, _ = zone_of(law, (party,), None)
    return party_page(law, view(party, clocks), party, activity, ACTIVITIES[activity][0], snapshot=SNAPSHOT,
                      documents=book().documents, basis=1234, now=NOW, zone_name=name)  # fmt: skip


@dataclass
class Tag:
    """An element with its attributes, children and text."""

    name: str
    attributes: dict[str, str]
    pieces: list["Tag | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Tag"]:
        """The elements directly below it."""
        return [piece for piece in self.pieces if isinstance(piece, Tag)]

    def __iter__(self) -> Iterator["Tag"]:
        yield self
        for child in self.children:
            yield from child

    def all(self, name: str, class_: str = "") -> list["Tag"]:
        """Every element of this name, and class where one is given."""
        return [tag for tag in self if tag.name == name and (not class_ or class_ in tag.classes)]

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    @property
    def words(self) -> str:
        """Its text and that of all below it."""
        return " ".join(" ".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for piece in self.pieces:
            if isinstance(piece, Tag):
                yield from piece._texts()
            else:
                yield piece


class _Reader(HTMLParser):
    """Reads a document strictly: what is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice: {names}"
        new = Tag(tag, {name: value or "" for name, value in attrs})
        self.open[-1].pieces.append(new)
        if tag not in VOID:
            self.open.append(new)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].pieces.append(data)


def read(document: str) -> Tag:
    """The document as elements; fails where it is not well-formed."""
    reader = _Reader()
    reader.feed(document)
    reader.close()
    assert [tag.name for tag in reader.open] == [""], "something was never closed"
    return reader.root


Clocks = dict[str, str]
PAGES: list[tuple[str, Clocks]] = [
         ("xiaomi", {"as_of": "2021-03-20"}), ("xiaomi", {}), ("smic", {"as_of": "2026-09-01"}),
         ("mobile-ltd", {"as_of": "2021-01-20"}), ("quiet", {"as_of": "2021-01-20"}),
         ("hostile", {"as_of": "2021-02-01"}), ("xiaomi", {"as_of": "2019-01-01"}),
         ("xiaomi", {"on": "2021-03-20", "law_at": "2021-03-11", "known_at": "2021-03-11"}),
         ("smic", {"on": "2030-01-01"})]  # fmt: skip
"""One question for each kind of page."""
