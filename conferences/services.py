"""Writes: rooms, conferences, seats. Atomic; each checks who asks."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from auth_gateway.callers import Caller
from auth_gateway.contract import Answer, Denied, Unavailable
from auth_gateway.flows import door
from auth_gateway.identity import Identity
from auth_gateway.limits import limits_of_user
from auth_gateway.models import Account, User
from auth_gateway.seats import Seat
from auth_gateway.services import identity_of
from auth_gateway.throttle import Limit, throttle_check_all, throttle_forget
from conferences.billing_codes import billing_code_check
from conferences.chat_files import chat_file_delete
from conferences.core.billing import ConferenceSubscribed, Subscription
from conferences.core.events import ConferenceCreated
from conferences.core.rules import Reason, Refused
from conferences.core.rules.wording import clean_name
from conferences.core.words import BillingAsked, Millis
from conferences.documents import document_delete
from conferences.journal import entries
from conferences.models import ChatFile, Conference, Document, JournalEntry, Room

PIN_TRIES = 5
PIN_WINDOW_S = 15 * 60
TRIES_OF_ONE_ADDRESS = 20
TRIES_OF_ALL = 1000


# Rooms


def room_create(*, owner: User, wishes: Mapping[str, Any] | None = None) -> tuple[Room, str]:
    """A new room with its own code, link and host PIN; the PIN is told here and never again.

    `wishes`: the fields of `RoomForm`.
    """
    pin = _pin()
    fields = {"name": _("%(name)s's room") % {"name": owner.get_full_name()}} | dict(wishes or {})
    room = _with_unique(
        lambda: Room.objects.create(
            owner=owner, slug=_slug(fields["name"]), code=_code(), host_pin=make_password(pin), **fields
        )
    )
    return room, pin


_before_deletion: list[Callable[[Room], object]] = []


def before_deletion(do: Callable[[Room], object]) -> None:
    """To be called once with every room that goes, while its journals are still there; wiring says so."""
    _before_deletion[:] = [do]


def room_delete(*, room: Room) -> None:
    """The room and all that was kept of its conferences."""
    for do in _before_deletion:
        do(room)
    for document in Document.objects.filter(conference__room=room):
        document_delete(document=document.pk)
    for file in ChatFile.objects.filter(conference__room=room):
        chat_file_delete(file=file.pk)
    room.delete()


def room_pin_renew(*, room: Room) -> str:
    """A new host PIN instead of the old one."""
    pin = _pin()
    room.host_pin = make_password(pin)
    room.save(update_fields=["host_pin"])
    return pin


def room_for_meeting_now(*, owner: User) -> Room:
    """The subscriber's first room; made if there is none."""
    return owner.rooms.order_by("created_at").first() or room_create(owner=owner)[0]


def _with_unique(create: Callable[[], Room]) -> Room:
    """Codes and links are random: should one be taken, throw the dice again."""
    for _attempt in range(10):
        try:
            with transaction.atomic():
                return create()
        except IntegrityError:
            continue
    return create()


def _code() -> str:
    return str(secrets.randbelow(900_000_000) + 100_000_000)


def _pin() -> str:
    return f"{secrets.randbelow(1_000_000):06}"


def _slug(name: str) -> str:
    """Readable, and not to be guessed from the name alone."""
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    tail = "".join(secrets.choice(alphabet) for _ in range(7))
    return f"{slugify(name)[:40]}-{tail}".strip("-")


# Conferences


def conference_current(room_id: int, *, wanted: str | None = None, now: Millis) -> str:
    """The running conference of the room, begun if there is none; or the one wanted, if it still runs.

    Raises Refused.
    """
    if wanted is not None:
        running = Conference.objects.filter(pk=wanted, room=room_id, ended_at=None)
        if not running.exists():
            raise Refused(Reason.ENDED)
        return wanted
    found = _running(room_id)
    if found is not None:
        return found
    try:
        return _conference_create(room_id, now)
    except IntegrityError:  # somebody was quicker
        return _running(room_id) or _conference_create(room_id, now)


def _running(room_id: int) -> str | None:
    return Conference.objects.filter(room=room_id, ended_at=None).values_list("id", flat=True).first()


@transaction.atomic
def _conference_create(room_id: int, now: Millis) -> str:
    room = Room.objects.select_related("owner").filter(pk=room_id).first()
    if room is None:
        raise Refused(Reason.ENDED)
    if Conference.objects.filter(ended_at=None).count() >= settings.MAX_CONFERENCES:
        raise Refused(Reason.BUSY)
    conference = Conference.objects.create(id=secrets.token_urlsafe(12), room=room, created_at=now)
    policy = room.policy(
        seats=settings.MAX_PARTICIPANTS,
        length_s=60 * settings.MAX_MEETING_MINUTES,
        lone_s=settings.LONE_AFTER_SECONDS,
        limits=limits_of_user(room.owner),
    )
    created = ConferenceCreated(name=room.name, policy=policy, at=now)
    subscribed = ConferenceSubscribed(
        subscription=_subscription(room),
        asked=BillingAsked(room.asks_billing_code),
        codes=room.accepted_billing_codes,
        at=now,
    )
    JournalEntry.objects.bulk_create(entries(conference.id, 1, [created, subscribed]))
    return conference.id


