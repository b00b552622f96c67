"""Who leads everybody's view, and speaks to those who wait."""

from conferences.core import hall as h
from conferences.core.rules.decision import Events, decides, oneself, somebody
from conferences.core.rules.wording import clean_text
from conferences.core.state import State
from conferences.core.words import Millis


@decides(h.LeadLayout)
def lead(command: h.LeadLayout, state: State, by: str, now: Millis) -> Events:
    leader = oneself(state, by)
    if command.large:
        somebody(state, command.large.partition(":")[2])
    if state.lead == h.Lead(by=leader.id, mode=command.mode, large=command.large):
        return []
    return [h.LayoutLed(mode=command.mode, large=command.large, by=leader.id, at=now)]


@decides(h.ReleaseLayout)
def release(command: h.ReleaseLayout, state: State, by: str, now: Millis) -> Events:
    return [h.LayoutReleased(by=by, at=now)] if state.lead else []


@decides(h.TellLobby)
def tell_lobby(command: h.TellLobby, state: State, by: str, now: Millis) -> Events:
    text = clean_text(command.text) if command.text else ""
    return [] if text == state.lobby_message else [h.LobbyTold(text=text, at=now)]
