"""Gathers a bundle (docs/recording.md) from masters, journal and what people brought. What is there
already is left as it is, so it may be begun again at any time."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Literal

import msgspec
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from conferences import chat_files, documents
from conferences.core.evolve import evolve
from conferences.core.messages import AnyEvent
from conferences.core.state import State
from conferences.core.words import Part
from conferences.models import JournalEntry
from recording import captions as cap
from recording import chapters as ch
from recording.audio_segments import SEGMENT_MS, made_segments, needed_until, segments_in
from recording.desk import Desk, read_json, replaced, write_bytes, write_json
from recording.export import Entry, Page, pages, untold_lines
from recording.fmp4 import init_segment
from recording.levels import Level, talks_of
from recording.manifest import Audio, Captions, Chapter, Download, JournalFile, Manifest, Talk, Track, Video
from recording.manifest import decode as decode_manifest
from recording.models import Recording
from recording.posters import write_poster
from recording.redaction import Redaction
from recording.removed import kept_document
from recording.remux import Index, Master, read_index
from recording.slides_pdf import Page as Slide
from recording.slides_pdf import write_slides_pdf
from recording.sound_file import write_sound_file
from recording.timeline import Timeline
from recording.voices import Voices, mix_of
from recording.webm import largest, read_pictures, write_pictures

BATCH = 28
"""Segments that are mixed together: about a minute."""
_decode_event = msgspec.json.Decoder(AnyEvent).decode


@dataclass
class Bundle:
    """One version of a recording in the making. `until`: what is known of a recording that still runs."""

    recording: Recording
    desk: Desk
    version: int
    until: int

    @property
    def folder(self) -> Path:
        return self.desk.bundle(self.version)

    @cached_property
    def timeline(self) -> Timeline:
        return self.recording.timeline(now=self.until)

    @cached_property
    def entries(self) -> list[Entry]:
        rows = JournalEntry.objects.filter(
            conference=self.recording.conference_id, at__lte=self.recording.stopped_at or self.until
        )
        found = rows.order_by("seq").values_list("seq", "event")
        return [Entry(seq, _decode_event(event)) for seq, event in found.iterator()]

    @cached_property
    def redaction(self) -> Redaction:
        row = self.recording
        people = {
            who: _("Participant %(number)s") % {"number": number}
            for number, who in enumerate(row.hidden_participants, start=1)
        }
        lines = untold_lines(self.entries, self.timeline) | set(row.hidden_lines) | self._unsaid()
        return Redaction([Part(part) for part in row.parts], people, lines)

    def _unsaid(self) -> set[int]:
        """Captions with words of those who are taken out; it is kept, for when their voice is forgotten."""
        path = self.desk.masters / "unsaid.json"
        known = read_json(path, dict[str, list[int]], {})
        for who in self.recording.hidden_participants:
            talks = talks_of(self._levels_of(who))
            if talks or who not in known:
                known[who] = sorted(cap.lines_of(self.entries, who, talks))
        if known:
            write_json(path, known)
        return {line for who in self.recording.hidden_participants for line in known[who]}

    def _levels_of(self, who: str) -> list[Level]:
        masters = [one for one in self.index.masters if one.is_sound and one.participant == who]
        read = (read_json(self.desk.masters / one.levels, list[Level], []) for one in masters)
        return sorted(level for levels in read for level in levels)

    @cached_property
    def index(self) -> Index:
        return read_index(self.desk)

    @cached_property
    def levels(self) -> dict[str, list[Level]]:
        """Of everybody who is heard, in order; callers come as one sound, and nobody knows whose it is."""
        own = (one for one in self.index.masters if one.is_sound and one.source != "phone")
        heard = dict.fromkeys(one.participant for one in own)
        return {who: self._levels_of(who) for who in heard if who not in self.redaction.people}

    # Sound

    def segments_wanted(self) -> int:
        """So far: of what still runs, those that are complete."""
        wanted = segments_in(self.timeline.length)
        if self.recording.stopped_at is None:
            while wanted and needed_until(wanted - 1) > self.timeline.length:
                wanted -= 1
        return wanted

    def mix(self, voices: Voices, *, batch: int = BATCH) -> Iterator[int]:
        """Make the segments that are missing; tells how many are left."""
        sound = self.folder / "audio"
        if not (sound / "init.mp4").exists():
            write_bytes(sound / "init.mp4", init_segment())
        missing = [n for n in range(self.segments_wanted()) if not (sound / f"{n}.m4s").exists()]
        while missing:
            first = missing[0]
            count = next((i for i, n in enumerate(missing[:batch]) if n != first + i), len(missing[:batch]))
            made = made_segments(first, count, self.timeline, partial(mix_of, voices))
            for number, segment in enumerate(made, start=first):
                write_bytes(sound / f"{number}.m4s", segment)
            missing = missing[count:]
            yield len(missing)

    # Everything else

    def gather(self) -> Iterator[int]:
        """Step by step; tells how many steps are left."""
        steps: list[Callable[[], None]] = [
            self._write_pages,
            self._copy_documents,
            self._copy_chat_files,
            self._write_tracks,
            self._write_texts,
            self._write_sound,
            self._write_poster,
            self._write_slides,
        ]
        for left, step in zip(range(len(steps) - 1, -1, -1), steps, strict=True):
            step()
            yield left

    @cached_property
    def pages(self) -> list[Page]:
        return pages(self.entries, self.timeline, self.redaction, self.levels)

    def _write_pages(self) -> None:
        for number, page in enumerate(self.pages):
            write_json(self.folder / "journal" / f"{number}.json", page)

    def _copy_documents(self) -> None:
        for document in _seen_documents(self.pages):
            names = _stored(f"{documents.FOLDER}/{document}")
            kept = [name for name in names if name != "original" or self._is_released(document)]
            folder = self.folder / "documents" / document
            _copy(f"{documents.FOLDER}/{document}", kept, folder)
            for page in sorted(kept_document(self.desk, document).glob("*")):
                _link(page, folder / page.name)

    def _is_released(self, document: str) -> bool:
        found = [page.picture["documents"].get(document) for page in self.pages if page.picture]
        return any(known and known["download"] for known in found)

    def _copy_chat_files(self) -> None:
        for file in _seen_files(self.pages):
            place = f"{chat_files.FOLDER}/{file}"
            _copy(place, _stored(place), self.folder / "files" / file)

    def _write_tracks(self) -> None:
        for _track in self.tracks:
            pass

    @cached_property
    def tracks(self) -> tuple[Track, ...]:
        wanted = [m for m in self.index.masters if not m.is_sound]
        wanted = [m for m in wanted if m.participant not in self.redaction.people]
        wanted = [m for m in wanted if f"{m.source}s" in self.recording.parts]
        return tuple(track for master in wanted for track in self._tracks_of(master))

    def _tracks_of(self, master: Master) -> Iterator[Track]:
        source = self.desk.masters / master.file
        begin, end = master.begin_us // 1000, -(-master.end_us // 1000)
        for piece in self.timeline.pieces(begin, end):
            t = self.timeline.played(piece.begin)
            if t is None:
                continue
            if piece == (begin, end):
                track = self._track(master, t, t + piece.length, master.width, master.height)
                _link(source, self.folder / track.file)
                yield track
            else:
                yield from self._cut(master, source, piece.begin, piece.end)

    def _cut(self, master: Master, source: Path, begin: int, end: int) -> Iterator[Track]:
        """From the first keyframe on."""
        frames = [
            frame
            for frame in read_pictures(source, master.begin_us)
            if begin * 1000 <= frame.at_us < end * 1000
        ]
        while frames and frames[0].size is None:
            frames.pop(0)
        if not frames:
            return
        t, t_end = (self.timeline.played_next(at) for at in (frames[0].at_us // 1000, end))
        track = self._track(master, t, t_end, *largest(frames))
        path = self.folder / track.file
        if not path.exists():
            with replaced(path) as part:
                write_pictures(part, frames)
        yield track

    def _track(self, master: Master, t: int, t_end: int, width: int, height: int) -> Track:
        file = f"tracks/{master.participant}.{master.source}.{t}.webm"
        source: Literal["screen", "camera"] = "screen" if master.source == "screen" else "camera"
        return Track(master.participant, source, file, t, t_end, width, height)

    @cached_property
    def talks(self) -> tuple[Talk, ...]:
        return ch.talks(self.levels, self.timeline)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        words = ch.Words(_("Beginning"), _("%(document)s, page %(page)s"), _("Screen of %(name)s"))
        return ch.chapters(self.entries, self.timeline, self.redaction, self.talks, words)

    def _write_texts(self) -> None:
        write_bytes(self.folder / "chapters.vtt", ch.as_vtt(self.chapters, self.timeline.length).encode())
        if text := ch.chat_text(self.entries, self.timeline, self.redaction):
            write_bytes(self.folder / "chat.txt", text.encode())
        if lines := cap.said(self.entries, self.timeline, self.redaction):
            write_bytes(self.folder / cap.FILE, cap.as_vtt(lines, self.timeline.length).encode())

    def _write_sound(self) -> None:
        sound = self.folder / "audio"
        parts = [sound / "init.mp4", *(sound / f"{n}.m4s" for n in range(self.segments_wanted()))]
        if len(parts) > 1:
            with replaced(self.folder / "audio.m4a") as part:
                write_sound_file(part, parts)
        write_bytes(sound / "index.m3u8", playlist(len(parts) - 1, ended=True).encode())

    def _write_poster(self) -> None:
        write_poster(self.folder, ch.shown_pages(self.entries, self.timeline), self.tracks)

    def _write_slides(self) -> None:
        """What was on the stage, with what was drawn on it in the end."""
        if Part.SLIDES not in self.redaction.parts:
            return
        shown = dict.fromkeys(page[1:] for page in ch.shown_pages(self.entries, self.timeline))
        if found := list(self._slides(shown)):
            with replaced(self.folder / "slides.pdf") as part:
                write_slides_pdf(part, found)

    def _slides(self, shown: Iterable[tuple[str, int]]) -> Iterator[Slide]:
        state = State()
        for entry in self.entries:
            state = evolve(state, entry.event)
        for document, page in shown:
            drawn = state.drawings.get(document, {}).get(page, ())
            shapes = tuple(shape for shape in drawn if shape.participant not in self.redaction.people)
            picture = self.folder / "documents" / document / f"{page}.webp"
            if picture.exists() or shapes:
                yield Slide(picture if picture.exists() else None, shapes)

    # The manifest

    def manifest(self, *, ended: bool) -> Manifest:
        row = self.recording
        return Manifest(
            id=row.pk,
            version=self.version,
            title=row.title,
            began_at=row.started_at,
            ended=ended,
            length_ms=self.timeline.length,
            audio=Audio(segments=self.segments_wanted(), segment_ms=SEGMENT_MS),
            video=self._video(),
            tracks=self.tracks,
            journal=tuple(
                JournalFile(f"journal/{number}.json", page.from_ms, page.picture is not None)
                for number, page in enumerate(self.pages)
            ),
            chapters=self.chapters,
            talks=self.talks,
            people=ch.names_of(self.entries, self.redaction),
            search=ch.search(self.entries, self.timeline, self.redaction, self._texts()),
            captions=(Captions(language="", file=cap.FILE),) if self._has(cap.FILE) else (),
            downloads=tuple(self._downloads()),
            parts=tuple(row.parts),
        )

    def _video(self) -> tuple[Video, ...]:
        """The program, where one was made while it ran."""
        with suppress(FileNotFoundError):
            return decode_manifest((self.folder / "manifest.json").read_bytes()).video
        return ()

    def _texts(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, Sequence[str]] = {}
        for document in _seen_documents(self.pages):
            found[document] = read_json(self.folder / "documents" / document / "text.json", list[str], [])
        return found

    def _downloads(self) -> Iterator[Download]:
        if (file := self.folder / "audio.m4a").exists():
            yield Download("audio", file.name, file.stat().st_size)
        if (file := self.folder / "chat.txt").exists():
            yield Download("chat", file.name, file.stat().st_size)
        if (file := self.folder / "slides.pdf").exists():
            yield Download("slides", file.name, file.stat().st_size)
        if (file := self.folder / cap.FILE).exists():
            yield Download("captions", file.name, file.stat().st_size)

    def _has(self, file: str) -> bool:
        return (self.folder / file).exists()


def playlist(segments: int, *, ended: bool) -> str:
    """HLS (RFC 8216) of the mix."""
    seconds = SEGMENT_MS / 1000
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:3", "#EXT-X-MEDIA-SEQUENCE:0"]
    lines += ["#EXT-X-PLAYLIST-TYPE:" + ("VOD" if ended else "EVENT"), "#EXT-X-INDEPENDENT-SEGMENTS"]
    lines.append('#EXT-X-MAP:URI="init.mp4"')
    for number in range(segments):
        lines += [f"#EXTINF:{seconds:.3f},", f"{number}.m4s"]
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if ended else [])]) + "\n"


def _seen_documents(found: Iterable[Page]) -> list[str]:
    """Files that a spectator could see, in order."""
    seen: dict[str, None] = {}
    for page in found:
        known = (page.picture or {}).get("documents", {})
        seen |= {id: None for id, document in known.items() if document["url"]}
        seen |= {e["document"]: None for _t, _seq, e in page.events if e["type"] == "document.offered"}
    return list(seen)


def _seen_files(found: Iterable[Page]) -> list[str]:
    seen: dict[str, None] = {}
    for page in found:
        lines: list[dict[str, Any]] = (page.picture or {}).get("chat", [])
        lines = [*lines, *(event for _t, _seq, event in page.events if event["type"] == "chat.sent")]
        seen |= {line["file"]["id"]: None for line in lines if line.get("file")}
    return list(seen)


def _stored(folder: str) -> list[str]:
    """Somebody may have removed it since."""
    try:
        return sorted(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def _copy(place: str, names: Iterable[str], folder: Path) -> None:
    for name in names:
        path = folder / name
        if not path.exists():
            with (
                replaced(path) as part,
                default_storage.open(f"{place}/{name}") as kept,
                part.open("wb") as copy,
            ):
                shutil.copyfileobj(kept, copy)


def _link(source: Path, path: Path) -> None:
    """The same file under another name, where the disk can do that."""
    if path.exists():
        return
    with replaced(path) as part:
        try:
            os.link(source, part)
        except OSError:
            shutil.copyfile(source, part)
