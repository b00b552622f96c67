"""Random but well-formed: commands made from the bounds that the messages declare, and stories of them."""

import contextlib
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple, get_args

import msgspec
from hypothesis import strategies as st
from msgspec import inspect
from msgspec.structs import replace

from conferences.core import board as b
from conferences.core import calls as k
from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core import figures as f
from conferences.core import slides as s
from conferences.core.agenda import AgendaCommand, TickItem
from conferences.core.billing import SetBillingCode
from conferences.core.captions import CaptionCommand
from conferences.core.hall import HallCommand
from conferences.core.messages import AnyCommand, ClientCommand
from conferences.core.notes import WriteNotes
from conferences.core.polls import OpenPoll, PollCommand
from conferences.core.questions import QuestionCommand
from conferences.core.recording import FailRecording, RecordingCommand
from conferences.core.rules import Refused
from conferences.core.shared_links import ShareLink
from conferences.core.words import SYSTEM, Dialers, DropReason, HostLeaves, LegKind, Policy, Reaction
from tests.conferences.meeting import CAST, Meeting

LEGS = [f"leg-{number}" for number in range(1, 12)]
EXAMPLES: dict[str, Any] = {
    "participant": "other",
    "name": "Bobby",
    "leg": "leg-1",
    "text": "Hello",
    "reaction": "heart",
    "reason": "network",
    "role": "presenter",
    "document": "plans",
    "url": "/documents/plans/key/",
    "page": 2,
    "pages": 3,
    "done": 1,
    "failure": "broken",
    "x": 5_000,
    "y": 5_000,
    "zoom": 200,
    "allowed": True,
    "poll": 5,
    "choices": [1],
    "question": 8,
    "seconds": 60,
    "line": 9,
    "title": "Our wiki",
    "items": [{"id": 1, "title": "Welcome"}],
    "item": 1,
    "mode": "speaker",
    "shape": "s1",
    "shapes": ["s1"],
    "figure": {"kind": "line", "colour": "red", "width": "thin", "x1": 1, "y1": 2, "x2": 3, "y2": 4},
    "dx": 5,
    "dy": -5,
    "who": "everyone",
    "parts": ["chat"],
    "recording": 3,
    "number": "0171 55542",
    "to_me": True,
    "into": "guest",
    "call": "call",
    "bridge": "office",
    "label": "0171 ••• 42",
    "by": "other",
    "status": "ringing",
    "cause": "busy",
    "direction": "in",
    "held": True,
    "quality": "poor",
    "code": "PO-77",
}
OF_THEIR_OWN: dict[type[c.Command], dict[str, Any]] = {
    c.RevokeAccount: {"account": "alice"},
    OpenPoll: {"kind": "yes_no", "question": ""},
    ShareLink: {"url": "https://example.org/"},
    TickItem: {"done": True},
    b.ExtendBoard: {"document": "board-24"},
    b.RestoreShapes: {"shapes": ["s2"]},
    FailRecording: {"reason": "disk"},
    c.JoinParticipant: {"call": ""},
}


def example(command: type[c.Command], *, participant: str) -> Any:
    """One such command, about `participant` if it is about anybody."""
    given = EXAMPLES | OF_THEIR_OWN.get(command, {}) | {"participant": participant}
    return msgspec.convert({name: given[name] for name in fields(command) if name in given}, command)


def fields(message: type[msgspec.Struct]) -> dict[str, inspect.Type]:
    described = inspect.type_info(message)
    assert isinstance(described, inspect.StructType)
    return {field.name: field.type for field in described.fields}


