"""Time on a line."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vacatur.model.zones import zone
from vacatur.report.timeline.scale import fit

WASHINGTON = zone("America/New_York")
MOMENTS = st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), min_size=1, max_size=6).map(  # noqa: DTZ001
    lambda drawn: [at.replace(tzinfo=UTC) for at in drawn]
)


@given(MOMENTS)
def test_a_scale_shows_every_moment_and_keeps_their_order(moments: list[datetime]) -> None:
    scale = fit(moments, WASHINGTON)
    places = [scale.pct(at) for at in sorted(moments)]
    assert all(scale.holds(at) for at in moments)
    assert places == sorted(places)


@given(MOMENTS)
def test_ticks_are_few_and_lie_inside(moments: list[datetime]) -> None:
    scale = fit(moments, WASHINGTON)
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= 21
    assert all(scale.holds(tick.at) for tick in ticks)


def words(first: datetime, days: int) -> list[str]:
    return [tick.words for tick in fit([first, first + timedelta(days=days)], WASHINGTON).ticks()]


def test_months_under_eighteen_with_the_year_at_its_first_tick() -> None:
    assert words(datetime(2020, 11, 12, tzinfo=UTC), 203) == [
        "Nov 2020", "Dec", "Jan 2021", "Feb", "Mar", "Apr", "May", "Jun"]  # fmt: skip


def test_quarters_under_four_years_then_years() -> None:
    assert words(datetime(2021, 2, 1, tzinfo=UTC), 800)[:3] == ["Jan 2021", "Apr", "Jul"]
    assert words(datetime(2020, 3, 1, tzinfo=UTC), 2000)[:2] == ["2020", "2021"]


def test_days_under_six_weeks() -> None:
    scale = fit([datetime(2021, 3, 10, tzinfo=UTC), datetime(2021, 3, 20, tzinfo=UTC)], WASHINGTON)
    assert [tick.words for tick in scale.ticks()][:2] == ["1 Mar 2021", "8 Mar"]
