"""Writes tests/histories: what one browser sees, hears, and then sees. The browser's `core/state.js` and our
`evolve` both replay them. Times and ids are fixed, so they change only when the rules or messages do.

    .venv/bin/python -m tests.conferences.histories
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import msgspec

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core import floor as f
from conferences.core.evolve import evolve
from conferences.core.hearing import changed_sight
from conferences.core.messages import AnyEvent
from conferences.core.state import Picture, State
from conferences.core.words import SYSTEM, DropReason, HostLeaves, LegKind, Policy, Reaction, Role
from tests.conferences.meeting import Meeting
from tests.conferences.pictures import heard

FOLDER = Path(__file__).resolve().parent.parent / "histories"


class History(msgspec.Struct, frozen=True):
    name: str
    viewer: str
    before: Picture
    events: list[AnyEvent | None]
    after: Picture


class Plot(NamedTuple):
    """`prelude` makes what the viewer sees at first, `story` is what they then hear of."""

    viewer: str
    policy: Policy
    prelude: Callable[[Meeting], None]
    story: Callable[[Meeting], None]


PLOTS: dict[str, Plot] = {}


def plot(
    viewer: str, prelude: Callable[[Meeting], None], policy: Policy | None = None
) -> Callable[[Callable[[Meeting], None]], Callable[[Meeting], None]]:
    """The story told by the decorated function, as `viewer` sees it. Its docstring is its name."""

    def tell(story: Callable[[Meeting], None]) -> Callable[[Meeting], None]:
        PLOTS[story.__name__] = Plot(viewer, policy or Policy(), prelude, story)
        return story

    return tell


def write() -> None:
    for name in PLOTS:
        text = msgspec.json.format(msgspec.json.encode(history(name)), indent=2)
        (FOLDER / f"{name}.json").write_bytes(text + b"\n")


def history(name: str) -> History:
    viewer, policy, prelude, story = PLOTS[name]
    meeting = Meeting(policy)
    prelude(meeting)
    before, so_far = meeting.state, len(meeting.events)
    story(meeting)
    told = list(as_told(meeting.events[so_far:], viewer, before))
    last = replayed(before, meeting.events[so_far : so_far + len(told)])
    title = f"{(story.__doc__ or '').strip().rstrip('.')}, as {viewer} sees it"
    return History(title, viewer, before.seen_by(viewer), told, last.seen_by(viewer))


def as_told(events: Iterable[AnyEvent], viewer: str, state: State) -> Iterable[AnyEvent | None]:
    """Until the viewer is shown all afresh, or has no seat any more (but the end is told)."""
    for event in events:
        before, state = state, evolve(state, event)
        if changed_sight(event, before) == viewer:
            return
        if viewer not in state.participants and state.participants:
            return
        yield heard(event, viewer, before, state)


def replayed(state: State, events: Iterable[AnyEvent]) -> State:
    for event in events:
        state = evolve(state, event)
    return state


# Preludes


def nobody(meeting: Meeting) -> None:
    """Only the conference is there."""


def three(meeting: Meeting) -> None:
    for who in ("alice", "bob", "carol"):
        meeting.joins(who)
        meeting.wait(5)


def two_hosts(meeting: Meeting) -> None:
    three(meeting)
    meeting.does("alice", c.SetRole(participant="carol", role=Role.HOST))


def alone(meeting: Meeting) -> None:
    meeting.joins("alice")


LOBBY = Policy(lobby=True)


# Stories


@plot("bob", lambda meeting: waits(meeting, "bob"))
def opening(meeting: Meeting) -> None:
    """The host comes, and the conference opens"""
    meeting.joins("alice")


def waits(meeting: Meeting, who: str) -> None:
    meeting.joins(who)
    meeting.wait(30)


@plot("alice", nobody)
def beginning(meeting: Meeting) -> None:
    """A conference is created, and the host is on the way"""
    meeting.happens(meeting.events[0])


@plot("bob", three)
def coming_and_going(meeting: Meeting) -> None:
    """People join, drop, return, are renamed, leave and are lost"""
    meeting.joins("mallory", kind=LegKind.PHONE)
    drops(meeting, "carol")
    meeting.wait(20)
    meeting.joins("carol")
    meeting.does("carol", c.RenameParticipant(name="Caroline 🌻"))
    meeting.does("alice", c.RenameParticipant(name="Somebody", participant="mallory"))
    meeting.does("carol", c.LeaveConference())
    drops(meeting, "mallory")
    meeting.wait(61)


def drops(meeting: Meeting, who: str) -> None:
    meeting.does(SYSTEM, c.DropLeg(leg=meeting.leg_of(who), reason=DropReason.NETWORK))


@plot("carol", three)
def removal(meeting: Meeting) -> None:
    """Somebody is removed"""
    meeting.does("alice", c.RemoveParticipant(participant="bob"))


@plot("bob", three)
def devices(meeting: Meeting) -> None:
    """Microphones, cameras and screens go on and off"""
    for who in ("alice", "bob", "carol"):
        meeting.does(who, c.UnmuteMicrophone())
        meeting.does(who, c.StartCamera())
    meeting.does("bob", c.ShareScreen())
    meeting.does("bob", c.ShareScreen(sound=True))
    meeting.does("alice", c.MuteAll())
    meeting.does("alice", c.AskToUnmute(participant="bob"))
    meeting.does("alice", c.AskToUnmute(participant="carol"))
    meeting.does("alice", c.StopCamera(participant="carol"))
    meeting.does("alice", c.StopScreen(participant="bob"))


@plot("bob", three)
def hands(meeting: Meeting) -> None:
    """Hands go up and down, with reactions between"""
    for who in ("carol", "alice", "bob"):
        meeting.does(who, c.RaiseHand())
        meeting.does(who, c.SendReaction(reaction=Reaction.HEART))
    meeting.does("carol", c.LowerHand())
    meeting.does("carol", c.RaiseHand())
    meeting.does("alice", c.LowerHand(participant="bob"))


@plot("carol", three)
def chat(meeting: Meeting) -> None:
    """A public line, whispers of others and one's own"""
    meeting.does("bob", h.SendChat(text="Hello, world\nتحية"))
    meeting.does("bob", h.SendChat(text="only for alice", to="alice"))
    meeting.does("carol", h.SendChat(text="only for bob", to="bob"))
    meeting.does("bob", h.SendChat(text="only for carol", to="carol"))


