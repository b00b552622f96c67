"""Trying things out: *Test connection*, and a simulated bridge made by one click."""

import asyncio

from django.db import transaction
from django.utils.translation import gettext as _

from bridges import here
from bridges.adapters import make_bridge
from bridges.errors import BridgeError
from bridges.models import AllowedDestination, Bridge, DialInNumber
from bridges.sealing import Unsealable
from bridges.types import Health

WITHIN_S = 15.0

NOBODYS = "+120255501"
"""Numbers that begin so are kept for films and trials."""
NUMBER = f"{NOBODYS}23"
BEHIND_ALL_OTHERS = 99


def connection_test(bridge: Bridge) -> Health:
    """Asks the bridge, be it kept here, elsewhere or nowhere. In a thread; takes `WITHIN_S` at most."""
    kept = here.bridge(bridge.key)
    try:
        if kept is not None:
            return here.run(kept.check(), within_s=WITHIN_S)
        adapter = make_bridge(bridge.type, bridge.key, bridge.config)
        return asyncio.run(asyncio.wait_for(adapter.check(), WITHIN_S))
    except Unsealable:
        return Health(works=False, answer=_("Its settings cannot be read any more: enter them again."))
    except BridgeError as error:
        return Health(works=False, answer=str(error))
    except TimeoutError:
        text = _("It did not answer within %(seconds)s seconds.")
        return Health(works=False, answer=text % {"seconds": round(WITHIN_S)})


@transaction.atomic
def simulator_make(*, language: str) -> Bridge:
    """The one there is, or a new one, with a number to call and others that may be called. Real calls are
    placed by all other bridges before it."""
    found = Bridge.objects.filter(type="simulator").first()
    if found is not None:
        return found
    bridge = Bridge(
        key="simulator", type="simulator", label=_("Simulated telephones"), position=BEHIND_ALL_OTHERS
    )
    bridge.config = {"answers_after_s": None}
    bridge.save()
    DialInNumber.objects.get_or_create(
        number=NUMBER,
        defaults={
            "bridge": bridge,
            "label": _("Simulated"),
            "country": "US",
            "language": language,
            "position": BEHIND_ALL_OTHERS,
        },
    )
    AllowedDestination.objects.get_or_create(
        prefix=NOBODYS, room=None, defaults={"note": _("Simulated telephones")}
    )
    return bridge
