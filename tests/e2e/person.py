"""Somebody at a browser: what people do in a conference and what they perceive, in one vocabulary.

Elements are found by role and accessible name, as people and screen readers find them. All waiting is for a
condition, with a deadline.
"""

import re
from pathlib import Path
from typing import Any, Literal, Protocol

from playwright.sync_api import ConsoleMessage, Locator, Page, WebSocket, expect

PATIENCE_MS = 60_000
PASSWORD = "correct horse battery staple"
OUTPUT = Path(__file__).parent / "output"

State = Literal["joining", "waiting", "live", "reconnecting", "ended"]
Picture = Literal["camera", "screen"]
Source = Literal["microphone", "camera", "screen"]

expect.set_options(timeout=PATIENCE_MS)


class Somebody(Protocol):
    """Whoever is in a conference, at whichever browser."""

    @property
    def id(self) -> str: ...


class Person:
    """`Person("Bob", page)`: their page records what it complains about and every frame that it receives."""

    def __init__(self, name: str, page: Page) -> None:
        self.name = name
        self.page = page
        self.complaints: list[str] = []
        self.frames: list[str] = []
        self.forgiven: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.set_default_navigation_timeout(PATIENCE_MS)
        page.on("console", self._complain)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("websocket", self._record)

    def _complain(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _record(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.frames.append(str(frame)))

    def forgives(self, complaint: str) -> None:
        """The browser itself complains about what this test does."""
        self.forgiven.append(complaint)

    @property
    def unforgiven(self) -> list[str]:
        return [said for said in self.complaints if not any(word in said for word in self.forgiven)]

    # Finding

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def presses(self, name: str) -> None:
        self.button(name).click()

    def chooses(self, menu: str, item: str) -> None:
        """From the menu behind a button."""
        self.presses(menu)
        role: Any
        for role in ("menuitem", "menuitemcheckbox", "menuitemradio"):
            found = self.page.get_by_role(role, name=item, exact=True)
            if found.count():
                found.click()
                break
        else:
            raise AssertionError(f"There is no {item!r} behind {menu!r}")
        if role == "menuitemcheckbox":
            self.page.keyboard.press("Escape")

    def has(self, *buttons: str) -> None:
        for name in buttons:
            expect(self.button(name)).to_be_visible()

    def has_no(self, *buttons: str) -> None:
        for name in buttons:
            expect(self.button(name)).to_be_hidden()

    def reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def is_told(self, text: str) -> None:
        """By one of the notes that show for a moment."""
        self.finds("text => probe.told.includes(text)", text)

    def says(self, expression: str, argument: object = None) -> Any:
        """What a piece of JavaScript gives in their page."""
        return self.page.evaluate(expression, argument)

    def finds(self, condition: str, argument: object = None) -> None:
        """A condition in their page, a function that awaits nothing, becomes true."""
        self.page.wait_for_function(condition, arg=argument, polling=100)

    # Coming in

    def signs_in(self, home: str) -> None:
        self.page.goto(home)
        self.page.get_by_role("link", name="Sign in", exact=True).click()
        self.page.get_by_label("User name").fill(self.name.lower())
        self.page.get_by_label("Password").fill(PASSWORD)
        self.presses("Sign in")

    def opens(self, room: str) -> None:
        self.page.goto(room)
        self.is_in("joining")

    def asks_to_join(self, room: str) -> None:
        self.opens(room)
        self.page.get_by_role("textbox", name="Your name", exact=True).fill(self.name)
        self.presses("Join")

    def joins(self, room: str) -> None:
        self.asks_to_join(room)
        self.is_in("live")

    def waits_at(self, room: str) -> None:
        self.asks_to_join(room)
        self.is_in("waiting")

    def is_in(self, state: State) -> None:
        expect(self.page.locator("body")).to_have_attribute("data-state", state)

    @property
    def id(self) -> str:
        return str(self.says("meeting.live.you"))

    @property
    def states(self) -> list[State]:
        """The states that their page went through since it was loaded."""
        states: list[State] = self.says("probe.states")
        return states

    def is_cut_off(self) -> None:
        """Their websocket breaks; nothing hinders the next."""
        self.says("probe.cut()")

    def loses_the_network(self) -> None:
        """First the websocket: while open, it keeps a browser busy that is told to be offline."""
        self.says("probe.unplug(true)")
        self.page.context.set_offline(True)

    def finds_the_network(self) -> None:
        self.says("probe.unplug(false)")
        self.page.context.set_offline(False)

    def comes_back(self) -> None:
        """By themselves, after the connection was lost: never by the join page."""
        self.finds("() => probe.states.includes('reconnecting')")
        self.is_in("live")
        assert self.states[-2:] == ["reconnecting", "live"], self.states
        assert "joining" not in self.states[self.states.index("reconnecting") :], self.states

    # Seeing and hearing

    def sees(self, other: Somebody, what: Picture = "camera") -> None:
        """Decoded frames of them arrive in the tile that is shown."""
        self.says("([id, what]) => probe.sees(id, what)", [other.id, what])

    def hears(self, other: Somebody) -> None:
        """The sound that arrives of them has energy."""
        self.says("id => probe.hears(id)", other.id)

    def misses(self, source: Source, of: Somebody) -> None:
        """Nothing of it arrives any more, while all else goes on arriving."""
        self.says("([id, source]) => probe.misses(id, source)", [of.id, source])

    def tile(self, other: Somebody) -> Locator:
        return self.page.locator(f'[data-participant="{other.id}"]')

    # People

    def opens_people(self) -> None:
        self._opens("People", "people-heading")

    def opens_chat(self) -> None:
        self._opens("Chat", "chat-heading")

    def _opens(self, name: str, heading: str) -> None:
        panel = self.button(name)
        if panel.get_attribute("aria-expanded") != "true":
            panel.click()
        expect(self.page.locator(f"#{heading}")).to_be_visible()

    def row(self, name: str) -> Locator:
        """Of the list of those who are in."""
        named = self.page.get_by_text(name, exact=True)
        people = self.page.get_by_role("complementary", name=re.compile("^In the meeting"))
        return people.get_by_role("listitem").filter(has=named)

    def roster(self) -> list[str]:
        """The names of those who are in, in the order in which they are shown."""
        self.opens_people()
        return self.page.locator("[data-part=people-list] .person-name").all_inner_texts()

    def does(self, item: str, *, to: "Person | str") -> None:
        """By the menu of somebody in the list of people."""
        self.opens_people()
        self.chooses(f"Actions for {to if isinstance(to, str) else to.name}", item)

    def mutes(self, other: "Person") -> None:
        self.does("Mute", to=other)

    def admits(self, other: "Person") -> None:
        self._answers(other, "Admit")

    def denies(self, other: "Person") -> None:
        self._answers(other, "Deny")

    def _answers(self, other: "Person", answer: str) -> None:
        self.opens_people()
        waiting = self.page.get_by_role("region", name="Waiting to come in")
        row = waiting.get_by_role("listitem").filter(has=self.page.get_by_text(other.name, exact=True))
        row.get_by_role("button", name=answer, exact=True).click()

    # Chat

    def writes(self, text: str, *, to: str = "Everyone") -> None:
        self.opens_chat()
        self.page.get_by_role("combobox", name="To", exact=True).select_option(label=to)
        self.page.get_by_role("textbox", name="Message", exact=True).fill(text)
        self.presses("Send")

    def line(self, text: str) -> Locator:
        return self.page.get_by_role("log").get_by_role("listitem").filter(has_text=text)

    def reads_in_chat(self, text: str) -> None:
        self.opens_chat()
        expect(self.line(text)).to_have_count(1)

    def does_to_line(self, text: str, item: str) -> None:
        """By the menu of a line, or one of the reactions in it."""
        self.opens_chat()
        self.line(text).hover()
        self.line(text).get_by_role("button", name="Message actions").click()
        self.page.get_by_role("menu", name="Message actions").get_by_role("menuitem", name=item).click()

    def types(self, text: str) -> None:
        """Into the message box, and sends it by Enter."""
        self.opens_chat()
        box = self.page.locator("[data-part=chat-text]")
        box.fill(text)
        box.press("Enter")

    def sends_file(self, name: str, content: bytes) -> None:
        self.opens_chat()
        file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.get_by_label("Send a file").set_input_files(file)

    def conversation(self) -> list[str]:
        """What every line says, as it is shown."""
        self.opens_chat()
        return self.page.locator("[data-part=chat-lines] > .line").all_inner_texts()

    # Afterwards

    def looks(self, name: str) -> None:
        """What they saw, for whoever has to find out why a test failed."""
        if self.page.is_closed():
            return
        OUTPUT.mkdir(exist_ok=True)
        self.page.screenshot(path=OUTPUT / f"{name}-{re.sub('[^a-z]', '', self.name.lower())}.png")
