"""The process of a SIP bridge as a service of its own: its calls outlive restarts of the server."""

import argparse
import os
import sys
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from bridges.adapters import config_of, kinds
from bridges.models import Bridge
from bridges.sealing import Unsealable
from bridges.sip.settings import Config, Settings
from meetingserver.env import surroundings


class Command(BaseCommand):
    help = (
        "Runs the process of a SIP bridge by itself, so that its calls go on while the server is restarted."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("key", help="of the bridge, as in the administration")

    def handle(self, *_args: Any, **options: Any) -> None:
        become_process(msgspec.json.encode(settings_of(options["key"])))


def settings_of(key: str) -> Settings:
    """Raises CommandError."""
    bridge = Bridge.objects.filter(key=key, type="sip").first()
    if bridge is None:
        raise CommandError(f"There is no SIP bridge with the key {key}.")
    try:
        config = config_of(kinds()["sip"], bridge.config)
    except (Unsealable, ValueError) as error:
        raise CommandError(f"The settings of this bridge do not fit: {error}") from None
    if not isinstance(config, Config) or not (config.process and config.process_secret):
        raise CommandError(
            "In the bridge's settings, give the address of its process (unix:/run/meetingserver/sip, say) "
            "and a secret."
        )
    return Settings(control=config.process, secret=config.process_secret, config=config)


def become_process(told: bytes) -> None:
    """Instead of this process, which its supervisor watches; told where nobody else reads."""
    file = os.memfd_create("settings")
    os.write(file, told)
    os.lseek(file, 0, os.SEEK_SET)
    os.dup2(file, sys.__stdin__.fileno() if sys.__stdin__ else 0)
    os.execve(sys.executable, [sys.executable, "-m", "bridges.sip.process"], dict(surroundings()))  # noqa: S606 - our own command
