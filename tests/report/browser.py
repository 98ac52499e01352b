"""Pages measured in a real browser: in frames of several widths, by a script that stands outside of them."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

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

needed = pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")

Frame = tuple[int, int]
"""A page's place and a width."""


def measured(sources: Sequence[str], folder: Path) -> dict[Frame, dict[str, Any]]:
    """Every page at every width: how wide it really is, and which words of its timelines meet."""
    assert BROWSER is not None
    frames = [(at, width) for at in range(len(sources)) for width in WIDTHS]
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
