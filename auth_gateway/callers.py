"""Who is at the other end of a request, as far as it says."""

from typing import NamedTuple

from django.http import HttpRequest
from django.utils import translation


class Caller(NamedTuple):
    address: str = ""
    user_agent: str = ""
    language: str = ""
    host: str = ""
    request_id: str = ""


NOBODY = Caller()
"""The server itself."""


def caller_of(request: HttpRequest) -> Caller:
    return Caller(
        address=str(request.META.get("REMOTE_ADDR", "")),
        user_agent=request.headers.get("User-Agent", "")[:300],
        language=translation.get_language() or "",
        host=request.headers.get("Host", "")[:255],
        request_id=str(request.META.get("meetingserver.request_id", "")),
    )
