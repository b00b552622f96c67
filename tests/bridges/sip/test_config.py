from msgspec import structs

from bridges.sip.config import LABELS, SECRETS, Config


def test_every_field_has_words_for_admins() -> None:
    assert list(LABELS) == [field.name for field in structs.fields(Config)]
    assert set(LABELS) >= SECRETS
