"""What strangers bring: hostile archives are refused as a whole, with what is wrong."""

import io
import zipfile

import pytest

from meetingserver.branding.archive import ArchiveRefused, unpacked
from meetingserver.branding.reading import Known

KNOWN = Known(("accent",), ("en", "de"))
TOML = 'name = "Acme"\nlogo = "logo.svg"\n[colours]\naccent = "#3a4fb8"\n'
GOOD = {"brand.toml": TOML, "static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
SNIPPET = "snippets/footer.html"


def packed(files: dict[str, str | bytes], *, link: str = "") -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            if name == link:
                entry.external_attr = 0o120777 << 16
            archive.writestr(entry, content)
    return sink.getvalue()


def test_a_good_brand_is_taken_also_within_a_folder() -> None:
    assert set(unpacked(packed({**GOOD}), KNOWN)) == set(GOOD)
    assert set(unpacked(packed({f"acme/{name}": of for name, of in GOOD.items()}), KNOWN)) == set(GOOD)


HOSTILE: list[tuple[dict[str, str | bytes], str, int]] = [
    ({"../evil.html": "x"}, "../evil.html", 1),
    ({"static/../../evil.svg": "x"}, "static/../../evil.svg", 1),
    ({"/etc/passwd": "x"}, "/etc/passwd", 1),
    ({"static\\..\\evil.svg": "x"}, "static\\..\\evil.svg", 1),
    ({"templates/base.html": "x"}, "templates/base.html", 1),
    ({"snippets/head.html": "x"}, "snippets/head.html", 1),
    ({"static/brand.css": "x"}, "static/brand.css", 1),
    ({"static/page.html": "x"}, "static/page.html", 1),
    ({"static/.htaccess": "x"}, "static/.htaccess", 1),
    ({"email/_signature.txt": "x"}, "email/_signature.txt", 1),
    ({"static/bomb.png": b"\0" * 8_000_000}, "static/bomb.png", 1),
    ({f"static/{n}.woff2": b"\0" * 3_900_000 for n in range(5)}, "static/3.woff2", 1),
    ({"static/large.png": b"\0" * 600_000}, "static/large.png", 1),
    ({"static/logo.svg": "<svg>\n<script>alert(1)</script></svg>"}, "static/logo.svg", 2),
    ({"static/logo.svg": "<svg onload='x()'/>"}, "static/logo.svg", 1),
    ({"brand.toml": TOML + "accent = 3"}, "brand.toml", 5),
    ({"brand.toml": 'hosts = ["bank.example"]\n' + TOML}, "brand.toml", 1),
    ({"brand.toml": 'name = "A"\nextends = "bank"\n'}, "brand.toml", 2),
    ({"brand.toml": TOML + '[email]\nsender = "a@bank.example"\n'}, "brand.toml", 5),
    ({SNIPPET: "\n{% load i18n %}"}, SNIPPET, 2),
    ({SNIPPET: "{% include 'base.html' %}"}, SNIPPET, 1),
    ({SNIPPET: "{% debug %}"}, SNIPPET, 1),
    ({SNIPPET: "{{ brand.name|safe }}"}, SNIPPET, 1),
    ({SNIPPET: "{% autoescape off %}{% endautoescape %}"}, SNIPPET, 1),
    ({SNIPPET: "{{ brand.name|ljust:999999999 }}"}, SNIPPET, 1),
    ({SNIPPET: "<p>\n<script>x</script></p>"}, SNIPPET, 2),
    ({SNIPPET: "<form action='/'></form>"}, SNIPPET, 1),
    ({SNIPPET: "<p onclick='x'>x</p>"}, SNIPPET, 1),
    ({SNIPPET: "<p class='sr'>x</p>"}, SNIPPET, 1),
    ({SNIPPET: "<a href='javascript:x'>x</a>"}, SNIPPET, 1),
    ({SNIPPET: "<img src='https://tracker.example/x.png'>"}, SNIPPET, 1),
    ({SNIPPET: "</div></main>"}, SNIPPET, 1),
    ({SNIPPET: "<div>\n<p>x</p>"}, SNIPPET, 1),
    ({SNIPPET: "<!-- x -->"}, SNIPPET, 1),
]


@pytest.mark.parametrize(("files", "file", "line"), HOSTILE, ids=[f"{n}" for n in range(len(HOSTILE))])
def test_hostile_files_are_refused_with_their_place(
    files: dict[str, str | bytes], file: str, line: int
) -> None:
    with pytest.raises(ArchiveRefused) as refused:
        unpacked(packed({**GOOD, **files}), KNOWN)
    assert (file, line) in [(problem.file, problem.line) for problem in refused.value.problems]


def test_links_to_elsewhere_are_refused() -> None:
    with pytest.raises(ArchiveRefused):
        unpacked(packed({**GOOD, "static/x.svg": "/etc/passwd"}, link="static/x.svg"), KNOWN)


@pytest.mark.parametrize("archive", [b"", b"PK", b"no archive", b"x" * 6_000_000], ids=["0", "1", "2", "3"])
def test_what_is_no_archive_is_refused(archive: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        unpacked(archive, KNOWN)


def test_an_archive_that_was_cut_is_refused() -> None:
    whole = packed({**GOOD})
    broken = whole[:60] + b"\xff" * 20 + whole[80:]
    with pytest.raises(ArchiveRefused):
        unpacked(broken, KNOWN)


def test_too_many_files_and_no_brand_are_refused() -> None:
    with pytest.raises(ArchiveRefused, match="200"):
        unpacked(packed({f"static/{n}.svg": "" for n in range(201)}), KNOWN)
    with pytest.raises(ArchiveRefused, match=r"no brand\.toml"):
        unpacked(packed({"static/logo.svg": "<svg/>"}), KNOWN)
