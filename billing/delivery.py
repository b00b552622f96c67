"""Brings records to their targets: in order, each once, and for as long as it takes. Conferences know nothing
of it; what is held here waits in the outbox."""

import secrets
from collections.abc import Callable, Sequence

import structlog

from billing import outbox
from billing.context import contexts_of
from billing.mapping import RowFailed, Target
from billing.models import Delivery
from billing.targets.opening import port_of
from billing.targets.port import Held, Parcel, Port, Refused
from conferences.core.words import Millis

RUN_MS = 60_000
"""A run ends after this time; the next goes on."""
LEASE_MS = 60_000

Clock = Callable[[], Millis]
Opening = Callable[[Target], Port]

log = structlog.get_logger()
chance = secrets.SystemRandom().random


def target_deliver(target: Target, *, now: Clock, opening: Opening = port_of, run_ms: Millis = RUN_MS) -> int:
    """Until nothing waits, the target cannot take more, or the time is over. Returns how many arrived."""
    if not outbox.targets_due([target.name], now=now()):
        return 0
    try:
        port = opening(target)
    except Held as held:
        _hold(target, held.reason, now)
        return 0
    try:
        return _Run(target, port, now).until(now() + run_ms)
    finally:
        port.close()


def _hold(target: Target, reason: str, now: Clock) -> None:
    outbox.deliveries_hold(target.name, reason, now=now(), chance=chance())
    log.warning("billing held", target=target.name, reason=reason)


class _Run:
    def __init__(self, target: Target, port: Port, now: Clock) -> None:
        self._target, self._port, self._now = target, port, now
        self._lease_ms = LEASE_MS + int(2000 * target.timeout_s)
        self._arrived = 0

    def until(self, end: Millis) -> int:
        try:
            while self._now() < end and (claimed := self._claimed()):
                self._deliver(claimed)
        except Held as held:
            _hold(self._target, held.reason, self._now)
        except Exception as error:
            _hold(self._target, f"failed here: {type(error).__name__}", self._now)
            raise
        return self._arrived

    def _claimed(self) -> list[Delivery]:
        return outbox.deliveries_claim(
            self._target.name, most=self._port.most, now=self._now(), lease_ms=self._lease_ms
        )

    def _deliver(self, claimed: Sequence[Delivery]) -> None:
        parcels: dict[str, Parcel] = {}
        for delivery, context in zip(claimed, contexts_of([one.record for one in claimed]), strict=True):
            record = delivery.record
            try:
                rows = self._target.rows(record.kind, context)
            except RowFailed as failed:
                self._dead(delivery, str(failed))
            else:
                # `tries` is of before it was claimed.
                again = delivery.tries > 0
                parcels[record.pk] = Parcel(record.pk, record.version, record.at, again=again, rows=rows)
        wanted = [one for one in claimed if one.record_id in parcels and parcels[one.record_id].rows]
        outbox.deliveries_unwanted(
            [one for one in claimed if one.record_id in parcels and not parcels[one.record_id].rows]
        )
        if wanted:
            self._hand_over(wanted, parcels)

    def _hand_over(self, deliveries: Sequence[Delivery], parcels: dict[str, Parcel]) -> None:
        """All at once; when one of them is refused, by halves, until it is found. Raises Held."""
        try:
            self._port.deliver([parcels[one.record_id] for one in deliveries])
        except Refused as refused:
            if len(deliveries) == 1:
                self._dead(deliveries[0], refused.reason)
                return
            half = len(deliveries) // 2
            self._hand_over(deliveries[:half], parcels)
            self._hand_over(deliveries[half:], parcels)
        else:
            outbox.deliveries_done(deliveries, now=self._now())
            self._arrived += len(deliveries)

    def _dead(self, delivery: Delivery, reason: str) -> None:
        outbox.delivery_dead(delivery, reason)
        log.warning("billing refused", target=self._target.name, record=delivery.record_id, reason=reason)
