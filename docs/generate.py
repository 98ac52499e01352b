"""Writes every part of the documentation that can be made: the reference, the kinds table, the transcripts.

    python -m docs.generate             # write what has changed
    python -m docs.generate --check     # only say what would change; exit code 1 if anything would

`tests/docs` runs the same and fails on a difference.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docs.reference_cli import cli_page
from docs.reference_python import api_page, errors_page, formulas_page, records_page
from docs.transcripts import HOUSE, rerun

from vacatur.model.kinds import ACTIVITIES, ACTORS, KINDS
from vacatur.screen.files.columns import MAPPABLE
from vacatur.screen.files.headers import SYNONYMS

REFERENCE = {
    "docs/reference/cli.md": cli_page,
    "docs/reference/python.md": api_page,
    "docs/reference/records.md": records_page,
    "docs/reference/formulas.md": formulas_page,
    "docs/reference/errors.md": errors_page,
}
"""Pages made wholly from the code."""


def written_pages() -> Iterator[Path]:
    """Every page written by hand: the README files and the documentation, the reference apart."""
    yield from (HOUSE / "README.md", HOUSE / "examples" / "README.md", HOUSE / "benchmarks" / "README.md")
    for path in sorted((HOUSE / "docs").rglob("*.md")):
        if path.relative_to(HOUSE).as_posix() not in REFERENCE:
            yield path


def kinds_table() -> str:
    """The status algebra as a table, kinds of one operation and note in one row."""
    rows = [
        f"| {', '.join(f'`{kind.name}`' for kind in kinds)} | {op} | {layer} "
        f"| {note}{'; needs `effect`' if by_words else ''} |"
        for (op, layer, note, by_words), kinds in groupby(
            KINDS.values(), key=lambda kind: (kind.op.value, kind.layer.value, kind.note, kind.by_words)
        )
    ]
    return "\n".join(["| kind | operation | layer | what it does |", "|---|---|---|---|", *rows])


def activities_table() -> str:
    """The activities, whom their rules bind by default, and what they mean."""
    rows = [f"| `{name}` | `{actor}` | {meaning} |" for name, (actor, meaning) in ACTIVITIES.items()]
    return "\n".join(["| activity | who is bound, unless named | what it means |", "|---|---|---|", *rows])


def actors_table() -> str:
    """The actors."""
    return "\n".join(["| actor | who that is |", "|---|---|", *(f"| `{a}` | {says} |" for a, says in ACTORS.items())])


def columns_table() -> str:
    """The columns of a subject's file, and what else their headers may be."""
    rows = [f"| `{name}` | {says} | {', '.join(SYNONYMS[name])} |" for name, says in _COLUMNS.items()]
    return "\n".join(["| column | what it says | also known by |", "|---|---|---|", *rows])


_COLUMNS = {
    "key": "your own number for the subject", "name": "its name", "first_name": "a part of its name",
    "middle_name": "a part of its name", "last_name": "a part of its name", "aliases": "its other names ●",
    "kind": "what it is", "birth_date": "its day of birth", "gender": "its gender",
    "country": "where it belongs or lives ●", "address": "its address ●", "mic": "the market of its ticker",
    "isin": "security ●", "ticker": "security ●", "lei": "legal entity ●", "figi": "security ●", "cusip": "security ●",
    "imo": "ship ●", "bic": "bank ●", "cik": "filer with the SEC ●", "uscc": "Chinese organisation ●",
    "reg": "registration ●", "passport": "passport ●", "tax": "tax number ●", "wallet": "wallet ●",
}  # fmt: skip
assert set(_COLUMNS) == set(MAPPABLE)

TABLES = {"columns": columns_table, "kinds": kinds_table, "activities": activities_table, "actors": actors_table}
"""Tables that pages written by hand hold between `<!-- name -->` and `<!-- /name -->`."""


def filled(page: str) -> str:
    """A page with its tables and transcripts as they come out now."""
    for name, table in TABLES.items():
        made = f"<!-- {name} -->\n{table()}\n<!-- /{name} -->"
        page = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, made=made: made, page, flags=re.DOTALL)  # type: ignore[misc]
    return rerun(page)


def made() -> Iterator[tuple[Path, str]]:
    """Every page with the text that it should hold."""
    for name, page in REFERENCE.items():
        yield HOUSE / name, page()
    for path in written_pages():
        yield path, filled(path.read_text("utf-8"))


def main() -> int:
    """Writes, or with `--check` compares."""
    parser = argparse.ArgumentParser(description="Writes the parts of the documentation that can be made.")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    check = parser.parse_args().check
    changed = [(path, text) for path, text in made() if not path.exists() or path.read_text("utf-8") != text]
    for path, text in changed:
        sys.stdout.write(f"{path.relative_to(HOUSE)}\n")
        if not check:
            path.write_text(text, "utf-8")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
