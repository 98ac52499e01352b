"""A stub written by hand drifts from its module; this one cannot."""

import ast
import inspect
from pathlib import Path

import pytest

from vacatur import _core

STUB = ast.parse((Path(__file__).resolve().parent.parent / "src" / "vacatur" / "_core.pyi").read_text("utf-8"))
FUNCTIONS = {node.name: node for node in STUB.body if isinstance(node, ast.FunctionDef)}
CLASSES = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef)}


def test_the_stub_names_what_the_module_has() -> None:
    public = {name for name in vars(_core) if not name.startswith("_")}
    assert public == FUNCTIONS.keys() | CLASSES.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_stub_takes_what_the_function_takes(name: str) -> None:
    parameters = inspect.signature(getattr(_core, name)).parameters.values()
    arguments = FUNCTIONS[name].args
    stubbed = {
        inspect.Parameter.POSITIONAL_ONLY: arguments.posonlyargs,
        inspect.Parameter.POSITIONAL_OR_KEYWORD: arguments.args,
        inspect.Parameter.KEYWORD_ONLY: arguments.kwonlyargs,
    }
    assert [(p.kind, p.name) for p in parameters] == [(kind, a.arg) for kind, args in stubbed.items() for a in args]


@pytest.mark.parametrize("name", sorted(FUNCTIONS | CLASSES))
def test_the_stub_documents_every_name(name: str) -> None:
    assert ast.get_docstring((FUNCTIONS | CLASSES)[name])
