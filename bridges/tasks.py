"""What Celery's workers do for phones: records are compared, names that were said are forgotten."""

from celery import shared_task

from bridges import reconciliation
from bridges.prompts import installed
from bridges.speech import names_forget
from conferences.clock import now

NAMES_KEPT_S = 3600


@shared_task(name="bridges.reconcile")
def reconcile() -> None:
    reconciliation.media_legs_release()
    for key in reconciliation.names_forget():
        installed().name_place(key, "").unlink(missing_ok=True)
    reconciliation.calls_end(now=now())
    reconciliation.calls_compare(now=now())


@shared_task(name="bridges.forget_names")
def forget_names() -> None:
    names_forget(installed(), before_s=now() / 1000 - NAMES_KEPT_S)
