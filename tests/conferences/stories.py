"""Random but well-formed: commands made from the bounds that the messages declare, and stories of them."""

import contextlib
from typing import Any, NamedTuple, get_args

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from conferences.core import commands as c
from conferences.core.rules import Refused
from conferences.core.words import SYSTEM, DropReason
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
}


def example(command: type[c.Command], *, participant: str) -> Any:
    """One such command, about `participant` if it is about anybody."""
    given = EXAMPLES | {"participant": participant}
    return msgspec.convert({name: given[name] for name in fields(command) if name in given}, command)


def fields(message: type[msgspec.Struct]) -> dict[str, inspect.Type]:
    described = inspect.type_info(message)
    assert isinstance(described, inspect.StructType)
    return {field.name: field.type for field in described.fields}


def of(message: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Messages of this class, with any values its bounds allow."""
    return st.builds(message, **{name: _values(kind) for name, kind in fields(message).items()})


def _values(kind: inspect.Type) -> st.SearchStrategy[Any]:
    match kind:
        case inspect.StrType(pattern=str()):
            return st.sampled_from(CAST)
        case inspect.StrType():
            return st.text(min_size=kind.min_length or 0, max_size=min(kind.max_length or 20, 20))
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case inspect.IntType():
            return st.integers(kind.ge or 0, kind.le or 2**40)
        case inspect.EnumType():
            return st.sampled_from(list(kind.cls))
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.UnionType():
            return st.one_of(*map(_values, kind.types))
        case _:
            raise TypeError(f"no values for {kind}")


def client_commands() -> st.SearchStrategy[Any]:
    return st.one_of(*map(of, get_args(c.ClientCommand)))


class Step(NamedTuple):
    """Somebody asks after a while; or nobody, and only time passes."""

    after_s: int
    by: str
    command: c.AnyCommand | None

    def happens_in(self, meeting: Meeting) -> None:
        meeting.wait(self.after_s)
        if self.command is not None:
            with contextlib.suppress(Refused):
                meeting.does(self.by, self.command)


_after_s = st.one_of(st.just(0), st.sampled_from([1, 30, 61, 601, 3600]))
_joining = st.builds(
    c.JoinParticipant,
    participant=st.sampled_from(CAST),
    name=st.sampled_from(["Alice", "Bob", " Carol ", "\u200b"]),
    leg=st.sampled_from(LEGS),
    kind=st.sampled_from(list(c.LegKind)),
    account=st.sampled_from(["", "bob"]),
    entitled=st.sampled_from([False, False, True]),
)
_dropping = st.builds(c.DropLeg, leg=st.sampled_from(LEGS), reason=st.sampled_from(list(DropReason)))


def stories() -> st.SearchStrategy[list[Step]]:
    """What may happen in a conference: people come and go, ask for anything, and time passes."""
    return st.lists(
        st.one_of(
            st.builds(Step, st.just(0), st.just(SYSTEM), _joining),
            st.builds(Step, _after_s, st.just(SYSTEM), _dropping),
            st.builds(Step, _after_s, st.sampled_from((*CAST, SYSTEM)), client_commands()),
            st.builds(Step, st.just(0), st.sampled_from(CAST), client_commands()),
        ),
        max_size=40,
    )
