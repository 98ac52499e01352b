"""What only a browser can see: that nothing sticks out of a phone, and that words keep apart in real type."""

from typing import Any

import pytest
from tests.report.browser import Frame, measured, needed
from tests.report.pages import PAGES, page

pytestmark = needed


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[Frame, dict[str, Any]]:
    """Every page at every width, measured at once."""
    return measured([page(party, **clocks) for party, clocks in PAGES], tmp_path_factory.mktemp("browser"))


def test_nothing_sticks_out_at_any_width(found: dict[Frame, dict[str, Any]]) -> None:
    assert {(*frame, one["wide"]) for frame, one in found.items() if one["wide"] != frame[1]} == set()


def test_words_of_the_timeline_keep_apart_in_real_type(found: dict[Frame, dict[str, Any]]) -> None:
    assert {frame: one["clash"] for frame, one in found.items() if one["clash"]} == {}
    assert all(one["texts"] > 5 for (at, _), one in found.items() if PAGES[at][0] == "xiaomi" and at < 2)
