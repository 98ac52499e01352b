"""Labels find room: whatever the acts, no words cross and every pole keeps the true date."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vacatur.report.timeline.labels import ROWS, Label, Placed, aside, place, ranges, shared

SHARES = st.integers(0, 400).map(lambda n: n / 400)
WORDS = st.sampled_from(["", "Designated 14 Jan", "E.O. 13959 signed", "Xiaomi sues", "小米集团 listed", "WWWWWWWWWW"])
LABELS = st.lists(st.tuples(SHARES, WORDS, st.integers(0, 3)), max_size=14).map(
    lambda drawn: [Label(x, (str(n),), words, weight) for n, (x, words, weight) in enumerate(sorted(drawn), 1)]
)
PLOTS = st.sampled_from([602.0, 822.0, 962.0])


@given(LABELS, PLOTS, st.none() | SHARES)
def test_no_two_labels_of_a_row_overlap_and_no_pole_crosses_words(
    labels: list[Label], plot: float, cursor: float | None
) -> None:
    placed = place(labels, plot, cursor)
    for at, one in enumerate(placed):
        for other in placed[at + 1 :]:
            apart(one, other, plot)
            apart(other, one, plot)


def apart(one: Placed, other: Placed, plot: float) -> None:
    start, end = one.reach(plot)
    first, last = other.reach(plot)
    if one.row == other.row:
        assert end <= first or last <= start
    if other.row >= one.row:
        assert not start < other.label.x * plot < end, "a pole goes through words"


@given(LABELS, PLOTS)
def test_a_layout_holds_when_the_window_grows(labels: list[Label], plot: float) -> None:
    for at, one in enumerate(placed := place(labels, plot)):
        for other in placed[at + 1 :]:
            apart(one, other, plot * 1.3)
            apart(other, one, plot * 1.3)


@given(LABELS, PLOTS)
def test_every_number_is_kept_and_stays_in_the_plot(labels: list[Label], plot: float) -> None:
    placed = place(labels, plot)
    kept = [number for spot in placed for number in spot.label.numbers]
    assert sorted(kept, key=int) == [label.number for label in labels]
    for spot in placed:
        start, end = spot.reach(plot)
        assert 0 <= start < end <= plot
        assert 0 <= spot.row < ROWS


@given(LABELS, PLOTS)
def test_a_label_that_stands_alone_keeps_its_true_date(labels: list[Label], plot: float) -> None:
    true = {label.numbers: label.x for label in labels}
    assert all(spot.label.x == true[spot.label.numbers] for spot in place(labels, plot) if len(spot.label.numbers) == 1)


def test_words_are_given_up_lightest_effect_first() -> None:
    crowd = [Label(0.5, (str(n),), "Some words of an act", 3 if n == 1 else 0) for n in range(1, 8)]
    placed = place(crowd, 602)
    assert [spot.label.numbers for spot in placed if spot.label.words] == [("1",)] or all(
        spot.label.weight == 3 for spot in placed if spot.label.words
    )


def test_a_label_at_the_right_edge_flies_left() -> None:
    assert [spot.left for spot in place([Label(0.98, ("8",), "E.O. 14032 signed", 2)], 602)] == [True]


@given(st.lists(SHARES, max_size=20), PLOTS)
def test_marks_step_aside_and_keep_their_order(xs: list[float], plot: float) -> None:
    xs = sorted(xs)
    stand = [x * plot + step for x, step in zip(xs, aside(xs, plot), strict=True)]
    assert all(b - a >= 11 - 1e-6 for a, b in pairwise(stand))
    assert all(-1e-6 <= at <= plot + 1e-6 for at in stand)


@given(LABELS)
def test_numbers_of_a_narrow_lane_never_touch(labels: list[Label]) -> None:
    found = shared(labels, 296)
    places = [x * 296 for x, _ in found]
    assert all(b - a >= 4 for a, b in pairwise(places))


def test_numbers_that_follow_each_other_are_written_short() -> None:
    assert ranges(["2", "3", "4", "7"]) == "2–4, 7"
    assert ranges(["a", "b"]) == "a–b"
