"""What of a template a browser would refuse under our policy, and which template of ours an override was made
of. PURE."""

import hashlib
import re
from collections.abc import Iterator

from meetingserver.branding.brand import Problem
from meetingserver.branding.css import line_at

BASE = re.compile(r"\{#\s*base:\s*(?P<hash>[0-9a-f]{12})\s*#\}")
REFUSED = (
    (r"<style\b|\sstyle\s*=", "Styles belong into static/brand.css."),
    (r"<script\b(?![^>]*\bsrc=)", "Scripts belong into files."),
    (r"<[^>]*\son[a-z]+\s*=", "What happens at a click belongs into the file of a script."),
    (r"javascript:", "javascript: is not run."),
    (r"<(?:script|link|img|source)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", "Put this into static/."),
    (r"<(?:iframe|object|embed)\b", "Pages of others are not shown in ours."),
)


def hash_of(base: str) -> str:
    return hashlib.sha256(base.encode()).hexdigest()[:12]


def first_line(base: str) -> str:
    """What an override of this template begins with."""
    return f"{{# base: {hash_of(base)} #}}"


def problems_of(source: str, file: str) -> Iterator[Problem]:
    for pattern, words in REFUSED:
        for found in re.finditer(pattern, source, re.IGNORECASE):
            yield Problem(file, line_at(source, found.start()), words)


def age_of(source: str, file: str, base: str) -> Iterator[Problem]:
    """Whether our template is still what it was when this one was copied from it."""
    line = source.partition("\n")[0]
    found = BASE.search(line)
    if found is None:
        if not re.search(r"\{%\s*extends\b", source):
            words = f"Nobody will know when ours changes: begin the first line with {first_line(base)}"
            yield Problem(file, 1, words, is_warning=True)
    elif found["hash"] != hash_of(base):
        words = f"Ours has changed since this was made of it. When it is up to date: {first_line(base)}"
        yield Problem(file, 1, words)
