"""Moments: as precise as the evidence and no more; legal days in the authority's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacatur.model.moment import BEGINNING, FOREVER, end_of_day, read_moment, start_of_day, write_instant
from vacatur.model.zones import zone

NEW_YORK = zone("America/New_York")
ZONES = st.sampled_from(["America/New_York", "Europe/Brussels", "Asia/Shanghai", "UTC", "-05:00"])
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(("text", "earliest", "latest"), [
    ("2021-01-14", at(2021, 1, 14, 5), at(2021, 1, 14, 5)),
    ("2021-07-14", at(2021, 7, 14, 4), at(2021, 7, 14, 4)),
    ("2021-05-25T16:09-04:00", at(2021, 5, 25, 20, 9), at(2021, 5, 25, 20, 9)),
    ("2021-05-25T16:09", at(2021, 5, 25, 20, 9), at(2021, 5, 25, 20, 9)),
    ("2024-02", at(2024, 2, 1, 5), at(2024, 2, 29, 5)),
    ("2023-12", at(2023, 12, 1, 5), at(2023, 12, 31, 5)),
    ("2021-05-25..2021-05-28", at(2021, 5, 25, 4), at(2021, 5, 28, 4)),
    ("2021-05..2021-06-03", at(2021, 5, 1, 4), at(2021, 6, 3, 4)),
])  # fmt: skip
def test_a_moment_spans_what_the_evidence_allows(text: str, earliest: datetime, latest: datetime) -> None:
    moment = read_moment(text, NEW_YORK)
    assert (moment.earliest, moment.latest, moment.text) == (earliest, latest, text)
    assert moment.exact == (earliest == latest)


@pytest.mark.parametrize("text", [
    "", "2021", "2021-13-45", "2021-02-30", "2021-00", "14 January 2021", "2021-01-14T25:00", "2021-05-28..2021-05-25",
    "2021-01-14..", "..", "2021-01-14T09:30+99:00", "２０２１-01-14",
])  # fmt: skip
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_moment(text, NEW_YORK)


@given(DAYS, ZONES)
def test_a_day_ends_where_the_next_begins(day: date, where: str) -> None:
    gap = start_of_day(day + timedelta(days=1), zone(where)) - end_of_day(day, zone(where))
    assert gap == timedelta(microseconds=1)


@given(DAYS, ZONES)
def test_an_instant_that_is_written_is_read_back(day: date, where: str) -> None:
    instant = end_of_day(day, zone(where))
    written = write_instant(instant, zone(where))
    assert written is not None
    assert datetime.fromisoformat(written) == instant
    assert datetime.fromisoformat(written).date() == day


def test_ends_that_are_not_set_are_not_written() -> None:
    assert write_instant(BEGINNING, NEW_YORK) is None
    assert write_instant(FOREVER, NEW_YORK) is None


@pytest.mark.parametrize(
    "name", ["", "Nowhere/City", "../../etc/passwd", "/etc/localtime", "America", "05:00", "EST5EDT6"]
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        zone(name)
