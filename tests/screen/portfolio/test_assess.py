"""What a portfolio comes to: turns, totals and the calendar, and the laws that they keep."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.screen.portfolio.conftest import ASH, DOGWOOD, OAK, Assess, held

from vacatur.errors import AskError
from vacatur.model.moment import write_instant
from vacatur.model.zones import zone
from vacatur.screen.portfolio.assess import Portfolio
from vacatur.screen.portfolio.coming import horizon_days
from vacatur.screen.portfolio.course import Turn
from vacatur.screen.portfolio.position import Position
from vacatur.screen.portfolio.totals import still_to_sell

SECURITIES = (
    {"isin": "KYQUAY000016"}, {"isin": DOGWOOD}, {"isin": OAK}, {"isin": ASH}, {"ticker": "CDR", "mic": "XNAS"},
    {"name": "Fir Foundry"}, {"name": "Birch Telecom"}, {"name": "Dogwood Dronez"}, {"name": "Maple Mills"},
    {"name": "Nobody At All"},
)  # fmt: skip
VALUES = st.decimals(0, Decimal("1e12"), allow_nan=False, places=2)
ROWS = st.lists(st.tuples(st.sampled_from(SECURITIES), VALUES, st.sampled_from(["USD", "CHF", ""])), max_size=8)
FIRST = datetime(2020, 12, 1, tzinfo=UTC)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))


def positions(rows: list[tuple[dict[str, str], Decimal, str]]) -> list[Position]:
    return [held(place, f"{value:f}" if currency else "", currency, **cells)
            for place, (cells, value, currency) in enumerate(rows, start=1)]  # fmt: skip


def local(turn: Turn | None) -> str | None:
    return None if turn is None else (write_instant(turn.at, zone(turn.zone)) or "")[:16]


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=UTC)


def test_a_hard_listing_from_its_first_day_to_its_last(assessed: Assess) -> None:
    """Elm, listed 1 March 2021: buying is disputed from day 20 and forbidden from day 60, selling from day 200, holding
    from day 300."""
    (elm,) = assessed([held(1, name="Elm Energy")], day("2021-03-05")).holdings
    buy, sell, hold = (elm.law.courses[of] for of in ("buy", "sell", "hold"))
    assert elm.state == "soon"
    assert (local(buy.until), local(buy.surely_until)) == ("2021-03-21T00:00", "2021-04-30T09:30")
    assert [(local(turn), turn.answer) for turn in buy.turns] == [
        ("2021-03-21T00:00", "disputed"), ("2021-04-30T09:30", "prohibited")]  # fmt: skip
    assert {held.answer for held in buy.turns[0].readings} == {"permitted", "prohibited"}
    assert (local(sell.until), local(hold.until)) == ("2021-09-17T00:00", "2021-12-26T00:00")
    assert elm.law.out_by is not None
    assert (local(elm.law.out_by.at), elm.law.out_by.compels) == ("2021-09-17T00:00", "hold")
    states = {when: assessed([held(1, name="Elm Energy")], day(when)).holdings[0].state
              for when in ("2021-02-01", "2021-03-25", "2021-05-01", "2021-10-01", "2022-01-01")}  # fmt: skip
    assert list(states.values()) == ["clean", "disputed", "barred", "locked", "unlawful"]


def test_where_holding_stays_lawful_the_last_sale_is_the_day_and_says_so(assessed: Assess) -> None:
    (dogwood,) = assessed([held(1, isin=DOGWOOD)], day("2021-06-01")).holdings
    assert dogwood.law.out_by is not None
    assert (local(dogwood.law.out_by.at), dogwood.law.out_by.compels) == ("2021-09-17T00:00", "sell")
    assert "quay/dogwood/2021-03-01-designate" in dogwood.law.out_by.because
    (later,) = assessed([held(1, isin=DOGWOOD)], day("2021-10-01")).holdings
    assert (later.state, later.law.out_by) == ("locked", None)


def test_a_suspended_listing_and_a_vacated_one(assessed: Assess) -> None:
    alder = [held(1, isin="KYQUAY000016")]
    states = [assessed(alder, day(when)).holdings[0].state for when in ("2021-03-01", "2021-03-20", "2021-06-01")]
    assert states == ["soon", "suspended", "unlisted"]


def test_the_actor_is_who_is_asked_about(assessed: Assess) -> None:
    (other,) = assessed([held(1, isin=DOGWOOD)], day("2021-06-01"), actor="eu-person").holdings
    assert (other.state, other.law.answers["buy"]) == ("listed", "permitted")


def test_the_calendar_says_on_which_day_how_far_away_and_whose(assessed: Assess) -> None:
    found = assessed([held(1, isin=DOGWOOD), held(2, name="Elm Energy"), held(3, name="Nobody")], day("2021-04-16"),
                     horizon=90).calendar  # fmt: skip
    assert [(str(one.day), one.days, one.positions) for one in found] == [("2021-04-30", 14, (1, 2))]
    assert [(change.activity, change.answer) for change in found[0].changes] == [("buy", "prohibited")]


@pytest.mark.parametrize(("text", "days"), [("90d", 90), ("2w", 14), ("1M", 31), ("1y", 366)])
def test_a_horizon_is_days_weeks_months_or_years(text: str, days: int) -> None:
    assert horizon_days(text) == days


@pytest.mark.parametrize("text", ["", "90", "-1d", "0d", "99999y", "ten days", "1e3d", "١d"])
def test_a_horizon_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(AskError, match="is not a horizon"):
        horizon_days(text)


def test_what_is_still_to_be_sold_falls_to_nothing(assessed: Assess) -> None:
    mine = [held(1, "10.25", isin=DOGWOOD), held(2, "5", name="Elm Energy"), held(3, "7", "CHF", isin=DOGWOOD)]
    found = assessed([*mine, held(4, "1", name="Nobody")], day("2021-06-01"))
    due = still_to_sell(found.holdings, "USD")
    assert [one.left for one in due] == [Decimal("15.25")]
    assert [one.left for one in still_to_sell(found.holdings, "CHF")] == [Decimal(7)]
    assert still_to_sell(found.holdings, "JPY") == []


@given(rows=ROWS, on=DAYS)
@settings(max_examples=60)
def test_totals_add_up_to_the_file(
    rows: list[tuple[dict[str, str], Decimal, str]], on: datetime, assessed: Assess
) -> None:
    found = assessed(positions(rows), on)
    for code in ("USD", "CHF"):
        whole = sum((value for _, value, currency in rows if currency == code), Decimal(0))
        assert sum((one.value for one in found.totals if one.currency == code), Decimal(0)) == whole
    assert sum(one.positions for one in found.totals) == len(rows)
    assert all(0 <= one.by_name <= one.value for one in found.totals)


@given(rows=ROWS, on=DAYS, draw=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rows_changes_nothing_but_the_order(
    rows: list[tuple[dict[str, str], Decimal, str]], on: datetime, draw: st.DrawFn, assessed: Assess
) -> None:
    made = positions(rows)
    mixed = list(made)
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = assessed(made, on), assessed(mixed, on)
    assert (one.totals, one.calendar) == (other.totals, other.calendar)
    assert {h.position.row: (h.state, h.law.answers, h.law.because) for h in one.holdings} == {
        h.position.row: (h.state, h.law.answers, h.law.because) for h in other.holdings
    }


def answers(found: Portfolio) -> dict[int, dict[str, str]]:
    return {one.position.row: one.law.answers for one in found.holdings}


@given(rows=ROWS, on=DAYS)
@settings(max_examples=60)
def test_past_a_date_of_the_calendar_exactly_the_positions_named_have_changed(
    rows: list[tuple[dict[str, str], Decimal, str]], on: datetime, assessed: Assess
) -> None:
    made = positions(rows)
    found = assessed(made, on)
    instants = sorted({change.at for one in found.calendar for change in one.changes})
    before = answers(found)
    for at in instants:
        just_before, then = answers(assessed(made, at - timedelta(microseconds=1), on)), answers(assessed(made, at, on))
        assert just_before == before, "nothing changed that the calendar does not name"
        named = {(row, change.activity): change.answer for one in found.calendar for change in one.changes
                 if change.at == at for row in change.positions}  # fmt: skip
        changed = {
            (row, of): said for row, those in then.items() for of, said in those.items() if said != before[row][of]
        }
        assert changed == named
        before = then


@given(rows=ROWS, on=DAYS)
@settings(max_examples=40)
def test_what_is_told_hangs_together(
    rows: list[tuple[dict[str, str], Decimal, str]], on: datetime, assessed: Assess
) -> None:
    for one in assessed(positions(rows), on).holdings:
        for course in one.law.courses.values():
            assert (course.answer == "permitted") == (course.since is None)
            assert (course.answer == "prohibited") == (course.surely_since is not None)
            assert all(turn.at > on and turn.because for turn in course.turns if turn.answer != "permitted")
            assert course.until is None or course.answer == "permitted"
            assert [turn.at for turn in course.turns] == sorted({turn.at for turn in course.turns})
        out = one.law.out_by
        assert out is None or (out.at.at > on and (out.surely is None or out.at.at <= out.surely.at))
        assert one.state != "clean" or Counter(one.law.answers.values()) == {"permitted": 3}
