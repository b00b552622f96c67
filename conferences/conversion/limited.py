"""Limits for a process that reads files of strangers: memory, time, size of files, and no life of its own
after its parent's. Run as a module it limits itself, and then becomes the command that is given:

    python -m conferences.conversion.limited <megabytes> <seconds> <command> …
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
FILE_MEGABYTES = 256
MEGABYTE = 1024 * 1024


def limit(*, megabytes: int, seconds: int) -> None:
    """From now on: at most so much memory and CPU time, and never more than is allowed already."""
    _at_most(resource.RLIMIT_AS, megabytes * MEGABYTE)
    _at_most(resource.RLIMIT_CPU, seconds)
    _at_most(resource.RLIMIT_FSIZE, FILE_MEGABYTES * MEGABYTE)
    _at_most(resource.RLIMIT_CORE, 0)
    os.nice(10)  # people talk meanwhile
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _at_most(what: int, wanted: int) -> None:
    allowed = resource.getrlimit(what)[1]
    bound = wanted if allowed == resource.RLIM_INFINITY else min(wanted, allowed)
    resource.setrlimit(what, (bound, bound))


def main(megabytes: int, seconds: int, command: list[str]) -> None:
    limit(megabytes=megabytes, seconds=seconds)
    os.execv(command[0], command)  # noqa: S606 - the caller's own command


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
