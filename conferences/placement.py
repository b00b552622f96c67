"""Which conference server has which conference: leases, with an epoch, in the database.

A server says every BEAT_S seconds that it lives. A conference whose server was not seen for LEASE_MS may be
claimed by another, which finds everything in the journal. Should the former one live on, its next append
collides with ours, and it stops.
"""

from collections.abc import Collection

from django.db.models import Count, F, QuerySet

from conferences.core.rules import Reason, Refused
from conferences.core.words import Millis
from conferences.models import Conference, ConferenceServer

BEAT_S = 3.0
LEASE_MS = 12_000


def server_beat(server: str, *, now: Millis) -> bool:
    """Say that this server lives; the answer is whether it is to be drained."""
    row, _ = ConferenceServer.objects.update_or_create(name=server, defaults={"seen_at": now})
    return row.draining


def server_arrive(server: str) -> None:
    """To be called before its first beat: what a former process of this name had was left when that was heard
    of last."""
    former = ConferenceServer.objects.filter(name=server).first()
    if former is not None:
        Conference.objects.filter(server=server, ended_at=None).update(left_at=former.seen_at)


def server_leave(server: str, *, now: Millis) -> None:
    """This server goes: whatever it had may be claimed at once."""
    Conference.objects.filter(server=server, ended_at=None).update(server="", left_at=now)
    ConferenceServer.objects.filter(name=server, draining=False).delete()


def conference_claim(conference: str, *, server: str, alone: bool, now: Millis) -> str:
    """The server that has this conference from now on: `server`, unless another one has it and lives.

    `alone`: no other server can be reached from here, so none has it. Raises Refused when it ended.
    """
    while True:
        row = Conference.objects.filter(pk=conference).first()
        if row is None or row.ended_at is not None:
            raise Refused(Reason.ENDED)
        if row.server == server:
            return server
        if row.server and not alone and _living(now).filter(name=row.server).exists():
            return row.server
        claimed = Conference.objects.filter(pk=conference, server=row.server, epoch=row.epoch)
        if claimed.update(server=server, epoch=F("epoch") + 1, left_at=_left_at(row)):
            return server


def _left_at(row: Conference) -> Millis:
    dead = ConferenceServer.objects.filter(name=row.server).first()
    return dead.seen_at if dead else row.left_at


def conference_take(conference: str) -> Millis:
    """Until when its former server was heard of; 0: it had none, or this was asked before."""
    left_at = Conference.objects.values_list("left_at", flat=True).get(pk=conference)
    Conference.objects.filter(pk=conference).update(left_at=0)
    return left_at


def server_for_new(*, now: Millis) -> str | None:
    """The living server with the fewest running conferences; None when there is none."""
    running = Conference.objects.filter(ended_at=None).values("server").annotate(count=Count("id"))
    load = {row["server"]: row["count"] for row in running}
    servers = _living(now).filter(draining=False)
    return min(servers.values_list("name", flat=True), key=lambda name: load.get(name, 0), default=None)


def conferences_orphaned(*, server: str, alone: bool, now: Millis) -> list[str]:
    """Running conferences that no living server but `server` has: its own to carry."""
    running = Conference.objects.filter(ended_at=None)
    if not alone:
        others = _living(now).exclude(name=server)
        running = running.exclude(server__in=others.values("name"))
    return list(running.values_list("id", flat=True))


def conferences_stranded(conferences: Collection[str], *, now: Millis) -> list[str]:
    """Those of the conferences whose server does not live (any more)."""
    stranded = Conference.objects.filter(pk__in=conferences).exclude(server__in=_living(now).values("name"))
    return list(stranded.values_list("id", flat=True))


def _living(now: Millis) -> QuerySet[ConferenceServer]:
    return ConferenceServer.objects.filter(seen_at__gt=now - LEASE_MS)
