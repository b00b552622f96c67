import json
import re
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from pytest_django import Settings

from conferences.core.state import Picture
from meetingserver.style import PAGES, SAMPLES, TOKENS, token_groups
from recording.manifest import Manifest
from tests.house import ROOT

STYLESHEETS = sorted(ROOT.glob("*/static/**/*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\((?!var)", re.IGNORECASE)
NAMED = re.compile(r":[^;{]*(?<![-\w])(?:white|black|red|green|blue|gr[ae]y|yellow|orange)(?![-\w])")
FIXED = re.compile(r"(?:font-size|border[\w-]*-radius|font-family): (?!var|calc|inherit|0|50%)[^;]+")
SAMPLE = json.loads(SAMPLES.read_text())

of_every_page = pytest.mark.parametrize("page", PAGES)
of_every_stylesheet = pytest.mark.parametrize(
    "file",
    [file for file in STYLESHEETS if file.name not in (TOKENS.name, "contrast.css")],
    ids=lambda file: file.name,
)


def code(file: Path) -> str:
    return COMMENT.sub("", file.read_text())


@of_every_page
def test_where_nobody_develops_there_is_no_style_page(page: str, client: Client) -> None:
    assert client.get(f"/style/{page}").status_code == (301 if page else 404)
    assert client.get(f"/style/{page}/".replace("//", "/")).status_code == 404


@pytest.mark.django_db
@of_every_page
def test_developers_see_every_style_page(page: str, client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    answer = client.get(f"/style/{page}/".replace("//", "/"))
    assert answer.status_code == 200
    for title in PAGES.values():
        assert title in answer.content.decode()


def test_every_token_is_shown_in_its_group() -> None:
    shown = [name for says, names in token_groups() if says for name in names]
    assert set(shown) == set(re.findall(r"--([\w-]+):", TOKENS.read_text()))
    assert len(shown) == len(set(shown))


def test_the_sample_is_a_picture_as_conferences_send_it() -> None:
    assert msgspec.convert(SAMPLE["picture"], Picture).name == SAMPLE["picture"]["name"]


@of_every_stylesheet
def test_no_stylesheet_has_a_look_of_its_own(file: Path) -> None:
    """What it looks like is said by tokens, so that a brand which changes them changes everything."""
    rules = code(file)
    assert [COLOUR.findall(rules), NAMED.findall(rules), FIXED.findall(rules)] == [[], [], []]


def test_every_value_that_is_used_is_set_somewhere() -> None:
    sources = [*STYLESHEETS, *ROOT.glob("*/static/**/*.js")]
    text = "\n".join(file.read_text() for file in sources)
    used = set(re.findall(r"var\(--([\w-]+)\)", text))
    known = set(re.findall(r"--([\w-]+)[\"'`]?[:,]", text))
    assert used - known == OF_TILES


OF_TILES = {"x", "y", "width", "height"}
"""Set by `placeTile`."""


def test_the_sample_lacks_nothing_of_a_conference() -> None:
    assert SAMPLE["picture"].keys() == {part.encode_name for part in msgspec.structs.fields(Picture)}


def test_the_sample_of_a_replay_is_one_that_browsers_are_given() -> None:
    assert msgspec.convert(SAMPLE["manifest"], Manifest).title == SAMPLE["manifest"]["title"]
    assert SAMPLE["manifest"].keys() == {part.encode_name for part in msgspec.structs.fields(Manifest)}
