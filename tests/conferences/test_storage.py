"""Folders of what people brought, and keys that nobody guesses."""

import io

from django.core.files.storage import default_storage

from conferences.storage import address_key, folder_delete, folders_sweep


def stored(*paths: str) -> None:
    for path in paths:
        default_storage.save(path, io.BytesIO(b"x"))


def test_a_key_is_of_one_thing_of_one_kind() -> None:
    keys = {address_key(kind, id) for kind in ("chat", "document") for id in ("one", "two")}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {40}


def test_a_folder_goes_with_its_files_or_is_emptied() -> None:
    stored("shelf/one/a", "shelf/one/b")
    folder_delete("shelf/one", but=("a",))
    assert default_storage.listdir("shelf/one")[1] == ["a"]
    folder_delete("shelf/one")
    assert not default_storage.exists("shelf/one")
    folder_delete("shelf/one")


def test_what_nobody_knows_is_swept_away() -> None:
    stored("attic/known/a", "attic/lost/a")
    folders_sweep("attic", is_known=lambda name: name == "known")
    assert default_storage.listdir("attic")[0] == ["known"]
    folders_sweep("nowhere", is_known=lambda name: False)
