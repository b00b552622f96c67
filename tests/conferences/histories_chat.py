"""What becomes of lines in the chat, and of pages that everyone is invited to open."""

from conferences.core import chat as h
from conferences.core import commands as c
from conferences.core import shared_links as sl
from conferences.core.words import ChatFiles, Policy, Reaction
from tests.conferences.histories import LOBBY, admitted, plot, three
from tests.conferences.meeting import Meeting

LIST = h.ChatFile(id="list", name="Shopping list.txt", url="/files/list/key/", size=2_000)
PHOTO = h.ChatFile(id="photo", name="صورة.png", url="/files/photo/key/", size=90_000, width=640, height=480)


@plot("carol", three)
def chat_of_a_guest(meeting: Meeting) -> None:
    """Lines are answered, edited, deleted and reacted to"""
    talk(meeting)


@plot("alice", three)
def chat_of_a_host(meeting: Meeting) -> None:
    """Lines are answered, edited, deleted and reacted to"""
    talk(meeting)


def talk(meeting: Meeting) -> None:
    question = said(meeting, "bob", "Tea or cofee?\nشاي")
    meeting.does("bob", h.EditChat(line=question, text="Tea or coffee?"))
    answer = said(meeting, "carol", "Tea 🫖", reply=question)
    for who in ("alice", "bob", "carol"):
        meeting.does(who, h.ReactToChat(line=answer, reaction=Reaction.HEART))
    meeting.does("bob", h.ReactToChat(line=answer, reaction=Reaction.HEART, on=False))
    meeting.does("bob", h.ReactToChat(line=answer, reaction=Reaction.LAUGH))
    secret = said(meeting, "bob", "carol always wants tea", to="alice")
    meeting.does("alice", h.ReactToChat(line=secret, reaction=Reaction.THUMBS_UP))
    meeting.does("bob", h.EditChat(line=secret, text="she always wants tea"))
    said(meeting, "alice", "true", to="bob", reply=secret)
    meeting.does("bob", h.DeleteChat(line=secret))
    between = said(meeting, "bob", "Biscuits?", to="carol")
    meeting.does("carol", h.ReactToChat(line=between, reaction=Reaction.CELEBRATE))
    meeting.does("carol", h.AttachFile(file=PHOTO, to="bob", reply=between))
    meeting.does("bob", h.AttachFile(file=LIST))
    meeting.does("alice", h.DeleteChat(line=meeting.state.chat[-1].id))
    meeting.does("alice", h.DeleteChat(line=answer))


def said(meeting: Meeting, who: str, text: str, *, to: str = "", reply: int = 0) -> int:
    meeting.does(who, h.SendChat(text=text, to=to, reply=reply))
    return meeting.state.chat[-1].id


@plot("carol", three)
def long_chat(meeting: Meeting) -> None:
    """Others whisper a lot, and everybody keeps the lines that they can read"""
    said(meeting, "bob", "first")
    said(meeting, "alice", "between us", to="carol")
    for number in range(h.PRIVATE_LINES_KEPT + 1):
        said(meeting, "alice", str(number), to="bob")
    for number in range(h.LINES_KEPT):
        said(meeting, "bob", str(number))


@plot("carol", lambda meeting: late(meeting), Policy(chat_kept=False))
def chat_of_a_latecomer(meeting: Meeting) -> None:
    """Who may not read what was written before hears nothing of what becomes of it"""
    early = meeting.state.chat[0].id
    meeting.does("bob", h.EditChat(line=early, text="still not for carol"))
    meeting.does("alice", h.ReactToChat(line=early, reaction=Reaction.LAUGH))
    meeting.does("alice", h.DeleteChat(line=said(meeting, "bob", "for carol too")))
    meeting.does("bob", h.DeleteChat(line=early))


def late(meeting: Meeting) -> None:
    meeting.joins("alice")
    meeting.joins("bob")
    meeting.does("bob", h.SendChat(text="not for carol"))
    meeting.wait(5)
    meeting.joins("carol")


@plot("bob", three)
def links(meeting: Meeting) -> None:
    """Pages elsewhere are offered to everyone, and files are no longer for all"""
    meeting.does("alice", sl.ShareLink(url="https://Bücher.example/a?q=ä", title="Books"))
    meeting.does("alice", sl.WithdrawLink())
    meeting.does("alice", sl.ShareLink(url="http://[::1]:8000"))
    meeting.does("alice", c.ChangePolicy(chat_files=ChatFiles.PRESENTERS))


@plot("carol", lambda meeting: admitted(meeting, "bob"), LOBBY)
def links_of_one_who_waits(meeting: Meeting) -> None:
    """Who waits hears neither of links nor of lines"""
    meeting.does("alice", sl.ShareLink(url="https://example.org"))
    meeting.does("bob", h.ReactToChat(line=said(meeting, "alice", "Look!"), reaction=Reaction.HEART))
    meeting.does("alice", c.AdmitParticipant(participant="carol"))
