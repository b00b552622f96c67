"""What reviewers should not have to look for."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("meetingserver", "auth_gateway", "conferences", "recording", "streaming", "bridges", "billing")
DECLARATIONS = {
    "__init__",
    "admin",
    "apps",
    "settings",
    "urls",
    "routing",
    "asgi",
    "celery",
    "wiring",
    "serve",
}
SENTENCE = re.compile(r"""(["'`])[A-Z][a-z]+(?:[ ,][A-Za-z’']+){2,}[^"'`]*\1""")
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)


def modules() -> list[Path]:
    found = [file.relative_to(ROOT) for app in APPS for file in (ROOT / app).rglob("*.py")]
    return sorted(file for file in found if "migrations" not in file.parts and file.stem not in DECLARATIONS)


def scripts() -> list[Path]:
    return sorted(file for app in APPS for file in (ROOT / app / "static").rglob("*.js"))


@pytest.mark.parametrize("module", modules(), ids=str)
def test_every_module_has_its_tests(module: Path) -> None:
    tests = [*(ROOT / "tests" / module.parts[0]).rglob(f"test_{module.stem}.py")]
    tests += (ROOT / "tests" / "interop").rglob(f"test_{module.stem}.py")
    assert tests, f"tests/{module.parent}/test_{module.stem}.py is missing"


@pytest.mark.parametrize("module", modules(), ids=str)
def test_no_file_is_longer_than_400_lines(module: Path) -> None:
    assert len((ROOT / module).read_text().splitlines()) < 400


def test_every_variable_is_explained_in_the_handbook() -> None:
    settings = (ROOT / "meetingserver" / "settings.py").read_text()
    read = set(re.findall(r'env\.[a-z]+\(\s*"([A-Z_]+)"', settings))
    explained = set(
        re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    )
    assert read == explained


@pytest.mark.django_db
def test_no_change_of_a_model_lacks_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_protocol_handbook_is_what_the_messages_say() -> None:
    try:
        call_command("write_protocol", "--check", stdout=StringIO())
    except CommandError as error:
        pytest.fail(f"Run manage.py write_protocol: {error}")


@pytest.mark.parametrize("script", scripts(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sentence_for_people_is_in_javascript(script: Path) -> None:
    code = COMMENT.sub("", script.read_text())
    thrown = re.compile(r"(?:new \w*Error|console\.\w+)\([^;]*;")
    assert not SENTENCE.search(thrown.sub("", code))


def test_the_version_is_the_topmost_in_the_changelog() -> None:
    from django.conf import settings

    assert re.fullmatch(r"\d+\.\d+\.\d+", settings.VERSION)
