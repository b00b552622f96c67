"""Media follow the journal: who is muted there is not forwarded, who left is hung up on."""

import asyncio
from typing import Any

import pytest

from conferences.core import commands as c
from conferences.core.calls import CallCause, EndCall, HoldInLobby, MergeCall, SplitCall
from conferences.core.messages import AnyCommand
from conferences.core.signals import MediaView
from conferences.core.words import SYSTEM
from conferences.followers import MediaFollower
from conferences.hub import Hub, Socket
from conferences.media.contract import OfferRefused, PublicationKey, Quality, SlotView, Source
from conferences.media.server import MediaServer, Router
from conferences.media.tap import Tap, Track
from tests.conferences.doubles import Screen
from tests.conferences.media.talking import Phone
from tests.conferences.meeting import Meeting


class Desk(Router):
    """A router that notes what it is told. Dial: `refuses`."""

    tap: Tap | None = None

    def __init__(self) -> None:
        self.allowed: dict[tuple[str, str], bool] = {}
        self.gone: list[str] = []
        self.views: dict[str, Any] = {}
        self.refuses = False

    async def connect(self, peer: str, offer_sdp: str) -> str:
        if self.refuses:
            raise OfferRefused("no_dtls")
        return f"answer to {offer_sdp}"

    def disconnect(self, peer: str) -> None:
        self.gone.append(peer)

    def permit(self, peer: str, source: Source, allowed: bool) -> None:
        self.allowed[peer, source.value] = allowed

    def view(self, peer: str, view: Any) -> None:
        self.views[peer] = view


class Studio(MediaServer):
    """A media server without a port."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.listener: Any = None
        self.released: list[str] = []

    def router(self, conference: str, *, listener: Any) -> Router:
        self.listener = listener
        return self.desk

    def release(self, conference: str) -> None:
        self.released.append(conference)


class Stand:
    """A follower, what it works with, and a meeting it follows."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.studio, self.hub = Studio(), Hub()
        self.follower = MediaFollower(self.studio, self.hub)
        self.screens = {who: self.seats(who) for who in meeting.roster}

    def seats(self, who: str) -> Screen:
        screen = Screen()
        socket = Socket(who, who, screen)
        self.hub.add("c1", socket)
        self.hub.seat(socket, b"{}", 0)
        screen.frames.clear()
        return screen

    async def offers(self, who: str) -> None:
        await self.follower.offer("c1", self.meeting[who], "offer")

    async def does(self, by: str, command: AnyCommand) -> None:
        await self.follower.follow("c1", 1, self.meeting.does(by, command))

    def signals(self, who: str) -> list[dict[str, Any]]:
        return [message["signal"] for message in self.screens[who].messages]

    def is_allowed(self, who: str, source: str) -> bool:
        return self.studio.desk.allowed[who, source]


@pytest.fixture
def stand(meeting: Meeting) -> Stand:
    return Stand(meeting)


async def test_an_offer_is_answered_to_who_made_it(stand: Stand) -> None:
    await stand.offers("bob")
    assert stand.signals("bob") == [{"type": "media.answer", "sdp": "answer to offer"}]
    assert stand.signals("alice") == []


async def test_an_offer_of_no_use_is_refused_by_a_code(stand: Stand) -> None:
    stand.studio.desk.refuses = True
    await stand.offers("bob")
    assert stand.signals("bob") == [{"type": "media.refused", "code": "no_dtls"}]


async def test_who_connects_may_send_what_the_journal_says(stand: Stand) -> None:
    stand.meeting.does("bob", c.UnmuteMicrophone())
    await stand.offers("bob")
    assert stand.is_allowed("bob", "microphone")
    assert not stand.is_allowed("bob", "camera")
    assert not stand.is_allowed("bob", "screen")


async def test_what_is_switched_in_the_journal_is_switched_in_the_engine(stand: Stand) -> None:
    await stand.offers("bob")
    await stand.does("bob", c.UnmuteMicrophone())
    await stand.does("bob", c.StartCamera())
    await stand.does("bob", c.ShareScreen(sound=True))
    sources = ("microphone", "camera", "screen", "screen_audio")
    assert all(stand.is_allowed("bob", source) for source in sources)
    await stand.does("alice", c.MuteAll())
    await stand.does("alice", c.StopCamera(participant="bob"))
    await stand.does("alice", c.StopScreen(participant="bob"))
    assert not any(stand.is_allowed("bob", source) for source in sources)


async def test_who_leaves_is_hung_up_on_and_hears_no_more(stand: Stand) -> None:
    await stand.offers("bob")
    await stand.does("alice", c.RemoveParticipant(participant="bob"))
    assert stand.studio.desk.gone == ["bob"]
    stand.studio.listener.speakers_changed({"alice": 5})
    assert len(stand.signals("bob")) == 1


async def test_the_end_releases_everything_once(stand: Stand) -> None:
    await stand.offers("bob")
    await stand.does("alice", c.EndConference())
    stand.follower.release("c1")
    assert stand.studio.released == ["c1"]


async def test_a_conference_without_media_costs_none(stand: Stand) -> None:
    await stand.does("bob", c.UnmuteMicrophone())
    stand.follower.view("c1", "bob", MediaView(videos=4))
    assert stand.studio.listener is None


async def test_a_wish_to_see_somebody_is_passed_on(stand: Stand) -> None:
    await stand.offers("bob")
    stand.follower.view("c1", "bob", MediaView(videos=4, first=["alice"], large=1))
    assert stand.studio.desk.views["bob"].max_videos == 4
    assert stand.studio.desk.views["bob"].pinned == ("alice",)
    assert stand.studio.desk.views["bob"].large == 1


