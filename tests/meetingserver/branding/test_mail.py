from django.core import mail
from pytest_django import Settings

from meetingserver.branding.choosing import branded
from meetingserver.branding.mail import mail_send
from tests.meetingserver.branding.conftest import Shelf


def test_a_mail_comes_from_the_brand_and_is_answered_there(shelf: Shelf, settings: Settings) -> None:
    shelf.write("acme", '[email]\nsender = "Acme <meet@acme.example>"\nreply_to = "help@acme.example"')
    with branded("acme"):
        mail_send(subject="Hello", text="World", to=["bob@example.org"])
    assert mail.outbox[0].from_email == "Acme <meet@acme.example>"
    assert mail.outbox[0].reply_to == ["help@acme.example"]


def test_else_from_the_server(settings: Settings) -> None:
    mail_send(subject="Hello", text="World", to=["bob@example.org"])
    assert mail.outbox[0].from_email == settings.DEFAULT_FROM_EMAIL
    assert mail.outbox[0].reply_to == []
