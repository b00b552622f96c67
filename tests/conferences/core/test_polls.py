"""What a browser may send of polls, and what of a poll a guest is shown."""

import msgspec
import pytest
from hypothesis import given, settings

from conferences.core.messages import ClientCommand
from conferences.core.polls import Answer, Poll, PollKind
from conferences.core.words import Role
from tests.conferences.meeting import CAST
from tests.conferences.stories import Story, stories

decode = msgspec.json.Decoder(ClientCommand).decode
QUIZ = Poll(
    id=3,
    at=1,
    kind=PollKind.SINGLE,
    question="2 + 2",
    options=("3", "4"),
    anonymous=False,
    quiz=True,
    right=(1,),
    answers=(Answer(participant="bob", name="Bob", choices=(1,)),),
)


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": ["x"] * 10_000},
        {"options": ["x" * 201]},
        {"options": [""]},
        {"question": "x" * 501},
        {"right": [20]},
        {"right": [-1]},
        {"right": [1] * 21},
        {"kind": "riddle"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_poll_has_bounds(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode({"type": "poll.open", "kind": "single"} | wrong))


@pytest.mark.parametrize("wrong", [{"text": "x" * 501}, {"choices": [1] * 21}, {"poll": 0}])
def test_an_answer_has_bounds(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(msgspec.json.encode({"type": "poll.answer", "poll": 3} | wrong))


def test_guests_see_neither_answers_nor_solution_before_it_is_time() -> None:
    seen = QUIZ.seen_by(Role.GUEST)
    assert (seen.answers, seen.right) == ((), ())


@pytest.mark.parametrize("role", [Role.PRESENTER, Role.HOST])
def test_who_asks_sees_all(role: Role) -> None:
    assert QUIZ.seen_by(role) == QUIZ


@given(stories())
@settings(max_examples=60, deadline=None)
def test_nobody_is_shown_the_ballot_of_another_or_a_name_in_an_anonymous_poll(story: Story) -> None:
    state = story.told().state
    for viewer in CAST:
        picture = state.seen_by(viewer)
        assert set(picture.ballots) <= {viewer}
        secret = [answer for poll in picture.polls if poll.anonymous for answer in poll.answers]
        assert not any(answer.participant or answer.name for answer in secret)
