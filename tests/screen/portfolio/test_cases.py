"""The case file: seven positions on the days on which the law turned, as a lawyer wrote them down."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from docs.transcripts import HOUSE

from vacatur.app import App
from vacatur.model.moment import write_instant
from vacatur.model.zones import zone
from vacatur.screen.portfolio.course import Turn, holders
from vacatur.screen.portfolio.holding import Holding
from vacatur.screen.portfolio.states import ACTIVITIES

FILE = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))
CLOCKS = ("as_of", "on", "law_at", "known_at")
TURNS = ("since", "surely_since", "until", "surely_until")


@pytest.fixture(scope="module")
def app(shipped_home: Path) -> App:
    return App(shipped_home)


@pytest.fixture(scope="module")
def days(app: App) -> Mapping[str, Mapping[str, Holding]]:
    """By the title of a day, its holdings by the names of the case file."""
    return {day["title"]: dict(holdings(app, day)) for day in FILE["days"]}


def holdings(app: App, day: Mapping[str, Any]) -> Iterator[tuple[str, Holding]]:
    clocks: dict[str, Any] = {clock: day[clock] for clock in CLOCKS if clock in day}
    found = app.portfolio(HOUSE / "examples" / FILE["portfolio"], **clocks)
    by_key = {holding.position.key: holding for holding in found.holdings}
    return ((name, by_key[key]) for name, key in FILE["positions"].items())


def rows() -> Iterator[Any]:
    for day in FILE["days"]:
        for name, expected in day["expect"].items():
            yield pytest.param(day["title"], name, expected, id=f"{day.get('as_of') or 'on ' + day['on']}: {name}")


@pytest.mark.parametrize(("day", "name", "expected"), list(rows()))
def test_position(day: str, name: str, expected: Mapping[str, Any], days: Mapping[str, Any], app: App) -> None:
    holding: Holding = days[day][name]
    law = holding.law
    wanted = {key: said for key, said in expected.items() if not key.endswith(("because", "read_by"))}
    assert told(holding) == {**dict.fromkeys(ACTIVITIES, "permitted"), **wanted}
    assert set(expected.get("because", ())) <= set(law.because)
    assert set(expected.get("out_because", ())) <= set(law.out_by.because if law.out_by is not None else ())
    sides = expected.get("read_by", {})
    assert sides.keys() == {activity for activity, answer in law.answers.items() if answer == "disputed"}
    for activity, acts in sides.items():
        held = law.courses[activity].readings
        assert acts.items() <= {(one.answer, act) for one in held for act in holders(app.records().corpus, one)}


def test_every_day_answers_for_every_position() -> None:
    assert [day["title"] for day in FILE["days"] if day["expect"].keys() != FILE["positions"].keys()] == []
    days = {day["as_of"] for day in FILE["days"] if "as_of" in day}
    assert len(days) >= 7
    assert (min(days), max(days)) == ("2020-12-01", "2022-06-04")


def test_every_position_that_is_not_clean_names_its_acts() -> None:
    silent = [
        f"{day['title']}: {name}"
        for day in FILE["days"]
        for name, said in day["expect"].items()
        if said["is"] != "clean" and (not said.get("because") or ("out_by" in said) != ("out_because" in said))
    ]
    assert silent == []


def told(holding: Holding) -> dict[str, Any]:
    """A holding in the words of the case file."""
    law = holding.law
    said: dict[str, Any] = {"is": holding.state, **law.answers}
    for activity in ACTIVITIES:
        for turn in TURNS:
            if (at := instant(getattr(law.courses[activity], turn))) is not None:
                said[f"{activity}_{turn}"] = at
    if law.out_by is not None:
        surely = {"surely": instant(law.out_by.surely)} if law.out_by.surely is not None else {}
        said["out_by"] = {"at": instant(law.out_by.at), **surely, "for": law.out_by.compels}
    return said


def instant(turn: Turn | None) -> str | None:
    """As people write it: to the minute, with the offset of the authority's zone on that day."""
    if turn is None:
        return None
    text = write_instant(turn.at, zone(turn.zone))
    assert text is not None
    return text[:16] + text[-6:]
