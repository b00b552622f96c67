"""The border between the live conferences and the database: append, load, snapshot.

One writer thread commits whatever came in while its last commit ran (group commit without a waiting window:
docs/decisions.md). An append is told done when it is durable.
"""

import asyncio
import functools
import logging
import queue
import threading
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, NamedTuple, ParamSpec, TypeVar

import msgspec
from asgiref.sync import sync_to_async
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.db.models import Max, Q

from conferences.core.events import ConferenceEnded, Event
from conferences.core.evolve import evolve
from conferences.core.messages import AnyEvent
from conferences.core.state import State
from conferences.core.words import Millis, Seq
from conferences.models import Conference, JournalEntry, Snapshot

logger = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

_encode = msgspec.json.encode
_decode_event = msgspec.json.Decoder(AnyEvent).decode
_decode_state = msgspec.json.Decoder(State).decode


class JournalRefused(Exception):
    """The append did not happen.

    JournalRefused
    ├── LeaseLost      another server appended to this conference: it is no longer ours
    └── JournalDown    the database does not answer; may be tried again
    """


class LeaseLost(JournalRefused):
    pass


class JournalDown(JournalRefused):
    pass


class Append(NamedTuple):
    """Events of one conference, the first numbered `first_seq`; `snapshot` is the state after the last."""

    conference: str
    first_seq: int
    events: Sequence[AnyEvent]
    snapshot: State | None
    done: "asyncio.Future[None]"


class Journal:
    """Start it once in a process; then `append` from its event loop."""

    def __init__(self) -> None:
        self._appends: queue.SimpleQueue[Append | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self.appended = 0
        """Events made durable by this process."""

    def start(self) -> None:
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Everything handed over before is written when this returns."""
        if self._thread is not None:
            self._appends.put(None)
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    @property
    def works(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    async def append(
        self,
        conference: str,
        first_seq: int,
        events: Sequence[AnyEvent],
        *,
        snapshot: State | None = None,
    ) -> None:
        """Durable when this returns. Raises LeaseLost, JournalDown."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._appends.put(Append(conference, first_seq, events, snapshot, done))
        await done

    def _write(self) -> None:
        while (batch := self._next_batch()) is not None:
            outcomes = [(append.done, refusal) for append, refusal in self._commit(batch)]
            _tell(outcomes)
        connection.close()

    def _next_batch(self) -> list[Append] | None:
        first = self._appends.get()
        if first is None:
            return None
        batch = [first]
        while not self._appends.empty():
            append = self._appends.get()
            if append is None:
                self._appends.put(None)
                break
            batch.append(append)
        return batch

    def _commit(self, batch: list[Append]) -> list[tuple[Append, JournalRefused | None]]:
        refusal = _in_one_transaction(batch)
        if isinstance(refusal, LeaseLost) and len(batch) > 1:
            return [(append, self._count([append], _in_one_transaction([append]))) for append in batch]
        self._count(batch, refusal)
        return [(append, refusal) for append in batch]

    def _count(self, batch: list[Append], refusal: JournalRefused | None) -> JournalRefused | None:
        if refusal is None:
            self.appended += sum(len(append.events) for append in batch)
        return refusal


def _in_one_transaction(batch: list[Append]) -> JournalRefused | None:
    try:
        with transaction.atomic():
            JournalEntry.objects.bulk_create(entry for append in batch for entry in _entries(append))
            for append in batch:
                _keep_row_current(append)
    except IntegrityError:
        return LeaseLost()
    except Exception:  # whatever it is, whoever waits is answered, and the writer goes on
        logger.exception("The journal cannot be written.")
        close_old_connections()
        return JournalDown()
    return None


def _entries(append: Append) -> Iterable[JournalEntry]:
    return entries(append.conference, append.first_seq, append.events)


def entries(conference: str, first_seq: int, events: Iterable[AnyEvent]) -> Iterable[JournalEntry]:
    """The rows of these events, unsaved."""
    for seq, event in enumerate(events, start=first_seq):
        yield JournalEntry(conference_id=conference, seq=seq, at=event.at, event=_encode(event).decode())


def _keep_row_current(append: Append) -> None:
    if append.snapshot is not None:
        Snapshot.objects.update_or_create(
            conference_id=append.conference,
            defaults={"seq": append.snapshot.seq, "state": _encode(append.snapshot).decode()},
        )
    last = append.events[-1]
    if isinstance(last, ConferenceEnded):
        Conference.objects.filter(pk=append.conference, ended_at=None).update(
            ended_at=last.at, end_reason=last.reason.value
        )


def _tell(outcomes: list[tuple["asyncio.Future[None]", JournalRefused | None]]) -> None:
    """Wake the askers, all of one loop at once."""

    def settle() -> None:
        for done, refusal in outcomes:
            if done.done():
                continue
            if refusal is None:
                done.set_result(None)
            else:
                done.set_exception(refusal)

    try:
        outcomes[0][0].get_loop().call_soon_threadsafe(settle)
    except RuntimeError:  # the loop is closed: nobody waits any more
        logger.warning("The journal was written after its loop had ended.")


def read_state(conference: str) -> State:
    """The state after the last durable event."""
    snapshot = Snapshot.objects.filter(pk=conference).first()
    state = _decode_state(snapshot.state) if snapshot else State()
    later = JournalEntry.objects.filter(conference=conference, seq__gt=state.seq).order_by("seq")
    for text in later.values_list("event", flat=True).iterator():
        state = evolve(state, _decode_event(text))
    return state


def read_events(conference: str, kinds: Sequence[type[Event]]) -> list[AnyEvent]:
    """The events of these kinds, in order."""
    return [event for _, event in read_numbered(conference, kinds)]


def read_numbered(
    conference: str, kinds: Sequence[type[Event]], *, after: Seq = 0
) -> list[tuple[Seq, AnyEvent]]:
    """The events of these kinds, or without kinds of all, with their numbers, in order."""
    of_a_kind = Q()
    for kind in kinds:
        of_a_kind |= Q(event__startswith=f'{{"type":"{kind.__struct_config__.tag}",')
    found = JournalEntry.objects.filter(of_a_kind, conference=conference, seq__gt=after).order_by("seq")
    return [(seq, _decode_event(text)) for seq, text in found.values_list("seq", "event").iterator()]


def last_event_at(conference: str) -> Millis:
    """0: there is none."""
    last: Millis | None = JournalEntry.objects.filter(conference=conference).aggregate(at=Max("at"))["at"]
    return last or 0


def append_left(conference: str, event: AnyEvent) -> bool:
    """To the journal of a conference that no server has. False: one has it after all, and wrote just now."""
    last: Seq | None = JournalEntry.objects.filter(conference=conference).aggregate(seq=Max("seq"))["seq"]
    try:
        with transaction.atomic():
            JournalEntry.objects.bulk_create(entries(conference, (last or 0) + 1, [event]))
    except IntegrityError:
        return False
    return True


def crossing(function: Callable[P, R]) -> Callable[P, Coroutine[Any, Any, R]]:
    """The async form of a function that reads or writes rows."""

    @functools.wraps(function)
    def on_a_live_connection(*args: P.args, **kwargs: P.kwargs) -> R:
        close_old_connections()
        return function(*args, **kwargs)

    return sync_to_async(on_a_live_connection)
