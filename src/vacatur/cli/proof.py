"""The proof of a run, written and checked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vacatur.cli.console import visible
from vacatur.cli.options import told

if TYPE_CHECKING:
    from vacatur.interop.proof.check import Checked


@click.command()
@click.argument("run")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.pass_obj
@told
def proof(app: Any, /, run: str, out: Path) -> None:
    """Writes the proof of RUN: what was screened, against what, and what was found, in one signed file.

    `vacatur verify FILE` checks it, on any machine.
    """
    from vacatur.cli.files import whole

    with whole(out) as file:
        fingerprint = app.proof(run, file)
    click.echo(f"signed with the key {fingerprint}", err=True)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--key", metavar="FINGERPRINT", help="The key that must have signed the proof.")
@click.pass_obj
@told
def verify(app: Any, /, file: Path | None, key: str | None) -> None:
    """Walks the hash chain; names the first entry that does not hold. With FILE, checks a proof and needs no ledger."""
    if file is None:
        if key is not None:
            raise click.UsageError("--key goes with the FILE of a proof")
        head = app.verify()
        click.echo(f"{head.seq} entries hold; head {head.hash}")
        return
    checked = app.check_proof(file, key)
    for fault in checked.faults:
        click.echo(visible(f"Error: {file}, {fault}"), err=True)
    if checked.faults:
        sys.exit(1)
    _print(checked, trusted=key is not None)


def _print(checked: Checked, *, trusted: bool) -> None:
    run, entry, head, counts = checked.run, checked.entry, checked.head, checked.counts
    held = ", ".join(f"{counts.get(kind, 0)} {kind}s" for kind in ("part", "act", "document", "edition", "programme"))
    followed = ", ".join(f"{one.id} {one.followed_until}" for one in checked.programmes)
    lines = {
        "run": f"{run.id}, by {run.by}, {run.at}",
        "screened": f"{run.source}: {run.subjects} subjects, {run.hits} hits, {run.rejected} rows rejected",
        "view": run.view,
        "entry": f"{entry.seq} {entry.hash}",
        "head": f"{head.seq} {head.hash}",
        "snapshot": f"{run.snapshot}: entry {checked.snapshot.seq}, {checked.snapshot.matcher}, "
                    f"tz data {checked.snapshot.tzdata}",
        "holds": held,
        "followed until": followed,
        "key": checked.fingerprint,
    }  # fmt: skip
    click.echo(
        "the proof holds"
        if trusted
        else "the proof holds, if the key is the signer's: compare it, or name it with --key"
    )
    for name, value in lines.items():
        click.echo(visible(f"  {name:<14}  {' '.join(value.split())}"))
