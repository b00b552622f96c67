"""Real browsers in one conference."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from conferences.media.contract import OfferRefused, Source, View
from conferences.media.server import MediaServer
from tests.chromium import CHROMIUM, arguments
from tests.conferences.media.house import Listener, offer
from tests.conferences.media.network import LossyNetwork

PAGE = Path(__file__).with_name("browser.html").read_text()
PATIENCE_MS = 40_000


@pytest.fixture
async def server() -> AsyncIterator[MediaServer]:
    server = MediaServer(host="127.0.0.1", port=0, public_addresses=["127.0.0.1"])
    await server.start()
    yield server
    await server.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments())
        yield browser
        await browser.close()


@pytest.fixture
async def network(server: MediaServer) -> AsyncIterator[LossyNetwork]:
    network = LossyNetwork(("127.0.0.1", server.port))
    yield network
    network.close()


class Meeting:
    """One conference with browser pages as its peers."""

    def __init__(self, server: MediaServer, browser: Browser) -> None:
        self.listener = Listener()
        self.server = server
        self.router = server.router("meeting", listener=self.listener)
        self.port = server.port
        self._browser = browser

    async def enter(
        self, peer: str, *, audio_slots: int = 4, video_slots: int = 4, layers: str = "[]"
    ) -> Page:
        """Open a page that sends and receives everything; `layers` are the encodings of its camera."""
        page = await self._browser.new_page()

        async def connect(offer_sdp: str) -> str:
            answer = await self.router.connect(peer, offer_sdp)
            return answer.replace(f" {self.server.port} typ", f" {self.port} typ")

        await page.expose_function("connect", connect)
        await page.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        await page.goto("http://localhost/")
        for source in Source:
            self.router.permit(peer, source, True)
        await page.evaluate(f"enter({audio_slots}, {video_slots}, {layers})")
        await page.evaluate("publish()")
        return page


async def until(page: Page, condition: str) -> None:
    """Wait until `condition` is true of `slots`, received by now, and `before`, received by the beginning."""
    await page.evaluate(f"until((slots, before) => {condition}, {PATIENCE_MS})")


#: As many as Chromium sends of 360 lines.
LAYERS = (
    """[{ rid: "q", scaleResolutionDownBy: 2, maxBitrate: 150_000 }, { rid: "h", maxBitrate: 800_000 }]"""
)


def seen(count: int) -> str:
    """Of so many others, pictures move and sound is heard."""
    return (
        f"slots.filter((slot) => slot.frames > 20).length === {count}"
        f" && slots.filter((slot) => slot.energy > 0.01).length === {count}"
    )


@pytest.mark.e2e
async def test_three_browsers_see_and_hear_each_other(server: MediaServer, browser: Browser) -> None:
    meeting = Meeting(server, browser)
    pages = [await meeting.enter(peer) for peer in ("alice", "bob", "carol")]
    for page in pages:
        await until(page, seen(2))
    assert meeting.listener.sees("alice") == {
        (peer, source) for peer in ("bob", "carol") for source in (Source.MICROPHONE, Source.CAMERA)
    }
    assert server.stats.dropped.keys() <= {"early"}


@pytest.mark.e2e
async def test_a_muted_browser_is_not_heard(server: MediaServer, browser: Browser) -> None:
    meeting = Meeting(server, browser)
    alice, _ = [await meeting.enter(peer) for peer in ("alice", "bob")]
    await until(alice, seen(1))
    meeting.router.permit("bob", Source.MICROPHONE, False)
    await until(alice, "slots.some((slot, at) => slot.frames > before[at].frames + 20)")
    assert meeting.listener.sees("alice") == {("bob", Source.CAMERA)}
    meeting.router.permit("bob", Source.MICROPHONE, True)
    await until(alice, "slots.some((slot, at) => slot.energy > before[at].energy + 0.1)")


@pytest.mark.e2e
async def test_pictures_keep_moving_when_packets_are_lost(
    server: MediaServer, browser: Browser, network: LossyNetwork
) -> None:
    meeting = Meeting(server, browser)
    meeting.port = network.port
    alice, _ = [await meeting.enter(peer) for peer in ("alice", "bob")]
    await until(alice, seen(1))
    network.loss = 0.04
    for _ in range(8):
        await until(alice, "slots.some((slot, at) => slot.frames > before[at].frames + 25)")
        assert ("bob", Source.CAMERA) in meeting.listener.sees("alice")
    assert network.lost > 0
    assert server.stats.nacks_sent > 0
    assert server.stats.packets_retransmitted > 0


@pytest.mark.e2e
async def test_a_slot_is_switched_without_a_break(server: MediaServer, browser: Browser) -> None:
    meeting = Meeting(server, browser)
    alice = await meeting.enter("alice", audio_slots=1, video_slots=1)
    for peer in ("bob", "carol"):
        await meeting.enter(peer)
    await until(alice, seen(1))
    for pinned in ("carol", "bob", "carol"):
        meeting.router.view("alice", View(pinned=(pinned,)))
        await until(alice, "slots.some((slot, at) => slot.frames > before[at].frames + 30)")
        assert (pinned, Source.CAMERA) in meeting.listener.sees("alice")
    lost = await alice.evaluate("received().then((slots) => Object.values(slots).map((slot) => slot.lost))")
    assert lost == [0, 0]


@pytest.mark.e2e
async def test_a_picture_is_as_sharp_as_the_page_shows_it(server: MediaServer, browser: Browser) -> None:
    meeting = Meeting(server, browser)
    alice = await meeting.enter("alice")
    await meeting.enter("bob", layers=LAYERS)
    await until(alice, "slots.some((slot) => slot.height === 360 && slot.frames > 20)")
    for large, height in ((0, 180), (1, 360), (0, 180), (1, 360)):
        meeting.router.view("alice", View(pinned=("bob",), large=large))
        await until(alice, f"slots.some((slot) => slot.height === {height})")
        await until(alice, "slots.some((slot, at) => slot.frames > before[at].frames + 20)")
    lost = await alice.evaluate("received().then((slots) => Object.values(slots).map((slot) => slot.lost))")
    assert set(lost) == {0}


@pytest.mark.e2e
async def test_a_screen_is_shown_beside_the_camera(server: MediaServer, browser: Browser) -> None:
    meeting = Meeting(server, browser)
    alice, bob = [await meeting.enter(peer) for peer in ("alice", "bob")]
    await bob.evaluate("shareScreen()")
    await until(alice, "slots.filter((slot) => slot.frames > 20).length === 2")
    assert ("bob", Source.SCREEN) in meeting.listener.sees("alice")


async def test_a_conference_has_one_router_until_it_is_released(server: MediaServer) -> None:
    router = server.router("meeting", listener=Listener())
    assert server.router("meeting", listener=Listener()) is router
    answer = await router.connect("alice", offer())
    assert f"127.0.0.1 {server.port} typ host" in answer
    server.release("meeting")
    assert server.router("meeting", listener=Listener()) is not router


async def test_a_full_server_refuses(server: MediaServer) -> None:
    full = MediaServer(host="127.0.0.1", port=0, public_addresses=[], max_peers=0)
    await full.start()
    with pytest.raises(OfferRefused, match="server_full"):
        await full.router("meeting", listener=Listener()).connect("alice", offer())
    await full.close()
