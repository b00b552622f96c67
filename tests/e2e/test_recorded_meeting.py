"""A meeting of three is recorded, and replayed: who was heard and seen when, and all that they did."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Playwright

from recording.chunks import PacketRecord, read_chunk
from tests.conferences.conversion import papers
from tests.e2e.firefox import FirefoxPerson
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.recorded import told
from tests.e2e.studio import LOOKS, open_studio
from tests.e2e.test_polls import answers, asks
from tests.e2e.test_slides import brings, sees_page
from tests.e2e.test_watching import COLOUR
from tests.e2e.test_whiteboard import draws, sees_shapes
from tests.e2e.voices import RATE, goertzel
from tests.house import wait_until

HOP_MS = 10
HEARD_MS = 40
NEAR_MS = 100
FACES_S = 2.0
"""Then all cameras are there, and no slide yet."""
SPOKEN_PACKETS = 50
SETTLED_PACKETS = 10
UNSEEN = ("ballots", "notes", "seq")
"""Of oneself alone, or counted otherwise."""

SPOKEN = "switched.filter(({ kind }) => kind === 'audio').map(({ at }) => at)"

Samples = NDArray[np.float32]


@pytest.fixture
def people(playwright: Playwright, office: Office, tmp_path: Path) -> Iterator[dict[str, Person]]:
    with open_studio(playwright, tmp_path, office.signed_in) as people:
        yield people


class Taken:
    """The recording that runs, as its files tell."""

    def __init__(self, office: Office, person: Person) -> None:
        self.id = person.says("`${meeting.live.conference}-${meeting.live.picture.recording.id}`")
        self.raw = Path(office.server.variables["DATA_DIR"]) / "recordings" / self.id / "raw"

    def packets(self, person: Person, source: str) -> int:
        chunks = (read_chunk(path) for path in self.raw.glob(f"{person.id}.{source}.*/*"))
        return sum(isinstance(record, PacketRecord) for chunk in chunks for record in chunk.records)

    def goes_on(self, person: Person, packets: int, source: str = "microphone") -> None:
        before = self.packets(person, source)
        wait_until(lambda: self.packets(person, source) >= before + packets, f"more of {person.name}")


class Replay:
    """What the page of a recording is given."""

    def __init__(self, office: Office, person: Person, id: str) -> None:
        self._request = person.page.context.request
        person.page.goto(f"{office.home}watch/{id}")
        person.finds("() => window.watching?.playback.picture && watching.player.audio.readyState >= 2")
        self.page = person.page
        self.base = person.says("new URL(watching.bundle.state.media, location.href).href")
        self.manifest = self._request.get(self.base + "manifest.json").json()

    def file(self, name: str) -> bytes:
        answer = self._request.get(self.base + name)
        assert answer.ok, name
        return answer.body()

    def events(self) -> list[tuple[int, dict[str, Any]]]:
        files = [
            self._request.get(self.base + journal["file"]).json() for journal in self.manifest["journal"]
        ]
        return [(t, event) for file in files for t, _seq, event in file["events"]]

    def times(self, kind: str, person: str) -> list[int]:
        return [t for t, e in self.events() if e["type"] == kind and e.get("participant") == person]

    def picture(self, t: float) -> dict[str, Any]:
        self.page.evaluate("t => watching.seek(t)", t)
        self.page.wait_for_function("t => Math.abs(watching.playback.t - t) < 60", arg=t)
        return seen(self.page.evaluate("watching.playback.picture"))


def seen(picture: dict[str, Any]) -> dict[str, Any]:
    """What everybody sees of it; addresses differ."""
    found = {name: value for name, value in picture.items() if name not in UNSEEN}
    found["documents"] = {id: {**document, "url": ""} for id, document in picture["documents"].items()}
    return found


def sound_of(content: bytes) -> Samples:
    resampler = av.AudioResampler("flt", "mono", RATE)
    with av.open(io.BytesIO(content), "r") as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def heard(sound: Samples, hertz: float) -> list[tuple[int, int]]:
    """From when to when, in ms, this tone is heard."""
    window = HEARD_MS * RATE // 1000
    spells: list[tuple[int, int]] = []
    for at in range(0, len(sound) * 1000 // RATE - HEARD_MS, HOP_MS):
        piece = sound[at * RATE // 1000 :][:window]
        if goertzel(piece, hertz) < 0.2 or np.sqrt(np.mean(piece**2)) < 0.01:
            continue
        if spells and at - spells[-1][1] < 5 * HEARD_MS:
            spells[-1] = spells[-1][0], at + HEARD_MS
        else:
            spells.append((at, at + HEARD_MS))
    return [spell for spell in spells if spell[1] - spell[0] > 5 * HEARD_MS]


def colours_of(content: bytes) -> list[tuple[float, NDArray[np.uint8]]]:
    """Of each frame its time in ms and the colour of its middle."""
    with av.open(io.BytesIO(content), "r") as container:
        frames = [
            (1000 * float(f.time or 0), f.to_ndarray(format="rgb24")) for f in container.decode(video=0)
        ]
    return [(at, pixels[pixels.shape[0] // 2, pixels.shape[1] // 2]) for at, pixels in frames]


def is_like(colour: NDArray[np.uint8], name: str) -> bool:
    return int(np.argmax(colour)) == list(LOOKS).index(name) and int(colour.max()) > 150


def is_heard_as_spoken(sound: Samples, hertz: float, spoken: list[int]) -> None:
    """`spoken`: when their browser began to send, ceased, began again …"""
    edges = [edge for spell in heard(sound, hertz) for edge in spell]
    assert len(edges) == len(spoken), (edges, spoken)
    assert max(abs(edge - at) for edge, at in zip(edges, spoken, strict=True)) <= NEAR_MS, (edges, spoken)


class Meeting(NamedTuple):
    """`moments`: what Carol saw, and when; `spoken`: for everyone, when they began to send, ceased …"""

    recording: str
    ids: dict[str, str]
    moments: list[dict[str, Any]]
    spoken: dict[str, list[float]]


def is_held(office: Office, people: dict[str, Person], folder: Path) -> Meeting:
    alice, bob, carol = people.values()
    ids, moments = {}, []
    room = office.room()
    for person in people.values():
        person.joins(room)
        person.presses("Mute microphone")
        ids[person.name] = person.id
    alice.chooses("Host controls", "Start recording")
    for person in (bob, carol):
        person.presses("Stay")
    take = Taken(office, alice)

    def remembers() -> None:
        """Of a moment in which nothing happens."""
        take.goes_on(alice, SETTLED_PACKETS, "camera")
        moments.append(carol.says("({at: meeting.live.now(), picture: meeting.live.picture})"))
        take.goes_on(alice, SETTLED_PACKETS, "camera")

    def speaks(person: Person) -> None:
        person.presses("Unmute microphone")
        person.has("Mute microphone")
        take.goes_on(person, SPOKEN_PACKETS)
        person.presses("Mute microphone")
        person.has("Unmute microphone")

    speaks(alice)
    plans = folder / "Plans.pdf"
    plans.write_bytes(papers.pdf([f"Chapter {number}" for number in range(1, 6)], size=(960, 540)))
    brings(alice, plans)
    sees_page(carol, 1)
    speaks(bob)
    remembers()
    alice.presses("Draw")
    draws(alice, "Pen", (0.2, 0.2), (0.4, 0.6), (0.6, 0.2))
    sees_shapes(carol, 1)
    remembers()
    bob.opens_chat()
    bob.writes("Which arrows do we take?")
    carol.opens_chat()
    carol.reads_in_chat("Which arrows do we take?")
    asks(alice, "Lunch?", "Soup", "Pie")
    answers(bob, "Lunch?", "Pie")
    speaks(carol)
    remembers()
    bob.presses("Share screen")
    take.goes_on(bob, SETTLED_PACKETS, "screen")
    remembers()
    bob.presses("Stop sharing")
    carol.presses("Stop camera")
    speaks(alice)
    remembers()
    alice.chooses("Host controls", "Stop recording")
    carol.is_told("The recording has stopped")
    return Meeting(take.id, ids, moments, {name: person.says(SPOKEN) for name, person in people.items()})


@pytest.mark.alone
def test_three_people_are_heard_seen_and_understood_in_the_replay(
    office: Office, people: dict[str, Person], tmp_path: Path
) -> None:
    recording, ids, moments, spoken = is_held(office, people, tmp_path)
    alice, *others = people.values()
    for person in others:
        person.page.close()
    replay = Replay(office, alice, recording)
    manifest = replay.manifest
    sound = sound_of(replay.file("audio.m4a"))
    for name, times in spoken.items():
        recorded = [round(at - manifest["began_at"]) for at in times if at > manifest["began_at"]]
        is_heard_as_spoken(sound, LOOKS[name].hertz, recorded)
    for track in manifest["tracks"]:
        name = next(name for name, id in ids.items() if id == track["participant"])
        colours = colours_of(replay.file(track["file"]))
        assert colours[-1][0] + track["from_ms"] <= track["to_ms"] + NEAR_MS
        if track["source"] == "camera":
            assert all(is_like(colour, name) for _at, colour in colours[2:]), name
    cameras = {track["participant"]: track for track in manifest["tracks"] if track["source"] == "camera"}
    (stopped,) = replay.times("camera.stopped", ids["Carol"])
    assert abs(cameras[ids["Carol"]]["to_ms"] - stopped) <= 10 * NEAR_MS
    assert any(track["source"] == "screen" for track in manifest["tracks"])
    for moment in moments:
        t = moment["at"] - manifest["began_at"]
        assert replay.picture(t) == seen(moment["picture"]), t
    is_filmed(alice, replay, spoken)


@pytest.mark.campaign
def test_a_recorded_meeting_is_the_same_in_firefox(
    office: Office, people: dict[str, Person], tmp_path: Path
) -> None:
    """States, colours, and a clock that runs."""
    recording, ids, moments, _spoken = is_held(office, people, tmp_path)
    manifest = Replay(office, people["Alice"], recording).manifest
    told(office, recording, viewers="public")
    fox = FirefoxPerson("Fox", [], tmp_path)
    try:
        fox.opens(f"{office.home}watch/{recording}")
        fox.waits("window.watching?.playback.picture && watching.player.audio.readyState >= 2")
        for moment in moments:
            t = moment["at"] - manifest["began_at"]
            fox.says(f"watching.seek({t})")
            fox.waits(f"Math.abs(watching.playback.t - {t}) < 60")
            assert seen(fox.says("watching.playback.picture")) == seen(moment["picture"]), t
        fox.says(f"watching.seek({1000 * FACES_S})")
        for place, id in enumerate(ids.values()):
            fox.waits(f"(({COLOUR})('{id}') ?? []).findIndex((value) => value > 150) === {place}")
        fox.says("watching.player.audio.muted = true")  # this machine may have no loudspeaker
        fox.says("document.querySelector('[data-part=begin]').focus()")
        fox.presses("Play")
        fox.waits(f"watching.player.t > {1000 * FACES_S + 1000} && !watching.player.stalled")
    finally:
        fox.closes()


def is_filmed(owner: Person, replay: Replay, spoken: dict[str, list[float]]) -> None:
    """The film has the same sound, and the colours of those who are shown."""
    owner.presses("Download")
    owner.page.get_by_role("menuitem", name="Make a film of it (MP4)").click()
    owner.finds("() => watching.bundle.manifest.downloads.some(({ kind }) => kind === 'program')")
    film = replay.file("program.mp4")
    sound, began = sound_of(film), replay.manifest["began_at"]
    for name, times in spoken.items():
        is_heard_as_spoken(sound, LOOKS[name].hertz, [round(at - began) for at in times if at > began])
    with av.open(io.BytesIO(film), "r") as container:
        assert abs(float(container.duration or 0) / 1000 - replay.manifest["length_ms"]) < 2 * 2_048
        faces = next(frame for frame in container.decode(video=0) if (frame.time or 0) > FACES_S)
    pixels = faces.to_ndarray(format="rgb24")[::40, ::40].reshape(-1, 3).astype(np.uint8)
    for name in LOOKS:
        assert any(is_like(pixel, name) for pixel in pixels), name
