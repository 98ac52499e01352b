"""Damaged files of every format: refused as what they are, or read; never an error of another kind."""

import random

import pytest
from tests.intake import test_eu_fsf, test_ftm, test_uk_ofsi, test_uk_sanctions
from tests.intake.asked import file

from vacatur.errors import InputError
from vacatur.intake.source import Source
from vacatur.intake.sources import eu_fsf, ftm, uk_ofsi, uk_sanctions

WHOLE: dict[str, tuple[Source, str | bytes]] = {
    "eu-xml": (eu_fsf.SOURCE, test_eu_fsf.xml(test_eu_fsf.PERSON, test_eu_fsf.FIRM)),
    "eu-csv": (eu_fsf.SOURCE, test_eu_fsf.old(*test_eu_fsf.OLD_ROWS)),
    "uk-xml": (uk_sanctions.SOURCE, test_uk_sanctions.XML),
    "uk-csv": (uk_sanctions.SOURCE, test_uk_sanctions.made(test_uk_sanctions.ADA, test_uk_sanctions.SHIP)),
    "uk-ods": (
        uk_sanctions.SOURCE,
        test_uk_sanctions.ods(
            test_uk_sanctions.cells(*test_uk_sanctions.SHORT), test_uk_sanctions.cells(*test_uk_sanctions.ROW)
        ),
    ),
    "ofsi-csv": (uk_ofsi.SOURCE, test_uk_ofsi.made(test_uk_ofsi.ADA, test_uk_ofsi.FIRM)),
    "ftm-json": (ftm.SOURCE, test_ftm.lines(test_ftm.ADA, test_ftm.FIRM, *test_ftm.AROUND)),
}


def damaged(content: bytes, chance: random.Random) -> bytes:
    place, other = chance.randrange(len(content)), chance.randrange(len(content))
    length = chance.randrange(1, 40)
    return chance.choice(
        [
            content[:place],
            content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :],
            content[:place] + content[place + length :],
            content[:place] + content[other : other + length] + content[place:],
        ]
    )


@pytest.mark.parametrize("form", WHOLE)
def test_a_damaged_file_is_refused_or_read(form: str) -> None:
    source, whole = WHOLE[form]
    content = whole if isinstance(whole, bytes) else whole.encode()
    assert source.read([file(content)]).form == form
    chance = random.Random(form)
    for _ in range(60):
        try:
            assert source.read([file(damaged(content, chance))]).entries
        except InputError as refused:
            assert refused.where  # noqa: PT017 - every refusal says where
