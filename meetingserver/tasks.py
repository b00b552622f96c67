"""The server's own housekeeping."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="meetingserver.clear_sessions")
def clear_sessions() -> None:
    """Forgets sessions that have ended."""
    call_command("clearsessions")
