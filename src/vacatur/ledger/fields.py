"""Reading authored YAML field by field, keeping every problem with its file and line.

A problem is a value, not an exception: one run reports them all. Keys are strict, texts are quoted (a bare date would
be turned into something else by YAML), aliases and duplicate keys are refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path

import yaml

MOST_BYTES = 4_000_000
"""Largest authored file that is read; the whole book is far below it."""

MOST_DEPTH = 40
"""Deepest nesting that is read; the book's own records need seven."""
MOST_NODES = 2_000_000
"""Most values that are read from one file, aliases followed."""

_TEXT, _BOOL = "tag:yaml.org,2002:str", "tag:yaml.org,2002:bool"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in the book: where it is, what it is, and how to mend it."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}. {self.fix}."


def read_yaml(path: Path, shown: str, problems: list[Problem]) -> Fields | None:
    """The top mapping of a YAML file as `Fields`; None, with a problem noted, when there is none."""
    try:
        return Fields(shown, _top(_text(path), shown, problems), problems)
    except _Unread as bad:
        problems.append(Problem(shown, *bad.args))
        return None


class _Unread(Exception):
    """A file of which nothing can be read: line, what is wrong, how to mend it."""


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as bad:
        raise _Unread(1, f"not readable: {bad.strerror}", "Check the file and its permissions") from bad
    if len(raw) > MOST_BYTES:
        raise _Unread(1, f"the file is larger than {MOST_BYTES} bytes", "Split it")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as bad:
        line = raw.count(b"\n", 0, bad.start) + 1
        raise _Unread(line, f"byte {bad.start} is not UTF-8", "Save the file as UTF-8") from bad


def _top(text: str, shown: str, problems: list[Problem]) -> yaml.MappingNode:
    try:
        aliases = list(_aliases(text))
        problems += [Problem(shown, line, f"alias *{a}: the book uses none", "Write it out") for line, a in aliases]
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as bad:
        mark, reason = getattr(bad, "problem_mark", None), getattr(bad, "problem", None)
        what = f"not readable as YAML: {reason or str(bad).partition(chr(10))[0]}"
        raise _Unread(mark.line + 1 if mark else 1, what, "Mend the syntax") from bad
    if not isinstance(node, yaml.MappingNode):
        raise _Unread(1, "the file is not a mapping of sections", "Begin with e.g. `acts:`")
    if aliases and _expanded(node, {}) > MOST_NODES:
        raise _Unread(1, "aliases multiply this file beyond reading", "Write the values out")
    return node


