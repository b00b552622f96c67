"""What of a conference's events and pictures may stand in a bundle, as JSON would have them. Pure.

Taken out are parts that are not recorded, lines of the chat, captions, and participants: of those only
that somebody was there is left, under another name. Addresses of files become addresses in the bundle.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import to_builtins

from conferences.core import board, captions, chat, events, polls, questions, shared_links, slides
from conferences.core.messages import AnyEvent
from conferences.core.state import Picture
from conferences.core.words import Part

BUNDLE = "bundle:"

_EVENTS_OF: dict[Part, tuple[Any, ...]] = {
    Part.CAMERAS: (events.CameraStarted, events.CameraStopped),
    Part.SCREENS: (events.ScreenShared, events.ScreenStopped),
    Part.SLIDES: (slides.SlideEvent, board.BoardEvent),
    Part.CHAT: (chat.ChatEvent,),
    Part.POLLS: (polls.PollEvent, questions.QuestionEvent),
}
_FIELDS_OF: dict[Part, dict[str, Any]] = {
    Part.SLIDES: {"documents": {}, "shown": None, "drawings": {}},
    Part.CHAT: {"chat": []},
    Part.POLLS: {"polls": [], "ballots": {}, "questions": []},
}
_DONE_BY_HIDDEN = (
    events.CameraStarted
    | events.CameraStopped
    | events.ScreenShared
    | events.ScreenStopped
    | events.MicrophoneUnmuted
    | events.MicrophoneMuted
    | events.HandRaised
    | events.HandLowered
    | events.ReactionSent
    | chat.ChatSent
    | chat.ChatReacted
    | questions.QuestionAsked
    | board.ShapeAdded
    | shared_links.LinkShared
)
"""Of a participant who is taken out, nothing of this is left."""
_ABOUT_A_LINE = chat.ChatEdited | chat.ChatDeleted | chat.ChatReacted
_ABOUT_A_QUESTION = questions.QuestionVoted | questions.QuestionAnswered | questions.QuestionDismissed
_OFF = {"camera": False, "screen": False, "sound": False, "microphone": False, "hand": 0}


@dataclass(frozen=True)
class Redaction:
    """`people`: who is taken out, and what they are called instead. `lines`, `questions`: numbers of events
    that brought what is taken out."""

    parts: Collection[Part] = tuple(Part)
    people: Mapping[str, str] = field(default_factory=dict)
    lines: Collection[int] = ()
    questions: Collection[int] = ()

    def event(self, seq: int, event: AnyEvent) -> dict[str, Any] | None:
        """None: it is taken out."""
        if self._is_taken_out(seq, event):
            return None
        found: dict[str, Any] = self._cleaned(to_builtins(event))
        return found

    def picture(self, picture: Picture) -> dict[str, Any]:
        found: dict[str, Any] = self._cleaned(to_builtins(picture, str_keys=True))
        for part in self._missing():
            found |= _FIELDS_OF.get(part, {})
        found["participants"] = {id: self._seated(id, seat) for id, seat in found["participants"].items()}
        found["chat"] = [line for line in found["chat"] if self._stays(line, self.lines)]
        spoken = found["captions"]
        lines = [line for line in spoken["lines"] if line["id"] not in self.lines]
        found["captions"] = {**spoken, "lines": lines}
        found["questions"] = [one for one in found["questions"] if self._stays(one, self.questions)]
        return found

    def _missing(self) -> list[Part]:
        return [part for part in Part if part not in self.parts]

    def _is_taken_out(self, seq: int, event: AnyEvent) -> bool:
        if any(isinstance(event, kinds) for part in self._missing() for kinds in _EVENTS_OF[part]):
            return True
        if isinstance(event, _DONE_BY_HIDDEN) and event.participant in self.people:
            return True
        match event:
            case chat.ChatSent() | captions.CaptionWritten():
                return seq in self.lines
            case chat.ChatEdited() | chat.ChatDeleted() | chat.ChatReacted():
                return event.line in self.lines
            case questions.QuestionAsked():
                return seq in self.questions
            case questions.QuestionVoted() | questions.QuestionAnswered() | questions.QuestionDismissed():
                return event.question in self.questions
            case _:
                return False

    def _stays(self, line: dict[str, Any], taken_out: Collection[int]) -> bool:
        return line["id"] not in taken_out and line["participant"] not in self.people

    def _seated(self, id: str, seat: dict[str, Any]) -> dict[str, Any]:
        off = dict(_OFF) if id in self.people else {}
        if Part.CAMERAS not in self.parts:
            off["camera"] = False
        if Part.SCREENS not in self.parts:
            off |= {"screen": False, "sound": False}
        return {**seat, **off}

    def _cleaned(self, value: Any) -> Any:
        """With other names and addresses, however deep they stand."""
        if isinstance(value, list | tuple):
            return [self._cleaned(item) for item in value if not self._is_drawn_by_hidden(item)]
        if not isinstance(value, dict):
            return value
        found = {key: self._cleaned(item) for key, item in value.items()}
        who = value.get("participant", value.get("id"))
        if isinstance(who, str) and who in self.people and "name" in value and "owner" not in value:
            found["name"] = self.people[who]
        return _addressed(found)

    def _is_drawn_by_hidden(self, item: Any) -> bool:
        drawn = isinstance(item, dict) and ("figure" in item or "reaction" in item)
        return drawn and item.get("participant") in self.people


def _addressed(value: dict[str, Any]) -> dict[str, Any]:
    url = value.get("url")
    if not url or not isinstance(url, str):
        return value
    if "owner" in value or value.get("type") == "document.offered":
        return {**value, "url": f"{BUNDLE}documents/{value.get('document') or value['id']}/"}
    if "size" in value and "width" in value:
        return {**value, "url": f"{BUNDLE}files/{value['id']}/"}
    return value
