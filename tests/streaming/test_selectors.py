"""Who may watch: every kind of viewers with every one of the cast."""

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from auth_gateway.configuration import Gateway
from auth_gateway.models import User
from conferences.models import Viewers
from recording.models import Recording, Status
from streaming.selectors import Asker, access_recording, passcode_mark, recording_behind_passcode
from tests.auth_gateway.servers import SignInServer


def may(user: User | None, recording: Recording, mark: str = "") -> bool:
    return (
        access_recording(recording.pk, Asker(user, dict.fromkeys([recording.pk], mark) if mark else {}))
        is not None
    )


def change(recording: Recording, **fields: object) -> None:
    for name, value in fields.items():
        setattr(recording, name, value)
    recording.save()


@pytest.mark.parametrize(
    ("viewers", "took_part", "another", "nobody"),
    [
        (Viewers.PRIVATE, False, False, False),
        (Viewers.PARTICIPANTS, True, False, False),
        (Viewers.PASSCODE, False, False, False),
        (Viewers.PUBLIC, True, True, True),
    ],
)
def test_everybody_sees_what_is_meant_for_them(
    recording: Recording,
    alice: User,
    bob: User,
    mallory: User,
    admin: User,
    viewers: Viewers,
    took_part: bool,
    another: bool,
    nobody: bool,
) -> None:
    change(recording, viewers=viewers)
    assert may(alice, recording)
    assert may(admin, recording)
    assert may(bob, recording) is took_part
    assert may(mallory, recording) is another
    assert may(None, recording) is nobody


@pytest.mark.parametrize("fields", [{"published": False}, {"status": Status.FAILED}], ids=str)
def test_what_is_taken_back_or_failed_is_for_its_owner_alone(
    recording: Recording, alice: User, bob: User, admin: User, fields: dict[str, object]
) -> None:
    change(recording, **fields)
    assert may(alice, recording)
    assert may(admin, recording)
    assert not may(bob, recording)
    assert not may(None, recording)


def test_what_is_not_there_is_seen_by_nobody(recording: Recording, alice: User, admin: User) -> None:
    for user in (alice, admin, None):
        assert access_recording("archery-13", Asker(user, {})) is None


def test_who_may_no_longer_sign_in_owns_nothing(recording: Recording, alice: User) -> None:
    change(recording, viewers=Viewers.PRIVATE)
    alice.is_active = False
    assert not may(alice, recording)


def test_a_passcode_opens_until_it_is_changed(recording: Recording) -> None:
    recording.set_passcode("arrow")
    change(recording, viewers=Viewers.PASSCODE)
    mark = passcode_mark(recording)
    assert may(None, recording, mark=mark)
    assert not may(None, recording, mark=mark[:-1])
    recording.set_passcode("bow")
    change(recording)
    assert not may(None, recording, mark=mark)


def test_without_a_passcode_nothing_can_be_asked_for(recording: Recording) -> None:
    change(recording, viewers=Viewers.PASSCODE, passcode="")
    assert recording_behind_passcode(recording.pk) is None
    assert not may(None, recording, mark=passcode_mark(recording))
    recording.set_passcode("arrow")
    change(recording)
    assert recording_behind_passcode(recording.pk) == recording
    change(recording, published=False)
    assert recording_behind_passcode(recording.pk) is None


def test_looking_costs_the_same_whether_it_is_there_or_not(
    recording: Recording, mallory: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    change(recording, viewers=Viewers.PARTICIPANTS)
    with django_assert_num_queries(1):
        access_recording(recording.pk, Asker(mallory, {}))
    with django_assert_num_queries(1):
        access_recording("archery-13", Asker(mallory, {}))


def test_a_sign_in_service_that_is_asked_about_viewers_has_the_last_word(
    recording: Recording, alice: User, mallory: User, portal: SignInServer, settings: Settings
) -> None:
    change(recording, viewers=Viewers.PUBLIC)
    settings.AUTH_GATEWAY = Gateway(url=portal.url, actions=frozenset(["view"]))
    assert may(alice, recording), "owners are not asked about"
    assert not may(mallory, recording)
    portal.behave = lambda request: request.answer(500)
    assert not may(None, recording)
    portal.behave = lambda request: request.answer(204)
    change(recording, viewers=Viewers.PRIVATE)
    assert not may(None, recording), "it does not open what the owner keeps shut"
