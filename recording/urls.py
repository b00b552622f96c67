from django.urls import path

from recording.views import changes, pages

app_name = "recording"
urlpatterns = [
    path("recordings", pages.recordings, name="list"),
    path("recordings/state", pages.state, name="state"),
    path("recordings/<slug:recording>", pages.one, name="one"),
    path("recordings/<slug:recording>/poster.webp", pages.poster, name="poster"),
    path("recordings/<slug:recording>/rename", changes.rename, name="rename"),
    path("recordings/<slug:recording>/viewers", changes.viewers, name="viewers"),
    path("recordings/<slug:recording>/publish", changes.publish, name="publish"),
    path("recordings/<slug:recording>/trim", changes.trim, name="trim"),
    path("recordings/<slug:recording>/restore", changes.restore, name="restore"),
    path("recordings/<slug:recording>/redact", changes.redact, name="redact"),
    path("recordings/<slug:recording>/forget", changes.forget, name="forget"),
    path("recordings/<slug:recording>/keep", changes.keep, name="keep"),
    path("recordings/<slug:recording>/film", changes.film, name="film"),
    path("recordings/<slug:recording>/retry", changes.retry, name="retry"),
    path("recordings/<slug:recording>/delete", changes.delete, name="delete"),
]
