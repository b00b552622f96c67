import pytest

from bridges.models import Bridge, CallRecord
from bridges.tasks import reconcile


@pytest.mark.django_db
def test_what_was_left_open_is_closed() -> None:
    Bridge.objects.create(key="sim", type="simulator", label="Simulator")
    CallRecord.objects.create(
        leg="a", bridge="sim", direction="in", started_at=1, vendor={"ended_at": 5, "cause": "normal"}
    )
    reconcile()
    record = CallRecord.objects.get()
    assert (record.ended_at, record.cause) == (5, "normal")
    assert record.reconciled_at is not None
