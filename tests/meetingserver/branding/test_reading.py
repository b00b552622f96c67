"""What a brand.toml says, and every way in which it may be wrong."""

import pytest

from meetingserver.branding.reading import Known, merged, read

KNOWN = Known(("accent", "ink"), ("en", "de"))

WRONG = [
    ('name = "Acme\n', 1, "not TOML"),
    ("a = 1\nb = [1,\n", 2, "not TOML"),
    ('nme = "Acme"\n', 1, "'nme'"),
    ('\n[colours]\naccent = "red"\n', 3, "no colour"),
    ('[colours]\nink = "#123"\naccent = "red;}body{display:none"\n', 3, "no colour"),
    ('[colours]\naccent = { light = "#123", dark = "url(x)" }\n', 2, "no colour"),
    ('[colours]\nacent = "#123"\n', 2, "'acent'"),
    ("[fonts]\nsize = 400\n", 2, "150"),
    ('[fonts]\ntext = "x; } body { display: none"\n', 2, "Fonts"),
    ("[fonts]\ntext = '\"Acme'\n", 2, "Fonts"),
    (
        '[[fonts.files]]\nfamily = "A"\nfile = "a.woff2"\n[[fonts.files]]\nfile = "a.ttf"\nfamily = "A"\n',
        5,
        "font",
    ),
    ('[[fonts.files]]\nfamily = "A\\"; }"\nfile = "a.woff2"\n', 2, "name of a font"),
    ('[[fonts.files]]\nfamily = "A"\nfile = "a.woff2"\nweight = "bold; }"\n', 4, "weight"),
    ('radius = "12px"\n', 1, "int"),
    ('logo = "../../etc/passwd"\n', 1, "no picture"),
    ('logo = "logo.html"\n', 1, "no picture"),
    ('name = "<script>alert(1)</script>"\n', 1, "plain text"),
    ('hosts = ["meet.acme.example", "*"]\n', 1, "host name"),
    ('numbers = ["030 123"]\n', 1, "in full"),
    ('extends = "../x"\n', 1, "name of a brand"),
    ('[links]\nhelp = "javascript:alert(1)"\n', 2, "no link"),
    ('[legal]\nprivacy = "//evil.example"\n', 2, "no link"),
    ('[legal]\nnotice = { de = "Gut", xx = "?" }\n', 2, "'xx'"),
    ('[email]\nsender = "Acme"\n', 2, "no sender"),
    ('[email]\nsender = "Acme <a@b.c>\\nBcc: x@y.z"\n', 2, "no sender"),
    ("[features]\nrecording = false\n", 2, "'recording'"),
    ('[languages]\nallowed = ["en", "tlh"]\n', 2, "'tlh'"),
    ('[languages]\ndefault = "de"\nallowed = ["en"]\n', 2, "not among"),
]


@pytest.mark.parametrize(("text", "line", "words"), WRONG, ids=[f"{i}" for i in range(len(WRONG))])
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, words: str) -> None:
    problems = read(text, KNOWN).problems
    assert [problem.line for problem in problems] == [line]
    assert words in problems[0].words


def test_all_that_is_wrong_is_said_and_the_rest_is_used() -> None:
    reading = read('name = "Acme"\nradius = 99\n[colours]\nink = "#111"\naccent = "red"\n[x]\ny = 1\n', KNOWN)
    assert [problem.line for problem in reading.problems] == [2, 6, 5]
    assert reading.values == {"name": "Acme", "colours": {"ink": "#111"}}


def test_a_huge_file_is_not_read() -> None:
    assert read("#" * 200_000, KNOWN).problems[0].words.startswith("The file is longer")


def test_a_child_goes_before_its_parent_value_by_value() -> None:
    parent = {"name": {"en": "Base", "de": "Basis"}, "colours": {"ink": "#111", "accent": "#222"}}
    child = {"name": {"en": "Acme"}, "colours": {"accent": {"light": "#333", "dark": "#444"}}}
    assert merged(parent, child) == {
        "name": {"en": "Acme"},
        "colours": {"ink": "#111", "accent": {"light": "#333", "dark": "#444"}},
    }
