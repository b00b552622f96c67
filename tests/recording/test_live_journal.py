"""What happened, told two seconds at a time."""

from conferences.core import chat
from conferences.core.words import Part
from recording.export import KEY_EVERY_MS, Entry
from recording.levels import Level
from recording.live_journal import LiveJournal, Told
from recording.timeline import Span, Timeline
from tests.conferences.meeting import Meeting

STEP = 2_000


class Notary:
    """Writes down what happens at a meeting of Alice and Bob; recorded from one second after they came."""

    def __init__(self) -> None:
        self.meeting = Meeting()
        for who in ("alice", "bob"):
            self.meeting.joins(who)
        self.begin = self.meeting.now + 1_000
        self.journal = LiveJournal(list(Part))
        self.timeline = Timeline([Span(self.begin, self.begin + 600_000)])
        self._told = 0

    def says(self, text: str, after_s: float) -> None:
        self.meeting.wait(after_s)
        self.meeting.does("alice", chat.SendChat(text=text))

    def page(self, number: int, levels: dict[str, list[Level]] | None = None) -> Told:
        entries = [Entry(seq, event) for seq, event in enumerate(self.meeting.events, start=1)]
        self.journal.add(entries[self._told :])
        self._told = len(entries)
        return self.journal.page(number * STEP, (number + 1) * STEP, self.timeline, levels or {})


def test_the_first_begins_with_a_picture_and_each_tells_what_is_new() -> None:
    notary = Notary()
    notary.says("hello", 2)
    first, second = notary.page(0), notary.page(1)
    assert first.key
    assert first.page.picture is not None
    assert list(first.page.picture["participants"]) == ["alice", "bob"]
    assert [(t, event["type"]) for t, _, event in first.page.events] == [(1_000, "chat.sent")]
    assert (second.key, second.page.picture, second.page.events) == (False, None, [])


def test_a_picture_comes_every_half_minute() -> None:
    notary = Notary()
    keys = [number for number in range(40) if notary.page(number).key]
    assert keys == [0, KEY_EVERY_MS // STEP, 2 * KEY_EVERY_MS // STEP]


def test_what_is_written_down_late_is_told_by_a_picture() -> None:
    notary = Notary()
    notary.says("hello", 2)
    late, notary.meeting.events = notary.meeting.events[-1], notary.meeting.events[:-1]
    notary.page(0)
    notary.meeting.events.append(late)
    told = notary.page(1)
    assert told.key
    assert told.page.picture is not None
    assert [line["text"] for line in told.page.picture["chat"]] == ["hello"]
    assert told.page.events == []


def test_what_was_said_in_a_pause_is_never_told() -> None:
    notary = Notary()
    begin = notary.begin
    notary.timeline = Timeline([Span(begin, begin + 1_000), Span(begin + 5_000, begin + 600_000)])
    notary.says("secret", 4)
    notary.says("again", 3)
    pages = [notary.page(number).page for number in range(3)]
    assert "secret" not in repr(pages)
    shown = [event for page in pages for _, _, event in page.events]
    pictures = [line for page in pages if page.picture for line in page.picture["chat"]]
    assert [one["text"] for one in (*shown, *pictures)] == ["again"]


def test_who_speaks_on_is_heard_on_and_who_stops_is_silent() -> None:
    notary = Notary()
    begin = notary.begin
    notary.page(0, {"alice": [Level(begin + 1_000, 5), Level(begin + 2_000, 0)]})
    second = notary.page(1, {"alice": [Level(begin + 2_000, 5), Level(begin + 4_000, 0)]})
    third = notary.page(2)
    assert second.page.levels[0] == (2_000, {"alice": 5})
    assert all(levels for _, levels in second.page.levels)
    assert third.page.levels == [(4_000, {})]


def test_its_number_is_that_of_the_last_entry() -> None:
    notary = Notary()
    notary.page(0)
    assert notary.journal.seq == len(notary.meeting.events)
