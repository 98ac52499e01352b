"""Alerts: what a person has to judge, once for as long as its facts stand; and who may say what of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOW
from tests.intake.dock import DOCK, edition

from vacatur.app import App
from vacatur.errors import InputError, LedgerError, WordUnknown
from vacatur.intake import registry
from vacatur.law.corpus import Corpus
from vacatur.ledger.see import Records
from vacatur.model.casework import DISPOSITIONS, Disposition
from vacatur.model.party import Link
from vacatur.screen.alerts import Alert, alerts
from vacatur.screen.part import Screened
from vacatur.screen.run import Screener
from vacatur.screen.subject import from_list

DOGWOOD = "Dogwood Drones"


@pytest.fixture(autouse=True)
def dock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dock list is a source like any other."""
    monkeypatch.setitem(registry.SOURCES, "dock", DOCK)


def clear(app: App, named: str, by: str = "A. Lee", *, remember: bool = False, until: str = "") -> list[Disposition]:
    """Says that the alerts are of another company."""
    return app.decide(named, "false positive", by=by, reason="another company", remember=remember, until=until)


def screened(app: App, *names: object, **clocks: Any) -> str:
    """A recorded run's id."""
    run = app.screen(list(names), **clocks).run
    assert run is not None
    return run.id


def one_alert(app: App, name: str = DOGWOOD, **clocks: Any) -> Alert:
    (alert,) = app.alert(f"{screened(app, name, **clocks)}.1")
    return alert


# -- what an alert is


def test_the_alerts_of_a_run_begin_with_what_is_forbidden(quay: App) -> None:
    run = screened(quay, "Maple Mills", "Fir Foundry", "Nobody At All", DOGWOOD, as_of="2022-07-01")
    found = quay.alerts(run)
    assert [(one.answers["export"], one.state) for one in found] == [
        ("prohibited", "open"), ("permitted", "open"), ("permitted", "open")
    ]  # fmt: skip
    assert (found[0].name, found[0].score, found[0].decision) == (DOGWOOD, 1.0, f"{run}.4")
    assert quay.alerts() == found


def test_no_run_has_no_alerts(quay: App) -> None:
    assert quay.alerts() == []


def test_a_subject_that_may_be_two_parties_has_two_alerts(quay: App) -> None:
    run = screened(quay, "Birch Telecom")
    assert {one.party for one in quay.alert(f"{run}.1")} == {"birch", "birch-holding"}
    assert [one.party for one in quay.alert(f"{run}.1/birch-holding")] == ["birch-holding"]


def test_records_that_are_linked_as_the_same_party_are_one_alert(quay: App) -> None:
    corpus = quay.records().corpus

    def same(party: str, to: str) -> object:
        link = Link(kind="same-as", to=to, share="", since="", until="", source="reviewed")
        return replace(corpus.parties[party], links=(link,))

    parties = {
        **corpus.parties,
        "birch": same("birch", "birch-holding"),
        "birch-holding": same("birch-holding", "birch"),
    }
    linked = Corpus(corpus.programmes, corpus.acts, parties)  # type: ignore[arg-type]
    records = Records(quay.records().basis, linked, {}, ())
    asked = quay.asked(records, None, None, as_of="2021-03-20")
    screener = Screener(records, lambda: quay.resolver(quay.records()).index, asked.view, asked.zone_name, asked.where)
    (found,) = screener.part(from_list(["Birch Telecom"])).results()
    (alert,) = alerts(found, "r-0.1", ("me", ""), screener.docket, lambda _: ())
    assert alert.party == "birch"
    assert [hit["party"] for hit in alert.hits] == ["birch", "birch-holding"]
    assert set(alert.listings.values()) == {alert.listing}, "either record has the listings of both"


def test_the_same_facts_are_the_same_alert_in_a_later_run(quay: App, home: Path, book: Path) -> None:
    first = one_alert(quay, as_of="2021-03-20")
    clear(quay, f"{first.decision}/dogwood")
    later = one_alert(App(home, lambda: NOW, book), as_of="2021-06-01")
    assert (later.id, later.state) == (first.id, "false positive")
    assert later.decision != first.decision


