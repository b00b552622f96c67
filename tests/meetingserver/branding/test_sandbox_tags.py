from meetingserver.branding.sandbox_tags import register


def test_nothing_loads_repeats_or_unescapes() -> None:
    assert not {"load", "include", "extends", "for", "debug", "autoescape", "url"} & set(register.tags)
    assert not {"safe", "ljust", "center", "add", "join", "urlize", "date"} & set(register.filters)
