"""Who invites everyone to open which page."""

from conferences.core import commands as c
from conferences.core.rules import Reason
from conferences.core.shared_links import ShareLink, WithdrawLink
from conferences.core.words import Role
from tests.conferences.meeting import Meeting

WIKI = ShareLink(url="https://wiki.example.org/", title=" Our\u202e wiki ")


def test_hosts_and_presenters_offer_a_page_to_everyone(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    (shared,) = meeting.does("bob", WIKI)
    assert meeting.hearers_of(shared) == {"alice", "bob", "carol"}
    link = meeting.state.seen_by("carol").link
    assert link is not None
    assert (link.url, link.title, link.name) == ("https://wiki.example.org/", "Our wiki", "Bob")


def test_latecomers_see_it_until_it_is_withdrawn(meeting: Meeting) -> None:
    meeting.does("alice", WIKI)
    meeting.joins("mallory")
    assert meeting.state.seen_by("mallory").link == meeting.state.link
    meeting.does("alice", WithdrawLink())
    assert meeting.state.seen_by("mallory").link is None
    assert meeting.does("alice", WithdrawLink()) == []


def test_guests_offer_and_withdraw_nothing(meeting: Meeting) -> None:
    meeting.does("alice", WIKI)
    meeting.refuses("bob", WIKI, Reason.NOT_ALLOWED)
    meeting.refuses("bob", WithdrawLink(), Reason.NOT_ALLOWED)


def test_who_waits_sees_none(lobby: Meeting) -> None:
    (shared,) = lobby.does("alice", WIKI)
    assert lobby.hearers_of(shared) == {"alice"}
    assert lobby.state.seen_by("bob").link is None


def test_what_is_no_page_is_refused(meeting: Meeting) -> None:
    meeting.refuses("alice", ShareLink(url="javascript:alert(1)"), Reason.ADDRESS_WRONG)
