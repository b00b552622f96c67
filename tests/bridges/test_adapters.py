"""The kinds of bridges there are."""

import sys

import pytest

from bridges.adapters import kinds, make_bridge
from bridges.errors import InvalidValue
from bridges.simulator.adapter import Adapter


def test_every_folder_with_an_adapter_is_a_kind() -> None:
    assert {"simulator", "sip"} <= set(kinds())
    for kind in kinds().values():
        assert set(kind.labels) == set(kind.config.__struct_fields__)
        assert kind.secrets | kind.ordered | set(kind.help) <= set(kind.labels)
        assert kind.adapter.type == kind.name


def test_a_kind_whose_library_is_missing_is_left_out_and_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delitem(sys.modules, "bridges.janus.adapter", raising=False)
    monkeypatch.setitem(sys.modules, "bridges.janus.session", None)
    kinds.cache_clear()
    try:
        assert "janus" not in kinds()
    finally:
        kinds.cache_clear()
    assert "Bridges of the kind janus are left out" in caplog.text


async def test_one_is_made_as_configured() -> None:
    bridge = make_bridge("simulator", "sim", {"answers_after_s": 3})
    assert isinstance(bridge, Adapter)
    assert (bridge.key, bridge.config.answers_after_s) == ("sim", 3)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("pigeon", {}), ("simulator", {"answers_after_s": "secret"}), ("simulator", {"secret": "secret"})],
)
def test_what_does_not_fit_is_refused_without_its_value(kind: str, fields: dict[str, str]) -> None:
    with pytest.raises(InvalidValue) as refused:
        make_bridge(kind, "sim", fields)
    assert '"secret"' not in str(refused.value)
