"""Brands that customers made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from auth_gateway.models import UploadedBrand, User
from auth_gateway.uploads import brand_remove, brand_upload, brands_unpack
from meetingserver.branding.installed import library
from meetingserver.branding.page import brands_to_choose
from tests.meetingserver.branding.conftest import Shelf, shelf
from tests.meetingserver.branding.test_archive import GOOD, packed
from tests.meetingserver.branding.test_snippets import footer

__all__ = ["shelf"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]

FOOTER = "<p>By {{ brand.name }} {{ request.path }}{{ user }}</p>"


def acme() -> UploadedBrand:
    return uploaded(UploadedBrand(key="acme"), {**GOOD, "snippets/footer.html": FOOTER})


def uploaded(brand: UploadedBrand, files: Mapping[str, str | bytes]) -> UploadedBrand:
    """And committed."""
    brand_upload(brand=brand, archive=packed({**files}))
    brands_unpack()
    return brand


def unpacked_at(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir() if not path.name.startswith("."))


def test_it_is_used_and_sees_nothing_of_the_page() -> None:
    acme()
    assert "<p>By Acme </p>" in footer("acme")


def test_nobody_else_may_choose_it(alice: User) -> None:
    acme()
    assert "acme" not in dict(brands_to_choose(alice))


def test_templates_that_got_there_are_not_used(tmp_path: Path) -> None:
    acme()
    forged = tmp_path / "uploads" / "acme" / "templates" / "_footer.html"
    forged.parent.mkdir()
    forged.write_text("forged {{ request }}")
    (tmp_path / "uploads" / "acme" / "brand.toml").write_text('name = "Acme"\nhosts = ["testserver"]')
    library().reload()
    assert "forged" not in footer("acme")
    assert library().of_address("testserver") is None


def test_it_never_takes_the_place_of_one_of_the_server(shelf: Shelf) -> None:
    uploaded(UploadedBrand(key="default"), GOOD)
    assert not library().all()["default"].strangers


def test_a_newer_one_replaces_it_and_it_can_go(tmp_path: Path) -> None:
    brand = uploaded(acme(), GOOD)
    assert not (tmp_path / "uploads" / "acme" / "snippets").exists()
    assert unpacked_at(tmp_path / "uploads") == ["acme"]
    brand_remove(brand=brand)
    brands_unpack()
    assert library().get("acme") is None


def test_what_an_upgrade_no_longer_takes_is_no_brand_and_that_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    acme()
    UploadedBrand.objects.update(archive=packed({"../x": "x"}))
    brands_unpack()
    assert library().get("acme"), "nothing was uploaded"
    brands_unpack(anew=True)
    assert library().get("acme") is None
    assert "The brand acme is not shown any longer" in caplog.text


@contextmanager
def at_server(home: Path, settings: Settings) -> Iterator[None]:
    """One of several that have a database together: with folders and brands of its own."""
    settings.BRAND_UPLOADS = home / "uploads"
    settings.BRAND_PLACES = [home / "uploads", settings.BASE_DIR / "brands"]
    library.cache_clear()
    yield
    library.cache_clear()


def seen_at(home: Path, settings: Settings) -> tuple[str, str] | None:
    """After a look at what is new: what pages there call the brand, and its version."""
    with at_server(home, settings):
        brands_unpack()
        one = library().get("acme")
        return (str(one.brand.name), one.version) if one else None


def test_every_server_of_a_farm_has_it_of_the_same_version(tmp_path: Path, settings: Settings) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    with at_server(here, settings):
        brand = uploaded(UploadedBrand(key="acme"), GOOD)
    first = seen_at(there, settings)
    assert first == seen_at(here, settings)
    assert first
    with at_server(there, settings):
        uploaded(brand, {**GOOD, "brand.toml": 'name = "Acme again"'})
    again = seen_at(here, settings)
    assert again == seen_at(there, settings)
    assert again
    assert again[0] == "Acme again"
    assert again[1] != first[1]
    with at_server(here, settings):
        brand_remove(brand=brand)
    assert seen_at(there, settings) is None
    assert unpacked_at(there / "uploads") == []


def test_a_page_that_was_made_before_it_came_has_it_afterwards(tmp_path: Path, settings: Settings) -> None:
    """What this process keeps of templates, phrases and files goes with the version."""
    with at_server(tmp_path / "here", settings):
        brand = uploaded(UploadedBrand(key="acme"), {**GOOD, "snippets/footer.html": "<p>Once</p>"})
    with at_server(tmp_path / "there", settings):
        assert "Once" not in footer("acme")
        brands_unpack()
        assert "Once" in footer("acme")
        uploaded(brand, {**GOOD, "snippets/footer.html": "<p>Twice</p>"})
        assert "Twice" in footer("acme")


def upload(client: Client, key: str, archive: bytes) -> str:
    file = SimpleUploadedFile("brand.zip", archive, "application/zip")
    url = reverse("admin:auth_gateway_uploadedbrand_add")
    return client.post(url, {"key": key, "file": file}, follow=True).content.decode()


def test_the_administration_takes_it_or_says_what_is_wrong(
    client: Client, admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(admin)
    assert "snippets/footer.html:1: &lt;script&gt; may not be here." in upload(
        client, "acme", packed({**GOOD, "snippets/footer.html": "<script>x</script>"})
    )
    assert "has a brand of this name" in upload(client, "default", packed({**GOOD}))
    assert not UploadedBrand.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        upload(client, "acme", packed({**GOOD}))
    assert "acme" in library().all()
    brand = UploadedBrand.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:auth_gateway_uploadedbrand_delete", args=[brand.pk]), {"post": "yes"})
    assert "acme" not in library().all()


def test_nobody_but_admins_uploads(client: Client, alice: User) -> None:
    client.force_login(alice)
    upload(client, "acme", packed({**GOOD}))
    assert not UploadedBrand.objects.exists()
