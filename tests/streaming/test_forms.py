from streaming.forms import PasscodeForm


def test_a_passcode_is_taken_as_it_was_typed() -> None:
    form = PasscodeForm({"passcode": " a b "})
    assert form.is_valid()
    assert form.cleaned_data["passcode"] == " a b "


def test_a_passcode_is_needed_and_has_an_end() -> None:
    assert not PasscodeForm({"passcode": ""}).is_valid()
    assert not PasscodeForm({"passcode": "x" * 201}).is_valid()
