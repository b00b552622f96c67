"""What most Channels projects do: every socket is a member of a group of the channel layer.

python -m benchmarks.fanout_load.peer PORT
"""

import sys
from typing import Any

from django.conf import settings

settings.configure(
    SECRET_KEY="of a benchmark",  # noqa: S106 - protects nothing
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
)

import django  # noqa: E402 - after the settings

django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402 - the same
from daphne.server import Server  # noqa: E402 - the same


class Hall(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        self.group = self.scope["path"].strip("/")
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        await self.send(text_data="welcome")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send(self.group, {"type": "told", "text": text_data})

    async def told(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)


if __name__ == "__main__":
    Server(Hall.as_asgi(), endpoints=[f"tcp:{sys.argv[1]}:interface=127.0.0.1"], signal_handlers=True).run()
