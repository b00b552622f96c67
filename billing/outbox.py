"""The outbox: which records wait for which target, and what became of them. A target's deliveries go in the
order in which they were put there, and one worker at a time sees to them: whoever moves the `due_at` of the
first."""

from collections.abc import Collection, Iterable

from django.db.models import F, QuerySet

from billing.models import Delivery, DeliveryState, Record
from conferences.core.words import Millis

FIRST_PAUSE_MS = 5_000
LONGEST_PAUSE_MS = 15 * 60_000
AT_ONCE = 1000


def targets_due(targets: Iterable[str], *, now: Millis) -> list[str]:
    """Those at which somebody may begin now."""
    firsts = ((target, _waiting(target).first()) for target in targets)
    return [target for target, first in firsts if first is not None and first.due_at <= now]


def deliveries_claim(target: str, *, most: int, now: Millis, lease_ms: Millis) -> list[Delivery]:
    """The first that wait; none, when there are none, it is not time yet, or somebody else is at it. They are
    ours for the lease: whoever dies over it is followed by the next."""
    first = _waiting(target).first()
    if first is None or first.due_at > now:
        return []
    ours = Delivery.objects.filter(pk=first.pk, state=DeliveryState.WAITING, due_at=first.due_at)
    if not ours.update(due_at=now + lease_ms):
        return []
    claimed = list(_waiting(target).select_related("record")[:most])
    Delivery.objects.filter(pk__in=[one.pk for one in claimed]).update(tries=F("tries") + 1)
    return claimed


def deliveries_done(deliveries: Collection[Delivery], *, now: Millis) -> None:
    _settle(deliveries, DeliveryState.DELIVERED, delivered_at=now)


def deliveries_unwanted(deliveries: Collection[Delivery]) -> None:
    _settle(deliveries, DeliveryState.UNWANTED)


def delivery_dead(delivery: Delivery, reason: str) -> None:
    _settle([delivery], DeliveryState.DEAD, failure=reason)


def deliveries_hold(target: str, reason: str, *, now: Millis, chance: float) -> None:
    """All that wait there wait longer, each time twice as long; `chance`, from 0 to 1, spreads it."""
    first = _waiting(target).first()
    if first is not None:
        due_at = now + pause_ms(first.tries, chance)
        Delivery.objects.filter(pk=first.pk).update(due_at=due_at, failure=reason)


def pause_ms(tries: int, chance: float) -> Millis:
    pause = min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** min(max(tries - 1, 0), 20))
    return int(pause * (0.75 + chance / 4))


def deliveries_retry(deliveries: QuerySet[Delivery], *, now: Millis) -> int:
    """Of these, those that could not be delivered wait again: somebody mended what was wrong. How many."""
    return deliveries.filter(state=DeliveryState.DEAD).update(**_ANEW, since=now)


def deliveries_replay(*, target: str, now: Millis, since: Millis = 0, delivered: bool = False) -> int:
    """What could not be delivered, was not wanted, or was never on its way there, waits again; with
    `delivered` all else too. Returns how many."""
    records = Record.objects.filter(at__gte=since)
    states = [DeliveryState.DEAD, DeliveryState.UNWANTED, *([DeliveryState.DELIVERED] if delivered else [])]
    again = Delivery.objects.filter(target=target, state__in=states, record__in=records)
    replayed = again.update(**_ANEW, since=now)
    unsent = records.exclude(deliveries__target=target)
    missing = [Delivery(record_id=pk, target=target, since=now) for pk in unsent.values_list("pk", flat=True)]
    Delivery.objects.bulk_create(missing, ignore_conflicts=True, batch_size=AT_ONCE)
    return replayed + len(missing)


def failure_of(target: str) -> str:
    """What holds it; empty: nothing does."""
    first = _waiting(target).first()
    return first.failure if first else ""


def _waiting(target: str) -> QuerySet[Delivery]:
    return Delivery.objects.filter(target=target, state=DeliveryState.WAITING).order_by("pk")


def _settle(
    deliveries: Collection[Delivery],
    state: DeliveryState,
    *,
    failure: str = "",
    delivered_at: Millis | None = None,
) -> None:
    """Compare and set: what somebody else settled meanwhile stays so."""
    waiting = Delivery.objects.filter(pk__in=[one.pk for one in deliveries], state=DeliveryState.WAITING)
    waiting.update(state=state, failure=failure, delivered_at=delivered_at)


_ANEW = {"state": DeliveryState.WAITING, "due_at": 0, "failure": "", "delivered_at": None}
