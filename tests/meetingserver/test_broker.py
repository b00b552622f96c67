"""Tasks as files: seen whole, or not at all."""

import threading
from pathlib import Path

from kombu import Connection, Queue

from meetingserver.celery import app


def connection(folder: Path) -> Connection:
    return Connection(
        "folder://localhost", transport_options={"data_folder_in": folder, "data_folder_out": folder}
    )


def test_celery_uses_it_without_redis() -> None:
    assert app.connection_for_write().transport.driver_type == "filesystem"


def test_a_task_is_taken_once_and_in_order(tmp_path: Path) -> None:
    with connection(tmp_path) as sender, connection(tmp_path) as worker:
        queue = sender.SimpleQueue("recording")
        for number in range(20):
            queue.put(number)
        taken = worker.SimpleQueue("recording", no_ack=True)
        assert [taken.get_nowait().payload for _ in range(20)] == list(range(20))
    assert not list(tmp_path.iterdir())


def test_who_declares_its_queue_elsewhere_is_found(tmp_path: Path) -> None:
    with connection(tmp_path) as sender:
        sender.default_channel.Producer().publish("x", routing_key="streaming", declare=[Queue("streaming")])
    assert [file.name.split(".")[1] for file in tmp_path.iterdir()] == ["streaming"]


def test_a_reader_beside_many_writers_never_takes_half_a_task(tmp_path: Path) -> None:
    each, writers, body = 100, 3, "x" * 20_000

    def write() -> None:
        with connection(tmp_path) as sender:
            queue = sender.SimpleQueue("default")
            for _ in range(each):
                queue.put(body)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    with connection(tmp_path) as worker:
        queue = worker.SimpleQueue("default", no_ack=True)
        taken = [queue.get(timeout=30).payload for _ in range(each * writers)]
    for thread in threads:
        thread.join()
    assert taken == [body] * each * writers
