"""Draws the picture of the README: the timeline of Xiaomi as of 20 March 2021, by light and by dark.

    python -m docs.picture

It asks `vacatur show` for the page, leaves only the enlarged timeline with its key, and lets a headless Chromium take
its picture at twice the size. Needs `chromium` (Debian: `apt-get install chromium`).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import vacatur

PICTURES = Path(__file__).resolve().parent / "pictures"
WIDTH = 1060
CHROMIUM = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--force-device-scale-factor=2",
)  # fmt: skip

CROP = """
<style>
  body { margin: 0; padding: 16px 28px 20px; min-width: 0; max-width: none; }
  #timeline { margin: 0; padding: 0; border: 0; }
</style>
<script>
  const section = document.getElementById("timeline");
  const drawn = [...section.querySelectorAll(":scope > .timeline")].at(-1);
  const key = section.querySelector(".head");
  key.querySelector("h2").textContent = "Xiaomi, as of 20 March 2021";
  section.replaceChildren(key, drawn);
  const defs = document.querySelector("svg.defs");
  document.head.append(document.currentScript.previousElementSibling);
  document.body.replaceChildren(defs, section);
  document.documentElement.dataset.height = Math.ceil(document.documentElement.getBoundingClientRect().height);
</script>
"""


def main() -> None:
    """Draws both pictures into `docs/pictures`."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        page = vacatur.open(Path(place) / "home").show("xiaomi", as_of="2021-03-20")
        for scheme in ("light", "dark"):
            _draw(Path(place), page, scheme)


def _draw(place: Path, page: str, scheme: str) -> None:
    """One picture; a page that follows the reader's scheme is told which one that is."""
    told = re.sub(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", page)
    told = told.replace("(prefers-color-scheme: dark)", "all" if scheme == "dark" else "not all")
    cropped = place / f"{scheme}.html"
    cropped.write_text(told.replace("</body>", f"{CROP}</body>"), "utf-8")
    browse = (*CHROMIUM, f"--user-data-dir={place / scheme}")
    dump = subprocess.run(  # noqa: S603 -- a page of our own
        [*browse, f"--window-size={WIDTH},900", "--dump-dom", cropped.as_uri()],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    height = re.search(r'data-height="(\d+)"', dump)
    assert height is not None, "the page has changed: its timeline was not found"
    target = PICTURES / f"xiaomi-{scheme}.png"
    subprocess.run(  # noqa: S603
        [*browse, f"--window-size={WIDTH},{height[1]}", f"--screenshot={target}", cropped.as_uri()],
        check=True, capture_output=True,
    )  # fmt: skip
    sys.stdout.write(f"{target.relative_to(PICTURES.parent.parent)}: {WIDTH} by {height[1]}, twice the dots\n")


if __name__ == "__main__":
    main()
