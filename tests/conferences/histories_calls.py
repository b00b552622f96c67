"""Plots of callers, and of those who are called. `histories.py` gathers them."""

from conferences.core import calls as k
from conferences.core import commands as c
from conferences.core import floor as f
from conferences.core.words import SYSTEM, Dialers, DropReason, LegKind, Policy
from tests.conferences.histories import admitted, alone, nobody, plot, three
from tests.conferences.meeting import Meeting


@plot("bob", three)
def callers(meeting: Meeting) -> None:
    """Somebody phones, is heard, muted, asked to speak, on hold, heard badly, and hangs up"""
    meeting.phones("mallory")
    meeting.does("alice", c.MuteMicrophone(participant="mallory"))
    meeting.does("mallory", c.RaiseHand())
    meeting.does("alice", c.AskToUnmute(participant="mallory"))
    meeting.does("mallory", c.UnmuteMicrophone())
    meeting.does("alice", c.RenameParticipant(participant="mallory", name="Mallory of accounting"))
    meeting.does(SYSTEM, k.ReportQuality(call="call-of-mallory", quality="poor"))
    meeting.does(SYSTEM, k.ReportHold(call="call-of-mallory", held=True))
    meeting.does(SYSTEM, k.ReportHold(call="call-of-mallory", held=False))
    meeting.does(SYSTEM, k.EndCall(call="call-of-mallory", cause=k.CallCause.NORMAL))


@plot("alice", alone, Policy(lobby=True))
def names_of_callers(meeting: Meeting) -> None:
    """Callers say their names before they come in, and the host hears them"""
    meeting.phones("bob", spoken_name="key1")
    meeting.does("alice", c.AdmitParticipant(participant="bob"))
    meeting.does("alice", c.RenameParticipant(participant="bob", name="Bob of sales"))
    meeting.phones("carol", spoken_name="key2")


@plot("bob", three)
def names_of_callers_for_hosts(meeting: Meeting) -> None:
    """Who becomes host hears the names that callers said, and who is host no longer does not"""
    meeting.phones("mallory", spoken_name="key1")
    meeting.does("alice", c.PassRole(participant="bob"))
    meeting.phones("dave", spoken_name="key2")


@plot("alice", alone, Policy(lobby=True))
def callers_in_the_lobby(meeting: Meeting) -> None:
    """A caller on hold waits, is let in, and is held back"""
    meeting.phones("bob")
    meeting.does(SYSTEM, k.ReportHold(call="call-of-bob", held=True))
    meeting.does(SYSTEM, k.ReportQuality(call="call-of-bob", quality="poor"))
    meeting.does("alice", c.AdmitParticipant(participant="bob"))
    meeting.does("alice", f.MoveSpotlight(participant="bob"))
    meeting.does("alice", k.HoldInLobby(participant="bob"))
    meeting.does(SYSTEM, k.ReportHold(call="call-of-bob", held=False))
    meeting.phones("carol")
    meeting.does("alice", c.DenyParticipant(participant="carol"))
    meeting.does("alice", c.AdmitAll())


@plot("bob", lambda meeting: admitted(meeting, "bob"), Policy(lobby=True))
def callers_held_back(meeting: Meeting) -> None:
    """To a guest, who is held back is gone until they come again"""
    meeting.phones("mallory")
    meeting.does("alice", c.AdmitAll())
    meeting.does("alice", k.HoldInLobby(participant="mallory"))
    meeting.does("alice", k.HoldInLobby(participant="carol"))
    meeting.does("alice", c.AdmitAll())


@plot("carol", lambda meeting: admitted(meeting, "carol"), Policy(lobby=True))
def held_back(meeting: Meeting) -> None:
    """Who is held back oneself is shown all afresh"""
    meeting.does("carol", c.RaiseHand())
    meeting.does("alice", k.HoldInLobby(participant="carol"))


@plot("bob", lambda meeting: early(meeting), Policy(mute_on_entry=True))
def host_by_phone(meeting: Meeting) -> None:
    """The host phones, and by their PIN the conference opens"""
    meeting.phones("alice", entitled=True)


def early(meeting: Meeting) -> None:
    meeting.phones("bob")


