"""What stands in a bundle's `manifest.json` (docs/recording.md): all that a player needs to know. Pure."""

from typing import Literal

from msgspec import Struct, json


class Audio(Struct, frozen=True):
    """The mix: `segments` of `audio/<n>.m4s` so far, the first numbered 0."""

    segments: int
    init: str = "audio/init.mp4"
    segment_ms: int = 2048
    codec: str = "mp4a.40.2"


class Video(Struct, frozen=True):
    """A rendition of the program: segments `first` to `first + segments - 1`, at the same times as sound."""

    name: str
    width: int
    height: int
    init: str
    first: int
    segments: int
    codec: str


class Track(Struct, frozen=True):
    """A camera or screen, as sent; `from_ms` is when its first picture is shown."""

    participant: str
    source: Literal["camera", "screen"]
    file: str
    from_ms: int
    to_ms: int
    width: int
    height: int


class JournalFile(Struct, frozen=True):
    """`key`: it begins with a picture."""

    file: str
    from_ms: int
    key: bool


class Chapter(Struct, frozen=True):
    t: int
    kind: Literal["start", "slide", "screen", "speaker"]
    title: str


class Talk(Struct, frozen=True):
    """Somebody spoke."""

    participant: str
    from_ms: int
    to_ms: int


class Found(Struct, frozen=True):
    """Text that may be searched for, and when it is to be seen or heard."""

    t: int
    kind: Literal["chat", "caption", "slide"]
    text: str
    participant: str = ""


class Captions(Struct, frozen=True):
    """`language` empty: nobody said in which they are."""

    language: str
    file: str


class Download(Struct, frozen=True):
    kind: Literal["program", "audio", "chat", "slides", "captions", "offline"]
    file: str
    bytes: int


class Manifest(Struct, frozen=True):
    id: str
    version: int
    title: str
    began_at: int
    ended: bool
    length_ms: int
    audio: Audio
    video: tuple[Video, ...] = ()
    tracks: tuple[Track, ...] = ()
    journal: tuple[JournalFile, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    talks: tuple[Talk, ...] = ()
    people: dict[str, str] = {}
    """Names of participants, as they were last."""
    search: tuple[Found, ...] = ()
    captions: tuple[Captions, ...] = ()
    downloads: tuple[Download, ...] = ()
    parts: tuple[str, ...] = ()
    v: int = 1

    def encode(self) -> bytes:
        return json.encode(self)


def decode(data: bytes) -> Manifest:
    """Raises msgspec.DecodeError."""
    return json.decode(data, type=Manifest)
