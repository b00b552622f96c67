"""What both modes share; `contract` and `faults` try it over either."""

from bridges.asterisk.bridge import addresses_of


def test_a_name_stands_for_addresses() -> None:
    assert "127.0.0.1" in addresses_of("127.0.0.1")
    assert addresses_of("no.such.name.invalid") == frozenset()
