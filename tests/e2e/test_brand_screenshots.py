"""Pictures of shipped brands for the documentation, taken with `--screenshots`: in English, Arabic and
Japanese."""

import io

import pytest
from PIL import Image

from tests.e2e.branded import BRANDS, pages
from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.house import ROOT

FOLDER = ROOT / "docs" / "screenshots" / "brands"
SIZE = (960, 600)


@pytest.mark.parametrize("brand", BRANDS)
def test_the_door_a_conference_and_a_replay(brand: str, office: Office, cast: Cast) -> None:
    FOLDER.mkdir(exist_ok=True)
    for seen in pages(office, cast, brand):
        seen.person.page.wait_for_function("() => !document.querySelector('.toast')")
        seen.person.page.mouse.move(0, 0)
        shot = Image.open(io.BytesIO(seen.person.page.screenshot(animations="disabled")))
        small = shot.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
        small.save(FOLDER / f"{brand}-{seen.page}-{seen.language}.webp", quality=72, method=6)
