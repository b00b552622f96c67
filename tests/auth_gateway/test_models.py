from auth_gateway.models import User


def test_people_are_called_by_their_display_name() -> None:
    assert User(username="alice", display_name="Alice Archer").get_full_name() == "Alice Archer"


def test_who_has_no_display_name_is_called_by_the_user_name() -> None:
    assert User(username="alice").get_short_name() == "alice"
