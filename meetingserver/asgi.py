"""What an ASGI server calls. A websocket must come from one of our own pages; who is behind it says the seat
in its first message, so no session or user is looked up here."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meetingserver.settings")  # noqa: TID251 - names the settings

pages = get_asgi_application()

from conferences.routing import websocket_urlpatterns  # noqa: E402 - needs the apps to be loaded
from meetingserver import wiring  # noqa: E402 - the same
from meetingserver.statics import StaticFiles  # noqa: E402 - the same

websockets = URLRouter(websocket_urlpatterns(wiring.doors))
application = ProtocolTypeRouter(
    {"http": StaticFiles(pages), "websocket": AllowedHostsOriginValidator(websockets)}
)