def test_two_customers_of_one_name_are_two_alerts_and_one_without_a_number_is_one_in_every_run(quay: App) -> None:
    run = screened(quay, {"key": "1", "name": DOGWOOD}, {"key": "2", "name": DOGWOOD}, DOGWOOD, DOGWOOD)
    assert len({one.id for one in quay.alerts(run)}) == 3
    assert {one.id for one in quay.alerts(screened(quay, DOGWOOD))} < {one.id for one in quay.alerts(run)}


def test_a_subject_of_whom_more_is_known_is_another_alert(quay: App) -> None:
    run = screened(quay, DOGWOOD, {"name": DOGWOOD, "country": "KY"})
    one, two = quay.alerts(run)
    assert one.id != two.id


def test_a_listing_that_was_amended_raises_a_new_alert(quay: App, tmp_path: Path) -> None:
    list(quay.take("dock", [edition(tmp_path, "2021-03-01", "1,organisation,Rope Works,,,KYQUAY000024")]))
    before = one_alert(quay, "Rope Works", as_of="2021-03-20")
    clear(quay, before.decision)
    list(quay.take("dock", [edition(tmp_path, "2021-03-10", "1,organisation,Rope Works,1970,,KYQUAY000024")]))
    after = one_alert(quay, "Rope Works", as_of="2021-03-20")
    assert after.id != before.id
    assert after.state == "open"


def test_clean_and_muted_subjects_raise_none_and_that_is_said(quay: App) -> None:
    run = screened(quay, "Nobody At All", DOGWOOD)
    with pytest.raises(LedgerError, match=r"is no alert.*clean, or every hit is muted"):
        quay.alert(f"{run}.1")
    with pytest.raises(LedgerError, match=rf"is no alert.*Take one of: {run}\.2/dogwood"):
        quay.alert(f"{run}.2/elm")
    clear(quay, f"{run}.2", remember=True)
    with pytest.raises(LedgerError, match="every hit is muted"):
        quay.alert(f"{screened(quay, DOGWOOD)}.1")


# -- dispositions


@pytest.mark.parametrize("disposition", DISPOSITIONS)
def test_each_step_is_kept_and_none_takes_the_place_of_another(disposition: str, quay: App) -> None:
    alert = one_alert(quay)
    quay.decide(alert.decision, "escalated", by="B. Wu", reason="second look")
    (made,) = quay.decide(alert.decision, disposition, by=" A. Lee ", reason=" because ", note=" seen ")
    assert (made.disposition, made.by, made.reason, made.note, made.rev) == (
        disposition,
        "A. Lee",
        "because",
        "seen",
        2,
    )
    (after,) = quay.alert(alert.decision)
    assert [step.disposition for step in after.steps] == ["escalated", disposition]
    assert after.state == disposition
    assert quay.verify().seq == quay.entries.head().seq


def test_what_a_person_made_of_it_changes_nothing_found(quay: App) -> None:
    alert = one_alert(quay)
    before = quay.decision(alert.decision)
    clear(quay, alert.decision)
    assert quay.decision(alert.decision) == before
    assert quay.replay(alert.decision) == before.result
    assert quay.records().basis == quay.entries.basis(), "what people decide moves no basis"


def test_only_open_ones_are_shown_on_request(quay: App) -> None:
    run = screened(quay, DOGWOOD, "Elm Energy")
    clear(quay, f"{run}.1")
    assert [one.party for one in quay.alerts(run, only_open=True)] == ["elm"]
    assert len(quay.alerts(run)) == 2


def test_a_word_that_is_no_disposition_and_what_must_be_said(quay: App) -> None:
    alert = one_alert(quay)
    head = quay.entries.head()
    with pytest.raises(WordUnknown, match=r"disposition 'fine' is not known\. Use one of: true match"):
        quay.decide(alert.decision, "fine", by="A. Lee", reason="x")
    for by, reason in ((" ", "x"), ("A. Lee", "\t"), ("", "")):
        with pytest.raises(LedgerError, match="needs an author and a reason"):
            quay.decide(alert.decision, "cleared", by=by, reason=reason)
    with pytest.raises(LedgerError, match="only a false positive can be remembered"):
        quay.decide(alert.decision, "true match", by="A. Lee", reason="x", remember=True)
    with pytest.raises(InputError, match=r"'tomorrow' is not a day"):
        clear(quay, alert.decision, remember=True, until="tomorrow")
    assert quay.entries.head() == head


