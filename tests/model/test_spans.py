"""Spans are sets of instants: every operation agrees with a slow one, point by point."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vacatur.model.extent import Extent
from vacatur.model.moment import BEGINNING, FOREVER
from vacatur.model.spans import ALWAYS, NEVER, Spans

START = datetime(2021, 1, 1, tzinfo=UTC)
HOURS = [START + timedelta(hours=n) for n in range(12)]
EDGES = st.sampled_from([BEGINNING, *HOURS, FOREVER])
SPANS = st.lists(st.tuples(EDGES, EDGES), max_size=5).map(Spans.of)
POINTS = [BEGINNING, *(hour + timedelta(minutes=m) for hour in HOURS for m in (0, 30))]
EXTENTS = st.tuples(SPANS, SPANS).map(lambda pair: Extent(pair[0] & pair[1], pair[1]))


def points(spans: Spans) -> set[datetime]:
    return {point for point in POINTS if any(start <= point < end for start, end in spans)}


@given(SPANS, SPANS)
def test_the_algebra_is_that_of_sets(one: Spans, other: Spans) -> None:
    assert points(one | other) == points(one) | points(other)
    assert points(one & other) == points(one) & points(other)
    assert points(one - other) == points(one) - points(other)
    assert points(~one) == set(POINTS) - points(one)
    assert all((point in one) == (point in points(one)) for point in POINTS)


@given(SPANS)
def test_spans_are_kept_sorted_disjoint_and_merged(spans: Spans) -> None:
    edges = [edge for pair in spans for edge in pair]
    assert edges == sorted(set(edges))
    assert Spans.of(spans) == spans


@given(SPANS, SPANS)
def test_equal_sets_are_equal(one: Spans, other: Spans) -> None:
    assert (one == other) == (points(one) == points(other))
    assert (one | other) == (other | one)
    assert (one - other) == (one & ~other)
    assert ~~one == one
    assert (one | ALWAYS, one & NEVER) == (ALWAYS, NEVER)


@given(EXTENTS, EXTENTS)
def test_doubt_never_disappears_by_arithmetic(one: Extent, other: Extent) -> None:
    for found in (one | other, one & other, one - other, one.doubted()):
        assert not found.sure - found.maybe
    for point in POINTS:
        here, there = one.at(point), other.at(point)
        assert (one | other).at(point) == (True if True in (here, there) else None if None in (here, there) else False)
        assert (one & other).at(point) == (False if False in (here, there) else None if None in (here, there) else True)
