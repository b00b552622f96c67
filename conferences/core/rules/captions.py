"""Who writes down for everybody what is said."""

from conferences.core import captions as k
from conferences.core.rules.decision import Events, decides, oneself_or_other
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_line, clean_name
from conferences.core.state import State
from conferences.core.words import SYSTEM, Millis


@decides(k.AssignCaptions)
def assign(command: k.AssignCaptions, state: State, by: str, now: Millis) -> Events:
    writer = oneself_or_other(state, command.participant, by)
    if not writer.web:
        raise Refused(Reason.NOT_ALLOWED)
    if writer.id in state.captions.writers:
        return []
    if len(state.captions.writers) >= k.MOST_WRITERS:
        raise Refused(Reason.TOO_MANY)
    return [k.CaptionsAssigned(participant=writer.id, by=by, at=now)]


@decides(k.UnassignCaptions)
def unassign(command: k.UnassignCaptions, state: State, by: str, now: Millis) -> Events:
    writer = oneself_or_other(state, command.participant, by)
    if writer.id not in state.captions.writers:
        return []
    return [k.CaptionsUnassigned(participant=writer.id, by=by, at=now)]


@decides(k.WriteCaption)
def write(command: k.WriteCaption, state: State, by: str, now: Millis) -> Events:
    if by != SYSTEM and by not in state.captions.writers:
        raise Refused(Reason.NOT_ALLOWED)
    speaker = clean_name(command.speaker) if command.speaker.strip() else ""
    return [k.CaptionWritten(participant=by, speaker=speaker, text=clean_line(command.text), at=now)]
