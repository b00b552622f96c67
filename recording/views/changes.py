"""What owners ask for on the page of a recording. Every answer leads back there and says what became."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from conferences.clock import now
from conferences.models import Viewers
from recording import services
from recording.contents import recording_lines, recording_people
from recording.forms import KeepForm, RedactForm, TrimForm, ViewersForm
from recording.models import Recording
from recording.refusals import RecordingRefused, Refusal
from recording.views.asking import managed, subscriber

Said = str | Promise
"""What the page says when it is done."""


class _Wrong(Exception):
    """The form is not filled in as it should be."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.errors = [str(error) for errors in form.errors.values() for error in errors]


def _changing(
    change: Callable[[HttpRequest, Recording], Said],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """A view, of what changes a recording and says so."""

    @require_POST
    @login_required
    @wraps(change)
    def view(request: HttpRequest, recording: str) -> HttpResponse:
        found = managed(request, recording)
        try:
            messages.success(request, str(change(request, found)))
        except RecordingRefused as refused:
            if refused.refusal is Refusal.GONE:
                raise Http404 from None
            messages.error(request, str(refused.refusal.label))
        except _Wrong as wrong:
            for error in wrong.errors:
                messages.error(request, error)
        return _back(request, found)

    return view


def _back(request: HttpRequest, recording: Recording) -> HttpResponse:
    """To its page, or to the list, where one was or where it is gone."""
    gone = not Recording.objects.filter(pk=recording.pk).exists()
    if gone or request.POST.get("back") == "list":
        return redirect("recording:list")
    return redirect(reverse("recording:one", args=[recording.pk]))


def _filled(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        raise _Wrong(form)
    return form.cleaned_data


@_changing
def rename(request: HttpRequest, recording: Recording) -> Said:
    title = request.POST.get("title", "")
    services.recording_rename(recording=recording, by=subscriber(request), title=title, now=now())
    return _("Renamed.")


@_changing
def viewers(request: HttpRequest, recording: Recording) -> Said:
    wish = _filled(ViewersForm(request.POST))
    services.recording_set_viewers(
        recording=recording,
        by=subscriber(request),
        viewers=Viewers(wish["viewers"]),
        passcode=wish["passcode"],
        now=now(),
    )
    return _("Saved who may watch.")


@_changing
def publish(request: HttpRequest, recording: Recording) -> Said:
    published = request.POST.get("published") == "on"
    services.recording_publish(recording=recording, by=subscriber(request), published=published, now=now())
    return _("It is published.") if published else _("It is no longer published: only you can watch it.")


@_changing
def trim(request: HttpRequest, recording: Recording) -> Said:
    wish = _filled(TrimForm(request.POST))
    services.recording_trim(
        recording=recording,
        by=subscriber(request),
        begin_ms=wish["begin"],
        end_ms=wish["end"],
        cuts=wish["cuts"],
        now=now(),
    )
    return _("It is being made anew without what you cut.")


@_changing
def restore(request: HttpRequest, recording: Recording) -> Said:
    at = now()
    services.recording_trim(
        recording=recording,
        by=subscriber(request),
        begin_ms=0,
        end_ms=recording.recorded(now=at).length,
        now=at,
    )
    return _("It is being made anew with all that was recorded.")


@_changing
def redact(request: HttpRequest, recording: Recording) -> Said:
    at = now()
    people = [person.id for person in recording_people(recording)]
    lines = [line.id for line in recording_lines(recording, now=at)]
    wish = _filled(RedactForm(request.POST, participants=people, lines=lines))
    services.recording_redact(
        recording=recording,
        by=subscriber(request),
        participants=wish["participants"],
        lines=wish["lines"],
        now=at,
    )
    return _("It is being made anew without what you took out.")


@_changing
def forget(request: HttpRequest, recording: Recording) -> Said:
    services.recording_forget(recording=recording, by=subscriber(request), now=now())
    return _("What was taken out is deleted for good.")


@_changing
def keep(request: HttpRequest, recording: Recording) -> Said:
    until = _filled(KeepForm(request.POST))["until"]
    services.recording_keep(recording=recording, by=subscriber(request), until=until, now=now())
    return _("Saved how long it is kept.")


@_changing
def film(request: HttpRequest, recording: Recording) -> Said:
    services.program_request(recording=recording, by=subscriber(request), now=now())
    return _("The film is being made. That takes a while.")


@_changing
def retry(request: HttpRequest, recording: Recording) -> Said:
    services.recording_retry(recording=recording, by=subscriber(request), now=now())
    return _("It is tried again.")


@_changing
def delete(request: HttpRequest, recording: Recording) -> Said:
    services.recording_delete(recording=recording, by=subscriber(request), now=now())
    return _("The recording is deleted.")
