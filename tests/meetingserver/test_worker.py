from pathlib import Path

from meetingserver.worker import worker_commands


def test_workers_do_the_work_of_every_queue_and_one_the_periodic_tasks(tmp_path: Path) -> None:
    commands = worker_commands(tmp_path, "INFO")
    queues = [command[command.index("--queues") + 1] for command in commands]
    assert queues == ["default", "recording", "streaming"]
    assert [command.count("--beat") for command in commands] == [1, 0, 0]


def test_only_where_records_are_delivered_is_there_a_worker_for_it(tmp_path: Path) -> None:
    *others, last = worker_commands(tmp_path, "INFO", billing_targets=20)
    assert len(others) == 3
    assert last[last.index("--queues") + 1 :][:3] == ["billing", "--concurrency", "8"]
