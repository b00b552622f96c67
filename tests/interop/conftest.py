"""Real neighbours, each started privately on a free port and ended by its process id."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.billing.books import Books
from tests.house import free_port, is_up, wait_until

POSTGRESQL_PROGRAMS = Path("/usr/lib/postgresql")


def as_ordinary_user(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root; Debian has made a user for it."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    command = [
        *("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)),
        *("--save", "", "--appendonly", "no"),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        ping = ["redis-cli", "-p", str(port), "ping"]
        wait_until(lambda: _succeeds(ping), "Redis answers")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The DATABASE_URL of an empty database."""
    programs = max(POSTGRESQL_PROGRAMS.glob("*/bin"), key=lambda folder: int(folder.parent.name))
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="meetingserver-postgres-"))
    folder.chmod(0o777)
    cluster = folder / "cluster"
    initdb = [str(programs / "initdb"), "-D", str(cluster), "-U", "meeting", "-A", "trust", "-E", "UTF8"]
    subprocess.run(as_ordinary_user(*initdb, "--no-sync"), check=True, stdout=subprocess.DEVNULL, cwd="/")
    command = as_ordinary_user(
        *(str(programs / "postgres"), "-D", str(cluster), "-p", str(port), "-h", "127.0.0.1"),
        *("-k", str(folder), "-c", "fsync=off"),
    )
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    at = ["-h", "127.0.0.1", "-p", str(port), "-U", "meeting"]
    try:
        wait_until(lambda: _succeeds([str(programs / "pg_isready"), *at]), "PostgreSQL answers")
        subprocess.run([str(programs / "createdb"), *at, "meeting"], check=True)
        yield f"postgres://meeting@127.0.0.1:{port}/meeting"
    finally:
        stop = [str(programs / "pg_ctl"), "-D", str(cluster), "stop", "-m", "immediate"]
        subprocess.run(as_ordinary_user(*stop), check=False, stdout=subprocess.DEVNULL, cwd="/")
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def books(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Books]:
    """Somebody's billing database, empty, on each kind of server."""
    known = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'books.sqlite3'}" if known else request.getfixturevalue(request.param)
    found = Books(url)
    found.open()
    yield found
    found.close()


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="session")
def mariadb() -> Iterator[str]:
    """The address of an empty database, as SQLAlchemy has it."""
    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="meetingserver-mariadb-"))
    folder.chmod(0o777)
    data = folder / "data"
    user = ["--user=mysql"] if os.geteuid() == 0 else []
    install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db", *user]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first = folder / "first.sql"
    first.write_text(
        "CREATE DATABASE books CHARACTER SET utf8mb4;\n"
        "CREATE USER books@'%' IDENTIFIED BY 'only tests know';\n"
        "GRANT ALL ON *.* TO books@'%' WITH GRANT OPTION;\n"
    )
    command = [
        *("/usr/sbin/mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={folder / 'socket'}", *user),
        *(f"--port={port}", "--bind-address=127.0.0.1", "--skip-name-resolve", f"--init-file={first}"),
        *("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M"),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    try:
        wait_until(lambda: is_up(port), "MariaDB answers")
        yield f"mariadb://books:only%20tests%20know@127.0.0.1:{port}/books"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
