"""What the pages' templates need of the static files."""

import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template import Context, Template
from django.templatetags.static import static

FOLDERS = [
    Path(settings.BASE_DIR) / app / "static"
    for app in ("conferences", "bridges", "billing", "meetingserver", "recording", "streaming")
]
SCRIPTS = {file.relative_to(folder).as_posix(): file for folder in FOLDERS for file in folder.rglob("*.js")}
MODULES = {name: file for name, file in SCRIPTS.items() if not name.startswith("style/")}


def rendered(source: str) -> str:
    request = HttpRequest()
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined]
    return Template("{% load pages %}" + source).render(Context({"request": request}))


def imports() -> dict[str, str]:
    found = re.search(r'<script type="importmap" nonce="n0nce">(.*)</script>', rendered("{% importmap %}"))
    assert found
    names: dict[str, str] = json.loads(found[1])["imports"]
    return names


def test_the_import_map_names_every_module_and_where_it_lies() -> None:
    names = imports()
    assert names["conferences/core/state.js"] == static("conferences/core/state.js")
    assert names.keys() == MODULES.keys()


def test_every_name_that_a_module_imports_is_in_the_map() -> None:
    asked = {
        name
        for file in MODULES.values()
        for name in re.findall(r'^import .* from "(.+)";$', file.read_text(), re.MULTILINE)
    }
    assert asked
    assert asked <= set(imports())


def test_all_modules_of_an_app_are_fetched_at_once() -> None:
    of_conferences = [name for name in imports() if name.startswith("conferences/")]
    assert rendered("{% modulepreloads %}").count('<link rel="modulepreload"') == len(of_conferences)


def test_an_icon_points_into_the_sprite_and_is_not_read_aloud() -> None:
    drawn = rendered("{% icon 'mic' %}")
    assert 'aria-hidden="true"' in drawn
    assert f'href="{static("conferences/icons.svg")}#mic"' in drawn
    assert finders.find("conferences/icons.svg")


def test_a_reaction_points_into_its_own_sprite() -> None:
    assert f'href="{static("conferences/reactions.svg")}#heart"' in rendered("{% reaction 'heart' %}")


def test_a_code_has_a_name_for_who_does_not_see_it() -> None:
    drawn = rendered("{% qr 'https://meet.example.org' 'The code' %}")
    assert drawn.startswith('<div class="qr-code" role="img" aria-label="The code"><svg')
