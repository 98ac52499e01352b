"""Dates and scripts as lists print them."""

import pytest

from vacatur.intake.gather import born, iso, script_of


@pytest.mark.parametrize(
    ("printed", "day"),
    [("2018-04-13", "2018-04-13"), ("2018-04-13T10:00:00+02:00", "2018-04-13"), ("13/04/2018", "2018-04-13"),
     ("3-Apr-2018", "2018-04-03"), ("29-06-2012", "2012-06-29"), ("31/13/2018", ""), ("00/04/2018", ""), ("soon", ""),
     ("2018-04-131", ""), (None, "")],
)  # fmt: skip
def test_days_become_iso_or_nothing(printed: str | None, day: str) -> None:
    assert iso(printed) == day


@pytest.mark.parametrize(
    ("printed", "known"),
    [("00/00/1980", "1980"), ("dd/mm/1980", "1980"), ("00/07/1980", "1980-07"), ("09/07/1980", "1980-07-09"),
     ("dd/mm/yyyy", "dd/mm/yyyy"), ("about 1980", "about 1980"), ("1980", "1980"), ("09/00/1980", "1980"), ("", "")],
)  # fmt: skip
def test_dates_of_birth_keep_what_is_known(printed: str, known: str) -> None:
    assert born(printed) == known


@pytest.mark.parametrize(
    ("text", "script"),
    [("Ada", "Latn"), ("Ádá", "Latn"), ("Лампа", "Cyrl"), ("آدا", "Arab"), ("灯塔 Co", "Hani"), ("ランプ社", "Jpan"),
     ("램프", "Hang"), ("4711", "Latn"), ("λ", "Grek"), ("µ", "Latn")],
)  # fmt: skip
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script
