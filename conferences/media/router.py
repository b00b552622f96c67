"""One conference: who publishes, who receives what. Everything but forwarding itself happens in `tick`."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from conferences.media import sdp, speakers
from conferences.media.connection import Connection
from conferences.media.contract import Listener, MediaStats, PublicationKey, Source, View
from conferences.media.dtls import Fingerprint
from conferences.media.layers import choose_videos, choose_voices
from conferences.media.publication import Publication
from conferences.media.slot import Wire
from conferences.media.tap import Tap

#: What is sent now, with its layers, the smallest first.
Live = dict[PublicationKey, list[Publication]]

_REPORT_INTERVAL = 1.0
_LEVELS_INTERVAL = 0.2


class PeerWire(Wire, Protocol):
    """A peer's way to the server and back, as long as it lasts."""

    fragment: str
    password: str
    heard_at: float

    @property
    def has_left(self) -> bool: ...

    def has_failed(self, now: float) -> bool: ...

    def close(self) -> None: ...


class Network(Protocol):
    """Where the router gets its wires."""

    def associate(self, fingerprint: Fingerprint, connection: Connection) -> PeerWire:
        """Expect a peer with this certificate. Raises `OfferRefused` when the server is full."""

    def answerer(self, wire: PeerWire) -> sdp.Answerer: ...


class Guest(Tap, Protocol):
    """Somebody without a browser: listens as a tap, and has one thing to say."""

    peer: str
    publication: Publication

    def hear(self, voices: Sequence[PublicationKey]) -> None:
        """What there is to be heard now, the most important first. About twenty times a second."""


