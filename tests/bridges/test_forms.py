"""The form of a bridge, made of its kind's settings."""

from typing import Annotated

import pytest
from django import forms
from msgspec import Meta, Struct

from bridges.adapters import Kind, kinds
from bridges.forms import PREFIX, BridgeForm, DialInNumberForm, form_of
from bridges.models import Bridge
from bridges.simulator.adapter import Adapter

pytestmark = pytest.mark.django_db


class PbxConfig(Struct, frozen=True, forbid_unknown_fields=True):
    host: str
    password: str
    loudness: float = 1.0


PBX = Kind(
    name="pbx",
    title="PBX",
    about="",
    adapter=Adapter,
    config=PbxConfig,
    labels={"host": "address", "password": "password", "loudness": "loudness"},
    secrets=frozenset({"password"}),
)
ROW = {"label": "Office", "key": "office", "enabled": "on", "position": "0", "dials_out": "on"}
TRUNK = {"trunk_domain": "sip.example.org", "trunk_user": "office", "trunk_secret": "s3same"}


def filled(kind: Kind, bridge: Bridge | None, **fields: str) -> BridgeForm:
    blank = form_of(kind)(instance=bridge)
    shown = {
        name: blank.fields[name].prepare_value(blank.get_initial_for_field(field, name))
        for name, field in blank.fields.items()
    }
    given = {PREFIX + name: value for name, value in fields.items()}
    data = {name: value for name, value in {**shown, **ROW, **given}.items() if value not in (None, False)}
    return form_of(kind)(data, instance=bridge)


def saved(kind: Kind, bridge: Bridge | None, **fields: str) -> Bridge:
    form = filled(kind, bridge, **fields)
    assert form.is_valid(), form.errors
    form.save()
    return Bridge.objects.get(key="office")


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_has_a_form_with_words_for_all_fields(name: str) -> None:
    kind = kinds()[name]
    form = form_of(kind)()
    assert kind.title
    for field in kind.secrets:
        assert 'type="password"' in str(form[PREFIX + field])


@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_choice_has_words(name: str) -> None:
    kind = kinds()[name]
    form = form_of(kind)()
    chosen = [name for name, field in form.fields.items() if isinstance(field, forms.ChoiceField)]
    assert len(chosen) == len(set(kind.choices) - kind.ordered)
    for choice in [choice for name in chosen for choice in form[name].subwidgets]:
        assert choice.choice_label != choice.data["value"]


def test_an_order_is_written_and_explained() -> None:
    codecs = form_of(kinds()["sip"])().fields[f"{PREFIX}codecs"]
    assert "<code>opus</code> Opus, full sound<br>" in codecs.help_text


def test_transports_are_ticked() -> None:
    bridge = saved(kinds()["sip"], None, **TRUNK)
    assert bridge.config["transports"] == ["udp", "tcp"]
    none = filled(kinds()["sip"], bridge, transports="")
    assert "At least one transport is needed." in str(none.non_field_errors())


def test_a_trunk_is_kept_as_it_was_entered() -> None:
    bridge = saved(kinds()["sip"], None, **TRUNK, codecs="pcma,  pcmu", port="5070")
    assert bridge.type == "sip"
    config = bridge.config
    assert config["trunk_secret"] == "s3same"
    assert config["codecs"] == ["pcma", "pcmu"]
    assert (config["port"], config["verify_tls"], config["srtp"]) == (5070, True, "optional")


def test_a_secret_is_never_shown_and_stays_when_it_is_left_empty() -> None:
    bridge = saved(kinds()["sip"], None, **TRUNK)
    form = form_of(kinds()["sip"])(instance=bridge)
    assert "s3same" not in form.as_p()
    assert "sip.example.org" in form.as_p()
    again = filled(kinds()["sip"], bridge, port="5071")
    assert again.is_valid()
    assert [name for name in again.changed_data if name.startswith(PREFIX)] == [PREFIX + "port"]
    again.save()
    assert Bridge.objects.get().config["trunk_secret"] == "s3same"
    assert saved(kinds()["sip"], bridge, trunk_secret="other").config["trunk_secret"] == "other"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", "99999"),
        ("trunk_domain", "not a host"),
        ("codecs", "opus, mp3"),
        ("listen_address", "a\nb"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(field: str, value: str) -> None:
    form = filled(kinds()["sip"], None, **{**TRUNK, field: value})
    assert list(form.errors) == [PREFIX + field]
    assert "$." not in str(form.errors)


def test_what_does_not_fit_together_is_told_above_all_fields() -> None:
    form = filled(kinds()["sip"], None, trunk_domain="sip.example.org")
    assert "A trunk needs a user." in str(form.non_field_errors())


def test_a_secret_that_is_needed_is_asked_for() -> None:
    form = filled(PBX, None, host="pbx.example.org")
    assert list(form.errors) == [PREFIX + "password"]
    bridge = saved(PBX, None, host="pbx.example.org", password="s3same", loudness="0.5")
    assert bridge.config == {"host": "pbx.example.org", "password": "s3same", "loudness": 0.5}
    assert saved(PBX, bridge, host="other.example.org").config["password"] == "s3same"


def test_a_bridge_whose_settings_cannot_be_read_is_filled_in_anew() -> None:
    bridge = saved(kinds()["sip"], None, **TRUNK)
    Bridge.objects.update(sealed_config="sealed by another key")
    bridge.refresh_from_db()
    assert form_of(kinds()["sip"])(instance=bridge).unreadable
    entered = saved(kinds()["sip"], bridge, trunk_domain="new.example.org", trunk_user="office")
    assert "trunk_secret" not in entered.config


class Odd(Struct, frozen=True):
    sounds: dict[str, Annotated[str, Meta(max_length=3)]] = {}


def test_a_setting_for_which_there_is_no_field_is_noticed_when_it_is_made() -> None:
    with pytest.raises(TypeError):
        form_of(PBX._replace(config=Odd, labels={"sounds": "sounds"}, secrets=frozenset()))


def test_a_number_has_languages_that_the_server_speaks() -> None:
    bridge = Bridge.objects.create(key="sim", type="simulator", label="Sim")
    given = {
        "number": "+49305550123",
        "label": "Berlin",
        "country": "de",
        "bridge": bridge.pk,
        "language": "de",
        "further_languages": ["en"],
        "position": 0,
    }
    form = DialInNumberForm(given)
    assert form.is_valid(), form.errors
    assert (form.save().languages, form.instance.country) == (["de", "en"], "DE")
    assert "language" in DialInNumberForm({**given, "language": "xx"}).errors
