"""Every page's place."""

from django.contrib import admin
from django.urls import include, path

from meetingserver import health

admin.site.site_header = admin.site.site_title = "MeetingServer"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("auth_gateway.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("style/", include("meetingserver.style")),
    path("", include("streaming.urls")),
    path("", include("conferences.urls")),
    path("", include("recording.urls")),
    path("", include("billing.urls")),
]
