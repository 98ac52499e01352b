"""What only a browser can see of charts: that nothing sticks out of a phone, and that words keep apart in real type."""

import json
import re
import subprocess
from datetime import date
from decimal import Decimal
from html import escape, unescape
from pathlib import Path

import pytest
from tests.report.impact.asked import asked
from tests.report.browser import BROWSER, MEASURE, QUIET

from vacatur.app import App
from vacatur.report.charts.bars import Bar, bars
from vacatur.report.charts.stack import STATES, Part, stack
from vacatur.report.charts.steps import Step, steps
from vacatur.report.html import Html, el
from vacatur.report.page import document

WIDTHS = (390, 900, 1280)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")


def every_chart() -> str:
    """A page with the other charts, of names and numbers that are too long."""
    long = "A programme whose name is far longer than any telephone is wide, " + "x" * 60
    drawn = [
        bars("Hits", [Bar(long, 123456789), Bar("short", 3, long)], ("Programme", "Hits")),
        stack("Value", [Part(state, f"{state} {long}", 10**n) for n, state in enumerate(STATES)], unit="USD"),
        steps("To sell", [Step(date(2021, 1 + n, 3 * n + 1), Decimal(10**9 - n * 10**8 - n)) for n in range(8)],
              date(2021, 12, 31), unit="USD"),
    ]  # fmt: skip
    return document("charts", Html(""), [el("section", one) for one in drawn], Html(""))


def test_nothing_sticks_out_and_no_words_meet(quay: App, tmp_path: Path) -> None:
    assert BROWSER is not None
    pages = [asked(quay, tmp_path).to_html(), every_chart()]
    frames = [(page, width) for page in pages for width in WIDTHS]
    body = "".join(f'<iframe style="border:0;width:{width}px;height:900px" srcdoc="{escape(page)}"></iframe>'
                   for page, width in frames)  # fmt: skip
    outer = tmp_path / "measure.html"
    outer.write_text(f"<!doctype html><body>{body}{MEASURE.replace('.timeline', '.chart')}</body>", "utf-8")
    command = [BROWSER, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=9000", "--dump-dom"]
    run = subprocess.run([*command, outer.as_uri()], capture_output=True, text=True, timeout=300, check=True)
    told = re.search(r'<body[^>]* data-found="([^"]*)"', run.stdout)
    assert told is not None, run.stderr[-400:]
    found = json.loads(unescape(told[1]))
    assert [one["wide"] for one in found] == [width for _, width in frames]
    assert [one["clash"] for one in found] == [[]] * len(frames)
    assert all(one["texts"] > 10 for one in found)
