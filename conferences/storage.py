"""Folders in the default storage, one for everything that somebody brought; and keys of their addresses."""

import hashlib
import hmac
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.files.storage import default_storage


def address_key(kind: str, id: str) -> str:
    """What nobody guesses in the address of a file."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{kind}.{id}".encode(), hashlib.sha256).hex()[:40]


def folder_delete(folder: str, *, but: Sequence[str] = ()) -> None:
    """With its files; or the files alone, but for some."""
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        if name not in but:
            default_storage.delete(f"{folder}/{name}")
    if not but:
        default_storage.delete(folder)


def folders_sweep(root: str, *, is_known: Callable[[str], bool]) -> None:
    """Delete folders that nobody knows any more, whichever way it went."""
    if not default_storage.exists(root):
        return
    for name in default_storage.listdir(root)[0]:
        if not is_known(name):
            folder_delete(f"{root}/{name}")
