"""Documents on the stage: who may bring, show, turn and remove them."""

import pytest

from conferences.core import commands as c
from conferences.core import slides as s
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, Role
from tests.conferences.meeting import Meeting

OFFER = s.OfferDocument(document="plans", name="  Plans\n.pdf ", url="/documents/plans/key/")


@pytest.fixture
def stage(meeting: Meeting) -> Meeting:
    """Alice hosts, Bob presents, Carol is a guest; Bob has brought three pages, which are on the stage."""
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.brings("bob", "plans", pages=3)
    return meeting


def test_a_guest_brings_nothing(meeting: Meeting) -> None:
    meeting.refuses("carol", OFFER, Reason.NOT_ALLOWED)
    meeting.refuses("mallory", OFFER, Reason.NOT_HERE)


def test_what_a_host_brings_has_a_clean_name_and_is_not_shown_before_it_is_ready(meeting: Meeting) -> None:
    meeting.does("alice", OFFER)
    assert meeting.state.documents["plans"].name == "Plans .pdf"
    meeting.refuses("alice", s.PresentDocument(document="plans"), Reason.NO_DOCUMENT)
    assert meeting.page is None


def test_what_is_ready_comes_on_an_empty_stage(stage: Meeting) -> None:
    assert stage.page == ("plans", 1)
    stage.brings("alice", "budget")
    assert stage.page == ("plans", 1)


def test_what_somebody_brought_who_presents_no_longer_stays_off_the_stage(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", OFFER)
    meeting.does("bob", c.LeaveConference())
    meeting.does(SYSTEM, s.AddDocument(document="plans", pages=3))
    assert meeting.state.documents["plans"].status is s.DocumentStatus.READY
    assert meeting.page is None


def test_a_worker_may_tell_it_twice_or_too_late(stage: Meeting) -> None:
    for late in (
        s.AddDocument(document="plans", pages=9),
        s.ProgressDocument(document="plans", done=1, pages=3),
        s.FailDocument(document="plans", failure=s.Failure.BROKEN),
        s.AddDocument(document="removed meanwhile", pages=1),
    ):
        assert stage.does(SYSTEM, late) == []


def test_progress_only_grows(meeting: Meeting) -> None:
    meeting.does("alice", OFFER)
    for done in (1, 2, 2, 1):
        meeting.does(SYSTEM, s.ProgressDocument(document="plans", done=done, pages=3))
    assert meeting.state.documents["plans"].done == 2
    assert len([e for e in meeting.events if isinstance(e, s.DocumentProgressed)]) == 2


def test_what_failed_says_why_and_is_never_shown(meeting: Meeting) -> None:
    meeting.does("alice", OFFER)
    meeting.does(SYSTEM, s.FailDocument(document="plans", failure=s.Failure.ENCRYPTED))
    assert meeting.state.documents["plans"].failure is s.Failure.ENCRYPTED
    meeting.refuses("alice", s.PresentDocument(document="plans"), Reason.NO_DOCUMENT)
    meeting.does("alice", s.RemoveDocument(document="plans"))
    assert meeting.state.documents == {}


def test_hosts_and_presenters_turn_pages_and_guests_do_not(stage: Meeting) -> None:
    stage.does("bob", s.TurnPage(document="plans", page=2))
    stage.does("alice", s.TurnPage(document="plans", page=3))
    assert stage.page == ("plans", 3)
    stage.refuses("carol", s.TurnPage(document="plans", page=1), Reason.NOT_ALLOWED)
    stage.refuses("bob", s.TurnPage(document="plans", page=4), Reason.NO_PAGE)


def test_two_who_turn_at_once_turn_once(stage: Meeting) -> None:
    stage.does("bob", s.TurnPage(document="plans", page=2))
    assert stage.does("alice", s.TurnPage(document="plans", page=2)) == []
    assert stage.page == ("plans", 2)


def test_who_turns_what_another_took_away_is_refused(stage: Meeting) -> None:
    stage.brings("alice", "budget")
    stage.does("alice", s.PresentDocument(document="budget"))
    stage.refuses("bob", s.TurnPage(document="plans", page=2), Reason.NO_DOCUMENT)
    assert stage.does("bob", s.DismissDocument(document="plans")) == []
    assert stage.page == ("budget", 1)


def test_a_document_comes_back_where_it_was_left(stage: Meeting) -> None:
    stage.does("bob", s.TurnPage(document="plans", page=3))
    stage.does("bob", s.DismissDocument(document="plans"))
    assert stage.page is None
    stage.does("alice", s.PresentDocument(document="plans"))
    assert stage.page == ("plans", 3)


def test_everyone_follows_a_view_until_the_page_is_turned(stage: Meeting) -> None:
    view = s.FocusPage(document="plans", page=1, x=2_000, y=3_000, zoom=250)
    stage.does("bob", view)
    assert stage.does("bob", view) == []
    assert stage.state.shown == s.Shown(document="plans", by="bob", x=2_000, y=3_000, zoom=250)
    stage.does("bob", s.TurnPage(document="plans", page=2))
    assert stage.state.shown == s.Shown(document="plans", by="bob")


def test_a_view_of_a_page_that_was_turned_meanwhile_is_forgotten(stage: Meeting) -> None:
    stage.does("alice", s.TurnPage(document="plans", page=2))
    assert stage.does("bob", s.FocusPage(document="plans", page=1, x=0, y=0, zoom=300)) == []


def test_its_owner_and_a_host_release_and_remove_it(stage: Meeting) -> None:
    stage.brings("alice", "budget")
    stage.refuses("bob", s.RemoveDocument(document="budget"), Reason.NOT_ALLOWED)
    stage.refuses("bob", s.ReleaseDocument(document="budget", allowed=True), Reason.NOT_ALLOWED)
    stage.does("bob", s.ReleaseDocument(document="plans", allowed=True))
    assert stage.does("alice", s.ReleaseDocument(document="plans", allowed=True)) == []
    assert stage.state.documents["plans"].download
    stage.does("alice", s.RemoveDocument(document="plans"))
    assert (list(stage.state.documents), stage.page) == (["budget"], None)


def test_removing_another_leaves_the_stage_alone(stage: Meeting) -> None:
    stage.brings("alice", "budget")
    stage.does("alice", s.RemoveDocument(document="budget"))
    assert stage.page == ("plans", 1)
