"""Who may watch what. `access_recording` is the only way to a recording for whoever is not its owner."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.crypto import constant_time_compare, salted_hmac

from auth_gateway.callers import NOBODY, Caller
from auth_gateway.contract import Allowed
from auth_gateway.flows import door
from auth_gateway.models import User
from conferences.models import Viewers
from recording.models import Recording, Status


class Asker(NamedTuple):
    """Who wants to watch: an account or nobody known, and what `passcode_mark` made of the passcodes they
    gave, by recording."""

    user: User | None
    passed: Mapping[str, str]
    caller: Caller = NOBODY


def access_recording(recording: str, asker: Asker) -> Recording | None:
    """None: there is none, or they may not. Owner and admins see it in every state; others when it can be
    watched, or will be soon."""
    taking = Recording.participants.through.objects.filter(
        recording=OuterRef("pk"), user=asker.user.pk if asker.user else None
    )
    found = (
        Recording.objects.select_related("conference__room__owner")
        .annotate(took_part=Exists(taking))
        .filter(pk=recording)
        .first()
    )
    if found is None:
        return None
    if is_own(found, asker.user):
        return found
    allowed = {
        Viewers.PUBLIC: True,
        Viewers.PARTICIPANTS: found.took_part,
        Viewers.PASSCODE: _has_passed(found, asker),
    }
    may = _is_open(found) and allowed.get(Viewers(found.viewers), False)
    return found if may and _is_vouched_for(found, asker) else None


def recording_behind_passcode(recording: str) -> Recording | None:
    """One that a passcode opens; good for asking for it, and nothing else."""
    known = Recording.objects.select_related("conference__room__owner")
    found = known.filter(pk=recording, viewers=Viewers.PASSCODE).exclude(passcode="").first()
    return found if found and _is_open(found) else None


def passcode_mark(recording: Recording) -> str:
    """What is remembered of a passcode that was right; it is another one when the passcode changes."""
    return salted_hmac(
        "streaming.passcode", f"{recording.pk}.{recording.passcode}", algorithm="sha256"
    ).hexdigest()


def is_own(recording: Recording, user: User | None) -> bool:
    """Owner or admin."""
    if user is None or not user.is_active:
        return False
    return user.is_superuser or recording.conference.room.owner_id == user.pk


def _is_vouched_for(recording: Recording, asker: Asker) -> bool:
    """A sign-in service that is asked about viewers has the last word on all but owners."""
    code = recording.conference.room.code
    answer = door("view", caller=asker.caller, user=asker.user, conference=code)
    return answer is None or isinstance(answer, Allowed)


def _is_open(recording: Recording) -> bool:
    """To others than the owner."""
    return recording.published and recording.status != Status.FAILED


def _has_passed(recording: Recording, asker: Asker) -> bool:
    return bool(recording.passcode) and constant_time_compare(
        asker.passed.get(recording.pk, ""), passcode_mark(recording)
    )
