"""Results as a table: a row for each hit, one for each clean subject, in the order of the subjects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from vacatur.screen.part import SCREENED, Part, Query
from vacatur.screen.subject import COLUMNS

if TYPE_CHECKING:
    import pyarrow as pa

ALWAYS = ("name", "isin", "ticker", "lei", "country")
"""What a table says of its subjects, even if none of them does."""

FOUND = ("party", "party_name", "score", "evidence", *SCREENED, "next_change", "next_answer", "because", "muted",
         "decision")  # fmt: skip
"""What it says of a hit: the answers for each activity, the next change, and the acts that carry them."""

BETWEEN = "; "
"""What stands between several values of a cell."""


def columns_of(known: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table whose subjects know these, in the order in which they stand."""
    wanted = {*ALWAYS, *known}
    return tuple(column for column in COLUMNS if column in wanted)


def table_of(part: Part, columns: Sequence[str], run: str) -> pa.Table:
    """A part as an Arrow table: `row`, the subjects' columns, and what was found.

    Clean rows have no party, nothing forbidden and their decision's id. `score` is a number, all else is text.
    """
    import pyarrow as pa

    hits = dict(part.hits)
    order: list[int] = []
    found: list[dict[str, Any] | None] = []
    for place in range(len(part.rows)):
        those = hits.get(place, _CLEAN)
        order += [place] * len(those)
        found += those
    subjects = {column: pa.array(_cells(part.subjects, column), pa.string()) for column in columns}
    taken = pa.table({"row": pa.array(part.rows, pa.int64()), **subjects}).take(pa.array(order, pa.int64()))
    of_hits = {name: pa.array(values, pa.string()) for name, values in _texts(part, found).items()}
    of_hits["score"] = pa.array([None if hit is None else hit["score"] for hit in found], pa.float64())
    of_hits["decision"] = pa.array([f"{run}.{part.rows[place]}" if run else "" for place in order], pa.string())
    for name in FOUND:
        taken = taken.append_column(name, of_hits[name])
    return taken


_CLEAN: list[Any] = [None]


def _texts(part: Part, found: list[dict[str, Any] | None]) -> dict[str, list[str]]:
    law = {party: _law_cells(said) for party, said in part.law.items()}
    names = ("party", "name", "evidence")
    texts = {name: ["" if hit is None else hit[name] for hit in found] for name in names}
    texts["party_name"] = texts.pop("name")
    texts["muted"] = ["" if hit is None else hit.get("muted", "") for hit in found]
    for name in (*SCREENED, "next_change", "next_answer", "because"):
        clean = "permitted" if name in SCREENED else ""
        texts[name] = [clean if hit is None else law[hit["party"]][name] for hit in found]
    return texts


def _law_cells(said: dict[str, Any]) -> dict[str, str]:
    change = said["next_change"] or {"at": "", "activity": "", "answer": ""}
    return {
        **said["answers"],
        "next_change": change["at"],
        "next_answer": f"{change['activity']} {change['answer']}".strip(),
        "because": " ".join(said["because"]),
    }


def _cells(queries: list[Query], column: str) -> list[str]:
    values = [query.get(column, "") for query in queries]
    return [value if isinstance(value, str) else BETWEEN.join(value) for value in values]


def cell(query: Query, column: str) -> str:
    """A subject's cell, several values in one."""
    value = query.get(column, "")
    return value if isinstance(value, str) else BETWEEN.join(value)
