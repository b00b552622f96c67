"""`manage.py serve`: the whole server in one process, plus the worker it starts and watches."""

import asyncio
import datetime as dt
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetingserver import children, env, lan, worker

SETTING_OF_OPTION = {"host": "HOST", "port": "PORT", "media_port": "MEDIA_PORT", "role": "SERVER_ROLE"}


class Command(BaseCommand):
    help = "Serves pages, websockets and media until it is told to stop (Ctrl-C or SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", help="address to listen on")
        parser.add_argument("--port", type=int, help="port of pages and websockets (TCP)")
        parser.add_argument("--media-port", type=int, help="port of audio and video (UDP and TCP)")
        parser.add_argument("--role", choices=settings.SERVER_ROLES, help="which part of a farm this is")
        parser.add_argument("--tls-cert", type=Path, help="certificate chain, a PEM file")
        parser.add_argument("--tls-key", type=Path, help="private key of the certificate, a PEM file")

    def handle(self, *_args: object, **options: Any) -> None:
        for option, setting in SETTING_OF_OPTION.items():
            if options[option] is not None:
                setattr(settings, setting, options[option])
        certificate, key = _certificate(options["tls_cert"], options["tls_key"])
        if settings.SERVER_NAME == settings.OWN_NAME:
            settings.SERVER_NAME = f"{lan.host_name()}:{settings.MEDIA_PORT}"
        if settings.PUBLIC_URL == settings.OWN_URL:
            settings.PUBLIC_URL = _own_url(settings.OWN_URL, settings.PORT, encrypted=bool(certificate))
        self._serve(certificate, key)

    def _serve(self, certificate: Path | None, key: Path | None) -> None:
        from meetingserver import wiring
        from meetingserver.asgi import application
        from meetingserver.server import ConferenceServer, Place, loop

        asyncio.set_event_loop(loop)
        place = Place(settings.HOST, settings.PORT, certificate, key)
        commands = worker.worker_commands(
            settings.CELERY_FOLDER, settings.LOG_LEVEL, billing_targets=len(settings.BILLING_TARGETS)
        )
        surroundings = env.surroundings(PUBLIC_URL=settings.PUBLIC_URL)
        helpers = [children.Child(command, surroundings) for command in commands]
        server = ConferenceServer(
            application,
            place,
            body_bytes=settings.UPLOAD_MAX_BYTES,
            behind_proxy=settings.BEHIND_PROXY,
            started=lambda: self._started(helpers),
            leave=wiring.stop,
        )
        with _port_in_use_said(settings.MEDIA_PORT, "--media-port"):
            loop.run_until_complete(wiring.start())
        try:
            with _port_in_use_said(settings.PORT, "--port"):
                server.run()
        except CommandError:
            loop.run_until_complete(wiring.stop())
            raise
        finally:
            if any(helper.is_alive() for helper in helpers):
                self.stdout.write("Waiting for the workers to finish ...")
                children.end_all(helpers)

    def _started(self, helpers: list[children.Child]) -> None:
        if settings.EMBEDDED_WORKER:
            for helper in helpers:
                helper.start()
        self.stdout.write(f"MeetingServer {settings.VERSION} is at {settings.PUBLIC_URL}/ (Ctrl-C ends it)")
        self.stdout.flush()


def _own_url(url: str, port: int, *, encrypted: bool) -> str:
    scheme = "https" if encrypted else "http"
    return f"{scheme}://{urlsplit(url).hostname}:{port}"


def _certificate(certificate: Path | None, key: Path | None) -> tuple[Path | None, Path | None]:
    if bool(certificate) != bool(key):
        raise CommandError("--tls-cert and --tls-key belong together.")
    for file in (certificate, key):
        if file and not file.is_file():
            raise CommandError(f"There is no file {file}.")
    if settings.LAN and not certificate:
        return lan.certificate(settings.DATA_DIR / "tls", settings.LAN_NAMES, dt.datetime.now(dt.UTC))
    return certificate, key


@contextmanager
def _port_in_use_said(port: int, option: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sentence = f"Port {port} is in use by another program. Stop that, or choose another with {option}."
        raise CommandError(sentence) from None
