"""Watching a recording in Chromium: sound, pictures and all that happened are those of the moment."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.axe import violations
from tests.e2e.conftest import PHONE, Cast
from tests.e2e.firefox import FirefoxPerson
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.streaming.bundles import COLOURS, Story, make_bundle

pytestmark = pytest.mark.e2e
ROWS = """
from conferences.models import Conference, Viewers
from conferences.services import room_create
from auth_gateway.models import User
from recording.models import Recording, Status
room = room_create(owner=User.objects.get(username="alice"))[0]
conference = Conference.objects.create(id="archery", room=room, created_at=1, ended_at=2)
Recording.objects.create(
    id="archery-12", conference=conference, title="Archery", status=Status.READY, version=1,
    started_at=1_700_000_000_000, viewers=Viewers.PUBLIC, length_ms=30_720,
)
"""
ENERGY = """async () => {
  const { audio } = watching.player;
  const context = (window.hearing ??= new AudioContext());
  window.ear ??= (() => {
    const ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaElementSource(audio).connect(ear);
    ear.connect(context.destination);
    return ear;
  })();
  await context.resume();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const levels = new Float32Array(window.ear.frequencyBinCount);
  window.ear.getFloatFrequencyData(levels);
  const loudest = levels.indexOf(Math.max(...levels));
  return (loudest * context.sampleRate) / window.ear.fftSize;
}"""
COLOUR = """(who) => {
  const video = document.querySelector(`[data-participant="${who}"] video`);
  if (!video || video.hidden || video.readyState < 2 || video.seeking) return null;
  const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
  canvas.getContext("2d").drawImage(video, 0, 0, 8, 8);
  return [...canvas.getContext("2d").getImageData(4, 4, 1, 1).data].slice(0, 3);
}"""
FILM = """() => {
  const film = document.querySelector("[data-part=program]");
  return !film.hidden && film.readyState >= 2 && Math.abs(film.currentTime - 20) < 0.2;
}"""
PICTURE = """() => {
  const { playback, bundle } = watching;
  return JSON.parse(JSON.stringify(playback.picture).replaceAll(bundle.state.media, "bundle:"));
}"""
READY = "() => window.watching?.playback.picture && watching.player.audio.readyState >= 2"
LINES = "(count) => document.querySelectorAll('[data-part=chat-lines] .line').length === count"


@pytest.fixture(scope="module")
def watched(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a recording."""
    folder = Path(office.server.variables["DATA_DIR"]) / "recordings" / "archery-12" / "1"
    make_bundle(folder)
    office.server.shell(ROWS)
    yield f"{office.home}watch/archery-12"
    forgotten = office.server.manage("recordings", "delete", "--id", "archery-12")
    assert forgotten.returncode == 0, forgotten.stderr


def opens(person: Person, address: str) -> Person:
    person.page.goto(address)
    person.page.wait_for_function(
        "() => window.watching?.playback.picture && watching.player.audio.readyState >= 2"
    )
    return person


def seeks(person: Person, t: int) -> None:
    """Until it is drawn."""
    person.page.evaluate("(t) => watching.seek(t)", t)
    person.page.wait_for_function(
        "(t) => Math.abs(watching.playback.t - t) < 60 && !watching.player.audio.seeking", arg=t
    )


def is_coloured(person: Person, who: str, colour: str) -> None:
    near = f"([who, want]) => ({COLOUR})(who)?.every((value, index) => Math.abs(value - want[index]) < 45)"
    person.page.wait_for_function(near, arg=[who, list(COLOURS[colour])])


def at(person: Person) -> float:
    return float(person.page.evaluate("() => watching.player.t"))


@pytest.fixture
def carol(cast: Cast, watched: str) -> Person:
    return opens(cast.person("Carol"), watched)


def test_the_picture_at_any_moment_is_what_was_true_then(carol: Person) -> None:
    story = Story()
    for t in (14_500, 500, 26_000, 9_000, 19_000):
        seeks(carol, t)
        assert carol.page.evaluate(PICTURE) == story.picture(t)


