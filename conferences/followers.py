"""What follows the journal inside this app: the media engine opens and shuts by it.

The other way round, what the engine notices (who speaks, who is seen where) is told as signals.
"""

from collections.abc import Mapping, Sequence

from conferences.chat_files import chat_file_delete
from conferences.core import events as e
from conferences.core import slides as s
from conferences.core.calls import CallMerged, CallSplit, ParticipantHeldBack
from conferences.core.chat import ChatDeleted
from conferences.core.messages import AnyEvent
from conferences.core.signals import (
    MediaAnswer,
    MediaFailed,
    MediaRefused,
    MediaSlots,
    MediaView,
    NetworkQuality,
    Slot,
    SpeakingLevels,
)
from conferences.core.state import Participant
from conferences.documents import document_delete, document_release
from conferences.hub import Telling
from conferences.journal import crossing
from conferences.levels import Levels
from conferences.live import Follower
from conferences.media.mixer import Mixer
from conferences.media.server import MediaServer, OfferRefused, Quality, Router, SlotView, Source, View
from conferences.media.space import AudioSpace, PcmLeg
from conferences.media.tap import Tap
from conferences.ports import port_give_back, ports_clear


class DocumentFollower(Follower):
    """What is removed is deleted; what is released may be downloaded."""

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        for event in events:
            match event:
                case s.DocumentRemoved():
                    await crossing(document_delete)(document=event.document)
                case s.DocumentReleased():
                    await crossing(document_release)(document=event.document, allowed=event.allowed)
                case _:
                    pass


class ChatFileFollower(Follower):
    """With its line a file is deleted."""

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        for event in events:
            if isinstance(event, ChatDeleted) and event.file:
                await crossing(chat_file_delete)(file=event.file)


class PortFollower(Follower):
    """Who has left gives back their place."""

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        for event in events:
            match event:
                case e.ParticipantLeft():
                    await crossing(port_give_back)(conference=conference, participant=event.participant)
                case e.ConferenceEnded():
                    await crossing(ports_clear)(conference=conference)
                case _:
                    pass


class MediaFollower(Follower):
    """Who is muted in the journal is not forwarded, whatever their browser sends; nor is the microphone of
    whose sound is a phone."""

    def __init__(self, media: MediaServer, hub: Telling) -> None:
        self._media = media
        self._hub = hub
        self._stages: dict[str, Stage] = {}
        self._taps: dict[str, Tap] = {}
        self._spaces: dict[str, AudioSpace] = {}
        self.mixer = Mixer()

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        if stage := self._stages.get(conference):
            for event in events:
                self._apply(conference, stage, event)

    def _apply(self, conference: str, stage: "Stage", event: AnyEvent) -> None:
        match event:
            case e.MicrophoneUnmuted() | e.MicrophoneMuted():
                stage.unmute(event.participant, isinstance(event, e.MicrophoneUnmuted))
            case e.ParticipantReached() | CallMerged() | CallSplit():
                stage.phone(*_phone_of(event))
            case e.CameraStarted() | e.CameraStopped():
                stage.permit(event.participant, Source.CAMERA, isinstance(event, e.CameraStarted))
            case e.ScreenShared():
                stage.permit(event.participant, Source.SCREEN, True)
                stage.permit(event.participant, Source.SCREEN_AUDIO, event.sound)
            case e.ScreenStopped():
                stage.permit(event.participant, Source.SCREEN, False)
                stage.permit(event.participant, Source.SCREEN_AUDIO, False)
            case e.ParticipantLeft() | ParticipantHeldBack():
                stage.hang_up(event.participant)
            case e.ConferenceEnded():
                self.release(conference)
            case _:
                pass

    async def offer(self, conference: str, participant: Participant, sdp: str) -> None:
        """Connect a browser's media, and answer it by signal."""
        await self._stage(conference).offer(participant, sdp)

    def _stage(self, conference: str) -> "Stage":
        if conference not in self._stages:
            self._stages[conference] = Stage(conference, self._media, self._hub)
            self._stages[conference].router.tap = self._taps.get(conference)
        return self._stages[conference]

    def view(self, conference: str, participant: str, wish: MediaView) -> None:
        if stage := self._stages.get(conference):
            view = View(max_videos=wish.videos, pinned=tuple(wish.first), large=wish.large)
            stage.router.view(participant, view)

    def caller_speaks(self, conference: str, participant: str, level: int) -> None:
        """Somebody on the phone is this loud now: 0 (silent) to 9."""
        if stage := self._stages.get(conference):
            stage.levels.phone(participant, level)

    def listen(self, conference: str, tap: Tap | None) -> None:
        """Let `tap` listen to what people send, from now on; None: nobody listens."""
        if tap:
            self._taps[conference] = tap
        else:
            self._taps.pop(conference, None)
        if stage := self._stages.get(conference):
            stage.router.tap = tap

    def join_audio(self, conference: str, key: str, leg: PcmLeg) -> None:
        """Callers of a bridge hear this conference and are heard, by browsers and by those of other bridges,
        also before anybody has a browser. Instead of the leg that had this key, if there was one."""
        if conference not in self._spaces:
            space = self._spaces[conference] = AudioSpace()
            self._stage(conference).router.seat(space)
            self.mixer.add(space)
        self._spaces[conference].attach(key, leg)

    def leave_audio(self, conference: str, key: str) -> None:
        """Harmless if it is not there. The leg remains to be closed, by whoever opened it."""
        if space := self._spaces.get(conference):
            space.detach(key)
            if space.is_empty:
                self._empty(conference)

    def _empty(self, conference: str) -> None:
        if space := self._spaces.pop(conference, None):
            self.mixer.remove(space)
            self._stages[conference].router.dismiss(space)

    def release(self, conference: str) -> None:
        """Hang up on everybody: the conference is over, or no longer here."""
        self._taps.pop(conference, None)
        self._empty(conference)
        if self._stages.pop(conference, None):
            self._media.release(conference)


