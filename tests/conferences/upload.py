"""Somebody's browser at a page that takes files."""

from typing import Any

from asgiref.sync import sync_to_async
from django.test import Client

from conferences.clock import now
from tests.conferences.doubles import Tab
from tests.conferences.site import Site


class Upload:
    """`page` is the last part of its address, `named` the header that says what the file is called."""

    def __init__(
        self, site: Site, tab: Tab, *, page: str = "documents", named: str = "X-Document-Name"
    ) -> None:
        self.site = site
        self.conference: str = tab.screen.messages[0]["conference"]
        self._path = f"/r/{site.room.slug}/{page}"
        self._named = named

    async def sends(self, who: str, content: bytes, *, name: str = "Plans.pdf", **headers: Any) -> Any:
        """What is answered."""
        shown = {
            "X-Seat": self.site.seat(who, issued_at=now()),
            "X-Conference": self.conference,
            self._named: name,
            **headers,
        }
        kind = "application/octet-stream"
        answer = await sync_to_async(Client().post)(self._path, content, content_type=kind, headers=shown)
        return answer.json()
