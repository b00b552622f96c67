"""Places in conferences, counted for a customer's people together: taken before somebody comes in, given back
when they have left. Who is in stays in; who comes when all are taken is refused."""

from django.db import IntegrityError, transaction

from auth_gateway.limits import limits_of_user
from auth_gateway.models import Account
from conferences.core.rules import Reason, Refused
from conferences.models import Conference, Port


def port_take(*, conference: str, participant: str, username: str = "") -> bool:
    """For a participant who comes in, by whatever leg: every way into a conference asks here first. False:
    they have one already, and come back. Raises Refused."""
    owner = Conference.objects.select_related("room__owner").get(pk=conference).room.owner
    limits = limits_of_user(owner)
    try:
        with transaction.atomic():
            if limits.ports:  # one at a time, so that no two take the last place
                Account.objects.select_for_update().get(code=limits.account)
            _port, is_new = Port.objects.get_or_create(
                conference_id=conference, participant=participant, defaults={"username": username}
            )
            if is_new and limits.ports and ports_in_use(limits.account) > limits.ports:
                raise Refused(Reason.ACCOUNT_FULL)
    except (IntegrityError, Account.DoesNotExist):  # the same person twice at once; the account just deleted
        return False
    return is_new


def port_give_back(*, conference: str, participant: str) -> None:
    Port.objects.filter(conference=conference, participant=participant).delete()


def ports_clear(*, conference: str) -> None:
    """It is over."""
    Port.objects.filter(conference=conference).delete()


def ports_in_use(account: str) -> int:
    """By all running conferences of this customer's people."""
    running = Port.objects.filter(conference__ended_at=None)
    return running.filter(conference__room__owner__account=account).count()


def conferences_of_username(username: str) -> list[str]:
    """The running conferences in which somebody has a place by this name."""
    running = Port.objects.filter(conference__ended_at=None, username=username)
    return list(running.values_list("conference", flat=True).distinct())
