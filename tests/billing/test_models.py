"""Records are never changed."""

import pytest
from django.db import IntegrityError

from billing.models import Immutable, Kind, Record

pytestmark = pytest.mark.django_db


def record(version: int = 1) -> Record:
    return Record(id=f"r{version}", kind=Kind.CONFERENCE, subject="c", version=version, at=1, body={})


def test_a_record_is_never_changed() -> None:
    record().save()
    kept = Record.objects.get()
    kept.body = {"duration_s": 0}
    with pytest.raises(Immutable):
        kept.save()
    assert Record.objects.get().body == {}


def test_there_is_one_of_each_version() -> None:
    record().save()
    again = record()
    again.id = "other"
    with pytest.raises(IntegrityError):
        again.save()
