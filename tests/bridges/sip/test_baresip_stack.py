import pytest

from bridges.sip.baresip_stack import direct_account, mos, stack_config, trunk_account
from bridges.sip.settings import Config, Srtp, Transport

TRUNK = Config(trunk_domain="sip.example.org", trunk_user="u", trunk_secret="horse", srtp=Srtp.MANDATORY)


def test_certificates_are_checked_unless_told_otherwise() -> None:
    assert "sip_verify_server yes" in stack_config(Config()).extra_config_text
    assert "sip_verify_server no" in stack_config(Config(verify_tls=False)).extra_config_text


def test_accounts_say_what_the_admin_wants() -> None:
    trunk = trunk_account(TRUNK)
    assert "mediaenc=srtp-mand" in trunk.aor()
    assert "horse" not in repr(trunk)
    assert "audio_codecs=opus/48000/1,g722/16000/1,pcma,pcmu" in trunk.aor()
    assert "transport=tcp" in direct_account(Config(), Transport.TCP).aor()


@pytest.mark.parametrize(("loss", "jitter", "way"), [(0, 0, 0), (100, 500, 2000)])
def test_quality_stays_in_its_bounds(loss: float, jitter: float, way: float) -> None:
    assert 1 <= mos(loss, jitter, way) <= 4.5
