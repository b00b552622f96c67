"""Work on the records of calls, done by Celery's workers."""

from celery import shared_task

from bridges import reconciliation
from conferences.clock import now


@shared_task(name="bridges.reconcile")
def reconcile() -> None:
    reconciliation.media_legs_release()
    reconciliation.calls_end(now=now())
    reconciliation.calls_compare(now=now())
