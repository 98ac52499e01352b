"""Charts: complete without a script, exact in their tables, honest when there is nothing to draw."""

import re
from datetime import date
from decimal import Decimal

import pytest
from tests.report.pages import Tag, read

from vacatur.report.charts.bars import Bar, bars, by_age
from vacatur.report.charts.curve import Frame, Mark, Spot, curve, thinned
from vacatur.report.charts.figure import Table
from vacatur.report.charts.plane import Tick, fitting
from vacatur.report.charts.stack import STATES, Part, stack
from vacatur.report.charts.steps import Step, steps
from vacatur.report.glyphs import DEFS

HOSTILE = """</title><script>alert('x')</script>"'&"""
END = date(2022, 4, 30)
SOLD = [Step(date(2021, 3, 20), Decimal("70900000.55")), Step(date(2021, 11, 11), Decimal(61200000), "Hikvision"),
        Step(date(2022, 1, 8), Decimal(5300000), "China Mobile"), Step(date(2022, 3, 9), 0)]  # fmt: skip


def cells(figure: Tag) -> list[list[str]]:
    return [[cell.words for cell in row.children] for row in figure.all("tbody")[0].children]


def made() -> dict[str, str]:
    """One chart of each kind, made of hostile words."""
    line = [Spot(n, n / 10, n / 10 - 1, n / 10 + 1, HOSTILE, n > 2) for n in range(5)]
    marks = [Mark(1, "1", "opens", HOSTILE, "#act-1"), Mark(1.1, "2", "annuls", HOSTILE, "#act-2")]
    frame = Frame(-0.5, 4.5, [Tick(0.1, HOSTILE)], HOSTILE, zero=True)
    table = Table((HOSTILE, "value"), [(HOSTILE, HOSTILE)])
    return {
        "bars": bars(HOSTILE, [Bar(HOSTILE, 2, HOSTILE), Bar("none", 0)], (HOSTILE, HOSTILE), unit=HOSTILE),
        "stack": stack(HOSTILE, [Part(state, HOSTILE, 1) for state in STATES], unit=HOSTILE),
        "steps": steps(HOSTILE, [Step(date(2021, 1, 1), 2, HOSTILE), Step(date(2021, 2, 1), 1)], END, unit=HOSTILE),
        "curve": curve(HOSTILE, HOSTILE, line, frame, beside=line, marks=marks, table=table),
    }


@pytest.mark.parametrize("kind", made())
def test_hostile_words_stay_words_and_the_markup_is_whole(kind: str) -> None:
    source = made()[kind]
    assert "<script" not in source
    assert not re.search(r"\son\w+=|javascript:|<style", source)
    figure = read(source)
    assert figure.all("figcaption")[0].words == HOSTILE
    assert HOSTILE in figure.all("caption")[0].words


@pytest.mark.parametrize("kind", made())
def test_colours_come_from_the_style_sheet_and_patterns_from_the_page(kind: str) -> None:
    source = made()[kind]
    assert not re.search(r"#[0-9a-f]{3,6}\b|fill=|stroke=", source.replace('href="#act', ""))
    for name in re.findall(r"url\(#([\w-]+)\)", source):
        assert f'id="{name}"' in DEFS


@pytest.mark.parametrize("kind", ["stack", "steps", "curve"])
def test_a_picture_has_a_name_a_description_and_a_table(kind: str) -> None:
    figure = read(made()[kind])
    drawing = figure.all("svg", "tl")[0]
    assert [child.name for child in drawing.children[:2]] == ["title", "desc"]
    assert all(child.words for child in drawing.children[:2])
    assert drawing.attributes["role"] == ("group" if kind == "curve" else "img")
    assert figure.all("tbody")


@pytest.mark.parametrize("empty", [
    bars("Hits", [], ("a", "b"), empty="No hits."),
    bars("Ages", by_age([]), ("a", "b"), empty="No hits."),
    stack("Value", [], empty="No hits."), stack("Value", [Part("proh", "barred", 0)], empty="No hits."),
    steps("To sell", [], END, empty="No hits."), steps("To sell", [Step(date(2021, 1, 1), 0)], END, empty="No hits."),
    curve("Prices", "", [], Frame(0, 1, ()), empty="No hits."),
])  # fmt: skip
def test_nothing_to_draw_is_said_and_nothing_is_drawn(empty: str) -> None:
    figure = read(empty)
    assert figure.all("p", "nil")[0].words == "No hits."
    assert not figure.all("svg")


def test_bars_are_a_table_with_exact_numbers_and_lengths_in_proportion() -> None:
    figure = read(bars("Hits by programme", [Bar("SDN", 400), Bar("Entity List", 100), Bar("CCMC", 1), Bar("none", 0)],
                       ("Programme", "Hits")))  # fmt: skip
    assert [row[:2] for row in cells(figure)] == [["SDN", "400"], ["Entity List", "100"], ["CCMC", "1"], ["none", "0"]]
    assert [one.attributes["width"] for one in figure.all("rect")] == ["100.000%", "25.000%", "0.800%"]
    assert [one.words for one in figure.all("th") if one.attributes.get("scope") == "col"] == ["Programme", "Hits"]


def test_ages_are_counted_in_buckets_and_empty_ones_stay() -> None:
    assert [(bar.label, bar.value) for bar in by_age([0, 1, 6, 7, 400, 400])] == [
        ("under a day", 1),
        ("1 to 6 days", 2),
        ("7 to 29 days", 1),
        ("30 to 89 days", 0),
        ("90 days or more", 2),
    ]


