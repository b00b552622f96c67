from pathlib import Path

from meetingserver.worker import worker_commands


def test_workers_do_the_work_of_every_queue_and_one_the_periodic_tasks(tmp_path: Path) -> None:
    commands = worker_commands(tmp_path, "INFO")
    queues = [command[command.index("--queues") + 1] for command in commands]
    assert queues == ["default", "recording", "streaming"]
    assert [command.count("--beat") for command in commands] == [1, 0, 0]
