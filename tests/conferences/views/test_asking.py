"""Files on their way in, and who sends them."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from conferences.core.rules import Reason, Refused
from conferences.models import Room
from conferences.views.asking import read_body, seat_of


def upload(body: bytes, *, announced: int) -> WSGIRequest:
    request = RequestFactory().post("/", body, content_type="application/octet-stream")
    request.META["CONTENT_LENGTH"] = str(announced)
    return request


def test_a_file_is_read_whole() -> None:
    file = io.BytesIO()
    read_body(upload(b"x" * 200_000, announced=200_000), file, most=200_000)
    assert file.getvalue() == b"x" * 200_000


def test_an_upload_that_is_cut_half_way_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_body(upload(b"half", announced=8), io.BytesIO(), most=200_000)
    assert refused.value.reason is Reason.MALFORMED


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    file = io.BytesIO()
    with pytest.raises(Refused) as refused:
        read_body(upload(b"x" * 900_000, announced=900_000), file, most=100_000)
    assert refused.value.reason is Reason.TOO_LARGE
    assert file.tell() < 300_000


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_who_has_no_seat_sends_nothing(room: Room, token: str) -> None:
    request = RequestFactory().post("/", headers={"X-Seat": token})
    with pytest.raises(Refused) as refused:
        seat_of(request, room)
    assert refused.value.reason is Reason.SEAT_INVALID