def test_many_are_decided_with_one_reason(quay: App) -> None:
    run = screened(quay, DOGWOOD, "Birch Telecom", "Elm Energy")
    made = quay.decide([f"{run}.{row}" for row in (1, 2, 3, 1)], "cleared", by="A. Lee", reason="a list of suppliers")
    assert [one.party for one in made] == ["dogwood", "birch", "birch-holding", "elm"]
    assert {one.reason for one in made} == {"a list of suppliers"}
    assert {one.state for one in quay.alerts(run)} == {"cleared"}


@pytest.mark.parametrize("bad", ["{run}.4", "{run}.9", "{run}.2/elm", "r-0123456789abcdef.1", "nonsense", ""])
def test_one_bad_name_among_many_and_nothing_is_recorded(bad: str, quay: App) -> None:
    run = screened(quay, DOGWOOD, "Birch Telecom", "Elm Energy", "Nobody At All")
    head = quay.entries.head()
    with pytest.raises((LedgerError, InputError)):
        quay.decide([f"{run}.1", f"{run}.2", bad.format(run=run), f"{run}.3"], "cleared", by="A. Lee", reason="x",
                    remember=False)  # fmt: skip
    assert quay.entries.head() == head


def test_attachments_are_archived_with_their_names(quay: App, tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF the register says otherwise")
    alert = one_alert(quay)
    (made,) = quay.decide(alert.decision, "cleared", by="A. Lee", reason="see the letter", attach=[letter])
    assert [one.name for one in made.attachments] == ["letter.pdf"]
    letter.unlink()
    (after,) = quay.alert(alert.decision)
    assert quay._home.read(after.steps[0].attachments[0].sha256) == b"%PDF the register says otherwise"


def test_an_attachment_that_cannot_be_read_records_nothing(
    quay: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = one_alert(quay)
    head = quay.entries.head()
    large = tmp_path / "large"
    large.write_bytes(b"12345678")
    monkeypatch.setattr("vacatur.wiring.casework.MOST_ATTACHED", 7)
    for path in (tmp_path / "nowhere", tmp_path, Path("a\0b"), large):
        with pytest.raises(InputError, match="attachment"):
            quay.decide(alert.decision, "cleared", by="A. Lee", reason="x", attach=[path])
    assert quay.entries.head() == head


# -- four eyes


@pytest.fixture
def eyes(quay: App, monkeypatch: pytest.MonkeyPatch) -> App:
    """A desk set to four eyes, at which Ann Bell screens."""
    monkeypatch.setattr("vacatur.wiring.screening.author", lambda: "Ann Bell")
    quay.set("four-eyes", "on", by="C. Ho", reason="policy 7")
    return quay


def test_four_eyes_are_off_unless_they_are_set(quay: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vacatur.wiring.screening.author", lambda: "Ann Bell")
    assert quay.setting("four-eyes") == "off"
    assert clear(quay, one_alert(quay).decision, "Ann Bell")


@pytest.mark.parametrize("name", ["Ann Bell", "ANN BELL", "  ann   bell ", "ann\tBell"])
@pytest.mark.parametrize("disposition", ["false positive", "cleared"])
def test_whoever_raised_an_alert_may_not_clear_it(name: str, disposition: str, eyes: App) -> None:
    alert = one_alert(eyes)
    head = eyes.entries.head()
    with pytest.raises(LedgerError, match=r"raised the alert .* and may not clear it.*four eyes"):
        eyes.decide(alert.decision, disposition, by=name, reason="x")
    assert eyes.entries.head() == head
    assert eyes.decide(alert.decision, disposition, by="B. Wu", reason="x")


def test_whoever_raised_an_alert_may_escalate_it_and_then_not_clear_it(eyes: App) -> None:
    alert = one_alert(eyes)
    eyes.decide(alert.decision, "escalated", by="Ann Bell", reason="unsure")
    eyes.decide(alert.decision, "escalated", by="B. Wu", reason="unsure too")
    for name in ("ann bell", "b. WU"):
        with pytest.raises(LedgerError, match="may not clear"):
            eyes.decide(alert.decision, "cleared", by=name, reason="x")
    assert eyes.decide(alert.decision, "true match", by="B. Wu", reason="it is they")
    assert eyes.decide(alert.decision, "cleared", by="C. Ho", reason="x")


def test_screening_the_same_again_does_not_make_another_the_one_who_raised_it(
    eyes: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = one_alert(eyes, as_of="2021-03-20")
    monkeypatch.setattr("vacatur.wiring.screening.author", lambda: "B. Wu")
    again = one_alert(eyes, as_of="2021-03-20")
    assert (again.decision, again.raised_by) == (alert.decision, "Ann Bell")
    with pytest.raises(LedgerError, match="may not clear"):
        clear(eyes, alert.decision, "Ann Bell")


def test_one_alert_of_many_that_may_not_be_cleared_and_none_is(
    eyes: App, home: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = one_alert(eyes)
    monkeypatch.setattr("vacatur.wiring.screening.author", lambda: "B. Wu")
    theirs = one_alert(eyes, "Elm Energy")
    head = eyes.entries.head()
    with pytest.raises(LedgerError, match="may not clear"):
        eyes.decide([theirs.decision, mine.decision], "cleared", by="Ann Bell", reason="x")
    assert eyes.entries.head() == head
    assert eyes.decide(theirs.decision, "cleared", by="Ann Bell", reason="x")


def test_the_rules_of_the_desk_are_kept_with_who_changed_them_and_why(quay: App) -> None:
    quay.set("four-eyes", "on", by=" C. Ho ", reason=" policy 7 ")
    off = quay.set("four-eyes", "off", by="C. Ho", reason="policy 8")
    assert (off.value, off.rev, off.by) == ("off", 2, "C. Ho")
    assert [entry.rev for entry in quay.entries.latest("setting", "four-eyes")] == [1, 2]
    head = quay.entries.head()
    for name, value, by, reason in (("six-eyes", "on", "a", "b"), ("four-eyes", "maybe", "a", "b")):
        with pytest.raises(WordUnknown):
            quay.set(name, value, by=by, reason=reason)
    with pytest.raises(LedgerError, match="needs an author and a reason"):
        quay.set("four-eyes", "on", by="", reason="x")
    assert quay.entries.head() == head


def test_a_muted_hit_is_no_part_of_an_alert(quay: App) -> None:
    run = quay.screen(["Birch Telecom"]).run
    assert run is not None
    clear(quay, f"{run.id}.1/birch", remember=True)
    results = quay.screen(["Birch Telecom"])
    (found,) = [one for one, _ in results]
    assert isinstance(found, Screened)
    assert [("muted" in hit) for hit in found.hits] == [True, False]
    assert results.run is not None
    assert [one.party for one in quay.alerts(results.run.id)] == ["birch-holding"]


def test_who_screened_the_same_subjects_before_may_not_clear_what_another_screened_again(
    quay: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vacatur.wiring.screening.author", lambda: "A. Lee")
    run = screened(quay, DOGWOOD)
    monkeypatch.setattr("vacatur.wiring.rescreening.author", lambda: "B. Wu")
    again = quay.rescreen(run, as_of="2021-03-21").after.run
    assert again is not None
    assert (again.before, again.by) == (run, "B. Wu")
    quay.set("four-eyes", "on", by="Head", reason="policy")
    for raiser in ("A. Lee", "B. Wu"):
        with pytest.raises(LedgerError, match="may not clear it"):
            quay.decide(f"{again.id}.1", "cleared", by=raiser, reason="another company")
    (step,) = quay.decide(f"{again.id}.1", "cleared", by="C. Day", reason="another company")
    assert step.by == "C. Day"
