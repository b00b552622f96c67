from django.urls import path

from streaming.views import downloads, media, watching

app_name = "streaming"
urlpatterns = [
    path("watch/<slug:recording>", watching.watch, name="watch"),
    path("watch/<slug:recording>/passcode", watching.passcode, name="passcode"),
    path("watch/<slug:recording>/renew", watching.renew, name="renew"),
    path("watch/<slug:recording>/files/<path:path>", downloads.download, name="download"),
    path("watch/<slug:recording>/offline.zip", downloads.offline, name="offline"),
    path("watch/<slug:recording>/film", watching.film, name="film"),
    path("media/<str:token>/<slug:recording>/<int:version>/<path:path>", media.media, name="media"),
]
