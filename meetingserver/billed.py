"""Where billing records go, for `settings.py`: a wrong file stops the start."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from billing.mapping import Mappings, mapping_read
from meetingserver import env
from meetingserver.toml_files import FileRefused


def mappings(*, file: str) -> Mappings:
    """Without a file nothing goes anywhere."""
    try:
        return mapping_read(Path(file), env.text) if file else Mappings()
    except FileRefused as refused:
        raise ImproperlyConfigured(str(refused)) from None
