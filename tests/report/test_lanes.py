"""What stands in the lanes of a timeline, without any markup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.report.pages import PAGES, XIAOMI, corpus, dossier, dossier_of

from vacatur.law.corpus import Corpus
from vacatur.report.timeline.lanes import Lane, Timeline, Track
from vacatur.report.timeline.spans import State

VACATE = "us-ccmc/xiaomi/2021-05-25-vacate"


def picture(party: str, **clocks: str) -> Timeline:
    found = dossier(party, **clocks).timeline
    assert found is not None
    return found


def lane(found: Timeline, programme: str) -> Lane:
    return next(one for one in found.lanes if one.programme is not None and one.programme.id == programme)


def told(track: Track, *, later: bool = False) -> list[tuple[str, str, str]]:
    return [(span.state.value, f"{span.start:%Y-%m-%d}", "open" if span.open else f"{span.end:%Y-%m-%d}")
            for span in track.spans if span.later is later]  # fmt: skip


def test_eight_days_after_the_injunction_the_ban_is_drawn_as_what_it_would_have_been() -> None:
    listing, buying, holding = lane(picture("xiaomi", as_of="2021-03-20"), "us-ccmc").tracks
    assert told(listing) == [("listed", "2021-01-14", "2021-03-21"), ("expected", "2021-03-21", "open")]
    assert told(buying) == [("run", "2021-01-14", "2021-03-15"), ("would", "2021-03-15", "2021-03-21")]
    assert told(holding) == [("run", "2021-01-14", "2022-01-14")]
    assert buying.spans[0].words == "60 days"


def test_what_came_later_is_apart_from_what_the_view_knows() -> None:
    listing, buying, _ = lane(picture("xiaomi", as_of="2021-03-20"), "us-ccmc").tracks
    assert told(listing, later=True) == [("listed", "2021-03-21", "2021-05-25")]
    assert told(buying, later=True) == [("would", "2021-03-21", "2021-05-25")]


def test_the_suspension_lies_over_the_whole_lane_and_its_cut_end_has_no_post() -> None:
    first, second = lane(picture("xiaomi", as_of="2021-03-20"), "us-ccmc").held
    assert (first.head, first.tail, first.later) == (True, False, False)
    assert (second.head, second.tail, second.later) == (False, True, True)


def test_seen_from_today_nothing_is_later_and_the_day_of_the_vacatur_ends_it() -> None:
    listing, buying, holding = lane(picture("xiaomi"), "us-ccmc").tracks
    assert told(listing) == [("listed", "2021-01-14", "2021-05-25")]
    assert told(buying) == [("run", "2021-01-14", "2021-03-15"), ("would", "2021-03-15", "2021-05-25")]
    assert (told(holding), holding.note) == ([], "never forbidden")
    assert not [span for one in picture("xiaomi").lanes for track in one.tracks for span in track.spans if span.later]


def test_a_listing_annulled_from_the_start_stands_hollow_until_the_day_of_the_order() -> None:
    law = corpus()
    undone = replace(law.acts[VACATE], effect="ex-tunc")
    found = dossier_of(Corpus(law.programmes, {**law.acts, VACATE: undone}, law.parties), "xiaomi", {}).timeline
    assert found is not None
    listing, buying, _ = lane(found, "us-ccmc").tracks
    assert told(listing) == [("annulled", "2021-01-14", "2021-05-25")]
    assert told(buying) == [], "no counterfactual beyond bites ∩ force ∩ suspended is ever drawn"


def test_smic_has_a_lane_for_each_list_in_order_of_first_listing() -> None:
    found = picture("smic", as_of="2026-09-01")
    assert [one.programme.id for one in found.lanes if one.programme] == ["us-ccmc", "us-1260h", "us-ns-cmic"]
    assert [track.label for track in lane(found, "us-1260h").tracks] == ["listed", "contract", "goods"]


def test_a_ban_that_acts_already_foresee_is_scheduled_and_not_drawn_as_a_ban() -> None:
    goods = lane(picture("smic", as_of="2026-09-01"), "us-1260h").tracks[2]
    assert told(goods) == [("run", "2023-12-22", "2027-06-30"), ("scheduled", "2027-06-30", "open")]


def test_selling_only_to_divest_is_its_own_state() -> None:
    selling = lane(picture("smic", as_of="2026-09-01"), "us-ns-cmic").tracks[2]
    assert ("licensed", "2021-08-02", "2022-06-03") in told(selling)
    assert next(span.words for span in selling.spans if span.state is State.LICENSED) == "only to divest"
    assert ("prohibited", "2022-06-03", "2026-09-02") in told(selling)


def test_an_end_known_only_to_lie_between_two_days_is_an_end_not_seen() -> None:
    listing = lane(picture("smic", as_of="2026-09-01"), "us-ccmc").tracks[0]
    assert told(listing)[-1] == ("unseen", "2021-06-03", "2021-06-20")


def test_a_listing_known_from_editions_alone_says_that_it_is_inferred() -> None:
    assert told(lane(picture("smic", as_of="2026-09-01"), "us-1260h").tracks[0])[0][0] == "inferred"


def test_both_readings_of_a_dispute_become_one_disputed_stretch() -> None:
    buying = lane(picture("mobile-ltd", as_of="2021-01-20"), "us-ccmc").tracks[1]
    assert ("disputed", "2021-01-11", "2021-03-09") in told(buying)
    assert ("scheduled", "2021-03-09", "open") in told(buying)


def test_consequences_stand_in_a_lane_without_bars() -> None:
    last = picture("xiaomi", as_of="2021-03-20").lanes[-1]
    assert (last.programme, last.tracks, [act.number for act in last.acts]) == (None, (), ["a", "b"])


def test_a_party_without_a_listing_has_no_timeline() -> None:
    assert dossier("quiet", as_of="2021-01-20").timeline is None


@pytest.mark.parametrize(("party", "clocks"), PAGES)
def test_nothing_after_the_view_is_drawn_as_if_it_held(party: str, clocks: dict[str, str]) -> None:
    found = dossier(party, **clocks)
    holding = (State.LISTED, State.INFERRED, State.PROHIBITED, State.SUSPENDED, State.WOULD, State.ANNULLED)
    for one in found.timeline.lanes if found.timeline is not None else ():
        for span in (*one.held, *(span for track in one.tracks for span in track.spans)):
            if span.state in holding:
                assert span.end <= (datetime(2026, 11, 23, tzinfo=UTC) if span.later else found.seen)
            if span.later:
                assert span.start >= found.seen


@pytest.mark.parametrize(("party", "clocks"), PAGES)
def test_a_day_is_prohibited_in_the_picture_where_it_is_in_the_answer(party: str, clocks: dict[str, str]) -> None:
    found = dossier(party, **clocks)
    solid = (State.PROHIBITED, State.SCHEDULED)
    tracks = [track for one in (found.timeline.lanes if found.timeline is not None else ()) for track in one.tracks]
    drawn = any(span.state in solid and not span.later and span.start <= found.view.on < span.end
                for track in tracks if track.pair == ("buy", "us-person") for span in track.spans)  # fmt: skip
    assert drawn is (found.answer.answer == "prohibited")


def test_the_numbers_run_with_time_over_the_whole_party() -> None:
    acts = dossier("xiaomi", as_of="2021-03-20").acts
    legal = [one for one in acts if not one.consequence]
    assert [one.number for one in legal] == [str(n) for n in range(1, len(legal) + 1)]
    days = [one.act.issued.earliest for one in legal]
    assert days == sorted(days)
    assert [one.act.id for one in acts if one.act.is_designation] == [XIAOMI], "other parties' listings stay out"


def test_a_statute_far_older_than_the_listing_does_not_stretch_the_picture() -> None:
    law = corpus()
    order = "us-ccmc/2020-11-12-eo-13959"
    old = replace(law.acts[order], issued=replace(law.acts[order].issued, earliest=datetime(1998, 10, 17, tzinfo=UTC),
                                                  latest=datetime(1998, 10, 17, tzinfo=UTC)))  # fmt: skip
    found = dossier_of(Corpus(law.programmes, {**law.acts, order: old}, law.parties), "xiaomi", {}).timeline
    assert found is not None
    assert found.scale.start > datetime(2019, 1, 1, tzinfo=UTC)
    assert found.scale.end - found.scale.start < timedelta(days=9 * 365)
