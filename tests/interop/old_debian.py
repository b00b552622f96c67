"""Programs of another Debian, unpacked beside the system: debootstrap fetches and verifies the packages,
nothing of them is installed, and their own loader starts them. That needs neither root nor a change of root.

`bin/test` fetches them before the tests, while it installs libraries: this imports none.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path("~/.cache/meetingserver/asterisk-16").expanduser()
SUITE = "bullseye"
PACKAGES = "asterisk"
WITHIN_S = 180
UNAVAILABLE = "REAL ASTERISK NOT TESTED: "


class NotToBeHad(Exception):
    """The message says why."""


class OldDebian:
    """`folder` is the root of an unpacked one."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    def has(self, program: str) -> bool:
        return (self.folder / program).exists()

    def command(self, program: str) -> list[str]:
        """Starts it with the libraries of its Debian, whatever those of this system are."""
        (loader,) = self.folder.glob("lib/*-linux-gnu/ld-linux-*.so.*")
        libraries = [
            folder
            for pattern in ("lib/*-linux-gnu", "usr/lib/*-linux-gnu", "usr/lib")
            for folder in sorted(self.folder.glob(pattern))
        ]
        path = ":".join(map(str, libraries))
        return [str(loader), "--library-path", path, str(self.folder / program)]

    def fetch(self) -> None:
        """Whole or not at all. Raises NotToBeHad."""
        if not shutil.which("debootstrap"):
            raise NotToBeHad("debootstrap is not installed")
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f"{self.folder.name}-", dir=self.folder.parent))
        try:
            packages = part / "packages"
            what = ("--variant=minbase", f"--include={PACKAGES}", "--download-only", SUITE)
            _run("debootstrap", *what, str(packages), *_mirrors()[:1])
            for package in packages.glob("var/cache/apt/archives/*.deb"):
                _run("dpkg-deb", "-x", str(package), str(part / "system"))
            shutil.rmtree(self.folder, ignore_errors=True)
            (part / "system").rename(self.folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _mirrors() -> list[str]:
    """Where this machine has its own packages from; none: debootstrap knows one."""
    ask = ["apt-get", "indextargets", "--format", "$(SITE)", "Created-By: Packages", "Label: Debian"]
    return subprocess.run(ask, capture_output=True, text=True, check=False).stdout.split()


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=WITHIN_S)
    except subprocess.TimeoutExpired:
        raise NotToBeHad(f"{command[0]} takes longer than {WITHIN_S} s") from None
    if done.returncode:
        raise NotToBeHad((done.stdout + done.stderr).strip()[-300:])


if __name__ == "__main__":
    debian = OldDebian()
    if not debian.has("usr/sbin/asterisk"):
        sys.stdout.write(f"Fetching Asterisk of Debian {SUITE} into {debian.folder} ...\n")
        try:
            debian.fetch()
        except NotToBeHad as error:
            sys.stdout.write(f"\n*** {UNAVAILABLE}{error} ***\n\n")
