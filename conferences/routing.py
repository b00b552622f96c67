"""The websocket's place. Wiring says which doors it leads to."""

from django.urls import path

from conferences.clock import now
from conferences.consumers import ConferenceSocket
from conferences.doors import Doors
from conferences.views import SOCKET_PATH


def websocket_urlpatterns(doors: Doors) -> list[object]:
    return [path(SOCKET_PATH.lstrip("/"), ConferenceSocket(doors, now))]
