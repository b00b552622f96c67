"""What a conference goes under in the books."""

from conferences.core import billing as b
from conferences.core.rules.decision import Events, decides
from conferences.core.rules.wording import clean_line
from conferences.core.state import State
from conferences.core.words import Millis


@decides(b.SetBillingCode)
def set_code(command: b.SetBillingCode, state: State, by: str, now: Millis) -> Events:
    code = clean_line(command.code) if command.code.strip() else ""
    return [] if code == state.billing_code else [b.BillingCodeSet(code=code, by=by, at=now)]
