from django.urls import path

from billing import views

app_name = "billing"
urlpatterns = [
    path("usage", views.usage, name="usage"),
    path("usage/<int:year>-<int:month>", views.month, name="month"),
    path("usage/<int:year>-<int:month>.csv", views.month_as_csv, name="month_csv"),
]
