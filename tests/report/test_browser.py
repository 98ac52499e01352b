"""What only a browser can see: that nothing sticks out of a phone, and that words keep apart in real type."""

import json
import re
import shutil
import subprocess
from html import escape, unescape
from typing import Any

import pytest
from tests.report.pages import PAGES, page

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--hide-scrollbars"]  # fmt: skip
WIDTHS = (390, 900, 1280)
MEASURE = """<script>addEventListener('load', () => {
const seen = text => { const box = text.getBoundingClientRect(); return box.width && box.height ? box : null };
document.body.dataset.found = JSON.stringify([...document.querySelectorAll('iframe')].map(frame => {
  const page = frame.contentDocument, clash = [];
  for (const drawing of page.querySelectorAll('.timeline svg.tl')) {
    const texts = [...drawing.querySelectorAll('text')].filter(seen);
    texts.forEach((one, at) => texts.slice(at + 1).forEach(other => {
      const a = seen(one), b = seen(other);
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
        clash.push(one.textContent + ' | ' + other.textContent);
    }));
  }
  return {wide: page.documentElement.scrollWidth, clash,
          texts: [...page.querySelectorAll('.timeline text')].filter(seen).length};
}))})</script>"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, int], dict[str, Any]]:
    """Every page at every width, measured at once in frames. The measuring script stands outside of the pages."""
    assert BROWSER is not None
    folder = tmp_path_factory.mktemp("browser")
    frames = [(at, width) for at in range(len(PAGES)) for width in WIDTHS]
    sources = [page(party, **clocks) for party, clocks in PAGES]
    body = "".join(
        f'<iframe style="border:0;width:{width}px;height:900px" srcdoc="{escape(sources[at])}"></iframe>'
        for at, width in frames
    )
    outer = folder / "measure.html"
    outer.write_text(f"<!doctype html><body>{body}{MEASURE}</body>", "utf-8")
    command = [BROWSER, *QUIET, f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=9000", "--dump-dom"]
    run = subprocess.run([*command, outer.as_uri()], capture_output=True, text=True, timeout=300, check=True)
    told = re.search(r'<body[^>]* data-found="([^"]*)"', run.stdout)
    assert told is not None, run.stderr[-400:]
    return dict(zip(frames, json.loads(unescape(told[1])), strict=True))


def test_nothing_sticks_out_at_any_width(found: dict[tuple[int, int], dict[str, Any]]) -> None:
    assert {(*frame, one["wide"]) for frame, one in found.items() if one["wide"] != frame[1]} == set()


def test_words_of_the_timeline_keep_apart_in_real_type(found: dict[tuple[int, int], dict[str, Any]]) -> None:
    assert {frame: one["clash"] for frame, one in found.items() if one["clash"]} == {}
    assert all(one["texts"] > 5 for (at, _), one in found.items() if PAGES[at][0] == "xiaomi" and at < 2)
