"""The rules of a conference: pure, without Django, without asyncio, without a clock."""
