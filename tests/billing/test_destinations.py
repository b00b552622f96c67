"""Records go where the mapping file says."""

from pytest_django import Settings

from billing.destinations import target_names


def test_without_a_mapping_file_records_go_nowhere() -> None:
    assert target_names() == []


def test_targets_are_as_the_file_names_them(settings: Settings) -> None:
    settings.BILLING_TARGETS = ["books"]
    assert target_names() == ["books"]
