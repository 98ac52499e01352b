"""The proof of a run holds on another machine, and what is missing or exchanged in it is named."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from tests.conftest import NOW
from tests.interop.made import KEY, OTHER, Told, bundle, named, put, sealed, told

from vacatur.app import App
from vacatur.errors import InputError, LedgerError, ProofBroken
from vacatur.interop.proof.bundle import read
from vacatur.interop.proof.check import Checked, check, check_file
from vacatur.interop.proof.keys import fingerprint_of
from vacatur.ledger.chain import Draft, Head, link
from vacatur.ledger.codec import canonical, decode, encode
from vacatur.model import zones


@pytest.fixture
def proof(quay: App) -> Told:
    """A run over the small book, with all that goes into its proof."""
    return told(quay)


def checked(items: list[tuple[str, bytes]]) -> Checked:
    return check(read(io.BytesIO(bundle(items))), named)


def faults(items: list[tuple[str, bytes]]) -> list[str]:
    return [str(fault) for fault in checked(items).faults]


def without(items: list[tuple[str, bytes]], gone: str) -> list[tuple[str, bytes]]:
    return [(name, content) for name, content in items if name != gone]


def instead(items: list[tuple[str, bytes]], changed: str, content: bytes) -> list[tuple[str, bytes]]:
    return [(name, content if name == changed else old) for name, old in items]


def test_the_proof_of_a_run_holds_and_says_what_it_proves(proof: Told) -> None:
    found = checked(proof.items())
    assert found.faults == ()
    assert (found.run, found.entry, found.head) == (proof.run, proof.entry, proof.head)
    assert (found.snapshot.seq, found.snapshot.chain) == (proof.records.basis.seq, proof.records.basis.hash)
    assert found.snapshot.tzdata == zones.tzdata_version()
    assert {one.id: one.followed_until for one in found.programmes} == {
        one.id: one.followed_until for one in proof.records.corpus.programmes.values()
    }
    assert found.counts["part"] == 2
    assert found.counts["act"] == len(set(proof.because))


def test_acts_come_with_their_documents_quotes_and_programmes(proof: Told) -> None:
    items = dict(proof.items())
    for act_id in proof.because:
        act = decode("act", items[f"act/{act_id}"])
        assert act == proof.records.corpus.acts[act_id]
        assert act.document is None or f"document/{act.document}" in items
        assert f"programme/{act.programme}" in items


def test_it_holds_on_a_machine_with_other_zone_rules_and_no_ledger(
    proof: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path, bundle(proof.items()))
    monkeypatch.setattr("vacatur.ledger.snapshot.tzdata_version", lambda: "1999.1")
    assert check_file(path, named, fingerprint_of(KEY)).faults == ()
    with pytest.raises(ProofBroken, match="not the one that is trusted"):
        check_file(path, named, fingerprint_of(OTHER))


def test_the_same_run_is_the_same_proof(proof: Told) -> None:
    assert bundle(proof.items()) == bundle(proof.items())


def test_documents_that_are_archived_go_in_with_their_bytes(proof: Told) -> None:
    act = next(one for one in map(proof.records.corpus.acts.__getitem__, proof.because) if one.document)
    assert act.document is not None
    source = proof.keep(b"the order as it was published")
    proof.records.documents[act.document] = replace(proof.records.documents[act.document], sha256=source)
    items = proof.items()
    assert dict(items)[f"source/{source}"] == b"the order as it was published"
    assert faults(items) == []
    (fault,) = faults(instead(items, f"source/{source}", b"the order as somebody would have it"))
    assert "its bytes are not those that it is named by" in fault


def test_an_act_that_the_ledger_does_not_hold_is_said_when_it_is_written(proof: Told) -> None:
    with pytest.raises(LedgerError, match="the act quay/nobody is named in the results"):
        replace(proof, because=["quay/nobody"]).items()


def test_what_is_no_run_has_no_proof(proof: Told) -> None:
    (entry,) = link([Draft("act", "quay/rope", 1, b"{}")], Head(0, "0" * 64), "book", NOW)
    with pytest.raises(LedgerError, match="is no run"):
        replace(proof, entry=entry).items()


def test_every_item_that_is_left_out_is_missed(proof: Told) -> None:
    items = proof.items()
    needed = [name for name, _ in items if not name.startswith(("edition/", "entry/"))]
    acts = [proof.records.corpus.acts[act] for act in proof.because]
    of_acts = {f"programme/{act.programme}" for act in acts}
    for name in needed:
        if name.startswith("programme/") and name not in of_acts:
            continue
        if name in ("run", "head", "snapshot"):
            with pytest.raises(InputError, match=f"no item '{name}'"):
                checked(without(items, name))
        else:
            said = " ".join(faults(without(items, name)))
            assert name.partition("/")[2][:16] in said, name
            assert "not in the bundle" in said


def test_an_act_that_only_a_part_names_is_missed(proof: Told) -> None:
    gone = proof.because[0]
    (fault,) = faults(replace(proof, because=proof.because[1:]).items())
    assert f"its results name the act {gone}, which is not in the bundle" in fault
    assert "(part/" in fault


def test_an_entry_that_was_changed_does_not_match_its_seal(proof: Told) -> None:
    items = proof.items()
    entry = json.loads(dict(items)["run"])
    for name in ("origin", "recorded", "prev"):
        (fault,) = faults(instead(items, "run", canonical(entry | {name: "2001-01-01"}).encode()))
        assert f"entry {proof.entry.seq} does not match its seal" in fault
    other = canonical(asdict(proof.beside[0]) | {"body": "{ }"}).encode()
    (fault,) = faults(instead(items, f"entry/{proof.beside[0].seq}", other))
    assert f"entry {proof.beside[0].seq} does not match its seal" in fault


def test_a_run_that_counts_otherwise_than_its_parts_is_found(proof: Told) -> None:
    assert "its parts have not the subjects that it counts" in faults(sealed(proof, subjects=4).items())[0]
    assert "its parts have not the hits that it counts" in faults(sealed(proof, hits=0).items())[0]


def test_a_snapshot_of_something_else_is_found(proof: Told) -> None:
    items = proof.items()
    parts = json.loads(dict(items)["snapshot"])
    (fault,) = faults(instead(items, "snapshot", canonical(parts | {"goodguys": "others"}).encode()))
    assert f"its parts do not make the run's snapshot {proof.run.snapshot}" in fault
    other = proof.keep(canonical(parts | {"seq": 1}).encode())
    assert any(
        "it is of entry 1, and the run's basis is" in fault for fault in faults(sealed(proof, snapshot=other).items())
    )
    (fault,) = faults(sealed(proof, matcher="matcher-2").items())
    assert "the matcher matcher-1;threshold=0.7, and the run's is matcher-2" in fault


def test_a_run_out_of_its_place_in_the_chain_is_found(proof: Told) -> None:
    (fault,) = faults(replace(proof, head=Head(proof.entry.seq - 1, "0" * 64)).items())
    assert "cannot be entry" in fault
    (fault,) = faults(replace(proof, head=Head(proof.entry.seq, "0" * 64)).items())
    assert "the run's entry is the last one, and the head is another" in fault
    (fault,) = faults(sealed(proof, ledger=proof.entry.seq).items())
    assert "cannot be entry" in fault


def test_an_entry_of_another_run_is_found(proof: Told) -> None:
    run = replace(proof.run, id="r-other")
    (entry,) = link([Draft("run", proof.run.id, 1, encode(run))], proof.records.basis, "user", NOW)
    assert (
        "the entry is of run r-0123456789abcdef, and its body is run r-other"
        in faults(replace(proof, entry=entry, head=Head(entry.seq, entry.hash)).items())[0]
    )


def test_a_part_exchanged_for_another_is_found(proof: Told) -> None:
    first, second = (f"part/{part.sha256}" for part in proof.run.parts)
    items = proof.items()
    said = faults(instead(items, first, dict(items)[second]))
    assert any(f"({first}): its bytes are not those that it is named by" in fault for fault in said)


def test_a_part_that_cannot_be_read_is_found(proof: Told) -> None:
    odd = proof.keep(b"not a part")
    parts = (replace(proof.run.parts[0], sha256=odd), proof.run.parts[1])
    (fault,) = faults(sealed(proof, parts=parts).items())
    assert f"(part/{odd}): it cannot be read: this is not a part" in fault


def test_records_under_another_name_or_of_no_kind_are_found(proof: Told) -> None:
    items, (one, other) = proof.items(), sorted(set(proof.because))[:2]
    (fault,) = faults(instead(items, f"act/{one}", dict(items)[f"act/{other}"]))
    assert f"(act/{one}): this is {other}" in fault
    assert any("this is no act" in fault for fault in faults(instead(items, f"act/{one}", b"[" * 1000)))
    assert any("this is no act" in fault for fault in faults(instead(items, f"act/{one}", b"\xff")))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"body": "{}"}'])
def test_a_run_that_cannot_be_read_is_said(proof: Told, content: bytes) -> None:
    for name in ("run", "head", "snapshot"):
        with pytest.raises(ProofBroken, match=r"this item cannot be read"):
            checked(instead(proof.items(), name, content))


def test_an_altered_byte_is_found_in_the_file(proof: Told, tmp_path: Path) -> None:
    content = bytearray(bundle(proof.items()))
    at = content.index("小米".encode())
    content[at] ^= 1
    with pytest.raises(ProofBroken, match="not the one that was signed") as said:
        check_file(put(tmp_path, bytes(content)), named)
    assert said.value.item.startswith("part/")
    assert said.value.span[0] <= at < said.value.span[1]


@pytest.mark.parametrize("place", ["folder", "nowhere"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError, match=r"not a file|cannot be read"):
        check_file(tmp_path / place, named)


def test_a_thousand_equal_parts_are_told_once(proof: Told) -> None:
    part = proof.run.parts[1]
    many = sealed(proof, parts=(part,) * 1000, subjects=1000, hits=0)
    assert faults(replace(many, because=[]).items()) == []
    assert hashlib.sha256(dict(many.items())[f"part/{part.sha256}"]).hexdigest() == part.sha256
