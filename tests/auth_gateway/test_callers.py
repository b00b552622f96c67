"""Who is at the other end."""

from django.test import RequestFactory
from django.utils import translation

from auth_gateway.callers import caller_of


def test_a_caller_is_what_the_request_says() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"User-Agent": "x" * 999})
    request.META["meetingserver.request_id"] = "r1"
    with translation.override("de"):
        caller = caller_of(request)
    assert (caller.address, caller.language, caller.request_id) == ("192.0.2.7", "de", "r1")
    assert len(caller.user_agent) == 300
