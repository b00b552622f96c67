"""A page elsewhere that everyone is invited to open: what may be asked, what happened, what is known."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from conferences.core.commands import Command, Need
from conferences.core.events import Event
from conferences.core.words import IdOrEmpty, Name, ParticipantId, Role, Seq

Address = Annotated[str, Meta(min_length=1, max_length=2000)]
LinkTitle = Annotated[str, Meta(max_length=120)]


class SharedLink(Struct, frozen=True):
    id: Seq
    """The number of the event that brought it."""
    url: Address
    """Of http or https, without a password in it; its host as the network knows it (`xn--…`)."""
    title: LinkTitle
    participant: ParticipantId
    name: Name
    """What they were called then."""


# Commands


class ShareLink(Command, frozen=True, tag="link.share"):
    """In place of one that may be shared already."""

    needs: ClassVar[Role | Need] = Role.PRESENTER
    url: Address
    title: LinkTitle = ""


class WithdrawLink(Command, frozen=True, tag="link.withdraw"):
    needs: ClassVar[Role | Need] = Role.PRESENTER


LinkCommand = ShareLink | WithdrawLink


# Events


class LinkShared(Event, frozen=True, kw_only=True, tag="link.shared"):
    participant: ParticipantId
    name: Name
    url: Address
    title: LinkTitle


class LinkWithdrawn(Event, frozen=True, kw_only=True, tag="link.withdrawn"):
    by: IdOrEmpty


LinkEvent = LinkShared | LinkWithdrawn
