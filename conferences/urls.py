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
    path("r/<slug:slug>/seat", views.seat, name="seat"),
]
