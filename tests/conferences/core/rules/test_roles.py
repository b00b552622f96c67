"""Who is host, presenter, guest."""

import pytest

from conferences.core import commands as c
from conferences.core.rules import Reason
from conferences.core.words import SYSTEM, Policy, Role
from tests.conferences.meeting import Meeting


@pytest.mark.parametrize("role", [Role.PRESENTER, Role.HOST])
def test_the_host_shares_a_role(meeting: Meeting, role: Role) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=role))
    assert meeting["bob"].role is role
    assert meeting["alice"].role is Role.HOST


def test_the_host_passes_the_role_on(meeting: Meeting) -> None:
    meeting.does("alice", c.PassRole(participant="bob"))
    assert (meeting["alice"].role, meeting["bob"].role) == (Role.GUEST, Role.HOST)


def test_passing_the_role_to_another_host_only_steps_down(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    assert len(meeting.does("alice", c.PassRole(participant="bob"))) == 1
    assert meeting["alice"].role is Role.GUEST


def test_passing_the_role_to_oneself_is_no_news(meeting: Meeting) -> None:
    assert meeting.does("alice", c.PassRole(participant="alice")) == []


def test_the_same_role_again_is_no_news(meeting: Meeting) -> None:
    assert meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST)) == []


def test_the_last_host_cannot_be_demoted(meeting: Meeting) -> None:
    meeting.refuses("alice", c.SetRole(participant="alice", role=Role.GUEST), Reason.LAST_HOST)


def test_a_host_steps_down_beside_another(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    meeting.does("alice", c.SetRole(participant="alice", role=Role.GUEST))
    assert meeting["alice"].role is Role.GUEST


def test_a_host_by_grace_does_not_demote_the_host_by_right(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    meeting.refuses("bob", c.SetRole(participant="alice", role=Role.GUEST), Reason.NOT_ALLOWED)


def test_the_host_by_right_demotes_a_host_by_grace(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.HOST))
    meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST))
    assert meeting["bob"].role is Role.GUEST


def test_nobody_is_sent_back_to_wait(meeting: Meeting) -> None:
    meeting.refuses("alice", c.SetRole(participant="bob", role=Role.WAITING), Reason.NOT_ALLOWED)


def test_who_waits_must_be_admitted_before_they_get_a_role(lobby: Meeting) -> None:
    lobby.refuses("alice", c.SetRole(participant="bob", role=Role.HOST), Reason.IS_WAITING)
    lobby.refuses("alice", c.PassRole(participant="bob"), Reason.IS_WAITING)


def test_roles_are_for_who_is_here(meeting: Meeting) -> None:
    meeting.refuses("alice", c.SetRole(participant="nobody", role=Role.HOST), Reason.NOT_HERE)
    meeting.refuses("alice", c.PassRole(participant="nobody"), Reason.NOT_HERE)


def test_a_presenter_who_becomes_guest_stops_sharing_where_guests_may_not() -> None:
    meeting = Meeting(Policy(guests_share=False))
    meeting.joins("alice")
    meeting.joins("bob")
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", c.ShareScreen())
    meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST))
    assert not meeting["bob"].screen


def test_a_presenter_who_becomes_guest_goes_on_sharing_where_guests_may(meeting: Meeting) -> None:
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("bob", c.ShareScreen())
    meeting.does("alice", c.SetRole(participant="bob", role=Role.GUEST))
    assert meeting["bob"].screen


def test_the_server_itself_has_no_role_to_pass(meeting: Meeting) -> None:
    meeting.refuses(SYSTEM, c.PassRole(participant="bob"), Reason.NOT_HERE)
