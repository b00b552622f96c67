"""What a conference goes under in the books."""

from collections.abc import Collection
from fnmatch import fnmatchcase

from conferences.core import billing as b
from conferences.core.rules.decision import Events, decides
from conferences.core.rules.refusal import Reason, Refused
from conferences.core.rules.wording import clean_line
from conferences.core.state import State
from conferences.core.words import BillingAsked, Millis


@decides(b.SetBillingCode)
def set_code(command: b.SetBillingCode, state: State, by: str, now: Millis) -> Events:
    code = clean_line(command.code) if command.code.strip() else ""
    check_code(code, asked=state.billing_asked, accepted=state.billing_codes)
    return [] if code == state.billing_code else [b.BillingCodeSet(code=code, by=by, at=now)]


def brought(code: str, state: State, *, by: str, now: Millis) -> Events:
    """By a host who comes in: holds where none was set before, and this one is not the owner's anyway."""
    known = state.billing_code or state.subscription.billing_code
    if not code or code == known or state.billing_code or not fits(code, state.billing_codes):
        return []
    return [b.BillingCodeSet(code=code, by=by, at=now)]


def check_code(code: str, *, asked: BillingAsked, accepted: Collection[str]) -> None:
    """Raises Refused."""
    if not code and asked is BillingAsked.MANDATORY:
        raise Refused(Reason.BILLING_CODE_NEEDED)
    if code and not fits(code, accepted):
        raise Refused(Reason.BILLING_CODE_WRONG)


def fits(code: str, accepted: Collection[str]) -> bool:
    """Whether it is one of these, or there are none. In them `#` is any digit and `*` anything; case does not
    matter."""
    return not accepted or any(fnmatchcase(code.casefold(), _pattern(one)) for one in accepted)


def _pattern(accepted: str) -> str:
    return "".join(_PLACEHOLDERS.get(character, character) for character in accepted.casefold())


_PLACEHOLDERS = {"#": "[0-9]", "?": "[?]", "[": "[[]"}
