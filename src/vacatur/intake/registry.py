"""The sources that vacatur knows, by id."""

from __future__ import annotations

from vacatur.errors import WordUnknown
from vacatur.intake.source import Source
from vacatur.intake.sources import ca_sema, eu_fsf, ftm, uk_ofsi, uk_sanctions, un_sc, us_bis_dpl, us_csl, us_ofac

SOURCES: dict[str, Source] = {
    source.id: source
    for source in (
        *us_ofac.SOURCES,
        us_csl.SOURCE,
        us_bis_dpl.SOURCE,
        un_sc.SOURCE,
        eu_fsf.SOURCE,
        uk_sanctions.SOURCE,
        uk_ofsi.SOURCE,
        ca_sema.SOURCE,
        ftm.SOURCE,
    )
}
"""Every source; a new list is one more module in `sources` and one more name here."""


def source_of(name: str) -> Source:
    """The source called `name`; raises `WordUnknown` with those that are known."""
    if name not in SOURCES:
        raise WordUnknown("source", name, tuple(SOURCES))
    return SOURCES[name]
