"""What people write to each other."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.decision import Events, decides, oneself, somebody
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_text
from conferences.core.state import State
from conferences.core.words import Millis


@decides(c.SendChat)
def send(command: c.SendChat, state: State, by: str, now: Millis) -> Events:
    author, text = oneself(state, by), clean_text(command.text)
    if not command.to:
        return [e.ChatSent(participant=by, name=author.name, text=text, at=now)]
    reader = somebody(state, command.to)
    if reader.id == by:
        raise Refused(Reason.NOT_ALLOWED)
    return [e.ChatWhispered(participant=by, name=author.name, text=text, to=reader.id, at=now)]
