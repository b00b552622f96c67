"""The server as a process: how it starts, what it says when it cannot, and how it leaves."""

import json
import shutil
import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.house import RunningServer, children_of, is_alive, prepared_folder, running_server, wait_until

pytestmark = pytest.mark.interop


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with running_server(tmp_path, EMBEDDED_WORKER="false") as running:
        yield running


QUEUES = ("default", "recording", "streaming")


@pytest.fixture
def server_with_worker(tmp_path: Path) -> Iterator[RunningServer]:
    with running_server(tmp_path, EMBEDDED_WORKER="true") as running:
        wait_until(lambda: len(children_of(running.pid)) == len(QUEUES), "the workers run")
        yield running


def test_the_server_answers_and_leaves_quietly_when_told_to(server: RunningServer, tmp_path: Path) -> None:
    status, body = server.get("/healthz")
    assert status == 200
    assert json.loads(body)["checks"]["database"] == "ok"
    assert servers(tmp_path) == 1
    assert server.send(signal.SIGTERM) == 0
    assert servers(tmp_path) == 0  # it has handed over what it had


def servers(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "meetingserver.sqlite3")) as rows:
        return int(rows.execute("SELECT count(*) FROM conferences_conferenceserver").fetchone()[0])


def test_ctrl_c_ends_the_server_quietly(server: RunningServer) -> None:
    assert server.send(signal.SIGINT) == 0


def test_workers_go_with_the_server(server_with_worker: RunningServer) -> None:
    workers = children_of(server_with_worker.pid)
    assert server_with_worker.send(signal.SIGTERM) == 0
    assert not any(map(is_alive, workers))


def test_workers_go_also_when_the_server_was_killed(server_with_worker: RunningServer) -> None:
    workers = children_of(server_with_worker.pid)
    wait_until(lambda: any(children_of(worker) for worker in workers), "a worker is ready")
    server_with_worker.send(signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, workers)), "the workers have gone")


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    shutil.copytree(prepared_folder(), tmp_path, dirs_exist_ok=True)
    refused = RunningServer(tmp_path, {})
    with socket.create_server(("localhost", refused.port)):
        second = refused.manage("serve")
    assert second.returncode == 1
    assert "is in use by another program" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("variable", "value"), [("PORT", "http"), ("SERVER_ROLE", "boss"), ("DATABASE_URL", "oracle://x")]
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, variable: str, value: str) -> None:
    refused = RunningServer(tmp_path, {variable: value}).manage("check")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"The server was not started: {variable} must be ")
    assert len(refused.stderr.splitlines()) == 1


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    refused = RunningServer(tmp_path, {}).manage("serve", "--tls-cert", "certificate.pem")
    assert refused.returncode == 1
    assert "belong together" in refused.stderr
