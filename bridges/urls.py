from django.urls import path

from bridges import views

app_name = "bridges"
urlpatterns = [path("callers/<slug:key>.wav", views.spoken_name, name="spoken_name")]
