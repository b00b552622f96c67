"""What is true after it was said who pays."""

from msgspec.structs import replace

from conferences.core import billing as b
from conferences.core.evolution.dispatch import applies
from conferences.core.state import State


@applies
def _(event: b.ConferenceSubscribed, state: State) -> State:
    return replace(
        state, subscription=event.subscription, billing_asked=event.asked, billing_codes=event.codes
    )


@applies
def _(event: b.BillingCodeSet, state: State) -> State:
    return replace(state, billing_code=event.code)