async def test_what_the_engine_notices_is_told_to_those_who_have_media(stand: Stand) -> None:
    await stand.offers("bob")
    listener = stand.studio.listener
    listener.speakers_changed({"bob": 7})
    listener.quality_changed("bob", Quality.POOR)
    listener.slots_changed("bob", [SlotView(mid="3", peer="alice", source=Source.CAMERA)])
    listener.peer_failed("bob")
    kinds = [signal["type"] for signal in stand.signals("bob")[1:]]
    assert kinds == ["speaking.levels", "network.quality", "media.slots", "media.failed"]
    assert stand.signals("carol") == []


class Deaf(Tap):
    def track_began(self, track: Track) -> None:
        return None


async def test_who_listens_hears_also_what_begins_later(stand: Stand) -> None:
    tap = Deaf()
    stand.follower.listen("c1", tap)
    await stand.offers("bob")
    assert stand.studio.desk.tap is tap
    stand.follower.listen("c1", None)
    assert stand.studio.desk.tap is None
    stand.follower.listen("c1", tap)
    assert stand.studio.desk.tap is tap


async def test_nobody_listens_any_more_when_it_is_over(stand: Stand) -> None:
    stand.follower.listen("c1", Deaf())
    stand.follower.release("c1")
    await stand.offers("bob")
    assert stand.studio.desk.tap is None


async def test_whose_sound_is_a_phone_sends_no_microphone(stand: Stand) -> None:
    await stand.offers("bob")
    await stand.does("bob", c.UnmuteMicrophone())
    stand.meeting.phones("mallory")
    await stand.does("alice", MergeCall(participant="mallory", into="bob"))
    assert stand.meeting["bob"].microphone
    assert not stand.is_allowed("bob", "microphone")
    await stand.does("bob", c.MuteMicrophone())
    await stand.does("bob", c.UnmuteMicrophone())
    assert not stand.is_allowed("bob", "microphone")
    await stand.offers("bob")
    assert not stand.is_allowed("bob", "microphone")
    await stand.does("bob", SplitCall(hang_up=True))
    await stand.does("bob", c.UnmuteMicrophone())
    assert stand.is_allowed("bob", "microphone")


async def test_whose_phone_ends_is_muted_until_they_unmute(stand: Stand) -> None:
    stand.meeting.phones("bob")
    await stand.offers("bob")
    await stand.does(SYSTEM, EndCall(call="call-of-bob", cause=CallCause.NORMAL))
    assert not stand.is_allowed("bob", "microphone")
    await stand.does("bob", c.UnmuteMicrophone())
    assert stand.is_allowed("bob", "microphone")


async def test_who_is_held_back_is_hung_up_on(stand: Stand) -> None:
    await stand.offers("bob")
    await stand.does("alice", HoldInLobby(participant="bob"))
    assert stand.studio.desk.gone == ["bob"]


async def test_a_caller_who_speaks_is_told_of_with_those_on_the_web(stand: Stand) -> None:
    stand.follower.caller_speaks("c1", "mallory", 3)
    await stand.offers("bob")
    stand.follower.caller_speaks("c1", "mallory", 6)
    stand.studio.listener.speakers_changed({"alice": 5})
    levels = [signal["levels"] for signal in stand.signals("bob") if signal["type"] == "speaking.levels"]
    assert levels == [{"alice": 5, "mallory": 6}]


async def test_callers_of_two_bridges_hear_each_other_before_anybody_has_a_browser() -> None:
    engine, ended = MediaServer(host="127.0.0.1", port=0, public_addresses=[]), asyncio.Event()
    follower = MediaFollower(engine, Hub())
    legs = {"north": Line(1300, ended), "south": Line(1900, ended)}
    for key, leg in legs.items():
        follower.join_audio("c1", key, leg)
    await asyncio.wait_for(ended.wait(), 20)
    assert legs["north"].hears(1900)
    assert not legs["north"].hears(1300)
    follower.leave_audio("c1", "north")
    assert follower.mixer.spaces == 1
    follower.leave_audio("c1", "south")
    follower.leave_audio("c1", "south")
    assert follower.mixer.spaces == 0


async def test_with_the_conference_its_phones_are_released() -> None:
    follower = MediaFollower(MediaServer(host="127.0.0.1", port=0, public_addresses=[]), Hub())
    follower.join_audio("c1", "north", Line(1300, asyncio.Event()))
    follower.release("c1")
    assert follower.mixer.spaces == 0
    follower.leave_audio("c1", "north")


async def test_a_recording_that_runs_hears_phones_that_come_later() -> None:
    engine = MediaServer(host="127.0.0.1", port=0, public_addresses=[])
    follower, tap = MediaFollower(engine, Hub()), Noting()
    follower.listen("c1", tap)
    follower.join_audio("c1", "north", Line(1300, asyncio.Event()))
    await asyncio.wait_for(tap.told.wait(), 20)
    assert tap.track == ("phone", Source.PHONE)
    follower.release("c1")


class Line(Phone):
    """Tells when it has heard a second."""

    def __init__(self, hertz: float, ended: asyncio.Event) -> None:
        super().__init__(hertz)
        self._loop, self._ended = asyncio.get_running_loop(), ended

    def push(self, frame: bytes) -> None:
        super().push(frame)
        if len(self.heard) == 50:
            self._loop.call_soon_threadsafe(self._ended.set)


class Noting(Tap):
    """A tap that notes what it is told of."""

    def __init__(self) -> None:
        self.told = asyncio.Event()
        self.track: PublicationKey | None = None

    def track_began(self, track: Track) -> None:
        self.track = track.key
        self.told.set()
