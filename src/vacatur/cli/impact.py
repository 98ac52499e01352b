"""`vacatur impact`: what prices did around the acts on a party."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vacatur.cli.options import basis, clocks, output, told

if TYPE_CHECKING:
    from rich.console import Console

    from vacatur.report.impact.evidence import Evidence
    from vacatur.report.impact.prices import Prices
    from vacatur.report.impact.regression import Estimate

MOST_ROWS = 5
"""So many rejected rows of a file are printed; the JSON has more."""


def _days(_context: click.Context, _option: click.Parameter, value: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?\d{1,4}):([+-]?\d{1,4})", value)
    if found is None:
        raise click.BadParameter(f"{value!r} is not two days such as -10:10")
    return int(found[1]), int(found[2])


def _words(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


@click.command()
@click.argument("party")
@click.option(
    "--prices",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV with a date and a close of its security a row.",
)
@click.option(
    "--benchmark",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The same for what stands for the market.",
)
@click.option(
    "--window",
    default="-10:10",
    callback=_days,
    metavar="A:B",
    show_default=True,
    help="Trading days around each event.",
)
@click.option(
    "--estimation",
    default="-250:-11",
    callback=_days,
    metavar="A:B",
    show_default=True,
    help="Trading days that the market model is estimated on.",
)
@click.option(
    "--kinds",
    default="",
    callback=_words,
    metavar="K,…",
    help="Only acts of these kinds.  [default: those with a legal effect]",
)
@click.option("--close", metavar="HOUR", help="When the market closes: '16:00 ZONE'.  [default: 16:00 where asked]")
@clocks
@basis
@output("table", "json", "html")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.pass_obj
@told  # fmt: skip
def impact(app: Any, /, party: str, prices: Path, benchmark: Path, form: str, out: Path | None, **options: Any) -> None:
    """What prices did around the acts on PARTY, beyond what the market explains: an event study.

    It shows an association and never a cause. Columns of the files are found by their names: date, and adj close,
    close or price. Needs the extra: pip install 'vacatur[impact]'.
    """
    from vacatur.cli.show import print_json, write

    found = app.impact(party, prices, benchmark, **options)
    if form == "json":
        print_json(found.to_dict(), out)
    elif form == "html":
        write(out, found.to_html())
    else:
        print_impact(found)


def print_impact(evidence: Evidence) -> None:
    """The finding in words, a row for each event day, what could not be studied, and what became of the files."""
    from vacatur.cli.console import console, shown
    from vacatur.report.impact.evidence import dropped_words, remarks
    from vacatur.report.impact.method import CAVEAT, chance, finding

    out, study = console(), evidence.study
    out.print(f"[bold]{shown(evidence.name)}[/]  [dim]{shown(evidence.party)}[/]")
    out.print(finding(study))
    out.print(CAVEAT)
    if study.reactions:
        _print_reactions(out, evidence)
        out.print(chance(study))
    for one in study.reactions:
        for words in remarks(evidence, one):
            out.print(shown(f"{evidence.numbers(one.events)}: {words}"))
    for no in study.refused:
        out.print(shown(f"{evidence.number(no.event)}: {no.event.title}: not studied: {no.why}. {no.fix}."))
    for prices in (evidence.prices, evidence.benchmark):
        _print_file(out, prices)
    out.print(f"{dropped_words(study)}.")
    out.print(f"[dim]market closes {evidence.close}, snapshot {evidence.snapshot[:16]}, basis {evidence.basis}[/]")


def _print_reactions(out: Console, evidence: Evidence) -> None:
    from vacatur.cli.console import shown, table_of
    from vacatur.report.charts.numbers import rounded
    from vacatur.report.dates import short
    from vacatur.report.impact.method import bands, p_words

    whole = " to ".join(rounded(offset, 0, signed=True) for offset in evidence.study.window)
    table = table_of(
        "no.", "event day", "act", "that day", "with the next", f"days {whole}", f"{bands()} band", "t", "p"
    )
    for one in evidence.study.reactions:
        acts = "\n".join(shown(event.title) for event in one.events)
        both = _starred(one.both) if one.both is not None else "–"
        table.add_row(evidence.numbers(one.events), short(one.day), acts, _starred(one.on_day), both,
                      _starred(one.whole), _band(one.whole), rounded(one.whole.t, 2, signed=True),
                      p_words(one.whole))  # fmt: skip
    out.print(table)
    out.print("[dim]abnormal returns; a star where the band leaves zero out; band, t and p are those of the window[/]")


def _print_file(out: Console, prices: Prices) -> None:
    from vacatur.cli.console import brief
    from vacatur.report.impact.evidence import file_remarks

    out.print(brief(f"{prices.file}: {'; '.join(file_remarks(prices))}."))
    for bad in prices.rejects[:MOST_ROWS]:
        out.print(brief(f"  line {bad.line}: {bad.reason}"))
    if prices.rejected > MOST_ROWS:
        out.print(f"  and {prices.rejected - MOST_ROWS:,} more")


def _starred(one: Estimate) -> str:
    from vacatur.report.charts.numbers import per_cent

    return f"{per_cent(one.value)}{'*' if one.firm else ''}"


def _band(one: Estimate) -> str:
    from vacatur.report.charts.numbers import per_cent

    return f"{per_cent(one.low)} to {per_cent(one.high)}"