class Router:
    """Peers' permissions and views may be set before they connect, and outlive their connections."""

    def __init__(self, network: Network, listener: Listener, stats: MediaStats) -> None:
        self._network = network
        self._listener = listener
        self._stats = stats
        self._tap: Tap | None = None
        self._guests: dict[str, Guest] = {}
        self._connections: dict[str, tuple[Connection, PeerWire]] = {}
        self._permitted: dict[str, set[Source]] = {}
        self._views: dict[str, View] = {}
        self._ranking: tuple[PublicationKey, ...] = ()
        self._faces: tuple[str, ...] = ()
        self._voices: dict[str, float] = {}
        self._arranged: object = None
        self._levels: dict[str, int] = {}
        self._levels_at = self._reported_at = 0.0

    async def connect(self, peer: str, offer_sdp: str) -> str:
        """Replace the peer's connection by a new one. Return the answer; raise `OfferRefused`."""
        offer = sdp.parse(offer_sdp)
        connection = Connection(peer, offer, self._stats)
        wire = self._network.associate(offer.fingerprint, connection)
        connection.attach(wire)
        self._hang_up(peer)
        self._connections[peer] = connection, wire
        self._apply_permissions(connection)
        return sdp.answer(offer, self._network.answerer(wire), [slot.ssrc for slot in connection.slots])

    def disconnect(self, peer: str) -> None:
        """Forget the peer with its permissions and view."""
        self._hang_up(peer)
        self._permitted.pop(peer, None)
        self._views.pop(peer, None)

    def permit(self, peer: str, source: Source, allowed: bool) -> None:
        """Forward what the peer sends from `source`, or drop it. Nothing is permitted to begin with."""
        permitted = self._permitted.setdefault(peer, set())
        (permitted.add if allowed else permitted.discard)(source)
        if peer in self._connections:
            self._apply_permissions(self._connections[peer][0])

    def view(self, peer: str, view: View) -> None:
        """What the peer wishes to see."""
        self._views[peer] = view
        self._arranged = None

    @property
    def tap(self) -> Tap | None:
        return self._tap

    @tap.setter
    def tap(self, tap: Tap | None) -> None:
        self._tap = tap
        self._tap_all()

    def seat(self, guest: Guest) -> None:
        """It hears and is heard from now on. What it says it gives to its publication itself."""
        self._guests[guest.peer] = guest
        guest.publication.permit(allowed=True)
        self._tap_all()

    def dismiss(self, guest: Guest) -> None:
        if self._guests.get(guest.peer) is guest:
            del self._guests[guest.peer]
            guest.publication.permit(allowed=False)
            self._tap_all()

    def close(self) -> None:
        for peer in list(self._connections):
            self.disconnect(peer)
        for guest in list(self._guests.values()):
            self.dismiss(guest)

    def tick(self, now: float) -> None:
        """Everything that is not forwarding: about twenty times a second."""
        self._drop_failed(now)
        for publication in self._publications():
            publication.tick(now)
        if now - self._reported_at >= _REPORT_INTERVAL:
            self._report(now)
        live = self._live()
        self._rank(live, now)
        self._arrange(live)
        for connection, _ in self._connections.values():
            views = connection.take_changed_views()
            if views:
                self._listener.slots_changed(connection.peer, views)

    def _hang_up(self, peer: str) -> None:
        connection, wire = self._connections.pop(peer, (None, None))
        if connection is not None and wire is not None:
            connection.close()
            wire.close()

    def _apply_permissions(self, connection: Connection) -> None:
        permitted = self._permitted.get(connection.peer, set())
        for publication in connection.publications:
            publication.taps = self._taps
            publication.permit(allowed=publication.key.source in permitted)

    @property
    def _taps(self) -> tuple[Tap, ...]:
        return (*((self._tap,) if self._tap is not None else ()), *self._guests.values())

    def _tap_all(self) -> None:
        for publication in self._publications():
            publication.taps = self._taps

    def _publications(self) -> Iterator[Publication]:
        for connection, _ in self._connections.values():
            yield from connection.publications
        for guest in self._guests.values():
            yield guest.publication

    def _live(self) -> Live:
        spoken = [guest.publication for guest in self._guests.values() if guest.publication.is_live]
        return {publication.key: [publication] for publication in spoken} | {
            key: layers for connection, _ in self._connections.values() for key, layers in connection.live()
        }

    def _drop_failed(self, now: float) -> None:
        for peer, (_, wire) in list(self._connections.items()):
            if wire.has_left:
                self._hang_up(peer)
            elif wire.has_failed(now):
                self._hang_up(peer)
                self._stats.peers_failed += 1
                self._listener.peer_failed(peer)

    def _report(self, now: float) -> None:
        elapsed, self._reported_at = now - self._reported_at, now
        self._faces = speakers.rank(self._faces, self._voices)
        for connection, wire in self._connections.values():
            silent_for = now - wire.heard_at
            connection.report(now, elapsed)
            connection.weigh(now, elapsed, silent_for)
            if connection.is_ready and connection.assess(silent_for):
                self._listener.quality_changed(connection.peer, connection.quality)

    def _rank(self, live: Live, now: float) -> None:
        loudness = {key: layers[0].loudness for key, layers in live.items() if not key.source.is_video}
        self._ranking = speakers.rank(self._ranking, loudness)
        self._voices = {key.peer: loud for key, loud in loudness.items() if key.source == Source.MICROPHONE}
        for guest in self._guests.values():
            guest.hear(choose_voices(self._ranking, receiver=guest.peer))
        if now - self._levels_at < _LEVELS_INTERVAL:
            return
        self._levels_at = now
        levels = {peer: level for peer, loud in self._voices.items() if (level := speakers.level(loud))}
        if levels != self._levels:
            self._levels = levels
            self._listener.speakers_changed(levels)

    def _arrange(self, live: Live) -> None:
        """Decide anew who gets what, if anything it depends on has changed."""
        ready = [connection for connection, _ in self._connections.values() if connection.is_ready]
        is_tight = any(connection.downlink.is_limited for connection in ready)
        measured_at = self._reported_at if is_tight else 0.0
        budgets = [(connection, connection.downlink.budget) for connection in ready]
        depends_on = (list(live.values()), self._ranking, self._faces, budgets, measured_at)
        if depends_on == self._arranged:
            return
        self._arranged = depends_on
        bitrates = {
            key: [layer.bitrate for layer in layers] for key, layers in live.items() if key.source.is_video
        }
        for connection, budget in budgets:
            peer, view = connection.peer, self._views.get(connection.peer, View())
            shown = connection.shown(live)
            videos = choose_videos(bitrates, view, self._faces, receiver=peer, budget=budget, shown=shown)
            voices = choose_voices(self._ranking, receiver=peer)
            connection.show(
                [live[key][0] for key in voices], [live[key][layer] for key, layer in videos.items()]
            )
