import pytest

from meetingserver.branding.markup import age_of, first_line, problems_of

WRONG = [
    ('<p\n style="color: red">', 2),
    ("\n<style>a {}</style>", 2),
    ("<script>alert(1)</script>", 1),
    ('\n\n<a href="#" onclick="x()">', 3),
    ('<a href="javascript:x()">', 1),
    ('<img src="https://elsewhere.example/x.png">', 1),
    ('<link rel="stylesheet" href="//elsewhere.example/x.css">', 1),
    ("<iframe>", 1),
]


@pytest.mark.parametrize(("source", "line"), WRONG, ids=[f"{i}" for i in range(len(WRONG))])
def test_what_a_browser_refuses_is_said_with_its_line(source: str, line: int) -> None:
    assert line in [problem.line for problem in problems_of(source, "templates/x.html")]


def test_what_is_allowed_is_let_alone() -> None:
    source = (
        '<script type="module" src="{{ x }}"></script><a href="https://elsewhere.example">x</a><img src="/a">'
    )
    assert list(problems_of(source, "templates/x.html")) == []


def test_an_override_says_of_what_it_was_made() -> None:
    base = "<p>ours</p>"
    assert list(age_of(f"{first_line(base)}\n<p>theirs</p>", "x", base)) == []
    (changed,) = age_of(f"{first_line('<p>before</p>')}\n<p>theirs</p>", "x", base)
    assert "has changed since" in changed.words
    assert not changed.is_warning
    (unknown,) = age_of("<p>theirs</p>", "x", base)
    assert unknown.is_warning
    assert first_line(base) in unknown.words


def test_who_changes_a_block_alone_follows_by_itself() -> None:
    assert list(age_of('{% extends "404.html" %}', "x", "<p>")) == []
