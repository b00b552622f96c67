import pytest

from meetingserver.branding.css import problems_of

HERE = {"a.png", "fonts/a.woff2"}

WRONG = [
    ("a {\n  background: url(https://evil.example/x.png);\n}", 2, "elsewhere"),
    ("a { background: url('//evil.example/x') }", 1, "elsewhere"),
    ("\n\na { background: url(gone.png) }", 3, "There is no static/gone.png"),
    ('@import "x.css";', 1, "@import"),
    ("a { width: expression(alert(1)) }", 1, "expression"),
    ("a { background: url(javascript:alert(1)) }", 1, "runs a script"),
    ("a { -moz-binding: url(a.png#x) }", 1, "loads a script"),
    ("a { color: red }\n</style><script>", 2, "<"),
    ("@\\69mport 'x';", 1, "Write signs"),
    ("a { color: red }\n}\n", 2, "closes nothing"),
    ("a {\n color: red;\nb { color: blue }", 1, "never closed"),
    ("x" * 300_000, 1, "200 kB"),
]


@pytest.mark.parametrize(("css", "line", "words"), WRONG, ids=[f"{i}" for i in range(len(WRONG))])
def test_what_may_not_be_is_said_with_its_line(css: str, line: int, words: str) -> None:
    found = list(problems_of(css, "static/brand.css", has=HERE.__contains__))
    assert (line, True) in [(one.line, words in one.words) for one in found]


def test_good_stylesheets_are_let_alone() -> None:
    css = """/* @import "x"; { */
    @media (width < 520px) { a { background: url("a.png") url(fonts/a.woff2); content: "}" } }
    b { background: url(data:image/svg+xml;base64,AAAA) }"""
    assert list(problems_of(css, "static/brand.css", has=HERE.__contains__)) == []
