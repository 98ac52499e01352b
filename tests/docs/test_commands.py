"""Every command and every option is documented, in the reference and in a guide."""

import re

import click
import pytest
from docs.transcripts import HOUSE

from vacatur.cli import main

REFERENCE = (HOUSE / "docs" / "reference" / "cli.md").read_text("utf-8")
GUIDES = "\n".join(path.read_text("utf-8") for path in sorted((HOUSE / "docs" / "guides").glob("*.md")))


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_its_section_with_every_option(name: str) -> None:
    section = re.search(rf"^## vacatur {name}\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL)
    assert section is not None
    assert [option for option in options(main.commands[name]) if option not in section[1]] == []


def test_the_reference_has_no_command_that_is_gone() -> None:
    assert set(re.findall(r"^## vacatur (\S+)$", REFERENCE, re.MULTILINE)) == set(main.commands)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_a_guide_shows_every_command(name: str) -> None:
    assert f"vacatur {name}" in GUIDES


def test_no_page_shows_an_option_that_no_command_has() -> None:
    pages = [HOUSE / "README.md", *(HOUSE / "docs").rglob("*.md")]
    known = {option for command in (main, *main.commands.values()) for option in options(command)}
    shown = {
        option
        for page in pages
        for line in page.read_text("utf-8").splitlines()
        if "vacatur" in line
        for option in re.findall(r"(?<=\s)--[a-z][a-z-]+", line)
    }
    assert shown - known - {"--help", "--version"} == set()


def options(command: click.Command) -> list[str]:
    """The long names of a command's options."""
    return [name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts]
