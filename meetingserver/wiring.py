"""Composes the house: which parts there are, who follows the journal, and the order in which they start."""

import asyncio
from functools import partial

from channels.layers import get_channel_layer
from django.conf import settings

from auth_gateway import asking
from billing.destinations import target_names
from billing.follower import BillingFollower
from billing.selectors import Lag, lag
from billing.services import room_bill
from bridges.prompts import installed
from bridges.selectors import can_dial_out, dial_in_numbers
from bridges.telephones import Telephones
from conferences import doors as conference_doors
from conferences.clock import now
from conferences.core.signals import ServerLeaving
from conferences.doors import Doors
from conferences.errands import Errands
from conferences.exchange import Broadcast, Exchange
from conferences.followers import ChatFileFollower, DocumentFollower, MediaFollower, PortFollower
from conferences.hub import SERVER_LEAVES, Hub
from conferences.invitations import provide_dial_in
from conferences.journal import Journal
from conferences.live import Follower, Surroundings
from conferences.media.server import MediaServer
from conferences.renewals import Renewals
from conferences.services import before_deletion
from meetingserver import celery, health, lan, metrics, texts
from meetingserver.branding.installed import library
from meetingserver.ending import end_all
from meetingserver.uploads import Uploads
from recording.capture import Recorder
from recording.follower import RecordingFollower
from recording.selectors import conference_recording_refusal
from recording.storage import spool_folder


def media_addresses() -> list[str]:
    """Where browsers find the media port: as configured, or every address of this machine."""
    if settings.MEDIA_PUBLIC_ADDRESS:
        return [str(settings.MEDIA_PUBLIC_ADDRESS)]
    return [*lan.addresses(), "127.0.0.1"]


celery.app.set_default()  # tasks given by pages go to our broker
before_deletion(lambda room: room_bill(room, now=now(), targets=target_names()))
journal = Journal()
hub = Hub()
exchange = Exchange(settings.SERVER_NAME, get_channel_layer(), hub) if settings.REDIS_URL else None
telling = Broadcast(hub, exchange) if exchange else hub
media = MediaServer(host=settings.MEDIA_HOST, port=settings.MEDIA_PORT, public_addresses=media_addresses())
media_follower = MediaFollower(media, telling)
recorder = Recorder(floor=settings.RECORDING_FREE_BYTES)
recording_follower = RecordingFollower(
    recorder,
    media_follower,
    raw_folder=lambda recording: spool_folder(recording) / "raw",
    submit=conference_doors.submit,
    # By its name: the worker alone loads what makes recordings.
    advance=lambda recording: celery.app.send_task("recording.advance", args=[recording]),
    stream=lambda recording: celery.app.send_task("recording.stream_live", args=[recording]),
    refusal=conference_recording_refusal,
)
telephones = Telephones(
    media_follower,
    open=conference_doors.open,
    telling=telling,
    prompts=installed(),
    server=settings.SERVER_NAME,
    now=now,
    home=settings.PHONE_COUNTRY,
)
provide_dial_in(dial_in_numbers, dials_out=can_dial_out)
# What is recorded is kept before it is deleted.
followers: list[Follower] = [
    media_follower,
    recording_follower,
    DocumentFollower(),
    ChatFileFollower(),
    PortFollower(),
    telephones.follower,
    BillingFollower(lambda conference: celery.app.send_task("billing.bill", args=[conference])),
]
carries = settings.SERVER_ROLE in ("all", "conference")
doors = Doors(
    Surroundings(settings.SERVER_NAME, journal, telling, followers, now),
    hub,
    media_follower,
    exchange=exchange,
    carries=carries,
)
conference_doors.install(doors)
errands = Errands(doors, settings.SERVER_NAME)
renewals = Renewals(doors, now)
uploads = Uploads()


async def start() -> None:
    """Raises OSError when the media port is taken."""
    await media.start()
    journal.start()
    recorder.start()
    await doors.start()
    errands.start()
    renewals.start()
    uploads.start()
    if carries:
        await telephones.start()
    _offer_readings()


