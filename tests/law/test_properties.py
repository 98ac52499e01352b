"""What holds for any law whatever: the algebra of time, and what a later act may not change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from vacatur.law.answer import Answer, ask
from vacatur.law.corpus import Corpus
from vacatur.law.formula import Choice, Formula, Term, evaluate, moment_of, parse
from vacatur.ledger.check import corpus_of
from vacatur.ledger.load import load
from vacatur.model.act import Act, Scope
from vacatur.model.extent import NOWHERE, Extent, agreed, union
from vacatur.model.moment import BEGINNING, FOREVER, Moment, read_moment
from vacatur.model.spans import ALWAYS, NEVER, Spans
from vacatur.model.view import View
from vacatur.model.zones import zone

RURITANIA = corpus_of(load(Path(__file__).parent / "book"))
PRAGUE, NEW_YORK = zone("Europe/Prague"), zone("America/New_York")
LISTING = "rur-list/zenda/2011-01-10-designate"
FIRST = datetime(2011, 1, 10, tzinfo=UTC)


def days(count: int) -> datetime:
    return FIRST + timedelta(days=count)


POINTS = [BEGINNING, *(days(n) for n in range(10)), FOREVER]
PROBES = [BEGINNING, *(days(n) for n in range(10))]

edges = st.sampled_from(POINTS)
spans = st.lists(st.tuples(edges, edges), max_size=5).map(Spans.of)
extents = st.tuples(spans, spans).map(lambda pair: Extent(pair[0] & pair[1], pair[0] | pair[1]))


def pointwise(found: Spans, wanted: Callable[[datetime], bool]) -> bool:
    return all((probe in found) == wanted(probe) for probe in PROBES)


@given(spans, spans)
def test_spans_are_sets_of_instants(a: Spans, b: Spans) -> None:
    assert pointwise(a | b, lambda x: x in a or x in b)
    assert pointwise(a & b, lambda x: x in a and x in b)
    assert pointwise(a - b, lambda x: x in a and x not in b)
    assert pointwise(~a, lambda x: x not in a)


@given(spans, spans, spans)
def test_spans_obey_the_laws_of_sets(a: Spans, b: Spans, c: Spans) -> None:
    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert (a & b) & c == a & (b & c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a - (b | c) == (a - b) & (a - c)
    assert a - b == a & ~b
    assert ~~a == a
    assert (a | ~a, a & ~a) == (ALWAYS, NEVER)
    assert (a | NEVER, a & ALWAYS, a - NEVER) == (a, a, a)


@given(spans)
def test_spans_have_one_form(a: Spans) -> None:
    assert all(start < end for start, end in a)
    assert all(end < start for (_, end), (start, _) in pairwise(a))
    assert Spans.of(reversed(a.intervals)) == a


@given(extents, extents, spans)
def test_doubt_never_disappears_by_arithmetic(a: Extent, b: Extent, c: Spans) -> None:
    results = [
        a | b,
        a & b,
        a - b,
        a.doubted(),
        union([a, b]),
        agreed([a, b]),
        Extent.certain(c),
        a - Extent.certain(c),
    ]
    for result in results:
        assert result.sure - result.maybe == NEVER


@given(extents, extents)
def test_extents_are_three_valued_at_each_instant(a: Extent, b: Extent) -> None:
    for probe in PROBES:
        x, y = a.at(probe), b.at(probe)
        assert (a | b).at(probe) is either(x, y)
        assert (a & b).at(probe) is both(x, y)
        assert (a - b).at(probe) is both(x, None if y is None else not y)
        assert agreed([a, b]).at(probe) is (x if x is y else None)


def either(x: bool | None, y: bool | None) -> bool | None:
    return True if x or y else None if x is None or y is None else False


def both(x: bool | None, y: bool | None) -> bool | None:
    return False if x is False or y is False else None if x is None or y is None else True


@given(extents)
def test_the_pieces_of_an_extent_are_the_extent(a: Extent) -> None:
    assert Spans.of((start, end) for start, end, certain in a.pieces() if certain) == a.sure
    assert Spans.of((start, end) for start, end, _ in a.pieces()) == a.maybe
    assert a | NOWHERE == a


# Formulas ------------------------------------------------------------------------------------------------------------


def nothing(name: str) -> Moment | None:
    return None


def listed(day: str) -> Callable[[str], Moment | None]:
    return lambda name: read_moment(day, NEW_YORK) if name == "listed" else None


def test_golden_the_sixtieth_day_after_the_listing_of_xiaomi() -> None:
    found = moment_of("listed + 60d @ 09:30 America/New_York", listed("2021-01-14"), NEW_YORK)
    assert found is not None
    assert found.exact
    assert found.earliest == datetime.fromisoformat("2021-03-15T09:30-04:00")


def test_golden_the_same_day_by_the_letter_of_the_order() -> None:
    found = moment_of("listed + 60d @ 09:30 -05:00", listed("2021-01-14"), NEW_YORK)
    assert found is not None
    assert found.earliest == datetime.fromisoformat("2021-03-15T10:30-04:00")


def test_golden_the_days_of_the_tiktok_orders() -> None:
    for day, formula, wanted in (
        ("2020-08-06", "listed + 45d", "2020-09-20T00:00-04:00"),
        ("2020-08-14", "listed + 90d", "2020-11-12T00:00-05:00"),
        ("2024-04-24", "listed + 270d", "2025-01-19T00:00-05:00"),
    ):
        found = moment_of(formula, listed(day), NEW_YORK)
        assert found is not None
        assert found.earliest == datetime.fromisoformat(wanted)


terms = st.builds(
    lambda day, sign, count, unit, clock: f"{day} {sign} {count}{unit}{clock}",
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.sampled_from("+-"),
    st.integers(0, 400),
    st.sampled_from(["d", "bd", "m", "y"]).filter(lambda unit: unit != "y"),
    st.sampled_from(["", " @ 09:30 America/New_York", " @ 23:59 -05:00"]),
)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 4000))
def test_days_are_legal_days_whatever_the_clocks_do(day: date, count: int) -> None:
    found = moment_of(f"{day} + {count}d", nothing, NEW_YORK)
    assert found is not None
    local = found.earliest.astimezone(NEW_YORK)
    assert (local.date(), local.hour, local.minute) == (day + timedelta(days=count), 0, 0)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(1, 200))
def test_business_days_end_on_no_saturday_or_sunday(day: date, count: int) -> None:
    for sign in "+-":
        found = moment_of(f"{day} {sign} {count}bd", nothing, NEW_YORK)
        assert found is not None
        assert found.earliest.astimezone(NEW_YORK).weekday() < 5


@given(terms, terms)
def test_the_earliest_and_the_latest_of_two_are_those_two(a: str, b: str) -> None:
    first, second = (moment_of(term, nothing, PRAGUE) for term in (a, b))
    assert first is not None
    assert second is not None
    for pick, wanted in (("min", min), ("max", max)):
        found = moment_of(f"{pick}({a}, {b})", nothing, PRAGUE)
        turned = moment_of(f"{pick}({b}, {a})", nothing, PRAGUE)
        assert found is not None
        assert turned is not None
        assert found.earliest == turned.earliest == wanted(first.earliest, second.earliest)


@given(terms)
def test_max_waits_for_what_has_not_happened_and_min_does_not(term: str) -> None:
    assert moment_of(f"max({term}, rur-list/x/2011-01-01-dismiss)", nothing, PRAGUE) is None
    assert moment_of(f"min({term}, rur-list/x/2011-01-01-dismiss)", nothing, PRAGUE) == moment_of(term, nothing, PRAGUE)
    assert moment_of("rur-list/x/2011-01-01-dismiss + 3d", nothing, PRAGUE) is None


@given(st.recursive(terms, lambda inner: st.builds("max({}, {})".format, inner, inner), max_leaves=5))
def test_spaces_mean_nothing_and_choices_nest(text: str) -> None:
    formula: Formula = parse(text)
    wide = text.replace(",", " , ").replace("(", "( ").replace(")", " )")
    assert parse(f"  {wide}  ") == formula
    assert isinstance(formula, Choice) is text.startswith("max(")
    assert evaluate(formula, nothing, PRAGUE) is not None


@given(st.text(max_size=30))
def test_what_is_no_formula_is_refused_and_never_run(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(parse(text), Term | Choice)


# Law -----------------------------------------------------------------------------------------------------------------


def moment(first: int, length: int) -> Moment:
    return Moment(days(first), days(first + length), f"day {first}")


KINDS = {
    "enjoin": None, "stay": None, "suspend": None, "lift": None, "delist": None, "revoke": None, "maintain": None,
    "extend": None, "license": None, "exempt": None, "display": None, "guidance": None, "forbear": None,
    "dismiss": None, "vacate": "ex-tunc", "annul": "ex-nunc", "reverse": "unknown",
}  # fmt: skip
TARGETS = [LISTING, "rur-list#buy", "rur-list", "rur-list/2010-12-01-enact"]
MODEL = RURITANIA.acts["rur-list/zenda/2011-02-01-enjoin"]
DISMISSED = "rur-list/zenda/2011-02-09-dismiss"
GIVEN = {
    **{name: RURITANIA.acts[name] for name in ("rur-list/2010-12-01-enact", LISTING)},
    DISMISSED: replace(MODEL, id=DISMISSED, kind="dismiss", issued=moment(30, 0), published=moment(31, 0)),
}
WHOLE = Scope(activities=(), actors=(), rules=(), parties=(), excluded=(), condition="on condition", whole=False)
SCOPES = [None, WHOLE, replace(WHOLE, activities=("buy",), whole=True), replace(WHOLE, parties=("zenda",), whole=True),
          replace(WHOLE, activities=("sell",)), replace(WHOLE, excluded=("zenda",))]  # fmt: skip


@st.composite
def one_act(draw: st.DrawFn, number: int, targets: list[str]) -> Act:
    kind = draw(st.sampled_from(sorted(KINDS)))
    first, length, late = draw(st.integers(0, 60)), draw(st.sampled_from([0, 0, 0, 3])), draw(st.integers(0, 10))
    issued = moment(first, length)
    return replace(
        MODEL,
        id=f"rur-list/zenda/act-{number}",
        kind=kind,
        effect=KINDS[kind],
        target=draw(st.sampled_from(targets)),
        issued=issued,
        published=moment(first + late, length),
        effective=draw(st.sampled_from([None, None, "issued + 5d", f"max(issued + 2d, {DISMISSED})"])),
        until=draw(st.sampled_from([None, None, "issued + 20d", "2011-02-20"])),
        starts=draw(st.sampled_from([None, "2011-02-25"])) if kind == "extend" else None,
        disputed=draw(st.sampled_from([None, None, None, "contested"])),
        scope=draw(st.sampled_from(SCOPES)),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    """Acts on the listing of Zenda, on its rules, and on one another; none on a later one."""
    acts: list[Act] = []
    for number in range(draw(st.integers(0, 6))):
        acts.append(draw(one_act(number, [*TARGETS, *(act.id for act in acts)])))
    assume(sum(act.disputed is not None or act.effect == "unknown" for act in acts) <= 4)
    return acts


def corpus(acts: list[Act]) -> Corpus:
    return Corpus(RURITANIA.programmes, {**GIVEN, **{act.id: act for act in acts}}, RURITANIA.parties)


def buying(acts: list[Act], view: View) -> Answer:
    return ask(corpus(acts), view, "zenda", "buy", "anyone")


clocks = st.integers(0, 90).map(lambda day: days(day) + timedelta(hours=23))
views = st.builds(View, clocks, clocks, clocks)
shuffled = histories().flatmap(lambda acts: st.tuples(st.just(acts), st.permutations(acts)))


@given(shuffled, views)
def test_the_order_of_loading_changes_nothing(both_ways: tuple[list[Act], list[Act]], view: View) -> None:
    acts, turned = both_ways
    assert buying(acts, view) == buying(turned, view)


@given(histories(), views)
def test_an_act_issued_after_law_at_changes_no_answer(acts: list[Act], view: View) -> None:
    earlier = keep(acts, lambda act: act.issued.earliest <= view.law_at)
    assert buying(acts, view) == buying(earlier, view)


@given(histories(), views)
def test_an_act_published_after_known_at_changes_no_answer(acts: list[Act], view: View) -> None:
    earlier = keep(acts, lambda act: act.published.latest <= view.known_at)
    assert buying(acts, view) == buying(earlier, view)


def keep(acts: list[Act], wanted: Callable[[Act], bool]) -> list[Act]:
    return [act for act in acts if wanted(act)]


@given(histories(), views)
def test_what_is_sure_may_also_be_and_the_verdict_is_that_of_the_day(acts: list[Act], view: View) -> None:
    for row in buying(acts, view).rows:
        for extent in (row.prohibited, row.running, row.suspension, row.listing):
            assert extent.sure - extent.maybe == NEVER
        assert (row.prohibited - row.running).sure == NEVER
        assert row.answer == {True: "prohibited", False: "permitted", None: "disputed"}[row.prohibited.at(view.on)]


@given(histories(), views)
def test_the_conduct_of_another_day_is_asked_of_the_same_law(acts: list[Act], view: View) -> None:
    here = buying(acts, view)
    if here.next_change is not None:
        at, said = here.next_change
        assert buying(acts, replace(view, on=at)).answer == said
        assert buying(acts, replace(view, on=at - timedelta(microseconds=1))).answer == here.answer


@given(histories(), views)
def test_acts_of_procedure_change_nothing(acts: list[Act], view: View) -> None:
    silent = [replace(act, kind="sue", effect=None, disputed=None) for act in acts]
    assert buying(silent, view).answer == buying([], view).answer


def test_days_counted_from_a_beginning_that_nobody_knows_are_not_known_either() -> None:
    found = moment_of("listed + 60d @ 09:30 America/New_York", lambda _: Moment(BEGINNING, FIRST, ""), NEW_YORK)
    assert found is not None
    assert found.earliest == BEGINNING
    assert found.latest == datetime.fromisoformat("2011-03-10T09:30-05:00")
