"""`manage.py brand serve`: a brand's sample pages, on this machine alone, made anew when a file changes."""

from collections.abc import Callable
from functools import lru_cache

from django.contrib.staticfiles.views import serve
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.http.response import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import override

from meetingserver.branding.brand import Problem
from meetingserver.branding.checking import Trial, problems_of
from meetingserver.branding.choosing import branded
from meetingserver.branding.installed import library
from meetingserver.branding.library import Installed
from meetingserver.branding.views import brand_file
from meetingserver.sample_pages import PAGES, person_at
from meetingserver.sample_pages import request as sample_request

PLACE = "/preview/"


class Preview:
    """Middleware that answers everything itself: no page of the server can be reached."""

    brand = ""
    trial: Trial

    def __init__(self, _get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        pass

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with branded(self.brand):
            return self._answer(request, request.path)

    def _answer(self, request: HttpRequest, path: str) -> HttpResponseBase:
        if path.startswith("/static/"):
            return serve(request, path.removeprefix("/static/"), insecure=True)
        if path.startswith("/brands/"):
            return brand_file(request, *path.removeprefix("/brands/").split("/", 2))
        library().reload()
        one = library().get(self.brand) or library().fallback()
        if path == f"{PLACE}version":
            return JsonResponse({"version": one.version})
        template = path.removeprefix(PLACE)
        if path.startswith(PLACE) and template in PAGES:
            return _page(template, request, one)
        return self._contents(request, one)

    def _contents(self, request: HttpRequest, one: Installed) -> HttpResponse:
        described = {
            "place": PLACE,
            "key": one.key,
            "version": one.version,
            "pages": list(PAGES),
            "languages": self.trial.languages,
            "problems": _problems(one.key, one.version, self.trial),
        }
        return render(request, "branding/preview.html", described)


def _page(template: str, asked: HttpRequest, one: Installed) -> HttpResponse:
    sample = sample_request(user=person_at(template), nonce=asked.csp_nonce)  # type: ignore[attr-defined]
    with override(asked.GET.get("language", "en")):
        made = render_to_string(template, PAGES[template](), sample)
    if template.endswith(".txt"):
        return HttpResponse(made, content_type="text/plain; charset=utf-8")
    script = format_html(
        '<script src="{}" data-version="{}" defer></script>', static("branding/preview.js"), one.version
    )
    return HttpResponse(made.replace("</body>", f"{script}</body>"))


@lru_cache(maxsize=1)
def _problems(key: str, _version: str, trial: Trial) -> list[Problem]:
    one = library().get(key)
    if one is None:
        raise Http404
    return problems_of(one, trial)
