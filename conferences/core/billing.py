"""Who pays: told to nobody but the journal, and to hosts the code that the conference goes under."""

from typing import ClassVar

from msgspec import Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Audience, Event
from conferences.core.words import BillingAsked, BillingText, IdOrEmpty, Role


class Subscription(Struct, frozen=True):
    """Whose room it is. `room` is its access code, `subscriber` its owner's user name, `account` who pays for
    the owner, `rate` what the site's own price list calls the account's rate."""

    room: str = ""
    subscriber: str = ""
    account: str = ""
    billing_code: BillingText = ""
    rate: BillingText = ""


class SetBillingCode(Command, frozen=True, tag="billing.code"):
    """The project or purchase order that this conference goes under; empty: none of its own."""

    needs: ClassVar[Role | Need] = Role.HOST
    code: BillingText


BillingCommand = SetBillingCode


class ConferenceSubscribed(Event, frozen=True, kw_only=True, tag="conference.subscribed"):
    """The second event of a journal. `codes`: those that are accepted (`rules.billing.fits`); none: any."""

    heard_by: ClassVar[Audience] = Audience.SERVER
    subscription: Subscription
    asked: BillingAsked = BillingAsked.NO
    codes: tuple[BillingText, ...] = ()


class BillingCodeSet(Event, frozen=True, kw_only=True, tag="billing.coded"):
    heard_by: ClassVar[Audience] = Audience.PRESENTERS
    code: BillingText
    by: IdOrEmpty


BillingEvent = ConferenceSubscribed | BillingCodeSet
