"""What is true of a conference: `State`, and the `Picture` of it that may be shown.

`State.seen_by` is the only redaction: what it leaves out, no browser is ever told. A browser keeps its
`Picture` by the rules of `core/state.js`; `tests/histories` holds both sides to each other.
"""

from msgspec import Struct

from conferences.core.agenda import Agenda
from conferences.core.billing import Subscription
from conferences.core.board import Drawers, Drawings, Erased
from conferences.core.calls import Call, Dial, NameKey
from conferences.core.captions import Captions
from conferences.core.chat import ChatLine
from conferences.core.floor import Timer
from conferences.core.hall import Lead
from conferences.core.polls import Answer, Poll
from conferences.core.questions import Question
from conferences.core.recording import Recording
from conferences.core.shared_links import SharedLink
from conferences.core.slides import Document, DocumentId, Shown
from conferences.core.words import (
    BillingAsked,
    EndReason,
    LegId,
    LegKind,
    Line,
    Millis,
    Name,
    ParticipantId,
    Policy,
    Role,
    Seq,
    Status,
)


class Participant(Struct, frozen=True):
    """Somebody in the conference, as everyone who can see them sees them."""

    id: ParticipantId
    name: Name
    role: Role
    joined_at: Millis
    entitled: bool = False
    web: bool = True
    """Here by a page."""
    phone: bool = False
    """Here by phone. Then their sound is the phone's, also if they are here by web too."""
    connected: bool = True
    microphone: bool = False
    """Heard; by the phone, if they are here by phone."""
    camera: bool = False
    screen: bool = False
    sound: bool = False
    """Of the shared screen."""
    hand: int = 0
    """0: down; else the number of the event that raised it, so the smallest was first."""
    held: bool = False
    """Their phone is on hold."""
    line: Line = "good"
    """How well their phone is heard."""


class Leg(Struct, frozen=True):
    participant: ParticipantId
    kind: LegKind
    account: str
    presenter: bool = False
    """Is presenter once let in."""


class EndWarning(Struct, frozen=True):
    reason: EndReason
    ends_at: Millis


class Departed(Struct, frozen=True):
    """What a seat's holder gets back who returns after the seat was given up."""

    role: Role
    removed: bool
    account: str


class Picture(Struct, frozen=True):
    """What may be shown; the part of the state that browsers keep too."""

    seq: int = 0
    """Number of the last event."""
    name: str = ""
    policy: Policy = Policy()
    status: Status = Status.WAITING
    opened_at: Millis = 0
    locked: bool = False
    warning: EndWarning | None = None
    answer_by: Millis = 0
    """Until when a lone participant may say that somebody is there; 0: nobody was asked."""
    end_reason: EndReason | None = None
    participants: dict[ParticipantId, Participant] = {}
    """In order of arrival."""
    chat: tuple[ChatLine, ...] = ()
    documents: dict[DocumentId, Document] = {}
    """In order of arrival."""
    shown: Shown | None = None
    drawings: Drawings = {}
    """What was drawn on which page of which document."""
    drawers: Drawers = Drawers.PRESENTERS
    polls: tuple[Poll, ...] = ()
    ballots: dict[ParticipantId, dict[Seq, Answer]] = {}
    """Who answered what; everybody is told of their own alone."""
    questions: tuple[Question, ...] = ()
    timer: Timer | None = None
    spotlight: str = ""
    """Whom the hosts want to be seen large by everyone."""
    link: SharedLink | None = None
    """The page elsewhere that everyone is invited to open."""
    agenda: Agenda = Agenda()
    captions: Captions = Captions()
    lead: Lead | None = None
    """The view that everyone follows."""
    recording: Recording | None = None
    billing_code: str = ""
    """What it goes under in the books; presenters and hosts are told."""
    lobby_message: str = ""
    """What those read who wait."""
    notes: dict[ParticipantId, str] = {}
    """What people noted down for themselves; everybody is told of their own alone."""
    dials: dict[LegId, Dial] = {}
    """The phones that are being called."""
    spoken_names: dict[ParticipantId, NameKey] = {}
    """Callers who said their names, and by which key these are heard; hosts are told."""


