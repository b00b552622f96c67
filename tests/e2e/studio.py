"""Three people whose voices and pictures can be told apart: each at a browser with devices of their own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Playwright, StorageState

from tests.chromium import CHROMIUM
from tests.e2e.conftest import ARGUMENTS
from tests.e2e.person import Person
from tests.e2e.profiles import new_profile
from tests.e2e.voices import colour, tone

SWITCHED = """(() => {
  window.switched = [];
  const { replaceTrack } = RTCRtpSender.prototype;
  const wished = new WeakMap(); // what was asked of a sender is done a moment later
  RTCRtpSender.prototype.replaceTrack = function (track) {
    const kind = (track ?? this.track)?.kind;
    const [was, on] = [wished.get(this) ?? Boolean(this.track), Boolean(track)];
    wished.set(this, on);
    if (kind && on !== was) switched.push({ kind, on, at: Date.now() });
    return replaceTrack.call(this, track);
  };
})()"""
"""Remembers when their browser began and ceased to send, by this machine's clock, the server's too."""


@dataclass(frozen=True)
class Look:
    """`hertz` is how they sound, `yuv` the colour of their picture."""

    hertz: float
    yuv: tuple[int, int, int]


LOOKS = {
    "Alice": Look(500.0, (82, 90, 240)),  # red
    "Bob": Look(900.0, (145, 54, 34)),  # green
    "Carol": Look(1_700.0, (41, 240, 110)),  # blue
}


@contextmanager
def open_studio(
    playwright: Playwright, folder: Path, signed_in: StorageState, *names: str
) -> Iterator[dict[str, Person]]:
    """Those with these names, or all. Alice is signed in."""
    with ExitStack() as stack:
        people = {}
        for name in names or LOOKS:
            look = LOOKS[name]
            sound = tone(folder / f"{name}.wav", look.hertz)
            picture = colour(folder / f"{name}.y4m", look.yuv)
            devices = (
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={sound}",
                f"--use-file-for-fake-video-capture={picture}",
            )
            plain = [argument for argument in ARGUMENTS if "fake-device" not in argument]
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*plain, *devices])
            stack.callback(browser.close)
            profile = new_profile(browser, storage_state=signed_in if name == "Alice" else None)
            profile.add_init_script(SWITCHED)
            people[name] = Person(name, profile.new_page())
        yield people
