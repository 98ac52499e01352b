"""Screenings of invented subjects over the small book, and what may never be on a page made of them."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from tests.conftest import NOW
from tests.report.pages import Tag, read

from vacatur.app import App
from vacatur.report.page import POLICY

HOSTILE = [
    "<script>alert(1)</script> Dogwood Drones",
    'Dogwood Drones" onmouseover="alert(1)',
    "Dogwood \u202esenorD Drones",
    "Dogwood\x1b[2J \x00\x85Drones",
    "Dogwood Drones </title></style><img src=x onerror=alert(1)>",
    "Dogwood Drones " + "ha" * 5000,
]
"""Names that try to be more than names. They are given with a ticker, so that each of them is a hit."""

SUBJECTS = """key,name,country,ticker,lei
K1,Aldder Marine Corporation,KY,,
K2,Dogwood Drones,,,
K3,Nobody At All,DE,,
K4,,,01810.HK,
K5,Broken,,,QUAY00ALDER0MARINE44
K6,Birch Telecom,,,
"""


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def later(self, **by: float) -> None:
        """Goes on."""
        self.now += timedelta(**by)


def file_of(folder: Path, text: str = SUBJECTS, name: str = "customers.csv") -> Path:
    """A file of subjects."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def page_of(app: App, run: str) -> Tag:
    """The report of a run as elements; it is well-formed, and loads nothing."""
    return sound(app.report(run))


def sound(source: str) -> Tag:
    """A page as elements, held to what every page is held to."""
    document = read(source)
    ids = [tag.attributes["id"] for tag in document if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    inner = {tag.attributes["href"][1:] for tag in document if tag.attributes.get("href", "").startswith("#")}
    assert inner <= set(ids), inner - set(ids)
    assert not [tag for tag in document if tag.name in ("script", "link", "img", "iframe", "object", "embed", "form")]
    assert not [name for tag in document for name in tag.attributes if name.startswith("on")]
    policy = next(tag for tag in document.all("meta") if tag.attributes.get("http-equiv"))
    assert policy.attributes["content"] == POLICY
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)
    return document


def section(document: Tag, name: str) -> Tag:
    """A section of a page."""
    return next(tag for tag in document.all("section") if tag.attributes.get("id") == name)