@plot("bob", three)
def dialling(meeting: Meeting) -> None:
    """Phones are called: one is answered, one busy, one cancelled, one may not be called"""
    for call in ("one", "two", "three"):
        meeting.dials("alice", call)
    meeting.does(SYSTEM, k.ReportDial(call="one", status=k.DialStatus.RINGING))
    meeting.does(SYSTEM, k.ReportDial(call="one", status=k.DialStatus.ANSWERED))
    meeting.phones("mallory", call="one", dialled=True)
    meeting.does(SYSTEM, k.FailDial(call="two", cause=k.CallCause.BUSY, sip_code=486))
    meeting.does("alice", k.CancelDial(call="three"))
    meeting.does("alice", k.DialOut(number="0900 1234"))
    refused = k.FailDial(call="", cause=k.CallCause.FORBIDDEN, label="0900 ••", by="alice")
    meeting.does(SYSTEM, refused)


@plot("bob", three, Policy(dial_out=Dialers.EVERYONE))
def calling_oneself(meeting: Meeting) -> None:
    """One has oneself called, loses the page, comes back to it, and leaves the phone"""
    meeting.dials("carol", "ours", to="carol")
    meeting.does(SYSTEM, k.ReportDial(call="ours", status=k.DialStatus.RINGING))
    meeting.dials("bob", "mine", to="bob")
    joins_by_phone(meeting, "bob", call="mine")
    meeting.does("bob", c.StartCamera())
    page = next(
        id for id, leg in meeting.state.legs.items() if (leg.participant, leg.kind) == ("bob", LegKind.WEB)
    )
    meeting.does(SYSTEM, c.DropLeg(leg=page, reason=DropReason.NETWORK))
    meeting.joins("bob")
    meeting.does("bob", k.SplitCall(hang_up=True))
    meeting.does(SYSTEM, k.EndCall(call="mine", cause=k.CallCause.NORMAL))
    meeting.does("carol", c.LeaveConference())


def joins_by_phone(meeting: Meeting, who: str, *, call: str) -> None:
    joining = meeting.joining(who, kind=LegKind.PHONE)
    meeting.does(SYSTEM, joining)
    meeting.begins_call(who, joining.leg, call=call, dialled=call in meeting.state.dials)


@plot("carol", three)
def one_person(meeting: Meeting) -> None:
    """A caller is merged with somebody, comes back as them, and is parted from them again"""
    meeting.phones("mallory")
    meeting.does(SYSTEM, k.ReportQuality(call="call-of-mallory", quality="poor"))
    meeting.does("mallory", c.RaiseHand())
    meeting.does("alice", f.MoveSpotlight(participant="mallory"))
    meeting.does("alice", k.MergeCall(participant="mallory", into="bob"))
    meeting.joins("bob", kind=LegKind.PHONE)
    meeting.does("alice", c.MuteMicrophone(participant="bob"))
    meeting.does("bob", c.UnmuteMicrophone())
    meeting.does("alice", k.SplitCall(participant="bob"))
    meeting.joins("mallory", kind=LegKind.PHONE)
    meeting.does("alice", k.MergeCall(participant="mallory", into="bob"))
    meeting.does(SYSTEM, k.EndCall(call="call-of-mallory", cause=k.CallCause.MEDIA_LOST))


@plot("mallory", lambda meeting: phoned(meeting, "mallory"))
def merged_oneself(meeting: Meeting) -> None:
    """Who is merged hears of it, and is no more"""
    meeting.does("mallory", c.MuteMicrophone())
    meeting.does("alice", k.MergeCall(participant="mallory", into="bob"))


def phoned(meeting: Meeting, who: str) -> None:
    three(meeting)
    meeting.phones(who)


@plot("bob", lambda meeting: phoned(meeting, "mallory"))
def end_of_calls(meeting: Meeting) -> None:
    """The conference ends, and every call with it"""
    meeting.dials("alice", "one")
    meeting.does("alice", c.EndConference())


@plot("alice", nobody)
def caller_first(meeting: Meeting) -> None:
    """A caller is there before the host"""
    meeting.phones("bob")
    meeting.joins("alice")
