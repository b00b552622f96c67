"""What is wrong in a file of whoever runs the server is told with its place."""

from pathlib import Path

import pytest
from msgspec import Struct

from meetingserver.toml_files import FileRefused, TomlFile, is_loopback


class Wanted(Struct, forbid_unknown_fields=True):
    shop: dict[str, int] = {}
    orders: list[int] = []


def file(text: str) -> TomlFile:
    return TomlFile(text, {"KEY": "hidden"}.__getitem__, name="shop.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nshop = ", "line 2, column 8: Invalid value"),
        ("\norders = [1, 'm']", "line 2, column 1: Expected `int`, got `str`"),
        ("[shop]\n[bank]", "line 2, column 1: Object contains unknown field `bank`"),
        ("a = " + 5000 * "[", "line 1, column 1: nested too deeply"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, said: str) -> None:
    wrong = file(text)
    with pytest.raises(FileRefused) as refused:
        wrong.converted(wrong.tables(), Wanted)
    assert str(refused.value) == f"shop.toml, {said}"


def test_what_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"# \xe9")
    for name, error in (("none.toml", "FileNotFoundError"), ("latin.toml", "UnicodeDecodeError")):
        with pytest.raises(FileRefused, match=f"cannot be read: {error}"):
            TomlFile.read(tmp_path / name, lambda name: "")


def test_secrets_may_stand_in_the_environment() -> None:
    assert file("").secret("env:KEY", "key") == "hidden"
    assert file("").secret("plain", "key") == "plain"
    with pytest.raises(FileRefused, match="line 2, column 1: the environment has no variable NONE"):
        TomlFile("\nkey = 'env:NONE'", lambda name: "", name="shop.toml").secret("env:NONE", "key")


def test_fingerprints_are_read_as_they_are_shown_elsewhere() -> None:
    assert file("").fingerprint("AB:" * 31 + "AB") == "ab" * 32
    assert file("").fingerprint("") == ""
    with pytest.raises(FileRefused, match="64 hexadecimal digits"):
        file("").fingerprint("ab")


def test_the_place_in_an_expression_is_that_in_the_file() -> None:
    known = {"order": {"size": None}}
    with pytest.raises(FileRefused, match="line 2, column 13: there is no 'paid' here"):
        file("[shop]\nsize = '1 + order.paid'").expression("1 + order.paid", known, "shop", "size")


def test_what_stays_on_this_machine() -> None:
    assert [is_loopback(host) for host in ("localhost", "127.0.0.9", "::1")] == 3 * [True]
    assert [is_loopback(host) for host in ("10.0.0.1", "localhost.example", "")] == 3 * [False]
