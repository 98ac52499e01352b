"""What people make of alerts: dispositions, remembered false positives, watched subjects, and the desk's settings.

All of them are entries of the chain; a later revision never removes an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass

DISPOSITIONS = ("true match", "false positive", "escalated", "cleared")
CLEARING = ("false positive", "cleared")
"""Dispositions after which nobody looks again: under four eyes, not by whoever raised the alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A document that a person added: its name, and its bytes by content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """What a person made of an alert: `id` is the alert's (subject, party and its listings as they stood, by content),
    each step is a revision of its own; `decision` and `party` say where it was seen.
    """

    id: str
    rev: int
    decision: str
    party: str
    disposition: str
    reason: str
    note: str
    attachments: tuple[Attachment, ...]
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodGuy:
    """A false positive that is remembered for one subject and one party's listings as they stood.

    `subject` is the subject's content id, `listing` the content id of the party's listings with all acts on them that
    the decision could see; when either is another, the entry says nothing. `until` is its last day, empty for none;
    `revoked` ends it from the moment at which it was recorded.
    """

    id: str
    rev: int
    subject: str
    name: str
    party: str
    listing: str
    alert: str
    until: str
    revoked: bool
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A named set of subjects that every update screens again: `run` is the last one of them; `closed` ends it."""

    id: str
    rev: int
    run: str
    closed: bool
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One rule of the desk, e.g. `four-eyes`: `on` or `off`."""

    id: str
    rev: int
    value: str
    reason: str
    by: str
    at: str
