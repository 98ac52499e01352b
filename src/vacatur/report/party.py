"""A party's page: may this actor do this, with this party, on this day, and how do we know?

In words first, in a picture second, in evidence third. Everything is computed before the first tag is written, and
`now` is given: no module but the app reads a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from vacatur.law.corpus import Corpus
from vacatur.model.document import Document
from vacatur.model.view import View
from vacatur.report.dossier import Dossier, compile_dossier
from vacatur.report.evidence import acts_section
from vacatur.report.identity import elsewhere_section, name_line, who_section
from vacatur.report.page import as_of_plate, document, footer, view_words
from vacatur.report.picture import timeline_section
from vacatur.report.table import forbidden_section
from vacatur.report.verdict import answer_section


def party_page(  # noqa: PLR0913 (a question is five things, and its page is checked against five more)
    corpus: Corpus, view: View, party: str, activity: str, actor: str, *, documents: Mapping[str, Document],
    snapshot: str, basis: int, now: datetime, zone_name: str,
) -> str:  # fmt: skip
    """The whole HTML document for one question about one party.

    `zone_name` is the zone in which bare dates were read; `snapshot` and `basis` go into the foot, so that the page
    can be checked against the ledger. The page needs no script and loads nothing.
    """
    dossier = compile_dossier(corpus, view, party, (activity, actor), now, zone_name)
    sections = [name_line(dossier), answer_section(dossier), forbidden_section(dossier), timeline_section(dossier),
                acts_section(dossier, documents), who_section(dossier), elsewhere_section(dossier)]  # fmt: skip
    when, how, _ = view_words(view, now, zone_name)
    return document(f"{_name(dossier)}, {when}, {how} · vacatur", as_of_plate(view, now, zone_name), sections,
                    footer(view, snapshot, basis, zone_name))  # fmt: skip


def _name(dossier: Dossier) -> str:
    record = dossier.corpus.parties.get(dossier.party)
    return record.name if record is not None else dossier.party