def of(message: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Messages of this class, with any values its bounds allow."""
    if issubclass(message, f.Stroke | f.Highlight):
        return _strokes(message)
    return st.builds(message, **{name: _values(kind) for name, kind in fields(message).items()})


def _strokes(kind: type[f.Stroke | f.Highlight]) -> st.SearchStrategy[Any]:
    """Points have two halves."""
    spots = st.tuples(st.integers(0, f.EDGE), st.integers(0, f.EDGE))
    points = st.lists(spots, min_size=1, max_size=4).map(
        lambda pairs: tuple(n for pair in pairs for n in pair)
    )
    colours, widths = st.sampled_from(list(f.Colour)), st.sampled_from(list(f.Width))
    return st.builds(kind, colour=colours, width=widths, points=points)


def _values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StrType():
            return _texts(kind)
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.IntType():
            least, most = kind.ge or 0, kind.le or 2**40
            return st.one_of(st.integers(least, min(least + 40, most)), st.integers(least, most))
        case inspect.VarTupleType():
            return _lists(kind)
        case inspect.EnumType():
            return st.sampled_from(list(kind.cls))
        case _:
            return _composed(kind)


def _lists(kind: inspect.VarTupleType) -> st.SearchStrategy[Any]:
    most = min(kind.max_length or 4, 4)
    return st.lists(_values(kind.item_type), min_size=kind.min_length or 0, max_size=most).map(tuple)


def _composed(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.StructType():
            return of(kind.cls)
        case inspect.UnionType():
            return st.one_of(*map(_values, kind.types))
        case _:
            raise TypeError(f"no values for {kind}")


def _texts(kind: inspect.StrType) -> st.SearchStrategy[Any]:
    if kind.pattern and "camera" in kind.pattern:
        return st.sampled_from(["", *(f"{what}:{who}" for what in ("camera", "screen") for who in CAST)])
    if kind.pattern:
        return st.sampled_from(CAST)
    return st.text(min_size=kind.min_length or 0, max_size=min(kind.max_length or 20, 20))


def client_commands() -> st.SearchStrategy[Any]:
    return st.one_of(*map(of, get_args(ClientCommand)))


class Step(NamedTuple):
    """Somebody asks after a while; or nobody, and only time passes."""

    after_s: int
    by: str
    command: AnyCommand | None

    def happens_in(self, meeting: Meeting) -> None:
        meeting.wait(self.after_s)
        if self.command is not None:
            with contextlib.suppress(Refused):
                meeting.does(self.by, with_a_leg_of_its_own(self.command, meeting))


class Story(NamedTuple):
    """Alice comes first; then this happens."""

    policy: Policy
    steps: list[Step]

    def told(self) -> Meeting:
        """The meeting after it."""
        *_, meeting = self.step_by_step()
        return meeting

    def step_by_step(self) -> Iterator[Meeting]:
        meeting = Meeting(self.policy)
        meeting.joins("alice")
        yield meeting
        for step in self.steps:
            step.happens_in(meeting)
            yield meeting


def with_a_leg_of_its_own(command: AnyCommand, meeting: Meeting) -> AnyCommand:
    return replace(command, leg=meeting.next_leg()) if isinstance(command, c.JoinParticipant) else command


_policies = st.builds(
    Policy,
    lobby=st.booleans(),
    start_without_host=st.booleans(),
    guests_share=st.booleans(),
    mute_on_entry=st.booleans(),
    callers_allowed=st.sampled_from([True, True, False]),
    callers_unmute=st.booleans(),
    dial_out=st.sampled_from(list(Dialers)),
    chat_kept=st.booleans(),
    host_leaves=st.sampled_from(list(HostLeaves)),
    auto_lock_s=st.sampled_from([0, 30]),
    seats=st.sampled_from([3, 100]),
)
_after_s = st.sampled_from([0] * 12 + [1, 30, 61, 601])
_joining = st.builds(
    c.JoinParticipant,
    participant=st.sampled_from(CAST),
    name=st.sampled_from(["Alice", "Bob", " Carol ", "\u200b"]),
    leg=st.just("its own"),
    kind=st.sampled_from([LegKind.WEB, LegKind.WEB, LegKind.PHONE]),
    call=st.sampled_from(["", "", "call-1"]),
    account=st.sampled_from(["", "bob"]),
    entitled=st.sampled_from([False, False, True]),
)
_dropping = st.builds(c.DropLeg, leg=st.sampled_from(LEGS), reason=st.sampled_from(list(DropReason)))
_documents = st.sampled_from(CAST)
_bringing = st.builds(
    s.OfferDocument, document=_documents, name=st.just("Plans"), url=st.just("/documents/x/")
)
_converting = st.one_of(
    of(s.ProgressDocument), st.builds(s.AddDocument, document=_documents, pages=st.just(3))
)
_turning = st.builds(s.TurnPage, document=_documents, page=st.sampled_from([1, 2, 3, 4]))
_focusing = st.builds(
    s.FocusPage,
    document=_documents,
    page=st.sampled_from([1, 2]),
    x=st.just(4_000),
    y=st.just(6_000),
    zoom=st.just(200),
)
_drawing = st.builds(
    b.AddShape,
    document=_documents,
    page=st.sampled_from([1, 2]),
    shape=st.sampled_from(CAST),
    figure=st.one_of(*map(of, get_args(f.AnyFigure))),
)
_shapes = st.lists(st.sampled_from(CAST), min_size=1, max_size=3).map(tuple)
_changing = st.one_of(
    *(
        st.builds(change, document=_documents, page=st.sampled_from([1, 2]), shapes=_shapes)
        for change in (b.EraseShapes, b.RestoreShapes, partial(b.MoveShapes, dx=900, dy=-300))
    ),
    st.builds(b.PermitBoard, who=st.sampled_from(list(b.Drawers))),
)
_hosting = st.one_of(of(c.AdmitParticipant), of(c.AdmitAll), of(c.SetRole), of(c.PassRole))
_arranging = st.one_of(
    *map(of, get_args(AgendaCommand | CaptionCommand | HallCommand | RecordingCommand)),
    of(SetBillingCode),
    of(WriteNotes),
)
_polling = st.one_of(*map(of, get_args(PollCommand | QuestionCommand)))
_lines = st.integers(3, 20)
_to = st.sampled_from(["", "", *CAST])
_reply = st.one_of(st.just(0), _lines)
_file = st.just(h.ChatFile(id="f", name="a.txt", url="/files/f/", size=1))
_chatting = st.one_of(
    st.builds(h.SendChat, text=st.sampled_from(["Hello", "Hi\nyou"]), to=_to, reply=_reply),
    st.builds(h.AttachFile, file=st.one_of(st.none(), _file), to=_to, reply=_reply),
    st.builds(h.EditChat, line=_lines, text=st.just("Better")),
    st.builds(h.DeleteChat, line=_lines),
    st.builds(h.ReactToChat, line=_lines, reaction=st.sampled_from(list(Reaction)), on=st.booleans()),
)
_who = st.sampled_from(CAST)
_office = st.just("office")
_way = st.sampled_from(["in", "out"])
_linking = st.builds(ShareLink, url=st.sampled_from(["https://example.org/", "javascript:alert(1)"]))
_calls = st.sampled_from(["call-1", "call-2", "call-3"])
_calling = st.one_of(
    st.builds(
        k.PlaceCall, call=_calls, bridge=_office, number=st.just("1"), label=st.just("0171 ••"), by=_who
    ),
    st.builds(
        k.BeginCall, participant=_who, leg=st.just("leg-2"), call=_calls, bridge=_office, direction=_way
    ),
    st.builds(k.ReportHold, call=_calls, held=st.booleans()),
    st.builds(k.ReportQuality, call=_calls, quality=st.sampled_from(["good", "poor"])),
    st.builds(k.EndCall, call=_calls, cause=st.sampled_from(list(k.CallCause))),
    st.builds(k.FailDial, call=_calls, cause=st.sampled_from(list(k.CallCause))),
    st.builds(k.ReportDial, call=_calls, status=st.sampled_from(list(k.DialStatus))),
)
_phoning = st.one_of(*map(of, get_args(k.CallCommand)))
_steps = st.one_of(
    st.builds(Step, st.just(0), st.just(SYSTEM), _joining),
    st.builds(Step, st.just(0), st.just(SYSTEM), _joining),
    st.builds(Step, _after_s, st.just(SYSTEM), _dropping),
    st.builds(Step, _after_s, st.sampled_from((*CAST, SYSTEM)), client_commands()),
    st.builds(Step, st.just(0), st.sampled_from(CAST), client_commands()),
    st.builds(Step, st.just(0), st.just("alice"), _hosting),
    st.builds(Step, st.just(0), st.just("alice"), st.one_of(_bringing, _turning, _focusing)),
    st.builds(Step, st.just(0), st.just(SYSTEM), _converting),
    st.builds(Step, st.just(0), st.sampled_from(CAST), _polling),
    st.builds(Step, st.just(0), st.sampled_from(CAST), _chatting),
    st.builds(Step, st.just(0), st.sampled_from(CAST), _chatting),
    st.builds(Step, st.just(0), st.just("alice"), _linking),
    st.builds(Step, st.just(0), st.sampled_from(CAST), _arranging),
    st.builds(Step, st.just(0), st.just(SYSTEM), _calling),
    st.builds(Step, st.just(0), st.sampled_from(("alice", *CAST)), _phoning),
    st.builds(Step, st.just(0), st.sampled_from(("alice", *CAST)), st.one_of(_drawing, _drawing, _changing)),
)


def stories() -> st.SearchStrategy[Story]:
    """What may happen in a conference: people come and go, ask for anything, and time passes."""
    return st.builds(Story, _policies, st.lists(_steps, min_size=10, max_size=60))
