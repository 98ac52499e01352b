"""What only a browser can see of a report: that nothing sticks out of a phone, whatever the names are."""

from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW, QUAY
from tests.report.browser import Frame, measured, needed
from tests.report.run.screened import HOSTILE, SUBJECTS, file_of

from vacatur.app import App

pytestmark = needed


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[Frame, dict[str, Any]]:
    """A run, a hostile run, and a look-back, at every width."""
    folder: Path = tmp_path_factory.mktemp("reports")
    app = App(folder / "home", lambda: NOW, QUAY)
    run = app.screen(file_of(folder, SUBJECTS), as_of="2021-03-20")
    assert run.run is not None
    app.decide(f"{run.run.id}.2", "true match", by="A. Lee", reason="x" * 400)
    hostile = app.screen([{"name": name, "ticker": "01810.HK", "key": "k" * 300} for name in HOSTILE])
    back = app.lookback(file_of(folder, SUBJECTS), then={"as_of": "2021-01-10"}, now={"as_of": "2021-03-20"})
    pages = [app.report(run), app.report(hostile), app.lookback_report(back)]
    return measured(pages, folder)


def test_nothing_sticks_out_at_any_width(found: dict[Frame, dict[str, Any]]) -> None:
    assert {(*frame, one["wide"]) for frame, one in found.items() if one["wide"] != frame[1]} == set()


def test_words_of_the_timelines_keep_apart(found: dict[Frame, dict[str, Any]]) -> None:
    assert {frame: one["clash"] for frame, one in found.items() if one["clash"]} == {}
