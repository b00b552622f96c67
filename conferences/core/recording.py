"""Recording: whether a conference is kept, which of its parts, and whether it is watched while it runs.

Everyone is told, also those who wait: nobody comes in without knowing.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Audience, Event
from conferences.core.words import IdOrEmpty, Millis, Part, Role, Seq

Parts = Annotated[tuple[Part, ...], Meta(max_length=len(Part))]


class RecordingStatus(StrEnum):
    RECORDING = "recording"
    PAUSED = "paused"


class StopReason(StrEnum):
    """Why a recording stopped."""

    HOST = "host"
    ENDED = "ended"
    DISK = "disk"
    """The disk of the server is full, or does not take what is written."""
    QUOTA = "quota"
    """It did not begin: the recordings of the room's owner take all the space they may."""
    MINUTES = "minutes"
    """It did not begin: the owner's customer has recorded all the minutes of this month."""


class Recording(Struct, frozen=True):
    """What is being recorded now."""

    id: Seq
    """The number of the event that started it."""
    parts: Parts
    started_at: Millis
    status: RecordingStatus = RecordingStatus.RECORDING
    paused_at: Millis = 0
    """0: it is not paused."""
    paused_ms: Millis = 0
    """How long it was paused before, in all."""
    live: bool = False
    """Viewers without a seat may watch it now."""
    reduced: bool = False
    """Cameras and screens are left out, for want of space."""
    ran_over: bool = False
    """It goes on, though the minutes of this month have ended meanwhile."""


# Commands


class StartRecording(Command, frozen=True, tag="recording.start"):
    """Of the parts that the room lets be recorded, these; unset: all of them."""

    needs: ClassVar[Role | Need] = Role.HOST
    parts: Parts | None = None


class PauseRecording(Command, frozen=True, tag="recording.pause"):
    needs: ClassVar[Role | Need] = Role.HOST


class ResumeRecording(Command, frozen=True, tag="recording.resume"):
    needs: ClassVar[Role | Need] = Role.HOST


class StopRecording(Command, frozen=True, tag="recording.stop"):
    needs: ClassVar[Role | Need] = Role.HOST


class GoLive(Command, frozen=True, tag="recording.go_live"):
    """Let it be watched while it runs."""

    needs: ClassVar[Role | Need] = Role.HOST


class EndLive(Command, frozen=True, tag="recording.end_live"):
    needs: ClassVar[Role | Need] = Role.HOST


class ReduceRecording(Command, frozen=True, tag="recording.reduce"):
    """There is little space left: cameras and screens are no longer captured."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    recording: Seq


class RunOverRecording(Command, frozen=True, tag="recording.run_over"):
    """The customer's minutes of this month have ended. What runs goes on; the next does not begin."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    recording: Seq


class FailRecording(Command, frozen=True, tag="recording.fail"):
    """Nothing is captured any more, or ever was, for want of space or of minutes."""

    needs: ClassVar[Role | Need] = Need.SYSTEM
    recording: Seq
    reason: StopReason = StopReason.DISK


RecordingCommand = StartRecording | PauseRecording | ResumeRecording | StopRecording | GoLive | EndLive
RecordingServerCommand = ReduceRecording | RunOverRecording | FailRecording


# Events


class RecordingStarted(Event, frozen=True, kw_only=True, tag="recording.started"):
    """Its number is the recording's id."""

    heard_by: ClassVar[Audience] = Audience.EVERYONE
    parts: Parts
    by: IdOrEmpty


class RecordingPaused(Event, frozen=True, kw_only=True, tag="recording.paused"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE
    by: IdOrEmpty


class RecordingResumed(Event, frozen=True, kw_only=True, tag="recording.resumed"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE
    by: IdOrEmpty


class RecordingStopped(Event, frozen=True, kw_only=True, tag="recording.stopped"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE
    reason: StopReason
    by: IdOrEmpty


class RecordingReduced(Event, frozen=True, kw_only=True, tag="recording.reduced"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE


class RecordingRanOver(Event, frozen=True, kw_only=True, tag="recording.ran_over"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE


class LiveStarted(Event, frozen=True, kw_only=True, tag="recording.live_started"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE
    by: IdOrEmpty


class LiveEnded(Event, frozen=True, kw_only=True, tag="recording.live_ended"):
    heard_by: ClassVar[Audience] = Audience.EVERYONE
    by: IdOrEmpty


RecordingEvent = (
    RecordingStarted
    | RecordingPaused
    | RecordingResumed
    | RecordingStopped
    | RecordingReduced
    | RecordingRanOver
    | LiveStarted
    | LiveEnded
)