def test_cameras_show_the_colours_of_the_moment(carol: Person) -> None:
    for t, alice, bob in ((4_000, "red", "green"), (24_000, "yellow", "green"), (15_000, "", "blue")):
        seeks(carol, t)
        is_coloured(carol, "bob", bob)
        if alice:
            is_coloured(carol, "alice", alice)
        else:
            assert carol.page.locator('[data-participant="alice"] video').is_hidden()


def test_the_tone_of_the_moment_is_heard(carol: Person) -> None:
    carol.page.get_by_role("button", name="Play", exact=True).first.click()
    for t, hertz in ((3_000, 440), (13_000, 880), (24_000, 1320)):
        seeks_while_playing(carol, t)
        assert abs(carol.page.evaluate(ENERGY) - hertz) < 15


def seeks_while_playing(person: Person, t: int) -> None:
    person.page.evaluate("(t) => watching.seek(t)", t)
    person.page.wait_for_function("(t) => watching.player.t > t + 300 && !watching.player.stalled", arg=t)


def test_it_plays_twice_as_fast_with_its_pitch(carol: Person) -> None:
    carol.page.keyboard.press("k")
    carol.page.locator("[data-menu=speed]").click()
    carol.page.get_by_role("menuitemradio", name="2×").click()
    rate = "() => [watching.player.audio.playbackRate, watching.player.audio.preservesPitch]"
    assert carol.page.evaluate(rate) == [2, True]
    seeks_while_playing(carol, 2_000)
    assert abs(carol.page.evaluate(ENERGY) - 440) < 15


def test_links_lead_to_a_moment(cast: Cast, watched: str) -> None:
    dora = opens(cast.person("Dora"), f"{watched}?t=0:21")
    assert at(dora) == 21_000
    assert dora.page.evaluate("() => watching.playback.picture.chat.length") == 3


def test_keys_move_it(carol: Person) -> None:
    press = carol.page.keyboard.press
    press("5")
    assert abs(at(carol) - 15_360) < 50
    press("ArrowLeft")
    assert abs(at(carol) - 10_360) < 50
    press("l")
    assert abs(at(carol) - 20_360) < 50
    press("0")
    press(">")
    assert at(carol) == 0
    assert carol.page.evaluate("() => watching.player.rate") == 1.25
    press("?")
    assert carol.page.get_by_role("dialog").is_visible()
    press("Escape")
    press("k")
    carol.page.wait_for_function("() => watching.player.playing && watching.player.t > 500")
    press(" ")
    carol.page.wait_for_function("() => !watching.player.playing")


def test_chapters_and_words_lead_to_their_moments(carol: Person) -> None:
    carol.page.get_by_role("button", name="Contents").click()
    carol.page.get_by_role("button", name="Plans.pdf, page 2").click()
    assert abs(at(carol) - 12_000) < 50
    carol.page.get_by_role("searchbox").fill("BOW take")
    carol.page.get_by_role("button", name="Which bow do we take?").click()
    assert abs(at(carol) - 7_000) < 50


def test_the_conversation_follows(carol: Person) -> None:
    carol.page.get_by_role("button", name="Conversation").click()
    seeks(carol, 8_000)
    carol.page.wait_for_function(
        "() => document.querySelectorAll('[data-part=chat-lines] .line').length === 2"
    )
    seeks(carol, 1_000)
    carol.page.wait_for_function(
        "() => document.querySelectorAll('[data-part=chat-lines] .line').length === 0"
    )
    carol.page.get_by_text("Also what is still to come").click()
    carol.page.get_by_role("button", name="Agreed").click()
    assert abs(at(carol) - 23_000) < 50
    carol.page.wait_for_function(LINES, arg=4)


def test_captions_are_shown_where_there_are_some(carol: Person) -> None:
    seeks(carol, 2_000)
    carol.page.keyboard.press("c")
    carol.page.get_by_text("Good morning everyone").wait_for()


