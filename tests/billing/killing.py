"""A delivery that is killed at one step of its way: a process of its own, which ends as by `kill -9`.

Steps are what changes anything: before and after every writing statement, ours and the target's, and before
and after every commit."""

import os
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from django.db import connection, connections
from sqlalchemy import event

WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE")
KILLED = 9


class _Steps:
    def __init__(self, last: int) -> None:
        self._left = last

    def step(self) -> None:
        self._left -= 1
        if self._left < 0:
            os._exit(KILLED)

    def ours(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(WRITES):
            return execute(sql, *rest)
        self.step()
        done = execute(sql, *rest)
        self.step()
        return done

    def theirs(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.strip().startswith(WRITES):
            self.step()

    def commit(self, *_: Any) -> None:
        self.step()


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Whether it was killed there; if it was not, it has come to its end, and not by failing."""
    connections.close_all()
    child = os.fork()
    if not child:
        _work(_Steps(step), work)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, KILLED)
    return code == KILLED


def _work(steps: _Steps, work: Callable[[], object]) -> None:
    event.listen(sa.Engine, "before_cursor_execute", steps.theirs)
    event.listen(sa.Engine, "after_cursor_execute", steps.theirs)
    event.listen(sa.Engine, "commit", steps.commit)
    event.listen(sa.pool.Pool, "reset", steps.commit)
    try:
        with connection.execute_wrapper(steps.ours):
            work()
    except BaseException:  # noqa: BLE001 - the parent tells
        os._exit(1)
    os._exit(0)
