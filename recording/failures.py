"""Why a recording could not be made, and the words for it."""

import errno

from django.db import models
from django.utils.translation import gettext_lazy as _


class Failure(models.TextChoices):
    """What stands in `Recording.failure`."""

    DISK_FULL = "disk_full", _("There is no space left for recordings. Nothing is lost; try again later.")
    STORAGE = "storage", _("The storage of recordings cannot be reached. Nothing is lost; try again later.")
    WORKER_DIED = "worker_died", _("The work was broken off several times. Try again, or ask the operator.")
    UNEXPECTED = "unexpected", _("Something unforeseen happened. Try again, or ask the operator.")


def failure_of(error: BaseException) -> Failure:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Failure.DISK_FULL
    if isinstance(error, ConnectionError | TimeoutError) or type(error).__module__.startswith("botocore"):
        return Failure.STORAGE
    return Failure.UNEXPECTED