def _phone_of(event: e.ParticipantReached | CallMerged | CallSplit) -> tuple[str, bool]:
    match event:
        case e.ParticipantReached():
            return event.participant, event.phone
        case CallMerged():
            return event.into, True
        case CallSplit():
            return event.participant, False


class Stage:
    """The media of one conference; tells its browsers what the engine notices (`media.contract.Listener`)."""

    def __init__(self, conference: str, media: MediaServer, hub: Telling) -> None:
        self.router: Router = media.router(conference, listener=self)
        self._conference = conference
        self._hub = hub
        self.levels = Levels(self._tell_levels)
        self._phones: frozenset[str] = frozenset()
        """Of those who have media, whose sound is a phone."""
        self._present: frozenset[str] = frozenset()
        """Who has ever connected media and has not left: they were let in."""

    async def offer(self, participant: Participant, sdp: str) -> None:
        self._present |= {participant.id}
        self._phones -= {participant.id}
        if participant.phone:
            self._phones |= {participant.id}
        self.unmute(participant.id, participant.microphone)
        self.permit(participant.id, Source.CAMERA, participant.camera)
        self.permit(participant.id, Source.SCREEN, participant.screen)
        self.permit(participant.id, Source.SCREEN_AUDIO, participant.screen and participant.sound)
        try:
            answer = await self.router.connect(participant.id, sdp)
        except OfferRefused as refused:
            self._tell_one(participant.id, MediaRefused(code=refused.code))
        else:
            self._tell_one(participant.id, MediaAnswer(sdp=answer))

    def unmute(self, participant: str, on: bool) -> None:
        self.permit(participant, Source.MICROPHONE, on and participant not in self._phones)

    def phone(self, participant: str, on: bool) -> None:
        """From now on their sound is a phone, or no longer: then they are muted."""
        self._phones = self._phones | {participant} if on else self._phones - {participant}
        self.permit(participant, Source.MICROPHONE, False)
        if not on:
            self.levels.forget(participant)

    def permit(self, participant: str, source: Source, allowed: bool) -> None:
        self.router.permit(participant, source, allowed)

    def hang_up(self, participant: str) -> None:
        self._present -= {participant}
        self._phones -= {participant}
        self.levels.forget(participant)
        self.router.disconnect(participant)

    # media.contract.Listener

    def slots_changed(self, peer: str, slots: Sequence[SlotView]) -> None:
        told = [Slot(mid=slot.mid, participant=slot.peer, source=slot.source.value) for slot in slots]
        self._tell_one(peer, MediaSlots(slots=told))

    def speakers_changed(self, levels: Mapping[str, int]) -> None:
        self.levels.web(levels)

    def quality_changed(self, peer: str, quality: Quality) -> None:
        signal = NetworkQuality(participant=peer, quality=quality.value)
        self._hub.signal(self._conference, signal, to=self._present)

    def peer_failed(self, peer: str) -> None:
        self._tell_one(peer, MediaFailed())

    def _tell_levels(self, levels: dict[str, int]) -> None:
        self._hub.signal(self._conference, SpeakingLevels(levels=levels), to=self._present)

    def _tell_one(
        self, participant: str, signal: MediaAnswer | MediaRefused | MediaSlots | MediaFailed
    ) -> None:
        self._hub.signal(self._conference, signal, to=frozenset((participant,)))
