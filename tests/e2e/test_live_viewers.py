"""A conference watched while it runs: a few seconds behind, with sound and pictures, on into the replay."""

from playwright.sync_api import Page

from tests.e2e.office import Office
from tests.e2e.person import Person

MOST_BEHIND_S = 10.0
PATIENCE_MS = 60_000
BEHIND = "() => (Date.now() - watching.bundle.page.began_at - watching.player.t) / 1000"
"""What is heard, in seconds."""
PLAYS = "() => window.watching?.player.playing && watching.player.t > 500"
SHOWN = "() => document.querySelector('[data-part=program]').getVideoPlaybackQuality().totalVideoFrames > 20"
REPLAYS = "() => watching.bundle.manifest.ended && watching.bundle.manifest.tracks.length > 0"


def waits(viewer: Page, condition: str) -> None:
    viewer.wait_for_function(condition, timeout=PATIENCE_MS)


def test_it_is_watched_within_ten_seconds_and_goes_on_as_a_replay(office: Office, alice: Person) -> None:
    alice.joins(office.room())
    alice.opens_chat()
    alice.types("/record")
    alice.types("/record live")
    alice.finds("() => meeting.live.picture.recording?.live")
    id = alice.says("`${meeting.live.conference}-${meeting.live.picture.recording.id}`")
    viewer = alice.page.context.new_page()
    viewer.goto(f"{office.home}watch/{id}")
    waits(viewer, "() => window.watching?.player.manifest && watching.player.audio.readyState >= 2")
    viewer.evaluate("() => watching.player.audio.play()")
    waits(viewer, PLAYS)
    waits(viewer, SHOWN)
    assert viewer.evaluate(BEHIND) <= MOST_BEHIND_S
    alice.types("The arrows are here.")
    waits(viewer, "() => watching.playback.picture.chat.length === 1")

    viewer.evaluate("() => watching.seek(500)")
    waits(viewer, "() => watching.player.t > 1000 && watching.player.t < 10_000 && !watching.player.stalled")
    assert viewer.evaluate("() => watching.playback.picture.chat.length") == 0
    viewer.get_by_role("button", name="Live").click()
    waits(viewer, "() => watching.playback.picture.chat.length === 1 && !watching.player.stalled")

    alice.types("/record stop")
    at = viewer.evaluate("() => watching.player.t")
    waits(viewer, REPLAYS)
    assert viewer.evaluate(
        "() => watching.bundle.manifest.journal.every(({ file }) => !/1\\d{6}/.test(file))"
    )
    assert viewer.evaluate("() => watching.player.t") >= at
    viewer.close()
