"""Profiles of browsers, lent to one test after another: what was fetched and compiled once need not be again.
All else is forgotten in between."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, StorageState

CALM: dict[str, Any] = {
    "locale": "en-GB",
    "viewport": {"width": 1000, "height": 640},
    "reduced_motion": "reduce",  # nothing is drawn by a GPU here
}
PROBE = Path(__file__).with_name("probe.js")
RAW_SOUND = """(() => {
  const { getUserMedia } = MediaDevices.prototype;
  const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  MediaDevices.prototype.getUserMedia = function (wish) {
    return getUserMedia.call(this, wish.audio ? { ...wish, audio: { ...wish.audio, ...raw } } : wish);
  };
})()"""
"""Tones need no cleaning, which takes a third of what a silent meeting costs."""
CAMERA_OFF = (
    """sessionStorage.getItem("meeting.on") ?? sessionStorage.setItem("meeting.on", '{"camera": false}')"""
)

Kind = tuple[Browser, bool, str]


class Profiles:
    def __init__(self) -> None:
        self._idle: dict[Kind, list[BrowserContext]] = defaultdict(list)
        self._kinds: dict[BrowserContext, Kind] = {}

    def lend(
        self, browser: Browser, *, camera: bool, storage_state: StorageState | None = None, **like: Any
    ) -> BrowserContext:
        """`like`: what the profile is like, in Playwright's words."""
        kind = (browser, camera, repr(sorted(like.items())))
        idle = self._idle[kind]
        profile = idle.pop() if idle else new_profile(browser, camera=camera, **like)
        self._kinds[profile] = kind
        if storage_state:
            cookies: Any = storage_state["cookies"]
            profile.add_cookies(cookies)
        return profile

    def take_back(self, profile: BrowserContext) -> None:
        kind = self._kinds.pop(profile)
        for page in profile.pages:
            page.evaluate("() => { if (location.protocol === 'http:') localStorage.clear(); }")
            page.close()
        profile.clear_cookies()
        profile.clear_permissions()
        self._idle[kind].append(profile)

    def throw_away(self, profile: BrowserContext) -> None:
        del self._kinds[profile]
        profile.close()


def new_profile(browser: Browser, *, camera: bool = True, **like: Any) -> BrowserContext:
    profile = browser.new_context(**{**CALM, **like})
    profile.add_init_script(path=PROBE)
    profile.add_init_script(RAW_SOUND)
    if not camera:
        profile.add_init_script(CAMERA_OFF)
    return profile
