#!/usr/bin/env python3
"""Django's command line. A wrong setting is one sentence, not a traceback."""

import os
import sys

from django.core.management import execute_from_command_line

from meetingserver.env import WrongSetting

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meetingserver.settings")  # noqa: TID251 - names the settings
    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as wrong:
        sys.exit(f"The server was not started: {wrong}")
