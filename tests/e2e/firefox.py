"""Somebody at Firefox, with the words of `Person` that a conference of two browsers needs."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.e2e.person import Person, Picture, Source, State

PROGRAM = Path(__file__).with_suffix(".mjs")


class FirefoxPerson:
    """Driven by WebDriver BiDi, in a process of its own; `within` is put before its command."""

    def __init__(self, name: str, within: Sequence[str], home: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [*within, "env", f"HOME={home}", "node", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _ask(self, deed: str, **wish: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": deed, **wish}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"fails": "Firefox has ended"}')
        assert "gives" in answer, f"{self.name} {deed} {wish}: {answer['fails']}"
        return answer["gives"]

    def joins(self, room: str) -> None:
        self._ask("open", url=room)
        self._ask("fill", name="Your name", text=self.name)
        self.presses("Join")
        self.is_in("live")

    def opens(self, url: str) -> None:
        self._ask("open", url=url)

    def waits(self, condition: str) -> None:
        """Until this expression is true."""
        self._ask("wait", condition=condition)

    def says(self, expression: str) -> Any:
        return self._ask("say", expression=expression)

    def presses(self, name: str) -> None:
        self._ask("press", name=name)

    def is_in(self, state: State) -> None:
        self._ask("wait", condition=f"document.body.dataset.state === '{state}'")

    @property
    def id(self) -> str:
        return str(self._ask("say", expression="meeting.live.you"))

    @property
    def complaints(self) -> list[str]:
        return list(self._ask("complaints"))

    def sees(self, other: Person, what: Picture = "camera") -> None:
        self._ask("say", expression=f"probe.sees('{other.id}', '{what}')")

    def hears(self, other: Person) -> None:
        self._ask("say", expression=f"probe.hears('{other.id}')")

    def misses(self, source: Source, of: Person) -> None:
        self._ask("say", expression=f"probe.misses('{of.id}', '{source}')")

    def closes(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