@plot("bob", three)
def roles(meeting: Meeting) -> None:
    """Roles are shared and passed on"""
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("alice", c.SetRole(participant="carol", role=Role.HOST))
    meeting.does("alice", c.PassRole(participant="carol"))


@plot("bob", three)
def promotion(meeting: Meeting) -> None:
    """A guest becomes host, and so is shown all afresh"""
    meeting.does("bob", c.RaiseHand())
    meeting.does("alice", c.PassRole(participant="bob"))


@plot("bob", three)
def lock_and_policy(meeting: Meeting) -> None:
    """It is locked, unlocked, and run otherwise"""
    meeting.does("bob", c.ShareScreen())
    meeting.does("alice", c.LockConference())
    meeting.does("alice", c.UnlockConference())
    meeting.does("alice", c.ChangePolicy(lobby=True, mute_on_entry=True, guests_share=False))
    meeting.joins("mallory")
    meeting.does("alice", c.ChangePolicy(lobby=False))


@plot("alice", alone, LOBBY)
def lobby_of_a_host(meeting: Meeting) -> None:
    """People knock, drop, are admitted and denied"""
    for who in ("bob", "carol", "mallory"):
        meeting.joins(who)
    meeting.does("bob", c.RenameParticipant(name="Bobby"))
    drops(meeting, "bob")
    meeting.does("alice", c.DenyParticipant(participant="mallory"))
    meeting.does("alice", c.AdmitAll())


@plot("carol", three, LOBBY)
def lobby_of_one_who_waits(meeting: Meeting) -> None:
    """Who waits hears next to nothing"""
    meeting.does("alice", h.SendChat(text="Shall we?"))
    meeting.does("alice", c.LockConference())
    meeting.does("carol", c.RenameParticipant(name="Caroline"))
    meeting.does("alice", c.ChangePolicy(mute_on_entry=True))
    meeting.does("alice", c.AdmitParticipant(participant="bob"))
    meeting.does("bob", c.RaiseHand())
    meeting.does("alice", c.AdmitParticipant(participant="carol"))


