import msgspec
import pytest

from bridges.sip.settings import Config


def made(**fields: object) -> Config:
    return msgspec.convert(fields, Config)


def test_the_defaults_fit_together() -> None:
    assert made() == Config()
    assert list(Config(trunk_domain="sip.example.org:5061", trunk_user="u").trunk_hosts) == [
        "sip.example.org"
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"accept_from": ("everywhere",)},
        {"transports": ("tls",)},
        {"transports": ()},
        {"codecs": ()},
        {"trunk_domain": "sip.example.org"},
        {"trunk_domain": "x", "trunk_user": "u", "trunk_transport": "tcp", "transports": ("udp",)},
        {"max_calls": 251},
        {"first_rtp_port": 20_000, "last_rtp_port": 20_010},
        {"trunk_user": "a;b"},
        {"trunk_secret": 'quo"te'},
        {"certificate": "/a b\nsip_listen 0.0.0.0"},
        {"process": "http://elsewhere"},
        {"unheard_of": 1},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, msgspec.ValidationError)):
        made(**wrong)