async def stop() -> None:
    """Tell everybody, hand over, keep everything."""
    for conference in hub.conferences():
        hub.signal(conference, ServerLeaving(), to=None)
    await end_all(
        uploads.stop,
        renewals.stop,
        errands.stop,
        telephones.stop_callers,
        doors.stop,
        telephones.stop,
        _stop_recorder,
        _close_legs,
        journal.stop,
        media.close,
    )


async def _stop_recorder() -> None:
    await asyncio.to_thread(recorder.stop)


async def _close_legs() -> None:
    for conference in hub.conferences():
        hub.close(conference, SERVER_LEAVES)


def _lag() -> Lag:
    return lag(target_names())


def _offer_readings() -> None:
    mixer = media_follower.mixer
    health.offer_check("journal", lambda: journal.works)
    health.offer_check("recorder", lambda: recorder.works)
    health.offer_check("media", lambda: media.is_open)
    if carries:
        health.offer_check("phones", lambda: telephones.keeper.works)
        health.offer_warning("bridges", lambda: telephones.keeper.count_up() == telephones.keeper.count())
    health.offer_warning("translations", lambda: not texts.problems_kept(settings.COMPILED_CATALOGUES))
    health.offer_warning("brands", lambda: not library().problems())
    health.offer_warning("billing", lambda: not _lag().is_late(now()))
    metrics.offer_gauge("billing_waiting", "Billing records to be delivered.", lambda: _lag().waiting)
    metrics.offer_gauge("billing_dead", "Billing records that cannot be delivered.", lambda: _lag().dead)
    metrics.offer_gauge(
        "billing_oldest_seconds", "Age of the oldest that waits.", lambda: _lag().age_s(now())
    )
    metrics.offer_gauge("conferences", "Conferences running here.", lambda: len(doors.running()))
    metrics.offer_gauge(
        "participants",
        "Participants in conferences running here.",
        lambda: sum(len(live.state.participants) for live in doors.running()),
    )
    metrics.offer_gauge("sockets", "Websockets of participants.", hub.count)
    metrics.offer_counter("frames", "Frames written to websockets.", lambda: hub.delivered)
    metrics.offer_counter("motions_dropped", "Motions of pens forgotten.", lambda: doors.motions.dropped)
    metrics.offer_counter("signals_spared", "Signals not told to slow readers.", lambda: hub.spared)
    metrics.offer_gauge("phone_conferences", "Conferences mixed with phones.", lambda: mixer.spaces)
    metrics.offer_gauge("phone_calls", "Calls led here.", lambda: len(telephones.switchboard))
    metrics.offer_gauge("phone_media_legs", "Rooms of bridges joined here.", lambda: len(telephones.media))
    metrics.offer_gauge("phone_bridges", "Bridges kept here.", telephones.keeper.count)
    metrics.offer_gauge("phone_bridges_up", "Of these, connected.", telephones.keeper.count_up)
    metrics.offer_gauge("phone_mixer_late_ms", "Of 99 % of its turns, at most.", lambda: mixer.late_p99_ms)
    metrics.offer_counter(
        "phone_mixer_skipped", "Turns that could not be made up for.", lambda: mixer.skipped
    )
    metrics.offer_counter("journal_events", "Events made durable.", lambda: journal.appended)
    metrics.offer_counter("recorded_packets", "Packets captured for recordings.", lambda: recorder.written)
    metrics.offer_counter(
        "recorded_packets_dropped", "Packets left out of recordings.", lambda: recorder.dropped
    )
    for outcome in ("allowed", "denied", "unavailable"):
        metrics.offer_counter(
            f"sign_in_{outcome}",
            f"Answers of the sign-in server: {outcome}.",
            partial(asking.outcomes.__getitem__, outcome),
        )
    for name in ("datagrams_received", "packets_forwarded", "bytes_sent", "packets_retransmitted"):
        metrics.offer_counter(f"media_{name}", f"Media: {name}.", partial(getattr, media.stats, name))
    dropped = media.stats.dropped
    metrics.offer_counter("media_dropped", "Hostile or useless datagrams.", lambda: sum(dropped.values()))
