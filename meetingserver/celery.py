"""Work that outlives a request. Tasks are found in each app's `tasks.py`; queues are `default` and
`recording`."""

import os
from pathlib import Path

from celery import Celery

import meetingserver.broker  # noqa: F401 - makes `folder://` known

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meetingserver.settings")  # noqa: TID251 - names the settings

app = Celery("meetingserver")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

for name, place in app.conf.broker_transport_options.items():
    if name.endswith(("_in", "_out", "_folder")):
        Path(place).mkdir(parents=True, exist_ok=True)
