"""`LiveConference`: the one writer of a conference.

Requests queue; each is decided on what is true then, the events of all that were waiting are appended to the
journal (durable), then applied, then told. If the append fails, nothing happened.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import NamedTuple

from conferences.core.commands import DropLeg, JoinParticipant, Tick
from conferences.core.messages import AnyCommand, AnyEvent
from conferences.core.rules import Reason, Refused, due_at
from conferences.core.state import State
from conferences.core.words import SYSTEM, DropReason, Millis, Status
from conferences.draft import Draft, resumed, welcome
from conferences.hub import SERVER_LEAVES, Announcement, Heard, Telling
from conferences.journal import Journal, JournalDown

logger = logging.getLogger(__name__)

QUEUE_LENGTH = 1000
BATCH = 200
BACKLOG = 500
"""Events kept for those who resume."""
SNAPSHOT_EVERY = 200
RETRY_S = 1.0


Seated = Callable[[bytes, int], None]
"""Takes the message for who just entered (all there is, or what was missed) and the number it ends with."""


class Follower:
    """Is told of every event after it was kept. What it does not care for it leaves as it is here."""

    async def begin(self, conference: str, state: State) -> None:
        """This process has taken the conference over: new, from a dead server, or from itself as it was
        before it was killed. Called once, before any event of it; `state` is what the journal has."""

    async def follow(self, conference: str, first_seq: int, events: Sequence[AnyEvent]) -> None:
        """What has just become true; the first is numbered `first_seq`."""

    async def leave(self, conference: str) -> None:
        """It is over, or from now on another process has it. Called once, after its last event."""


class Surroundings(NamedTuple):
    """What a live conference works with; the same for all of a process."""

    server: str
    journal: Journal
    hub: Telling
    followers: Sequence[Follower]
    now: Callable[[], Millis]


class Request(NamedTuple):
    command: AnyCommand
    by: str
    done: "asyncio.Future[None] | None" = None
    then: Callable[[], None] | None = None
    """Called when it is true, before anybody is told."""


class LiveConference:
    """Give it the state the journal has; ask it by `submit` and `enter`; `over` is done when it stopped.

    `left_at`: until when the server before this one was heard of; 0: nobody can say.
    """

    def __init__(self, id: str, state: State, surroundings: Surroundings, *, left_at: Millis = 0) -> None:
        self.id = id
        self.state = state
        self._with = surroundings
        self._requests: asyncio.Queue[Request] = asyncio.Queue()
        self._backlog: deque[tuple[int, Heard]] = deque(maxlen=BACKLOG)
        self._sight_since: dict[str, int] = {}
        self._snapshot_seq = state.seq
        self._alarm: asyncio.TimerHandle | None = None
        self._leaving = False
        self._take_over(left_at)
        self.over = asyncio.create_task(self._write(), name=f"conference {id}")
        self.over.add_done_callback(self._clean_up)

    def _take_over(self, left_at: Millis) -> None:
        """The legs of the server that had it before are gone; whatever hangs on them must come back. Nobody
        was here after `left_at`."""
        if self.state.legs:
            self._with.hub.close(self.id, SERVER_LEAVES)
        for leg in self.state.legs:
            self._requests.put_nowait(
                Request(DropLeg(leg=leg, reason=DropReason.SERVER, seen_at=left_at), SYSTEM)
            )

    # Asking

    async def submit(self, command: AnyCommand, *, by: str) -> None:
        """Returns when what follows is durable and told. Raises Refused."""
        await self._ask(command, by)

    async def enter(self, join: JoinParticipant, seated: Seated, *, last_seq: int | None) -> None:
        """Give a participant a leg; `seated` is called before anything later is told. Raises Refused."""
        await self._ask(join, SYSTEM, then=lambda: self._seat(join.participant, seated, last_seq))

    def drop(self, leg: str, reason: DropReason) -> None:
        """A connection is gone. Needs no answer and is not refused."""
        self._requests.put_nowait(Request(DropLeg(leg=leg, reason=reason), SYSTEM))

    async def stop(self) -> None:
        """Leave the conference to another server; its browsers are sent there. What is being written is told
        before."""
        self._leaving = True
        self._requests.put_nowait(Request(Tick(), SYSTEM))
        await asyncio.wait([self.over])

    async def _ask(self, command: AnyCommand, by: str, then: Callable[[], None] | None = None) -> None:
        if self.over.done():
            raise Refused(Reason.ENDED if self.state.status is Status.ENDED else Reason.BUSY)
        if self._requests.qsize() >= QUEUE_LENGTH:
            raise Refused(Reason.BUSY)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._requests.put_nowait(Request(command, by, done, then))
        await done

    def _seat(self, participant: str, seated: Seated, last_seq: int | None) -> None:
        missed = self._missed(participant, last_seq)
        about = (participant, self.id, self._with.server, self._with.now())
        text = welcome(self.state, *about) if missed is None else resumed(missed, *about)
        seated(text, self.state.seq)

    def _missed(self, participant: str, last_seq: int | None) -> list[tuple[int, Heard]] | None:
        """The events after `last_seq`; None if they are not at hand, or do not make the whole difference."""
        if last_seq is None or last_seq < self._sight_since.get(participant, 0):
            return None
        missed = [told for told in self._backlog if told[0] > last_seq]
        return missed if len(missed) == self.state.seq - last_seq else None

    # Writing

    async def _write(self) -> None:
        for follower in self._with.followers:
            await self._tell(follower.begin(self.id, self.state))
        try:
            await self._write_what_is_asked()
        finally:
            for follower in self._with.followers:
                await self._tell(follower.leave(self.id))

    async def _write_what_is_asked(self) -> None:
        while self.state.status is not Status.ENDED and not self._leaving:
            self._set_alarm()
            requests = await self._waiting_requests()
            try:
                await self._handle(requests)
            except JournalDown:
                await self._wait_for_journal(requests)
            except BaseException:
                _refuse(requests, Reason.BUSY)
                raise

    async def _waiting_requests(self) -> list[Request]:
        requests = [await self._requests.get()]
        while not self._requests.empty() and len(requests) < BATCH:
            requests.append(self._requests.get_nowait())
        return requests

    async def _handle(self, requests: Sequence[Request]) -> None:
        draft = Draft(self.state)
        granted = [request for request in requests if self._is_granted(request, draft)]
        announcement = await self._keep(draft) if draft.events else None
        for request in granted:
            if request.then:
                request.then()
        if announcement:
            self._with.hub.deliver(announcement)
            await self._tell_followers(draft)
        for request in granted:
            if request.done and not request.done.done():
                request.done.set_result(None)

    def _is_granted(self, request: Request, draft: Draft) -> bool:
        try:
            draft.decide(request.command, by=request.by, now=self._with.now())
        except Refused as refused:
            _refuse([request], refused.reason)
            return False
        return True

    async def _keep(self, draft: Draft) -> Announcement:
        """Durable first; only then is it true. Raises JournalDown, LeaseLost."""
        snapshot = draft.state if draft.state.seq - self._snapshot_seq >= SNAPSHOT_EVERY else None
        await self._with.journal.append(self.id, draft.first_seq, draft.events, snapshot=snapshot)
        self.state = draft.state
        self._snapshot_seq = snapshot.seq if snapshot else self._snapshot_seq
        announcement = draft.announcement(self.id, server=self._with.server, now=self._with.now())
        self._backlog.extend(enumerate(announcement.heard, start=draft.first_seq))
        self._sight_since |= dict.fromkeys(draft.newcomers | draft.changed_sights, draft.state.seq)
        return announcement

    async def _tell_followers(self, draft: Draft) -> None:
        for follower in self._with.followers:
            await self._tell(follower.follow(self.id, draft.first_seq, draft.events))

    async def _tell(self, telling: Coroutine[None, None, None]) -> None:
        """What fails in a follower is its own affair."""
        try:
            await telling
        except Exception:
            logger.exception("A follower could not follow conference %s.", self.id)

    async def _wait_for_journal(self, requests: Sequence[Request]) -> None:
        """It cannot be written now: whoever waits for an answer is refused, what needs none is kept."""
        _refuse(requests, Reason.BUSY)
        for request in requests:
            if isinstance(request.command, DropLeg):
                self._requests.put_nowait(request)
        await asyncio.sleep(RETRY_S)

    # The clock, and the end

    def _set_alarm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        due = due_at(self.state)
        if due is not None:
            delay = max(0, due - self._with.now()) / 1000
            tick = Request(Tick(), SYSTEM)
            self._alarm = asyncio.get_running_loop().call_later(delay, self._requests.put_nowait, tick)

    def _clean_up(self, over: "asyncio.Task[None]") -> None:
        if self._alarm:
            self._alarm.cancel()
        reason = Reason.ENDED if self.state.status is Status.ENDED else Reason.BUSY
        while not self._requests.empty():
            _refuse([self._requests.get_nowait()], reason)
        self._with.hub.close(self.id, SERVER_LEAVES)
        if not over.cancelled() and (fault := over.exception()):
            logger.error("Conference %s stopped here.", self.id, exc_info=fault)


def _refuse(requests: Sequence[Request], reason: Reason) -> None:
    for request in requests:
        if request.done and not request.done.done():
            request.done.set_exception(Refused(reason))
