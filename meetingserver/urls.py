"""Every page's place."""

from django.contrib import admin
from django.urls import include, path

from meetingserver import health
from meetingserver.branding import views as branding

admin.autodiscover()
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("auth_gateway.urls")),
    path("brands/<slug:key>/<slug:version>/<path:file>", branding.brand_file, name="brand_file"),
    path("favicon.ico", branding.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics_page, name="metrics"),
    path("style/", include("meetingserver.style")),
    path("", include("streaming.urls")),
    path("", include("conferences.urls")),
    path("", include("recording.urls")),
    path("", include("billing.urls")),
    path("", include("bridges.urls")),
]
