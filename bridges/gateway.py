"""What a site's sign-in service says of callers, in the words of `policy`."""

from django.conf import settings

from auth_gateway.contract import Allowed, Denied, Unavailable
from auth_gateway.flows import dialin
from auth_gateway.identity import Identity
from auth_gateway.services import user_vouched_for
from bridges.base import Admit, Again, InboundCall, Refuse
from bridges.types import EndCause
from conferences.models import Room
from meetingserver.languages import nearest

NOT_ASKED = "not_configured"


def ask_gateway(call: InboundCall, room: Room, pin: str) -> Admit | Again | Refuse | None:
    """A `policy.AskGateway`."""
    answer = dialin(conference=room.code, pin=pin or None, ani=call.caller or None, dnis=call.dialled or None)
    match answer:
        case Allowed(identity):
            return _admitted(room, identity)
        case Denied():
            return None if answer.code == NOT_ASKED else Again()
        case Unavailable():
            return Refuse(EndCause.ERROR)


def _admitted(room: Room, identity: Identity) -> Admit | Again:
    """By a row like that of who comes by ticket: so they can be asked about again, and taken out."""
    user = user_vouched_for(identity=identity, about_one_room=True) if identity.user_id else None
    if not identity.may_enter(room.slug, room.code) or (user and not user.is_active):
        return Again()
    return Admit(
        room=room.pk,
        code=room.code,
        host=identity.is_host_of(room.slug, room.code),
        presenter=identity.role == "presenter",
        name=identity.display_name,
        language=nearest(identity.language, dict(settings.LANGUAGES)),
        account=user.username if user else "",
        tenant=identity.account,
        billing_code=identity.billing_code,
    )
