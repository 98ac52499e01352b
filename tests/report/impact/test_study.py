"""Event studies on invented markets: what is found, on which day, and what is refused."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.report.impact.days import invented

from vacatur.errors import AskError
from vacatur.report.impact.events import Event
from vacatur.report.impact.market import market
from vacatur.report.impact.study import Study, Window, study

JUMP = date(2021, 3, 12)


def on(*days: date) -> list[Event]:
    return [Event(f"act-{n}", f"Act {n}", day, day) for n, day in enumerate(days)]


def without(series: dict[date, Decimal], days: Iterable[date]) -> dict[date, Decimal]:
    gone = set(days)
    return {day: close for day, close in series.items() if day not in gone}


def the_why(made: Study) -> str:
    (refused,) = made.refused
    return refused.why


@pytest.mark.parametrize("size", [0.08, -0.08])
def test_a_jump_is_found_with_its_size_and_the_band_covers_it(size: float) -> None:
    (one,) = study(*invented(jumps={JUMP: size}), on(JUMP)).reactions
    assert one.day == JUMP
    assert one.on_day.firm
    assert one.on_day.low < size < one.on_day.high
    assert one.on_day.value == pytest.approx(size, abs=0.03)
    assert one.both is not None
    assert one.both.low < size < one.both.high
    assert one.whole.low < size < one.whole.high
    assert one.model.beta == pytest.approx(1.2, abs=0.25)


def test_without_a_jump_little_is_found() -> None:
    made = [study(*invented(150, seed=seed), on(date(2020, 5, 20)), window=(-2, 2), estimation=(-100, -3))
            for seed in range(100)]  # fmt: skip
    inside = sum(not one.on_day.firm for trial in made for one in trial.reactions)
    assert 88 <= inside <= 99


def test_days_are_counted_from_the_event_and_summed_from_the_first() -> None:
    (one,) = study(*invented(), on(JUMP), window=(-3, 2)).reactions
    assert [day.offset for day in one.days] == [-3, -2, -1, 0, 1, 2]
    assert one.days[3].day == JUMP
    running = 0.0
    for day in one.days:
        running += day.abnormal.value
        assert day.cumulative.value == pytest.approx(running)
        assert day.abnormal.value == pytest.approx(day.actual - one.model.alpha - one.model.beta * day.benchmark)
    assert one.model.days == 240
    assert one.both is not None
    assert one.both.value == pytest.approx(one.days[3].abnormal.value + one.days[4].abnormal.value)


def test_a_window_that_ends_on_the_day_has_no_sum_with_the_next() -> None:
    (one,) = study(*invented(), on(JUMP), window=(-3, 0)).reactions
    assert one.both is None
    assert one.whole == one.days[-1].cumulative


def test_an_act_of_a_weekend_belongs_to_monday() -> None:
    saturday = JUMP + timedelta(days=1)
    (one,) = study(*invented(), on(saturday)).reactions
    assert (one.day, one.waited) == (date(2021, 3, 15), 2)


def test_acts_of_one_trading_day_are_one_event() -> None:
    made = study(*invented(), on(JUMP + timedelta(days=1), JUMP + timedelta(days=3), JUMP))
    assert [[event.key for event in one.events] for one in made.reactions] == [["act-2"], ["act-0", "act-1"]]


def test_windows_that_share_days_and_acts_beneath_a_model_are_flagged() -> None:
    first, near, far = JUMP, JUMP + timedelta(days=14), JUMP + timedelta(days=70)
    made = study(*invented(), on(first, near, far))
    flags = [([e.key for e in one.overlapping], [e.key for e in one.beneath]) for one in made.reactions]
    assert flags == [(["act-1"], []), (["act-0"], []), ([], ["act-0", "act-1"])]


def test_an_act_of_which_only_a_range_is_known_is_refused_and_still_blurs_others() -> None:
    vague = Event("vague", "Vague", JUMP - timedelta(days=2), JUMP + timedelta(days=9))
    made = study(*invented(), [*on(JUMP), vague])
    assert the_why(made) == "it became public between 10 Mar 2021 and 21 Mar 2021: no one trading day is known"
    assert [e.key for e in made.reactions[0].overlapping] == ["vague"]


def test_a_range_within_one_weekend_names_one_trading_day() -> None:
    weekend = Event("weekend", "Weekend", JUMP + timedelta(days=1), JUMP + timedelta(days=3))
    (one,) = study(*invented(), [weekend]).reactions
    assert one.day == date(2021, 3, 15)


BEGINS = "where the estimation window needs 250: the common days begin on 2 Dec 2019"
ENDS = "the common days end on 1 Oct 2021"


@pytest.mark.parametrize(("day", "why"), [
    (date(2020, 3, 2), f"64 returns before 2 Mar 2020 {BEGINS}"),
    (date(2018, 1, 1), f"0 returns before 2 Dec 2019 {BEGINS}"),
    (date(2021, 9, 24), f"5 trading days after 24 Sep 2021 where the window needs 10: {ENDS}"),
    (date(2021, 10, 2), f"no trading day on or after 2 Oct 2021: {ENDS}"),
])  # fmt: skip
def test_events_without_enough_days_are_refused_with_the_reason_and_others_still_studied(day: date, why: str) -> None:
    made = study(*invented(), on(JUMP, day))
    assert the_why(made) == why
    assert made.refused[0].event.key == "act-1"
    assert [one.day for one in made.reactions] == [JUMP]


def test_the_first_and_last_event_that_have_just_enough_days() -> None:
    prices, benchmark = invented()
    days = sorted(prices)
    assert len(study(prices, benchmark, on(days[251], days[-11])).reactions) == 2
    assert len(study(prices, benchmark, on(days[250], days[-10])).refused) == 2


def test_files_without_a_common_day_refuse_every_event() -> None:
    prices, _ = invented()
    _, benchmark = invented(begin=date(2011, 1, 3))
    assert the_why(study(prices, benchmark, on(JUMP))) == "the two files have no day in common"


def test_a_market_that_stands_still_is_refused_with_its_days() -> None:
    prices, benchmark = invented()
    made = study(prices, dict.fromkeys(benchmark, Decimal(100)), on(JUMP))
    assert the_why(made).startswith("no market model from 27 Mar 2020 to 25 Feb 2021: the benchmark does not move")


def test_only_common_days_count_and_what_is_dropped_is_said() -> None:
    prices, benchmark = invented(jumps={JUMP: 0.08})
    days = sorted(prices)
    made = study(without(prices, days[300:303]), without(benchmark, [days[200]]), on(JUMP))
    assert made.market.dropped == (1, 3)
    assert len(made.market.days) == len(days) - 4
    assert made.reactions[0].on_day.low < 0.08 < made.reactions[0].on_day.high


def test_a_return_over_a_missing_day_covers_both() -> None:
    one, two, three = date(2021, 3, 1), date(2021, 3, 2), date(2021, 3, 3)
    found = market({one: Decimal(100), two: Decimal(110), three: Decimal(121)}, {one: Decimal(10), three: Decimal(5)})
    assert found.days == (one, three)
    assert found.returns[1] == pytest.approx(0.21)
    assert len(found.returns) == 2
    assert found.benchmark[1:] == (-0.5,)
    assert found.dropped == (1, 0)


def test_days_outside_the_common_stretch_are_not_counted_as_dropped() -> None:
    prices, benchmark = invented()
    days = sorted(prices)
    assert market(without(prices, days[:9]), without(benchmark, days[-9:])).dropped == (0, 0)


def test_a_trading_halt_is_told() -> None:
    prices, benchmark = invented()
    halted = [day for day in prices if JUMP <= day < JUMP + timedelta(days=20)]
    (one,) = study(without(prices, halted), benchmark, on(JUMP)).reactions
    assert (one.day, one.waited) == (date(2021, 4, 1), 20)
    assert one.gap == (date(2021, 3, 11), date(2021, 4, 1))


@pytest.mark.parametrize(("window", "estimation", "why"), [
    ((1, 5), (-250, -11), "does not hold day 0"), ((-5, -1), (-250, -11), "does not hold day 0"),
    ((5, -5), (-250, -11), "does not hold day 0"), ((-125, 125), (-500, -126), "more than 250 days"),
    ((-10, 10), (-250, -10), "does not end before"), ((-10, 10), (-11, -250), "does not end before"),
    ((-10, 10), (-39, -11), "fewer than 30 days"), ((-10, 10), (-2001, -11), "more than 2000 days"),
])  # fmt: skip
def test_windows_that_make_no_sense_are_not_guessed_at(window: Window, estimation: Window, why: str) -> None:
    with pytest.raises(AskError, match=why):
        study(*invented(), on(JUMP), window=window, estimation=estimation)


def test_no_events_is_no_error() -> None:
    made = study(*invented(), [])
    assert (made.reactions, made.refused) == ((), ())


def test_the_order_of_events_and_of_rows_changes_nothing() -> None:
    prices, benchmark = invented()
    events = on(JUMP, date(2021, 5, 25), date(2021, 3, 22))
    turned = study(dict(reversed(prices.items())), benchmark, events[::-1])
    assert [(one.day, one.whole) for one in turned.reactions] == [
        (one.day, one.whole) for one in study(prices, benchmark, events).reactions]  # fmt: skip
