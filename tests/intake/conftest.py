"""Where the real lists are, that this project does not ship."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def data() -> Path:
    """The folder of real data: from VACATUR_DATA, else beside the checkout."""
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("VACATUR_DATA") or beside)
    if not folder.is_dir():
        pytest.skip("the real lists are not part of this project: name their folder in VACATUR_DATA")
    return folder
