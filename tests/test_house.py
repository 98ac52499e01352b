"""The house rules that a machine can see; what ruff, mypy and import-linter see already is left to them."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "src" / "vacatur"
MODULES = {
    path.relative_to(HOUSE).as_posix(): path.read_text("utf-8")
    for folder in ("src", "tests", "rust", "benchmarks", "examples")
    for path in sorted((HOUSE / folder).rglob("*.py"))
    if "target" not in path.parts
}
LOCKS = [*sorted((HOUSE / "requirements").glob("*.txt")), HOUSE / "rust" / "crates.lock"]

CLOCKS = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|datetime\.today|time\.time)\b")
PIN = re.compile(r"^([a-z0-9-]+==\S+)", re.MULTILINE)


def test_no_module_is_longer_than_500_lines() -> None:
    assert [name for name, source in MODULES.items() if source.count("\n") > 500] == []


def test_no_module_is_a_room_without_a_name() -> None:
    nameless = {"utils", "util", "helpers", "common", "misc"}
    assert [name for name in MODULES if nameless & set(Path(name).with_suffix("").parts)] == []


def test_only_the_app_reads_the_clock() -> None:
    shipped = {name: source for name, source in MODULES.items() if name.startswith("src/")}
    assert [name for name, source in shipped.items() if CLOCKS.search(source)] in ([], ["src/vacatur/app.py"])


def test_the_law_needs_nothing_but_the_standard_library() -> None:
    foreign = [
        f"{name} imports {module}"
        for name, source in MODULES.items()
        if name.startswith(("src/vacatur/model/", "src/vacatur/law/"))
        for module in imports(ast.parse(source))
        if module not in sys.stdlib_module_names | {"vacatur"}
    ]
    assert foreign == []


def test_everything_public_says_what_it_is() -> None:
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name, source in MODULES.items()
        if name.startswith("src/")
        for node in public(ast.parse(source))
        if ast.get_docstring(node) is None
    ]
    assert silent == []


def test_locks_hold_hashes_and_no_address() -> None:
    for lock in LOCKS:
        text = lock.read_text("utf-8")
        assert "://" not in text, lock
        assert "sha256:" in text or "checksum = " in text, lock


def test_what_runs_is_what_was_tested() -> None:
    runtime, dev = (
        set(PIN.findall((HOUSE / "requirements" / f"{name}.txt").read_text("utf-8"))) for name in ("runtime", "dev")
    )
    assert runtime < dev


def test_every_dependency_says_why_it_is_there() -> None:
    python = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    rust = tomllib.loads((HOUSE / "rust" / "Cargo.toml").read_text("utf-8"))
    asked = [*python["project"]["dependencies"], *python["dependency-groups"]["dev"]]
    names = (
        {re.split(r"[<>=\[ ]", line)[0] for line in asked}
        | rust["dependencies"].keys()
        | rust["dev-dependencies"].keys()
    )
    table = (HOUSE / "docs" / "dependencies.md").read_text("utf-8")
    explained = re.findall(r"^\| ([a-z0-9_-]+)\b", table, re.MULTILINE)
    assert names == set(explained) - {"package", "crate"}


def imports(tree: ast.Module) -> Iterator[str]:
    """The top-level packages that a module imports from outside its own package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module).partition(".")[0]


def public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The functions and classes of a module that have no leading underscore, with the methods of those classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)
