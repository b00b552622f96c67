"""The websocket's place. Wiring says which doors it leads to."""

from typing import Any

from django.urls import URLPattern, path

from conferences.clock import now
from conferences.consumers import ConferenceSocket
from conferences.doors import Doors
from conferences.views.meeting import SOCKET_PATH


def websocket_urlpatterns(doors: Doors) -> list[URLPattern]:
    application: Any = ConferenceSocket(doors, now)  # in the place of a view
    return [path(SOCKET_PATH.lstrip("/"), application)]
