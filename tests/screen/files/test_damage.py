"""Damaged files of every form: rows and rejects, or refused as what they are; never an error of another kind."""

import gzip
import random
from pathlib import Path

import pytest
from tests.intake.test_damage import damaged
from tests.screen.files.opened import screened, written
from tests.screen.files.test_arrow import as_file, made
from tests.screen.files.test_xlsx import saved

from vacatur.errors import InputError

TEXT = 'name,dob\nAlder,1970\n"Birch, Inc.",\n桤木,2001-02-03\n' * 3


def whole(form: str, folder: Path) -> bytes:
    path = folder / f"whole.{form}"
    if form == "xlsx":
        saved(path, ["name", "dob"], ["Alder", 1970], ["桤木", None])
    elif form in ("parquet", "arrow", "arrows"):
        as_file(made(), path)
    elif form == "jsonl":
        written(path, '{"name": "Alder", "dob": 1970}\n{"name": "桤木"}\n' * 3)
    else:
        written(path, gzip.compress(TEXT.encode(), mtime=0) if form == "csv.gz" else TEXT)
    return path.read_bytes()


@pytest.mark.parametrize("form", ["csv", "csv.gz", "jsonl", "parquet", "arrow", "arrows", "xlsx"])
def test_a_damaged_file_is_read_or_refused(form: str, tmp_path: Path) -> None:
    content, chance = whole(form, tmp_path), random.Random(form)
    assert screened(written(tmp_path / f"a.{form}", content))
    for _ in range(150):
        path = written(tmp_path / f"a.{form}", damaged(content, chance))
        try:
            found = screened(path)
        except InputError as refused:
            assert refused.where.startswith(str(path))  # noqa: PT017 - every refusal says where
        else:
            assert [one.row for one in found] == list(range(1, len(found) + 1))
