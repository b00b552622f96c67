"""What is kept at hand of what people write."""

from conferences.core.chat import CHAT_KEPT, SendChat
from tests.conferences.meeting import Meeting


def test_only_the_last_lines_of_the_chat_are_kept_at_hand(meeting: Meeting) -> None:
    for number in range(CHAT_KEPT + 1):
        meeting.does("bob", SendChat(text=str(number)))
    assert len(meeting.state.chat) == CHAT_KEPT
    assert meeting.state.chat[0].text == "1"
