"""Options that several commands share, and how errors leave the program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from vacatur.errors import BookError, ProofBroken, Tampered, VacaturError

F = TypeVar("F", bound=Callable[..., Any])


def clocks(command: F) -> F:
    """The three clocks: one preset, or any of them alone."""
    for name, metavar, help_text in reversed([
        ("--as-of", "D", "The law then in force, as then known: sets all three clocks."),
        ("--on", "D", "The moment of the conduct; under today's law and knowledge unless set."),
        ("--law-at", "D", "The legal order as it stood then."),
        ("--known-at", "D", "What the public could know then."),
    ]):  # fmt: skip
        command = click.option(name, metavar=metavar, help=help_text)(command)
    return command


def output(*formats: str) -> Callable[[F], F]:
    """`--format`, the first being the default."""
    choice = click.Choice(formats)
    return click.option("--format", "form", type=choice, default=formats[0], show_default=True, help="How to print it.")


basis = click.option("--basis", type=click.IntRange(min=1), metavar="N", help="Answer from the ledger as of entry N.")


def told(command: F) -> F:
    """Turns vacatur's errors into one plain message on standard error and an exit code: 1 for problems in the book,
    the chain or a proof, 2 for anything the user can mend in the call.
    """

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except VacaturError as bad:
            from vacatur.cli.console import visible

            click.echo(visible(f"Error: {bad}"), err=True)
            sys.exit(1 if isinstance(bad, (BookError, ProofBroken, Tampered)) else 2)

    return run  # type: ignore[return-value]
