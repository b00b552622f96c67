"""What people type, made fit to be shown to others."""

import re
import unicodedata

from conferences.core.rules.refusal import Reason, Refused

_JOINERS = "\u200c\u200d"  # needed by Persian, Indic scripts and emoji


def clean_name(name: str) -> str:
    """One line, without control characters or direction overrides. Refused if nothing is left."""
    cleaned = " ".join(_without_controls(name, keep=_JOINERS).split())
    if not cleaned.strip(_JOINERS):
        raise Refused(Reason.NAME_NEEDED)
    return cleaned


def clean_text(text: str) -> str:
    """Lines as they were, without control characters or direction overrides. Refused if nothing is left."""
    cleaned = _without_controls(text, keep=_JOINERS + "\n\t").strip()
    if not cleaned.strip(_JOINERS):
        raise Refused(Reason.TEXT_NEEDED)
    return cleaned


def clean_line(text: str) -> str:
    """One line of text. Refused if nothing is left."""
    return " ".join(clean_text(text).split())


def clean_title(title: str, *, longest: int = 120) -> str:
    """What a file is called: one line, its end kept when it is too long, and never nothing."""
    cleaned = " ".join(_without_controls(title, keep=_JOINERS).split())
    if not cleaned.strip(_JOINERS):
        return "–"
    return cleaned if len(cleaned) <= longest else f"{cleaned[: longest - 13].rstrip()} … {cleaned[-10:]}"


def clean_file_name(name: str) -> str:
    """What a file is called, without the folders from which it comes; its end is kept when it is too long."""
    return clean_title(re.split(r"[/\\]", name)[-1].strip(". ") if name.strip("./\\ ") else "")


def _without_controls(text: str, *, keep: str) -> str:
    spaced = "".join(" " if c.isspace() and c not in keep else c for c in text)
    return "".join(c for c in spaced if c in keep or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
