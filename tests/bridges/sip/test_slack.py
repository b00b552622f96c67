import sys
import threading
from pathlib import Path

import pytest

from bridges.sip.slack import SLACK_NS, patient_threads

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has it")


def slack_of_a_new_thread() -> int:
    found: list[int] = []

    def look() -> None:
        task = Path(f"/proc/{threading.get_native_id()}/timerslack_ns")
        found.append(int(task.read_text()))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


def test_only_threads_that_begin_inside_are_patient() -> None:
    usual = slack_of_a_new_thread()
    with patient_threads():
        assert slack_of_a_new_thread() == SLACK_NS
    assert slack_of_a_new_thread() == usual != SLACK_NS