def _aliases(text: str) -> Iterator[tuple[int, str]]:
    """Every alias with its line, from the stream of events: deep nesting is met here, before it can exhaust the stack
    of whoever builds the tree.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise _Unread(line, f"nested deeper than {MOST_DEPTH} levels", "Write it flat")
        if isinstance(event, yaml.AliasEvent):
            yield line, event.anchor or ""


def _expanded(node: yaml.Node, known: dict[int, float]) -> float:
    """How many nodes a reader meets when every alias is followed; infinite for a value that contains itself."""
    if id(node) not in known:
        known[id(node)] = inf
        parts = [node for pair in node.value for node in pair] if isinstance(node, yaml.MappingNode) else node.value
        known[id(node)] = 1 if isinstance(node, yaml.ScalarNode) else 1 + sum(_expanded(part, known) for part in parts)
    return known[id(node)]


class Fields:
    """One authored mapping: take its fields by name, then call `done` to learn of keys nobody asked for."""

    def __init__(self, file: str, node: yaml.MappingNode, problems: list[Problem]) -> None:
        self.file, self.line, self._problems = file, node.start_mark.line + 1, problems
        self._values: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in self._values:
                self.problem(f"key {name!r} stands twice", "Keep one of them", line=line)
            self._values[name], self._lines[name] = value, line

    def problem(self, what: str, fix: str, *, key: str | None = None, line: int | None = None) -> None:
        """Notes a problem at a key of this mapping, at a line, or at its beginning."""
        self._problems.append(Problem(self.file, line or self.line_of(key), what, fix))

    def line_of(self, key: str | None) -> int:
        """The line on which a key stands; the mapping's own when the key is absent."""
        return self._lines.get(key or "", self.line)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self._values

    def text(self, key: str, *, needed: bool = True) -> str:
        """A quoted text; empty when absent (a problem if `needed`)."""
        found = self.optional(key)
        if not found and needed and not self._misread(key):
            self.problem(f"{key} is missing", f"Add `{key}:`", key=key)
        return found or ""

    def optional(self, key: str) -> str | None:
        """A text, or None when the key is absent."""
        self._asked.add(key)
        node = self._values.get(key)
        return None if node is None else self._scalar(key, node) or ""

    def choice(self, key: str, among: Collection[str], *, needed: bool = True) -> str:
        """A text that must be one of a fixed vocabulary."""
        found = self.text(key, needed=needed)
        if found and found not in among:
            self.problem(f"{key} {found!r} is not known", f"Use one of: {', '.join(among)}", key=key)
        return found

    def flag(self, key: str, *, absent: bool) -> bool:
        """`true` or `false`; `absent` when the key is not written."""
        self._asked.add(key)
        node = self._values.get(key)
        if node is None:
            return absent
        if node.tag != _BOOL:
            self.problem(f"{key} is not true or false", "Write true or false, unquoted", key=key)
        return str(node.value).lower() == "true"

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when absent."""
        self._asked.add(key)
        return tuple(text for node in self._sequence(key) if (text := self._scalar(key, node)) is not None)

    def items(self, key: str) -> Iterator[Fields]:
        """A list of mappings; empty when absent."""
        self._asked.add(key)
        for node in self._sequence(key):
            if isinstance(node, yaml.MappingNode):
                yield Fields(self.file, node, self._problems)
            else:
                self.problem(
                    f"an entry of {key} is not a mapping", "Write key: value pairs", line=node.start_mark.line + 1
                )

    def inner(self, key: str) -> Fields | None:
        """A mapping, or None when the key is absent."""
        self._asked.add(key)
        node = self._values.get(key)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.problem(f"{key} is not a mapping", "Write key: value pairs below it", key=key)
            return None
        return Fields(self.file, node, self._problems)

    def mappings(self, key: str) -> dict[str, Fields]:
        """A mapping of names of the author's choosing to mappings; empty when absent."""
        inner = self.inner(key)
        found = {name: inner.inner(name) for name in inner._values} if inner is not None else {}
        return {name: fields for name, fields in found.items() if fields is not None}

    def word(self, key: str) -> str:
        """A plain word, whatever YAML takes it for (`true`, `unsettled`)."""
        self._asked.add(key)
        node = self._values.get(key)
        return str(node.value).lower() if isinstance(node, yaml.ScalarNode) else ""

    def done(self) -> None:
        """Notes a problem for every key that nobody asked for."""
        for name in self._values.keys() - self._asked:
            known = ", ".join(sorted(self._asked))
            self.problem(f"unknown key {name!r}", f"Known here: {known}", key=name)

    def _sequence(self, key: str) -> list[yaml.Node]:
        node = self._values.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.problem(f"{key} is not a list", "Write it as a list", key=key)
            return []
        return list(node.value)

    def _misread(self, key: str) -> bool:
        """Whether the key holds something other than a text, which has been noted where it was read."""
        node = self._values.get(key)
        return node is not None and not _is_text(node)

    def _scalar(self, key: str, node: yaml.Node) -> str | None:
        if not _is_text(node):
            self.problem(
                f"{key} is not a text", "Put it in quotes, dates and numbers too", line=node.start_mark.line + 1
            )
            return None
        return str(node.value).strip()


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _TEXT
