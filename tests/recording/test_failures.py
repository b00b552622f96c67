"""Tests of recording/failures.py."""

import errno

import pytest

from recording.failures import Failure, failure_of


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (OSError(errno.ENOSPC, "full"), Failure.DISK_FULL),
        (OSError(errno.EDQUOT, "quota"), Failure.DISK_FULL),
        (ConnectionRefusedError(), Failure.STORAGE),
        (TimeoutError(), Failure.STORAGE),
        (OSError(errno.EIO, "broken"), Failure.UNEXPECTED),
        (KeyError("anything"), Failure.UNEXPECTED),
    ],
    ids=["full", "quota", "refused", "late", "broken", "anything"],
)
def test_errors_have_words_for_people(error: Exception, failure: Failure) -> None:
    assert failure_of(error) is failure
    assert failure.label
