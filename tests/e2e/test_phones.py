"""Browsers and real phones in one conference: who hears whom, told apart by their tones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.e2e.booth import Booth, open_booth
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.studio import LOOKS, open_studio
from tests.house import wait_until
from tests.interop.janus import Janus
from tests.interop.phones import OurPhone

NORTH, SOUTH, WEST = 1_300.0, 2_100.0, 2_700.0
AUDIBLE_DB, INAUDIBLE_DB = -50.0, -75.0

#: Remembers all that the page plays.
REMEMBERS = """(() => {
  window.sounds = [];
  const Plain = Audio;
  window.Audio = function () {
    const sound = new Plain();
    sounds.push(sound);
    return sound;
  };
})()"""

#: Gives how loud each tone is in that, in dB.
LOUDNESS = """(tones) => {
  const context = (window.hearing ??= new AudioContext());
  const ear = (window.ear ??= new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 }));
  for (const sound of sounds.filter(({ srcObject }) => srcObject)) {
    context.createMediaStreamSource(sound.srcObject).connect(ear);
    sounds.splice(sounds.indexOf(sound), 1);
  }
  const spectrum = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(spectrum);
  return tones.map((hertz) => {
    const at = Math.round((hertz * ear.fftSize) / context.sampleRate);
    return Math.max(-200, ...spectrum.slice(at - 2, at + 3));
  });
}"""


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture
def booth(office: Office, sip: int) -> Iterator[Booth]:
    with open_booth(office, sip) as booth:
        yield booth


@pytest.fixture
def people(playwright: Playwright, office: Office, tmp_path: Path) -> Iterator[dict[str, Person]]:
    with open_studio(playwright, tmp_path, office.signed_in, "Alice", "Bob") as people:
        for person in people.values():
            person.page.add_init_script(REMEMBERS)
        yield people


def page_hears(person: Person, loud: list[float], silent: float) -> None:
    """Exactly these of all tones: not their own."""
    found: list[float] = []

    def hears() -> bool:
        found[:] = person.page.evaluate(LOUDNESS, [*loud, silent])
        return all(level > AUDIBLE_DB for level in found[:-1]) and found[-1] < INAUDIBLE_DB

    try:
        wait_until(hears, f"{person.name} hears {loud} and not {silent}", patience_s=20)
    except AssertionError as vain:
        vain.add_note(f"{found} dB")
        raise


def phone_hears(phone: OurPhone, loud: list[float]) -> None:
    wait_until(
        lambda: all(phone.hears(hertz) > 300 for hertz in loud) and phone.hears(phone.hz) < 150,
        f"the phone of {phone.hz} hears {loud}",
    )


def test_browsers_and_phones_of_two_vendors_hear_each_other_and_nobody_himself(
    office: Office, booth: Booth, people: dict[str, Person]
) -> None:
    alice = people["Alice"]
    room = office.room(callers_allowed=True, callers_unmute=True)
    for person in people.values():
        person.joins(room)
    alice.opens_people()
    web = [LOOKS[name].hertz for name in people]
    with Janus() as janus, booth.gateway_at(janus, room) as brings:
        phones: list[OurPhone] = []
        for number, hertz in enumerate((NORTH, SOUTH), start=1):
            phones.append(booth.calls(room, hertz))
            expect(alice.row(f"Caller {number}")).to_contain_text("By phone", use_inner_text=True)
        west = brings(WEST)
        expect(alice.row("+49 … 777")).to_contain_text("By phone", use_inner_text=True)
        for name, person in people.items():
            others = [look.hertz for other, look in LOOKS.items() if other in people and other != name]
            page_hears(person, [*others, NORTH, SOUTH, WEST], LOOKS[name].hertz)
        phone_hears(phones[0], [*web, SOUTH, WEST])
        phone_hears(phones[1], [*web, NORTH, WEST])
        booth.does(west.ear.hears(*web, NORTH, SOUTH))
        booth.does(west.ear.hears_no(WEST))
