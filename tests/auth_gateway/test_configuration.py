"""The file of the sign-in server: understood, or refused with its place and a hint."""

from pathlib import Path

import pytest

from auth_gateway.configuration import (
    Gateway,
    gateway_of,
    gateway_parse,
    gateway_read,
)
from meetingserver.toml_files import FileRefused

ENVIRONMENT = {"SECRET": "sixteen characters or more", "LINKS": "x" * 32}


def read(text: str) -> Gateway:
    return gateway_parse(text, lambda name: ENVIRONMENT.get(name, ""), name="auth.toml")


def refusal(text: str) -> str:
    with pytest.raises(FileRefused) as refused:
        read(text)
    return str(refused.value)


URL = 'url = "https://portal.example.com/auth"\n'


def test_an_address_is_enough() -> None:
    gateway = read(URL)
    assert gateway.url == "https://portal.example.com/auth"
    assert gateway.actions == {"login", "ticket", "dialin"}
    assert (gateway.connect_s, gateway.total_s, gateway.keep_s) == (2.0, 5.0, 0)
    assert not gateway.nonce_required
    assert gateway.asks("ticket")
    assert not gateway.asks("join")


def test_whoever_signs_wants_the_nonce_back_unless_told_otherwise() -> None:
    signed = URL + 'secrets = ["env:SECRET"]\n'
    assert read(signed).secrets == (b"sixteen characters or more",)
    assert read(signed).nonce_required
    assert not read(signed + "[answer]\nnonce = false").nonce_required
    assert not read(signed + '[answer]\nallow = "status == 200"').nonce_required


def test_everything_may_be_said(tmp_path: Path) -> None:
    pem = tmp_path / "ca.pem"
    pem.write_text("the key")
    gateway = read(
        URL
        + f"""
secrets = ["env:SECRET", "whsec_c2l4dGVlbiBieXRlcyBvciBtb3Jl"]
actions = ["login", "join"]
total_seconds = 3
at_once = 5
keep_seconds = 30
[tls]
ca_file = "{pem}"
sha256 = "{"AB:" * 31}AB"
[request]
format = "form"
bearer = "env:SECRET"
[request.body]
login = "user"
[answer]
allow = "body.ok"
[answer.fields]
user_id = "body.id"
[links]
secrets = ["env:LINKS"]
public_key_file = "{pem}"
longest_seconds = 60
"""
    )
    assert gateway.secrets[1] == b"sixteen bytes or more"
    assert gateway.form
    assert gateway.fingerprint == "ab" * 32
    assert gateway.adaption.allow is not None
    assert list(gateway.adaption.body) == ["login"]
    assert (gateway.links.secrets, gateway.links.public_key) == (("x" * 32,), "the key")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nobody to ask"),
        ('url = "https://x', "line 1, column 17"),
        ('url = "ftp://x"', "line 1, column 1: must be an address"),
        ('url = "https://user:pw@x/"', "must be an address"),
        ('\n\nurl = "http://portal.example.com"', "line 3, column 1: passwords would travel unencrypted"),
        (URL + "actions = ['sing']", "line 2, column 1: 'sing' is not one of login"),
        (URL + "speed = 1", "line 2, column 1: Object contains unknown field `speed`"),
        (URL + "total_seconds = 'long'", "line 2, column 1: Expected `float`, got `str`"),
        (URL + "total_seconds = 99", "line 2, column 1: Expected `float` <= 30"),
        (URL + "keep_seconds = 61", "Expected `int` <= 60"),
        (URL + "secrets = ['short']", "line 2, column 1: a secret has 16 characters or more"),
        (URL + "secrets = ['whsec_!']", "base64"),
        (URL + "secrets = ['env:NOWHERE']", "the environment has no variable NOWHERE"),
        (URL + "[tls]\nsha256 = 'abc'", "line 3, column 1: must be 64 hexadecimal digits"),
        (URL + "[tls]\nca_file = '/nowhere'", "line 3, column 1: there is no such file"),
        (URL + "[tls]\nverify = false", "line 2, column 1: Object contains unknown field `verify`"),
        (URL + "[request]\nformat = 'xml'", "line 3, column 1: 'xml' is not one of json, form"),
        (URL + "[request.body]\nlogin = 'usr'", "line 3, column 10:"),
        (URL + "[answer]\nallow = 'body.ok and'", "line 3, column 21: not complete"),
        (URL + "[answer]\nallow = 'headers.ok'", "line 3, column 10"),
        (URL + "[answer.fields]\nuser_id = 'body.id'", "say also when it is allowed"),
        (
            URL + "[answer]\nallow='True'\n[answer.fields]\nnonce = 'body.id'",
            "line 5, column 1: 'nonce' is not",
        ),
        (URL + "[links]\nsecrets = ['short']", "line 3, column 1: a secret for links has 32"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text: str, words: str) -> None:
    said = refusal(text)
    assert said.startswith("auth.toml, line ")
    assert words in said


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])
def test_within_this_computer_nothing_need_be_encrypted(host: str) -> None:
    assert read(f'url = "http://{host}:8080/auth"').url


def test_elsewhere_only_who_insists_sends_passwords_unencrypted() -> None:
    assert read('url = "http://10.0.0.5/auth"\n[tls]\nallow_insecure = true').url


def test_an_address_and_a_secret_alone_make_one() -> None:
    gateway = gateway_of(url="https://portal.example.com/auth", secret="sixteen characters or more")
    assert gateway.nonce_required
    with pytest.raises(FileRefused, match="unencrypted"):
        gateway_of(url="http://portal.example.com/auth", secret="")


def test_links_alone_need_no_server() -> None:
    gateway = read('[links]\nsecrets = ["env:LINKS"]')
    assert not gateway.asks("login")


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read"):
        gateway_read(tmp_path / "nowhere.toml", lambda name: "")
    (tmp_path / "auth.toml").write_text(URL)
    assert gateway_read(tmp_path / "auth.toml", lambda name: "").url
