"""A notice is known by what changed, whatever words tell it and whenever it is found."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.notify.made import AT, told

from vacatur.errors import LedgerError
from vacatur.notify.notice import body_of, notice_in, spelled


def test_the_same_change_is_the_same_notice() -> None:
    assert told().id == told(text="in other words", at=AT + timedelta(days=3)).id


@pytest.mark.parametrize("other", [
    told(row=2), told(name="Sail Works"), told(run="r-2"), told(watch="funds"), told(kind="we learned"),
    told(change={"buy": ["prohibited", "permitted"]}),
])  # fmt: skip
def test_another_change_is_another_notice(other: object) -> None:
    assert other != told()
    assert getattr(other, "id", "") != told().id


def test_a_notice_needs_an_aware_instant() -> None:
    with pytest.raises(ValueError, match="aware"):
        told(at=datetime(2026, 9, 1))  # noqa: DTZ001


def test_a_body_is_the_notice_and_begins_with_its_id() -> None:
    assert notice_in(body_of(told())) == told()
    assert body_of(told()).startswith(b'{"id":"' + told().id.encode())
    with pytest.raises(LedgerError, match="not a notice"):
        notice_in(b"{}")


def test_what_would_be_obeyed_is_written_out() -> None:
    assert spelled("a\x1b[2J\u202eb\u2028c\nd 小米") == "a\\u001b[2J\\u202eb\\u2028c\\u000ad 小米"
