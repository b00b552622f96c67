"""What people write to each other."""

from conferences.core import chat as h
from conferences.core.rules.decision import Events, decides, oneself, somebody
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_text
from conferences.core.state import State
from conferences.core.words import Millis


@decides(h.SendChat)
def send(command: h.SendChat, state: State, by: str, now: Millis) -> Events:
    author, text = oneself(state, by), clean_text(command.text)
    if not command.to:
        return [h.ChatSent(participant=by, name=author.name, text=text, at=now)]
    reader = somebody(state, command.to)
    if reader.id == by:
        raise Refused(Reason.NOT_ALLOWED)
    return [h.ChatWhispered(participant=by, name=author.name, text=text, to=reader.id, at=now)]