def test_nothing_acts_for_who_only_watches(carol: Person) -> None:
    seeks(carol, 19_000)
    for name in ("Invite others", "Raise hand", "Draw", "Stop showing", "Answer", "Send"):
        assert carol.page.get_by_role("button", name=name, exact=True).count() == 0


def test_the_film_of_it_is_shown_when_wished(carol: Person) -> None:
    seeks(carol, 20_000)
    carol.page.locator("[data-menu=layout]").click()
    carol.page.get_by_role("menuitemradio", name="The film of it").click()
    carol.page.wait_for_function(FILM)


def test_it_is_accessible(carol: Person) -> None:
    assert violations(carol.page) == []
    for panel in ("Contents", "Conversation", "People"):
        carol.page.get_by_role("button", name=panel).click()
        assert violations(carol.page) == []


def test_it_is_watched_on_a_phone(cast: Cast, watched: str) -> None:
    phone = opens(cast.person("Phil", **PHONE), watched)
    phone.page.locator("[data-part=begin]").tap()
    phone.page.wait_for_function("() => watching.player.t > 500")
    assert phone.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_it_plays_and_seeks_in_firefox(watched: str, tmp_path: Path) -> None:
    fox = FirefoxPerson("Fox", [], tmp_path)
    try:
        fox.opens(watched)
        fox.waits("window.watching?.playback.picture && watching.player.audio.readyState >= 2")
        fox.says("watching.seek(14500)")
        fox.waits("Math.abs(watching.playback.t - 14500) < 60")
        assert fox.says(f"({PICTURE})()") == Story().picture(14_500)
        fox.says("watching.player.audio.muted = true")  # this machine may have no loudspeaker
        fox.says("document.querySelector('[data-part=begin]').focus()")
        fox.presses("Play")
        fox.waits("watching.player.t > 800")
        fox.says("watching.seek(24000)")
        fox.waits("watching.player.t > 24300 && !watching.player.stalled")
        assert fox.says("watching.playback.picture.chat.length") == 4
        for who, colour in (("alice", "yellow"), ("bob", "green")):
            want = list(COLOURS[colour])
            fox.waits(f"({COLOUR})('{who}')?.every((value, index) => Math.abs(value - {want}[index]) < 45)")
    finally:
        fox.closes()


def test_who_loses_the_loudspeaker_goes_on_where_they_were(carol: Person) -> None:
    carol.page.get_by_role("button", name="Play", exact=True).first.click()
    seeks_while_playing(carol, 13_000)
    carol.page.evaluate("() => watching.player.audio.dispatchEvent(new Event('error'))")
    carol.page.wait_for_function("() => watching.player.t > 14_500 && !watching.player.stalled")
    for _ in range(4):
        carol.page.evaluate("() => watching.player.audio.dispatchEvent(new Event('error'))")
    carol.page.locator("[data-status=broken]").wait_for()


def test_it_opens_without_a_server(cast: Cast, watched: str, tmp_path: Path) -> None:
    carol = opens(cast.person("Carol"), watched)
    address = carol.page.evaluate("() => new URL(watching.bundle.page.zip_url, location.href).href")
    (tmp_path / "it.zip").write_bytes(carol.page.request.get(address).body())
    shutil.unpack_archive(tmp_path / "it.zip", tmp_path / "it")
    offline = cast.person("Olaf")
    offline.page.goto((tmp_path / "it" / "index.html").as_uri())
    offline.page.wait_for_function("() => window.watching?.playback.picture")
    offline.page.evaluate("() => watching.seek(14_500)")
    offline.page.wait_for_function("() => watching.playback.t === 14_500")
    told = offline.page.evaluate("() => watching.playback.picture.chat.map(({ text }) => text)")
    assert told == [line["text"] for line in Story().picture(14_500)["chat"]]
    bob = "document.querySelector('[data-participant=bob] video')"  # its pixels are another origin's
    offline.page.wait_for_function(f"() => {bob}.readyState >= 2 && Math.abs({bob}.currentTime - 14.5) < 0.2")


# Live
