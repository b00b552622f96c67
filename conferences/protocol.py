"""The protocol, written down from the classes that are it: a TypeScript declaration for the browser's modules
and the tables of docs/protocol.md."""

from collections.abc import Iterable, Sequence
from typing import Any, get_args

import msgspec
from msgspec import inspect

from conferences.core.agenda import Agenda, AgendaItem
from conferences.core.board import Shape
from conferences.core.calls import Dial
from conferences.core.captions import CaptionLine, Captions
from conferences.core.chat import ChatFile, ChatLine, LineReaction
from conferences.core.commands import Command, Need
from conferences.core.events import Audience, Event
from conferences.core.figures import AnyFigure
from conferences.core.floor import Timer
from conferences.core.hall import Lead
from conferences.core.messages import AnyEvent, ClientCommand
from conferences.core.polls import Answer, Poll
from conferences.core.questions import Question
from conferences.core.recording import Recording
from conferences.core.rules import Reason
from conferences.core.shared_links import SharedLink
from conferences.core.signals import ClientSignal, Motion, ServerSignal, Slot
from conferences.core.slides import Document, Shown
from conferences.core.state import EndWarning, Participant, Picture
from conferences.core.words import Policy

UNIONS: dict[str, Any] = {
    "AnyFigure": AnyFigure,
    "ClientCommand": ClientCommand,
    "AnyEvent": AnyEvent,
    "ClientSignal": ClientSignal,
    "ServerSignal": ServerSignal,
}
PARTS: Sequence[type[msgspec.Struct]] = (
    Picture,
    Participant,
    ChatLine,
    ChatFile,
    LineReaction,
    Captions,
    CaptionLine,
    EndWarning,
    Document,
    Shown,
    Policy,
    Poll,
    Answer,
    Question,
    Timer,
    SharedLink,
    Agenda,
    AgendaItem,
    Lead,
    Dial,
    Recording,
    Slot,
    Shape,
    Motion,
)

_HEARERS = {
    Audience.EVERYONE: "everyone, also who waits",
    Audience.ROOM: "all who were let in",
    Audience.WITNESSES: "who can see the participant",
    Audience.PAIR: "the two",
    Audience.READERS: "who can read the line",
    Audience.PRESENTERS: "presenters and hosts",
    Audience.HOSTS: "hosts",
    Audience.COUNTERS: "presenters and hosts; all who were let in once the answers are shared",
    Audience.ONESELF: "the participant alone",
    Audience.SERVER: "nobody: journal and followers",
}


def typescript() -> str:
    """`core/messages.d.ts`."""
    blocks = ["// Written by `manage.py write_protocol` from conferences/core. Do not edit."]
    blocks += [_interface(part) for part in PARTS]
    for name, union in UNIONS.items():
        members = get_args(union)
        blocks += [_interface(member) for member in members]
        blocks.append(f"export type {name} =\n" + "\n".join(f"  | {m.__name__}" for m in members) + ";")
    blocks.append("export type Reason =\n" + "\n".join(f'  | "{reason}"' for reason in Reason) + ";")
    return "\n\n".join(blocks) + "\n"


def tables() -> str:
    """The part of docs/protocol.md between its markers."""
    asked = [_row(command, _asker(command)) for command in get_args(ClientCommand)]
    told = [_row(event, _HEARERS[event.heard_by]) for event in get_args(AnyEvent)]
    sections: list[tuple[str, list[str], list[list[str]]]] = [
        ("Commands", ["command", "fields", "who may ask"], asked),
        ("Events", ["event", "fields besides `at`", "who hears it"], told),
        ("Signals of browsers", ["signal", "fields"], [_row(s) for s in get_args(ClientSignal)]),
        ("Signals of the server", ["signal", "fields"], [_row(s) for s in get_args(ServerSignal)]),
        ("Figures", ["figure", "fields"], [_row(figure) for figure in get_args(AnyFigure)]),
        ("Reasons", ["reason"], [[f"`{reason}`"] for reason in Reason]),
    ]
    return "\n\n".join(f"### {title}\n\n{_table(head, rows)}" for title, head, rows in sections)


def _interface(struct: type[msgspec.Struct]) -> str:
    about = _struct_type(struct)
    lines = [f'  {about.tag_field}: "{about.tag}";'] if about.tag else []
    lines += [
        f"  {field.encode_name}{'' if _always_sent(struct, field) else '?'}: {_ts(field.type)};"
        for field in about.fields
    ]
    return f"export interface {struct.__name__} {{\n" + "\n".join(lines) + "\n}"


def _always_sent(struct: type[msgspec.Struct], field: inspect.Field) -> bool:
    """What the server sends has every field; what browsers send may leave out what has a default."""
    return field.required or not (issubclass(struct, Command) or struct in get_args(ClientSignal))


def _struct_type(struct: type[msgspec.Struct]) -> inspect.StructType:
    about = inspect.type_info(struct)
    if not isinstance(about, inspect.StructType):
        raise TypeError(struct)
    return about


def _ts(type: inspect.Type) -> str:  # noqa: C901 - one line for every kind of type
    match type:
        case inspect.Metadata():
            return _ts(type.type)
        case inspect.StrType():
            return "string"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.BoolType():
            return "boolean"
        case inspect.NoneType():
            return "null"
        case inspect.LiteralType():
            return _choice(type.values)
        case inspect.EnumType():
            return _choice(member.value for member in type.cls)
        case inspect.UnionType():
            return _union(type.types)
        case inspect.ListType() | inspect.VarTupleType():
            return f"{_ts(type.item_type)}[]"
        case inspect.DictType():
            return f"Record<{_ts(type.key_type)}, {_ts(type.value_type)}>"
        case inspect.StructType():
            return type.cls.__name__
        case _:
            raise TypeError(type)


def _union(types: Iterable[inspect.Type]) -> str:
    members = dict.fromkeys(_ts(member) for member in types)
    if set(members) == {figure.__name__ for figure in get_args(AnyFigure)}:
        return "AnyFigure"
    return " | ".join(member for member in members if member != '""' or len(members) == 1)


def _choice(values: Iterable[Any]) -> str:
    return " | ".join(f'"{value}"' for value in values)


def _row(struct: type[msgspec.Struct], *more: str) -> list[str]:
    about = _struct_type(struct)
    fields = [
        f"`{field.encode_name}{'' if field.required else '?'}`: {_bounds(field.type)}"
        for field in about.fields
        if not (field.encode_name == "at" and issubclass(struct, Event))
    ]
    return [f"`{about.tag}`", ", ".join(fields) or "–", *more]


def _bounds(type: inspect.Type) -> str:
    """A field's type as people read it, with its bounds."""
    words = _ts(type).replace("|", "\\|").replace('"', "")
    match type:
        case inspect.StrType(max_length=int(longest)):
            return f"{words} of at most {longest}"
        case inspect.IntType(ge=int(least), le=int(most)):
            return f"{words} from {least} to {most}"
        case inspect.ListType(max_length=int(longest)) | inspect.VarTupleType(max_length=int(longest)):
            return f"{words}, at most {longest}"
        case _:
            return words


def _asker(command: type[Command]) -> str:
    return "the server" if isinstance(command.needs, Need) else f"{command.needs}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
