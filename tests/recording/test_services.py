"""What owners may do with their recordings, and what becomes of it."""

import pytest

from auth_gateway.models import User
from conferences.models import Room, Viewers
from recording import services
from recording.models import Deed, ProgramStatus, Recording, RecordingAudit, Status, Step
from recording.refusals import RecordingRefused, Refusal
from tests.conferences.meeting import BEGIN
from tests.recording.archive import files_of, recording_made

pytestmark = pytest.mark.django_db

NOW = BEGIN + 100_000


def deeds(recording: Recording) -> list[str]:
    return list(RecordingAudit.objects.filter(recording=recording.pk).values_list("deed", flat=True))


def becomes(recording: Recording, status: Status, **fields: object) -> Recording:
    Recording.objects.filter(pk=recording.pk).update(status=status, **fields)
    recording.refresh_from_db()
    return recording


def trim(recording: Recording, by: User, begin: int, end: int, *cuts: tuple[int, int]) -> None:
    services.recording_trim(recording=recording, by=by, begin_ms=begin, end_ms=end, cuts=cuts, now=NOW)
    recording.refresh_from_db()


def redact(recording: Recording, by: User, people: tuple[str, ...], lines: tuple[int, ...] = ()) -> None:
    services.recording_redact(recording=recording, by=by, participants=people, lines=lines, now=NOW)
    recording.refresh_from_db()


def test_a_recording_is_renamed_without_being_made_anew(recording: Recording, alice: User) -> None:
    services.recording_rename(recording=recording, by=alice, title="  The\n arrows ", now=NOW)
    recording.refresh_from_db()
    assert (recording.title, recording.status) == ("The arrows", Status.READY)
    assert deeds(recording) == [Deed.RENAMED]
    with pytest.raises(RecordingRefused, match=Refusal.NO_TITLE):
        services.recording_rename(recording=recording, by=alice, title=" ", now=NOW)


def test_whoever_has_no_business_there_changes_nothing(recording: Recording, mallory: User) -> None:
    with pytest.raises(RecordingRefused, match=Refusal.GONE):
        services.recording_rename(recording=recording, by=mallory, title="Mine", now=NOW)
    with pytest.raises(RecordingRefused, match=Refusal.GONE):
        services.recording_delete(recording=recording, by=mallory, now=NOW)
    with pytest.raises(RecordingRefused, match=Refusal.GONE):
        trim(recording, mallory, 0, 10_000)
    with pytest.raises(RecordingRefused, match=Refusal.GONE):
        services.program_request(recording=recording, by=mallory, now=NOW)
    assert Recording.objects.get().title == "Archery"
    assert deeds(recording) == []


def test_an_admin_manages_every_recording(recording: Recording, admin: User) -> None:
    services.recording_publish(recording=recording, by=admin, published=False, now=NOW)
    recording.refresh_from_db()
    assert not recording.published
    assert RecordingAudit.objects.get().name == "Ada Admin"


def test_a_passcode_is_asked_for_where_it_is_needed(recording: Recording, alice: User) -> None:
    with pytest.raises(RecordingRefused, match=Refusal.NO_PASSCODE):
        services.recording_set_viewers(recording=recording, by=alice, viewers=Viewers.PASSCODE, now=NOW)
    services.recording_set_viewers(
        recording=recording, by=alice, viewers=Viewers.PASSCODE, passcode="sesame", now=NOW
    )
    recording.refresh_from_db()
    services.recording_set_viewers(recording=recording, by=alice, viewers=Viewers.PASSCODE, now=NOW)
    recording.refresh_from_db()
    assert recording.is_passcode("sesame"), "an empty field leaves it"


def test_what_is_trimmed_is_cut_by_the_clock_of_the_server(recording: Recording, alice: User) -> None:
    trim(recording, alice, 5_000, 45_000, (15_000, 25_000))
    assert recording.cuts == [
        [BEGIN, BEGIN + 5_000],
        [BEGIN + 15_000, BEGIN + 35_000],
        [BEGIN + 55_000, BEGIN + 60_000],
    ]
    assert recording.timeline(now=NOW).length == 30_000
    assert (recording.status, recording.step, recording.percent) == (Status.MAKING, Step.BUNDLE, 0)
    assert deeds(recording) == [Deed.TRIMMED]


def test_cuts_that_overlap_are_one(recording: Recording, alice: User) -> None:
    trim(recording, alice, 0, 50_000, (1_000, 5_000), (4_000, 8_000), (9_000, 9_000))
    assert recording.cuts == [[BEGIN + 1_000, BEGIN + 8_000]]


def test_another_trim_replaces_the_first_and_the_whole_restores(recording: Recording, alice: User) -> None:
    trim(recording, alice, 10_000, 20_000)
    becomes(recording, Status.READY)
    trim(recording, alice, 5_000, 50_000)
    assert recording.timeline(now=NOW).length == 45_000
    becomes(recording, Status.READY)
    trim(recording, alice, 0, 50_000)
    assert recording.cuts == []


@pytest.mark.parametrize(("begin", "end"), [(20_000, 20_500), (40_000, 10_000), (60_000, 70_000)])
def test_something_must_be_left(recording: Recording, alice: User, begin: int, end: int) -> None:
    with pytest.raises(RecordingRefused, match=Refusal.NOTHING_LEFT):
        trim(recording, alice, begin, end)
    assert recording.status == Status.READY


