from django.conf import settings

from conferences.clock import now
from conferences.models import Viewers
from recording.models import Recording
from streaming.selectors import passcode_mark
from streaming.services import TRIES_OF_ONE_ADDRESS, media_address, passcode_try
from streaming.tokens import key_derive, token_read


def closed(recording: Recording) -> Recording:
    recording.viewers = Viewers.PASSCODE
    recording.set_passcode("arrow")
    recording.save()
    return recording


def tried(passcode: str, *, recording: str = "archery-12", caller: str = "192.0.2.1") -> str | None:
    return passcode_try(recording=recording, passcode=passcode, caller=caller)


def test_an_address_is_good_for_this_version(recording: Recording) -> None:
    address = media_address(recording=recording, user=None, now=now())
    _, media, token, id, version, end = address.split("/")
    assert (media, id, version, end) == ("media", "archery-12", "1", "")
    keys = [key_derive(settings.SECRET_KEY)]
    granted = token_read(token, recording="archery-12", version=1, keys=keys, now=now())
    assert granted
    assert granted.viewer == "g"


def test_a_right_passcode_is_remembered_by_its_mark(recording: Recording) -> None:
    closed(recording)
    assert tried("arrow") == passcode_mark(recording)
    assert tried("bow") is None
    assert tried("arrow", recording="archery-13") is None


def test_who_guesses_long_is_not_let_in_by_the_right_one_either(recording: Recording) -> None:
    closed(recording)
    for guess in range(TRIES_OF_ONE_ADDRESS):
        assert tried(f"guess {guess}") is None
    assert tried("arrow") is None
    assert tried("arrow", caller="192.0.2.2")


def test_a_recording_for_all_has_no_passcode(recording: Recording) -> None:
    recording.set_passcode("arrow")
    recording.save()
    assert tried("arrow") is None
