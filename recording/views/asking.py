"""Who asks, and for which recording."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from auth_gateway.models import User
from conferences.views.asking import branded_room
from recording.models import Recording
from recording.selectors import access_recordings, with_views


def subscriber(request: HttpRequest) -> User:
    """Behind `login_required`."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def managed(request: HttpRequest, recording: str) -> Recording:
    """One that this user manages; for everybody else there is none."""
    found = get_object_or_404(with_views(access_recordings(subscriber(request))), pk=recording)
    branded_room(found.conference.room)
    return found