def test_nothing_is_changed_while_it_is_made(recording: Recording, alice: User) -> None:
    trim(recording, alice, 5_000, 50_000)
    with pytest.raises(RecordingRefused, match=Refusal.BUSY):
        redact(recording, alice, ("bob",))
    becomes(recording, Status.RECORDING)
    with pytest.raises(RecordingRefused, match=Refusal.RECORDED):
        trim(recording, alice, 0, 50_000)
    recording.refresh_from_db()
    assert recording.hidden_participants == []


def test_where_an_earlier_step_failed_it_goes_on_there(recording: Recording, alice: User) -> None:
    becomes(recording, Status.FAILED, step=Step.REMUX, failure="damaged")
    trim(recording, alice, 5_000, 50_000)
    assert (recording.status, recording.step, recording.failure) == (Status.MAKING, Step.REMUX, "")
    becomes(recording, Status.FAILED, step=Step.PUBLISH)
    trim(recording, alice, 0, 50_000)
    assert recording.step == Step.BUNDLE


def test_people_and_lines_are_taken_out_and_put_back(recording: Recording, alice: User) -> None:
    redact(recording, alice, ("bob",), (7,))
    assert (recording.hidden_participants, recording.hidden_lines) == (["bob"], [7])
    assert recording.status == Status.MAKING
    becomes(recording, Status.READY)
    redact(recording, alice, ())
    assert (recording.hidden_participants, recording.hidden_lines) == ([], [])


def test_what_is_forgotten_is_gone_for_good(recording: Recording, alice: User) -> None:
    redact(recording, alice, ("bob",), (7,))
    with pytest.raises(RecordingRefused, match=Refusal.BUSY):
        services.recording_forget(recording=recording, by=alice, now=NOW)
    becomes(recording, Status.READY, version=2)
    services.recording_forget(recording=recording, by=alice, now=NOW)
    left = files_of(recording.pk)
    assert not {name for name in left if "bob" in name or name.startswith("1/")}
    assert {"raw/alice.microphone.0000cafe/0.rtpd", "masters/alice.microphone.1.webm"} <= left
    recording.refresh_from_db()
    redact(recording, alice, ())
    assert (recording.hidden_participants, recording.hidden_lines) == (["bob"], [7])


def test_a_failed_one_is_tried_again_where_it_failed(recording: Recording, alice: User) -> None:
    with pytest.raises(RecordingRefused, match=Refusal.NOT_ASKED):
        services.recording_retry(recording=recording, by=alice, now=NOW)
    becomes(recording, Status.FAILED, step=Step.MIX, failure="damaged", tries=3)
    services.recording_retry(recording=recording, by=alice, now=NOW)
    recording.refresh_from_db()
    assert (recording.status, recording.step, recording.failure) == (Status.MAKING, Step.MIX, "")
    assert (recording.tries, recording.worked_at) == (0, 0), "a worker may take it at once"


def test_the_film_is_asked_for_once(recording: Recording, alice: User) -> None:
    services.program_request(recording=recording, by=alice, now=NOW)
    recording.refresh_from_db()
    assert recording.program == ProgramStatus.MAKING
    with pytest.raises(RecordingRefused, match=Refusal.NOT_ASKED):
        services.program_request(recording=recording, by=alice, now=NOW)
    becomes(recording, Status.READY, program=ProgramStatus.FAILED)
    services.program_request(recording=recording, by=alice, now=NOW)
    becomes(recording, Status.MAKING, program="")
    with pytest.raises(RecordingRefused, match=Refusal.UNFINISHED):
        services.program_request(recording=recording, by=alice, now=NOW)


def test_what_is_made_anew_has_no_film_yet(recording: Recording, alice: User) -> None:
    becomes(recording, Status.READY, program=ProgramStatus.READY, program_percent=100)
    services.recording_rebuild(recording=recording, by=None, now=NOW)
    recording.refresh_from_db()
    assert (recording.status, recording.program) == (Status.MAKING, ProgramStatus.NONE)


def test_a_deleted_recording_leaves_no_byte(recording: Recording, room: Room, alice: User) -> None:
    other = recording_made(room, number=30)
    assert files_of(recording.pk)
    services.recording_delete(recording=recording, by=alice, now=NOW)
    assert files_of(recording.pk) == set()
    assert not Recording.objects.filter(pk=recording.pk).exists()
    assert files_of(other.pk), "the others keep theirs"
    audit = RecordingAudit.objects.get()
    assert (audit.deed, audit.title, audit.name) == (Deed.DELETED, "Archery", "Alice Archer")


def test_what_is_being_recorded_is_not_deleted(recording: Recording, alice: User) -> None:
    becomes(recording, Status.RECORDING)
    with pytest.raises(RecordingRefused, match=Refusal.RECORDED):
        services.recording_delete(recording=recording, by=alice, now=NOW)
    assert files_of(recording.pk)


def test_a_new_date_is_warned_of_anew(recording: Recording, alice: User) -> None:
    becomes(recording, Status.READY, warned_at=NOW)
    services.recording_keep(recording=recording, by=alice, until=NOW + 1, now=NOW)
    recording.refresh_from_db()
    assert (recording.kept_until, recording.warned_at) == (NOW + 1, None)
