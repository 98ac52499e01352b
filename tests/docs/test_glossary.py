"""The glossary is the vocabulary: every word of the code has its line, every line its word in the code."""

import re
from dataclasses import is_dataclass
from types import ModuleType

import pytest
from docs.transcripts import HOUSE

from vacatur.law import answer
from vacatur.model import (
    act,
    casework,
    decision,
    document,
    edition,
    extent,
    kinds,
    listed,
    moment,
    party,
    programme,
    run,
    spans,
    view,
)
from vacatur.model.act import GRADES
from vacatur.model.casework import DISPOSITIONS
from vacatur.model.kinds import ACTIVITIES, KINDS, Layer, Op

STORED = (act, casework, decision, document, edition, listed, party, programme, run)
MACHINERY = (extent, kinds, moment, spans, view)


def records(modules: tuple[ModuleType, ...]) -> set[str]:
    """The public classes that these modules define: records and enumerations."""
    return {
        name
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__ and not name.startswith("_")
    }


WORDS: dict[str, set[str]] = {
    "Records": records(STORED),
    "Machinery": records(MACHINERY),
    "Layers": {layer.value for layer in Layer},
    "Operations": {op.value for op in Op},
    "Kinds of act": set(KINDS),
    "Activities": set(ACTIVITIES),
    "Answers": {answer.PROHIBITED, answer.PERMITTED, answer.DISPUTED, answer.UNKNOWN},
    "Grades": set(GRADES),
    "Dispositions": set(DISPOSITIONS),
}


def sections() -> dict[str, list[str]]:
    """The words of each section, in order."""
    text = (HOUSE / "docs" / "glossary.md").read_text("utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return {
        head.removesuffix(" ●"): re.findall(r"^- \*\*([^*]+)\*\*: \S", body, re.MULTILINE)
        for head, body in zip(parts[::2], parts[1::2], strict=True)
    }


@pytest.mark.parametrize("section", WORDS)
def test_section_and_code_hold_the_same_words(section: str) -> None:
    assert set(sections()[section]) == WORDS[section]


def test_no_word_has_two_lines() -> None:
    assert {head: words for head, words in sections().items() if len(words) != len(set(words))} == {}


def test_marked_sections_are_those_that_are_tested() -> None:
    marked = re.findall(r"^## (.+) ●$", (HOUSE / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)
    assert set(marked) == set(WORDS)


def test_stored_records_are_records() -> None:
    assert all(is_dataclass(getattr(module, name)) for module in STORED for name in records((module,)))
