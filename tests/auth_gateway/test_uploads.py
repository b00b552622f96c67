"""Brands that customers made."""

import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from auth_gateway.models import UploadedBrand, User
from auth_gateway.uploads import brand_remove, brand_upload, brands_unpack
from meetingserver.branding.choosing import branded
from meetingserver.branding.installed import library
from meetingserver.branding.page import brands_to_choose
from tests.meetingserver.branding.conftest import Shelf, shelf
from tests.meetingserver.branding.test_archive import GOOD, packed
from tests.meetingserver.branding.test_snippets import footer

__all__ = ["shelf"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]

FOOTER = "<p>By {{ brand.name }} {{ request.path }}{{ user }}</p>"


def acme() -> UploadedBrand:
    brand = UploadedBrand(key="acme")
    brand_upload(brand=brand, archive=packed({**GOOD, "snippets/footer.html": FOOTER}))
    return brand


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
    brand_upload(brand=UploadedBrand(key="default"), archive=packed({**GOOD}))
    assert not library().all()["default"].strangers


def test_a_newer_one_replaces_it_and_it_can_go(tmp_path: Path) -> None:
    brand = acme()
    brand_upload(brand=brand, archive=packed({**GOOD}))
    assert not (tmp_path / "uploads" / "acme" / "snippets").exists()
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["acme"]
    brand_remove(brand=brand)
    assert library().get("acme") is None


def test_another_server_unpacks_it(tmp_path: Path) -> None:
    acme()
    shutil.rmtree(tmp_path / "uploads")
    UploadedBrand.objects.create(key="hostile", archive=packed({"../x": "x"}))
    brands_unpack()
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["acme"]


def upload(client: Client, key: str, archive: bytes) -> str:
    file = SimpleUploadedFile("brand.zip", archive, "application/zip")
    url = reverse("admin:auth_gateway_uploadedbrand_add")
    return client.post(url, {"key": key, "file": file}, follow=True).content.decode()


def test_the_administration_takes_it_or_says_what_is_wrong(client: Client, admin: User) -> None:
    client.force_login(admin)
    assert "snippets/footer.html:1: &lt;script&gt; may not be here." in upload(
        client, "acme", packed({**GOOD, "snippets/footer.html": "<script>x</script>"})
    )
    assert "has a brand of this name" in upload(client, "default", packed({**GOOD}))
    assert not UploadedBrand.objects.exists()
    upload(client, "acme", packed({**GOOD}))
    with branded("acme"):
        assert "acme" in library().all()
    brand = UploadedBrand.objects.get()
    client.post(reverse("admin:auth_gateway_uploadedbrand_delete", args=[brand.pk]), {"post": "yes"})
    assert "acme" not in library().all()


def test_nobody_but_admins_uploads(client: Client, alice: User) -> None:
    client.force_login(alice)
    upload(client, "acme", packed({**GOOD}))
    assert not UploadedBrand.objects.exists()
