"""Reference pages that say nothing which the code does not say: signatures and docstrings, as they stand."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

MADE = "<!-- Made by docs/generate.py from the code: change it there. -->\n"

API = {
    "vacatur": ("open",),
    "vacatur.app": ("App", "Reply", "Asked"),
    "vacatur.law.answer": ("Answer", "Row", "Held"),
    "vacatur.screen.subject": ("Subject",),
    "vacatur.screen.part": ("Screened",),
    "vacatur.screen.results": ("Results",),
    "vacatur.screen.alerts": ("Alert",),
    "vacatur.screen.difference": ("Difference", "Side", "ActBetween"),
    "vacatur.wiring.rescreening": ("Again",),
    "vacatur.wiring.watching": ("Tended",),
    "vacatur.screen.portfolio.assess": ("Portfolio",),
    "vacatur.screen.portfolio.holding": ("Holding", "Law"),
    "vacatur.screen.portfolio.course": ("Course", "Turn", "OutBy"),
    "vacatur.screen.portfolio.position": ("Position",),
    "vacatur.ledger.roster": ("Entry", "Change"),
    "vacatur.ledger.chain": ("Head",),
}
RECORDS = {
    "vacatur.model.party": ("Party", "Name", "Identifier", "Security", "Particular", "Link"),
    "vacatur.model.edition": ("Edition", "EditionFile"),
    "vacatur.model.listed": ("Listed",),
    "vacatur.model.document": ("Document",),
    "vacatur.model.act": ("Act", "Quote", "Scope"),
    "vacatur.model.programme": ("Programme", "Rule", "Carveout", "Dispute", "Reading"),
    "vacatur.model.run": ("Run", "Part"),
    "vacatur.model.decision": ("Decision",),
    "vacatur.model.casework": ("Disposition", "Attachment", "GoodGuy", "Watch", "Setting"),
    "vacatur.model.view": ("View",),
    "vacatur.model.moment": ("Moment",),
    "vacatur.model.spans": ("Spans",),
    "vacatur.model.extent": ("Extent",),
    "vacatur.model.kinds": ("Kind", "Op", "Layer"),
}


def api_page() -> str:
    """The Python API."""
    head = "# Python API\n\nWhat a program may rely on. Everything else may change between versions.\n"
    return MADE + head + "".join(_sections(API))


def records_page() -> str:
    """The records of the model."""
    head = (
        "# Records\n\nThe model's frozen records, by module. Fields have no defaults on purpose: "
        "what is unknown is written as unknown.\n"
    )
    return MADE + head + "".join(_sections(RECORDS))


def errors_page() -> str:
    """The tree of errors, and what each means."""
    module = importlib.import_module("vacatur.errors")
    kinds = [value for value in vars(module).values() if inspect.isclass(value) and value.__module__ == module.__name__]
    head = f"# Errors\n\n{_text(module)}\n\n## Each of them\n"
    tail = (
        "\n## Exit codes\n\n| code | meaning |\n|---|---|\n| 0 | done |\n"
        "| 1 | `check` found problems in the book, or `verify` found the chain or a proof broken |\n"
        "| 2 | the call, a file or the data directory must be mended; the message says how |\n"
        "| 3 | what `--fail-on` names was found, or, with `--fail-on-change`, anything is different |\n"
    )
    return MADE + head + "".join(f"\n### {kind.__name__}\n\n{_text(kind)}\n" for kind in kinds) + tail


def formulas_page() -> str:
    """The grammar of formulas, with worked examples."""
    from vacatur.law import formula
    from vacatur.model.moment import read_moment, write_instant
    from vacatur.model.zones import zone

    where = zone("America/New_York")
    listed = read_moment("2021-01-14", where)
    examples = (
        "listed", "listed + 60d", "listed + 60d @ 09:30 America/New_York", "listed + 60d @ 09:30 -05:00",
        "listed + 365d @ 23:59 -05:00", "listed + 5bd", "listed + 1m", "2021-11-11 @ 23:59 -05:00",
        "min(listed + 60d, 2021-02-01)", "max(listed + 60d, 2021-02-01)", "max(listed + 60d, lifted)",
    )  # fmt: skip
    rows = []
    for text in examples:
        moment = formula.moment_of(text, lambda name: listed if name == "listed" else None, where)
        rows.append(
            f"| `{text}` | {'has not happened' if moment is None else write_instant(moment.earliest, where)} |\n"
        )
    head = f"# Formulas\n\n{_text(formula)}\n\n"
    table = (
        "## Worked\n\nFor a listing of 2021-01-14 that was never suspended, counted in New York:\n\n"
        "| formula | moment |\n|---|---|\n"
    )
    return MADE + head + table + "".join(rows)


def _sections(modules: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for name, members in modules.items():
        module = importlib.import_module(name)
        yield f"\n## `{name}`\n\n{_text(module)}\n"
        for member in members:
            value = getattr(module, member)
            yield f"\n### {member}\n\n{_signature(value, member)}{_text(value)}\n"
            if inspect.isclass(value):
                yield from (_fields(value), *_methods(value))


def _fields(value: type[Any]) -> str:
    types = {name: str(value.__annotations__[name]) for name in getattr(value, "__struct_fields__", ())}
    if not types and not is_dataclass(value):
        return ""
    types = types or {field.name: str(field.type) for field in fields(value)}
    rows = "".join(f"| `{name}` | `{told.replace('|', chr(92) + '|')}` |\n" for name, told in types.items())
    assert (
        not is_dataclass(value) or value.__name__ == "Kind" or all(field.default is MISSING for field in fields(value))
    ), value
    return f"\n| field | type |\n|---|---|\n{rows}"


def _methods(value: type[Any]) -> Iterator[str]:
    rooms = [kind for kind in value.__mro__ if kind.__module__.startswith("vacatur.")]
    for name, member in ((name, member) for kind in rooms for name, member in vars(kind).items()):
        plain = member.__func__ if isinstance(member, staticmethod) else member
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"\n#### {value.__name__}.{name}\n\n{_text(member)}\n"
        elif inspect.isfunction(plain):
            yield f"\n#### {value.__name__}.{name}\n\n{_signature(plain, name)}{_text(plain)}\n"


def _signature(value: object, name: str) -> str:
    if inspect.isclass(value) or not callable(value):
        return ""
    return f"```python\n{name}{_stripped(value)}\n```\n\n"


def _stripped(value: Callable[..., Any]) -> str:
    """The signature without quotes around its types; a function that is a default stands by its name."""
    said = re.sub(r"<function \S*<lambda> at 0x[0-9a-f]+>", "…", str(inspect.signature(value)))
    said = re.sub(r"<function (\S+) at 0x[0-9a-f]+>", r"\1", said)
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", said)


def _text(value: object) -> str:
    """A docstring as Markdown: sections in bold, literal blocks fenced, single back-quotes as they are."""
    said = inspect.getdoc(value) or ""
    said = re.sub(r"^(Args|Raises|Returns|Yields):$", r"**\1**\n", said, flags=re.MULTILINE)
    said = re.sub(r"(?m)^    (\w[\w, ]*): ", r"- `\1`: ", said)
    said = re.sub(r"(?m)^ {8}(?=\S)", "  ", said) if "**\n" in said else said
    said = re.sub(r"::\n", ":\n", said)
    return _fenced(said)


def _fenced(said: str) -> str:
    out: list[str] = []
    inside = False
    for line in said.splitlines():
        literal = line.startswith("    ") and bool(line.strip())
        if literal and not inside and (not out or not out[-1].strip()):
            out.append("```text")
            inside = True
        elif inside and line.strip() and not literal:
            out.insert(len(out) - (not out[-1].strip()), "```")
            inside = False
        out.append(line[4:] if inside and literal else line)
    return "\n".join([*out, "```"] if inside else out)
