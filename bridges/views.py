"""What pages are given of phones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bridges import selectors
from bridges.spoken_names import wav_of


@require_safe
def spoken_name(_request: HttpRequest, key: str) -> HttpResponse:
    """A caller's name as they said it. Its key is told to hosts only, and opens nothing after the end."""
    sound = selectors.spoken_name(key)
    if sound is None:
        raise Http404
    return HttpResponse(wav_of(sound), content_type="audio/wav", headers={"Cache-Control": "no-store"})
