"""The server's settings, as tests want them: nothing is written outside a temporary folder, and nothing is
slow."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="meetingserver-tests-"))  # noqa: TID251 - before settings
os.environ.setdefault("SECRET_KEY", "only tests know this key")  # noqa: TID251 - before settings

from meetingserver.settings import *  # noqa: F403 - the point of this file

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_TASK_ALWAYS_EAGER = True
