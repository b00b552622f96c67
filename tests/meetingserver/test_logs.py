import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings

from meetingserver import logs


@pytest.fixture
def format_name() -> str:
    return "json"


@pytest.fixture
def lines(format_name: str) -> Iterator[io.StringIO]:
    """What the server would write."""
    configuration = logs.configuration("INFO", format_name)
    logging.config.dictConfig(configuration)
    written = io.StringIO()
    handler = logging.getLogger().handlers[-1]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    structlog.contextvars.clear_contextvars()
    logging.config.dictConfig(settings.LOGGING)


def last(lines: io.StringIO) -> dict[str, object]:
    found = json.loads(lines.getvalue().splitlines()[-1])
    assert isinstance(found, dict)
    return found


def test_a_line_has_level_logger_time_and_request(lines: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(request_id="abc")
    logging.getLogger("conferences.live").info("Opened %s", 7)
    assert last(lines) | {"timestamp": ""} == {
        "event": "Opened 7",
        "level": "info",
        "logger": "conferences.live",
        "request_id": "abc",
        "timestamp": "",
    }


@pytest.mark.parametrize(
    "name",
    ["password", "host_pin", "pin", "seat", "METRICS_TOKEN", "Cookie", "Authorization", "sdp", "ticket"],
)
def test_a_secret_is_hidden_by_its_name_at_any_depth(lines: io.StringIO, name: str) -> None:
    structlog.get_logger("x").info("Asked", request={"headers": [{name: "hush"}]})
    assert "hush" not in lines.getvalue()
    assert logs.HIDDEN in lines.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "GET /join?seat=hush&x=1",
        "Authorization: Bearer hush",
        '{"password": "hush", "x": 1}',
        "cookie=hush; x",
    ],
)
def test_a_secret_is_hidden_in_running_text(lines: io.StringIO, text: str) -> None:
    logging.getLogger("x").warning("Answered %s", text)
    assert "hush" not in lines.getvalue()


def test_a_key_in_an_address_is_hidden(lines: io.StringIO) -> None:
    key = "0123456789abcdef" * 2
    logging.getLogger("x").warning("Not Found: %s", f"/documents/plans/{key}/1.webp")
    assert last(lines)["event"] == f"Not Found: /documents/plans/{logs.HIDDEN}/1.webp"


def test_a_token_in_the_address_of_a_recording_is_hidden(lines: io.StringIO) -> None:
    token = "eaa521c4.1795414125.a7.8iX0BFPL9wMhyM0M58JmzJMS43DeaBSuzkno-Lht-_M"
    logging.getLogger("x").warning("Not Found: %s", f"/media/{token}/archery-12/1/manifest.json")
    assert last(lines)["event"] == f"Not Found: /media/{logs.HIDDEN}/archery-12/1/manifest.json"


@pytest.mark.parametrize("format_name", ["json", "console"])
def test_a_traceback_is_cleaned_too(lines: io.StringIO) -> None:
    try:
        raise ValueError("token=hush")
    except ValueError:
        logging.getLogger("x").exception("Failed")
    assert "hush" not in lines.getvalue()
    assert "ValueError" in lines.getvalue()


@pytest.mark.parametrize("word", ["shopping", "opinion", "spinning", "display"])
def test_harmless_names_are_left_alone(lines: io.StringIO, word: str) -> None:
    structlog.get_logger("x").info("Said", **{word: "heard"})
    assert last(lines)[word] == "heard"
