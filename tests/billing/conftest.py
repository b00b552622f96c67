"""The cast's conferences, to be billed."""

from tests.conferences.conftest import meeting, room

__all__ = ["meeting", "room"]
