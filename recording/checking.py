"""Whether every recording has the files it needs."""

from collections.abc import Iterator

from recording import storage
from recording.models import Recording, Status

NEEDED = ("manifest.json", "audio/init.mp4")


def missing_files() -> Iterator[tuple[str, str]]:
    """Ids of recordings, and what each lacks: of those that are ready, parts of the bundle; of others, all
    that was captured."""
    for recording in Recording.objects.exclude(status=Status.RECORDING).order_by("pk"):
        yield from ((recording.pk, name) for name in _missing(recording))


def _missing(recording: Recording) -> list[str]:
    if recording.status == Status.READY:
        folder = storage.bundle_folder(recording.pk, recording.version)
        names = [f"{folder}/{name}" for name in NEEDED]
        return [name for name in names if not storage.recordings_storage.exists(name)]
    folders = [storage.raw_folder(recording.pk), storage.masters_folder(recording.pk)]
    if any(True for folder in folders for _name in storage.names_in(folder)):
        return []
    return folders[:1]
