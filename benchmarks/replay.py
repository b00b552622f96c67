"""How long one waits after a click on the bar of an hour-long recording: until sound and all that was there
are those of that moment, in Chromium.

    .venv/bin/python benchmarks/replay.py [--minutes 60] [--seeks 200]

The recording is made by the server's own steps of what was captured of four people. Clicks are real ones,
anywhere on the bar, half of them while it plays; every fifty of them in a fresh browser profile, which has
nothing yet. "Right" is: the sound can be heard from within 80 ms of there on, and the picture of the
conference has the last line of chat and the page of the document that belong there. When the cameras too are
there is told beside.
"""

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import ARGUMENTS, CALM, CHROMIUM
from tests.house import running_server

SEED = 4
PAGES = 30
"""Of the document, as `replay_load/hour.py` has it."""
FRESH_EVERY = 50
READY = "() => window.watching?.playback.picture && watching.player.audio.readyState >= 3"
RIGHT = (Path(__file__).parent / "replay_load" / "right.js").read_text()


class Waits(NamedTuple):
    """In milliseconds."""

    state: list[float]
    pictures: list[float]


def watched(browser: Browser, address: str, seeks: int) -> Waits:
    chance, waits = random.Random(SEED), Waits([], [])  # noqa: S311 - no secret
    for first in range(0, seeks, FRESH_EVERY):
        profile = browser.new_context(**CALM)
        page = profile.new_page()
        page.goto(address)
        page.wait_for_function(READY)
        for number in range(first, min(seeks, first + FRESH_EVERY)):
            if number - first == FRESH_EVERY // 2:
                page.evaluate("watching.player.play()")
            for kept, wait in zip(waits, clicks(page, chance.random()), strict=True):
                kept.append(wait)
        profile.close()
    return waits


def clicks(page: Page, share: float) -> Iterator[float]:
    """At this share of the bar; until it is right, and until cameras are there."""
    bar = page.locator("[data-part=seek]").bounding_box()
    assert bar
    page.evaluate(f"() => {{ window.waited = ({RIGHT})({PAGES}); }}")
    page.mouse.click(bar["x"] + 2 + share * (bar["width"] - 4), bar["y"] + bar["height"] / 2)
    found = page.evaluate("() => window.waited")
    yield found["ms"]
    yield found["pictures_ms"]


def told(name: str, waits: list[float]) -> tuple[float, float]:
    half, most = statistics.median(waits), statistics.quantiles(waits, n=100)[98]
    print(f"{name:<34} p50 {half:6.0f} ms   p99 {most:6.0f} ms   longest {max(waits):6.0f} ms")
    return half, most


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--seeks", type=int, default=200)
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="replay-") as folder,
        running_server(Path(folder), EMBEDDED_WORKER="false") as server,
        sync_playwright() as playwright,
    ):
        hold = f"from benchmarks.replay_load.hour import hold; hold({wanted.minutes})"
        done = server.manage("shell", "-v0", "-c", hold)
        assert done.returncode == 0, done.stderr
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        waits = watched(browser, f"{server.url}/watch/{done.stdout.split()[-1]}", wanted.seeks)
        browser.close()
    print(f"{wanted.seeks} clicks in {wanted.minutes} minutes of four people")
    half, most = told("sound and state are right", waits.state)
    told("cameras are there too", waits.pictures)
    print(f"RESULT seek_p50_ms={half:.0f} seek_p99_ms={most:.0f}")


if __name__ == "__main__":
    main()