class State(Picture, frozen=True):
    """All that is true; what the rules decide by."""

    created_at: Millis = 0
    subscription: Subscription = Subscription()
    billing_asked: BillingAsked = BillingAsked.NO
    billing_codes: tuple[str, ...] = ()
    hosted: bool = False
    """A host was here."""
    unlocked_at: Millis = 0
    """When a host last unlocked it: from then on it does not lock itself."""
    legs: dict[LegId, Leg] = {}
    calls: dict[LegId, Call] = {}
    """The phones that are here, until their calls have ended."""
    silenced: tuple[ParticipantId, ...] = ()
    """Who did not mute themselves, and was not asked to speak since."""
    accounts: dict[ParticipantId, str] = {}
    """Who is signed in as whom."""
    departed: dict[ParticipantId, Departed] = {}
    dropped_at: dict[ParticipantId, Millis] = {}
    empty_since: Millis = 0
    lone_since: Millis = 0
    hostless_since: Millis = 0
    unattended_since: Millis = 0
    """Since when people wait and nobody is in the room; 0, like all of these: not so now."""
    erased: tuple[Erased, ...] = ()
    """The last that were, for who wants them back."""
    ink: int = 0
    """Of all shapes there are."""

    def hosts(self) -> list[Participant]:
        return [p for p in self.participants.values() if p.role is Role.HOST]

    def admitted(self) -> list[Participant]:
        return [p for p in self.participants.values() if p.role is not Role.WAITING]

    def role_of_admitted(self, participant: ParticipantId) -> Role:
        """What somebody who waits becomes when they are let in."""
        legs = [leg for leg in self.legs.values() if leg.participant == participant]
        return Role.PRESENTER if any(leg.presenter for leg in legs) else Role.GUEST

    def may_draw(self, participant: ParticipantId) -> bool:
        found = self.participants.get(participant)
        needed = Role.GUEST if self.drawers is Drawers.EVERYONE else Role.PRESENTER
        return found is not None and found.role.rank >= needed.rank

    def sees(self, viewer: ParticipantId, participant: ParticipantId) -> bool:
        """Whether `viewer` may know that `participant` is here: those who wait are seen by hosts alone."""
        if viewer == participant:
            return True
        looking, shown = self.participants.get(viewer), self.participants.get(participant)
        if looking is None or shown is None or looking.role is Role.WAITING:
            return False
        return shown.role is not Role.WAITING or looking.role is Role.HOST

    def reads(self, viewer: ParticipantId, line: ChatLine) -> bool:
        """Whether `viewer` may read a line of the chat: one for all or to them, and not too old for them."""
        if not self._is_in(viewer):
            return False
        since = 0 if self.policy.chat_kept else self.participants[viewer].joined_at
        return line.at >= since and (not line.to or viewer in (line.to, line.participant))

    def seen_by(self, viewer: ParticipantId) -> Picture:
        """The part of the truth that `viewer` may know; who waits is shown little of what goes on inside."""
        inside = self._is_in(viewer)
        return Picture(
            seq=self.seq,
            name=self.name,
            policy=self.policy,
            status=self.status,
            opened_at=self.opened_at,
            locked=inside and self.locked,
            warning=self.warning if inside else None,
            answer_by=self.answer_by if inside else 0,
            end_reason=self.end_reason,
            participants={id: p for id, p in self.participants.items() if self.sees(viewer, id)},
            chat=tuple(line for line in self.chat if self.reads(viewer, line)),
            documents=self.documents if inside else {},
            shown=self.shown if inside else None,
            drawings=self.drawings if inside else {},
            drawers=self.drawers if inside else Drawers.PRESENTERS,
            polls=self._polls_seen_by(viewer) if inside else (),
            ballots={id: given for id, given in self.ballots.items() if inside and id == viewer},
            questions=self.questions if inside else (),
            timer=self.timer if inside else None,
            spotlight=self.spotlight if inside else "",
            link=self.link if inside else None,
            agenda=self.agenda if inside else Agenda(),
            captions=self.captions if inside else Captions(),
            lead=self.lead if inside else None,
            recording=self.recording,
            billing_code=self.billing_code if inside and self._presents(viewer) else "",
            lobby_message=self.lobby_message,
            notes={id: text for id, text in self.notes.items() if inside and id == viewer},
            dials=self.dials if inside else {},
            spoken_names=self.spoken_names if inside and self._hosts(viewer) else {},
        )

    def call_of(self, participant: ParticipantId) -> Call | None:
        return next((call for call in self.calls.values() if call.participant == participant), None)

    def has_leg(self, participant: ParticipantId, kind: LegKind) -> bool:
        return any(leg.participant == participant and leg.kind is kind for leg in self.legs.values())

    def _is_in(self, viewer: ParticipantId) -> bool:
        seat = self.participants.get(viewer)
        return seat is not None and seat.role is not Role.WAITING

    def _presents(self, viewer: ParticipantId) -> bool:
        return self.participants[viewer].role.rank >= Role.PRESENTER.rank

    def _hosts(self, viewer: ParticipantId) -> bool:
        return self.participants[viewer].role is Role.HOST

    def _polls_seen_by(self, viewer: ParticipantId) -> tuple[Poll, ...]:
        role = self.participants[viewer].role
        return tuple(poll.seen_by(role) for poll in self.polls)
