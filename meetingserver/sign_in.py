"""How people sign in beside our own table, for `settings.py`: a wrong file stops the start."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from auth_gateway.configuration import Gateway, gateway_of, gateway_read
from meetingserver import env
from meetingserver.toml_files import FileRefused


def gateway(*, file: str, url: str, secret: str) -> Gateway | None:
    """None: there is no sign-in server."""
    if file and url:
        raise ImproperlyConfigured("Set AUTH_GATEWAY_FILE or AUTH_GATEWAY_URL, not both.")
    try:
        if file:
            return gateway_read(Path(file), env.text)
        return gateway_of(url=url, secret=secret) if url else None
    except FileRefused as refused:
        raise ImproperlyConfigured(str(refused)) from None
