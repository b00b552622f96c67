"""Addresses that others may be sent to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.core.rules import Reason, Refused
from conferences.core.rules.addresses import LONGEST, clean_address


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("https://example.org", "https://example.org/"),
        ("  HTTP://Example.ORG:8080/A?b=c#d ", "http://example.org:8080/A?b=c#d"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://аррӏе.example/", "https://xn--80ak6aa92e.example/"),  # Cyrillic
        ("https://example.org/%C3%A4?q=a+b", "https://example.org/%C3%A4?q=a+b"),
        ("http://127.0.0.1:80/", "http://127.0.0.1:80/"),
        ("http://[::1]/", "http://[::1]/"),
    ],
)
def test_an_address_is_told_as_the_network_knows_it(typed: str, cleaned: str) -> None:
    assert clean_address(typed) == cleaned


@pytest.mark.parametrize(
    "wrong",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "example.org",
        "https://",
        "https:///path",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://@example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org/a b c",
        "https://exa mple.org/",
        "https://exam\nple.org/",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://-example.org/",
        "https://example.org/<b>",
        "https://[::1/",
        "https://" + "x" * 64 + ".org/",
        "https://example.org/" + "ä" * LONGEST,
        "blob:https://example.org/x",
        "",
    ],
)
def test_what_is_no_page_is_refused(wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_address(wrong)
    assert refused.value.reason is Reason.ADDRESS_WRONG


@given(st.one_of(st.text(max_size=60), st.text(max_size=40).map(lambda text: f"https://{text}")))
def test_whatever_comes_it_is_an_address_or_refused(text: str) -> None:
    try:
        cleaned = clean_address(text)
    except Refused:
        return
    assert cleaned.isascii()
    assert cleaned.startswith(("http://", "https://"))
    assert clean_address(cleaned) == cleaned
