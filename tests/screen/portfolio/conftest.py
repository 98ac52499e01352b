"""An invented law with every turn that a position can meet, and portfolios that are held under it."""

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import NOW, QUAY

from vacatur.app import App
from vacatur.match.checkdigits import valid_isin
from vacatur.model.view import View
from vacatur.screen.portfolio.assess import Portfolio, Terms, assess
from vacatur.screen.portfolio.position import Position, position
from vacatur.screen.portfolio.reading import Taken

ZONE = "America/New_York"


def isin(stem: str) -> str:
    """The ISIN that begins with these eleven signs."""
    return next(code for digit in range(10) if valid_isin(code := f"{stem}{digit}"))


DOGWOOD, OAK, ASH = isin("KYQUAY00002"), isin("KYQUAY00003"), isin("KYQUAY00004")

RULES: list[dict[str, Any]] = [
    {"id": "quay#sell", "activity": "sell", "reach": "named", "starts": "listed + 200d",
     "fact": "From the 200th day sales are forbidden."},
    {"id": "quay#hold", "activity": "hold", "reach": "named", "starts": "listed + 300d", "groups": ["hard"],
     "fact": "From the 300th day the securities of some companies may not be held."},
    {"id": "quay#buy-owned", "activity": "buy", "reach": "half", "starts": "listed + 90d",
     "fact": "What a restricted company owns by half is restricted too."},
    {"id": "quay#buy-doubted", "activity": "buy", "reach": "named", "starts": "listed + 20d", "groups": ["hard"],
     "reading": "quay/early#early", "fact": "On one reading the ban begins on the 20th day."},
]  # fmt: skip
"""What the Quay Authority's order says of positions."""


def quay_book(folder: Path) -> Path:
    """The small book with those rules, a subsidiary, a second record of one company, and securities for all."""
    book = Path(shutil.copytree(QUAY, folder))
    programme = book / "programmes" / "quay.yaml"
    law = yaml.safe_load(programme.read_text("utf-8"))
    shared = {"authority": "Quay Order 1", "actor": "us-person", "object": "securities",
              "since": "quay/2020-11-12-order", "document": "quay-order-1"}  # fmt: skip
    law["rules"] += [{**shared, **rule} for rule in RULES]
    law["disputes"] = [
        {"id": "quay/early", "question": "When does the ban on hard companies begin?", "readings": [
            {"id": "early", "says": "on the 20th day", "acts": ["quay/2020-11-12-order"]},
            {"id": "late", "says": "on the 60th day", "acts": ["quay/2020-11-12-order"]}]}]  # fmt: skip
    programme.write_text(yaml.safe_dump(law, allow_unicode=True), "utf-8")
    acts = book / "acts" / "quay.yaml"
    told = yaml.safe_load(acts.read_text("utf-8"))
    for act in told["acts"]:
        if act["id"] == "quay/elm/2021-03-01-designate":
            act["groups"] = ["hard"]
    acts.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    trees = book / "parties" / "trees.yaml"
    parties = yaml.safe_load(trees.read_text("utf-8"))
    by_id = {one["id"]: one for one in parties["parties"]}
    by_id["dogwood"]["securities"] = [{"isin": DOGWOOD}]
    by_id["elm"]["links"] = [{"kind": "same-as", "to": "ash"}]
    parties["parties"] += [
        {"id": "oak", "kind": "organisation", "source": "register",
         "names": [{"text": "Oak Optics", "kind": "primary"}], "securities": [{"isin": OAK}],
         "links": [{"kind": "owned-by", "to": "dogwood", "share": "60"}]},
        {"id": "ash", "kind": "organisation", "source": "another list",
         "names": [{"text": "Elm Energy Ltd", "kind": "primary"}], "securities": [{"isin": ASH}],
         "links": [{"kind": "same-as", "to": "elm"}]},
    ]  # fmt: skip
    trees.write_text(yaml.safe_dump(parties, allow_unicode=True), "utf-8")
    return book


@pytest.fixture(scope="session")
def quay_folio(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The app over that book; tests only ask of it."""
    folder = tmp_path_factory.mktemp("folio")
    return App(folder / "home", lambda: NOW, quay_book(folder / "book"))


Assess = Callable[..., Portfolio]


@pytest.fixture(scope="session")
def assessed(quay_folio: App) -> Assess:
    """Assesses positions at an instant, or at three; by default as of that instant."""
    records = quay_folio.records()
    index = quay_folio.resolver(records).index

    def one(positions: Iterable[Position], on: datetime, law_at: datetime | None = None, *, actor: str | None = None,
            horizon: int = 400, threshold: float = 0.7) -> Portfolio:  # fmt: skip
        view = View(on, law_at or on, law_at or on)
        taken = Taken("made.csv", "", tuple(positions), ())
        return assess(records, index, Terms(view, ZONE, actor, horizon, threshold), taken)

    return one


def held(row: int, value: str = "100", currency: str = "USD", **cells: Any) -> Position:
    """A position of a row."""
    amounts = {"value": value, "currency": currency if value else ""}
    made = position({**amounts, **cells}, row=row)
    assert made.value is None or made.value == Decimal(value)
    return made
