"""A running server with Alice's account, and rooms of hers as tests need them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import APIResponse, Browser, BrowserContext, StorageState

from tests.e2e.person import PASSWORD
from tests.house import RunningServer, running_server

ACCOUNT = {"MEETINGSERVER_ADMIN_USER": "alice", "MEETINGSERVER_ADMIN_PASSWORD": PASSWORD}
NO_WORKERS = {"EMBEDDED_WORKER": "false"}
ROOM: dict[str, str | float | bool] = {
    "name": "Kitchen",
    "host_leaves": "carry_on",
    "host_leaves_after_min": "10",
    "auto_lock_min": "0",
    "chat_files": "everyone",
    "dial_out": "hosts",
    "announce_callers": "tone",
    "recording": "on_demand",
    "recordings_seen_by": "private",
    "recordings_kept_days": "0",
    "asks_billing_code": "no",
}
RECORDED = ("record_cameras", "record_screens", "record_slides", "record_chat", "record_polls")


class Office:
    """`office.room(lobby=True)` is the link of a new room; `office.signed_in` is what her browser keeps."""

    def __init__(self, server: RunningServer, desk: BrowserContext) -> None:
        self.server = server
        self.home = server.url + "/"
        self._desk = desk
        self._post("accounts/sign-in/", {"username": "alice", "password": PASSWORD})

    @property
    def signed_in(self) -> StorageState:
        return self._desk.storage_state()

    def room(self, *, name: str = "Kitchen", **policy: bool | str) -> str:
        """Guests are allowed and may share, chat is kept, all may be recorded; all else is off."""
        wishes = dict.fromkeys(("guests_allowed", "guests_share", "chat_kept", *RECORDED), True) | policy
        switches: dict[str, str | float | bool] = {
            wish: "on" if wanted is True else wanted for wish, wanted in wishes.items() if wanted
        }
        made = self._post("rooms/new", ROOM | {"name": name} | switches)
        slug = re.search(r"/rooms/([^/]+)/settings", made.url)
        assert slug, made.text()
        return f"{self.home}r/{slug[1]}"

    def _post(self, path: str, fields: dict[str, str | float | bool]) -> APIResponse:
        self._desk.request.get(self.home + path)
        (token,) = [
            cookie.get("value", "") for cookie in self._desk.cookies() if cookie.get("name") == "csrftoken"
        ]
        answer = self._desk.request.post(self.home + path, form=fields, headers={"X-CSRFToken": token})
        assert answer.ok, answer.text()
        return answer


@contextmanager
def open_office(folder: Path, browser: Browser, **variables: str) -> Iterator[Office]:
    """Without workers (`**NO_WORKERS`) it opens and closes sooner."""
    with running_server(folder, **{**ACCOUNT, "MEDIA_PUBLIC_ADDRESS": "127.0.0.1", **variables}) as server:
        desk = browser.new_context()
        yield Office(server, desk)
        desk.close()
        said = server.log.read_text()
        assert "Traceback" not in said, said
