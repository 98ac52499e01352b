"""Proofs: a run in one signed file, and what such a file proves on another machine."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from vacatur.screen.part import Part, unpacked
from vacatur.wiring.watching import Watching

if TYPE_CHECKING:
    from vacatur.interop.proof.check import Checked
    from vacatur.ledger.chain import Entry


class Proving(Watching):
    """The room of proofs."""

    def proof(self, run_id: str, out: IO[bytes]) -> str:
        """Writes the proof of a run, with what people decided on its alerts, signed with this installation's key.

        Returns the key's fingerprint.
        """
        from vacatur.interop.proof.bundle import write
        from vacatur.interop.proof.keys import fingerprint_of, signing_key
        from vacatur.interop.proof.run import items

        run = self.run(run_id)
        entry = self.entries.latest("run", run_id)[-1]
        key = signing_key(self._home.path / "keys", os.urandom)
        because = {act for part in self.results(run_id).parts() for act in _named(part)}
        beside = self._decided(run_id)
        for line in write(
            items(entry, self.entries.head(), self.records(run.basis), because, self._home.read, beside=beside), key
        ):
            out.write(line)
        return fingerprint_of(key)

    def check_proof(self, file: Path, key: str | None = None) -> Checked:
        """Looks through the proof of a run; it needs no ledger. With `key`, only that key's signature counts."""
        from vacatur.interop.proof.check import check_file

        return check_file(file, lambda content: _named(unpacked(content, "part")), key)

    def _decided(self, run_id: str) -> list[Entry]:
        """The dispositions of a run's alerts."""
        from vacatur.ledger.chain import opened

        found = self.entries.of_type("disposition")
        return [entry for entry in found if opened(entry).decision.startswith(f"{run_id}.")]


def _named(part: Part) -> Iterable[str]:
    """The acts that carry a part's answers."""
    return {act for said in part.law.values() for act in said["because"]}
