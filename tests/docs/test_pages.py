"""The documentation says what the program says: made parts are made again, transcripts and examples are run."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.generate import REFERENCE, filled, written_pages
from docs.transcripts import HOUSE

from vacatur.app import App
from vacatur.model.kinds import KINDS

WRITTEN = {path.relative_to(HOUSE).as_posix(): path for path in written_pages()}
PAGES = WRITTEN | {name: HOUSE / name for name in REFERENCE}
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
AGAIN = "run `python -m docs.generate`"


@pytest.mark.parametrize("name", REFERENCE)
def test_the_reference_is_what_the_code_says(name: str) -> None:
    assert (HOUSE / name).read_text("utf-8") == REFERENCE[name](), AGAIN


@pytest.mark.parametrize("name", WRITTEN)
def test_tables_and_transcripts_are_what_comes_out(name: str) -> None:
    page = WRITTEN[name].read_text("utf-8")
    assert page == filled(page), AGAIN


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    page = PAGES[name]
    broken = [link for link in links(page) if not leads(page.parent, page, link)]
    assert broken == []


@pytest.mark.parametrize("name", [name for name, path in WRITTEN.items() if PYTHON.search(path.read_text("utf-8"))])
def test_python_blocks_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VACATUR_HOME", str(tmp_path))
    for block in PYTHON.findall(WRITTEN[name].read_text("utf-8")):
        exec(compile(block, name, "exec"), {})


def test_the_readme_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VACATUR_HOME", str(tmp_path))
    (block,) = PYTHON.findall(WRITTEN["README.md"].read_text("utf-8"))
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out.splitlines()[0] == "permitted"


def test_the_readme_names_every_programme_and_whether_it_is_complete(tmp_path: Path) -> None:
    rows = re.findall(r"^ *\| `([a-z0-9-]+)` \|.*\| (yes|no)\b", WRITTEN["README.md"].read_text("utf-8"), re.MULTILINE)
    programmes = App(tmp_path).records().corpus.programmes.values()
    assert dict(rows) == {p.id: "yes" if p.coverage == "complete" else "no" for p in programmes}


def test_every_kind_stands_in_the_status_algebra() -> None:
    page = WRITTEN["docs/concepts/status-algebra.md"].read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []


def test_every_page_can_be_found_from_the_first() -> None:
    found, ahead = set[Path](), [HOUSE / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in found or page.suffix != ".md" or not page.is_file():
            continue
        found.add(page)
        ahead += [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if ":" not in link]
    assert {name for name, path in PAGES.items() if path not in found} == set()


def links(page: Path) -> Iterator[str]:
    """The addresses that a page names, code apart."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for plain, picture in LINK.findall(prose):
        yield plain or picture


def leads(folder: Path, page: Path, link: str) -> bool:
    """Whether a link within the house has a file and, for Markdown, a heading at its other end."""
    if "://" in link:
        return True
    name, _, heading = link.partition("#")
    target = (folder / name).resolve() if name else page
    return target.exists() and (not heading or heading in headings(target))


def headings(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made on the web: lower case, blanks as hyphens, signs dropped."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in found}
