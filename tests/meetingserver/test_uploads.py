"""Brands come to servers that were not given them."""

from pathlib import Path

import pytest

from auth_gateway.models import UploadedBrand
from conferences.journal import crossing
from meetingserver.branding.installed import library
from meetingserver.uploads import Uploads
from tests.meetingserver.branding.conftest import Shelf, shelf
from tests.meetingserver.branding.test_archive import GOOD, packed

__all__ = ["shelf"]
pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_running_server_is_brought_what_another_was_given(shelf: Shelf, tmp_path: Path) -> None:
    uploads = Uploads()
    await uploads.run()
    assert library().get("acme") is None
    await crossing(UploadedBrand.objects.create)(key="acme", archive=packed({**GOOD}))
    await uploads.run()
    assert library().get("acme") is not None
    await crossing(UploadedBrand.objects.all().delete)()
    await uploads.run()
    assert library().get("acme") is None


async def test_it_stops_when_it_is_told_to(shelf: Shelf) -> None:
    uploads = Uploads()
    await uploads.stop()
    uploads.start()
    await uploads.stop()
