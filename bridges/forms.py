"""The form of a bridge: what every bridge has, and what its kind wants to know, made of its `Config`."""

import re
from enum import Enum
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import NODEFAULT, inspect, to_builtins

from bridges.adapters import Kind, config_of
from bridges.models import Bridge, DialInNumber
from bridges.sealing import Unsealable

PREFIX = "config-"
OF_THE_ROW = frozenset({"caller_id"})
"""Every bridge has these for itself: the row's count."""

LONG = {"class": "vTextField"}

_PATH = re.compile(r" - at `\$\.(\w+)[^`]*`$")
_MISSING = re.compile(r"missing required field `(\w+)`")


class WordsField(forms.CharField):
    """Words with commas or spaces between them."""

    def to_python(self, value: Any) -> Any:
        return re.split(r"[,\s]+", value.strip(", \n\t")) if isinstance(value, str) and value.strip() else []

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(value or ())


class BridgeForm(forms.ModelForm):
    """Of one kind: `form_of` makes it."""

    kind: Kind

    class Meta:
        model = Bridge
        fields = ("label", "key", "enabled", "position", "dials_out", "caller_id")
        help_texts = {
            "label": gettext_lazy("As you call it, for example: Trunk of the office."),
            "key": gettext_lazy("Stands in records of calls. Small letters, digits and hyphens."),
            "caller_id": gettext_lazy("As +49301234567. Empty: the telephone company chooses."),
            "dials_out": gettext_lazy("People are called from meetings by this bridge."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unreadable = False
        try:
            self.kept = self.instance.config
        except Unsealable:
            self.kept, self.unreadable = {}, True
        for name in asked_of(self.kind):
            if name in self.kept and name not in self.kind.secrets:
                self.initial[PREFIX + name] = self.kept[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.config = {**self.kept, **self._given(cleaned)}
        if not self.errors:
            try:
                config_of(self.kind, self.config)
            except ValueError as error:
                self._refuse(str(error))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.type = self.kind.name
        self.instance.config = self.config
        return super().save(commit)

    def _given(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Secrets that were left empty stay what they are."""
        given = {name: cleaned.get(PREFIX + name) for name in asked_of(self.kind)}
        return {name: value for name, value in given.items() if value or name not in self.kind.secrets}

    def _refuse(self, reason: str) -> None:
        """At the field it is about, if it is about one."""
        if missing := _MISSING.search(reason):
            self.add_error(PREFIX + missing[1], _("This is needed."))
            return
        found = _PATH.search(reason)
        name = PREFIX + found[1] if found else ""
        self.add_error(name if name in self.fields else None, _PATH.sub("", reason))


class DialInNumberForm(forms.ModelForm):
    """Languages are chosen among those that the server speaks."""

    language = forms.ChoiceField(label=capfirst(gettext_lazy("language")), choices=settings.LANGUAGES)
    further_languages = forms.MultipleChoiceField(
        label=capfirst(gettext_lazy("further languages")),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("With any of them, callers choose by a digit first."),
    )

    class Meta:
        model = DialInNumber
        fields = (
            "number",
            "label",
            "country",
            "toll_free",
            "bridge",
            "language",
            "further_languages",
            "position",
        )

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


def form_of(kind: Kind) -> type[BridgeForm]:
    fields = {PREFIX + name: _field(field, kind) for name, field in asked_of(kind).items()}
    return type("BridgeForm", (BridgeForm,), {**fields, "kind": kind})


def asked_of(kind: Kind) -> dict[str, inspect.Field]:
    """What the form asks of a kind, by its names."""
    asked = inspect.type_info(kind.config)
    assert isinstance(asked, inspect.StructType)  # noqa: S101 - `Config` is a Struct
    return {field.name: field for field in asked.fields if field.name not in OF_THE_ROW}


def _field(field: inspect.Field, kind: Kind) -> forms.Field:
    """`Config` has the last word; fields help to fill it in."""
    of = _without_none(field.type)
    initial = _initial(field)
    label = capfirst(str(kind.labels[field.name]))
    help_text = kind.help.get(field.name, "")
    said: dict[str, Any] = {
        "label": label, "initial": initial, "required": field.required, "help_text": help_text,
    }  # fmt: skip
    if field.name in kind.secrets:
        return _secret(said)
    match of:
        case inspect.BoolType():
            return forms.BooleanField(**{**said, "required": False})
        case inspect.EnumType():
            return forms.ChoiceField(choices=_choices(field, of.cls, kind), **said)
        case inspect.VarTupleType():
            return _several(field, of.item_type, kind, {**said, "required": False})
        case inspect.IntType():
            return forms.IntegerField(min_value=of.ge, max_value=of.le, **_demanded(said, initial))
        case inspect.FloatType():
            return forms.FloatField(min_value=of.ge, max_value=of.le, **_demanded(said, initial))
        case inspect.StrType():
            pattern = [RegexValidator(of.pattern, _NOT_SO)] if of.pattern else []
            widget = forms.TextInput(attrs=LONG)
            return forms.CharField(max_length=of.max_length, validators=pattern, widget=widget, **said)
        case _:
            raise TypeError(f"No field for {of} of {kind.name}")


_NOT_SO = gettext_lazy("It cannot be written like this.")


def _secret(said: dict[str, Any]) -> forms.Field:
    """Never shown back; a new one replaces the old. That a first one is needed, `Config` says."""
    widget = forms.PasswordInput(attrs={**LONG, "autocomplete": "new-password"})
    help_text = gettext_lazy("Kept encrypted and never shown. Leave it empty to keep what it is.")
    return forms.CharField(
        label=said["label"], required=False, widget=widget, help_text=help_text, strip=False
    )


def _demanded(said: dict[str, Any], initial: object) -> dict[str, Any]:
    """A number that has a value by default cannot be left empty."""
    return {**said, "required": said["required"] or initial is not None}


def _several(field: inspect.Field, of: inspect.Type, kind: Kind, said: dict[str, Any]) -> forms.Field:
    """Boxes to tick; words where the order matters, or where there is no end of them."""
    few = _choices(field, of.cls, kind) if isinstance(of, inspect.EnumType) else []
    if few and field.name not in kind.ordered:
        return forms.MultipleChoiceField(choices=few, widget=forms.CheckboxSelectMultiple, **said)
    if few:
        explained = format_html_join(mark_safe("<br>"), "<code>{}</code> {}", few)
        said["help_text"] = format_html("{}<br>{}", _("Of these, with commas between them:"), explained)
    return WordsField(
        **{**said, "help_text": said["help_text"] or _("With commas between them.")},
        widget=forms.TextInput(attrs=LONG),
    )


def _choices(field: inspect.Field, of: type[Enum], kind: Kind) -> list[tuple[str, str]]:
    """The values with their words."""
    words = kind.choices.get(field.name, {})
    return [(str(member.value), words.get(str(member.value), str(member.value))) for member in of]


def _without_none(of: inspect.Type) -> inspect.Type:
    if isinstance(of, inspect.UnionType):
        (of,) = (one for one in of.types if not isinstance(one, inspect.NoneType))
    return of


def _initial(field: inspect.Field) -> Any:
    return None if field.default is NODEFAULT else to_builtins(field.default)
