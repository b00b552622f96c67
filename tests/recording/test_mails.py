"""E-mails about recordings."""

import pytest
from django.core import mail
from pytest_django import Settings

from auth_gateway.models import User
from recording.mails import warning_mail
from recording.models import Recording
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def test_a_mail_is_plain_text_with_a_link(recording: Recording, alice: User, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://meet.example.org"
    alice.email = "alice@example.org"
    recording.title, recording.kept_until = "Bows & <arrows>", BEGIN
    warning_mail(owner=alice, recordings=[recording])
    (sent,) = mail.outbox
    assert "Bows & <arrows>: on " in sent.body
    assert "https://meet.example.org/recordings" in sent.body
    assert "\n" not in sent.subject


def test_a_server_that_takes_no_mail_stops_nobody(
    recording: Recording, alice: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    alice.email = "alice@example.org"
    warning_mail(owner=alice, recordings=[recording])
    assert "could not be sent" in caplog.text
