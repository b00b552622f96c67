"""Billing, done by Celery's workers: a conference when it has ended; and what was kept is brought to its
targets, each by a worker of its own, so that none waits for another."""

import logging

from celery import shared_task
from django.conf import settings

from billing import delivery, outbox, services
from billing.destinations import target_names
from conferences.clock import now
from conferences.core.words import Millis

logger = logging.getLogger(__name__)

EXPIRES_S = 9
"""Shorter than until the next look: what nobody took is not needed any more."""
RECENT_MS = 2 * 86_400_000
KILLED_AFTER_S = 300
"""A database may hang for longer than any driver notices. Whoever is killed over it has lost nothing."""


@shared_task(name="billing.bill")
def bill_conference(conference: str) -> None:
    services.conference_bill(conference, targets=target_names())


@shared_task(name="billing.look_after")
def look_after_conferences() -> None:
    """A server may have died between end and bill, or the task been lost."""
    _bill_unbilled(since=now() - RECENT_MS)


@shared_task(name="billing.look_back")
def look_back_at_conferences() -> None:
    """However long ago they ended."""
    _bill_unbilled(since=0)


def _bill_unbilled(*, since: Millis) -> None:
    """One that cannot be billed must not keep the others waiting."""
    for conference in services.conferences_unbilled(since=since):
        try:
            bill_conference(conference)
        except Exception:
            logger.exception("Conference %s could not be billed.", conference)


@shared_task(name="billing.look_after_deliveries")
def look_after_deliveries() -> None:
    for target in outbox.targets_due(settings.BILLING.targets, now=now()):
        deliver.apply_async([target], expires=EXPIRES_S)


@shared_task(name="billing.deliver", time_limit=KILLED_AFTER_S)
def deliver(target: str) -> None:
    delivery.target_deliver(settings.BILLING.targets[target], now=now)