@plot("bob", lambda meeting: admitted(meeting, "bob"), LOBBY)
def lobby_of_a_guest(meeting: Meeting) -> None:
    """Who waits is not seen by guests, until they are in"""
    meeting.joins("mallory")
    meeting.does("carol", c.LeaveConference())
    drops(meeting, "mallory")
    meeting.does("alice", c.AdmitParticipant(participant="mallory"))
    meeting.joins("mallory")


def admitted(meeting: Meeting, who: str) -> None:
    three(meeting)
    meeting.does("alice", c.AdmitParticipant(participant=who))


@plot("alice", alone)
def presence(meeting: Meeting) -> None:
    """A lone host is asked, answers, is asked again, and has company"""
    meeting.wait(600)
    meeting.does("alice", c.StayInConference())
    meeting.wait(600)
    meeting.joins("bob")


@plot("bob", three, Policy(host_leaves=HostLeaves.END_LATER))
def warning(meeting: Meeting) -> None:
    """The host leaves, it is warned; the host comes back, the warning is lifted"""
    meeting.does("alice", c.LeaveConference())
    meeting.wait(60)
    meeting.joins("alice")


@plot("bob", three)
def end(meeting: Meeting) -> None:
    """The host ends it"""
    meeting.does("bob", c.RaiseHand())
    meeting.does("alice", c.EndConference())


@plot("carol", three, Policy(length_s=1200))
def end_by_length(meeting: Meeting) -> None:
    """It grows too long"""
    meeting.wait(1200)


@plot("carol", three)
def floor(meeting: Meeting) -> None:
    """The next speaker is called on, shown large, timed, and leaves"""
    meeting.does("bob", c.RaiseHand())
    meeting.does("carol", c.RaiseHand())
    meeting.does("alice", f.CallNext())
    meeting.does("alice", f.CallNext())
    meeting.does("alice", f.MoveSpotlight(participant="carol"))
    meeting.does("alice", f.MoveSpotlight())
    meeting.does("alice", f.MoveSpotlight(participant="bob"))
    meeting.does("alice", f.StartTimer(seconds=90))
    meeting.does("alice", f.StopTimer())
    meeting.does("alice", f.StartTimer(seconds=90))
    meeting.does("bob", c.LeaveConference())


def afternoon(meeting: Meeting) -> None:
    """A whole afternoon"""
    meeting.does("bob", c.UnmuteMicrophone())
    meeting.does("carol", h.SendChat(text="Can you hear me?"))
    meeting.does("alice", c.ChangePolicy(lobby=True))
    meeting.joins("mallory")
    meeting.does("carol", h.SendChat(text="Who is that?", to="alice"))
    meeting.does("alice", c.AdmitParticipant(participant="mallory"))
    meeting.does("mallory", c.ShareScreen(sound=True))
    meeting.does("mallory", c.RaiseHand())
    drops(meeting, "bob")
    meeting.does("alice", c.LockConference())
    meeting.wait(30)
    meeting.joins("bob")
    meeting.does("bob", c.RaiseHand())
    meeting.does("alice", c.RemoveParticipant(participant="mallory"))
    meeting.does("alice", c.SetRole(participant="bob", role=Role.PRESENTER))
    meeting.does("alice", c.LowerAllHands())
    meeting.does("bob", c.StartCamera())
    meeting.does("alice", c.LeaveConference())
    meeting.wait(120)
    meeting.joins("alice")
    meeting.does("alice", c.UnlockConference())
    meeting.does("bob", h.SendChat(text="See you tomorrow"))


WITH_END_LATER = Policy(host_leaves=HostLeaves.END_LATER)
for viewer_of_afternoon, prelude_of_afternoon in (("bob", three), ("carol", two_hosts)):
    PLOTS[f"afternoon_of_{viewer_of_afternoon}"] = Plot(
        viewer_of_afternoon, WITH_END_LATER, prelude_of_afternoon, afternoon
    )


for more in sorted(Path(__file__).parent.glob("histories_*.py")):
    import_module(f"tests.conferences.{more.stem}")

if __name__ == "__main__":
    import_module("tests.conferences.histories").write()
