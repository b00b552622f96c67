"""How fast recordings are made: packing, mixing, and how long after the end one is ready to be watched.

    .venv/bin/python benchmarks/recording_making.py [MINUTES [PARTICIPANTS]]

Real Opus (48 kbit/s) and VP8 (640x360, 15 fps) that repeats every ten seconds, with a little jitter. Times
are of this process, so others on the machine count in "s" but not in "CPU s".
"""

import os
import sys
import tempfile
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent))


def main() -> None:
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    participants = int(sys.argv[2]) if len(sys.argv) > 2 else 6
    with tempfile.TemporaryDirectory(prefix="recording-making-") as folder:
        os.environ["DATA_DIR"] = folder  # noqa: TID251 - before settings
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"  # noqa: TID251 - before settings
        django.setup()
        from benchmarks.recording_load import making

        making.prepare()
        making.pack(min(10, minutes))
        making.make(minutes, participants)


if __name__ == "__main__":
    main()
