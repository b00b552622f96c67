"""What is true after the facts of drawing: the ink that is counted is the ink there is."""

from hypothesis import given, settings

from conferences.core import board as b
from conferences.core.figures import ink_of
from tests.conferences.histories_board import FIGURES
from tests.conferences.meeting import Meeting
from tests.conferences.stories import Story, stories


@given(stories())
@settings(max_examples=60, deadline=None)
def test_the_ink_that_is_counted_is_there(story: Story) -> None:
    state = story.told().state
    pages = [page for document in state.drawings.values() for page in document.values()]
    assert state.ink == sum(ink_of(shape.figure) for page in pages for shape in page)
    assert set(state.drawings) <= set(state.documents)


def test_other_pages_are_not_touched(meeting: Meeting) -> None:
    meeting.brings("alice")
    for page in (1, 2):
        shape = b.AddShape(document="plans", page=page, shape="s1", figure=FIGURES["line"])
        meeting.does("alice", shape)
    before = meeting.state.drawings["plans"]
    meeting.does("alice", b.EraseShapes(document="plans", page=1, shapes=("s1",)))
    after = meeting.state.drawings["plans"]
    assert before[2] is after[2]
    assert (len(before[1]), len(after[1])) == (1, 0)
