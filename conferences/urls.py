from django.urls import path

from conferences import views

app_name = "conferences"
urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("meet-now", views.meet_now, name="meet_now"),
    path("find", views.find, name="find"),
    path("rooms/new", views.room_new, name="room_new"),
    path("rooms/<slug:slug>/settings", views.room_settings, name="room_settings"),
    path("rooms/<slug:slug>/pin", views.room_pin, name="room_pin"),
    path("rooms/<slug:slug>/delete", views.room_delete, name="room_delete"),
    path("r/<slug:slug>", views.room, name="room"),
    path("r/<slug:slug>/documents", views.document_upload, name="document_upload"),
    path("documents/<slug:document>/<slug:key>/<int:page>.webp", views.document_page, name="document_page"),
    path(
        "documents/<slug:document>/<slug:key>/<int:page>-small.webp",
        views.document_page,
        {"size": "-small"},
        name="document_page_small",
    ),
    path("documents/<slug:document>/<slug:key>/text.json", views.document_text, name="document_text"),
    path("documents/<slug:document>/<slug:key>/original", views.document_original, name="document_original"),
    path("r/<slug:slug>/seat", views.seat, name="seat"),
]
