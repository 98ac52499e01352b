"""Real names, read in place from a folder that this project does not ship; each function says which files it reads."""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SCREENING_LIST = "lists/us-csl/2026-07-31.reduced.json.zst"
SDN = 9  # the row of «Specially Designated Nationals» in that file's table of sources
CONSOLIDATED = {0, 1, 6, 8, 10}  # CAPTA, NS-CMIC, NS-MBS, NS-PLC, SSI
MIXED = {2, 3}  # Denied Persons, ITAR debarred: persons and companies without a type
COMPANIES = "names/gleif_lei_names_2025-10.csv.zst"
PEOPLE = ("names/yente_people_global.csv.zst", "names/yente_people_us.csv.zst")
UNITED_NATIONS = "lists/un-sc/2025-04-19.xml.zst"

KINDS = {"Individual": "person", "Entity": "organisation", "Vessel": "vessel", "Aircraft": "other"}
FIRM = re.compile(
    r"\b(inc|ltd|limited|llc|co|corp|company|corporation|gmbh|group|trading|services|international|industries|systems"
    r"|technologies|technology|aviation|airlines?|aerospace|enterprises?|institute|university|bank|center|electronics"
    r"|s\.?a|ag|bv|fze|pte|pvt|lp|d/b/a|import|export|logistics|solutions|engineering|general|aero|parts)\b",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """A name on a list: of which entry, and what kind of party bears it."""

    id: str
    text: str
    kind: str


def folder(given: str | None) -> Path | None:
    """The folder of real names: as given, else from VACATUR_DATA, else none."""
    found = given or os.environ.get("VACATUR_DATA")
    return Path(found) if found else None


def text(path: Path) -> str:
    """The text of a file, unpacked where it is packed."""
    if path.suffix != ".zst":
        return path.read_text("utf-8")
    unpacked = subprocess.run(["zstd", "-dcq", "--long=27", str(path)], capture_output=True, check=True)
    return unpacked.stdout.decode("utf-8", "replace")


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file."""
    return csv.DictReader(io.StringIO(text(path)))


@cache
def screening_list(data: Path) -> list[dict[str, Any]]:
    """The entries of the Consolidated Screening List: SDN first, then the consolidated lists, then the others."""
    entries = json.loads(text(data / SCREENING_LIST))["entries"]
    return sorted(entries, key=lambda entry: 0 if entry["s"] == SDN else 1 if entry["s"] in CONSOLIDATED else 2)


def listed(data: Path, *, sdn: bool = False, aliases: bool = True) -> list[Name]:
    """The names of the Consolidated Screening List: all primary names first, then the aliases, no text twice."""
    entries = [(f"csl-{row}", each) for row, each in enumerate(screening_list(data)) if not sdn or each["s"] == SDN]
    primary = (Name(key, each["n"], kind(each)) for key, each in entries)
    others = (Name(key, alias, kind(each)) for key, each in entries for alias in each.get("a", ()))
    return distinct([*primary, *others] if aliases else primary)


def kind(entry: dict[str, Any]) -> str:
    """What kind of party an entry of the screening list is; a guess for the lists that do not say."""
    if "t" in entry:
        return KINDS[entry["t"]]
    return "person" if entry["s"] in MIXED and not FIRM.search(entry["n"]) else "organisation"


def companies(data: Path) -> list[Name]:
    """Legal names of companies and funds, of the LEI register."""
    return distinct(Name(row["lei"], row["legal_name"], "organisation") for row in rows(data / COMPANIES))


def people(data: Path) -> list[Name]:
    """Names of invented persons of many countries, in their scripts."""
    each = (row["full_name"] for file in PEOPLE for row in rows(data / file))
    return distinct(Name(f"person-{row}", name, "person") for row, name in enumerate(each))


def native_names(data: Path) -> list[tuple[Name, str]]:
    """Persons and bodies of the United Nations list, each with its name in the original script."""
    found = []
    for entry in re.findall(
        r"<(?:INDIVIDUAL|ENTITY)>.*?</(?:INDIVIDUAL|ENTITY)>", text(data / UNITED_NATIONS), re.DOTALL
    ):
        value = {tag: said.strip() for tag, said in re.findall(r"<([A-Z_]+)>([^<>]+)</\1>", entry)}
        parts = [value[f"{part}_NAME"] for part in ("FIRST", "SECOND", "THIRD", "FOURTH") if f"{part}_NAME" in value]
        script = value.get("NAME_ORIGINAL_SCRIPT", "")
        if parts and any(ord(sign) > 0x24F for sign in script):
            kind = "person" if entry.startswith("<INDIVIDUAL>") else "organisation"
            found.append((Name(value["DATAID"], " ".join(parts), kind), script))
    return found


def distinct(names: Iterable[Name]) -> list[Name]:
    """The names without tabs and line ends, the first of each text."""
    seen: dict[str, Name] = {}
    for name in names:
        plain = " ".join(name.text.split())
        if plain:
            seen.setdefault(plain, name._replace(text=plain))
    return list(seen.values())


def share(text: str, parts: int) -> int:
    """The part that a text falls into, the same on every machine and in every run."""
    return int.from_bytes(hashlib.sha256(text.casefold().encode("utf-8", "replace")).digest()[:8]) % parts
