"""Whose a mute is."""

from bridges.mouth import Mouth


def test_what_we_asked_for_is_ours_and_what_comes_without_asking_is_not() -> None:
    mouth = Mouth()
    mouth.joins(muted=False)
    assert mouth.ask(muted=True)
    assert mouth.is_ours(muted=True)
    assert not mouth.is_ours(muted=False)


def test_what_is_so_already_is_not_asked_for() -> None:
    mouth = Mouth()
    mouth.joins(muted=True)
    assert not mouth.ask(muted=True)
    assert not mouth.is_ours(muted=False)
    assert mouth.ask(muted=True)


def test_wishes_in_quick_succession_come_back_in_their_order_and_are_all_ours() -> None:
    mouth = Mouth()
    mouth.joins(muted=False)
    for muted in (True, False, True):
        assert mouth.ask(muted=muted)
    assert all(mouth.is_ours(muted=muted) for muted in (True, False, True))
    assert not mouth.is_ours(muted=False)


def test_an_answer_that_never_came_does_not_hide_what_the_caller_does_later() -> None:
    mouth = Mouth()
    mouth.joins(muted=False)
    mouth.ask(muted=True)
    mouth.joins(muted=False)
    assert not mouth.is_ours(muted=True)


def test_after_the_bridge_was_away_we_ask_again() -> None:
    mouth = Mouth()
    mouth.joins(muted=True)
    mouth.forget()
    assert mouth.ask(muted=True)
