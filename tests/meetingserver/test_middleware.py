from django.http import HttpRequest, HttpResponse
from django.test import AsyncRequestFactory, RequestFactory
from pytest_django import Settings

from meetingserver.middleware import request_log, response_policy


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def with_script(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'<script type="importmap" nonce="{request.csp_nonce}">')  # type: ignore[attr-defined]


def directives(response: HttpResponse) -> dict[str, str]:
    policy = response["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (directive.partition(" ") for directive in policy)}


def test_a_page_without_inline_script_has_no_nonce() -> None:
    response = response_policy(plain)(RequestFactory().get("/"))
    assert directives(response)["script-src"] == "'self'"


def test_the_nonce_of_the_page_is_the_nonce_of_the_policy() -> None:
    response = response_policy(with_script)(RequestFactory().get("/"))
    nonce = response.content.decode().split('nonce="')[1].split('"')[0]
    assert directives(response)["script-src"] == f"'self' 'nonce-{nonce}'"


def test_two_pages_never_share_a_nonce() -> None:
    page = response_policy(with_script)
    first, second = page(RequestFactory().get("/")), page(RequestFactory().get("/"))
    assert first.content != second.content


def test_nothing_inline_is_allowed() -> None:
    response = response_policy(with_script)(RequestFactory().get("/"))
    assert "unsafe" not in response["Content-Security-Policy"]


def test_nobody_may_embed_our_pages_unless_told(settings: Settings) -> None:
    page = response_policy(plain)
    response = page(RequestFactory().get("/"))
    assert directives(response)["frame-ancestors"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"
    settings.EMBED_ORIGINS = ["https://intranet.example.org"]
    response = page(RequestFactory().get("/"))
    assert directives(response)["frame-ancestors"] == "https://intranet.example.org"
    assert "X-Frame-Options" not in response


def test_recordings_elsewhere_may_be_fetched_where_told(settings: Settings) -> None:
    page = response_policy(plain)
    assert directives(page(RequestFactory().get("/")))["media-src"] == "'self' blob:"
    settings.RECORDINGS_ORIGINS = ["https://recordings.example.com"]
    told = directives(page(RequestFactory().get("/")))
    for name in ("media-src", "connect-src", "img-src"):
        assert told[name].endswith(" https://recordings.example.com")
    assert "example.org" not in told["script-src"]


def test_camera_microphone_and_screen_are_ours_only() -> None:
    policy = response_policy(plain)(RequestFactory().get("/"))["Permissions-Policy"]
    assert {"camera=(self)", "microphone=(self)", "display-capture=(self)"} <= set(policy.split(", "))


def test_every_answer_names_its_request() -> None:
    page = request_log(plain)
    first, second = page(RequestFactory().get("/")), page(RequestFactory().get("/"))
    assert len(first["X-Request-ID"]) == 16
    assert first["X-Request-ID"] != second["X-Request-ID"]


async def test_async_views_pass_the_same_way() -> None:
    async def waiting(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("hello")

    response = await request_log(response_policy(waiting))(AsyncRequestFactory().get("/"))
    assert "Content-Security-Policy" in response
    assert "X-Request-ID" in response