def _subscription(room: Room) -> Subscription:
    owner = room.owner
    rates = Account.objects.filter(code=owner.account).values_list("rate", flat=True)
    return Subscription(
        room=room.code,
        subscriber=owner.username,
        account=owner.account,
        billing_code=owner.billing_code,
        rate=rates.first() or "" if owner.account else "",
    )


# Seats


def seat_take(
    *,
    room: Room,
    name: str,
    pin: str,
    account: User | None,
    caller: Caller,
    now: Millis,
    given: Identity | None = None,
    billing_code: str = "",
) -> Seat:
    """A seat for somebody who asks at the page. `given`: what a sign-in service said of them about this very
    room; without it their account speaks for them. `billing_code` is asked of hosts. Raises Refused.

    The host's PIN is tried against limits per caller, per room and over all; whatever is wrong with it, the
    answer and the work are the same.
    """
    identity = given or (identity_of(account) if account else None)
    owns = account is not None and account.pk == room.owner_id
    entitled = owns or (identity is not None and identity.is_host_of(room.slug, room.code))
    if identity is not None and not owns and not identity.may_enter(room.slug, room.code):
        raise Refused(Reason.ROOM_NOT_ALLOWED)
    if pin and not entitled:
        entitled = _is_host_by_pin(room, pin, account, caller, now)
    if identity is None and not entitled and not room.guests_allowed:
        raise Refused(Reason.GUESTS_NOT_ALLOWED)
    if given is None and not owns:
        _ask_at_the_door(room, account, caller, role="host" if entitled else "guest")
    code = identity.billing_code if identity else ""
    if entitled:
        code = billing_code_check(room, billing_code, known=code, caller=caller.address, now=now)
    return Seat(
        room=room.pk,
        participant=secrets.token_urlsafe(9),
        name=clean_name(name),
        account=account.username if account else "",
        entitled=entitled,
        issued_at=now,
        presenter=identity is not None and identity.role == "presenter",
        tenant=identity.account if identity else "",
        billing_code=code,
    )


def _is_host_by_pin(room: Room, pin: str, account: User | None, caller: Caller, now: Millis) -> bool:
    """Raises Refused: who gives a PIN means to be host."""
    answer = door("host", caller=caller, user=account, conference=room.code, pin=pin, role="host")
    if answer is None:
        _check_pin(room, pin, caller.address, now)
        return True
    _check_answer(answer, Reason.PIN_WRONG)
    return True


def _ask_at_the_door(room: Room, account: User | None, caller: Caller, *, role: str) -> None:
    answer = door("join", caller=caller, user=account, conference=room.code, role=role)
    if answer is not None:
        _check_answer(answer, Reason.SIGN_IN_REFUSED)


def _check_answer(answer: Answer, refusal: Reason) -> None:
    match answer:
        case Denied():
            raise Refused(refusal)
        case Unavailable():
            raise Refused(Reason.SIGN_IN_UNAVAILABLE)
        case _:
            pass


def room_creation_check(*, owner: User, caller: Caller) -> None:
    """Whether this user may have another room. Raises Refused."""
    if owner.gateway_id is not None and owner.role != "host":
        raise Refused(Reason.NOT_ALLOWED)
    answer = door("create", caller=caller, user=owner)
    if answer is not None:
        _check_answer(answer, Reason.NOT_ALLOWED)


def _check_pin(room: Room, pin: str, caller: str, now: Millis) -> None:
    limits = [
        Limit(f"pin.caller.{caller}", TRIES_OF_ONE_ADDRESS, PIN_WINDOW_S),
        Limit(f"pin.room.{room.pk}.{caller}", PIN_TRIES, PIN_WINDOW_S),
        Limit(f"pin.room.{room.pk}", TRIES_OF_ONE_ADDRESS, PIN_WINDOW_S),
        Limit("pin.all", TRIES_OF_ALL, PIN_WINDOW_S),
    ]
    within = throttle_check_all(limits, now / 1000)
    right = check_password(pin, room.host_pin)
    if not (within and right):
        raise Refused(Reason.PIN_WRONG)
    throttle_forget(limits[1].key, PIN_WINDOW_S, now / 1000)


def room_find(*, code: str, caller: str, now: Millis) -> Room | None:
    """The room with this access code; None also for one who tried too often."""
    limits = [
        Limit(f"code.caller.{caller}", TRIES_OF_ONE_ADDRESS, PIN_WINDOW_S),
        Limit("code.all", TRIES_OF_ALL, PIN_WINDOW_S),
    ]
    within = throttle_check_all(limits, now / 1000)
    found = Room.objects.filter(code="".join(c for c in code if c.isdigit())).first()
    return found if within else None
