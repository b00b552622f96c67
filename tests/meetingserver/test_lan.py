import datetime as dt
import ipaddress
import stat
from pathlib import Path

from cryptography import x509

from meetingserver import lan

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
NAMES = ["192.168.1.20", "office"]


def test_this_machine_has_an_address_and_a_name() -> None:
    assert [str(ipaddress.ip_address(address)) for address in lan.addresses()] == lan.addresses() != []
    assert lan.host_name()


def test_the_certificate_is_for_every_name_and_localhost(tmp_path: Path) -> None:
    certificate, _key = lan.certificate(tmp_path / "tls", NAMES, NOW)
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    alternatives = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {str(name.value) for name in alternatives} == {"192.168.1.20", "office", "localhost", "127.0.0.1"}


def test_the_key_is_read_by_its_owner_only(tmp_path: Path) -> None:
    _certificate, key = lan.certificate(tmp_path / "tls", NAMES, NOW)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_certificate_is_kept_while_it_fits(tmp_path: Path) -> None:
    before = lan.certificate(tmp_path, NAMES, NOW)[0].read_bytes()
    assert lan.certificate(tmp_path, NAMES, NOW + dt.timedelta(days=100))[0].read_bytes() == before


def test_a_new_address_makes_a_new_certificate(tmp_path: Path) -> None:
    before = lan.certificate(tmp_path, NAMES, NOW)[0].read_bytes()
    assert lan.certificate(tmp_path, ["192.168.1.21"], NOW)[0].read_bytes() != before


def test_a_certificate_near_its_end_is_renewed(tmp_path: Path) -> None:
    before = lan.certificate(tmp_path, NAMES, NOW)[0].read_bytes()
    assert lan.certificate(tmp_path, NAMES, NOW + dt.timedelta(days=340))[0].read_bytes() != before