def test_a_stack_shows_exact_amounts_with_their_shares_and_nothing_vanishes() -> None:
    parts = [Part("proh", "barred", Decimal("69800000.10")), Part("sched", "soon", Decimal("0.01")),
             Part("disp", "open", 0), Part("perm", "clean", Decimal("99800000.20"))]  # fmt: skip
    figure = read(stack("Value by state", parts, unit="USD"))
    assert [row[1:] for row in cells(figure)] == [
        ["69,800,000.10 USD", "41 %"], ["0.01 USD", "under 1 %"],
        ["0 USD", "0 %"], ["99,800,000.20 USD", "59 %"]]  # fmt: skip
    widths = [float(one.attributes["width"].rstrip("%")) for one in figure.all("rect")]
    assert len(widths) == 3
    assert min(widths) >= 2
    assert sum(widths) == pytest.approx(100, abs=0.01)


def test_states_differ_in_shape_and_texture_not_only_in_colour() -> None:
    figure = read(made()["stack"])
    looks = [next(name for name in one.classes if name != "b") for one in figure.all("g", "b")]
    glyphs = [one.attributes["href"] for one in figure.all("use")]
    assert looks == list(STATES.values())
    assert len(set(looks)) == len(set(glyphs)) == len(STATES)


@pytest.mark.parametrize("wrong", [
    lambda: bars("x", [Bar("a", -1)], ("a", "b")),
    lambda: stack("x", [Part("proh", "a", -1), Part("perm", "b", 2)]),
    lambda: steps("x", [Step(date(2021, 1, 1), -1)], END),
    lambda: steps("x", [Step(date(2021, 1, 2), 2), Step(date(2021, 1, 1), 1)], END),
    lambda: steps("x", [Step(END, 2)], END),
])  # fmt: skip
def test_what_cannot_be_drawn_truly_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match="x"):
        wrong()


def test_steps_hold_every_amount_with_its_day() -> None:
    figure = read(steps("Value still to sell", SOLD, END, unit="USD"))
    assert cells(figure) == [
        ["20 March 2021", "70,900,000.55 USD", ""], ["11 November 2021", "61,200,000 USD", "Hikvision"],
        ["8 January 2022", "5,300,000 USD", "China Mobile"], ["9 March 2022", "0 USD", ""]]  # fmt: skip
    roomy = next(one for one in figure.all("g", "roomy") if "Nov −" in one.words)
    assert "11 Nov −9,700,000.55" in roomy.words


def test_the_stairs_go_down_where_the_amount_falls() -> None:
    figure = read(steps("Value still to sell", SOLD, END))
    edge = next(one for one in figure.all("path", "edge"))
    spots = [(float(x), float(y)) for x, y in (spot.split() for spot in edge.attributes["d"][1:].split("L"))]
    assert [x for x, _ in spots] == sorted(x for x, _ in spots)
    assert spots[0][0] == 0
    assert list(spots[-1]) == [1000, 286]
    assert all(spots[at][1] == spots[at + 1][1] for at in range(0, len(spots), 2)), "every step is level"


def test_steps_after_the_picture_are_still_in_the_table() -> None:
    figure = read(steps("Value still to sell", SOLD, date(2021, 12, 1)))
    assert len(cells(figure)) == 4
    assert figure.all("path", "edge")[0].attributes["d"].count(" ") == 4


def test_points_of_a_curve_are_filled_only_where_their_band_leaves_zero_out() -> None:
    line = [Spot(0, 1, -1, 3, "in"), Spot(1, 2, 1, 3, "out", firm=True)]
    figure = read(curve("CAR", "told", line, Frame(-0.5, 1.5, (), "%", zero=True)))
    assert [(one.all("title")[0].words, "firm" in one.classes) for one in figure.all("circle", "pt")] == [
        ("in", False), ("out", True)]  # fmt: skip
    assert figure.all("path", "band")[0].attributes["d"].endswith("Z")
    assert figure.all("line", "zero")


def test_marks_are_links_with_names_and_near_ones_step_aside() -> None:
    marks = [Mark(0.5, "1", "opens", "Act 1: listed", "#act-1"), Mark(0.5, "2", "annuls", "Act 2: vacated", "#act-2")]
    figure = read(curve("Prices", "told", [Spot(0, 1), Spot(1, 2)], Frame(0, 1, ()), marks=marks))
    assert [(one.attributes["href"], one.attributes["aria-label"]) for one in figure.all("a")] == [
        ("#act-1", "Act 1: listed"), ("#act-2", "Act 2: vacated")]  # fmt: skip
    moved = [re.findall(r"--n:(-?[\d.]+)px", one.attributes["style"]) for one in figure.all("g", "step")]
    assert moved == [["-5.5"], ["5.5"]]
    assert "1–2" in figure.all("g", "narrow")[-1].words


def test_a_flat_line_has_room() -> None:
    figure = read(curve("Prices", "told", [Spot(0, 5), Spot(1, 5)], Frame(0, 1, ())))
    assert "nan" not in figure.all("path", "line")[0].attributes["d"]


def test_a_long_line_loses_points_but_no_spike() -> None:
    line = [Spot(n, 1000.0 if n == 777 else -1000.0 if n == 778 else n % 7) for n in range(20_001)]
    kept = thinned(line)
    assert len(kept) < 1500
    assert kept[0] == line[0]
    assert kept[-1] == line[-1]
    assert [one.at for one in kept] == sorted({one.at for one in kept})
    assert {line[777], line[778]} <= set(kept)
    assert thinned(line[:50]) == line[:50]


def test_words_of_an_axis_keep_apart_and_weighty_ones_stay() -> None:
    crowded = [Tick(n / 40, "Jan 2021" if n == 20 else "Feb", n == 20) for n in range(41)]
    kept = fitting(crowded, 300)
    assert Tick(0.5, "Jan 2021", True) in kept
    assert 3 < len(kept) < 12
    assert fitting(crowded[:3], 3000) == crowded[:3]
