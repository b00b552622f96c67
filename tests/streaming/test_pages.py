from streaming.pages import player_context


def test_a_player_is_for_spectators_and_has_speeds() -> None:
    context = player_context(recording="archery")
    assert context["spectator"]
    assert context["recording"] == "archery"
    assert ("1", "1×") in context["rates"]
