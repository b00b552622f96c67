"""A simulated Asterisk with REST interface, after the transcripts of 16.28 and 22.11.

Quirks it has: no event for a mute; the end of a channel is told only to who subscribed to it, because it has
left the application by then; events before the answer to what caused them; making a bridge twice is an error.
"""

import asyncio
import contextlib
import io
import json
import wave
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp
import numpy as np
from aiohttp import web

from tests.bridges.rig import Callee
from tests.bridges.simulators.asterisk import CAUSES, Channel, Pbx
from tests.bridges.tones import Samples

APP = "meetingserver"
Json = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
EVENTS = {
    "digit": "ChannelDtmfReceived",
    "talking": "ChannelTalkingStarted",
    "silent": "ChannelTalkingFinished",
    "hold": "ChannelHold",
    "unhold": "ChannelUnhold",
}


class Absent(web.HTTPNotFound):
    def __init__(self, what: str) -> None:
        super().__init__(text=json.dumps({"message": f"{what} not found"}), content_type="application/json")


class AriSimulator(Pbx):
    """`stutters`: every event comes twice. `is_deaf`: nothing is answered. `refuses_media`: no bridge takes
    our sound."""

    def __init__(self, callees: Mapping[str, Callee], *, secret: str) -> None:
        super().__init__(callees)
        self.stutters = self.is_deaf = self.refuses_media = False
        self.asked: list[str] = []
        self.bridges: dict[str, str] = {}
        """Name of each."""
        self.sockets: set[web.WebSocketResponse] = set()
        self._auth = aiohttp.encode_basic_auth("meetingserver", secret)
        self._listened = asyncio.Event()
        self._subscribed: set[str] = set()
        self._inside_app: set[str] = set()
        self._playbacks: dict[str, Channel] = {}
        self._recordings: dict[str, Channel] = {}
        self.stored: dict[str, bytes] = {}

    async def open(self) -> None:
        await super().open()
        app = web.Application(middlewares=[self._door])
        app.add_routes(
            [
                web.get("/ari/events", self._events),
                web.get("/ari/asterisk/info", self._info),
                web.post("/ari/applications/{app}/subscription", self._subscribe),
                web.get("/ari/bridges", self._list_bridges),
                web.get("/ari/bridges/{bridge}", self._show_bridge),
                web.post("/ari/bridges/{bridge}", self._make_bridge),
                web.delete("/ari/bridges/{bridge}", self._destroy_bridge),
                web.post("/ari/bridges/{bridge}/addChannel", self._add_channel),
                web.post("/ari/bridges/{bridge}/removeChannel", self._remove_channel),
                web.post("/ari/bridges/{bridge}/play", self._announce),
                web.get("/ari/channels", self._list_channels),
                web.post("/ari/channels", self._originate),
                web.post("/ari/channels/externalMedia", self._external_media),
                web.get("/ari/channels/{channel}", self._show_channel),
                web.delete("/ari/channels/{channel}", self._hang_up),
                web.post("/ari/channels/{channel}/answer", self._answer),
                web.post("/ari/channels/{channel}/play", self._play),
                web.post("/ari/channels/{channel}/record", self._record),
                web.post("/ari/recordings/live/{name}/stop", self._stop_recording),
                web.delete("/ari/recordings/live/{name}", self._stop_recording),
                web.get("/ari/recordings/stored/{name}/file", self._stored),
                web.delete("/ari/recordings/stored/{name}", self._forget_stored),
                web.post("/ari/channels/{channel}/mute", self._mute),
                web.delete("/ari/channels/{channel}/mute", self._mute),
                web.get("/ari/channels/{channel}/variable", self._get_variable),
                web.post("/ari/channels/{channel}/variable", self._set_variable),
                web.delete("/ari/playbacks/{playback}", self._stop_playback),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        await super().close()
        for socket in list(self.sockets):
            await socket.close()
        await self._runner.cleanup()

    @web.middleware
    async def _door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path}")
        if self.is_deaf:
            await asyncio.Event().wait()
        if request.headers.get("Authorization") != self._auth:
            return web.json_response({"message": "Authentication required"}, status=401)
        return await handler(request)

    def restart(self) -> None:
        super().restart()
        self.bridges.clear()
        for socket in list(self.sockets):
            self.spawn(socket.close())

    # Events

    async def _events(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.add(socket)
        self._listened.set()
        try:
            async for _ in socket:
                pass
        finally:
            self.sockets.discard(socket)
            if not self.sockets:
                self._listened.clear()
        return socket

    def tell(self, type: str, **about: object) -> None:
        event = {"type": type, "timestamp": _moment(), "application": APP, **about}
        for socket in self.sockets:
            for _ in range(2 if self.stutters else 1):
                self.spawn(_send(socket, json.dumps(event)))

    def happens(self, what: str, channel: Channel, **about: str) -> None:
        is_ours = channel.id in self._inside_app | self._subscribed
        described = self._described(channel)
        match what:
            case "joined" | "left":
                name = "ChannelEnteredBridge" if what == "joined" else "ChannelLeftBridge"
                self.tell(name, bridge=self._bridge(about["room"]), channel=described)
            case "dialled" | "ringing" | "up" if channel.is_placed:
                status = {"dialled": "", "ringing": "RINGING", "up": "ANSWER"}[what]
                self.tell("Dial", dialstatus=status, peer=described)
            case "gone":
                self._tell_end(channel, described)
            case _ if what in EVENTS and is_ours:
                self.tell(EVENTS[what], **about, channel=described)
            case _:
                pass

    def _tell_end(self, channel: Channel, described: Json) -> None:
        if channel.id in self._inside_app:
            self.tell("StasisEnd", channel=described)
        if channel.id in self._subscribed:
            cause = {"cause": channel.cause, "cause_txt": CAUSES.get(channel.cause, "")}
            self.tell("ChannelDestroyed", channel=described, **cause)

    def redirect(self, channel: Channel) -> None:
        """Somebody sends it elsewhere in the dialplan."""
        self.leave(channel)
        self._inside_app.discard(channel.id)
        self.tell("StasisEnd", channel=self._described(channel))

    async def dialplan(self, channel: Channel) -> None:
        await self._listened.wait()
        if not channel.gone.is_set():
            self._inside_app.add(channel.id)
            self.tell("StasisStart", args=[], channel=self._described(channel))

    # What is asked of channels

    def _channel(self, request: web.Request) -> Channel:
        name = request.match_info.get("channel") or request.query["channel"]
        if name not in self.channels:
            raise Absent("Channel")
        return self.channels[name]

    async def _list_channels(self, _: web.Request) -> web.StreamResponse:
        return web.json_response([self._described(channel) for channel in self.channels.values()])

    async def _show_channel(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._described(self._channel(request)))

    async def _originate(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        self._subscribed.add(query["channelId"])
        timeout_s = float(query["timeout"])
        channel = await self.place(query["channelId"], query["endpoint"], query["callerId"], timeout_s)
        return web.json_response(self._described(channel))

    async def _external_media(self, request: web.Request) -> web.StreamResponse:
        self._subscribed.add(request.query["channelId"])
        query = request.query
        channel = await self.media(query["channelId"], query["external_host"], query["format"])
        answer = web.json_response(self._described(channel))
        self.goes_up(channel)
        return answer

    async def _hang_up(self, request: web.Request) -> web.StreamResponse:
        self.hang_up(self._channel(request))
        return web.Response(status=204)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.answer(self._channel(request))
        return web.Response(status=204)

    async def _mute(self, request: web.Request) -> web.StreamResponse:
        channel, on = self._channel(request), request.method == "POST"
        if request.query["direction"] == "in":
            channel.muted = on
        else:
            channel.deaf = on
        return web.Response(status=204)

    async def _get_variable(self, request: web.Request) -> web.StreamResponse:
        channel, name = self._channel(request), request.query["variable"]
        if name not in channel.variables:
            raise Absent("Variable")
        return web.json_response({"value": channel.variables[name]})

    async def _set_variable(self, request: web.Request) -> web.StreamResponse:
        self._channel(request).set(request.query["variable"], request.query["value"])
        return web.Response(status=204)

    async def _play(self, request: web.Request) -> web.StreamResponse:
        channel, query = self._channel(request), request.query
        self._playbacks[query["playbackId"]] = channel
        self.spawn(self._played(channel, query["playbackId"], query["media"]))
        return web.json_response({"id": query["playbackId"], "state": "queued"}, status=201)

    async def _played(self, channel: Channel, playback: str, media: str) -> None:
        self.tell("PlaybackStarted", playback={"id": playback, "state": "playing"})
        works = True
        for sound in media.split(","):
            if playback in self._playbacks and works:
                works = await channel.play_from(sound.removeprefix("sound:"))
        state = "done" if works else "failed"
        self._playbacks.pop(playback, None)
        self.tell("PlaybackFinished", playback={"id": playback, "state": state})

    async def _stop_playback(self, request: web.Request) -> web.StreamResponse:
        channel = self._playbacks.pop(request.match_info["playback"], None)
        if channel is None:
            raise Absent("Playback")
        channel.stop_sound()
        return web.Response(status=204)

    async def _record(self, request: web.Request) -> web.StreamResponse:
        name, channel = request.query["name"], self._channel(request)
        self._recordings[name] = channel
        limit_s = float(request.query["maxDurationSeconds"])
        self.tell("RecordingStarted", recording={"name": name, "state": "recording"})
        asyncio.get_running_loop().call_later(limit_s, self._recorded, name)
        return web.json_response({"name": name, "state": "queued"}, status=201)

    def _recorded(self, name: str) -> bool:
        channel = self._recordings.pop(name, None)
        if channel:
            self.stored[name] = _wav(np.tile(channel.said, 40))
            self.tell("RecordingFinished", recording={"name": name, "state": "done"})
        return channel is not None

    async def _stop_recording(self, request: web.Request) -> web.StreamResponse:
        """Stopped, and not kept if it is deleted."""
        name = request.match_info["name"]
        if request.method == "DELETE" and name in self._recordings:
            del self._recordings[name]
            return web.Response(status=204)
        if not self._recorded(name):
            raise Absent("Recording")
        return web.Response(status=204)

    async def _stored(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["name"] not in self.stored:
            raise Absent("Recording")
        return web.Response(body=self.stored[request.match_info["name"]])

    async def _forget_stored(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["name"] not in self.stored:
            raise Absent("Recording")
        del self.stored[request.match_info["name"]]
        return web.Response(status=204)

    # What is asked of bridges

    async def _list_bridges(self, _: web.Request) -> web.StreamResponse:
        return web.json_response([self._bridge(name) for name in self.bridges])

    def _found(self, request: web.Request) -> str:
        name = request.match_info["bridge"]
        if name not in self.bridges:
            raise Absent("Bridge")
        return name

    async def _show_bridge(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(self._bridge(self._found(request)))

    async def _make_bridge(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["bridge"]
        if name in self.bridges:
            raise web.HTTPInternalServerError(text='{"message": "Unable to create bridge"}')
        self.bridges[name] = request.query["name"]
        return web.json_response(self._bridge(name))

    async def _destroy_bridge(self, request: web.Request) -> web.StreamResponse:
        name = self._found(request)
        for channel in self.inside(name):
            self.leave(channel)
        described = self._bridge(name)
        del self.bridges[name]
        self.tell("BridgeDestroyed", bridge=described)
        return web.Response(status=204)

    async def _add_channel(self, request: web.Request) -> web.StreamResponse:
        channel, name = self._channel(request), self._found(request)
        if self.refuses_media and channel.far.is_outside:
            raise web.HTTPConflict(text='{"message": "Bridge not in Stasis application"}')
        if channel.id not in self._inside_app:
            raise web.HTTPUnprocessableEntity(text='{"message": "Channel not in Stasis application"}')
        self.leave(channel)
        self.enter(channel, name)
        return web.Response(status=204)

    async def _remove_channel(self, request: web.Request) -> web.StreamResponse:
        channel = self._channel(request)
        if channel.room != self._found(request):
            raise web.HTTPUnprocessableEntity(text='{"message": "Channel not in this bridge"}')
        self.leave(channel)
        return web.Response(status=204)

    async def _announce(self, request: web.Request) -> web.StreamResponse:
        for channel in self.inside(self._found(request)):
            self.spawn(_play_all(channel, request.query["media"]))
        return web.json_response({"id": "announcement", "state": "queued"}, status=201)

    # The rest

    async def _info(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"system": {"version": "16.28.0~sim"}})

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        channel = request.query["eventSource"].removeprefix("channel:")
        if channel not in self.channels:
            raise web.HTTPUnprocessableEntity(text='{"message": "Event source does not exist"}')
        self._subscribed.add(channel)
        return web.json_response({"name": APP})

    def _bridge(self, name: str) -> Json:
        channels = [channel.id for channel in self.inside(name)]
        return {"id": name, "name": self.bridges.get(name, ""), "bridge_type": "mixing", "channels": channels}

    def _described(self, channel: Channel) -> Json:
        app = ["Stasis", APP] if channel.id in self._inside_app else ["AppDial2", "(Outgoing Line)"]
        return {
            "id": channel.id,
            "name": channel.name,
            "state": channel.state,
            "caller": {"name": "", "number": channel.caller},
            "dialplan": {
                "context": "meetingserver-number",
                "exten": channel.dialled,
                "priority": 2,
                "app_name": app[0],
                "app_data": app[1],
            },
            "creationtime": _moment(channel.born),
        }


def _wav(samples: Samples) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(8000)
        wav.writeframes(samples.astype("<i2").tobytes())
    return file.getvalue()


async def _play_all(channel: Channel, media: str) -> None:
    for sound in media.split(","):
        await channel.play_from(sound.removeprefix("sound:"))


async def _send(socket: web.WebSocketResponse, text: str) -> None:
    with contextlib.suppress(ConnectionError):
        await socket.send_str(text)


def _moment(at: float | None = None) -> str:
    moment = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}+0000"
