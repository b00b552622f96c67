"""Secrets at rest."""

import pytest
from django.test import override_settings

from bridges.sealing import Unsealable, seal, unseal


def test_what_was_sealed_opens_and_does_not_show() -> None:
    sealed = seal("the secret of a trunk")
    assert "trunk" not in sealed
    assert unseal(sealed) == "the secret of a trunk"


def test_after_a_change_of_the_key_it_opens_by_the_former_one() -> None:
    sealed = seal("secret")
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["only tests know this key"]):
        assert unseal(sealed) == "secret"


def test_without_its_key_it_stays_shut() -> None:
    sealed = seal("secret")
    with override_settings(SECRET_KEY="new"), pytest.raises(Unsealable):
        unseal(sealed)


@pytest.mark.parametrize("nonsense", ["", "x", "gAAAAA", "ä"])
def test_nonsense_does_not_open(nonsense: str) -> None:
    with pytest.raises(Unsealable):
        unseal(nonsense)
