"""Reads the environment for `settings.py`, loudly: unset means off or the default; a wrong value stops the
start with one sentence that names the variable. Imports nothing of ours."""

import ipaddress
import os
import secrets
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FLAGS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
DATABASES = ("sqlite", "postgres", "postgresql")


class WrongSetting(ImproperlyConfigured):
    """The environment holds a value the server cannot start with."""

    def __init__(self, name: str, wanted: str, value: str) -> None:
        super().__init__(f"{name} must be {wanted}, but it is {value!r}.")


def text(name: str, default: str = "") -> str:
    return str(environ.Env().str(name, default)).strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() not in FLAGS:
        raise WrongSetting(name, "true or false", value)
    return FLAGS[value.lower()]


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    value = text(name, str(default))
    try:
        found = int(value)
    except ValueError:
        found = lowest - 1
    if not lowest <= found <= highest:
        raise WrongSetting(name, f"a whole number from {lowest} to {highest}", value)
    return found


def port(name: str, default: int) -> int:
    return number(name, default, lowest=1, highest=65535)


def choice(name: str, default: str, allowed: Collection[str]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise WrongSetting(name, "one of " + ", ".join(sorted(allowed)), value)
    return value


def words(name: str, default: Collection[str] = ()) -> list[str]:
    """Several values, parted by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def choices(name: str, default: Collection[str], allowed: Collection[str]) -> list[str]:
    """Several values, parted by commas, out of those allowed."""
    values = words(name, default)
    if wrong := set(values) - set(allowed):
        raise WrongSetting(name, "some of " + ", ".join(allowed), ", ".join(sorted(wrong)))
    return values


def networks(name: str, default: Collection[str]) -> list[Network]:
    try:
        return [ipaddress.ip_network(word) for word in words(name, default)]
    except ValueError:
        raise WrongSetting(
            name, "addresses or networks such as 10.0.0.0/8, parted by commas", text(name)
        ) from None


def address(name: str) -> str:
    value = text(name)
    try:
        return str(ipaddress.ip_address(value)) if value else ""
    except ValueError:
        raise WrongSetting(name, "an IP address", value) from None


def url(name: str, default: str, *, schemes: Collection[str]) -> str:
    value = text(name, default)
    parts = urlsplit(value)
    if value and (parts.scheme not in schemes or not parts.netloc):
        raise WrongSetting(
            name, "an address that begins with " + " or ".join(f"{s}://" for s in schemes), value
        )
    return value.rstrip("/")


def folder(name: str, default: Path) -> Path:
    """A folder that exists afterwards and can be written to."""
    found = Path(text(name, str(default))).expanduser().absolute()
    try:
        found.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError:
        raise WrongSetting(name, "a folder that can be created", str(found)) from None
    if not os.access(found, os.W_OK):
        raise WrongSetting(name, "a folder that can be written to", str(found))
    return found


def database(name: str, default: str) -> dict[str, Any]:
    value = text(name, default)
    if urlsplit(value).scheme not in DATABASES:
        raise WrongSetting(name, "sqlite:///… or postgres://user:password@host/name", urlsplit(value).scheme)
    return dict(environ.Env.db_url_config(value))


def storage(name: str, *, folder: Path) -> dict[str, Any]:
    """Where files are kept: that folder, or a bucket of an S3 server (`django-storages`)."""
    value = text(name)
    if not value:
        backend = "django.core.files.storage.FileSystemStorage"
        return {"BACKEND": backend, "OPTIONS": {"location": folder, "allow_overwrite": True}}
    parts = urlsplit(value)
    asked = dict(parse_qsl(parts.query))
    if parts.scheme != "s3" or not parts.hostname or set(asked) - {"endpoint", "region"}:
        raise WrongSetting(name, "s3://key:secret@bucket/folder?endpoint=…&region=…", parts.scheme)
    options = {
        "bucket_name": parts.hostname,
        "location": parts.path.strip("/"),
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "endpoint_url": asked.get("endpoint"),
        "region_name": asked.get("region"),
        "default_acl": None,
        "file_overwrite": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def secret(name: str, *, kept_in: Path) -> str:
    """The variable's value, else the content of a file that only the owner reads, made at the first start."""
    if value := text(name):
        return value
    if not kept_in.exists():
        _write_once(kept_in, secrets.token_urlsafe(48))
    return kept_in.read_text().strip()


def surroundings(**changed: str) -> Mapping[str, str]:
    """The environment for a child process, with some variables changed."""
    return {**os.environ, **changed}  # noqa: TID251 - this is the place


def _write_once(path: Path, content: str) -> None:
    """Several processes may start together: whoever links first wins, and nobody reads half a file."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
