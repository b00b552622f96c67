"""The words the media engine shares with whoever uses it: what can be published, asked, shown and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

PHONE = "phone"
"""The peer that all callers together are."""


class Source(StrEnum):
    """What a peer can send: browsers the first four, in the order of the offer's media sections."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    SCREEN = "screen"
    SCREEN_AUDIO = "screen_audio"
    PHONE = "phone"
    """All callers together; only the server itself sends it."""

    @property
    def is_video(self) -> bool:
        return self in (Source.CAMERA, Source.SCREEN)


class Quality(StrEnum):
    """How well a peer's network carries the conference."""

    GOOD = "good"
    POOR = "poor"
    LOST = "lost"


class PublicationKey(NamedTuple):
    peer: str
    source: Source


class SlotView(NamedTuple):
    """What the slot `mid` of a receiver shows: `peer` is empty while nothing is shown."""

    mid: str
    peer: str
    source: Source


@dataclass(frozen=True, slots=True)
class View:
    """What a receiver wishes to see: at most `max_videos`, the pinned first, the hidden never.

    So many of the pinned as `large` says fill the page, all others are small; with None all are of one size.
    """

    max_videos: int = 25
    pinned: tuple[str, ...] = ()
    large: int | None = None
    hidden: frozenset[str] = frozenset()


class Listener(Protocol):
    """Whom the engine tells, on its event loop: must not block and must not raise."""

    def slots_changed(self, peer: str, slots: Sequence[SlotView]) -> None:
        """All slots of the receiver `peer`, whenever one of them changed."""

    def speakers_changed(self, levels: Mapping[str, int]) -> None:
        """Who speaks now, and how loud (1 to 9). At most five times a second, only on change."""

    def quality_changed(self, peer: str, quality: Quality) -> None:
        """The network of `peer` became better or worse."""

    def peer_failed(self, peer: str) -> None:
        """The peer's connection is gone (no handshake, or 30 s of silence): it should connect again."""


class OfferRefused(Exception):
    """The offer cannot be answered. `code` is stable: `offer_malformed`, `offer_too_long`, `offer_insecure`,
    `offer_sources`, `offer_slots`, `offer_codecs` or `server_full`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class MediaStats:
    """What the engine has done since it started. Plain counters, read by whoever exports them."""

    datagrams_received: int = 0
    bytes_received: int = 0
    packets_received: int = 0
    packets_forwarded: int = 0
    bytes_sent: int = 0
    nacks_sent: int = 0
    nacks_received: int = 0
    packets_retransmitted: int = 0
    keyframes_requested: int = 0
    handshakes_completed: int = 0
    handshakes_failed: int = 0
    peers_failed: int = 0
    dropped: dict[str, int] = field(default_factory=dict)

    def drop(self, reason: str) -> None:
        self.dropped[reason] = self.dropped.get(reason, 0) + 1
