"""The sources that vacatur knows, by id; the code that reads one is loaded when that one is asked for."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterator, MutableMapping
from importlib import import_module

from vacatur.errors import WordUnknown
from vacatur.intake.source import Source

MODULES = {
    "us-ofac-sdn": "us_ofac",
    "us-ofac-cons": "us_ofac",
    "us-csl": "us_csl",
    "us-bis-dpl": "us_bis_dpl",
    "un-sc": "un_sc",
    "eu-fsf": "eu_fsf",
    "uk-sanctions": "uk_sanctions",
    "uk-ofsi": "uk_ofsi",
    "ca-sema": "ca_sema",
    "ftm": "ftm",
}
"""Every source and its module in `sources`; a new list is one more module there and one more line here."""


class Sources(UserDict[str, Source]):
    """Sources by id, each loaded on first use: who asks for a roster need not wait for ten lists' readers."""

    def __missing__(self, name: str) -> Source:
        module = import_module(f"vacatur.intake.sources.{MODULES[name]}")
        self.data.update({source.id: source for source in getattr(module, "SOURCES", ()) or (module.SOURCE,)})
        return self.data[name]

    def __contains__(self, name: object) -> bool:
        return name in MODULES or name in self.data

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*MODULES, *self.data]))

    def __len__(self) -> int:
        return len(list(iter(self)))


SOURCES: MutableMapping[str, Source] = Sources()
"""Every source."""


def source_of(name: str) -> Source:
    """The source called `name`; raises `WordUnknown` with those that are known."""
    if name not in SOURCES:
        raise WordUnknown("source", name, tuple(SOURCES))
    return SOURCES[name]
