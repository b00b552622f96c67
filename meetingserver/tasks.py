"""The server's own housekeeping, and what joins parts that do not know each other."""

from celery import shared_task
from django.core.management import call_command

from billing import days
from billing.destinations import target_names
from conferences.clock import now
from meetingserver import facts


@shared_task(name="meetingserver.clear_sessions")
def clear_sessions() -> None:
    """Forgets sessions that have ended."""
    call_command("clearsessions")


@shared_task(name="meetingserver.bill_recordings")
def bill_recordings() -> None:
    """Soon: what is deleted later was recorded all the same."""
    days.recordings_keep(facts.recorded(days.recordings_billed()), targets=target_names())


@shared_task(name="meetingserver.bill_days")
def bill_days() -> None:
    """What is stored today, and what was used until yesterday."""
    days.storage_keep(facts.stored(), now=now(), targets=target_names())
    days.usage_keep(now=now(), targets=target_names())
