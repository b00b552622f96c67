"""What hosts and presenters arrange for everybody: which view all follow, and what is said to those who wait.

A led view is what everyone would see who had chosen it themselves. The spotlight lights somebody in whatever
view there is; it is the last word about who is large, so it takes away what the leader had large before.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Audience, Event
from conferences.core.words import IdOrEmpty, ParticipantId, Role


class LayoutMode(StrEnum):
    GRID = "grid"
    SPEAKER = "speaker"


Tile = Annotated[str, Meta(max_length=40, pattern="^((camera|screen):[A-Za-z0-9_-]{1,32})?$")]
"""`camera:<participant>` or `screen:<participant>`; empty: none."""
LobbyMessage = Annotated[str, Meta(max_length=500)]


class Lead(Struct, frozen=True):
    by: ParticipantId
    mode: LayoutMode
    large: Tile


# Commands


class LeadLayout(Command, frozen=True, tag="layout.lead"):
    """From now on everyone's stage is like this, until it is released or led otherwise."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    mode: LayoutMode
    large: Tile = ""


class ReleaseLayout(Command, frozen=True, tag="layout.release"):
    """Whoever leads it."""

    needs: ClassVar[Role | Need] = Role.PRESENTER


class TellLobby(Command, frozen=True, tag="lobby.tell"):
    """What those read who wait, now and later; empty: nothing any more."""

    needs: ClassVar[Role | Need] = Role.HOST
    text: LobbyMessage = ""


HallCommand = LeadLayout | ReleaseLayout | TellLobby


# Events


class LayoutLed(Event, frozen=True, kw_only=True, tag="layout.led"):
    mode: LayoutMode
    large: Tile
    by: ParticipantId


class LayoutReleased(Event, frozen=True, kw_only=True, tag="layout.released"):
    by: IdOrEmpty


class LobbyTold(Event, frozen=True, kw_only=True, tag="lobby.told"):
    """Who waits learns what was said, and not by whom."""

    heard_by: ClassVar[Audience] = Audience.EVERYONE
    text: LobbyMessage


HallEvent = LayoutLed | LayoutReleased | LobbyTold
