"""Billing, done by Celery's workers: a conference when it has ended, days when they are over."""

import logging

from celery import shared_task

from billing import services
from billing.destinations import target_names

logger = logging.getLogger(__name__)


@shared_task(name="billing.bill")
def bill_conference(conference: str) -> None:
    services.conference_bill(conference, targets=target_names())


@shared_task(name="billing.look_after")
def look_after_conferences() -> None:
    """A server may have died between end and bill, or the task been lost. One that cannot be billed must not
    keep the others waiting."""
    for conference in services.conferences_unbilled():
        try:
            bill_conference(conference)
        except Exception:
            logger.exception("Conference %s could not be billed.", conference)
