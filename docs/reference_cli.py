"""The command line's reference: every command's own help, as the program prints it."""

from __future__ import annotations

from click.testing import CliRunner
from docs.reference_python import MADE

from vacatur.cli import main

WIDTH = 100

HEAD = """# Command line

`-h` or `--help` behind any command prints what stands here. Errors go to standard error and say what is wrong, where,
why it matters and how to mend it; the exit codes are in [errors](errors.md). The JSON of `--format json` is described
in [JSON](json.md).
"""


def cli_page() -> str:
    """The page: the program's help, then a section a command."""
    commands = "".join(f"\n## vacatur {name}\n\n{_help(name)}" for name in sorted(main.commands))
    return f"{MADE}{HEAD}\n## vacatur\n\n{_help()}{commands}"


def _help(*names: str) -> str:
    ran = CliRunner().invoke(main, [*names, "--help"], prog_name="vacatur", terminal_width=WIDTH, color=False)
    assert ran.exit_code == 0, ran.output
    printed = "\n".join(line.rstrip() for line in ran.output.rstrip().splitlines())
    return f"```text\n{printed}\n```\n"
