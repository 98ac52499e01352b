"""Whose security it is: an identifier settles it, a name makes it possible, and neither is taken for the other."""

from datetime import UTC, datetime

from tests.screen.portfolio.conftest import ASH, DOGWOOD, OAK, Assess, held

from vacatur.screen.portfolio.holding import Holding

DAY = datetime(2021, 6, 1, tzinfo=UTC)


def one(assessed: Assess, on: datetime = DAY, threshold: float = 0.7, **cells: str) -> Holding:
    (holding,) = assessed([held(1, **cells)], on, threshold=threshold).holdings
    return holding


def test_an_isin_settles_the_issuer_whatever_the_name(assessed: Assess) -> None:
    holding = one(assessed, isin=DOGWOOD, name="Maple Mills")
    assert [(issuer.party, issuer.certain) for issuer in holding.deciding] == [("dogwood", True)]
    assert (holding.state, holding.certain, holding.by_name) == ("barred", True, False)


def test_a_ticker_settles_it_at_its_market_and_only_there(assessed: Assess) -> None:
    assert one(assessed, ticker="CDR", mic="XNAS").certain
    assert not one(assessed, ticker="CDR", mic="XLON").deciding
    alone = one(assessed, ticker="CDR")
    assert [issuer.party for issuer in alone.deciding] == ["cedar"]
    assert (alone.certain, alone.by_name) == (False, True)


def test_an_equal_name_is_taken_for_the_issuer_and_marked(assessed: Assess) -> None:
    holding = one(assessed, name="Dogwood Drones")
    assert (holding.state, holding.certain, holding.by_name) == ("barred", False, True)


def test_a_name_that_comes_near_decides_nothing_and_is_told(assessed: Assess) -> None:
    holding = one(assessed, name="Dogwood Dronez")
    assert (holding.state, holding.deciding) == ("possible", ())
    assert holding.law.answers["buy"] == "permitted"
    ((issuer, law),) = holding.possible
    assert (issuer.party, law.state, issuer.score < 1) == ("dogwood", "barred", True)
    assert holding.gravest["buy"] == "prohibited"


def test_a_near_name_beside_a_certain_issuer_is_told_and_does_not_count(assessed: Assess) -> None:
    holding = one(assessed, isin=OAK, name="Dogwood Drones", on=datetime(2021, 4, 1, tzinfo=UTC))
    assert holding.deciding[0].party == "oak"
    assert [issuer.party for issuer, _ in holding.possible] == ["dogwood"]
    assert holding.gravest == holding.law.answers


def test_linked_records_are_one_party(assessed: Assess) -> None:
    by_isin, by_name = one(assessed, isin=ASH), one(assessed, name="Elm Energy")
    assert set(by_isin.deciding[0].records) == {"elm", "ash"}
    assert len(by_isin.deciding) == 1
    assert by_isin.possible == ()
    assert by_isin.law.because == by_name.law.because
    assert "quay/elm/2021-03-01-designate" in by_isin.law.because


def test_two_parties_of_one_equal_name_are_both_kept_and_the_strictest_tells(assessed: Assess) -> None:
    holding = one(assessed, name="Birch Telecom")
    assert {issuer.party for issuer in holding.deciding} == {"birch", "birch-holding"}
    assert holding.by_name


def test_a_subsidiary_is_reached_only_where_the_rule_says_and_with_the_reason(assessed: Assess) -> None:
    holding = one(assessed, isin=OAK)
    assert holding.law.answers == {"buy": "prohibited", "sell": "permitted", "hold": "permitted"}
    assert holding.law.reached_via == ("oak is owned 60 % by dogwood",)
    later = one(assessed, isin=OAK, on=datetime(2022, 6, 1, tzinfo=UTC))
    assert later.law.answers["sell"] == "permitted"  # its owner may not be sold by then


def test_a_stranger_is_clean_and_a_threshold_keeps_names_apart(assessed: Assess) -> None:
    assert one(assessed, name="Nobody At All").state == "clean"
    assert one(assessed, name="Dogwood Dronez", threshold=0.99).state == "clean"
