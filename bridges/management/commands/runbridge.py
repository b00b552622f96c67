"""The process of a SIP bridge as a service of its own: its calls outlive restarts of the server."""

import argparse
import signal
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from bridges import services
from bridges.adapters import config_of, kinds
from bridges.health import OUTDATED
from bridges.models import Bridge
from bridges.sealing import Unsealable
from bridges.sip.service import Service
from bridges.sip.settings import Config, Settings


class Command(BaseCommand):
    help = (
        "Runs the process of a SIP bridge by itself, so that its calls go on while the server is restarted."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("key", help="of the bridge, as in the administration")

    def handle(self, *_args: Any, **options: Any) -> None:
        key = options["key"]

        def read() -> Settings:
            try:
                return settings_of(key)
            except DatabaseError:
                close_old_connections()
                raise

        def waits() -> None:
            now = int(1000 * time.time())
            services.bridge_health(key=key, works=True, answer=OUTDATED, now=now)

        service = Service(read, waits)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: service.end())
        sys.exit(service.run())


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
