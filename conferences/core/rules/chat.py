"""What people write to each other, and what becomes of it."""

from conferences.core import chat as h
from conferences.core.rules.decision import Events, decides, oneself, somebody
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_text
from conferences.core.state import Participant, State
from conferences.core.words import ChatFiles, Millis, Role, Seq


@decides(h.SendChat)
def send(command: h.SendChat, state: State, by: str, now: Millis) -> Events:
    author, text = oneself(state, by), clean_text(command.text)
    _check_way(state, command, by)
    return [_said(author, command, now, text=text)]


@decides(h.AttachFile)
def attach(command: h.AttachFile, state: State, by: str, now: Millis) -> Events:
    author = oneself(state, by)
    if not _may_attach(state, author):
        raise Refused(Reason.FILES_OFF)
    _check_way(state, command, by)
    return [_said(author, command, now, text="", file=command.file)] if command.file else []


def _may_attach(state: State, author: Participant) -> bool:
    least = {ChatFiles.EVERYONE: Role.GUEST, ChatFiles.PRESENTERS: Role.PRESENTER}.get(
        state.policy.chat_files
    )
    return least is not None and author.role.rank >= least.rank


def _check_way(state: State, command: h.SendChat | h.AttachFile, by: str) -> None:
    """It goes to everyone or to somebody else, and answers nothing that its readers do not know."""
    if command.to and somebody(state, command.to).id == by:
        raise Refused(Reason.NOT_ALLOWED)
    if command.reply:
        answered = _line(state, command.reply, by)
        if answered.to and answered.between != frozenset((by, command.to)):
            raise Refused(Reason.NOT_ALLOWED)


def _said(
    author: Participant,
    command: h.SendChat | h.AttachFile,
    now: Millis,
    *,
    text: str,
    file: h.ChatFile | None = None,
) -> h.ChatSent | h.ChatWhispered:
    who, name, to, reply = author.id, author.name, command.to, command.reply
    if not to:
        return h.ChatSent(participant=who, name=name, text=text, reply=reply, file=file, at=now)
    return h.ChatWhispered(participant=who, name=name, text=text, to=to, reply=reply, file=file, at=now)


@decides(h.EditChat)
def edit(command: h.EditChat, state: State, by: str, now: Millis) -> Events:
    line, text = _line(state, command.line, by), clean_text(command.text)
    if line.participant != by or line.file:
        raise Refused(Reason.NOT_ALLOWED)
    return [h.ChatEdited(line=line.id, text=text, at=now)] if text != line.text else []


@decides(h.DeleteChat)
def delete(command: h.DeleteChat, state: State, by: str, now: Millis) -> Events:
    line = _line(state, command.line, by)
    if line.participant != by and oneself(state, by).role is not Role.HOST:
        raise Refused(Reason.NOT_ALLOWED)
    return [h.ChatDeleted(line=line.id, file=line.file.id if line.file else "", by=by, at=now)]


@decides(h.ReactToChat)
def react(command: h.ReactToChat, state: State, by: str, now: Millis) -> Events:
    line, author, reaction = _line(state, command.line, by), oneself(state, by), command.reaction
    is_on = any((given.participant, given.reaction) == (by, reaction) for given in line.reactions)
    if is_on == command.on:
        return []
    return [
        h.ChatReacted(
            line=line.id, participant=by, name=author.name, reaction=reaction, on=command.on, at=now
        )
    ]


def _line(state: State, id: Seq, by: str) -> h.ChatLine:
    """One that the asker can read."""
    oneself(state, by)
    found = next((line for line in state.chat if line.id == id and state.reads(by, line)), None)
    if found is None or found.deleted:
        raise Refused(Reason.GONE)
    return found
