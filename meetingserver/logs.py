"""How the server writes its log: JSON lines or a console for people, a request id on every line, and no
secrets. Imports nothing of ours."""

import re
import sys
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "[hidden]"
SECRET_NAME = re.compile(
    r"passw|pin$|^pin|secret|seat|token|ticket|cookie|authorization|session|csrf|sdp|ice_pwd|api_?key|access_code",
    re.IGNORECASE,
)
SECRET_IN_TEXT = re.compile(
    r"(?P<name>password|passwd|pin|secret|seat|token|ticket|cookie|authorization|sessionid|csrftoken)"
    r"(?P<sign>[\"']?\s*[=:]\s*[\"']?(?:Bearer\s+)?)[^\s\"'&,;}]+",
    re.IGNORECASE,
)
KEY_IN_PATH = re.compile(r"/[0-9a-f]{32,}(?=[/?\s\"']|$)")
"""Whoever has such an address may have what it leads to."""
TOKEN_IN_PATH = re.compile(r"(?P<before>/media/)[^/?\s\"']+")
"""The same for the files of a recording."""


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hides values by the name they are kept under, at any depth, `name=value` pairs and keys of addresses in
    running text."""
    return {name: _without_secrets(name, value) for name, value in event.items()}


def _without_secrets(name: str, value: Any) -> Any:
    if SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, Mapping):
        return {key: _without_secrets(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_secrets("", item) for item in value]
    if isinstance(value, str):
        without_keys = TOKEN_IN_PATH.sub(rf"\g<before>{HIDDEN}", KEY_IN_PATH.sub(f"/{HIDDEN}", value))
        return SECRET_IN_TEXT.sub(rf"\g<name>\g<sign>{HIDDEN}", without_keys)
    return value


def _console() -> Processor:
    """Tracebacks reach it as text, in which `redact` has looked for secrets, and are written as they are."""
    plain = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)


def configuration(level: str, format_name: str) -> dict[str, Any]:
    """Django's LOGGING. Lines of structlog and of the standard library take the same way out."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *before,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: Processor = structlog.processors.JSONRenderer() if format_name == "json" else _console()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": before,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    redact,
                    last,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "daphne": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
        },
    }
