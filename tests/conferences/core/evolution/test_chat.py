"""What is kept at hand of what people write."""

from conferences.core.chat import LINES_KEPT, PRIVATE_LINES_KEPT, SendChat
from tests.conferences.meeting import Meeting


def test_only_the_last_lines_of_the_chat_are_kept_at_hand(meeting: Meeting) -> None:
    for number in range(LINES_KEPT + 1):
        meeting.does("bob", SendChat(text=str(number)))
    assert len(meeting.state.chat) == LINES_KEPT
    assert meeting.state.chat[0].text == "1"


def test_what_two_whisper_drives_out_nobody_elses_lines(meeting: Meeting) -> None:
    meeting.does("carol", SendChat(text="for all"))
    meeting.does("carol", SendChat(text="for alice", to="alice"))
    for number in range(LINES_KEPT):
        meeting.does("bob", SendChat(text=str(number), to="alice"))
        meeting.does("alice", SendChat(text=str(number), to="bob"))
    assert [line.text for line in meeting.state.seen_by("carol").chat] == ["for all", "for alice"]
    assert len(meeting.state.seen_by("bob").chat) == PRIVATE_LINES_KEPT + 1
