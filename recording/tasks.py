"""Work on recordings, done by the workers of the queue `recording`. Tasks know no live conferences."""

from celery import shared_task
from django.conf import settings

from conferences.clock import now
from recording import live_runs, lost, making, minutes, program, retention, sessions, spools

LIVE_EXPIRES_S = 9
"""Shorter than until the next look: what nobody took is not needed any more."""


@shared_task(name="recording.advance")
def advance_recording(recording: str) -> None:
    """In pieces, so that no task is long."""
    if making.recording_advance(recording=recording, now=now):
        advance_recording.delay(recording)
    retention.remains_forget(recording)


@shared_task(name="recording.look_after")
def look_after_recordings() -> None:
    lost.recordings_end_lost(now=now())
    sessions.recordings_settle(now=now())
    for recording in making.recordings_look_after(now=now()):
        advance_recording.delay(recording)


@shared_task(name="recording.look_after_minutes")
def look_after_minutes() -> None:
    minutes.recordings_ran_over(now=now())


@shared_task(name="recording.ship")
def ship_recordings() -> None:
    """What this machine captured, to where recordings are kept."""
    for recording in spools.spools_ship(now=now()):
        advance_recording.delay(recording)


@shared_task(name="recording.forget_raw")
def forget_raw() -> None:
    making.recordings_forget_raw(now=now(), days=settings.RECORDINGS_RAW_DAYS)


@shared_task(name="recording.make_program")
def make_program(recording: str) -> None:
    """The film, in pieces."""
    if program.program_make(recording=recording, now=now):
        make_program.delay(recording)
    retention.remains_forget(recording)


@shared_task(name="recording.look_after_programs")
def look_after_programs() -> None:
    for recording in program.programs_left(now=now()):
        make_program.delay(recording)


@shared_task(name="recording.stream_live")
def stream_live(recording: str) -> None:
    """What viewers need of a running recording; for some minutes, then it is somebody else's turn."""
    if live_runs.live_run(recording=recording):
        stream_live.delay(recording)


@shared_task(name="recording.look_after_live")
def look_after_live() -> None:
    """Whoever followed one may have died. Who is there already lets the task go at once."""
    for recording in live_runs.live_recordings():
        stream_live.apply_async([recording], expires=LIVE_EXPIRES_S)
    live_runs.live_forget(now=now())


@shared_task(name="recording.warn")
def warn_of_the_end() -> None:
    retention.recordings_warn(now=now())


@shared_task(name="recording.expire")
def expire_recordings() -> None:
    retention.recordings_expire(now=now())


@shared_task(name="recording.sweep")
def sweep_recordings() -> None:
    retention.recordings_sweep(now=now())
