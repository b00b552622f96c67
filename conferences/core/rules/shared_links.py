"""Who invites everyone to open which page."""

from conferences.core import shared_links as sl
from conferences.core.rules.addresses import clean_address
from conferences.core.rules.decision import Events, decides, oneself
from conferences.core.rules.wording import clean_name
from conferences.core.state import State
from conferences.core.words import Millis


@decides(sl.ShareLink)
def share(command: sl.ShareLink, state: State, by: str, now: Millis) -> Events:
    author, url = oneself(state, by), clean_address(command.url)
    title = clean_name(command.title) if command.title.strip() else ""
    return [sl.LinkShared(participant=by, name=author.name, url=url, title=title, at=now)]


@decides(sl.WithdrawLink)
def withdraw(command: sl.WithdrawLink, state: State, by: str, now: Millis) -> Events:
    return [sl.LinkWithdrawn(by=by, at=now)] if state.link else []
