"""The site's sign-in server, looked at from the command line."""

import argparse
import getpass
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from auth_gateway.asking import configured
from auth_gateway.contract import ACTIONS, Action, Question, question_by_hand
from auth_gateway.diagnosis import diagnose


class Command(BaseCommand):
    help = "Asks the sign-in server about somebody, and shows what becomes of it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        check = what.add_parser("check", help="one question, its answer, and what it means")
        check.add_argument("--action", choices=ACTIONS, help="by default what fits the other options")
        check.add_argument("--user", help="user name")
        check.add_argument("--password", help="asked for unless given, when a user name is")
        check.add_argument("--ticket")
        check.add_argument("--pin")
        check.add_argument("--conference", help="access code of a room")

    def handle(self, *_args: Any, **options: Any) -> None:
        gateway = configured()
        if gateway is None:
            raise CommandError("No sign-in server is configured: set AUTH_GATEWAY_URL or AUTH_GATEWAY_FILE.")
        diagnosis = diagnose(gateway, _question(options), now=time.time())
        for heading, text in diagnosis.parts:
            self.stdout.write(self.style.MIGRATE_HEADING(heading))
            self.stdout.write(text + "\n")
        if not diagnosis.allowed:
            raise CommandError("Not allowed.")


def _question(options: dict[str, Any]) -> Question:
    if options["user"] and options["password"] is None and sys.stdin.isatty():
        options["password"] = getpass.getpass()
    return question_by_hand(options["action"] or _fitting(options), options)


def _fitting(given: dict[str, Any]) -> Action:
    if given["ticket"]:
        return "ticket"
    if given["pin"]:
        return "dialin"
    return "login"
