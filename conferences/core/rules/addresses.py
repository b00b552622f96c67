"""Addresses of pages elsewhere, made fit to be opened by others."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from conferences.core.rules.refusal import Reason, Refused

LONGEST = 2000
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\]")
_WRONG = re.compile(r"""[\s\\<>"`{}|^\x00-\x1f\x7f]""")
_KEPT = "/:?#[]@!$&'()*+,;=%~-._"


def clean_address(url: str) -> str:
    """As the network knows it: an international host becomes `xn--…`. Refused, unless it is of http or https,
    and without a name or password in it."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = _host(parts.hostname or "")
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:  # of a port or a host; UnicodeError is one
        raise Refused(Reason.ADDRESS_WRONG) from None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or _WRONG.search(url):
        raise Refused(Reason.ADDRESS_WRONG)
    path, query, fragment = (quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment))
    cleaned = urlunsplit((parts.scheme, host + port, path or "/", query, fragment))
    if len(cleaned) > LONGEST:
        raise Refused(Reason.ADDRESS_WRONG)
    return cleaned


def _host(name: str) -> str:
    """Raises ValueError."""
    bare = f"[{name}]" if ":" in name else name.encode("idna").decode().lower()
    if not _HOST.fullmatch(bare):
        raise ValueError(name)
    return bare
