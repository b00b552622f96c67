"""What a site's sign-in service tells us by itself: somebody is no longer to be let in."""

import time
from typing import Annotated

import msgspec
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from auth_gateway.asking import configured
from auth_gateway.audit import audit_write
from auth_gateway.callers import caller_of
from auth_gateway.services import use_once, users_revoked
from auth_gateway.signing import TOLERANCE_S, signed_id
from auth_gateway.throttle import Limit, throttle_check_all
from conferences.clock import now
from conferences.revoking import user_revoke

MOST_BYTES = 4096


class Revocation(msgspec.Struct, frozen=True):
    """Of one person, or of all people of a customer. Other keys are left alone."""

    user_id: Annotated[str, msgspec.Meta(max_length=128)] = ""
    account: Annotated[str, msgspec.Meta(max_length=64)] = ""


@csrf_exempt  # signed by a secret, and no browser's business
@require_POST
@never_cache
def revoke(request: HttpRequest) -> JsonResponse:
    """Signed as what we ask is. 401 for whatever is wrong with that; 200 says how many were revoked."""
    caller, at = caller_of(request), time.time()
    refused = _refusal(request, at)
    if refused:
        audit_write(action="revoke", outcome="denied", caller=caller, reason=refused)
        return JsonResponse({"error": "unauthorized"}, status=401)
    try:
        asked = msgspec.json.decode(request.body, type=Revocation)
    except (msgspec.DecodeError, RecursionError):
        return JsonResponse({"error": "malformed"}, status=400)
    if bool(asked.user_id) == bool(asked.account):
        return JsonResponse({"error": "give user_id or account"}, status=400)
    users = users_revoked(user_id=asked.user_id, account=asked.account)
    conferences = sum(user_revoke(user=user, now=now(), reason="asked for", caller=caller) for user in users)
    return JsonResponse({"revoked": len(users), "conferences": conferences})


def _refusal(request: HttpRequest, at: float) -> str:
    """Empty: it is from whom it says, and new."""
    gateway = configured()
    if gateway is None or not gateway.secrets:
        return "not_configured"
    limit = Limit(f"revoke.{request.META.get('REMOTE_ADDR', '')}", 300, 60)
    if len(request.body) > MOST_BYTES or not throttle_check_all([limit], at):
        return "too_many"
    headers = {name.lower(): value for name, value in request.headers.items()}
    id = signed_id(gateway.secrets, headers, request.body, at)
    if id is None:
        return "signature"
    fresh = use_once(id=f"hook.{id}"[:128], expires_at=int(at) + 2 * TOLERANCE_S)
    return "" if fresh else "replayed"
