"""Minutes of recordings that a customer has in a month. What runs when they end goes on; hosts are told."""

from conferences.core.recording import RunOverRecording
from conferences.core.words import Millis
from conferences.documents import errand_leave
from recording.models import Recording, Status
from recording.selectors import minutes_used_up


def recordings_ran_over(*, now: Millis) -> list[str]:
    """Those that run on nobody's minutes; their conferences are told, which say it once. Gives the ids."""
    running = Recording.objects.filter(status=Status.RECORDING).select_related("conference__room__owner")
    over = [one for one in running if minutes_used_up(one.conference.room.owner, at=now)]
    for one in over:
        seq = int(one.pk.rpartition("-")[2])
        errand_leave(conference=one.conference_id, command=RunOverRecording(recording=seq))
    return [one.pk for one in over]
