import os
import threading

from conferences.media.priority import AHEAD, go_first


def test_only_the_thread_that_asks_goes_first_if_it_may() -> None:
    found: list[int] = []
    usual = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    def ask() -> None:
        go_first()
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found[0] in (usual, max(-20, usual - AHEAD))
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == usual
