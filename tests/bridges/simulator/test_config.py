"""What an admin may say of a simulated bridge."""

import msgspec
import pytest

from bridges.simulator.config import LABELS, SECRETS, Config


def test_every_field_has_words() -> None:
    assert set(LABELS) == set(Config.__struct_fields__)
    assert set(Config.__struct_fields__) >= SECRETS


@pytest.mark.parametrize("fields", [{"answers_after_s": -1}, {"answers_after_s": 61}, {"unknown": 1}])
def test_nonsense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields, Config)
