"""Housekeeping of what is kept for a time."""

import time

from celery import shared_task

from auth_gateway.audit import audit_forget
from auth_gateway.services import used_links_forget


@shared_task(name="auth_gateway.forget")
def forget() -> None:
    now = time.time()
    audit_forget(now_ms=int(now * 1000))
    used_links_forget(now=now)
